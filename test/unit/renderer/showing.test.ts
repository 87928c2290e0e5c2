import { expect, test } from 'vitest';
import { CASH_OUT_STATES, isEnded } from '../../../src-main/core/domain/cash-out.ts';
import { mostUrgent, toneOf } from '../../../src-renderer/components/state-tone.ts';
import {
  countdownText,
  dateTimeText,
  preciseTimeText,
  spanText,
  startOfDayMs,
  timeText,
} from '../../../src-renderer/hooks/formatting.ts';
import { worstConnection } from '../../../src-renderer/screens/shell/connection.ts';
import { cashOutView, tillView } from '../../window/renderer/support/views.ts';

const AT_MS = Date.UTC(2026, 2, 7, 16, 42, 5);

test('times are the shop’s, on a clock of 24 hours', () => {
  expect(timeText(AT_MS, 'es', 'America/Mexico_City')).toBe('10:42');
  expect(timeText(AT_MS, 'pt', 'America/Sao_Paulo')).toBe('13:42');
  expect(preciseTimeText(AT_MS, 'en', 'America/Mexico_City')).toBe('10:42:05');
  expect(dateTimeText(AT_MS, 'es', 'America/Mexico_City')).toMatch(/^07\/03\/2026,? 10:42$/);
  expect(timeText(Date.UTC(2026, 2, 7, 6, 5), 'es', 'America/Mexico_City')).toBe('00:05');
});

test('the day begins at the shop’s midnight', () => {
  expect(startOfDayMs(AT_MS, 'America/Mexico_City')).toBe(Date.UTC(2026, 2, 7, 6));
  expect(startOfDayMs(AT_MS, 'America/Sao_Paulo')).toBe(Date.UTC(2026, 2, 7, 3));
  expect(startOfDayMs(Date.UTC(2026, 2, 7, 5, 59, 59, 999), 'America/Mexico_City')).toBe(Date.UTC(2026, 2, 6, 6));
});

test('a countdown ends at zero and rounds towards the customer', () => {
  expect([204_000, 59_001, 900, 0, -5_000].map(countdownText)).toEqual(['3:24', '1:00', '0:01', '0:00', '0:00']);
});

test('spans are said in the largest unit that fits', () => {
  expect([0, 59_000, 60_000, 3_599_000, 7_300_000].map(spanText)).toEqual([
    '0\u00a0s',
    '59\u00a0s',
    '1\u00a0min',
    '59\u00a0min',
    '2\u00a0h',
  ]);
});

test('after a restart notes in the air come first, then money that waits, then the oldest of the rest', () => {
  const open = CASH_OUT_STATES.filter((state) => !isEnded(state)).map((state) => cashOutView(state, { id: state }));
  expect(mostUrgent(open)?.id).toBe('handing_over');
  expect(mostUrgent(open.filter(({ id }) => id !== 'handing_over'))?.id).toBe('paid');
  const twins = [3, 1, 2].map((minute) => cashOutView('paid', { id: `P${minute}`, requestedAtMs: minute * 60_000 }));
  expect(mostUrgent(twins)?.id).toBe('P1');
  expect(mostUrgent([])).toBeUndefined();
});

test('only money that the network vouches for is green, and doubt outshines any state but notes handed over', () => {
  const green = CASH_OUT_STATES.filter((state) => ['paid', 'done'].includes(toneOf({ state })));
  expect(green).toEqual(['paid', 'handing_over', 'dispensed', 'settled']);
  const doubt = { command: 'refund', attempts: 1, lastOutcome: '', nextAttemptAtMs: 0 } as const;
  expect(toneOf({ state: 'paid', doubt })).toBe('doubt');
  expect(toneOf({ state: 'dispensed', doubt })).toBe('done');
});

test('the header shows the worst of the networks', () => {
  const [network] = tillView().networks;
  if (!network) throw new Error('the shop has a network');
  const all = (['online', 'blocked', 'offline'] as const).map((connection) => ({ ...network, connection }));
  expect(worstConnection(all)?.connection).toBe('blocked');
  expect(worstConnection([])).toBeUndefined();
});
