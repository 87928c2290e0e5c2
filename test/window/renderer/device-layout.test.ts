/** Every screen about devices, and slips on the screen, measured like the others. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { DEVICE_SCENES } from './support/device-scenes.ts';
import { measureScenes, RUNS } from './support/measure-scenes.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

test.concurrent.each(RUNS)(
  'the screens of devices in %s, %s, at %i×%i: everything fits, can be touched and read',
  async (...run) => {
    expect(await measureScenes(workshop, run, DEVICE_SCENES)).toEqual([]);
  },
  240_000,
);
