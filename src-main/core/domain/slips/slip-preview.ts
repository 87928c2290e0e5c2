/**
 * SlipPreview: a slip as one printer will print it, for a screen. Plain data, made from the very lines that are encoded.
 *
 * Units   `columns` cells of a normal line; a text scaled twice as wide has half as many. `share`: width of a symbol or picture as a part
 *         of the printable width, 0 to 1. `lines` of a feed: lines of blank paper, fractions allowed.
 */
import type { Bitmap, SlipAlign } from './slip-document.ts';

export type PreviewLine =
  | Readonly<{
      kind: 'text';
      text: string;
      align: SlipAlign;
      widthScale: number;
      heightScale: number;
      isBold: boolean;
      isInverse: boolean;
    }>
  /** Across the paper; `text` is what the printer gets, one character per column. */
  | Readonly<{ kind: 'rule'; text: string }>
  | Readonly<{ kind: 'qr'; payload: string; share: number }>
  | Readonly<{ kind: 'picture'; bitmap: Bitmap; share: number }>
  | Readonly<{ kind: 'feed'; lines: number }>
  | Readonly<{ kind: 'cut' }>;

export type SlipPreview = Readonly<{ columns: number; lines: readonly PreviewLine[] }>;
