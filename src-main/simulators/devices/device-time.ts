/**
 * The time in which a virtual device lives, as a parameter: a line of print, a slow cable and a person at the drawer then take real
 * milliseconds in front of a technician, and none at all in a test.
 */
export interface DeviceTime {
  nowMs(): number;
  /** Runs once after the delay; the answer takes it back. */
  after(delayMs: number, run: () => void): () => void;
}

/** The machine's clock, which nobody can set. Its timers do not keep a process alive by themselves. */
export const MACHINE_TIME: DeviceTime = {
  nowMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export type ManualTime = DeviceTime &
  Readonly<{
    /** Everything that is due within this time happens, in its order; then the clock stands at its end. */
    advance: (byMs: number) => void;
    /** Until nothing is left to happen, or that much time has passed. Answers the time it took. */
    settle: (atMostMs?: number) => number;
  }>;

type Happening = Readonly<{ atMs: number; number: number; run: () => void }>;

const SETTLED_AT_LATEST_MS = 600_000;

/** A clock that moves only when it is told to. Same calls, same order of things, on every machine. */
export function createManualTime(): ManualTime {
  let nowMs = 0;
  let lastNumber = 0;
  let waiting: readonly Happening[] = [];

  function runNext(untilMs: number): boolean {
    const [next] = waiting;
    if (next === undefined || next.atMs > untilMs) return false;
    waiting = waiting.slice(1);
    nowMs = Math.max(nowMs, next.atMs);
    next.run();
    return true;
  }

  return {
    nowMs: () => nowMs,
    after(delayMs, run) {
      lastNumber += 1;
      const happening = { atMs: nowMs + Math.max(0, delayMs), number: lastNumber, run };
      const place = waiting.findIndex(({ atMs }) => atMs > happening.atMs);
      waiting = waiting.toSpliced(place === -1 ? waiting.length : place, 0, happening);
      return () => {
        waiting = waiting.filter(({ number }) => number !== happening.number);
      };
    },
    advance(byMs) {
      const untilMs = nowMs + byMs;
      while (runNext(untilMs));
      nowMs = untilMs;
    },
    settle(atMostMs = SETTLED_AT_LATEST_MS) {
      const startMs = nowMs;
      while (runNext(startMs + atMostMs));
      return nowMs - startMs;
    },
  };
}
