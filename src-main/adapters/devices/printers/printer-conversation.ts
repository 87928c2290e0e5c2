/**
 * Questions to an ESC/POS printer over a line that can read. Every wait has an end; silence is an answer too.
 *
 * Source  Epson ESC/POS reference: DLE EOT 1 (b3 offline), 2 (b2 cover, b5 paper end), 3 (b3 cutter, b5 unrecoverable, b6 recoverable),
 *         4 (b2–3 near end, b5–6 end); GS r 1; GS ( H function 48.
 */
import type { CancelSignal, DeviceFaultCode } from '../../../core/application/ports/device-fault.ts';
import type { PrinterStatus } from '../../../core/application/ports/slip-printer.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import type { PrinterAnswer } from './printer-answers.ts';
import { createAnswerReader } from './printer-answers.ts';

const STATUS_TIMEOUT_MS = 300;
export const UNKNOWN_STATUS: PrinterStatus = { online: 'unknown', paper: 'unknown', cover: 'unknown' };

export type Conversation = Readonly<{
  /** The first answer that fits, or undefined after the time or a cancel. Listens from the call on. */
  waitFor: (
    fits: (answer: PrinterAnswer) => boolean,
    timeoutMs: number,
    cancel?: CancelSignal,
  ) => Promise<PrinterAnswer | undefined>;
  askStatus: () => Promise<PrinterStatus>;
  end: () => void;
}>;

export function startConversation(transport: ByteTransport): Conversation {
  const listeners = new Set<(answer: PrinterAnswer) => void>();
  const read = createAnswerReader((answer) => {
    for (const listener of listeners) listener(answer);
  });
  const end = transport.onData(read);

  const waitFor: Conversation['waitFor'] = (fits, timeoutMs, cancel) =>
    new Promise((resolve) => {
      const settle = (answer?: PrinterAnswer) => {
        clearTimeout(timer);
        listeners.delete(listen);
        cancel?.removeEventListener('abort', giveUp);
        resolve(answer);
      };
      const listen = (answer: PrinterAnswer) => {
        if (fits(answer)) settle(answer);
      };
      const giveUp = () => settle();
      const timer = setTimeout(giveUp, timeoutMs);
      listeners.add(listen);
      cancel?.addEventListener('abort', giveUp);
    });

  async function ask(kind: number): Promise<number | undefined> {
    const answer = waitFor(({ kind: answerKind }) => answerKind === 'real-time', STATUS_TIMEOUT_MS);
    const bytes = Uint8Array.of(0x10, 0x04, kind);
    const sent = await transport.write(bytes, { label: `status-${kind}`, timeoutMs: STATUS_TIMEOUT_MS });
    const heard = await answer;
    return sent.ok && heard?.kind === 'real-time' ? heard.byte : undefined;
  }

  async function askStatus(): Promise<PrinterStatus> {
    const printer = await ask(1);
    if (printer === undefined) return UNKNOWN_STATUS; // One silence is enough: a mute printer must not cost four waits.
    return statusOf(printer, await ask(2), await ask(3), await ask(4));
  }

  return { waitFor, askStatus, end };
}

function statusOf(printer: number, offline = 0, error = 0, paper = 0): PrinterStatus {
  const fault = errorOf(error);
  return {
    online: has(printer, 0x08) ? 'no' : 'yes',
    paper: has(offline, 0x20) || has(paper, 0x60) ? 'out' : has(paper, 0x0c) ? 'low' : 'ok',
    cover: has(offline, 0x04) ? 'open' : 'closed',
    ...(fault && { error: fault }),
  };
}

function errorOf(error: number): PrinterStatus['error'] {
  if (has(error, 0x08)) return 'cutter';
  if (has(error, 0x20)) return 'unrecoverable';
  return has(error, 0x40) ? 'overheat' : undefined;
}

/** Any bit of the mask: makers use the paired bits separately. */
function has(byte: number, mask: number): boolean {
  return (byte & mask) !== 0;
}

const ERROR_CODES = {
  cutter: 'cutter',
  overheat: 'overheat',
  unrecoverable: 'printer-error',
  other: 'printer-error',
} as const satisfies Record<NonNullable<PrinterStatus['error']>, DeviceFaultCode>;

/** Why this printer would not print now; undefined when nothing speaks against it. */
export function obstacleIn(status: PrinterStatus): DeviceFaultCode | undefined {
  if (status.paper === 'out') return 'paper-out';
  if (status.cover === 'open') return 'cover-open';
  if (status.error) return ERROR_CODES[status.error];
  return status.online === 'no' ? 'offline' : undefined;
}
