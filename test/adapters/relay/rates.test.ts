import { expect, test } from 'vitest';
import { createRate } from '../../../src-main/relay/rates.ts';

test('so many a minute for each name, and a new minute begins anew', () => {
  let nowMs = 0;
  const rate = createRate(2, () => nowMs);
  const take = (): readonly boolean[] => [rate.take('a'), rate.take('a'), rate.take('a'), rate.take('b')];
  expect(take()).toEqual([true, true, false, true]);
  nowMs = 59_999;
  expect(rate.take('a')).toBe(false);
  nowMs = 60_000;
  expect(take()).toEqual([true, true, false, true]);
});

test('a hundred thousand names are counted quickly, and the oldest are forgotten first', () => {
  let nowMs = 0;
  const rate = createRate(1, () => nowMs);
  const startedMs = performance.now();
  let refused = 0;
  for (let count = 0; count < 100_000; count += 1) {
    nowMs += 0.1;
    if (!rate.take(`name ${count}`)) refused += 1;
  }
  expect(refused).toBe(0);
  // A look through all of them for each would take minutes.
  expect(performance.now() - startedMs).toBeLessThan(10_000);
  expect(rate.take('name 99999')).toBe(false);
  expect(rate.take('name 0')).toBe(true);
});
