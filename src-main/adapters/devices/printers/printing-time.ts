/** How long a printer may take for a slip: bytes over the wire, then paper past the head. Estimates from above. */
import type { SlipDocument } from '../../../core/domain/slips/slip-document.ts';
import type { PrinterProfile } from './printer-profile.ts';

/** A byte on a serial line: eight bits between a start and a stop bit. */
const BITS_PER_BYTE = 10;
const LINE_FEED = 0x0a;
const MM_PER_INCH = 25.4;
/** Tall lines and feeds beside the normal ones. */
const TALLER = 1.2;
const PICTURE_MM = 60;
/** From the head to the cutter, and the cut. */
const TO_THE_CUTTER_MM = 30;
/** Narrow printers are the slow ones: 90 mm/s and less; wide ones do 150 and more. */
const NARROW_COLUMNS = 36;
const SLOW_MM_PER_S = 70;
const MM_PER_S = 120;

type Slip = Readonly<{ document: SlipDocument; bytes: Uint8Array; profile: PrinterProfile }>;

export function wireTimeMs(byteCount: number, bitsPerSecond: number): number {
  return Math.ceil((byteCount * BITS_PER_BYTE * 1000) / bitsPerSecond);
}

export function mechanicsTimeMs({ document, bytes, profile }: Slip): number {
  const lines = bytes.reduce((count, byte) => count + (byte === LINE_FEED ? 1 : 0), 0);
  const linesMm = ((lines * profile.lineSpacingDots) / profile.dpi) * MM_PER_INCH * TALLER;
  const pictures = document.parts.filter(({ kind }) => kind === 'qr' || kind === 'picture').length;
  const mm = linesMm + pictures * PICTURE_MM + TO_THE_CUTTER_MM;
  return Math.ceil((mm * 1000) / (profile.columns <= NARROW_COLUMNS ? SLOW_MM_PER_S : MM_PER_S));
}
