/**
 * A line whose driver runs in the device process. Only the job whose turn it is crosses over: when the process dies, every waiting job is
 * known not to have begun, and the one that had crossed is in doubt.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { LineAddress } from '../../../core/domain/devices/device.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import type { LineOptions } from '../transports/device-lines.ts';
import type { JobOutcome } from '../transports/job-queue.ts';
import { createJobQueue } from '../transports/job-queue.ts';
import type { JobStop } from '../transports/job-stop.ts';
import { faultOf } from '../transports/line-driver.ts';
import { createLineHearers } from '../transports/line-hearers.ts';
import { addressId } from '../transports/line-names.ts';
import type { Report } from './messages.ts';
import type { ProcessKeeper, Session } from './process-keeper.ts';

/** One message's worth: what the main loop copies at a stretch. */
const PIECE_BYTES = 65_536;
/** After a job's time is over the device process still says how it stands; after this it is taken to hang. */
const LAST_WORD_MS = 5_000;

export interface RemoteLine {
  readonly transport: ByteTransport;
  /** A process is there: it hears of this line. */
  introduce(session: Session): void;
  hear(report: Extract<Report, { kind: 'data' | 'state' | 'line-closed' }>): void;
  processEnded(fault: DeviceFault): void;
}

/** Jobs that have crossed over, by number. Whoever waits is told when the process reports, or dies. */
export type JobsAcross = Map<number, (outcome: JobOutcome) => void>;

export type RemoteParts = Readonly<{
  keeper: ProcessKeeper;
  jobs: JobsAcross;
  nextJob: () => number;
  /** The line is closed for good. */
  forget: () => void;
}>;

export function createRemoteLine(
  line: number,
  address: LineAddress,
  { identity, stayConnected = false }: LineOptions,
  parts: RemoteParts,
): RemoteLine {
  const { id, kind } = addressId(address);
  const hearers = createLineHearers();
  const queue = createJobQueue(id);
  const farewell = Promise.withResolvers<void>();
  let canRead = kind !== 'spooler' && kind !== 'file';

  const transport: ByteTransport = {
    id,
    kind,
    get canRead() {
      return canRead;
    },
    write(bytes, options) {
      const endsMs = performance.now() + options.timeoutMs;
      return queue.run(options, (stop) => carryOut({ line, label: options.label, bytes, endsMs }, parts, stop));
    },
    onData: (listener) => hearers.onData(listener),
    onState: (listener) => hearers.onState(listener),
    async close() {
      await queue.stop();
      let isKnown = false;
      parts.keeper.now((session) => {
        isKnown = true;
        session.post({ kind: 'close-line', line });
      });
      // A process that is only being started never hears of this line.
      if (!isKnown) farewell.resolve();
      await farewell.promise;
      parts.forget();
    },
  };

  return {
    transport,
    introduce: (session) => session.post({ kind: 'line', line, address, stayConnected, ...(identity && { identity }) }),
    hear(report) {
      if (report.kind === 'data') hearers.heard(report.bytes);
      if (report.kind === 'line-closed') farewell.resolve();
      if (report.kind !== 'state') return;
      canRead = report.canRead;
      hearers.changed(report.state);
    },
    processEnded(fault) {
      farewell.resolve();
      hearers.changed({ connected: 'no', fault });
    },
  };
}

type Crossing = Readonly<{ line: number; label: string; bytes: Uint8Array; endsMs: number }>;

async function carryOut(crossing: Crossing, parts: RemoteParts, stop: JobStop): Promise<JobOutcome> {
  const session = await sessionInTime(parts.keeper, stop);
  const trouble = stop.trouble();
  if (trouble !== undefined) return err(faultOf(trouble, 'none'));
  if (session === undefined) return err({ code: 'io', sent: 'none', detail: 'the device process is not running' });
  return cross(crossing, session, parts, stop);
}

async function sessionInTime(keeper: ProcessKeeper, stop: JobStop): Promise<Session | undefined> {
  const { promise, resolve } = Promise.withResolvers<Session | undefined>();
  const endStop = stop.onStop(() => resolve(undefined));
  const endWait = keeper.whenReady(resolve);
  const session = await promise;
  endStop();
  endWait();
  return session;
}

/** Until the last message is posted the process cannot have begun: it starts a job only when it has all of it. */
async function cross(
  { line, label, bytes, endsMs }: Crossing,
  session: Session,
  { jobs, nextJob }: RemoteParts,
  stop: JobStop,
): Promise<JobOutcome> {
  const job = nextJob();
  let rest = bytes;
  while (rest.length > PIECE_BYTES) {
    session.post({ kind: 'piece', job, bytes: copyOf(rest.subarray(0, PIECE_BYTES)) });
    rest = rest.subarray(PIECE_BYTES);
    await nextTurn();
    if (session.isOver()) return err({ code: 'io', sent: 'none', detail: 'the device process ended before the job' });
    const trouble = stop.trouble();
    if (trouble === undefined) continue;
    session.post({ kind: 'cancel', job });
    return err(faultOf(trouble, 'none'));
  }
  const { promise, resolve } = Promise.withResolvers<JobOutcome>();
  jobs.set(job, resolve);
  const timeoutMs = Math.max(0, endsMs - performance.now());
  session.post({ kind: 'write', job, line, label, timeoutMs, bytes: copyOf(rest) });
  // The process has the job's time itself, and says at its end exactly what was taken.
  const endStop = stop.onStop(({ code }) => {
    if (code !== 'timeout') session.post({ kind: 'cancel', job });
  });
  const hanging = setTimeout(() => session.giveUp(`no outcome of ${label}`), timeoutMs + LAST_WORD_MS);
  try {
    return await promise;
  } finally {
    clearTimeout(hanging);
    endStop();
    jobs.delete(job);
  }
}

/** A view into a shared pool would take the whole pool along. */
function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

/** What a report says, as the port has it. */
export function outcomeOf({ outcome }: Extract<Report, { kind: 'written' }>): JobOutcome {
  return outcome.ok ? ok(undefined) : err(outcome.fault);
}
