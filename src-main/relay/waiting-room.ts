/**
 * Where tills wait for hints. Whoever is woken reads by cursor, so being woken for nothing, or twice, does no harm; and everybody looks by
 * themselves now and then, so not being woken costs seconds.
 */
import type { HintPage, HintQueue } from './queue.ts';

export type Waiting = Readonly<{ shop: string; cursor: string | undefined; waitMs: number; signal: AbortSignal }>;

export type WaitingRoom = Readonly<{
  /** The next page with something in it, or an empty one when the time is up or the signal comes. Rejects when the queue does. */
  next(waiting: Waiting): Promise<HintPage>;
  close(): void;
}>;

const LOOK_EVERY_MS = 5_000;
export const PAGE_HINTS_MAX = 200;

export function createWaitingRoom(queue: HintQueue): WaitingRoom {
  const sleepers = new Map<string, Set<() => void>>();
  const wake = (shop: string | undefined): void => {
    const woken = shop === undefined ? [...sleepers.values()] : [sleepers.get(shop) ?? new Set<() => void>()];
    for (const group of woken) for (const rise of group) rise();
  };
  const stopLooking = queue.onLook(wake);
  const timer = setInterval(() => wake(undefined), LOOK_EVERY_MS);
  timer.unref();

  /** Begins to listen when it is called, not when it is awaited. */
  function sleep(
    shop: string,
    waitMs: number,
    signal: AbortSignal,
  ): Readonly<{ over: Promise<void>; end: () => void }> {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const group = sleepers.get(shop) ?? new Set();
    sleepers.set(shop, group);
    const limit = setTimeout(end, waitMs);
    function end(): void {
      clearTimeout(limit);
      signal.removeEventListener('abort', end);
      group.delete(end);
      if (group.size === 0 && sleepers.get(shop) === group) sleepers.delete(shop);
      resolve();
    }
    group.add(end);
    signal.addEventListener('abort', end, { once: true });
    return { over, end };
  }

  return {
    async next({ shop, cursor, waitMs, signal }) {
      const untilMs = performance.now() + waitMs;
      for (;;) {
        const restMs = untilMs - performance.now();
        // Asleep before the look: what comes while the queue is read is not slept through.
        const { over, end } = sleep(shop, Math.max(0, restMs), signal);
        try {
          const page = await queue.after(shop, cursor, PAGE_HINTS_MAX);
          const isSomething = page.kind === 'gap' || page.hints.length > 0;
          if (isSomething || restMs <= 0 || signal.aborted) return page;
          await over;
        } finally {
          end();
        }
      }
    },
    close() {
      clearInterval(timer);
      stopLooking();
    },
  };
}
