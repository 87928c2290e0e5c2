/**
 * What a Star printer sends back: its status of seven to fifteen bytes, asked for with ESC ACK SOH or sent by itself at each change.
 *
 * Source  Star Line Mode specification, automatic status: the first byte has b0 set and b4, b7 clear, and tells the length in b5, b3, b2, b1;
 *         the others have b0 and b4 clear, and b7 too but for the second, the version. 11h/13h are flow control.
 *         Byte 3: b5 cover, b3 offline, b2 drawer switch. 4: b6 head hot, b5 unrecoverable, b3 cutter, b2 mechanical. 5: b6 buffer overflow.
 *         6: b3 paper end, b2 near end. 8: number of ETB commands worked through, modulo 32, in b6, b5, b3, b2, b1.
 */
import type { DeviceStatus } from './printer-status.ts';
import { has } from './printer-status.ts';

export type StarAnswer = Readonly<{
  status: DeviceStatus;
  /** From 0 to 31; undefined where the status is too short to hold it. */
  etbCount: number | undefined;
}>;

const SHORTEST = 7;
export const ETB_COUNTS = 32;

export function createStarAnswerReader(onAnswer: (answer: StarAnswer) => void): (bytes: Uint8Array) => void {
  let bytes: number[] = [];
  function see(byte: number): void {
    if (byte === 0x11 || byte === 0x13) return;
    if (isHeader(byte)) bytes = [byte];
    else if (bytes.length > 0 && (byte & (bytes.length === 1 ? 0x11 : 0x91)) === 0) bytes.push(byte);
    else bytes = [];
    const [header = 0] = bytes;
    if (bytes.length === 0 || bytes.length < lengthIn(header)) return;
    onAnswer(answerOf(bytes));
    bytes = [];
  }
  return (received) => received.forEach(see);
}

function isHeader(byte: number): boolean {
  return (byte & 0x91) === 0x01 && lengthIn(byte) >= SHORTEST;
}

function lengthIn(header: number): number {
  return ((header & 0x20) >> 2) | ((header & 0x0e) >> 1);
}

function answerOf([, , printer = 0, error = 0, , paper = 0, , etb]: readonly number[]): StarAnswer {
  const fault = errorIn(error);
  const status: DeviceStatus = {
    online: has(printer, 0x08) ? 'no' : 'yes',
    paper: has(paper, 0x08) ? 'out' : has(paper, 0x04) ? 'low' : 'ok',
    cover: has(printer, 0x20) ? 'open' : 'closed',
    ...(fault && { error: fault }),
    drawerPin: has(printer, 0x04) ? 'high' : 'low',
  };
  return { status, etbCount: etb === undefined ? undefined : ((etb & 0x60) >> 2) | ((etb & 0x0e) >> 1) };
}

function errorIn(error: number): DeviceStatus['error'] {
  if (has(error, 0x08)) return 'cutter';
  if (has(error, 0x20)) return 'unrecoverable';
  if (has(error, 0x04)) return 'other';
  return has(error, 0x40) ? 'overheat' : undefined;
}
