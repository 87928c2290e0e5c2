/**
 * Printed paper, as things at places. Units: dots of the print head; `y` from the paper's upper edge.
 */
export type Cell = Readonly<{
  x: number;
  character: string;
  widthDots: number;
  heightDots: number;
  isBold: boolean;
  isUnderlined: boolean;
  isInverse: boolean;
}>;

export type Picture = Readonly<{
  widthDots: number;
  heightDots: number;
  isDark: (row: number, column: number) => boolean;
  /** What the printer was asked to encode, when it drew the symbol itself. */
  qrPayload?: Uint8Array;
}>;

export type Printed =
  | Readonly<{ kind: 'line'; y: number; heightDots: number; cells: readonly Cell[] }>
  | (Readonly<{ kind: 'picture'; x: number; y: number }> & Picture);

export type Paper = Readonly<{
  widthDots: number;
  heightDots: number;
  printed: readonly Printed[];
  /** The printed lines in order, without the blanks at their ends. */
  text: string;
}>;

export function paperOf(widthDots: number, heightDots: number, printed: readonly Printed[]): Paper {
  return { widthDots, heightDots, printed, text: printed.flatMap(textOf).join('\n') };
}

function textOf(item: Printed): readonly string[] {
  return item.kind === 'line' ? [item.cells.map(characterOf).join('').trimEnd()] : [];
}

/** With as many spaces before it as a jump of the print position left free. */
function characterOf({ character, x, widthDots }: Cell, index: number, cells: readonly Cell[]): string {
  const before = cells[index - 1];
  const gapDots = before === undefined ? 0 : x - before.x - before.widthDots;
  return ' '.repeat(Math.max(0, Math.round(gapDots / widthDots))) + character;
}
