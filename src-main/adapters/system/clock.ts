/** The machine's two clocks. */
import { performance } from 'node:perf_hooks';

import type { Clock } from '../../core/application/ports/system.ts';

export function createClock(): Clock {
  return {
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
  };
}
