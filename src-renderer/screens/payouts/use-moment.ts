import { startOfDayMs } from '../../hooks/formatting.ts';
import { useTill } from '../../hooks/use-till.ts';

/** The time of day, or for earlier days the day: one short word either way. */
export function useMoment(): (atMs: number) => string {
  const { view, showTime, showDateTime } = useTill();
  const startOfTodayMs = startOfDayMs(view.nowMs, view.timeZone);
  return (atMs) => (atMs < startOfTodayMs ? showDateTime(atMs).slice(0, 5) : showTime(atMs));
}
