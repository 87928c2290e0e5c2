import { setTimeout as delay } from 'node:timers/promises';

import { expect, onTestFinished, test, vi } from 'vitest';

import { createClock } from '../../../src-main/adapters/system/clock.ts';
import { createIds } from '../../../src-main/adapters/system/ids.ts';
import { createRandom } from '../../../src-main/adapters/system/random.ts';
import { createTimers } from '../../../src-main/adapters/system/timers.ts';

test('the wall clock is the machine’s, and the other clock only goes forward', async () => {
  const clock = createClock();
  expect(Math.abs(clock.nowMs() - Date.now())).toBeLessThan(1000);
  const before = clock.monotonicMs();
  await delay(5);
  expect(clock.monotonicMs() - before).toBeGreaterThan(4);
});

test('a timer runs once, and not at all when it is cancelled', async () => {
  const ran: string[] = [];
  const timers = createTimers();
  timers.after(5, () => ran.push('five'));
  timers.after(1, () => ran.push('cancelled'))();
  await delay(40);
  expect(ran).toEqual(['five']);
});

test('a timer of two months waits two months', () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const ran: string[] = [];
  const timers = createTimers();
  const twoMonthsMs = 60 * 86_400_000;
  timers.after(twoMonthsMs, () => ran.push('ran'));
  const cancel = timers.after(twoMonthsMs, () => ran.push('cancelled'));
  vi.advanceTimersByTime(twoMonthsMs - 1);
  expect(ran).toEqual([]);
  cancel();
  vi.advanceTimersByTime(1);
  expect(ran).toEqual(['ran']);
});

test('ids are 26 letters and digits, never the same, in the order in which they were made, even when the clock is set back', () => {
  let nowMs = 1_700_000_000_000;
  const ids = createIds({ nowMs: () => nowMs });
  const made: string[] = [];
  for (let n = 0; n < 3000; n += 1) {
    made.push(ids.next());
    if (n === 1000) nowMs -= 3_600_000;
    if (n === 2000) nowMs += 7_200_000;
  }
  expect(made.every((id) => /^[0-9A-Z]{26}$/.test(id))).toBe(true);
  expect(new Set(made).size).toBe(3000);
  expect(made.toSorted()).toEqual(made);
  expect(made[0]?.slice(0, 10)).toBe('01HF7YAT00');
});

test('two tills that start in the same millisecond make different ids', () => {
  const clock = { nowMs: () => 5 };
  expect(createIds(clock).next()).not.toBe(createIds(clock).next());
});

test('keys are random UUIDs', () => {
  const ids = createIds({ nowMs: () => 5 });
  expect(ids.key()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids.key()).not.toBe(ids.key());
});

test('chance lies between zero and one', () => {
  const random = createRandom();
  const drawn = Array.from({ length: 1000 }, () => random.next());
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...drawn)).toBeLessThan(1);
  expect(new Set(drawn).size).toBeGreaterThan(990);
});
