/** Goods and notes in one payment: added on the home screen by touch or by keyboard, and asked for with their sum. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { TillView } from '../../../src-main/core/contract/views.ts';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { createFakeTill } from './support/fake-till.ts';
import { cashOutView, tillView } from './support/views.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

function networks(...ids: TillView['networks'][number]['id'][]): TillView['networks'] {
  return ids.map((id) => ({
    id,
    connection: 'online',
    sinceMs: Date.now(),
    modes: ['dynamic'],
    defaultMode: 'dynamic',
    purchase: id === 'mercadopago-instore',
  }));
}

test('one tap opens the purchase; lines are typed on the screen, summed, and go out with the notes', async () => {
  const till = createFakeTill(tillView({ networks: networks('mercadopago-instore') }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await button(page, '$ 1,500').tap();
  await button(page, 'Agregar compra').tap();
  const sheet = page.getByRole('dialog');
  const key = async (keys: string): Promise<void> => {
    for (const face of keys) await sheet.getByRole('button', { name: face, exact: true }).tap();
  };
  await key('28.90');
  await sheet.getByRole('button', { name: 'Más piezas' }).tap();
  await sheet.getByRole('button', { name: 'Agregar', exact: true }).tap();
  await key('16');
  await sheet.getByRole('button', { name: 'Agregar', exact: true }).tap();
  await key('5');
  await sheet.getByRole('button', { name: 'Agregar', exact: true }).tap();
  await sheet.getByRole('button', { name: 'Quitar Artículo 2' }).tap();
  await expect.poll(() => sheet.locator('.purchase-total strong').textContent()).toBe('$\u00a062.80');
  await sheet.getByRole('button', { name: 'Listo' }).tap();
  await button(page, 'Cobrar $ 1,562.80').tap();
  await expect.poll(() => till.callsOf('cash-out.start').length).toBe(1);

  expect(till.callsOf('cash-out.start')[0]?.request).toEqual({
    network: 'mercadopago-instore',
    amountMinor: 150_000,
    items: [
      { title: 'Artículo 1', unitPriceMinor: 2_890, quantity: 2 },
      { title: 'Artículo 3', unitPriceMinor: 500, quantity: 1 },
    ],
    purchaseMinor: 6_280,
  });
  expect(till.complaints).toEqual([]);
});

test('with a keyboard: a name, digits and Enter make a line, and none of it types into the notes', async () => {
  const till = createFakeTill(tillView({ networks: networks('mercadopago-instore') }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.type('200');
  await button(page, 'Agregar compra').tap();
  await page.getByLabel('Artículo (opcional)').fill('Leche');
  await page.keyboard.press('Enter');
  await page.locator('.purchase-price output').first().click();
  await page.getByLabel('Artículo (opcional)').blur();
  await page.keyboard.type('28.9');
  await page.keyboard.press('Enter');
  await page.getByText('Leche').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByLabel('Monto a retirar').inputValue()).toBe('$\u00a0200');
  await button(page, 'Cobrar $ 228.90').waitFor();
  expect(till.callsOf('cash-out.start')).toEqual([]);
});

test('a network that pays out notes alone offers no purchase, and keeps none that was typed for another', async () => {
  const till = createFakeTill(tillView({ networks: networks('mercadopago-instore', 'mercadopago-orders') }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await button(page, '$ 1,500').tap();
  await button(page, 'Agregar compra').tap();
  await page.getByRole('dialog').getByRole('button', { name: '9', exact: true }).tap();
  await page.getByRole('dialog').getByRole('button', { name: 'Agregar', exact: true }).tap();
  await page.getByRole('dialog').getByRole('button', { name: 'Listo' }).tap();
  await button(page, 'Cobrar $ 1,509').waitFor();
  await page.getByRole('radio', { name: 'Mercado Pago', exact: true }).tap();
  await button(page, 'Cobrar con QR').tap();
  await expect.poll(() => till.callsOf('cash-out.start').length).toBe(1);
  expect(till.callsOf('cash-out.start')[0]?.request).toEqual({ network: 'mercadopago-orders', amountMinor: 150_000 });
});

test('returning says that the purchase goes back too, and names the whole sum', async () => {
  const item = {
    sku: 'L1',
    category: 'FOOD',
    title: 'Leche',
    description: 'Leche',
    unitPriceMinor: 6_280,
    quantity: 1,
    measure: 'unit',
    totalMinor: 6_280,
  } as const;
  const purchase = { items: [item], totalMinor: 6_280 };
  const cashOut = cashOutView('paid', { network: 'mercadopago-instore', purchase });
  const till = createFakeTill(tillView({ openCashOuts: [cashOut] }), [cashOut]);
  await using open = await workshop.open({ till });
  const { page } = open;
  await button(page, 'Devolver el dinero').and(page.locator('[aria-disabled=false]')).tap();
  const sheet = page.getByRole('dialog');
  await sheet.getByText('La compra vuelve junto con el retiro').waitFor();
  expect(await sheet.getByRole('button', { name: 'Devolver $ 1,562.80' }).count()).toBe(1);
});
