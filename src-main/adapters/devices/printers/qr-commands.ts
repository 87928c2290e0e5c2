/**
 * The bytes that print a QR symbol: by the printer's own means (GS ( k), or as a picture (GS v 0) where it has none.
 *
 * Source  Epson ESC/POS reference, GS ( k functions 165, 167, 169, 180, 181 with cn = 49; GS v 0.
 */
import { invariant } from '../../../core/domain/result.ts';
import type { QrSymbol } from './qr-symbol.ts';

const GS = 0x1d;
const LEVEL_M = 0x31;

/** Model 2, module size, level M, data, print. pL and pH count the bytes, not the characters. */
export function nativeQr({ bytes, moduleDots }: QrSymbol): Uint8Array {
  const length = bytes.length + 3;
  const commands = [
    [GS, 0x28, 0x6b, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00],
    [GS, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x43, moduleDots],
    [GS, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x45, LEVEL_M],
    [GS, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30, ...bytes],
    [GS, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x51, 0x30],
  ];
  return Uint8Array.from(commands.flat());
}

const QUAD = 3;
const PADDINGS = [0, 1, 2, 3, 4, 5, 6, 7];

/**
 * A picture at half the resolution which the printer doubles both ways (m = 3): a quarter of the bytes, so that a serial line keeps up.
 * Modules come out an even number of dots wide, at most as large as asked for.
 *
 * A printer executes DLE EOT, ENQ and DC4 on reception, even among picture data, and DC4 can open the drawer. The picture is shifted by a
 * dot until no such pair of bytes is in it.
 */
export function quadRasterQr(symbol: QrSymbol): Uint8Array {
  const dotsPerModule = Math.max(1, Math.floor(symbol.moduleDots / 2));
  const pictures = PADDINGS.map((padding) => picture(symbol, dotsPerModule, padding));
  const safe = pictures.find((bytes) => !hasRealTimeCommand(bytes));
  invariant(safe !== undefined, 'every shift of the QR picture holds a real-time command');
  return safe;
}

function picture(symbol: QrSymbol, dotsPerModule: number, paddingDots: number): Uint8Array {
  const sideDots = symbol.sideModules * dotsPerModule;
  const widthBytes = Math.ceil((sideDots + paddingDots) / 8);
  const row = (y: number): number[] => {
    const bytes = Array.from({ length: widthBytes }, () => 0);
    for (let x = 0; x < sideDots; x += 1) {
      if (!symbol.isDark(Math.floor(y / dotsPerModule), Math.floor(x / dotsPerModule))) continue;
      const at = x + paddingDots;
      bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (0x80 >> (at & 7));
    }
    return bytes;
  };
  const data = Array.from({ length: sideDots }, (_, y) => row(y)).flat();
  const size = [widthBytes & 0xff, widthBytes >> 8, sideDots & 0xff, sideDots >> 8];
  return Uint8Array.from([GS, 0x76, 0x30, QUAD, ...size, ...data]);
}

export function hasRealTimeCommand(bytes: Uint8Array): boolean {
  return bytes.some((byte, index) => byte === 0x10 && [0x04, 0x05, 0x14].includes(bytes[index + 1] ?? 0));
}
