/**
 * Sizes a QR symbol for a paper, and draws one for printers that cannot.
 *
 * I7     the payload's UTF-8 bytes go in as they are, in byte mode.
 * Level  M, unless L makes larger modules on this paper: a phone fails on small modules long before it fails on a slip fresh from the
 *        printer that lost one in fourteen of them.
 * Units  modules of the symbol, dots of the print head. The quiet zone is four modules on each side (ISO/IEC 18004).
 */
// The symbol alone: the package's own entry also loads everything that draws one.
import { create } from 'qrcode/lib/core/qrcode.js';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { PrinterProfile } from './printer-profile.ts';

export const QUIET_ZONE_MODULES = 4;
/** Below three dots at 203 dpi a phone no longer reads a thermal print with certainty. */
const MODULE_DOTS_MIN = 3;
/** Large enough for any phone at arm's length; more is only paper. */
const TARGET_WIDTH_MM = 46;
const MM_PER_INCH = 25.4;
/** White paper beside the print head that the quiet zone may use; rolls have 4 mm and more. */
const PAPER_MARGIN_DOTS = 24;

export type QrProblem =
  | Readonly<{ kind: 'qr-empty' }>
  /** A control character among the data could be executed by a printer on reception. */
  | Readonly<{ kind: 'qr-control-character' }>
  | Readonly<{ kind: 'qr-too-large'; byteCount: number }>;

export type QrLevel = 'L' | 'M';

export type QrSymbol = Readonly<{
  bytes: Uint8Array;
  level: QrLevel;
  /** Modules of one side, without the quiet zone. */
  sideModules: number;
  moduleDots: number;
  isDark: (row: number, column: number) => boolean;
}>;

export function qrSymbol(payload: string, profile: PrinterProfile): Result<QrSymbol, QrProblem> {
  if (payload === '') return err({ kind: 'qr-empty' });
  if (/\p{Cc}/u.test(payload)) return err({ kind: 'qr-control-character' });
  const bytes = new TextEncoder().encode(payload);
  const [robust, large] = (['M', 'L'] as const).map((level) => sized(bytes, level, profile));
  const chosen = large && (!robust || large.moduleDots > robust.moduleDots) ? large : robust;
  if (!chosen || chosen.moduleDots < MODULE_DOTS_MIN) return err({ kind: 'qr-too-large', byteCount: bytes.length });
  return ok(chosen);
}

function sized(bytes: Uint8Array, level: QrLevel, profile: PrinterProfile): QrSymbol | undefined {
  // Its size does not depend on the mask, and to choose one takes most of the work: only a symbol that is drawn by us is worth it.
  const sideModules = symbolOf(bytes, level, ANY_MASK)?.modules.size;
  if (sideModules === undefined) return undefined;
  const targetDots = (TARGET_WIDTH_MM / MM_PER_INCH) * profile.dpi;
  const moduleDots = Math.min(
    profile.qrMaxModuleDots,
    Math.max(MODULE_DOTS_MIN, Math.floor(targetDots / sideModules)),
    Math.floor(profile.dots / sideModules),
    Math.floor((profile.dots + 2 * PAPER_MARGIN_DOTS) / (sideModules + 2 * QUIET_ZONE_MODULES)),
  );
  let drawn: ReturnType<typeof create> | undefined;
  const isDark = (row: number, column: number): boolean => {
    drawn ??= symbolOf(bytes, level);
    return drawn?.modules.get(row, column) === 1;
  };
  return { bytes, level, sideModules, moduleDots, isDark };
}

const ANY_MASK = { maskPattern: 0 } as const;

function symbolOf(
  bytes: Uint8Array,
  level: QrLevel,
  mask: Readonly<{ maskPattern?: 0 }> = {},
): ReturnType<typeof create> | undefined {
  try {
    return create([{ data: Buffer.from(bytes), mode: 'byte' }], { errorCorrectionLevel: level, ...mask });
  } catch {
    return undefined; // The library throws when no version of the symbol holds so many bytes.
  }
}
