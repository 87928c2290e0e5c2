/** The glass of a display: two lines of twenty characters, a place where the next one goes, and how writing moves on. */
export const COLUMNS = 20;
export const LINES = 2;
const CELLS = COLUMNS * LINES;
const BRIGHTEST = 4;

/** `overwrite` goes round; `vertical` moves the lower line up; `horizontal` pushes the line to the left. */
export type WritingMode = 'overwrite' | 'vertical' | 'horizontal';

export class Screen {
  #cells: string[] = blank(CELLS);
  #cursor = 0;
  mode: WritingMode = 'overwrite';
  /** 1 to 4. */
  brightness = BRIGHTEST;
  isCursorShown = true;

  lines(): readonly string[] {
    return [this.#cells.slice(0, COLUMNS).join(''), this.#cells.slice(COLUMNS).join('')];
  }

  get row(): number {
    return Math.floor(this.#cursor / COLUMNS);
  }

  put(character: string): void {
    const end = (this.row + 1) * COLUMNS - 1;
    if (this.mode === 'horizontal' && this.#cursor === end && this.#cells[end] !== ' ') {
      this.#cells.splice(this.row * COLUMNS, 1);
      this.#cells.splice(end, 0, character);
      return;
    }
    this.#cells[this.#cursor] = character;
    if (this.mode === 'horizontal' && this.#cursor === end) return;
    if (this.mode === 'vertical' && this.#cursor === CELLS - 1) this.#scrollUp();
    else this.moveTo((this.#cursor + 1) % CELLS);
  }

  /** From 0, upper left, to 39. */
  moveTo(cell: number): void {
    this.#cursor = ((cell % CELLS) + CELLS) % CELLS;
  }

  moveBy(cells: number): void {
    this.moveTo(this.#cursor + cells);
  }

  moveToColumn(column: number): void {
    this.moveTo(this.row * COLUMNS + column);
  }

  /** The whole line, filled up with blanks. What is too long for it is lost. */
  setLine(row: number, text: string): void {
    for (let column = 0; column < COLUMNS; column += 1) this.#cells[row * COLUMNS + column] = text[column] ?? ' ';
  }

  /** From the cursor to the end of its line. */
  clearToEndOfLine(): void {
    for (let cell = this.#cursor; cell < (this.row + 1) * COLUMNS; cell += 1) this.#cells[cell] = ' ';
  }

  clearLine(): void {
    this.setLine(this.row, '');
    this.moveToColumn(0);
  }

  clear(): void {
    this.#cells = blank(CELLS);
    this.#cursor = 0;
  }

  /** As after power-on. */
  reset(): void {
    this.clear();
    this.mode = 'overwrite';
    this.brightness = BRIGHTEST;
    this.isCursorShown = true;
  }

  #scrollUp(): void {
    this.#cells = [...this.#cells.slice(COLUMNS), ...blank(COLUMNS)];
    this.#cursor = COLUMNS;
  }
}

function blank(count: number): string[] {
  return Array.from({ length: count }, () => ' ');
}
