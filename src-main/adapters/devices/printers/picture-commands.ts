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

const GS = 0x1d;
const PLAIN = 0;
const DOUBLED = 3;
const SHIFTS = [0, 1, 2, 3, 4, 5, 6, 7];
const HEIGHT_DOTS_MAX = 2_000;

export type PictureProblem = Readonly<{ kind: 'picture-too-large' }> | Readonly<{ kind: 'picture-unsafe' }>;

export function rasterPicture(bitmap: Bitmap, profile: PrinterProfile): Result<Uint8Array, PictureProblem> {
  const { widthDots, heightDots } = bitmap;
  const isDoubled = 2 * (widthDots + SHIFTS.length) <= profile.dots;
  const isTooLarge = widthDots + SHIFTS.length > profile.dots || heightDots > HEIGHT_DOTS_MAX;
  if (isTooLarge || widthDots < 1 || heightDots < 1) return err({ kind: 'picture-too-large' });
  for (const shift of SHIFTS) {
    const bytes = raster(bitmap, isDoubled ? DOUBLED : PLAIN, shift);
    if (!hasRealTimeCommand(bytes.subarray(HEADER_BYTES))) return ok(bytes);
  }
  return err({ kind: 'picture-unsafe' });
}

const HEADER_BYTES = 8;

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
