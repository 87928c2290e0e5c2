/** A slip on the screen says what the paper will say, and looking at it prints nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { previewOf } from './support/fake-slips.ts';
import { createFakeTill } from './support/fake-till.ts';
import { DAY } from './support/scenes.ts';
import { tillView } from './support/views.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

test('the receipt of an ended cash-out is seen line by line as it would be printed, and nothing is printed', async () => {
  const till = createFakeTill(tillView(), DAY);
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.getByRole('navigation').getByRole('button', { name: 'Hoy' }).click();
  await page.getByRole('main').getByRole('button', { name: '$ 2,000' }).click();
  await page.getByRole('button', { name: 'Ver en papel' }).click();
  await page.locator('.slip-paper').waitFor();

  const printed = previewOf('receipt', 'es').lines.flatMap((line) => ('text' in line ? [line.text] : []));
  expect(printed.length).toBeGreaterThan(10);
  expect(await page.locator('.slip-paper text').allTextContents()).toEqual(printed);
  expect(till.callsOf('slip.print')).toEqual([]);
  expect(till.complaints).toEqual([]);
});

test('a till without a printer to show it says why in words', async () => {
  const till = createFakeTill(tillView(), DAY);
  till.refuse('slip.preview', 'slip.failed');
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.getByRole('navigation').getByRole('button', { name: 'Hoy' }).click();
  await page.getByRole('main').getByRole('button', { name: '$ 2,000' }).click();
  await page.getByRole('button', { name: 'Ver en papel' }).click();
  await page.getByRole('dialog').locator('.sheet-text').waitFor();
  expect(await page.getByRole('dialog').locator('.sheet-text').innerText()).not.toBe('');
});
