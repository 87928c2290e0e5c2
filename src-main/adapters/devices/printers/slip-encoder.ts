/** One entry for every printer: the profile's dialect decides how a slip and a drawer pulse become bytes. */
import type { Result } from '../../../core/domain/result.ts';
import type { SlipDocument } from '../../../core/domain/slips/slip-document.ts';
import type { EncodeProblem } from './escpos-encoder.ts';
import { encodeDrawerPulse, encodeEscPos } from './escpos-encoder.ts';
import type { PrinterProfile } from './printer-profile.ts';
import { encodeStar, encodeStarDrawerPulse } from './star-encoder.ts';

/** Errors: a QR or a picture that this paper cannot carry. Nothing else about a document can fail. */
export function encodeSlip(document: SlipDocument, profile: PrinterProfile): Result<Uint8Array, EncodeProblem> {
  return profile.dialect === 'escpos' ? encodeEscPos(document, profile) : encodeStar(document, profile);
}

/** A job of its own, sent before any slip; both times are always in it. */
export function drawerPulse(profile: PrinterProfile): Uint8Array {
  return profile.dialect === 'escpos' ? encodeDrawerPulse(profile) : encodeStarDrawerPulse(profile);
}
