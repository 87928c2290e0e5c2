import { useEffect, useState } from 'react';

/** The till's time, refreshed every `everyMs`. For display only: nothing ends because a window's clock says so. */
export function useNow(clockOffsetMs: number, everyMs = 1000): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs + clockOffsetMs;
}
