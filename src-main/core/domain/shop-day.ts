/** Days on the shop's own calendar: `YYYY-MM-DD`, with the first instants of a day and of the next, in ms since 1970 UTC. */

/** The day that an instant falls on, by the IANA time zone of the shop. */
export function shopDayOf(atMs: number, timeZone: string): string {
  return new Date(wallClockMs(atMs, timeZone)).toISOString().slice(0, 10);
}

/** Undefined: no such day. */
export function shopDayBounds(day: string, timeZone: string): Readonly<{ fromMs: number; toMs: number }> | undefined {
  const midnightMs = Date.parse(`${day}T00:00:00.000Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(midnightMs)) return undefined;
  if (new Date(midnightMs).toISOString().slice(0, 10) !== day) return undefined;
  return { fromMs: instantOf(midnightMs, timeZone), toMs: instantOf(midnightMs + DAY_MS, timeZone) };
}

const DAY_MS = 86_400_000;

/** The clock on the shop's wall, as if it hung in Greenwich. */
function wallClockMs(atMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const of = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = of as Readonly<Record<string, number>>;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** When the wall clock shows this. Twice, because the offset may change between the guess and the answer. */
function instantOf(wallMs: number, timeZone: string): number {
  const guessMs = wallMs - (wallClockMs(wallMs, timeZone) - wallMs);
  return guessMs - (wallClockMs(guessMs, timeZone) - wallMs);
}
