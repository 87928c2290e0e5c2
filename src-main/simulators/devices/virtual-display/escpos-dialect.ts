/**
 * ESC/POS, as displays understand it. On a line that is shared with a printer it listens only while it is selected (ESC =).
 * Source  Epson DM-D command reference; ESC/POS dialect of 2×20 displays.
 */
import type { DisplayDialect, DisplayHardware } from './display-dialect.ts';
import { putOrMove, unknownCommand, writingMode } from './display-dialect.ts';
import { COLUMNS, LINES } from './screen.ts';

const ESC = 0x1b;
const US = 0x1f;
const DISPLAY_BIT = 2;

/** Bytes after the two of the name. */
const ARGUMENT_COUNTS: ReadonlyMap<string, number> = new Map([
  ['ESC @', 0],
  ['ESC =', 1],
  ['ESC t', 1],
  ['ESC R', 1],
  ['US \u0001', 0],
  ['US \u0002', 0],
  ['US \u0003', 0],
  ['US \n', 0],
  ['US \r', 0],
  ['US B', 0],
  ['US $', 2],
  ['US C', 1],
  ['US E', 1],
  ['US X', 1],
  ['US r', 1],
  ['US T', 2],
  ['US U', 0],
  ['US #', 2],
]);

type State = { page: number | undefined; isSelected: boolean };
type Commands = Readonly<Record<string, (argument: number, other: number) => void>>;

function commandsOf({ screen, hasPage, complain }: DisplayHardware, state: State): Commands {
  return {
    'ESC @': () => {
      screen.reset();
      state.page = undefined;
    },
    'ESC t': (number) => {
      if (hasPage(number)) state.page = number;
      else complain(`code page ${number}`);
    },
    'US \u0001': () => void (screen.mode = writingMode(1)),
    'US \u0002': () => void (screen.mode = writingMode(2)),
    'US \u0003': () => void (screen.mode = writingMode(3)),
    'US \n': () => screen.moveBy(-COLUMNS),
    'US \r': () => screen.moveToColumn(COLUMNS - 1),
    'US B': () => screen.moveTo(COLUMNS * LINES - 1),
    'US $': (x, y) => {
      if (x < 1 || x > COLUMNS || y < 1 || y > LINES) complain(`cursor ${x},${y}`);
      else screen.moveTo((y - 1) * COLUMNS + x - 1);
    },
    'US C': (mode) => void (screen.isCursorShown = mode % 48 === 1),
    'US X': (level) => {
      if (level >= 1 && level <= 4) screen.brightness = level;
      else complain(`brightness ${level}`);
    },
    // A country, blinking, reverse, a clock, annunciators: nothing that a person would read differently here.
    'ESC R': () => undefined,
    'US E': () => undefined,
    'US r': () => undefined,
    'US T': () => undefined,
    'US U': () => undefined,
    'US #': () => undefined,
  };
}

export function createEscPosDialect(hardware: DisplayHardware): DisplayDialect {
  const { screen, complain, ignore } = hardware;
  const state: State = { page: undefined, isSelected: true };
  const commands = commandsOf(hardware, state);

  function single(byte: number): void {
    if (byte === 0x0c) screen.clear();
    else if (byte === 0x18) screen.clearLine();
    else putOrMove(byte, hardware, state.page);
  }

  return {
    take(bytes) {
      const [first = 0, second] = bytes;
      if (first !== ESC && first !== US) {
        if (state.isSelected) single(first);
        else ignore(1);
        return 1;
      }
      if (second === undefined) return 0;
      const name = `${first === ESC ? 'ESC' : 'US'} ${String.fromCharCode(second)}`;
      const count = ARGUMENT_COUNTS.get(name);
      if (count === undefined) {
        if (state.isSelected) complain(unknownCommand([first, second]));
        else ignore(2);
        return 2;
      }
      if (bytes.length < 2 + count) return 0;
      const [argument = 0, other = 0] = bytes.subarray(2, 2 + count);
      if (name === 'ESC =') state.isSelected = (argument & DISPLAY_BIT) !== 0;
      else if (state.isSelected) commands[name]?.(argument, other);
      else ignore(2 + count);
      return 2 + count;
    },
    reset() {
      state.page = undefined;
      state.isSelected = true;
    },
  };
}
