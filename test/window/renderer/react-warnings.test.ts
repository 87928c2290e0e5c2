/** Every screen in Spanish, measured like the others, on a page of React's development build: what React warns of there is a mistake of ours. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { DEVICE_SCENES } from './support/device-scenes.ts';
import { measureScenes, WARNING_RUN } from './support/measure-scenes.ts';
import { PAYOUT_PLACES } from './support/payout-scenes.ts';
import { PAYOUT_STAGES } from './support/payout-stages.ts';
import { PLACES, STAGES } from './support/scenes.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop({ isDevelopment: true });
});
afterAll(() => workshop.close());

test.concurrent.each([
  { of: 'cash-outs', scenes: [...STAGES, ...PLACES] },
  { of: 'payouts', scenes: [...PAYOUT_STAGES, ...PAYOUT_PLACES] },
  { of: 'devices', scenes: DEVICE_SCENES },
])(
  'the screens of $of in Spanish on the smallest till: everything fits, and React has nothing to warn of',
  async ({ scenes }) => {
    expect(await measureScenes(workshop, WARNING_RUN, scenes)).toEqual([]);
  },
  240_000,
);
