/** Every screen, measured: on the smallest till, on a large one, in both themes. In Spanish the cashier's are in react-warnings.test.ts. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { createFakeTill } from './support/fake-till.ts';
import type { Findings } from './support/measure.ts';
import { measure } from './support/measure.ts';
import { measureScenes, RUNS, WARNING_RUN } from './support/measure-scenes.ts';
import { customerScenes, PLACES, STAGES } from './support/scenes.ts';
import { tillView } from './support/views.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

/** Only what is wrong, by screen, so that one run tells all of it. */
function named(name: string, findings: Findings): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(findings)
      .filter(([, found]) => found.length > 0)
      .map(([kind, found]) => [`${name}: ${kind}`, found]),
  );
}

test.concurrent.each(RUNS)(
  'the cashier’s screens in %s, %s, at %i×%i: everything fits, can be touched and read',
  async (...run) => {
    expect(await measureScenes(workshop, run, [...STAGES, ...PLACES])).toEqual([]);
  },
  240_000,
);

test.concurrent.each([WARNING_RUN, ...RUNS])(
  'the customer’s screens in %s, %s, at %i×%i: everything fits and can be read',
  async (language, theme, width, height) => {
    const till = createFakeTill(tillView({ language }));
    await using open = await workshop.open({ till, role: 'customer', width, height, scheme: theme });
    const found = {};
    for (const view of [...customerScenes(language), ...customerScenes(language, true).slice(0, 4)]) {
      await till.showCustomer(view);
      await open.page.waitForTimeout(30);
      Object.assign(found, named(view.scene, await measure(open.page)));
      expect((await open.page.locator('main').innerText()).length, `${view.scene} is blank`).toBeGreaterThan(20);
    }
    expect(found).toEqual({});
    expect(till.complaints).toEqual([]);
  },
  120_000,
);
