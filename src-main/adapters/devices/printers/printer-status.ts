/**
 * What an ESC/POS printer's status bytes say.
 *
 * Source  Epson ESC/POS reference: DLE EOT 1 (b2 drawer pin 3, b3 offline), 2 (b2 cover, b5 paper end, b6 error), 3 (b3 cutter,
 *         b5 unrecoverable, b6 recoverable), 4 (b2–3 near end, b5–6 end); GS a byte 1 (b2 pin 3, b3 offline, b5 cover), 2 (b2 mechanical,
 *         b3 cutter, b5 unrecoverable, b6 recoverable), 3 (b0–1 near end, b2–3 end).
 */
import type { DeviceFaultCode } from '../../../core/domain/devices/device-fault.ts';
import type { PrinterStatus } from '../../../core/application/ports/slip-printer.ts';
import type { AutomaticStatus } from './printer-answers.ts';

/** Level of the drawer connector's pin 3, where the printer tells it. What it means differs from drawer to drawer. */
export type PinLevel = 'high' | 'low';
export type DeviceStatus = PrinterStatus & Readonly<{ drawerPin?: PinLevel }>;

export const UNKNOWN_STATUS: PrinterStatus = { online: 'unknown', paper: 'unknown', cover: 'unknown' };

/** Answers to DLE EOT 1 to 4; one that was not given counts as nothing wrong. */
export function statusOfAnswers(printer: number, offline = 0, error = 0, paper = 0): DeviceStatus {
  const fault = errorIn(error) ?? (has(offline, 0x40) ? 'other' : undefined);
  return {
    online: has(printer, 0x08) ? 'no' : 'yes',
    paper: has(offline, 0x20) || has(paper, 0x60) ? 'out' : has(paper, 0x0c) ? 'low' : 'ok',
    cover: has(offline, 0x04) ? 'open' : 'closed',
    ...(fault && { error: fault }),
    drawerPin: has(printer, 0x04) ? 'high' : 'low',
  };
}

export function statusOfAutomatic([printer, error, paper]: AutomaticStatus): DeviceStatus {
  const fault = errorIn(error) ?? (has(error, 0x04) ? 'other' : undefined);
  return {
    online: has(printer, 0x08) ? 'no' : 'yes',
    paper: has(paper, 0x0c) ? 'out' : has(paper, 0x03) ? 'low' : 'ok',
    cover: has(printer, 0x20) ? 'open' : 'closed',
    ...(fault && { error: fault }),
    drawerPin: has(printer, 0x04) ? 'high' : 'low',
  };
}

/** The same three bits in DLE EOT 3 and in the second automatic byte. */
function errorIn(error: number): PrinterStatus['error'] {
  if (has(error, 0x08)) return 'cutter';
  if (has(error, 0x20)) return 'unrecoverable';
  return has(error, 0x40) ? 'overheat' : undefined;
}

/** Any bit of the mask: makers use the paired bits separately. */
export function has(byte: number, mask: number): boolean {
  return (byte & mask) !== 0;
}

const ERROR_CODES = {
  cutter: 'cutter',
  overheat: 'overheat',
  unrecoverable: 'printer-error',
  other: 'printer-error',
} as const satisfies Record<NonNullable<PrinterStatus['error']>, DeviceFaultCode>;

/** Why this printer would not print now; undefined when nothing speaks against it. An open cover first: behind it many sensors miss the paper. */
export function obstacleIn(status: PrinterStatus): DeviceFaultCode | undefined {
  if (status.cover === 'open') return 'cover-open';
  if (status.paper === 'out') return 'paper-out';
  if (status.error) return ERROR_CODES[status.error];
  return status.online === 'no' ? 'offline' : undefined;
}
