/** Pictures of every screen, kept in demo/renderer/ for people to look at. Runs only when asked for: GALLERY=1. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Locale } from '../../../src-main/core/domain/locale.ts';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { createFakeTill } from './support/fake-till.ts';
import { customerScenes, PLACES, STAGES } from './support/scenes.ts';
import { showScene } from './support/show-scene.ts';
import { tillView } from './support/views.ts';

const FOLDER = process.env['GALLERY_FOLDER'] ?? fileURLToPath(new URL('../../../demo/renderer/', import.meta.url));
const only = process.env['GALLERY_ONLY'];
const runs: readonly (readonly [Locale, 'light' | 'dark', number, number])[] = (
  process.env['GALLERY'] ?? 'es-light-1024'
)
  .split(',')
  .map((run) => {
    const [language = 'es', theme = 'light', width = '1024'] = run.split('-');
    return [language as Locale, theme as 'light' | 'dark', Number(width), width === '1024' ? 768 : 1080] as const;
  });

let workshop: Workshop;
beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

test.each(runs)(
  'pictures in %s, %s, %i',
  async (language, theme, width, height) => {
    const till = createFakeTill(tillView({ language, theme }));
    await using open = await workshop.open({ till, width, height, scheme: theme });
    for (const scene of [...STAGES, ...PLACES]) {
      if (only !== undefined && !scene.name.startsWith(only) && scene.name !== 'z-report') continue;
      await showScene(open, scene, language);
      await open.page.waitForTimeout(450);
      await open.page.screenshot({ path: `${FOLDER}${language}-${theme}-${width}-${scene.name}.png` });
    }
    const customerTill = createFakeTill(tillView({ language }));
    await using customer = await workshop.open({ till: customerTill, role: 'customer', width, height, scheme: theme });
    for (const [index, view] of customerScenes(language).entries()) {
      await customerTill.showCustomer(view);
      await customer.page.waitForTimeout(350);
      await customer.page.screenshot({
        path: `${FOLDER}${language}-${theme}-${width}-customer-${index}-${view.scene}.png`,
      });
    }
    expect(till.complaints).toEqual([]);
  },
  240_000,
);
