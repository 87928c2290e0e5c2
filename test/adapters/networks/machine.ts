/** Clock and ids for network adapters under test: the machine's time, and ids that tell which one they are. */
import type { Clock, Ids } from '../../../src-main/core/application/ports/system.ts';

export const machineClock: Clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };

export function countingIds(): Ids {
  let count = 0;
  const next = (): string => `OWN${String((count += 1)).padStart(23, '0')}`;
  return { next, key: () => `00000000-0000-4000-8000-${String((count += 1)).padStart(12, '0')}` };
}
