/**
 * UTC in both its forms, and AEDEX, which is the enhanced one with another attention code. Standard: characters go straight to the glass.
 * Enhanced: only what stands between the attention code and a carriage return is shown; everything else is meant for the next device.
 * Source  CD5220 and XP8200 manuals (UTC standard, UTC enhanced, AEDEX command lists); Posiflex PD-2609 (EOT, RS, CAN, EM).
 */
import type { DisplayDialect, DisplayHardware } from './display-dialect.ts';
import { textUntilReturn, unknownCommand, writingMode } from './display-dialect.ts';
import { COLUMNS, LINES } from './screen.ts';

const ESC = 0x1b;
const EOT = 0x04;
const DLE = 0x10;
const SUB = 0x1a;
/** UTC ENHANCED: `ESC d` in, `ESC SI CR` or `ESC RS` out. */
const TO_ENHANCED = 0x64;
const TO_STANDARD: readonly number[] = [0x0f, 0x1e];
const LEVELS = [0x20, 0x40, 0x60, 0xff] as const;

type Enhanced = Readonly<{ attention: readonly [number, number]; letters: readonly [number, number, number] }>;

const UTC_ENHANCED: Enhanced = { attention: [ESC, 0x75], letters: [0x41, 0x42, 0x49] };
const AEDEX: Enhanced = { attention: [0x21, 0x23], letters: [0x31, 0x32, 0x39] };

export function createUtcDialect(hardware: DisplayHardware, startsEnhanced: boolean): DisplayDialect {
  let isEnhanced = startsEnhanced;

  function takeStandard(bytes: Uint8Array): number {
    const [first = 0, second] = bytes;
    if (first !== ESC) return takeSingle(bytes, hardware);
    if (second === undefined) return 0;
    if (second === TO_ENHANCED) {
      isEnhanced = true;
      hardware.screen.clear();
    } else hardware.complain(unknownCommand([first, second]));
    return 2;
  }

  function takeEnhanced(bytes: Uint8Array): number {
    const [first, second] = bytes;
    if (first === ESC && second !== undefined && TO_STANDARD.includes(second)) {
      isEnhanced = false;
      return bytes[2] === 0x0d ? 3 : 2;
    }
    return takeLine(bytes, UTC_ENHANCED, hardware);
  }

  return {
    take: (bytes) => (isEnhanced ? takeEnhanced(bytes) : takeStandard(bytes)),
    reset() {
      isEnhanced = startsEnhanced;
    },
  };
}

export function createAedexDialect(hardware: DisplayHardware): DisplayDialect {
  return { take: (bytes) => takeLine(bytes, AEDEX, hardware), reset: () => undefined };
}

function takeLine(bytes: Uint8Array, { attention, letters }: Enhanced, hardware: DisplayHardware): number {
  const { screen, character, complain, ignore } = hardware;
  const [first, second, letter] = bytes;
  if (first !== attention[0]) {
    ignore(1);
    return 1;
  }
  if (second === undefined) return 0;
  if (second !== attention[1]) {
    ignore(2);
    return 2;
  }
  const line = textUntilReturn(bytes, 3);
  if (letter === undefined || line === undefined) return 0;
  const text = [...line.text].map((byte) => character(byte, undefined)).join('');
  if (letter === letters[0]) screen.setLine(0, text);
  else if (letter === letters[1]) screen.setLine(1, text);
  else if (letter === letters[2]) {
    screen.setLine(0, text.slice(0, COLUMNS));
    screen.setLine(1, text.slice(COLUMNS));
  } else complain(unknownCommand([first, second, letter]));
  return line.end + 1;
}

function takeSingle(bytes: Uint8Array, hardware: DisplayHardware): number {
  const { screen, character, complain } = hardware;
  const [first = 0, argument] = bytes;
  if (first === EOT || first === DLE || first === SUB) {
    if (argument === undefined) return 0;
    withArgument(first, argument, hardware);
    return 2;
  }
  const action = singleActions(screen)[first];
  if (action) action();
  else if (first < 0x20) complain(unknownCommand([first]));
  else screen.put(character(first, undefined));
  return 1;
}

function withArgument(code: number, argument: number, { screen, complain }: DisplayHardware): void {
  if (code === DLE) {
    if (argument < COLUMNS * LINES) screen.moveTo(argument);
    else complain(`position ${argument}`);
  }
  if (code === EOT) {
    const level = LEVELS.findIndex((value) => value === argument);
    if (level === -1) complain(`brightness ${argument}`);
    else screen.brightness = level + 1;
  }
}

function singleActions(screen: DisplayHardware['screen']): Readonly<Record<number, () => void>> {
  return {
    0x08: () => screen.moveBy(-1),
    0x09: () => screen.moveBy(1),
    0x0a: () => screen.moveBy(COLUMNS),
    0x0d: () => screen.moveToColumn(0),
    0x11: () => void (screen.mode = writingMode(1)),
    0x12: () => void (screen.mode = writingMode(2)),
    0x13: () => void (screen.isCursorShown = true),
    0x14: () => void (screen.isCursorShown = false),
    0x18: () => screen.clearToEndOfLine(),
    0x1c: () => undefined,
    0x1d: () => undefined,
    0x1e: () => screen.clear(),
    0x1f: () => screen.reset(),
  };
}
