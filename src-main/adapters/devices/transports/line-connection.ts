/**
 * Keeps one line connected: tries at once, then with growing waits, or when a device may have come; says how it stands.
 *
 * A line that lingers (TCP) connects for a job only and lets go a while after it, because printers take one client at a time.
 */
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { LineState } from './byte-transport.ts';
import type { LineDriver, LineTrouble, OpenLine } from './line-driver.ts';
import { faultOf } from './line-driver.ts';
import type { LineHearers } from './line-hearers.ts';

export type ConnectionTimes = Readonly<{
  /** Between two attempts to connect: doubled from the first to the longest. */
  retryFirstMs: number;
  retryLongestMs: number;
  /** What an ending connection may take before the next one is tried. */
  closingMs: number;
}>;

export const CONNECTION_TIMES: ConnectionTimes = { retryFirstMs: 500, retryLongestMs: 10_000, closingMs: 2_000 };

export interface LiveLine {
  readonly open: OpenLine;
  /** Calls when the connection is over, at once when it already is; the answer ends it. */
  onGone(listener: (trouble: LineTrouble | undefined) => void): () => void;
}

export interface LineConnection {
  /** The connected line; when it is not connected, the outcome of one attempt that is made now. */
  take(): Promise<Result<LiveLine, LineTrouble>>;
  /** The job that took the line has ended well. */
  giveBack(): void;
  /** What the machine still holds of a failed job is thrown away with the connection. */
  abandon(live: LiveLine, trouble: LineTrouble): void;
  close(): Promise<void>;
}

type Hearers = Pick<LineHearers, 'heard' | 'changed'>;

export function createLineConnection(driver: LineDriver, times: ConnectionTimes, tell: Hearers): LineConnection {
  const lingers = driver.lingerMs !== undefined;
  const retry = createRetry(driver, times, () => void take());
  const farewell = createFarewell(times.closingMs);
  let live: LiveLine | undefined;
  let attempt: Promise<Result<LiveLine, LineTrouble>> | undefined;
  let isClosed = false;
  let linger: ReturnType<typeof setTimeout> | undefined;

  function fall(fallen: LiveLine, trouble: LineTrouble | undefined): void {
    if (live !== fallen) return;
    live = undefined;
    // Where the other side ended in good order it may still be reading what is on its way.
    farewell.say(fallen.open, trouble === undefined ? 'close' : 'abandon');
    tell.changed(stateAfter(driver, trouble));
    retry.soon();
  }

  async function connect(): Promise<Result<LiveLine, LineTrouble>> {
    retry.stop();
    await farewell.said();
    const opened = await openOnce(driver, tell);
    if (isClosed && opened.ok) farewell.say(opened.value.open, 'abandon');
    if (isClosed) return err(closedTrouble(driver));
    if (!opened.ok) {
      tell.changed({ connected: 'no', fault: faultOf(opened.error, 'none') });
      retry.later();
      return opened;
    }
    live = opened.value;
    tell.changed({ connected: 'yes' });
    // It may have broken while it was being opened.
    opened.value.onGone((trouble) => fall(opened.value, trouble));
    return opened;
  }

  function take(): Promise<Result<LiveLine, LineTrouble>> {
    if (isClosed) return Promise.resolve(err(closedTrouble(driver)));
    clearTimeout(linger);
    if (live !== undefined) return Promise.resolve(ok(live));
    attempt ??= connect().finally(() => {
      attempt = undefined;
    });
    return attempt;
  }

  function letGo(idle: LiveLine): void {
    if (live !== idle) return;
    live = undefined;
    farewell.say(idle.open, 'close');
    tell.changed({ connected: 'unknown' });
  }

  if (!lingers) void take();
  return {
    take,
    giveBack() {
      const idle = live;
      if (lingers && idle !== undefined) linger = setTimeout(() => letGo(idle), driver.lingerMs);
    },
    abandon: fall,
    async close() {
      isClosed = true;
      retry.stop();
      clearTimeout(linger);
      if (live !== undefined) farewell.say(live.open, 'close');
      live = undefined;
      // Whoever closes a line may open the same device right after.
      if (attempt !== undefined) await Promise.race([attempt, pause(times.closingMs)]);
      await farewell.said();
    },
  };
}

function stateAfter(driver: LineDriver, trouble: LineTrouble | undefined): LineState {
  // A printer on the network that ends an idle connection in good order is still there.
  if (trouble === undefined && driver.lingerMs !== undefined) return { connected: 'unknown' };
  return { connected: 'no', fault: faultOf(trouble ?? endedTrouble(driver), 'unknown') };
}

async function openOnce(driver: LineDriver, tell: Hearers): Promise<Result<LiveLine, LineTrouble>> {
  const gone = createGone();
  const opened = await driver.open({ heard: (bytes) => tell.heard(bytes), lost: (trouble) => gone.fallen(trouble) });
  return opened.ok ? ok({ open: opened.value, onGone: (listener) => gone.onGone(listener) }) : opened;
}

/** Growing waits between attempts, cut short when a device may have come. A line that lingers is never retried by itself. */
function createRetry(driver: LineDriver, times: ConnectionTimes, run: () => void) {
  let waitMs = times.retryFirstMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let endWatch: (() => void) | undefined;

  function stop(): void {
    clearTimeout(timer);
    endWatch?.();
    endWatch = undefined;
  }

  function later(): void {
    stop();
    if (driver.lingerMs !== undefined) return;
    timer = setTimeout(run, waitMs);
    waitMs = Math.min(waitMs * 2, times.retryLongestMs);
    endWatch = driver.watch?.(() => {
      waitMs = times.retryFirstMs;
      run();
    });
  }

  return {
    stop,
    later,
    /** The line was there until now. */
    soon(): void {
      waitMs = times.retryFirstMs;
      later();
    },
  };
}

/** Connections that are being let go. The next attempt waits for them, since most devices have room for one; but not for ever. */
function createFarewell(limitMs: number) {
  let last: Promise<unknown> = Promise.resolve();
  return {
    say(open: OpenLine, how: 'close' | 'abandon'): void {
      last = Promise.race([Promise.all([last, open[how]()]), pause(limitMs)]);
    },
    said: () => last,
  };
}

/** The end of a connection as something that can be listened for and forgotten again, unlike a promise that lives for months. */
function createGone() {
  const listeners = new Set<(trouble: LineTrouble | undefined) => void>();
  let isFallen = false;
  let why: LineTrouble | undefined;
  return {
    fallen(trouble: LineTrouble | undefined): void {
      if (isFallen) return;
      isFallen = true;
      why = trouble;
      for (const listener of listeners) listener(trouble);
      listeners.clear();
    },
    onGone(listener: (trouble: LineTrouble | undefined) => void): () => void {
      if (isFallen) listener(why);
      else listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export function endedTrouble({ id }: Pick<LineDriver, 'id'>): LineTrouble {
  return { code: 'unplugged', detail: `${id}: the other side ended the connection` };
}

function closedTrouble({ id }: LineDriver): LineTrouble {
  return { code: 'cancelled', detail: `${id}: the line is closed` };
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, durationMs).unref();
  });
}
