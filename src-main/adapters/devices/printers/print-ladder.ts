/**
 * One job from the question "can you print?" to the printer's word that it did, for any language.
 *
 * I9: after the first byte has left, nothing is sent again by itself. "Sent" is not "printed". While the printer waits for paper, a cover or a
 * free cutter, the job waits with it: it goes on by itself. Every other wait ends at the time that the wire and the mechanics need, and 3 s.
 */
import type { CancelSignal, DeviceFault, DeviceFaultCode } from '../../../core/application/ports/device-fault.ts';
import type { PrintJob, PrintOutcome } from '../../../core/application/ports/slip-printer.ts';
import type { Timers } from '../../../core/application/ports/system.ts';
import type { Result } from '../../../core/domain/result.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import type { PrinterProfile } from './printer-profile.ts';
import type { PrinterSpeech } from './printer-speech.ts';
import { obstacleIn } from './printer-status.ts';
import { mechanicsTimeMs, wireTimeMs } from './printing-time.ts';

export type PrintTimes = Readonly<{
  /** Beyond wire and mechanics, for the printer to say that it printed. */
  graceMs: number;
  /** For somebody to change the roll or close the cover. */
  waitingMaxMs: number;
  /** Between two looks at a printer that has not confirmed yet. */
  lookEveryMs: number;
}>;

export const PRINT_TIMES: PrintTimes = { graceMs: 3_000, waitingMaxMs: 600_000, lookEveryMs: 1_000 };

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
  const encoded = speech.encode(job.document);
  if (!encoded.ok) return refused({ code: 'unsupported', sent: 'none', detail: encoded.error });
  const before = await speech.askStatus();
  if (cancel?.aborted) return refused({ code: 'cancelled', sent: 'none', detail: job.id });
  const obstacle = before && obstacleIn(before);
  if (obstacle) return refused({ code: obstacle, sent: 'none', detail: `${profile.name} before ${job.id}` });
  const bytes = await speech.wrap(job.id, encoded.value);
  if (cancel?.aborted || job.isStillWanted?.() === false) {
    speech.ended(job.id, 'unsent');
    return refused({ code: 'cancelled', sent: 'none', detail: `${job.id} is no longer wanted` });
  }
  const outcome = await sendAndWatch({ job, bytes, answersStatus: before !== undefined, cancel }, printing);
  speech.ended(job.id, outcome.state === 'refused' ? 'unsent' : outcome.state === 'unknown' ? 'broken' : 'done');
  return outcome;
}

type Sending = Readonly<{
  job: PrintJob;
  bytes: Uint8Array;
  answersStatus: boolean;
  cancel: CancelSignal | undefined;
}>;

async function sendAndWatch(sending: Sending, printing: Printing): Promise<PrintOutcome> {
  const { job, bytes, cancel } = sending;
  const { transport, times } = printing;
  const stop = new AbortController();
  const watch = startWatch(sending, printing);
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
    watch.stop();
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

type Failure = Readonly<{ code: DeviceFaultCode; detail?: string }>;
type Ending = 'sent' | Readonly<{ state: 'printed' | 'processed' }> | Failure;

type Watch = Readonly<{
  ending: Promise<Ending>;
  end: (ending: Ending) => void;
  written: (result: Result<void, DeviceFault>) => void;
  stop: () => void;
}>;

/** Silences in a row, after all that was sent must have arrived, that mean a printer which used to answer is gone. */
const SILENCES_MAX = 3;

/** Listens from before the first byte, so that a quick answer is not missed. */
function startWatch({ job, bytes, answersStatus }: Sending, printing: Printing): Watch {
  const { speech, transport, timers, times, profile, bitsPerSecond } = printing;
  const wireMs = wireTimeMs(bytes.length, bitsPerSecond);
  const workMs = mechanicsTimeMs({ document: job.document, bytes, profile });
  const { promise: ending, resolve } = Promise.withResolvers<Ending>();
  let waitingFor: DeviceFaultCode | undefined;
  let silences = 0;
  let isOver = false;
  let isWritten = false;
  const clocks = createClocks(timers);

  function end(how: Ending): void {
    if (isOver) return;
    isOver = true;
    clocks.stopAll();
    unsubscribe.forEach((leave) => leave());
    // What the printer waits for explains a silence better than the silence.
    const isVague = typeof how === 'object' && 'code' in how && (how.code === 'cancelled' || how.code === 'timeout');
    resolve(isVague && waitingFor ? { ...how, code: waitingFor } : how);
    if (waitingFor) job.onWaiting?.(undefined);
  }

  function waits(why: DeviceFaultCode | undefined): void {
    silences = 0;
    if (isOver || why === waitingFor) return;
    waitingFor = why;
    job.onWaiting?.(why);
    if (why !== undefined) return clocks.start('deadline', times.waitingMaxMs, () => end({ code: why }));
    startDeadline(workMs + times.graceMs);
    if (!speech.confirms) clocks.start('work', workMs, () => undefined);
  }

  function startDeadline(afterMs: number): void {
    if (speech.confirms || !isWritten) clocks.start('deadline', afterMs, () => end({ code: 'timeout' }));
    else clocks.stop('deadline'); // The looks end by themselves.
  }

  async function look(): Promise<void> {
    const status = await speech.askStatus();
    if (isOver) return;
    if (status) waits(obstacleIn(status));
    else silences += 1;
    const isDone = isWritten && !speech.confirms && !waitingFor && !clocks.isRunning('work');
    if (isDone && status) return end('sent');
    if (isDone && silences >= SILENCES_MAX) return end({ code: 'offline' });
    clocks.start('look', times.lookEveryMs, () => void look());
  }

  function written(result: Result<void, DeviceFault>): void {
    if (isOver) return;
    if (!result.ok) return end(result.error);
    isWritten = true;
    if (!speech.confirms && !waitingFor) clocks.stop('deadline');
    if (!answersStatus && !speech.confirms) return end('sent');
    if (!speech.confirms) clocks.start('work', wireMs + workMs, () => undefined);
    // A question stands behind the job on the wire: before that has passed, silence says nothing.
    if (answersStatus) clocks.start('look', wireMs + times.lookEveryMs, () => void look());
  }

  const unsubscribe = [
    speech.onNews((news) => {
      if (news.kind === 'power-on') end({ code: 'restarted', detail: `${profile.name} was switched on` });
      else if (news.kind === 'status') waits(obstacleIn(news.status));
      else if (news.jobId === job.id) end({ state: news.state });
    }),
    transport.onState?.(({ connected, fault }) => {
      // Before that, the write itself says how much has left.
      if (connected === 'no' && isWritten)
        end({ code: fault?.code ?? 'unplugged', detail: fault?.detail ?? 'the line is gone' });
    }) ?? (() => undefined),
  ];
  startDeadline(wireMs + workMs + times.graceMs);
  return { ending, end, written, stop: () => end({ code: 'cancelled' }) };
}

/** One timer per name; starting it again forgets the one before. */
function createClocks(timers: Timers) {
  const running = new Map<string, () => void>();
  function stop(name: string): void {
    running.get(name)?.();
    running.delete(name);
  }
  return {
    stop,
    start(name: 'deadline' | 'look' | 'work', afterMs: number, run: () => void): void {
      stop(name);
      running.set(
        name,
        timers.after(afterMs, () => {
          running.delete(name);
          run();
        }),
      );
    },
    isRunning: (name: 'work') => running.has(name),
    stopAll: () => [...running.keys()].forEach(stop),
  };
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
