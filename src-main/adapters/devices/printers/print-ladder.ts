/**
 * One job from the question "can you print?" to the printer's word that it did, for any language.
 *
 * I9: after the first byte has left, nothing is sent again by itself. "Sent" is not "printed". While the printer waits for paper, a cover or a
 * free cutter, the job waits with it: it goes on by itself. Every other wait ends at the time that the wire and the mechanics need, and 3 s.
 */
import type { CancelSignal, DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { PrintJob, PrintOutcome } from '../../../core/application/ports/slip-printer.ts';
import type { Timers } from '../../../core/application/ports/system.ts';
import type { Result } from '../../../core/domain/result.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import type { Failure, Watched } from './job-watch.ts';
import { JobWatch } from './job-watch.ts';
import type { PrinterProfile } from './printer-profile.ts';
import type { PrinterSpeech } from './printer-speech.ts';
import { obstacleIn } from './printer-status.ts';

export type PrintTimes = Readonly<{
  /** Beyond wire and mechanics, for the printer to say that it printed. */
  graceMs: number;
  /** For somebody to change the roll or close the cover. */
  waitingMaxMs: number;
  /** Between two looks at a printer that has not confirmed yet. */
  lookEveryMs: number;
  /** The same while it waits for somebody: its questions stand in the printer's buffer too, and must not fill it. */
  lookWhileWaitingMs: number;
}>;

export const PRINT_TIMES: PrintTimes = {
  graceMs: 3_000,
  waitingMaxMs: 600_000,
  lookEveryMs: 1_000,
  lookWhileWaitingMs: 4_000,
};

export type Printing = Readonly<{
  profile: PrinterProfile;
  transport: ByteTransport;
  speech: PrinterSpeech;
  timers: Timers;
  /** Of the slowest wire on the way; 9600 where nobody knows better. */
  bitsPerSecond: number;
  times: PrintTimes;
}>;

export async function printJob(job: PrintJob, printing: Printing, cancel?: CancelSignal): Promise<PrintOutcome> {
  const { profile, speech } = printing;
  await anotherTurn(printing.timers);
  const encoded = speech.encode(job.document);
  if (!encoded.ok) return refused({ code: 'unsupported', sent: 'none', detail: encoded.error });
  const before = await speech.askStatus();
  if (cancel?.aborted) return refused({ code: 'cancelled', sent: 'none', detail: job.id });
  const obstacle = before && obstacleIn(before);
  if (obstacle) return refused({ code: obstacle, sent: 'none', detail: `${profile.name} before ${job.id}` });
  const wrapped = await speech.wrap(job.id, encoded.value);
  if (!wrapped.ok) return refused({ ...wrapped.error, sent: 'none' });
  if (cancel?.aborted || job.isStillWanted?.() === false) {
    speech.ended(job.id, 'unsent');
    return refused({ code: 'cancelled', sent: 'none', detail: `${job.id} is no longer wanted` });
  }
  const outcome = await sendAndWatch(
    { job, bytes: wrapped.value, answersStatus: before !== undefined, cancel },
    printing,
  );
  speech.ended(job.id, outcome.state === 'refused' ? 'unsent' : outcome.state === 'unknown' ? 'broken' : 'done');
  return outcome;
}

/** Whoever asked for the slip has just written to the disk: what else waits for the loop comes between that and the encoding. */
function anotherTurn(timers: Timers): Promise<void> {
  return new Promise((resolve) => void timers.after(0, resolve));
}

type Sending = Watched & Readonly<{ cancel: CancelSignal | undefined }>;

async function sendAndWatch(sending: Sending, printing: Printing): Promise<PrintOutcome> {
  const { job, bytes, cancel } = sending;
  const { transport, times } = printing;
  const stop = new AbortController();
  const watch = new JobWatch(sending, printing);
  const giveUp = (): void => watch.end({ code: 'cancelled' });
  cancel?.addEventListener('abort', giveUp);
  const label = `${job.document.kind}-${job.id}`;
  const written = transport.write(bytes, { label, timeoutMs: times.waitingMaxMs, cancel: stop.signal });
  void written.then((result) => watch.written(result));
  try {
    const ending = await watch.ending;
    if (ending === 'sent') return { state: 'sent' };
    if ('state' in ending) return { state: ending.state };
    stop.abort();
    return await brokenOff(await withItsCause(ending, sending, printing), written, printing);
  } finally {
    cancel?.removeEventListener('abort', giveUp);
    watch.end({ code: 'cancelled' });
  }
}

/** A line that stood still: the printer says why, where it can be asked. */
async function withItsCause(ending: Failure, { answersStatus }: Sending, { speech }: Printing): Promise<Failure> {
  if (ending.code !== 'timeout' || !answersStatus) return ending;
  const status = await speech.askStatus();
  return { ...ending, code: status ? (obstacleIn(status) ?? 'timeout') : 'offline' };
}

/** For a line to say how much it had sent by the time it was stopped. */
const STOP_TIMEOUT_MS = 2_000;

async function brokenOff(ending: Failure, written: Promise<Result<void, DeviceFault>>, { timers }: Printing) {
  const result = await orNothing(written, STOP_TIMEOUT_MS, timers);
  const sent = result === undefined ? 'unknown' : result.ok ? 'all' : result.error.sent;
  const detail = ending.detail ?? (result && !result.ok ? result.error.detail : 'no confirmation');
  const fault: DeviceFault = { code: ending.code, sent, detail };
  return sent === 'none' ? refused(fault) : ({ state: 'unknown', fault } as const);
}

function refused(fault: DeviceFault): PrintOutcome {
  return { state: 'refused', fault };
}

async function orNothing<Value>(promise: Promise<Value>, afterMs: number, timers: Timers): Promise<Value | undefined> {
  const { promise: nothing, resolve } = Promise.withResolvers<undefined>();
  const cancel = timers.after(afterMs, () => resolve(undefined));
  try {
    return await Promise.race([promise, nothing]);
  } finally {
    cancel();
  }
}
