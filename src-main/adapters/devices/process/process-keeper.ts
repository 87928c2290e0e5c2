/**
 * Keeps a device process running: starts it, hears whether it still answers, kills one that hangs, and starts the next with growing waits.
 */
import type { Log } from '../../../core/application/ports/system.ts';
import type { DeviceProcess, StartDeviceProcess } from './device-process.ts';
import { readReport } from './messages.ts';
import type { Order, Report } from './messages.ts';

export type KeeperTimes = Readonly<{
  /** For a fresh process to be ready. */
  startMs: number;
  /** Between two questions whether it still answers; counted, so that a machine that slept is no hang. */
  beatMs: number;
  missedBeatsMax: number;
  restartFirstMs: number;
  restartLongestMs: number;
  /** A process that ran this long was a good one: the waits begin small again. */
  healthyMs: number;
  /** For an end in good order. */
  endMs: number;
}>;

export const KEEPER_TIMES: KeeperTimes = {
  startMs: 15_000,
  beatMs: 1_000,
  missedBeatsMax: 8,
  restartFirstMs: 200,
  restartLongestMs: 10_000,
  healthyMs: 30_000,
  endMs: 2_000,
};

/** One life of the process, from ready to end. */
export interface Session {
  post(order: Order): void;
  isOver(): boolean;
  /** It does not do what it must: it is killed, and everything on its way ends as after a crash. */
  giveUp(why: string): void;
}

export type KeeperHearers = Readonly<{
  ready: (session: Session) => void;
  report: (report: Report) => void;
  /** Also for a process that never became ready. */
  ended: (why: string) => void;
}>;

export interface ProcessKeeper {
  /** Calls with the session, or with undefined when there is none and none is being started; the answer ends the wait. */
  whenReady(listener: (session: Session | undefined) => void): () => void;
  /** Calls with the session if there is one now. */
  now(listener: (session: Session) => void): void;
  close(): Promise<void>;
}

export function createProcessKeeper(
  start: StartDeviceProcess,
  times: KeeperTimes,
  log: Log,
  tell: KeeperHearers,
): ProcessKeeper {
  const waiting = new Set<(session: Session | undefined) => void>();
  let life: Life | undefined;
  let session: Session | undefined;
  let waitMs = times.restartFirstMs;
  let restart: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  function settle(next: Session | undefined): void {
    session = next;
    for (const listener of waiting) listener(next);
    waiting.clear();
  }

  function begin(): void {
    const startedMs = performance.now();
    life = startLife(start(), times, {
      ready(ready) {
        tell.ready(ready);
        settle(ready);
      },
      report: tell.report,
      ended(why) {
        life = undefined;
        if (!isClosed) log.warn('the device process has ended', { why, restartInMs: waitMs });
        tell.ended(why);
        settle(undefined);
        if (isClosed) return;
        if (performance.now() - startedMs > times.healthyMs) waitMs = times.restartFirstMs;
        restart = setTimeout(begin, waitMs);
        waitMs = Math.min(waitMs * 2, times.restartLongestMs);
      },
    });
  }

  begin();
  return {
    whenReady(listener) {
      if (session !== undefined || life === undefined) listener(session);
      else waiting.add(listener);
      return () => void waiting.delete(listener);
    },
    now(listener) {
      if (session !== undefined) listener(session);
    },
    async close() {
      isClosed = true;
      clearTimeout(restart);
      await life?.end();
    },
  };
}

type Life = Readonly<{ end: () => Promise<void> }>;

function startLife(child: DeviceProcess, times: KeeperTimes, tell: KeeperHearers): Life {
  const { promise: gone, resolve: setGone } = Promise.withResolvers<void>();
  let isOver = false;
  let isReady = false;
  let missed = 0;
  let verdict: string | undefined;

  function giveUp(why: string): void {
    verdict ??= why;
    child.kill();
  }

  const startTimer = setTimeout(() => giveUp(`not ready in ${times.startMs} ms`), times.startMs);
  const beat = setInterval(() => {
    if (!isReady) return;
    if (missed >= times.missedBeatsMax) giveUp(`no answer to ${missed} questions: it hangs`);
    missed += 1;
    child.post({ kind: 'ping' } satisfies Order);
  }, times.beatMs);

  child.onMessage((message) => {
    const report = readReport(message);
    if (isOver || verdict !== undefined) return;
    if (report === undefined) giveUp('it sent what is no report');
    else if (report.kind === 'pong') missed = 0;
    else if (report.kind === 'ready') {
      isReady = true;
      clearTimeout(startTimer);
      tell.ready({ post: (order) => child.post(order), isOver: () => isOver, giveUp });
    } else tell.report(report);
  });
  child.onExit((why) => {
    isOver = true;
    clearTimeout(startTimer);
    clearInterval(beat);
    tell.ended(verdict === undefined ? why : `${verdict} (${why})`);
    setGone();
  });

  return {
    async end() {
      child.post({ kind: 'end' } satisfies Order);
      const timer = setTimeout(() => giveUp('it did not end by itself'), times.endMs);
      await gone;
      clearTimeout(timer);
    },
  };
}
