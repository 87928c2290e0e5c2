/**
 * What a Star printer says of itself: one byte to ENQ and to EOT, and nine to ESC ACK SOH or by itself.
 * Source  Star Line Mode command specifications, appendix on status: header 1 carries the number of bytes, header 2 the version, byte 3
 *         drawer switch, online and cover, byte 4 errors, byte 6 paper, byte 8 the ETB counter of five bits.
 */
import type { PrinterCondition } from '../printer-condition.ts';
import { isOnline } from '../printer-condition.ts';

const STATUS_BYTES = 9;
const STATUS_VERSION = 3;

/** Bits 1 to 3 and 5 and 6 carry a number; bit 4 stays free for the tells of other bytes. */
function spread(number: number): number {
  return ((number & 0b111) << 1) | ((number & 0b11000) << 2);
}

function bit(isSet: boolean, mask: number): number {
  return isSet ? mask : 0;
}

export type EtbCounter = Readonly<{ count: number; hasExecuted: boolean }>;

export function starStatus(condition: PrinterCondition, etb: EtbCounter): readonly number[] {
  const { paper, cover, fault, isDrawerPinHigh } = condition;
  return [
    spread(STATUS_BYTES) | 1,
    spread(STATUS_VERSION),
    bit(etb.hasExecuted, 0x02) |
      bit(isDrawerPinHigh, 0x04) |
      bit(!isOnline(condition), 0x08) |
      bit(cover === 'open', 0x20),
    bit(fault === 'cutter', 0x08) | bit(fault === 'unrecoverable', 0x20) | bit(fault === 'overheat', 0x40),
    0,
    bit(paper !== 'ok', 0x04) | bit(paper === 'out', 0x08),
    0,
    spread(etb.count),
    0,
  ];
}

/** Bit 2: an error that needs a person, an open cover among them. */
export function enqStatus(condition: PrinterCondition, isBufferEmpty: boolean): number {
  const { paper, cover, fault, isDrawerPinHigh } = condition;
  return (
    bit(isDrawerPinHigh, 0x80) |
    bit(isBufferEmpty, 0x20) |
    bit(paper === 'out', 0x08) |
    bit(cover === 'open' || fault !== 'none', 0x04)
  );
}

export function eotStatus({ paper }: PrinterCondition): number {
  return 0x10 | bit(paper === 'out', 0x08) | bit(paper !== 'ok', 0x04);
}
