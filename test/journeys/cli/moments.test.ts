/** Wall clocks of tills: what a technician types is meant there, also in the nights when the clocks change. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateTime, fromNow, readMoment } from '../../../src-main/hosts/terminal/moments.ts';

test.each([
  ['2026-01-31', 'America/Mexico_City', '2026-01-31T06:00:00Z'],
  ['2026-01-31 14:05', 'America/Sao_Paulo', '2026-01-31T17:05:00Z'],
  ['2026-01-31T14:05:09', 'America/Montevideo', '2026-01-31T17:05:09Z'],
  ['2026-01-31 14:05Z', 'America/Mexico_City', '2026-01-31T14:05:00Z'],
  ['2026-01-31T14:05:09.250Z', 'America/Mexico_City', '2026-01-31T14:05:09Z'],
  ['2026-01-31 14:05-03:00', 'America/Mexico_City', '2026-01-31T17:05:00Z'],
  ['2026-01-31 14:05+05:30', 'UTC', '2026-01-31T08:35:00Z'],
  ['2024-02-29', 'UTC', '2024-02-29T00:00:00Z'],
  // Chile: summer and winter time.
  ['2026-01-15 12:00', 'America/Santiago', '2026-01-15T15:00:00Z'],
  ['2026-07-15 12:00', 'America/Santiago', '2026-07-15T16:00:00Z'],
])('%s in %s is %s', (text, timeZone, utc) => {
  expect(readMoment(text, timeZone)).toEqual({ ok: true, value: Date.parse(utc) });
});

test.each(['', 'today', '2026-2-1', '2026-02-29', '2026-13-01', '2026-01-32', '2026-01-31 24:00', '2026-01-31 12:60'])(
  '"%s" is no moment',
  (text) => {
    expect(readMoment(text, 'UTC')).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
  },
);

test('what is written is read back as the same second, wherever the till stands', () => {
  const zones = [
    'America/Mexico_City',
    'America/Sao_Paulo',
    'America/Argentina/Buenos_Aires',
    'America/Montevideo',
    'UTC',
  ];
  const anyTime = fc.integer({ min: Date.UTC(2023, 0), max: Date.UTC(2040, 0) });
  fc.assert(
    fc.property(anyTime, fc.constantFrom(...zones), (atMs, zone) => {
      const read = readMoment(dateTime(atMs, zone), zone);
      expect(read).toEqual({ ok: true, value: Math.floor(atMs / 1_000) * 1_000 });
    }),
  );
});

test('spans are said as people say them', () => {
  expect([4_400, 299_000, 7_380_000, 300_000_000].map((ms) => fromNow(1_000 + ms, 1_000))).toEqual([
    'in 4 s',
    'in 4 min 59 s',
    'in 2 h 3 min',
    'in 3 days',
  ]);
  expect(fromNow(0, 12_000)).toBe('12 s ago');
});
