/**
 * Tab stops for one slip: a label and its value need no row of blanks between them when the printer jumps (HT) to where the value begins.
 * Pure; the paper looks the same with and without.
 *
 * Source  Epson ESC/POS reference: ESC D sets up to 32 rising columns of the current character width, HT moves to the next one to the right.
 */
import type { LaidLine, TextLine } from './slip-layout.ts';

/** A run of blanks, in columns of a normal line: from the first blank to the first character behind them. */
type Gap = Readonly<{ from: number; to: number; scale: number }>;

const STOPS_MAX = 32;
const HT = '\t';
/** ESC, D and the NUL at the end. */
const COMMAND_BYTES = 3;
/** Column 16 before column 20 would be written 10h 14h, which a printer takes for a drawer pulse. */
const NEVER_TOGETHER = [16, 20] as const;

/** Rising; none when tabs would not save a byte. */
export function tabStopsFor(lines: readonly LaidLine[]): readonly number[] {
  const gaps = lines.flatMap((line) => (canTab(line) ? gapsOf(line) : []));
  const candidates = [...new Set(gaps.map(({ to }) => to))];
  let stops: readonly number[] = [];
  for (;;) {
    const [best] = candidates
      .map((stop) => withStop(stops, stop))
      .filter(isAllowed)
      .map((wider) => ({ wider, bytes: bytesFor(wider, gaps) }))
      .toSorted((left, right) => left.bytes - right.bytes);
    if (!best || best.bytes >= bytesFor(stops, gaps)) return stops;
    stops = best.wider;
  }
}

/** The line's text with tabs in the place of blanks, where that is shorter. */
export function withTabs(line: TextLine, stops: readonly number[]): string {
  if (stops.length === 0 || !canTab(line)) return line.text;
  return gapsOf(line)
    .toReversed()
    .reduce((text, gap) => {
      const { tabs, blanks } = cheapest(gap, stops);
      const between = `${HT.repeat(tabs)}${' '.repeat(blanks)}`;
      return `${text.slice(0, gap.from / gap.scale)}${between}${text.slice(gap.to / gap.scale)}`;
    }, line.text);
}

/** Jumps are from the left edge, and leave no black behind them. */
function canTab(line: LaidLine): line is TextLine {
  return line.kind === 'text' && line.align === 'left' && !line.isInverse;
}

function gapsOf({ text, widthScale: scale }: TextLine): readonly Gap[] {
  return [...text.matchAll(/ {2,}(?=[^ ])/g)].map(({ 0: blanks, index }) => ({
    from: index * scale,
    to: (index + blanks.length) * scale,
    scale,
  }));
}

function bytesFor(stops: readonly number[], gaps: readonly Gap[]): number {
  const command = stops.length === 0 ? 0 : COMMAND_BYTES + stops.length;
  return gaps.reduce((sum, gap) => {
    const { tabs, blanks } = cheapest(gap, stops);
    return sum + tabs + blanks;
  }, command);
}

function cheapest({ from, to, scale }: Gap, stops: readonly number[]): Readonly<{ tabs: number; blanks: number }> {
  const within = stops.filter((stop) => stop > from && stop <= to);
  const ways = within.map((stop, index) => ({ tabs: index + 1, blanks: (to - stop) / scale }));
  return ways.reduce(
    (best, way) => (Number.isInteger(way.blanks) && way.tabs + way.blanks < best.tabs + best.blanks ? way : best),
    { tabs: 0, blanks: (to - from) / scale },
  );
}

function withStop(stops: readonly number[], stop: number): readonly number[] {
  return [...new Set([...stops, stop])].toSorted((left, right) => left - right);
}

function isAllowed(stops: readonly number[]): boolean {
  return stops.length <= STOPS_MAX && !NEVER_TOGETHER.every((stop) => stops.includes(stop));
}
