/** How often something may happen within a minute, by name. Forgets names that are quiet; never holds more than it is allowed to. */
export type Rate = Readonly<{
  /** Counts one; false once there were more than allowed. */
  take(name: string): boolean;
}>;

const WINDOW_MS = 60_000;
const NAMES_MAX = 10_000;

export function createRate(perMinute: number, monotonicMs: () => number): Rate {
  const windows = new Map<string, { sinceMs: number; count: number }>();

  /** Windows stand in the order in which they began, so the look ends at the first that is young. */
  function makeRoom(nowMs: number): void {
    for (const [name, { sinceMs }] of windows) {
      if (nowMs - sinceMs < WINDOW_MS && windows.size < NAMES_MAX) return;
      windows.delete(name);
    }
  }

  return {
    take(name) {
      const nowMs = monotonicMs();
      const known = windows.get(name);
      if (known && nowMs - known.sinceMs < WINDOW_MS) {
        known.count += 1;
        return known.count <= perMinute;
      }
      windows.delete(name);
      makeRoom(nowMs);
      windows.set(name, { sinceMs: nowMs, count: 1 });
      return true;
    },
  };
}
