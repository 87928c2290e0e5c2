/**
 * Times as they stand on paper: `21 nov 2025, 14:32`. The month is a word, so that no reader swaps it with the day.
 *
 * Units   `atMs` is milliseconds since 1970 UTC; `timeZone` an IANA name of the shop's place, never the machine's guess.
 * Errors  RangeError for an unknown time zone: settings check the name before they keep it.
 */
import type { Locale } from '../locale.ts';

const LANGUAGE_TAGS = { es: 'es-MX', pt: 'pt-BR', en: 'en-GB' } as const satisfies Record<Locale, string>;

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

/** Making one takes far longer than using it, and a till has one time zone and three languages. */
const formats = new Map<string, Intl.DateTimeFormat>();
const MOST_FORMATS = 16;

function formatOf(timeZone: string, locale: Locale): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(LANGUAGE_TAGS[locale], {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  if (formats.size < MOST_FORMATS) formats.set(key, format);
  return format;
}

function partsOf(atMs: number, timeZone: string, locale: Locale): Parts {
  const format = formatOf(timeZone, locale);
  return Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
}

/** `21 nov 2025`; Portuguese and Spanish abbreviations lose their full stop. */
export function slipDate(atMs: number, timeZone: string, locale: Locale): string {
  const { day = '', month = '', year = '' } = partsOf(atMs, timeZone, locale);
  return `${day} ${month.replaceAll('.', '')} ${year}`;
}

/** `14:32:05`: evidence carries seconds. */
export function slipClock(atMs: number, timeZone: string, locale: Locale): string {
  const { hour = '', minute = '', second = '' } = partsOf(atMs, timeZone, locale);
  return `${hour}:${minute}:${second}`;
}

/** `14:32`: enough for a person who must hurry. */
export function slipHourMinute(atMs: number, timeZone: string, locale: Locale): string {
  return slipClock(atMs, timeZone, locale).slice(0, 5);
}

export function slipDateTime(atMs: number, timeZone: string, locale: Locale): string {
  return `${slipDate(atMs, timeZone, locale)}, ${slipClock(atMs, timeZone, locale)}`;
}
