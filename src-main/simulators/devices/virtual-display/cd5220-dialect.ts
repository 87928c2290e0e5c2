/**
 * CD5220, the most common set of cheap poles. Writing whole lines (ESC Q) puts it into a mode in which nothing but lines and CLR or CAN is
 * heard: everything else is swallowed without a trace.
 * Source  CD5220 user's manual, command list and the remarks below it.
 */
import type { DisplayDialect, DisplayHardware } from './display-dialect.ts';
import { putOrMove, textUntilReturn, unknownCommand, writingMode } from './display-dialect.ts';
import { COLUMNS, LINES } from './screen.ts';

const ESC = 0x1b;
const US = 0x1f;
const CLR = 0x0c;
const CAN = 0x18;
const Q = 0x51;
const DISPLAY_BIT = 2;

/** Bytes after the two of the name. */
const ARGUMENT_COUNTS: ReadonlyMap<string, number> = new Map([
  ['\u0011', 0],
  ['\u0012', 0],
  ['\u0013', 0],
  ['[', 1],
  ['l', 2],
  ['@', 0],
  ['W', 4],
  ['*', 1],
  ['?', 1],
  ['%', 1],
  ['_', 1],
  ['f', 1],
  ['c', 1],
  ['=', 1],
  ['s', 1],
  ['d', 1],
  ['#', 1],
]);

type State = { page: number | undefined; isSelected: boolean; isWritingLines: boolean };
type Commands = Readonly<Record<string, (data: Uint8Array, first: number) => void>>;

function arrowsOf({ screen }: DisplayHardware): Readonly<Record<string, () => void>> {
  return {
    A: () => screen.moveBy(-COLUMNS),
    B: () => screen.moveBy(COLUMNS),
    C: () => screen.moveBy(1),
    D: () => screen.moveBy(-1),
    H: () => screen.moveTo(0),
    K: () => screen.moveTo(COLUMNS * LINES - 1),
    L: () => screen.moveToColumn(0),
    R: () => screen.moveToColumn(COLUMNS - 1),
  };
}

function commandsOf(hardware: DisplayHardware, state: State): Commands {
  const { screen, hasPage, complain } = hardware;
  const arrows = arrowsOf(hardware);
  return {
    '\u0011': () => void (screen.mode = writingMode(1)),
    '\u0012': () => void (screen.mode = writingMode(2)),
    '\u0013': () => void (screen.mode = writingMode(3)),
    '[': (_data, arrow) => {
      const move = arrows[String.fromCharCode(arrow)];
      if (move) move();
      else complain(unknownCommand([ESC, 0x5b, arrow]));
    },
    l: ([x = 0, y = 0]) => {
      if (x < 1 || x > COLUMNS || y < 1 || y > LINES) complain(`cursor ${x},${y}`);
      else screen.moveTo((y - 1) * COLUMNS + x - 1);
    },
    '@': () => {
      screen.reset();
      state.page = undefined;
    },
    '*': (_data, level) => {
      if (level >= 1 && level <= 4) screen.brightness = level;
      else complain(`brightness ${level}`);
    },
    _: (_data, mode) => void (screen.isCursorShown = mode % 48 === 1),
    c: (_data, number) => {
      if (hasPage(number)) state.page = number;
      else complain(`code page ${number}`);
    },
  };
}

/** ESC Q A … CR, ESC Q B … CR. The scrolling line (D) stands still here. */
function takeLine(bytes: Uint8Array, { screen, character, complain }: DisplayHardware, state: State): number {
  const [, , letter] = bytes;
  const line = textUntilReturn(bytes, 3);
  if (letter === undefined || line === undefined) return 0;
  if (letter !== 0x41 && letter !== 0x42 && letter !== 0x44) complain(unknownCommand([ESC, Q, letter]));
  else screen.setLine(letter === 0x42 ? 1 : 0, [...line.text].map((byte) => character(byte, state.page)).join(''));
  state.isWritingLines = true;
  return line.end + 1;
}

export function createCd5220Dialect(hardware: DisplayHardware): DisplayDialect {
  const { screen, complain, ignore } = hardware;
  const state: State = { page: undefined, isSelected: true, isWritingLines: false };
  const commands = commandsOf(hardware, state);

  function takeCommand(bytes: Uint8Array, second: number): number {
    const name = String.fromCharCode(second);
    const count = ARGUMENT_COUNTS.get(name);
    if (count === undefined) {
      complain(unknownCommand([ESC, second]));
      return 2;
    }
    if (bytes.length < 2 + count) return 0;
    const data = bytes.slice(2, 2 + count);
    if (name === '=') state.isSelected = ((data[0] ?? 0) & DISPLAY_BIT) !== 0;
    else if (state.isSelected) commands[name]?.(data, data[0] ?? 0);
    else ignore(2 + count);
    return 2 + count;
  }

  /** US 1, 2 and 3 are the modes here as well. */
  function takeUs(second: number): number {
    if (second >= 1 && second <= 3) screen.mode = writingMode(second);
    else complain(unknownCommand([US, second]));
    return 2;
  }

  function clear(code: number): number {
    state.isWritingLines = false;
    if (state.isSelected && code === CLR) screen.clear();
    else if (state.isSelected) screen.clearLine();
    return 1;
  }

  return {
    take(bytes) {
      const [first = 0, second] = bytes;
      if (first === CLR || first === CAN) return clear(first);
      if ((first === ESC || first === US) && second === undefined) return 0;
      if (first === ESC && second === Q && state.isSelected) return takeLine(bytes, hardware, state);
      if (state.isWritingLines || (!state.isSelected && first !== ESC)) {
        ignore(1);
        return 1;
      }
      if (first === ESC && second !== undefined) return takeCommand(bytes, second);
      if (first === US && second !== undefined) return takeUs(second);
      putOrMove(first, hardware, state.page);
      return 1;
    },
    reset() {
      state.page = undefined;
      state.isSelected = true;
      state.isWritingLines = false;
    },
  };
}
