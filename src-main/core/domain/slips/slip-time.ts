/**
 * Times as they stand on paper: `21 nov 2025, 14:32`. The month is a word, so that no reader swaps it with the day.
 *
 * Units   `atMs` is milliseconds since 1970 UTC; `timeZone` an IANA name of the shop's place, never the machine's guess.
 * Errors  RangeError for an unknown time zone: settings check the name before they keep it.
 */
import type { Locale } from '../locale.ts';

const LANGUAGE_TAGS = { es: 'es-MX', pt: 'pt-BR', en: 'en-GB' } as const satisfies Record<Locale, string>;

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

function partsOf(atMs: number, timeZone: string, locale: Locale): Parts {
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
