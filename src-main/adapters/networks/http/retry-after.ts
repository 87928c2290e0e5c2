/** Retry-After (RFC 9110, 10.2.3): whole seconds, or a date. Bounded, so that no answer can put the till to sleep. */
export const LONGEST_RETRY_AFTER_MS = 600_000;

/** `serverDate` is the answer's own Date header: a wait told as a date is measured on the clock that wrote it. */
export function readRetryAfterMs(value: string, nowMs: number, serverDate = ''): number | undefined {
  const text = value.trim();
  if (text === '') return undefined;
  if (/^\d+$/.test(text)) return bounded(text.length > 9 ? LONGEST_RETRY_AFTER_MS : Number(text) * 1000);
  const untilMs = readHttpDateMs(text);
  if (untilMs === undefined) return undefined;
  return bounded(untilMs - (readHttpDateMs(serverDate) ?? nowMs));
}

function bounded(ms: number): number {
  return Math.min(Math.max(ms, 0), LONGEST_RETRY_AFTER_MS);
}

/** An HTTP date (RFC 9110, 5.6.7) in ms since 1970. */
export function readHttpDateMs(text: string): number | undefined {
  if (!/^[A-Za-z]{3,9},? .*GMT$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
