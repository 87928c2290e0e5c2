/**
 * The command sets of two-line displays. Each sets a display up from any state and writes a whole line; nothing else is needed.
 *
 * Source  Epson DM-D command reference (ESC/POS); CD5220 user's manual; Logic Controls PD3000/LD9000 manuals (UTC standard and
 *         enhanced, AEDEX). Where a set has no command for something (a code page, the cursor), the display keeps what it has.
 */
import type { DisplayProfile, LineDialectName } from './display-profile.ts';

/** One command with its arguments; never cut in two. */
export type Command = readonly number[];
export type DisplayLook = Pick<DisplayProfile, 'codePage' | 'brightness'>;

export type LineDialect = Readonly<{
  /** From any state to ours: cursor off, overwriting, brightness, page. What was lit may go out. */
  setUp: (look: DisplayLook) => readonly Command[];
  /** What may be said again before each update because nothing flickers from it: it heals a display that was switched off. */
  again: (look: DisplayLook) => readonly Command[];
  /** `row` 0 is the upper line; `text` is as wide as the display. */
  line: (row: 0 | 1, text: Uint8Array) => Command;
}>;

const CR = 0x0d;
const FF = 0x0c;
const DLE = 0x10;
const DC1 = 0x11;
const DC4 = 0x14;
const EOT = 0x04;
const ESC = 0x1b;
const US = 0x1f;
const LETTER_A = 0x41;
const DIGIT_1 = 0x31;
const UTC_BRIGHTNESS = [0x20, 0x40, 0x60, 0xff] as const;
const UTC_LINE_STARTS = [0, 20] as const;

const ESC_POS: LineDialect = {
  // ESC R 0: in the sets of some countries the signs of money stand elsewhere.
  setUp: ({ brightness }) => [[ESC, 0x40], [ESC, 0x52, 0], ...(brightness === null ? [] : [[US, 0x58, brightness]])],
  again: ({ codePage }) => [[US, 0x01], [US, 0x43, 0], ...(codePage ? [[ESC, 0x74, codePage.number]] : [])],
  line: (row, text) => [US, 0x24, 1, row + 1, ...text],
};

const CD5220: LineDialect = {
  // Writing whole lines (ESC Q) puts it into a mode in which only CLR is heard: CLR first, and nothing again before the next set-up.
  setUp: ({ codePage, brightness }) => [
    [FF],
    [ESC, 0x40],
    [ESC, 0x66, LETTER_A],
    [ESC, DC1],
    [ESC, 0x5f, 0],
    ...(brightness === null ? [] : [[ESC, 0x2a, brightness]]),
    ...(codePage ? [[ESC, 0x63, codePage.number]] : []),
  ],
  again: () => [],
  line: (row, text) => [ESC, 0x51, LETTER_A + row, ...text, CR],
};

const UTC_STANDARD: LineDialect = {
  setUp: ({ brightness }) => [[US], ...(brightness === null ? [] : [[EOT, UTC_BRIGHTNESS[brightness - 1] ?? 0xff]])],
  again: () => [[DC1], [DC4]],
  line: (row, text) => [DLE, UTC_LINE_STARTS[row], ...text],
};

const UTC_ENHANCED: LineDialect = {
  setUp: () => [[ESC, 0x64]],
  again: () => [],
  line: (row, text) => [ESC, 0x75, LETTER_A + row, ...text, CR],
};

const AEDEX: LineDialect = {
  setUp: () => [],
  again: () => [],
  line: (row, text) => [0x21, 0x23, DIGIT_1 + row, ...text, CR],
};

export const DIALECTS: Readonly<Record<LineDialectName, LineDialect>> = {
  escpos: ESC_POS,
  cd5220: CD5220,
  utc: UTC_STANDARD,
  'utc-enhanced': UTC_ENHANCED,
  aedex: AEDEX,
};
