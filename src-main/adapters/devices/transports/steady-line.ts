/**
 * A byte transport over any driver: one job after another, every wait bounded, nothing kept for later, and the truth about what has left.
 *
 * `sent` of a failed job: `none` when no byte was handed to the machine; `some` when a part was taken and the rest never handed over, so
 * that the slip is certainly not whole; `all` when everything was taken before the trouble; `unknown` when the trouble came over a piece
 * that nobody can answer for. After a job that failed with bytes on their way, the connection is thrown away with whatever the machine
 * still holds: it must not go on by itself when the printer wakes up.
 */
import type { BytesSent, DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { ByteTransport } from './byte-transport.ts';
import type { JobOutcome } from './job-queue.ts';
import { createJobQueue } from './job-queue.ts';
import type { JobStop } from './job-stop.ts';
import type { ConnectionTimes, LineConnection, LiveLine } from './line-connection.ts';
import { CONNECTION_TIMES, createLineConnection, endedTrouble } from './line-connection.ts';
import type { LineDriver, LineTrouble, Sent } from './line-driver.ts';
import { faultOf } from './line-driver.ts';
import { createLineHearers } from './line-hearers.ts';

/** After its end a driver may still say exactly how much was taken; no longer than this. */
const LAST_WORD_MS = 60;
/** Questions to a device have their answer as proof; only longer jobs wait for a line that breaks after the last byte. */
const QUESTION_BYTES_MAX = 16;

export function createSteadyLine(driver: LineDriver, times: Partial<ConnectionTimes> = {}): ByteTransport {
  const hearers = createLineHearers();
  const queue = createJobQueue(driver.id);
  const connection = createLineConnection(driver, { ...CONNECTION_TIMES, ...times }, hearers);
  return {
    id: driver.id,
    kind: driver.kind,
    get canRead() {
      return driver.canRead();
    },
    write: (bytes, options) => queue.run(options, (stop) => carryOut(driver, connection, bytes, stop)),
    onData: (listener) => hearers.onData(listener),
    onState: (listener) => hearers.onState(listener),
    async close() {
      await queue.stop();
      await connection.close();
    },
  };
}

async function carryOut(
  driver: LineDriver,
  connection: LineConnection,
  bytes: Uint8Array,
  stop: JobStop,
): Promise<JobOutcome> {
  const taken = await takeInTime(connection, stop);
  if (!taken.ok) return err(faultOf(taken.error, 'none'));
  const live = taken.value;
  const job = watchJob(driver, live, stop);
  try {
    const fault = await sendAll(driver, live, bytes, job);
    if (fault === undefined) {
      connection.giveBack();
      return ok(undefined);
    }
    // A job that only ran out of patience before its first byte says nothing against its line.
    if (fault.sent === 'none' && stop.trouble() !== undefined) connection.giveBack();
    else connection.abandon(live, fault);
    return err(fault);
  } finally {
    job.end();
  }
}

async function takeInTime(connection: LineConnection, stop: JobStop): Promise<Result<LiveLine, LineTrouble>> {
  const { promise, resolve } = Promise.withResolvers<Result<LiveLine, LineTrouble>>();
  const endWait = stop.onStop((trouble) => resolve(err(trouble)));
  connection.take().then(resolve, (error: unknown) => resolve(err({ code: 'io', detail: String(error) })));
  const taken = await promise;
  endWait();
  return taken;
}

/** What ends a job from outside: its line has gone, or it was stopped. */
type WatchedJob = Readonly<{
  signal: AbortSignal;
  over: Promise<LineTrouble>;
  /** After the end, and after a driver's last chance to say how much it took. */
  lastWord: Promise<Sent>;
  trouble: () => LineTrouble | undefined;
  end: () => void;
}>;

function watchJob(driver: LineDriver, live: LiveLine, stop: JobStop): WatchedJob {
  const { promise: over, resolve } = Promise.withResolvers<LineTrouble>();
  let trouble: LineTrouble | undefined;
  const finish = (why: LineTrouble): void => {
    trouble ??= why;
    resolve(why);
  };
  const endStop = stop.onStop(finish);
  const endGone = live.onGone((why) => finish(why ?? endedTrouble(driver)));
  return {
    signal: stop.signal,
    over,
    lastWord: over.then(async (why): Promise<Sent> => {
      await pause(LAST_WORD_MS);
      return { took: 'unknown', trouble: why };
    }),
    trouble: () => trouble,
    end() {
      endStop();
      endGone();
    },
  };
}

async function sendAll(
  driver: LineDriver,
  live: LiveLine,
  bytes: Uint8Array,
  job: WatchedJob,
): Promise<DeviceFault | undefined> {
  let taken = 0;
  while (taken < bytes.length) {
    const before = job.trouble();
    if (before !== undefined) return faultOf(before, taken === 0 ? 'none' : 'some');
    const piece = bytes.subarray(taken, taken + driver.pieceBytes);
    const { took, trouble } = await Promise.race([live.open.send(piece, job.signal), job.lastWord]);
    if (trouble !== undefined) return faultOf(trouble, sentAfter(taken, piece.length, took, bytes.length));
    taken += took === 'unknown' ? piece.length : took;
  }
  const broken = (await endJob(live, job)) ?? (await settle(driver, bytes, job));
  return broken && faultOf(broken, 'unknown');
}

async function endJob(live: LiveLine, job: WatchedJob): Promise<LineTrouble | undefined> {
  if (live.open.finish === undefined) return undefined;
  return Promise.race([live.open.finish(), job.lastWord.then(({ trouble }) => trouble)]);
}

function sentAfter(taken: number, pieceLength: number, took: number | 'unknown', length: number): BytesSent {
  if (took === 'unknown') return taken > 0 && taken + pieceLength < length ? 'some' : 'unknown';
  if (taken + took === 0) return 'none';
  return taken + took < length ? 'some' : 'all';
}

/** A line that breaks right after the last byte may have lost any part of the job on the way. */
async function settle({ settleMs }: LineDriver, bytes: Uint8Array, job: WatchedJob): Promise<LineTrouble | undefined> {
  if (settleMs === undefined || bytes.length <= QUESTION_BYTES_MAX) return undefined;
  await Promise.race([job.over, pause(settleMs)]);
  return job.signal.aborted ? undefined : job.trouble();
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, durationMs);
  });
}
