/** Every screen about payouts, measured like the others: three languages, both themes, a small till and a large one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Locale } from '../../../src-main/core/domain/locale.ts';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { createFakeTill } from './support/fake-till.ts';
import { measure } from './support/measure.ts';
import { PAYOUT_PLACES } from './support/payout-scenes.ts';
import { PAYOUT_STAGES } from './support/payout-stages.ts';
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

test.concurrent.each(RUNS)(
  'the payout screens in %s, %s, at %i×%i: everything fits, can be touched and read',
  async (language, theme, width, height) => {
    const till = createFakeTill(tillView({ language, theme }));
    await using open = await workshop.open({ till, width, height, scheme: theme });
    const found: string[] = [];
    for (const scene of [...PAYOUT_STAGES, ...PAYOUT_PLACES]) {
      await showScene(open, scene, language);
      const findings = Object.entries(await measure(open.page));
      found.push(...findings.flatMap(([kind, each]) => each.map((finding) => `${scene.name}: ${kind}: ${finding}`)));
    }
    expect(found).toEqual([]);
    expect(till.complaints).toEqual([]);
  },
  240_000,
);
