/** Every screen, measured: in three languages on the smallest till, on a large one, in both themes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Locale } from '../../../src-main/core/domain/locale.ts';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { createFakeTill } from './support/fake-till.ts';
import type { Findings } from './support/measure.ts';
import { measure } from './support/measure.ts';
import { customerScenes, PLACES, STAGES } from './support/scenes.ts';
import { showScene } from './support/show-scene.ts';
import { tillView } from './support/views.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

const RUNS: readonly (readonly [Locale, 'light' | 'dark', number, number])[] = [
  ['es', 'light', 1024, 768],
  ['pt', 'dark', 1024, 768],
  ['en', 'light', 1024, 768],
  ['pt', 'light', 1920, 1080],
];

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
  async (language, theme, width, height) => {
    const till = createFakeTill(tillView({ language, theme }));
    await using open = await workshop.open({ till, width, height, scheme: theme });
    const found = {};
    for (const scene of [...STAGES, ...PLACES]) {
      await showScene(open, scene, language);
      Object.assign(found, named(scene.name, await measure(open.page)));
    }
    expect(found).toEqual({});
    expect(till.complaints).toEqual([]);
  },
  120_000,
);

test.concurrent.each(RUNS)(
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
