/** Times as a technician writes and reads them: on the wall clock of the till's own time zone. */
import type { Fault } from '../../core/domain/fault.ts';
import { fault } from '../../core/domain/fault.ts';
import type { Result } from '../../core/domain/result.ts';
import { err, ok } from '../../core/domain/result.ts';

type Wall = Readonly<{ year: number; month: number; day: number; hour: number; minute: number; second: number }>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format costs far more to make than to use. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  formats.set(timeZone, format);
  return format;
}

function wallOf(atMs: number, timeZone: string): Wall {
  const parts = formatFor(timeZone).formatToParts(atMs);
  const of = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  const [year, month, day] = [of('year'), of('month'), of('day')];
  return { year, month, day, hour: of('hour'), minute: of('minute'), second: of('second') };
}

function asUtcMs({ year, month, day, hour, minute, second }: Wall): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-01-31 14:05:09` */
export function dateTime(atMs: number, timeZone: string): string {
  const { year, month, day } = wallOf(atMs, timeZone);
  return `${year}-${two(month)}-${two(day)} ${clock(atMs, timeZone)}`;
}

/** `14:05:09` */
export function clock(atMs: number, timeZone: string): string {
  const { hour, minute, second } = wallOf(atMs, timeZone);
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

/** `in 4 min 59 s`, `12 s ago`. */
export function fromNow(atMs: number, nowMs: number): string {
  const seconds = Math.round(Math.abs(atMs - nowMs) / 1_000);
  const words = spanOf(seconds);
  return atMs > nowMs ? `in ${words}` : `${words} ago`;
}

function spanOf(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
  return `${Math.floor(seconds / 86_400)} days`;
}

const MOMENT = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d{1,3})?(Z|[+-]\d{2}:\d{2})?)?$/;

/** `2026-01-31`, `2026-01-31 14:05`: on the till's wall clock; with `Z` or `-06:00` at its end, on that one. */
export function readMoment(text: string, timeZone: string): Result<number, Fault> {
  const match = MOMENT.exec(text.trim());
  const wrong = err(
    fault('request.invalid', `"${text.slice(0, 40)}" is no date, e.g. 2026-01-31 or "2026-01-31 14:05"`),
  );
  if (!match) return wrong;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const wall = { year, month, day, hour, minute, second };
  const asUtc = asUtcMs(wall);
  // 31 February would become 3 March.
  if (JSON.stringify(wallOf(asUtc, 'UTC')) !== JSON.stringify(wall)) return wrong;
  const zone = match[7];
  if (zone !== undefined) return ok(asUtc - offsetMsOf(zone));
  const guess = asUtc - offsetAtMs(asUtc, timeZone);
  return ok(asUtc - offsetAtMs(guess, timeZone));
}

function offsetMsOf(zone: string): number {
  if (zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * 60_000;
}

function offsetAtMs(atMs: number, timeZone: string): number {
  return asUtcMs(wallOf(atMs, timeZone)) - Math.floor(atMs / 1_000) * 1_000;
}
