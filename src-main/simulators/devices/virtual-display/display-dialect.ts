/** What a command set is to a display: it takes one command, or one character, after the other off the bytes that have come. */
import type { Screen, WritingMode } from './screen.ts';
import { COLUMNS } from './screen.ts';

export type DisplayHardware = Readonly<{
  screen: Screen;
  /** The character of a byte from 20h up in the page of that number; undefined is the page after power-on. */
  character: (byte: number, page: number | undefined) => string;
  hasPage: (page: number) => boolean;
  complain: (what: string) => void;
  /** A byte that this display neither shows nor obeys, though nothing is wrong with it. */
  ignore: (count: number) => void;
}>;

export type DisplayDialect = Readonly<{
  /** How many bytes were used; 0 while the end of a command has not come. `bytes` is not empty. */
  take: (bytes: Uint8Array) => number;
  reset: () => void;
}>;

const WRITING_MODES: readonly WritingMode[] = ['overwrite', 'vertical', 'horizontal'];

/** 1, 2 and 3 in every dialect, whatever the command is called. */
export function writingMode(number: number): WritingMode {
  return WRITING_MODES[number - 1] ?? 'overwrite';
}

export function unknownCommand(bytes: readonly number[]): string {
  return `unknown ${bytes.map((byte) => byte.toString(16)).join(' ')}`;
}

/** A text from `from` up to a carriage return, and where that stands; undefined while it has not come. */
export function textUntilReturn(
  bytes: Uint8Array,
  from: number,
): Readonly<{ text: Uint8Array; end: number }> | undefined {
  const end = bytes.indexOf(0x0d, from);
  return end === -1 ? undefined : { text: bytes.slice(from, end), end };
}

/** A character, or one of the control codes that move the place of the next one. */
export function putOrMove(
  byte: number,
  { screen, character, complain }: DisplayHardware,
  page: number | undefined,
): void {
  if (byte === 0x0b) screen.moveTo(0);
  else if (byte === 0x0d) screen.moveToColumn(0);
  else if (byte === 0x0a) screen.moveBy(COLUMNS);
  else if (byte === 0x08) screen.moveBy(-1);
  else if (byte === 0x09) screen.moveBy(1);
  else if (byte < 0x20) complain(unknownCommand([byte]));
  else screen.put(character(byte, page));
}
