/**
 * What an ESC/POS printer says of itself, as bytes.
 * Source  Epson ESC/POS reference: DLE EOT (bits 1 and 4 always set), GS r, GS a (four bytes).
 */
import type { PrinterCondition } from './printer-condition.ts';
import { isOnline } from './printer-condition.ts';

const ALWAYS = 0x12;

function bit(isSet: boolean, mask: number): number {
  return isSet ? mask : 0;
}

/** Answer to DLE EOT n: 1 printer, 2 cause of offline, 3 cause of error, 4 paper. */
export function statusByte(kind: number, condition: PrinterCondition): number {
  const { paper, cover, fault, isDrawerPinHigh } = condition;
  switch (kind) {
    case 1:
      return ALWAYS | bit(isDrawerPinHigh, 0x04) | bit(!isOnline(condition), 0x08);
    case 2:
      return ALWAYS | bit(cover === 'open', 0x04) | bit(paper === 'out', 0x20) | bit(fault !== 'none', 0x40);
    case 3:
      return ALWAYS | faultBits(fault);
    case 4:
      return ALWAYS | bit(paper !== 'ok', 0x0c) | bit(paper === 'out', 0x60);
    default:
      return ALWAYS;
  }
}

function faultBits(fault: PrinterCondition['fault']): number {
  return bit(fault === 'cutter', 0x08) | bit(fault === 'unrecoverable', 0x20) | bit(fault === 'overheat', 0x40);
}

/** Answer to GS r n: 1 paper, 2 drawer. The end of the paper is never told: without paper the question is not reached. */
export function processedReply(kind: number, condition: PrinterCondition): number {
  if (kind % 48 === 2) return condition.isDrawerPinHigh ? 0x01 : 0x00;
  return condition.paper === 'low' ? 0x03 : 0x00;
}

/** GS a: printer, error, paper, and a byte that means nothing. */
export function automaticStatus(condition: PrinterCondition): readonly [number, number, number, number] {
  const { paper, cover, fault, isDrawerPinHigh } = condition;
  return [
    0x10 | bit(isDrawerPinHigh, 0x04) | bit(!isOnline(condition), 0x08) | bit(cover === 'open', 0x20),
    faultBits(fault),
    bit(paper !== 'ok', 0x03) | bit(paper === 'out', 0x0c),
    0x0f,
  ];
}

/** What GS a n listens for, as a word that differs when one of it has changed: 1 drawer, 2 online, 4 error, 8 paper. */
export function watchedPart(watched: number, condition: PrinterCondition): string {
  const { paper, cover, fault, isDrawerPinHigh } = condition;
  return [
    (watched & 1) === 0 ? '' : isDrawerPinHigh,
    (watched & 2) === 0 ? '' : `${isOnline(condition)} ${cover}`,
    (watched & 4) === 0 ? '' : fault,
    (watched & 8) === 0 ? '' : paper,
  ].join('|');
}
