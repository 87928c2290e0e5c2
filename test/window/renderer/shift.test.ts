/** Opening, counting blind and closing; and the customer's own window. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { createFakeTill } from './support/fake-till.ts';
import { customerScenes } from './support/scenes.ts';
import { cashOutView, reportView, tillView } from './support/views.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

const button = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name });
const title = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();

test('a shift opens with a name and a float; a float that differs from the last count says so first', async () => {
  const { shift: _none, ...closed } = tillView({ lastCountedMinor: 650_000 });
  const till = createFakeTill(closed);
  await using open = await workshop.open({ till });
  const { page } = open;
  await title(page, 'Abrir turno');
  await button(page, 'Maximiliano Rodríguez').tap();
  await page.keyboard.type('6000');
  await page.getByText('Diferencia con el último cierre: -$ 500.').waitFor();
  for (let digit = 0; digit < 4; digit += 1) await page.keyboard.press('Backspace');
  await button(page, 'Usar ese monto').tap();
  await page.keyboard.press('F4');
  await title(page, 'Retiro nuevo');
  expect(till.callsOf('shift.open').map(({ request }) => request)).toEqual([{ cashierCode: 8, floatMinor: 650_000 }]);
  expect(till.complaints).toEqual([]);
});

test('the close is a blind count by denomination, confirmed once, and only then the variance shows', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.getByRole('navigation').getByRole('button', { name: 'Turno' }).tap();
  await button(page, 'Cerrar turno').tap();
  await page.keyboard.type('6');
  for (let piece = 0; piece < 2; piece += 1) await button(page, 'Una más de $ 200').tap();
  await page.getByRole('button', { name: 'Una más de $ 100', exact: true }).tap();
  await page.locator('.count-sum', { hasText: '$ 6,500' }).waitFor();
  expect(await page.getByText(/Esperado en caja|6,550/).count(), 'nothing here knows what is expected').toBe(0);
  await button(page, 'Cerrar turno').tap();
  await page.getByRole('dialog').getByRole('button', { name: 'Sí, cerrar' }).tap();
  await title(page, 'Informe Z');
  await page.getByText(/^Faltan \$/).waitFor();
  const [close] = till.callsOf('shift.close');
  expect(close?.request).toEqual({ totalMinor: 650_000, notes: { '100000': 6, '20000': 2, '10000': 1 } });
  await button(page, 'Terminar').tap();
  await title(page, 'Abrir turno');
  expect(till.complaints).toEqual([]);
});

test('a close that open cash-outs forbid names each of them, one tap away', async () => {
  const till = createFakeTill(tillView({ openCashOuts: [cashOutView('paid', { id: '01B', amountMinor: 300_000 })] }));
  till.xReport = reportView('x', {
    open: [{ id: '01B', state: 'paid', amountMinor: 300_000, blocksClose: true }],
  });
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.getByRole('navigation').getByRole('button', { name: 'Turno' }).tap();
  await button(page, 'Cerrar turno').tap();
  await title(page, 'Todavía no se puede cerrar');
  await button(page, /\$ 3,000/).tap();
  await title(page, 'Pagado');
  expect(till.acts()).toEqual([]);
});

test('a cashier who has seen that the drawer did not open says so; one that stands open is told until it is shut', async () => {
  const notice = { kind: 'look', sinceMs: 1_772_442_001_000 } as const;
  const till = createFakeTill(tillView({ drawerNotice: notice }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.getByText('¿Se abrió el cajón?').waitFor();
  await page.getByRole('button', { name: 'Entendido' }).tap();
  await page.getByText('¿Se abrió el cajón?').waitFor({ state: 'detached' });
  expect(till.callsOf('drawer.seen').map(({ request }) => request)).toEqual([{ sinceMs: notice.sinceMs }]);

  const still = createFakeTill(tillView({ drawerNotice: { ...notice, kind: 'open-long' } }));
  await using other = await workshop.open({ till: still });
  await other.page.getByText('El cajón sigue abierto').waitFor();
  expect(await other.page.getByRole('button', { name: 'Entendido' }).count()).toBe(0);
});

test('notes go to the safe with an amount and a reason, and the drawer opens only with one', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.getByRole('navigation').getByRole('button', { name: 'Turno' }).tap();
  await button(page, 'Enviar a caja fuerte').tap();
  await button(page, 'Exceso de efectivo').tap();
  await page.keyboard.type('2000');
  await button(page, 'Registrar $ 2,000').tap();
  await page.getByText('Registrado: $ 2,000 a caja fuerte.').waitFor();
  await button(page, 'Abrir cajón').tap();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Cambiar billetes').tap();
  await dialog.getByRole('button', { name: 'Abrir cajón' }).tap();
  await page.getByText('Cajón abierto.').waitFor();
  expect(till.callsOf('shift.drop')[0]?.request).toEqual({ amountMinor: 200_000, reason: 'Exceso de efectivo' });
  expect(till.callsOf('drawer.open')[0]?.request).toEqual({ reason: 'Cambiar billetes' });
});

test('language and appearance change at once and are the till’s to remember', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.getByRole('button', { name: 'Preferencias' }).tap();
  await page.getByRole('radio', { name: 'Português' }).tap();
  await page.getByRole('radio', { name: 'Escura' }).tap();
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
  expect(await page.locator('html').getAttribute('lang')).toBe('pt-BR');
  await page.keyboard.press('Escape');
  await title(page, 'Novo saque');
  expect(till.callsOf('till.preferences').map(({ request }) => request)).toEqual([
    { language: 'pt' },
    { theme: 'dark' },
  ]);
  expect(till.complaints).toEqual([]);
});

test('the customer’s window follows the till, and says “one moment” instead of an old amount when it loses the line', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till, role: 'customer', clock: true });
  const { page } = open;
  await title(page, 'Retire efectivo aquí');
  const [, , , pay] = customerScenes('es');
  if (pay) await till.showCustomer(pay);
  await page.locator('svg.qr[aria-label="Escanee el código"]').waitFor();
  till.isSilent = true;
  await page.clock.runFor(10_000);
  await title(page, 'Un momento, por favor');
  expect(await page.getByText('$ 1,500').count()).toBe(0);
  till.isSilent = false;
  await page.clock.runFor(8_000);
  await page.locator('svg.qr[aria-label="Escanee el código"]').waitFor();
});

test('each role loads its own window and says hello first', async () => {
  const till = createFakeTill();
  await using cashier = await workshop.open({ till });
  await title(cashier.page, 'Retiro nuevo');
  expect(till.hello).toBe('cashier');
  await using customer = await workshop.open({ till, role: 'customer' });
  await title(customer.page, 'Retire efectivo aquí');
  expect(till.hello).toBe('customer');
});
