/**
 * Paper, head and cutter. The cutter sits above the head: what was printed reaches it only after it has been fed that far.
 * Units: dots; `y` counts from the upper edge of the strip that hangs in the printer.
 */
import type { Movement } from './movements.ts';
import type { Paper, Picture, Printed } from './paper.ts';
import { paperOf } from './paper.ts';

export type PaperPathOptions = Readonly<{
  widthDots: number;
  cutterDistanceDots: number;
  complain: (what: string) => void;
}>;

export class PaperPath {
  readonly #options: PaperPathOptions;
  #printed: Printed[] = [];
  #headY: number;
  #leftDots = Infinity;

  constructor(options: PaperPathOptions) {
    this.#options = options;
    this.#headY = options.cutterDistanceDots;
  }

  /** What is left on the roll; Infinity where nobody counts. */
  get leftDots(): number {
    return this.#leftDots;
  }

  get hasPrint(): boolean {
    return this.#printed.length > 0;
  }

  /** How far a movement takes the paper. */
  static travelDots(movement: Movement): number {
    switch (movement.kind) {
      case 'line':
        return Math.max(movement.feedDots, movement.heightDots);
      case 'picture':
        return movement.picture.heightDots;
      case 'feed':
        return movement.dots;
      default:
        return 0;
    }
  }

  perform(movement: Movement): void {
    const y = this.#headY;
    if (movement.kind === 'line' && movement.cells.length > 0) {
      this.#printed.push({ kind: 'line', y, heightDots: movement.heightDots, cells: movement.cells });
    }
    if (movement.kind === 'picture') this.#printed.push({ kind: 'picture', x: movement.x, y, ...movement.picture });
    this.#advance(PaperPath.travelDots(movement));
  }

  /** A picture keeps the rows that it has got, a line of text is struck again as a whole. Answers what is left to do. */
  performPart(movement: Movement, share: number): Movement {
    if (movement.kind === 'feed') {
      const done = Math.round(movement.dots * share);
      this.#advance(done);
      return { kind: 'feed', dots: movement.dots - done };
    }
    if (movement.kind !== 'picture') return movement;
    const { x, picture } = movement;
    const rows = Math.round(picture.heightDots * share);
    if (rows > 0) this.perform({ kind: 'picture', x, picture: rowsOf(picture, 0, rows) });
    return { kind: 'picture', x, picture: rowsOf(picture, rows, picture.heightDots) };
  }

  /** Takes off what is above the cutter; the rest stays in the printer and is the head of the next paper. */
  cut(): Paper {
    const { widthDots, cutterDistanceDots, complain } = this.#options;
    const cutY = this.#headY - cutterDistanceDots;
    const above = this.#printed.filter(({ y }) => y < cutY);
    const below = this.#printed.filter(({ y }) => y >= cutY);
    if (above.some(({ y, heightDots }) => y + heightDots > cutY)) complain('the cut goes through print');
    if (below.length > 0) complain('the last lines are below the cut');
    this.#printed = below.map((item) => ({ ...item, y: item.y - cutY }));
    this.#headY -= cutY;
    return paperOf(widthDots, cutY, above);
  }

  /** The strip as it hangs there now. */
  strip(): Paper {
    return paperOf(this.#options.widthDots, this.#headY, this.#printed);
  }

  /** A new roll; the end of the old one is taken out, with whatever is printed on it. */
  load(lengthDots: number): Paper {
    const old = this.strip();
    this.#printed = [];
    this.#headY = this.#options.cutterDistanceDots;
    this.#leftDots = lengthDots;
    return old;
  }

  #advance(dots: number): void {
    this.#headY += dots;
    this.#leftDots -= dots;
  }
}

/** Part of a symbol is not a symbol: nobody can read it. */
function rowsOf({ qrPayload, ...picture }: Picture, from: number, to: number): Picture {
  if (from === 0 && to === picture.heightDots) return { ...picture, ...(qrPayload && { qrPayload }) };
  return { ...picture, heightDots: to - from, isDark: (row, column) => picture.isDark(row + from, column) };
}
