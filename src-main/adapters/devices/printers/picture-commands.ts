/**
 * The bytes that print a picture (GS v 0): doubled both ways where the paper is wide enough, a quarter of the bytes for the same size.
 *
 * A printer executes DLE EOT, ENQ and DC4 on reception, even among picture data, and DC4 can open the drawer. The picture is shifted by a
 * dot until no such pair of bytes is in it.
 *
 * Source  Epson ESC/POS reference, GS v 0 (m = 0, 3).
 */
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { Bitmap } from '../../../core/domain/slips/slip-document.ts';
import type { PrinterProfile } from './printer-profile.ts';
import { hasRealTimeCommand } from './qr-commands.ts';
import type { QrSymbol } from './qr-symbol.ts';

const GS = 0x1d;
const PLAIN = 0;
const DOUBLED = 3;
const SHIFTS = [0, 1, 2, 3, 4, 5, 6, 7];
const HEIGHT_DOTS_MAX = 2_000;
const HEADER_BYTES = 8;

export type PictureProblem = Readonly<{ kind: 'picture-too-large' }> | Readonly<{ kind: 'picture-unsafe' }>;

export function rasterPicture(bitmap: Bitmap, profile: PrinterProfile): Result<Uint8Array, PictureProblem> {
  const scale = scaleOf(bitmap, profile);
  if (scale === undefined) return err({ kind: 'picture-too-large' });
  const safeHeight = withSafeHeight(bitmap);
  for (const shift of SHIFTS) {
    const bytes = raster(safeHeight, scale === 2 ? DOUBLED : PLAIN, shift);
    if (!hasRealTimeCommand(bytes)) return ok(bytes);
  }
  return err({ kind: 'picture-unsafe' });
}

/** How wide the picture stands on paper; undefined when this printer does not print it. */
export function printedPictureDots(bitmap: Bitmap, profile: PrinterProfile): number | undefined {
  const scale = scaleOf(bitmap, profile);
  return scale === undefined ? undefined : scale * bitmap.widthDots;
}

/** A symbol as a picture, at the module size that was chosen for the paper. */
export function bitmapOfQr({ sideModules, moduleDots, isDark }: QrSymbol): Bitmap {
  const sideDots = sideModules * moduleDots;
  const rowBytes = Math.ceil(sideDots / 8);
  const bits = new Uint8Array(rowBytes * sideDots);
  for (let y = 0; y < sideDots; y += 1) {
    for (let x = 0; x < sideDots; x += 1) {
      if (!isDark(Math.floor(y / moduleDots), Math.floor(x / moduleDots))) continue;
      const at = y * rowBytes + (x >> 3);
      bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { widthDots: sideDots, heightDots: sideDots, bits };
}

function scaleOf(bitmap: Bitmap, { dots }: PrinterProfile): 1 | 2 | undefined {
  const widest = bitmap.widthDots + SHIFTS.length;
  if (!fits({ ...bitmap, widthDots: widest }, dots) || bitmap.widthDots < 1) return undefined;
  return 2 * widest <= dots ? 2 : 1;
}

function fits({ widthDots, heightDots }: Bitmap, dots: number): boolean {
  return widthDots >= 1 && widthDots <= dots && heightDots >= 1 && heightDots <= HEIGHT_DOTS_MAX;
}

/** A height of 1,040 dots is written 10h 04h, which is a command: a white row more, and it is none. */
function withSafeHeight(bitmap: Bitmap): Bitmap {
  const { heightDots } = bitmap;
  const isSafe = !hasRealTimeCommand(Uint8Array.of(heightDots & 0xff, heightDots >> 8));
  return isSafe ? bitmap : { ...bitmap, heightDots: heightDots + 1 };
}

function raster({ widthDots, heightDots, bits }: Bitmap, mode: number, shift: number): Uint8Array {
  const sourceBytes = Math.ceil(widthDots / 8);
  const rowBytes = Math.ceil((widthDots + shift) / 8);
  const bytes = new Uint8Array(HEADER_BYTES + rowBytes * heightDots);
  bytes.set([GS, 0x76, 0x30, mode, rowBytes & 0xff, rowBytes >> 8, heightDots & 0xff, heightDots >> 8]);
  for (let y = 0; y < heightDots; y += 1) {
    for (let x = 0; x < widthDots; x += 1) {
      const isDark = ((bits[y * sourceBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
      if (!isDark) continue;
      const at = HEADER_BYTES + y * rowBytes + ((x + shift) >> 3);
      bytes[at] = (bytes[at] ?? 0) | (0x80 >> ((x + shift) & 7));
    }
  }
  return bytes;
}
