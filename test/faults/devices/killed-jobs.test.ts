import { expect, test } from 'vitest';
import { killWhilePrinting } from './killed-jobs.ts';

test('with the device process killed at any moment, every job ends in a true state, and the printer comes back', async () => {
  const { states, kills, untrue, isBack } = await killWhilePrinting({ jobs: 30, seed: 5 });
  expect(untrue).toEqual([]);
  expect(isBack).toBe(true);
  expect(kills).toBeGreaterThan(2);
  // Both ways of going wrong were met, and jobs went well between them.
  expect(states.printed).toBeGreaterThan(5);
  expect((states.unknown ?? 0) + (states.refused ?? 0)).toBeGreaterThan(0);
});
