/** Times and spans for eyes, in the till's time zone. Money is formatted by the domain. Units: ms since 1970 UTC. */
import type { Locale } from '../../src-main/core/domain/locale.ts';

const REGIONS: Readonly<Record<Locale, string>> = { es: 'es-419', pt: 'pt-BR', en: 'en-GB' };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(kind: string, locale: Locale, timeZone: string, options: Intl.DateTimeFormatOptions) {
  const key = `${kind} ${locale} ${timeZone}`;
  const known =
    formats.get(key) ?? new Intl.DateTimeFormat(REGIONS[locale], { ...options, timeZone, hourCycle: 'h23' });
  formats.set(key, known);
  return known;
}

/** `10:42` */
export function timeText(atMs: number, locale: Locale, timeZone: string): string {
  return formatOf('time', locale, timeZone, { hour: '2-digit', minute: '2-digit' }).format(atMs);
}

/** `10:42:07` */
export function preciseTimeText(atMs: number, locale: Locale, timeZone: string): string {
  return formatOf('precise', locale, timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(atMs);
}

/** `07/03/2026, 10:42` */
export function dateTimeText(atMs: number, locale: Locale, timeZone: string): string {
  const options = { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  return formatOf('date-time', locale, timeZone, options).format(atMs);
}

/** `4:05`; never below zero. */
export function countdownText(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `8 s`, `3 min`, `2 h`: the same in all three languages. */
export function spanText(spanMs: number): string {
  const seconds = Math.max(0, Math.round(spanMs / 1000));
  if (seconds < 60) return `${seconds}\u00a0s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}\u00a0min` : `${Math.floor(minutes / 60)}\u00a0h`;
}

/** Midnight before `atMs` where the till stands; off by the shift of a clock change on two days of the year, towards the earlier. */
export function startOfDayMs(atMs: number, timeZone: string): number {
  const parts = formatOf('clock', 'en', timeZone, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(atMs);
  const numberOf = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const sinceMidnightMs = ((numberOf('hour') * 60 + numberOf('minute')) * 60 + numberOf('second')) * 1000;
  return Math.floor(atMs / 1000) * 1000 - sinceMidnightMs;
}
