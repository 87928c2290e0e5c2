/** How far two clocks are apart, from one answer that tells whole seconds and took its time. */
import { expect, test } from 'vitest';
import { clockOffByMs, isClockFarOff } from '../../../src-main/core/domain/warning.ts';

test.each([
  ['said in the second of the answer', { farMs: 100_000, sentAtMs: 100_300, answeredAtMs: 100_500 }, 0],
  ['said while the answer took its time', { farMs: 104_000, sentAtMs: 100_000, answeredAtMs: 109_000 }, 0],
  ['our clock is two minutes fast', { farMs: 100_000, sentAtMs: 220_999, answeredAtMs: 221_500 }, 120_000],
  ['our clock is two minutes slow', { farMs: 220_000, sentAtMs: 99_000, answeredAtMs: 100_000 }, -120_000],
])('%s', (_words, seen, offByMs) => {
  expect(clockOffByMs(seen)).toBe(offByMs);
});

test('a minute more or less is nothing to call a technician for', () => {
  expect([-60_001, -60_000, 0, 60_000, 60_001].map(isClockFarOff)).toEqual([true, false, false, false, true]);
});
