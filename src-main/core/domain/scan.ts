/**
 * What a scanner read and what it turned out to be. The text comes from a stranger's paper or phone: it is compared with what the till
 * knows, shown cut and without anything invisible, and never followed, opened or run.
 */
export const SCAN_CHARACTERS_MAX = 512;

/** `text`: as the scanner's letters arrived · `usText`: the same keys on a US keyboard, which is what most scanners believe they type on. */
export type ScanReading = Readonly<{ text: string; usText?: string }>;

export type ScanFinding =
  | Readonly<{ kind: 'payout'; payoutId: string }>
  | Readonly<{ kind: 'cash-out'; cashOutId: string }>
  /** A voucher of ours by its form, of a payout that this till does not know: another till's. */
  | Readonly<{ kind: 'elsewhere'; text: string }>
  /** A voucher of ours with a wrong character. */
  | Readonly<{ kind: 'damaged'; shown: string }>
  /** `text`: absent where it holds signs that no voucher has. */
  | Readonly<{ kind: 'unknown'; shown: string; text?: string }>
  /** Scanned a moment ago: a scanner that reads on while the paper lies below it. */
  | Readonly<{ kind: 'repeated' }>;

const SHOWN_CHARACTERS = 40;
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** For a person to recognise what was read; at most 41 characters. */
export function shownScan(text: string): string {
  const visible = Array.from(text.slice(0, SCAN_CHARACTERS_MAX).replaceAll(INVISIBLE, '\u00b7').trim());
  return visible.length <= SHOWN_CHARACTERS ? visible.join('') : `${visible.slice(0, SHOWN_CHARACTERS).join('')}…`;
}

/** `]Q1`: the symbology identifier that some scanners put in front (ISO/IEC 15424). */
const SYMBOLOGY = /^\][A-Za-z][0-9A-Za-z]/;

/** The texts that a reading may stand for, the likeliest first; none where it is no text that anything of ours could carry. */
export function textsOf({ text, usText }: ScanReading): readonly string[] {
  const read = [text, ...(usText === undefined ? [] : [usText])].map((each) => each.trim());
  const bare = read.filter((each) => SYMBOLOGY.test(each)).map((each) => each.slice(3));
  const usable = [...read, ...bare].filter(
    (each) => each.length <= SCAN_CHARACTERS_MAX && /^[\u0020-\u007e]+$/.test(each),
  );
  return [...new Set(usable)];
}
