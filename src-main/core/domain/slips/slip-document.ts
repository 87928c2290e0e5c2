/**
 * SlipDocument: what shall stand on a piece of paper, before any printer is thought of. Pure data.
 *
 * Units   none: a printer's profile decides columns and dots. Sizes are wishes that the layout grants when one line can hold them:
 *         `tall` is one cell wide and two high, `big` two by two, `hero` as large as the line allows (amounts).
 * Text    any Unicode text; the printer's encoder makes it printable. Only a QR payload is never touched (I7).
 */
import type { SlipKind } from '../journal-event.ts';

export type SlipAlign = 'left' | 'center' | 'right';
export type SlipSize = 'normal' | 'tall' | 'big' | 'hero';
export type SlipWeight = 'regular' | 'bold';

/** By the printer's own means; as a picture that it doubles; as a picture dot for dot. */
export type QrForm = 'native' | 'raster-quad' | 'raster';

export type SlipPart =
  | Readonly<{ kind: 'text'; text: string; align: SlipAlign; size: SlipSize; weight: SlipWeight }>
  /** A label on the left and a value at the right edge; the value is never shortened. */
  | Readonly<{ kind: 'pair'; left: string; right: string; size: 'normal' | 'big'; weight: SlipWeight }>
  /** A paragraph that hangs behind its marker (`1.`), so that a wrapped step stays readable. */
  | Readonly<{ kind: 'step'; marker: string; text: string }>
  /** Bold words set into a rule, so that a heading costs one line. */
  | Readonly<{ kind: 'heading'; text: string; align: 'left' | 'center' }>
  | Readonly<{ kind: 'rule' }>
  /** `form`: against the profile's own, for a test slip that shows both. */
  | Readonly<{ kind: 'qr'; payload: string; form?: QrForm }>
  /** A picture of the network's, centred, as wide as it is. */
  | Readonly<{ kind: 'picture'; bitmap: Bitmap }>
  /** White text on a black bar across the paper: watermark and copy mark. */
  | Readonly<{ kind: 'band'; text: string }>
  /** A dotted line to sign on, with the name of the signer below. */
  | Readonly<{ kind: 'signature'; label: string }>
  /** As many columns as the number at its end says: of the printer's profile, or so many although they may not fit. */
  | Readonly<{ kind: 'ruler'; columns?: number }>
  /** One line in a code page of its own, behind the page's number and name: on the right page the letters come out right. */
  | Readonly<{ kind: 'code-page-sample'; number: number; name: string; text: string }>
  /** Blank paper; fractions of a line are allowed. */
  | Readonly<{ kind: 'feed'; lines: number }>
  | Readonly<{ kind: 'cut' }>;

/** Black and white, a bit for a dot, rows padded to whole bytes, the leftmost dot in the highest bit; 1 is black. */
export type Bitmap = Readonly<{ widthDots: number; heightDots: number; bits: Uint8Array }>;

/** A sticker is a sign for the counter, no record of anything: it has no job in the journal's sense, and no copy number. */
export type SlipDocumentKind = SlipKind | 'sticker';

export type SlipDocument = Readonly<{ kind: SlipDocumentKind; parts: readonly SlipPart[] }>;

type TextStyle = Partial<Readonly<{ align: SlipAlign; size: SlipSize; weight: SlipWeight }>>;

export function text(words: string, style: TextStyle = {}): SlipPart {
  return { kind: 'text', text: words, align: 'left', size: 'normal', weight: 'regular', ...style };
}

export function centred(words: string, style: Omit<TextStyle, 'align'> = {}): SlipPart {
  return text(words, { align: 'center', ...style });
}

export function pair(
  left: string,
  right: string,
  style: { size?: 'normal' | 'big'; weight?: SlipWeight } = {},
): SlipPart {
  return { kind: 'pair', left, right, size: 'normal', weight: 'regular', ...style };
}

export function feed(lines = 1): SlipPart {
  return { kind: 'feed', lines };
}

export const RULE: SlipPart = { kind: 'rule' };
