/** The machine's own timers, where the composer brings none. */
import type { Timers } from '../../../core/application/ports/system.ts';

export const MACHINE_TIMERS: Timers = {
  after(delayMs, run) {
    const handle = setTimeout(run, delayMs);
    return () => clearTimeout(handle);
  },
};
