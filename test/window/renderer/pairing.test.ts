/** Pairing on the screen: look, choose, follow the steps, try again, take over; and never a place to type a token. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { createFakeTill } from './support/fake-till.ts';
import type { FakeTill } from './support/fake-till.ts';
import { PAIRED, pairingLookView, pairingSteps, pairingView } from './support/pairing-views.ts';
import { tillView } from './support/views.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

const button = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name });

async function toPairing(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Preferencias' }).tap();
  await page.getByRole('dialog').getByRole('button', { name: 'Vincular con Mercado Pago' }).tap();
  await page.getByRole('heading', { name: 'Vincular esta caja' }).waitFor();
}

async function say(till: FakeTill, over: Parameters<typeof pairingView>[0]): Promise<void> {
  till.pairing = pairingView(over);
  await till.change({});
}

async function stepStates(page: Page): Promise<readonly (string | null)[]> {
  const steps = await page.locator('.pairing-step').all();
  return Promise.all(steps.map((step) => step.getAttribute('data-state')));
}

test('look, choose, pair: the steps live, then the sticker, and one tap prints it', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till });
  const { page } = open;
  await toPairing(page);
  await button(page, 'Buscar').tap();
  await button(page, /Sucursal Angelópolis/).tap();
  await button(page, 'Vincular').tap();
  await page.getByText('Vinculando…').waitFor();
  expect(till.callsOf('pairing.look').map(({ request }) => request)).toEqual([
    { network: 'mercadopago-orders' },
    { network: 'mercadopago-orders', storeId: '41230077' },
  ]);
  expect(till.callsOf('pairing.start').map(({ request }) => request)).toEqual([
    { network: 'mercadopago-orders', store: { id: '41230001' }, pos: {} },
  ]);

  await say(till, { ...PAIRED, isRunning: true, steps: pairingSteps('proof', 'doing') });
  await expect.poll(() => stepStates(page)).toEqual(['done', 'done', 'done', 'done', 'done', 'doing', 'waiting']);
  await say(till, { ...PAIRED, savedAtMs: Date.now(), steps: pairingSteps('settings', 'done') });
  await page.getByText('Caja vinculada').waitFor();
  await page.locator('.pairing-picture img').waitFor();
  await button(page, 'Imprimir adhesivo').tap();
  await page.getByText('Adhesivo enviado a la impresora.').waitFor();
  expect(till.complaints).toEqual([]);
});

test('an account without stores asks for the address, and sends nothing before it is whole', async () => {
  const till = createFakeTill();
  const { storeId: _none, ...look } = pairingLookView();
  till.pairingLook = { ...look, stores: [], pointsOfSale: [] };
  await using open = await workshop.open({ till });
  const { page } = open;
  await toPairing(page);
  await button(page, 'Buscar').tap();
  const typed = [
    ['Calle', 'Avenida Juárez'],
    ['Número', '120'],
    ['Ciudad', 'Puebla'],
    ['Estado o provincia', 'Puebla'],
    ['Latitud', '19,0433'],
    ['Longitud', '-98.2019'],
  ] as const;
  for (const [label, text] of typed) {
    await button(page, 'Vincular').and(page.locator('[aria-disabled=true]')).waitFor();
    await page.getByLabel(label).fill(text);
  }
  await button(page, 'Vincular').tap();
  await page.getByText('Vinculando…').waitFor();
  expect(till.callsOf('pairing.start').map(({ request }) => request)).toEqual([
    {
      network: 'mercadopago-orders',
      store: {
        name: 'Abarrotes La Esperanza',
        address: {
          streetName: 'Avenida Juárez',
          streetNumber: '120',
          cityName: 'Puebla',
          stateName: 'Puebla',
          latitude: 19.0433,
          longitude: -98.2019,
        },
      },
      pos: {},
    },
  ]);
  expect(till.complaints).toEqual([]);
});

test('what fails says what to do, and the same is tried again', async () => {
  const till = createFakeTill();
  const fault = { code: 'pairing.in-doubt', detail: 'nobody knows yet whether the store SUC01 was made' } as const;
  till.pairing = pairingView({ fault, steps: pairingSteps('store', 'failed') });
  await using open = await workshop.open({ till });
  const { page } = open;
  await toPairing(page);
  await page.getByText('No se sabe si este paso se hizo').waitFor();
  expect(await stepStates(page)).toEqual(['done', 'failed', 'waiting', 'waiting', 'waiting', 'waiting', 'waiting']);
  await button(page, 'Probar otra vez').tap();
  await page.getByText('Vinculando…').waitFor();
  expect(till.callsOf('pairing.start')).toHaveLength(1);
});

test('another till’s point of sale is brought here only with a reason', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till });
  const { page } = open;
  await toPairing(page);
  await button(page, 'Buscar').tap();
  await button(page, /SUC01CAJA02/).tap();
  await button(page, 'Vincular').tap();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Se cambió el equipo').tap();
  await dialog.getByRole('button', { name: 'Traerlo a esta caja' }).and(page.locator('[aria-disabled=false]')).tap();
  await page.getByText('Vinculando…').waitFor();
  expect(till.callsOf('pairing.start').map(({ request }) => request)).toEqual([
    {
      network: 'mercadopago-orders',
      store: { id: '41230001' },
      pos: { externalId: 'SUC01CAJA02' },
      takeOver: { reason: 'Se cambió el equipo' },
    },
  ]);
});

test('without a token the screen says what to type elsewhere, and has no place to type it', async () => {
  const till = createFakeTill();
  till.pairing = pairingView({ hasToken: false });
  await using open = await workshop.open({ till });
  const { page } = open;
  await toPairing(page);
  await page.getByText('ventanilla secret set mercadopago-token').waitFor();
  expect(await page.locator('main input, main textarea').count()).toBe(0);
});

test('a till without such a network has no way to this screen', async () => {
  const till = createFakeTill(tillView({ networks: [] }));
  await using open = await workshop.open({ till });
  await open.page.getByRole('button', { name: 'Preferencias' }).tap();
  await open.page.getByRole('dialog').waitFor();
  expect(await open.page.getByRole('button', { name: 'Vincular con Mercado Pago' }).count()).toBe(0);
});
