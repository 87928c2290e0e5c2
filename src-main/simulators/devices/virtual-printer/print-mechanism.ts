/**
 * Head, paper and cutter. The cutter sits above the head: paper reaches it only after it has been fed that far.
 * Units: dots; `y` counts from the upper edge of the strip that hangs in the printer.
 */
import { decodeByte } from './code-pages.ts';
import type { Cell, Paper, Picture, Printed } from './paper.ts';
import { paperOf } from './paper.ts';

const DEFAULT_SPACING_DOTS = 30;
const FONT_A = { widthDots: 12, heightDots: 24 };
const FONT_B = { widthDots: 9, heightDots: 17 };

export type TextSettings = Readonly<{
  font: 'A' | 'B';
  align: 'left' | 'center' | 'right';
  widthScale: number;
  heightScale: number;
  isBold: boolean;
  isUnderlined: boolean;
  isInverse: boolean;
  codePage: number;
  spacingDots: number;
}>;

export const POWER_ON: TextSettings = {
  font: 'A',
  align: 'left',
  widthScale: 1,
  heightScale: 1,
  isBold: false,
  isUnderlined: false,
  isInverse: false,
  codePage: 0,
  spacingDots: DEFAULT_SPACING_DOTS,
};

export class PrintMechanism {
  readonly troubles: string[] = [];
  readonly #widthDots: number;
  readonly #cutterDistanceDots: number;
  #settings = POWER_ON;
  #cells: Cell[] = [];
  #printed: Printed[] = [];
  #headY: number;

  constructor(widthDots: number, cutterDistanceDots: number) {
    this.#widthDots = widthDots;
    this.#cutterDistanceDots = cutterDistanceDots;
    this.#headY = cutterDistanceDots;
  }

  set(change: Partial<TextSettings>): void {
    this.#settings = { ...this.#settings, ...change };
  }

  /** ESC @: settings as after power-on; a line not yet printed is lost. */
  reset(): void {
    this.#settings = POWER_ON;
    this.#cells = [];
  }

  addCharacter(byte: number): void {
    const { font, widthScale, heightScale, isBold, isUnderlined, isInverse, codePage } = this.#settings;
    const cell = font === 'A' ? FONT_A : FONT_B;
    const size = { widthDots: cell.widthDots * widthScale, heightDots: cell.heightDots * heightScale };
    if (this.#lineWidth() + size.widthDots > this.#widthDots) {
      this.troubles.push('a line is wider than the paper');
      this.printLine();
    }
    const character = decodeByte(byte, codePage);
    this.#cells.push({ x: this.#lineWidth(), character, ...size, isBold, isUnderlined, isInverse });
  }

  /** Puts the line on paper; the paper moves by the feed (or the line spacing), and never less than the highest cell. */
  printLine(feedDots = this.#settings.spacingDots): void {
    const heightDots = Math.max(0, ...this.#cells.map((cell) => cell.heightDots));
    const offset = this.#alignedX(this.#lineWidth());
    const cells = this.#cells.map((cell) => ({ ...cell, x: cell.x + offset }));
    if (cells.length > 0) this.#printed.push({ kind: 'line', y: this.#headY, heightDots, cells });
    this.#cells = [];
    this.#headY += Math.max(feedDots, heightDots);
  }

  feed(dots: number): void {
    if (this.#cells.length > 0) this.printLine(dots);
    else this.#headY += dots;
  }

  feedLines(lines: number): void {
    this.printLine(0);
    this.#headY += lines * this.#settings.spacingDots;
  }

  addPicture(picture: Picture): void {
    this.finishLine();
    if (picture.widthDots > this.#widthDots) this.troubles.push('a picture is wider than the paper');
    this.#printed.push({ kind: 'picture', x: this.#alignedX(picture.widthDots), y: this.#headY, ...picture });
    this.#headY += picture.heightDots;
  }

  finishLine(): void {
    if (this.#cells.length > 0) this.printLine();
  }

  /** Feeds what was printed last up to the cutter. */
  feedToCutter(): void {
    this.#headY += this.#cutterDistanceDots;
  }

  /** Takes off what is above the cutter; the rest stays in the printer and is the head of the next paper. */
  cut(): Paper {
    this.finishLine();
    const cutY = this.#headY - this.#cutterDistanceDots;
    const above = this.#printed.filter(({ y }) => y < cutY);
    const below = this.#printed.filter(({ y }) => y >= cutY);
    if (above.some(({ y, heightDots }) => y + heightDots > cutY)) this.troubles.push('the cut goes through print');
    if (below.length > 0) this.troubles.push('the last lines are below the cut');
    this.#printed = below.map((item) => ({ ...item, y: item.y - cutY }));
    this.#headY -= cutY;
    return paperOf(this.#widthDots, cutY, above);
  }

  #lineWidth(): number {
    return this.#cells.reduce((sum, cell) => sum + cell.widthDots, 0);
  }

  #alignedX(contentDots: number): number {
    const free = Math.max(0, this.#widthDots - contentDots);
    if (this.#settings.align === 'left') return 0;
    return this.#settings.align === 'center' ? Math.floor(free / 2) : free;
  }
}
