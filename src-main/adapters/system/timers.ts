/** One-shot timers. */
import type { Timers } from '../../core/application/ports/system.ts';

/** Node fires a longer delay at once: it keeps it in 32 bits. */
const LONGEST_MS = 2 ** 31 - 1;

export function createTimers(): Timers {
  return {
    after(delayMs, run) {
      let handle: NodeJS.Timeout;
      const wait = (restMs: number): void => {
        const stretchMs = Math.min(restMs, LONGEST_MS);
        handle = setTimeout(() => (restMs > stretchMs ? wait(restMs - stretchMs) : run()), stretchMs);
      };
      wait(delayMs);
      return () => clearTimeout(handle);
    },
  };
}
