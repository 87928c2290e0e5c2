/** I7 at the glass: the code on screen is byte for byte the network's text, for two decoders that know nothing of ours. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWithJsQr, readWithZbar } from '../../support/qr-readers.ts';
import { createWorkshop } from './support/built-page.ts';
import type { OpenWindow, Workshop } from './support/built-page.ts';
import { createFakeTill } from './support/fake-till.ts';
import { customerScenes } from './support/scenes.ts';
import { cashOutView, QR_DATA, tillView } from './support/views.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

async function decodeScreen({ page }: OpenWindow): Promise<Readonly<{ zbar: string; jsqr: string | undefined }>> {
  await page.locator('.qr[width]').waitFor();
  await page.waitForTimeout(150);
  const picture = await page.screenshot();
  return { zbar: readWithZbar(picture), jsqr: readWithJsQr(picture) };
}

const EXACT = { zbar: QR_DATA, jsqr: QR_DATA };

test.each([
  ['light', 1, 'production'],
  ['dark', 1, 'production'],
  ['light', 1.25, 'production'],
  ['dark', 1, 'training'],
] as const)(
  'the cashier’s code in %s at %s pixels per pixel, in %s, decodes to the exact text',
  async (theme, ratio, mode) => {
    const till = createFakeTill(tillView({ theme, mode, openCashOuts: [cashOutView('awaiting_payment')] }));
    await using open = await workshop.open({ till, scheme: theme, pixelRatio: ratio });
    expect(await decodeScreen(open)).toEqual(EXACT);
  },
);

test.each([
  ['light', 1024, 768, false],
  ['dark', 1920, 1080, false],
  ['dark', 1024, 768, true],
  ['light', 800, 480, false],
] as const)(
  'the customer’s code in %s at %i×%i (training: %s) decodes to the exact text and fills a third of the height',
  async (scheme, width, height, training) => {
    const till = createFakeTill();
    till.customer = customerScenes('es', training)[3] ?? till.customer;
    await using open = await workshop.open({ till, role: 'customer', width, height, scheme });
    expect(await decodeScreen(open)).toEqual(EXACT);
    const box = await open.page.locator('.qr').boundingBox();
    expect((box?.height ?? 0) / height).toBeGreaterThan(0.3);
  },
);

test('every module is the same whole number of screen pixels', async () => {
  const till = createFakeTill(tillView({ openCashOuts: [cashOutView('awaiting_payment')] }));
  await using open = await workshop.open({ till });
  await open.page.locator('.qr[width]').waitFor();
  const { widthPx, modules } = await open.page.evaluate<{ widthPx: number; modules: number }>(
    `({ widthPx: document.querySelector('.qr').getBoundingClientRect().width, modules: document.querySelector('.qr').viewBox.baseVal.width })`,
  );
  expect(widthPx % modules).toBe(0);
  expect(widthPx / modules).toBeGreaterThanOrEqual(3);
});
