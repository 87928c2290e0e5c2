/**
 * A 2×20 vacuum fluorescent display with the ESC/POS command set: bytes in, two lines of light out.
 *
 * It behaves as poles do: text wraps from the first line to the second and back, a command that it does not know is reported and its
 * argument bytes light up as characters, and it listens only while it is selected (ESC =).
 * Source  Epson DM-D command reference; ESC/POS dialect of 2×20 displays.
 */
import { decodeByte } from '../virtual-printer/code-pages.ts';

export const COLUMNS = 20;
export const LINES = 2;
const CELLS = COLUMNS * LINES;
const ESC = 0x1b;
const US = 0x1f;

/** Bytes after the two of the name. */
const ARGUMENT_COUNTS: ReadonlyMap<string, number> = new Map([
  ['ESC @', 0],
  ['ESC =', 1],
  ['ESC t', 1],
  ['ESC R', 1],
  ['US \u0001', 0],
  ['US $', 2],
  ['US C', 1],
  ['US X', 1],
]);

export class VirtualDisplay {
  readonly #unknown: string[] = [];
  readonly #listeners = new Set<(lines: readonly string[]) => void>();
  #cells: string[] = blank();
  #cursor = 0;
  #codePage = 0;
  #brightness = 4;
  #isCursorShown = true;
  #isSelected = true;
  #pending: readonly number[] = [];

  write(bytes: Uint8Array): void {
    const before = this.lines().join('\n');
    this.#pending = [...this.#pending, ...bytes];
    while (this.#pending.length > 0) {
      const used = this.#executeNext();
      if (used === 0) break;
      this.#pending = this.#pending.slice(used);
    }
    if (this.lines().join('\n') === before) return;
    for (const listener of this.#listeners) listener(this.lines());
  }

  /** Both lines, twenty characters each. */
  lines(): readonly string[] {
    return [this.#cells.slice(0, COLUMNS).join(''), this.#cells.slice(COLUMNS).join('')];
  }

  /** 1 to 4. */
  brightness(): number {
    return this.#brightness;
  }

  isCursorShown(): boolean {
    return this.#isCursorShown;
  }

  unknown(): readonly string[] {
    return this.#unknown;
  }

  /** Called after each piece of data that changed what is to be seen. */
  onChange(listener: (lines: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Answers how many bytes were used; 0 while the end of a command has not come. */
  #executeNext(): number {
    const [first = 0, second] = this.#pending;
    if (first !== ESC && first !== US) {
      if (this.#isSelected) this.#character(first);
      return 1;
    }
    if (second === undefined) return 0;
    const name = `${first === ESC ? 'ESC' : 'US'} ${String.fromCharCode(second)}`;
    const count = ARGUMENT_COUNTS.get(name);
    if (count === undefined) {
      if (this.#isSelected) this.#unknown.push(`unknown ${first.toString(16)} ${second.toString(16)}`);
      return 2;
    }
    if (this.#pending.length < 2 + count) return 0;
    const [argument = 0, other = 0] = this.#pending.slice(2, 2 + count);
    if (name === 'ESC =') this.#isSelected = (argument & 2) !== 0;
    else if (this.#isSelected) this.#command(name, argument, other);
    return 2 + count;
  }

  #command(name: string, argument: number, other: number): void {
    switch (name) {
      case 'ESC @':
        this.#clear();
        this.#isCursorShown = true;
        break;
      case 'ESC t':
        this.#codePage = argument;
        break;
      case 'US $':
        if (argument < 1 || argument > COLUMNS || other < 1 || other > LINES)
          this.#unknown.push(`cursor ${argument},${other}`);
        else this.#cursor = (other - 1) * COLUMNS + argument - 1;
        break;
      case 'US C':
        this.#isCursorShown = argument % 48 === 1;
        break;
      case 'US X':
        this.#brightness = argument;
        break;
      default: // ESC R 0 and US SOH: the country and the mode that it is in anyway.
        break;
    }
  }

  #character(byte: number): void {
    if (byte === 0x0c) this.#clear();
    else if (byte === 0x0b) this.#cursor = 0;
    else if (byte === 0x0d) this.#cursor -= this.#cursor % COLUMNS;
    else if (byte === 0x0a) this.#cursor = (this.#cursor + COLUMNS) % CELLS;
    else if (byte < 0x20) this.#unknown.push(`unknown ${byte.toString(16)}`);
    else {
      this.#cells[this.#cursor] = decodeByte(byte, this.#codePage);
      this.#cursor = (this.#cursor + 1) % CELLS;
    }
  }

  #clear(): void {
    this.#cells = blank();
    this.#cursor = 0;
  }
}

function blank(): string[] {
  return Array.from({ length: CELLS }, () => ' ');
}

export function createVirtualDisplay(): VirtualDisplay {
  return new VirtualDisplay();
}
