/** What a printer's firmware is to its printer: it hears every byte on reception, and obeys commands in their turn. */
import type { LineComposer } from './line-composer.ts';
import type { Movement } from './movements.ts';
import type { PrinterCondition } from './printer-condition.ts';
import type { PrinterModel } from './printer-model.ts';

export type Command = Readonly<{ name: string; bytes: Uint8Array; data: Uint8Array }>;

/** `source`: told in its turn (`ESC p`), or at once (`DLE DC4`). */
export type DrawerPulse = Readonly<{
  source: 'ESC p' | 'DLE DC4' | 'BEL' | 'SUB';
  pin: 2 | 5;
  onMs: number;
  offMs: number;
}>;

/** The printer, as its firmware sees it. */
export type Hardware = Readonly<{
  model: PrinterModel;
  composer: LineComposer;
  condition: () => PrinterCondition;
  isBufferEmpty: () => boolean;
  /** In its turn, behind the movements before it. */
  move: (movement: Movement) => void;
  reply: (...bytes: readonly number[]) => void;
  pulse: (pulse: DrawerPulse) => void;
  /** Goes on after an error that a person has put right. With `clears`, what had been received is thrown away. */
  recover: (clears: boolean) => void;
  /** Throws away what was received and is not printed. */
  clearReceived: () => void;
  complain: (what: string) => void;
}>;

export type Firmware = Readonly<{
  hear: (byte: number) => void;
  /** The command at the start of `bytes`, or how many bytes must be there before it is worth looking again. */
  read: (bytes: Uint8Array) => Command | number;
  execute: (command: Command) => void;
  /** A sensor sees something else than before. */
  conditionChanged: () => void;
  /** As after power-on. */
  reset: () => void;
}>;

/** `take` for command readers: the first `length` bytes, or that so many are needed. */
export function take(bytes: Uint8Array, name: string, length: number, headerLength: number): Command | number {
  if (bytes.length < length) return length;
  const whole = bytes.slice(0, length);
  return { name, bytes: whole, data: whole.subarray(headerLength) };
}

export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
