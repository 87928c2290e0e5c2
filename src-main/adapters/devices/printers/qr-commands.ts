/**
 * The bytes that print a QR symbol: by the printer's own means (GS ( k), or as a picture (GS v 0) where it has none.
 *
 * Source  Epson ESC/POS reference, GS ( k functions 165, 167, 169, 180, 181 with cn = 49; GS v 0.
 */
import { invariant } from '../../../core/domain/result.ts';
import type { QrForm } from '../../../core/domain/slips/slip-document.ts';
import type { QrLevel, QrSymbol } from './qr-symbol.ts';

const GS = 0x1d;
const LEVELS = { L: 0x30, M: 0x31 } as const satisfies Record<QrLevel, number>;

/**
 * Model 2, module size, level, data, print. pL and pH count the bytes, not the characters. `settingsTold`: also those that a printer has
 * after ESC @ anyway.
 */
export function nativeQr({ bytes, moduleDots, level }: QrSymbol, settingsTold: boolean): Uint8Array {
  const length = bytes.length + 3;
  const commands = [
    settingsTold ? [GS, 0x28, 0x6b, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00] : [],
    [GS, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x43, moduleDots],
    settingsTold || level !== 'L' ? [GS, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x45, LEVELS[level]] : [],
    [GS, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30, ...bytes],
    [GS, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x51, 0x30],
  ];
  return Uint8Array.from(commands.flat());
}

export type RasterForm = Exclude<QrForm, 'native'>;
/** `scale`: how many dots on paper a dot of the picture becomes, each way. */
const FORMS = { 'raster-quad': { mode: 3, scale: 2 }, raster: { mode: 0, scale: 1 } } as const satisfies Record<
  RasterForm,
  Readonly<{ mode: number; scale: number }>
>;
/** Below this, half a module would be one dot of the picture, and a module two dots on paper: too small to read. */
const QUAD_MODULE_DOTS_MIN = 4;
const PADDINGS = [0, 1, 2, 3, 4, 5, 6, 7];

/**
 * The symbol as a picture (GS v 0). `raster-quad`: at half the resolution, which the printer doubles both ways, for a quarter of the bytes,
 * so that a serial line keeps up; modules come out an even number of dots wide, at most as large as asked for.
 *
 * A printer executes DLE EOT, ENQ and DC4 on reception, even among picture data, and DC4 can open the drawer. The picture is shifted by a
 * dot until no such pair of bytes is in it.
 */
export function rasterQr(symbol: QrSymbol, form: RasterForm): Uint8Array {
  const safe = PADDINGS.map((padding) => picture(symbol, form, padding)).find((bytes) => !hasRealTimeCommand(bytes));
  invariant(safe !== undefined, 'every shift of the QR picture holds a real-time command');
  return safe;
}

/** Width and height of the symbol on paper, without its quiet zone. */
export function printedSideDots(symbol: QrSymbol, form: QrForm): number {
  if (form === 'native') return symbol.sideModules * symbol.moduleDots;
  const { dotsPerModule, scale } = scaled(symbol, form);
  return symbol.sideModules * dotsPerModule * scale;
}

function scaled(
  { moduleDots }: QrSymbol,
  form: RasterForm,
): Readonly<{ mode: number; scale: number; dotsPerModule: number }> {
  const { mode, scale } = FORMS[moduleDots < QUAD_MODULE_DOTS_MIN ? 'raster' : form];
  return { mode, scale, dotsPerModule: Math.floor(moduleDots / scale) };
}

function picture(symbol: QrSymbol, form: RasterForm, paddingDots: number): Uint8Array {
  const { mode, dotsPerModule } = scaled(symbol, form);
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
  return Uint8Array.from([GS, 0x76, 0x30, mode, ...size, ...data]);
}

export function hasRealTimeCommand(bytes: Uint8Array): boolean {
  return bytes.some((byte, index) => byte === 0x10 && [0x04, 0x05, 0x14].includes(bytes[index + 1] ?? 0));
}
