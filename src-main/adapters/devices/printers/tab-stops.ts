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
  const candidates = new Set(gaps.map(({ to }) => to));
  let best = { stops: [] as readonly number[], bytes: bytesFor([], gaps) };
  for (;;) {
    const before = best;
    for (const candidate of candidates) {
      const stops = withStop(before.stops, candidate);
      if (!isAllowed(stops)) continue;
      const bytes = bytesFor(stops, gaps);
      if (bytes < best.bytes) best = { stops, bytes };
    }
    if (best === before) return best.stops;
  }
}

/** The line's text with tabs in the place of blanks, where that is shorter. */
export function withTabs(line: TextLine, stops: readonly number[]): string {
  if (stops.length === 0 || !canTab(line)) return line.text;
  return gapsOf(line)
    .toReversed()
    .reduce((text, gap) => {
      const tabs = tabsFor(gap, stops);
      const between = `${HT.repeat(tabs)}${' '.repeat(bytesWith(tabs, gap, stops) - tabs)}`;
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
  let bytes = stops.length === 0 ? 0 : COMMAND_BYTES + stops.length;
  for (const gap of gaps) bytes += bytesWith(tabsFor(gap, stops), gap, stops);
  return bytes;
}

/** How many tabs make the gap shortest. */
function tabsFor(gap: Gap, stops: readonly number[]): number {
  let [best, bestBytes] = [0, bytesWith(0, gap, stops)];
  for (let tabs = 1; tabs <= stops.length; tabs += 1) {
    const bytes = bytesWith(tabs, gap, stops);
    if (bytes < bestBytes) [best, bestBytes] = [tabs, bytes];
  }
  return best;
}

/** Tabs, and blanks for what is left; Infinity where so many tabs lead elsewhere. */
function bytesWith(tabs: number, { from, to, scale }: Gap, stops: readonly number[]): number {
  if (tabs === 0) return (to - from) / scale;
  let at = 0;
  while (at < stops.length && (stops[at] ?? 0) <= from) at += 1;
  const blanks = (to - (stops[at + tabs - 1] ?? Infinity)) / scale;
  return blanks >= 0 && Number.isInteger(blanks) ? tabs + blanks : Infinity;
}

function withStop(stops: readonly number[], stop: number): readonly number[] {
  return [...new Set([...stops, stop])].toSorted((left, right) => left - right);
}

function isAllowed(stops: readonly number[]): boolean {
  return stops.length <= STOPS_MAX && !NEVER_TOGETHER.every((stop) => stops.includes(stop));
}
