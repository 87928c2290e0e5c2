/** What must not happen at the glass: a second charge, a slip of the finger that decides, a word of comfort that is not true. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { createFakeTill } from './support/fake-till.ts';
import { caseView, cashOutView, tillView } from './support/views.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const title = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();

test('a double tap on “charge” charges once, however slow the till', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till });
  const { page } = open;
  await button(page, '$ 1,500').tap();
  await button(page, 'Cobrar con QR').dblclick();
  await title(page, 'Preparando el cobro');
  await page.waitForTimeout(600);
  expect(till.acts()).toEqual(['cash-out.start']);
});

test('impatient taps where “hand over” was do not say that notes were given; a tap after a pause does', async () => {
  const till = createFakeTill(tillView({ openCashOuts: [cashOutView('paid', { id: '01A' })] }));
  await using open = await workshop.open({ till, clock: true });
  const { page } = open;
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.clock.runFor(1_000);
  const place = await button(page, 'Entregar efectivo').boundingBox();
  const [x, y] = [(place?.x ?? 0) + (place?.width ?? 0) / 2, (place?.y ?? 0) + (place?.height ?? 0) / 2];
  await page.touchscreen.tap(x, y);
  const handingOver = page.getByRole('heading', { name: 'Cuente y entregue' });
  for (let moment = 0; moment < 20 && (await handingOver.count()) === 0; moment += 1) await page.clock.runFor(10);
  for (let tap = 0; tap < 6; tap += 1) {
    await page.touchscreen.tap(x, y);
    await page.clock.runFor(300);
  }
  await page.keyboard.press('F4');
  expect(till.acts()).toEqual(['cash-out.hand-over']);
  await page.clock.runFor(500);
  // The browser counts taps by its own clock.
  await page.waitForTimeout(600);
  await page.touchscreen.tap(x, y);
  await expect.poll(() => till.acts()).toEqual(['cash-out.hand-over', 'cash-out.given']);
});

test('no notes: the till’s refusal is told in words, with what to do', async () => {
  const till = createFakeTill(tillView({ openCashOuts: [cashOutView('paid', { id: '01A' })] }));
  till.refuse('cash-out.hand-over', 'cash-out.not-paid-now', { status: 'created' });
  await using open = await workshop.open({ till });
  const { page } = open;
  await button(page, 'Entregar efectivo').tap();
  const alert = page.getByRole('alert');
  await alert.getByText('La red dice que no está pagado').waitFor();
  await alert.getByText('No entregue billetes.').waitFor();
  await alert.getByRole('button', { name: 'Entendido' }).tap();
  await alert.getByText('La red dice que no está pagado').waitFor({ state: 'detached' });
  await title(page, 'Pagado');
  expect(till.acts()).toEqual(['cash-out.hand-over']);
});

test('in doubt, the screen says what is unknown and offers neither notes nor a second charge', async () => {
  const doubt = {
    command: 'create',
    attempts: 3,
    lastOutcome: 'timeout',
    nextAttemptAtMs: Date.now() + 12_000,
  } as const;
  const till = createFakeTill(tillView({ openCashOuts: [cashOutView('requested', { id: '01A', doubt })] }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.getByText('Enviamos el pedido y Mercado Pago no contestó: puede que el cobro exista.').waitFor();
  await page.getByText('Lo intentó 3 veces').waitFor();
  expect(await button(page, 'Entregar efectivo').count()).toBe(0);
  expect(await page.locator('.qr').count()).toBe(0);
  await button(page, 'Sincronizar ahora').last().tap();
  await button(page, 'Atender a otro cliente').tap();
  await title(page, 'Retiro nuevo');
  expect(till.acts()).toEqual(['sync.now']);
});

test('a code that the till does not vouch for is not shown', async () => {
  const { qrData: _none, ...withoutCode } = cashOutView('awaiting_payment', { id: '01A' });
  const till = createFakeTill(tillView({ openCashOuts: [withoutCode] }));
  await using open = await workshop.open({ till });
  await title(open.page, 'Código QR rechazado');
  expect(await open.page.locator('.qr').count()).toBe(0);
});

test('without a line the cashier reads it before the customer asks, and “sync now” asks the till', async () => {
  const { networks, ...view } = tillView();
  const sinceMs = Date.now() - 360_000;
  const offline = networks.map((network) => ({ ...network, connection: 'offline' as const, sinceMs }));
  const till = createFakeTill({ ...view, networks: offline });
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.getByRole('alert').getByText('Mercado Pago no responde').waitFor();
  await button(page, '$ 1,500').tap();
  const charge = button(page, 'Cobrar con QR');
  await charge.tap({ force: true });
  expect(await charge.getAttribute('aria-disabled'), 'not a surprise after the tap').toBe('true');
  const why = await charge.getAttribute('aria-describedby');
  expect(await page.locator(`#${why}`).textContent()).toContain('avise al cliente');
  expect(till.acts()).toEqual([]);
  const before = await button(page, /^5$/).boundingBox();
  till.answer('sync.now', () => {
    till.view = { ...till.view, networks };
    return { ok: true, value: till.view };
  });
  await page.getByRole('main').getByRole('button', { name: 'Sincronizar ahora' }).tap();
  await title(page, 'Retiro nuevo');
  expect(await button(page, /^5$/).boundingBox(), 'the keys stay where they are').toEqual(before);
  expect(await charge.getAttribute('aria-disabled'), 'with the line back the key is good again').not.toBe('true');
});

test('what somebody must see to stands at the side and says more at a tap; the cashier goes on serving', async () => {
  const sinceMs = Date.now();
  const clock = { kind: 'clock', network: 'mercadopago-orders', offByMs: 185_000, sinceMs } as const;
  const backup = { kind: 'backup', reason: 'not-made', detail: 'ENOSPC: disk full', sinceMs } as const;
  const till = createFakeTill(tillView({ warnings: [clock, backup] }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.getByText('El reloj de la caja va 3 min adelantado').tap();
  const sheet = page.getByRole('dialog');
  await sheet.getByText('hay que poner en hora esta máquina').waitFor();
  await sheet.getByRole('button', { name: 'Entendido' }).tap();
  await page.getByText('No se pudo hacer el respaldo').tap();
  await sheet.getByText('ENOSPC: disk full').waitFor();
  await sheet.getByRole('button', { name: 'Entendido' }).tap();
  await sheet.waitFor({ state: 'detached' });
  await button(page, '$ 1,500').tap();
  await button(page, 'Cobrar con QR').tap();
  await title(page, 'Preparando el cobro');
  expect(till.acts()).toEqual(['cash-out.start']);
  await till.change({ warnings: [] });
  await page.getByText('No se pudo hacer el respaldo').waitFor({ state: 'detached' });
});

test('a till that finds its own books broken stops on the screen too, whatever stood there', async () => {
  const till = createFakeTill(tillView({ openCashOuts: [cashOutView('paid', { id: '01A' })] }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await title(page, 'Pagado');
  till.refuse('till.view', 'storage.damaged', { backup: 'ventanilla-20260131.db' });
  await till.change({});
  await page.getByText('Los datos de la caja están dañados').waitFor();
  await page.getByText('ventanilla-20260131.db').waitFor();
  expect(await page.getByRole('button').count(), 'nothing to press').toBe(0);
});

test('a till that refuses the network’s configuration starts nothing', async () => {
  const { networks, ...view } = tillView();
  const blocked = networks.map((network) => ({ ...network, connection: 'blocked' as const, code: 'unauthorized' }));
  const till = createFakeTill({ ...view, networks: blocked });
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.getByText('Llame al técnico y dígale el código unauthorized.').waitFor();
  await button(page, '$ 1,500').tap();
  await page.keyboard.press('Enter');
  expect(await button(page, 'Cobrar con QR').getAttribute('aria-disabled')).toBe('true');
  expect(till.acts()).toEqual([]);
});

test('when the till falls silent the window says so over everything, and comes back by itself', async () => {
  const till = createFakeTill(tillView({ openCashOuts: [cashOutView('paid')] }));
  await using open = await workshop.open({ till, clock: true });
  const { page } = open;
  await title(page, 'Pagado');
  till.isSilent = true;
  await page.clock.runFor(20_000);
  await page.getByRole('alertdialog', { name: 'La caja no responde' }).waitFor();
  till.isSilent = false;
  await page.clock.runFor(12_000);
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await title(page, 'Pagado');
  expect(till.acts()).toEqual([]);
});

test('a request that nobody answers ends in words, not in an endless wait, and is never sent again', async () => {
  const till = createFakeTill(tillView({ openCashOuts: [cashOutView('paid', { id: '01A' })] }));
  await using open = await workshop.open({ till, clock: true });
  const { page } = open;
  await title(page, 'Pagado');
  await page.clock.runFor(1_000);
  till.answer('cash-out.hand-over', () => new Promise(() => undefined));
  await button(page, 'Entregar efectivo').tap();
  await button(page, 'Verificando el pago').waitFor();
  await page.clock.runFor(61_000);
  await page.getByText('La caja no contestó a tiempo').waitFor();
  expect(till.callsOf('cash-out.hand-over')).toHaveLength(1);
});

test('training is marked over every screen, and its simulated customer stands apart', async () => {
  const till = createFakeTill(
    tillView({ mode: 'training', openCashOuts: [cashOutView('awaiting_payment', { id: '01A' })] }),
  );
  await using open = await workshop.open({ till });
  const { page } = open;
  expect(await page.locator('.watermark').count()).toBe(1);
  await page.getByRole('region', { name: 'ENTRENAMIENTO' }).getByRole('button', { name: 'Paga', exact: true }).tap();
  await page.getByRole('region', { name: 'ENTRENAMIENTO' }).getByRole('button', { name: 'Cortar' }).tap();
  await expect.poll(() => till.acts()).toEqual(['training.customer', 'training.network']);
  expect(till.callsOf('training.customer')[0]?.request).toEqual({ cashOutId: '01A', act: 'pay' });
  expect(till.callsOf('training.network')[0]?.request).toEqual({ state: 'down' });
  expect(till.complaints).toEqual([]);
});

test('whoever asks the machine for stillness gets it, and a spinner still looks alive', async () => {
  const till = createFakeTill(tillView({ openCashOuts: [cashOutView('requested', { id: '01A' })] }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const duration = `getComputedStyle(document.querySelector('.message .spinner')).animationDuration`;
  expect(Number.parseFloat(await page.evaluate<string>(duration))).toBeLessThan(0.001);
});

test('a return that failed says that the shop owes the customer, and does not pretend to be under way', async () => {
  const failed = cashOutView('returning', {
    id: '01A',
    cases: [caseView({ cashOutId: '01A', kind: 'return-failed' })],
  });
  const till = createFakeTill(tillView({ openCashOuts: [failed] }));
  await using open = await workshop.open({ till });
  await title(open.page, 'Devolución fallida');
  expect(await open.page.locator('.message').innerText()).toContain('la tienda se lo debe al cliente');
  expect(await open.page.locator('.message .spinner').count()).toBe(0);
});
