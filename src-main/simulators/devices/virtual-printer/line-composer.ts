/**
 * Works out lines of print: characters gather in a line, and a command puts it on paper.
 * Units: dots. Source  Epson ESC/POS reference: default line spacing 30 dots (1/6 inch).
 */
import type { CodePageName } from './code-pages.ts';
import { decodeFrom } from './code-pages.ts';
import type { Movement } from './movements.ts';
import type { Cell, Picture } from './paper.ts';

const FIRST_LEAD_BYTE = 0x81;
const FIRST_TRAIL_BYTE = 0x40;
const TAB_EVERY_COLUMNS = 8;

/** Dots of a character. The first font is the one that columns are counted in. */
export type Fonts = Readonly<Record<'A' | 'B', Readonly<{ widthDots: number; heightDots: number }>>>;

export type TextSettings = Readonly<{
  font: 'A' | 'B';
  align: 'left' | 'center' | 'right';
  widthScale: number;
  heightScale: number;
  isBold: boolean;
  isUnderlined: boolean;
  isInverse: boolean;
  codePage: CodePageName;
  isKanji: boolean;
  spacingDots: number;
  /** In characters of font A from the left; empty: every eight. */
  tabStops: readonly number[];
  /** From the left edge of the head. */
  marginDots: number;
  /** How much of the head is printed on; undefined: all that is right of the margin. */
  areaDots: number | undefined;
}>;

export type LineComposerOptions = Readonly<{
  widthDots: number;
  fonts: Fonts;
  powerOn: TextSettings;
  move: (movement: Movement) => void;
  complain: (what: string) => void;
}>;

export const PLAIN_TEXT: TextSettings = {
  font: 'A',
  align: 'left',
  widthScale: 1,
  heightScale: 1,
  isBold: false,
  isUnderlined: false,
  isInverse: false,
  codePage: 'CP437',
  isKanji: false,
  spacingDots: 30,
  tabStops: [],
  marginDots: 0,
  areaDots: undefined,
};

export class LineComposer {
  readonly #options: LineComposerOptions;
  #settings: TextSettings;
  #cells: Cell[] = [];
  #lineDots = 0;
  #leadByte: number | undefined;
  /** Height of the band of picture that stands in this line. */
  #bandDots = 0;

  constructor(options: LineComposerOptions) {
    this.#options = options;
    this.#settings = options.powerOn;
  }

  get settings(): TextSettings {
    return this.#settings;
  }

  set(change: Partial<TextSettings>): void {
    this.#settings = { ...this.#settings, ...change };
  }

  /** ESC @: settings as after power-on; a line not yet printed is lost. */
  reset(): void {
    this.#settings = this.#options.powerOn;
    this.#dropLine();
  }

  addByte(byte: number): void {
    const { isKanji, codePage } = this.#settings;
    const lead = this.#leadByte;
    this.#leadByte = undefined;
    if (lead !== undefined && byte >= FIRST_TRAIL_BYTE) this.#addCharacter(chineseCharacter(lead, byte), 2);
    else if (isKanji && byte >= FIRST_LEAD_BYTE) this.#leadByte = byte;
    else this.#addCharacter(decodeFrom(codePage, byte), 1);
  }

  /** On to the next stop that is further right; without one a tab does nothing. */
  tab(): void {
    const cell = this.#options.fonts.A.widthDots;
    const every = Array.from({ length: 8 }, (_, index) => (index + 1) * TAB_EVERY_COLUMNS);
    const { tabStops } = this.#settings;
    const stop = (tabStops.length > 0 ? tabStops : every).find((column) => column * cell > this.#lineDots);
    if (stop !== undefined && stop * cell < this.#areaDots()) this.moveTo(stop * cell);
  }

  /** The next character stands there. */
  moveTo(xDots: number): void {
    this.#lineDots = Math.min(Math.max(0, xDots), this.#areaDots());
  }

  get lineDots(): number {
    return this.#lineDots;
  }

  /** Puts the line on paper; the paper moves by the feed (or the line spacing), and never less than the highest cell. */
  printLine(feedDots = this.#settings.spacingDots): void {
    if (this.#cells.length === 0 && this.#bandDots > 0) {
      const dots = Math.max(0, feedDots - this.#bandDots);
      this.#dropLine();
      this.#options.move({ kind: 'feed', dots });
      return;
    }
    const heightDots = Math.max(0, ...this.#cells.map((cell) => cell.heightDots));
    const offset = this.#alignedX(this.#lineDots);
    const cells = this.#cells.map((cell) => ({ ...cell, x: cell.x + offset }));
    this.#dropLine();
    this.#options.move({ kind: 'line', cells, heightDots, feedDots });
  }

  feed(dots: number): void {
    if (this.#cells.length > 0) this.printLine(dots);
    else this.#options.move({ kind: 'feed', dots });
  }

  feedLines(lines: number): void {
    this.finishLine(0);
    this.#options.move({ kind: 'feed', dots: lines * this.#settings.spacingDots });
  }

  addPicture(picture: Picture): void {
    const { move, complain } = this.#options;
    this.finishLine();
    if (picture.widthDots > this.#areaDots()) complain('a picture is wider than the paper');
    move({ kind: 'picture', x: this.#alignedX(picture.widthDots), picture });
  }

  /** A picture that stands in the line as letters do: the line's end moves the paper on, by what the line is higher than the picture. */
  addBand(picture: Picture): void {
    this.addPicture(picture);
    this.#bandDots = picture.heightDots;
  }

  finishLine(feedDots?: number): void {
    if (this.#cells.length > 0) this.printLine(feedDots);
  }

  #addCharacter(character: string, cellCount: number): void {
    const { font, widthScale, heightScale, isBold, isUnderlined, isInverse } = this.#settings;
    const cell = this.#options.fonts[font];
    const size = { widthDots: cell.widthDots * widthScale * cellCount, heightDots: cell.heightDots * heightScale };
    if (this.#lineDots + size.widthDots > this.#areaDots()) {
      this.#options.complain('a line is wider than the paper');
      this.printLine();
    }
    this.#cells.push({ x: this.#lineDots, character, ...size, isBold, isUnderlined, isInverse });
    this.#lineDots += size.widthDots;
  }

  #dropLine(): void {
    this.#cells = [];
    this.#lineDots = 0;
    this.#leadByte = undefined;
    this.#bandDots = 0;
  }

  #areaDots(): number {
    const { marginDots, areaDots = Infinity } = this.#settings;
    return Math.max(0, Math.min(areaDots, this.#options.widthDots - marginDots));
  }

  #alignedX(contentDots: number): number {
    const { align, marginDots } = this.#settings;
    const free = Math.max(0, this.#areaDots() - contentDots);
    if (align === 'left') return marginDots;
    return marginDots + (align === 'center' ? Math.floor(free / 2) : free);
  }
}

function chineseCharacter(lead: number, trail: number): string {
  return new TextDecoder('gb18030').decode(Uint8Array.of(lead, trail));
}
