/**
 * What is at the end of a line, asked without printing a letter.
 *
 * Source  Epson ESC/POS reference: DLE EOT 1 (answer 0xx1xx10), GS I 66 and 67 (5Fh, maker or model, 00h). Star Line Mode specification:
 *         ESC ACK SOH (automatic status, header 0xx0xxx1). GS I goes only to what has answered DLE EOT: others might print its letters.
 */
import type { DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { Identified } from '../../../core/application/ports/device-workshop.ts';
import type { Timers } from '../../../core/application/ports/system.ts';
import type { Result } from '../../../core/domain/result.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import { ask, reach } from './line-talk.ts';
import type { Question } from './line-talk.ts';

const ANSWER_MS = 500;
const MODEL_LENGTH_MAX = 80;

export const PRINTER_STATUS: Question = {
  label: 'status-1',
  bytes: [0x10, 0x04, 0x01],
  find: (heard) => lastByte(heard, (byte) => (byte & 0x93) === 0x12),
  timeoutMs: ANSWER_MS,
};
const STAR_STATUS: Question = {
  label: 'star-status',
  bytes: [0x1b, 0x06, 0x01],
  find: (heard) => (heard.length >= 7 && ((heard[0] ?? 0) & 0x91) === 0x01 ? heard : undefined),
  timeoutMs: ANSWER_MS,
};

function information(what: number, label: string): Question {
  return { label, bytes: [0x1d, 0x49, what], find: block, timeoutMs: ANSWER_MS };
}
const MAKER = information(66, 'maker');
const MODEL = information(67, 'model');

function lastByte(heard: Uint8Array, fits: (byte: number) => boolean): Uint8Array | undefined {
  const byte = heard.findLast(fits);
  return byte === undefined ? undefined : Uint8Array.of(byte);
}

/** 5Fh, letters, 00h. */
function block(heard: Uint8Array): Uint8Array | undefined {
  const start = heard.indexOf(0x5f);
  const end = start < 0 ? -1 : heard.indexOf(0, start);
  return end < 0 ? undefined : heard.slice(start + 1, end);
}

export type Asked = Readonly<{ answer: Identified['answer']; model?: string; fault?: DeviceFault; step: string }>;

export async function identify(transport: ByteTransport, timers: Timers): Promise<Asked> {
  const reached = await reach(transport);
  const first = reached.ok ? await ask(transport, PRINTER_STATUS, timers) : reached;
  if (!first.ok) return { answer: 'not-reached', fault: first.error, step: 'open the line' };
  if (first.value === undefined) {
    const star = await ask(transport, STAR_STATUS, timers);
    if (!star.ok) return { answer: 'not-reached', fault: star.error, step: 'ask for a Star status' };
    return { answer: star.value ? 'star' : 'silent', step: 'ask for a Star status' };
  }
  const maker = words(await ask(transport, MAKER, timers));
  const model = words(await ask(transport, MODEL, timers));
  const name = [maker, model].filter((part) => part !== '').join(' ');
  return { answer: 'escpos', step: 'ask for the model', ...(name !== '' && { model: name }) };
}

/** Printable ASCII only: it comes from a device. */
function words(answer: Result<Uint8Array | undefined, DeviceFault>): string {
  if (!answer.ok || !answer.value) return '';
  return Buffer.from(answer.value)
    .toString('latin1')
    .replaceAll(/[^ -~]/g, '')
    .trim()
    .slice(0, MODEL_LENGTH_MAX);
}
