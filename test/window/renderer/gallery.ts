/**
 * Pictures of every screen for people to look at: `node test/window/renderer/gallery.ts es-light-1024 pt-dark-1920`.
 * Kept in demo/renderer/, or in the folder that GALLERY_FOLDER names; GALLERY_ONLY=payout takes those with that in their name.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOCALES } from '../../../src-main/core/domain/locale.ts';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { DEVICE_SCENES } from './support/device-scenes.ts';
import { createFakeTill } from './support/fake-till.ts';
import { PAYOUT_PLACES } from './support/payout-scenes.ts';
import { PAYOUT_STAGES } from './support/payout-stages.ts';
import { customerScenes, PLACES, STAGES } from './support/scenes.ts';
import { showScene } from './support/show-scene.ts';
import { tillView } from './support/views.ts';

const FOLDER = process.env['GALLERY_FOLDER'] ?? fileURLToPath(new URL('../../../demo/renderer/', import.meta.url));
const ONLY = process.env['GALLERY_ONLY'] ?? '';
/** Longer than every transition of the screens, and than a sheet with a field waits for a keyboard on the screen. */
const STILL_MS = 750;

async function photograph(workshop: Workshop, run: string): Promise<void> {
  const [languageWord, themeWord, widthWord = '1024'] = run.split('-');
  const language = LOCALES.find((locale) => locale === languageWord) ?? 'es';
  const theme = themeWord === 'dark' ? 'dark' : 'light';
  const [width, height] = widthWord === '1920' ? [1920, 1080] : [1024, 768];
  const pathOf = (name: string) => join(FOLDER, `${language}-${theme}-${width}-${name}.png`);

  const till = createFakeTill(tillView({ language, theme }));
  await using cashier = await workshop.open({ till, width, height, scheme: theme });
  const scenes = [...STAGES, ...PLACES, ...DEVICE_SCENES, ...PAYOUT_STAGES, ...PAYOUT_PLACES];
  for (const scene of scenes.filter(({ name }) => name.includes(ONLY))) {
    await showScene(cashier, scene, language);
    await cashier.page.waitForTimeout(STILL_MS);
    await cashier.page.screenshot({ path: pathOf(scene.name) });
  }
  const beside = createFakeTill(tillView({ language }));
  await using customer = await workshop.open({ till: beside, role: 'customer', width, height, scheme: theme });
  for (const [index, view] of customerScenes(language).entries()) {
    await beside.showCustomer(view);
    await customer.page.waitForTimeout(STILL_MS);
    await customer.page.screenshot({ path: pathOf(`customer-${index}-${view.scene}`) });
  }
}

mkdirSync(FOLDER, { recursive: true });
const workshop = await createWorkshop();
const asked = process.argv.slice(2);
for (const run of asked.length > 0 ? asked : ['es-light-1024']) await photograph(workshop, run);
await workshop.close();
