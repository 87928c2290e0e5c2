/** Every screen about payouts, measured like the others: both themes, a small till and a large one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { measureScenes, RUNS } from './support/measure-scenes.ts';
import { PAYOUT_PLACES } from './support/payout-scenes.ts';
import { PAYOUT_STAGES } from './support/payout-stages.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

test.concurrent.each(RUNS)(
  'the payout screens in %s, %s, at %i×%i: everything fits, can be touched and read',
  async (...run) => {
    expect(await measureScenes(workshop, run, [...PAYOUT_STAGES, ...PAYOUT_PLACES])).toEqual([]);
  },
  240_000,
);
