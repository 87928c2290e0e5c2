/** Payouts at the glass: sent by touch and by keyboard, followed, found by their voucher, and settled with notes where that is proven right. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { createFakeTill } from './support/fake-till.ts';
import { manyCountriesView, payoutNetworkView, payoutView } from './support/payout-views.ts';
import { caseView, tillView } from './support/views.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

const TUPAY = { payoutNetworks: [payoutNetworkView()] };
const CCI = '00219300153895206813';
const button = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name });
const ready = (page: Page, name: string | RegExp) => button(page, name).and(page.locator('[aria-disabled=false]'));
const title = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();
const field = (page: Page, name: string) => page.getByRole('main').getByRole('textbox', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog');

async function fillPeru(page: Page, account = CCI): Promise<void> {
  await field(page, 'Nombre').fill('Ana');
  await field(page, 'Apellido').fill('Rojas');
  await page.getByRole('radio', { name: 'DNI' }).tap();
  await field(page, 'Número de documento').fill('71594743');
  await field(page, 'CCI').fill(account);
  await page.getByRole('radio', { name: 'Ahorros' }).tap();
}

test('a till without payout networks shows nothing of payouts', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till });
  await title(open.page, 'Retiro nuevo');
  expect(await open.page.getByText(/envío/i).count()).toBe(0);
  await open.page.keyboard.press('F7');
  await title(open.page, 'Retiro nuevo');
  expect(till.complaints).toEqual([]);
});

test('money is sent in four taps and the customer’s details, and is followed until it is paid', async () => {
  const till = createFakeTill(tillView(TUPAY));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.getByRole('navigation').getByRole('button', { name: 'Envíos' }).tap();
  await page.keyboard.type('1250.5', { delay: 70 });
  await button(page, 'Continuar').tap();
  await fillPeru(page);
  await button(page, 'Revisar').tap();
  await page.getByText('0021 9300 1538 9520 6813').waitFor();
  await page.getByText('Ana Rojas').waitFor();
  await ready(page, 'Enviar S/ 1,250.50').tap();
  await title(page, 'Enviando el pedido');
  const [sent] = till.callsOf('payout.start');
  expect(sent?.request).toMatchObject({
    network: 'tupay',
    country: 'PE',
    method: 'pe-bank',
    currency: 'PEN',
    amountMinor: 125_050,
    beneficiary: { firstName: 'Ana', lastName: 'Rojas', documentType: 'DNI', bankAccount: CCI, accountType: 'S' },
  });
  expect(sent?.request).toHaveProperty('requestId');
  const id = [...till.payouts.keys()].at(-1) ?? '';
  await till.becomePayout(id, 'delivered');
  await title(page, 'En el banco');
  await till.becomePayout(id, 'completed');
  await title(page, 'Pagado');
  expect(await page.getByText('Ana Rojas').count(), 'nothing of the form stays on a screen').toBe(0);
  expect(till.acts()).toEqual(['payout.start']);
  expect(till.complaints).toEqual([]);
});

test('the same without touching the screen: F7, digits, F4, Enter from field to field, F4', async () => {
  const till = createFakeTill(tillView(TUPAY));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.press('F7');
  await page.keyboard.type('300');
  await page.keyboard.press('F4');
  await title(page, 'Nuevo envío');
  await field(page, 'Nombre').and(page.locator(':focus')).waitFor();
  await page.keyboard.type('Ana');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Rojas');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.type('71594743');
  await page.keyboard.press('Enter');
  await page.keyboard.type('002-193-001538952068-13');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('F4');
  await ready(page, 'Enviar S/ 300').waitFor();
  await page.keyboard.press('F4');
  await title(page, 'Enviando el pedido');
  expect(till.callsOf('payout.start')[0]?.request).toMatchObject({
    amountMinor: 30_000,
    beneficiary: { documentType: 'DNI', bankAccount: CCI, accountType: 'C' },
  });
  expect(till.complaints).toEqual([]);
});

test('a wrong digit is said at once and stops the way on; what is only unusual is marked and may go on', async () => {
  const till = createFakeTill(tillView(TUPAY));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.press('F7');
  await page.keyboard.type('300');
  await page.keyboard.press('F4');
  await fillPeru(page, '00219300153895206814');
  await field(page, 'Número de documento').fill('7159474');
  await page.getByText('Hay un dígito equivocado: revíselo con el cliente.').waitFor();
  await button(page, 'Revisar').tap();
  await page.getByText('Falta corregir 1 dato.').waitFor();
  await field(page, 'CCI').and(page.locator(':focus')).waitFor();
  await field(page, 'CCI').fill(CCI);
  await page.getByText('Correcto').waitFor();
  await page.keyboard.press('F4');
  await page.getByText('Lea otra vez lo marcado: es poco común.').waitFor();
  expect(till.acts()).toEqual([]);
});

test('sending again after a silence is the same request; after a correction it is a new one', async () => {
  const till = createFakeTill(tillView(TUPAY));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.press('F7');
  await page.keyboard.type('300');
  await page.keyboard.press('F4');
  await fillPeru(page);
  till.refuse('payout.start', 'payout.in-doubt');
  await button(page, 'Revisar').tap();
  await ready(page, 'Enviar S/ 300').tap();
  await page.getByRole('alert').getByText('El envío espera respuesta de la red').waitFor();
  // The browser counts taps by its own clock: a second one too soon is a double tap, which does nothing.
  await page.waitForTimeout(600);
  await ready(page, 'Enviar S/ 300').tap();
  await expect.poll(() => till.callsOf('payout.start').length).toBe(2);
  await button(page, 'Corregir').tap();
  await button(page, 'Revisar').tap();
  await ready(page, 'Enviar S/ 300').tap();
  await expect.poll(() => till.callsOf('payout.start').length).toBe(3);
  const ids = till.callsOf('payout.start').map(({ request }) => (request as { requestId: string }).requestId);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});

test('a second tap on “continue” does not send: the review waits until it has been seen', async () => {
  const till = createFakeTill(tillView(TUPAY));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.press('F7');
  await page.keyboard.type('300');
  await page.keyboard.press('F4');
  await fillPeru(page);
  await page.keyboard.press('F4');
  await page.keyboard.press('F4');
  await page.waitForTimeout(200);
  expect(till.acts()).toEqual([]);
});

test('a half-filled form survives a look at another screen, says so, and can be thrown away', async () => {
  const till = createFakeTill(tillView(TUPAY));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.press('F7');
  await page.keyboard.type('300');
  await page.keyboard.press('F4');
  await field(page, 'Nombre').fill('Ana');
  await page.keyboard.press('F2');
  await title(page, 'Retiro nuevo');
  await page.keyboard.press('F7');
  await page.getByText(/Siguen aquí los datos/).waitFor();
  expect(await field(page, 'Nombre').inputValue()).toBe('Ana');
  await button(page, 'Empezar de nuevo').tap();
  await page.getByText('Paso 1 de 3').waitFor();
  await page.keyboard.type('300');
  await page.keyboard.press('F4');
  expect(await field(page, 'Nombre').inputValue()).toBe('');
});

test('the bank is chosen from the network’s list by a few letters, and one that cannot receive cannot be chosen', async () => {
  const colombia = manyCountriesView({ countries: manyCountriesView().countries.slice(0, 1) });
  const till = createFakeTill(tillView({ payoutNetworks: [colombia] }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.press('F7');
  await page.keyboard.type('450000', { delay: 70 });
  await page.keyboard.press('F4');
  await button(page, 'Banco').tap();
  await page.keyboard.type('fala');
  await page.keyboard.press('Enter');
  await dialog(page).getByText('No puede recibir').waitFor();
  for (let letter = 0; letter < 4; letter += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type('bogota');
  await page.keyboard.press('Enter');
  await button(page, 'Banco Banco de Bogotá').waitFor();
  expect(till.complaints).toEqual([]);
});

test('a line that goes down before the last tap is said there, and nothing is sent until it is back', async () => {
  const till = createFakeTill(tillView(TUPAY));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.press('F7');
  await page.keyboard.type('1250');
  await page.keyboard.press('F4');
  await fillPeru(page);
  await button(page, 'Revisar').tap();
  await ready(page, /^Enviar/).waitFor();
  await till.change({ payoutNetworks: [payoutNetworkView({ connection: 'offline' })] });
  await page.getByRole('alert').getByText('Por ahora no se empiezan envíos').waitFor();
  await page.keyboard.press('F4');
  expect(await button(page, /^Enviar/).getAttribute('aria-disabled')).toBe('true');
  expect(till.acts()).toEqual([]);
  await till.change(TUPAY);
  await ready(page, /^Enviar/).tap();
  await title(page, 'Enviando el pedido');
  expect(till.acts()).toEqual(['payout.start']);
});

test('a list of banks that cannot be had leaves the code to be typed', async () => {
  const colombia = manyCountriesView({ countries: manyCountriesView().countries.slice(0, 1) });
  const till = createFakeTill(tillView({ payoutNetworks: [colombia] }));
  till.refuse('payout.banks', 'network.unreachable');
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.press('F7');
  await page.keyboard.type('450000', { delay: 70 });
  await page.keyboard.press('F4');
  await field(page, 'Banco').fill('1007');
  expect(await field(page, 'Banco').inputValue()).toBe('1007');
});

test('a scanner’s burst finds our own payout wherever the focus is', async () => {
  const payout = payoutView('completed', { id: '01A' });
  const till = createFakeTill(tillView(TUPAY), [], [payout]);
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.press('F7');
  await page.keyboard.press('F8');
  await title(page, 'Buscar un envío');
  await page.getByRole('navigation').getByRole('button', { name: 'Envíos' }).focus();
  await page.keyboard.type(payout.voucher);
  await page.keyboard.press('Enter');
  await title(page, 'Pagado');
  expect(till.callsOf('payout.find').map(({ request }) => request)).toEqual([
    { text: payout.voucher, network: 'tupay' },
  ]);
  expect(till.complaints).toEqual([]);
});

test('a number of nobody’s asks which network to ask; its word is for telling, not for paying', async () => {
  const till = createFakeTill(tillView({ payoutNetworks: [payoutNetworkView(), manyCountriesView()] }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.press('F7');
  await page.keyboard.press('F8');
  await page.keyboard.type('30000000001');
  await page.keyboard.press('Enter');
  await title(page, 'No es de esta caja');
  till.answer('payout.find', () => ({
    ok: true,
    value: {
      kind: 'network',
      network: 'onekey',
      externalId: '30000000001',
      status: 'completed',
      statusText: '1 Completed',
    },
  }));
  await button(page, 'Preguntar a OneKey').tap();
  await title(page, 'OneKey dice: Pagado');
  await page.getByText(/no para entregar billetes/).waitFor();
  expect(await page.getByText('Completed').count()).toBe(0);
  expect(till.callsOf('payout.find').map(({ request }) => request)).toEqual([
    { text: '30000000001' },
    { text: '30000000001', network: 'onekey' },
  ]);
});

test('notes in its place: a question first, then the amount to count, then given; nothing can be repeated after', async () => {
  const rejected = payoutView('rejected', { id: '01A', cases: [caseView({ cashOutId: '01A' })] });
  const till = createFakeTill(tillView(TUPAY), [], [rejected]);
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.locator('.open-card').tap();
  await title(page, 'Rechazado por el banco');
  await page.getByText('Revise el número de cuenta con el cliente y envíe de nuevo.').waitFor();
  await ready(page, 'Dar billetes').tap();
  const yes = dialog(page).getByRole('button', { name: 'Dar billetes' });
  await yes.and(page.locator('[aria-disabled=false]')).tap();
  await title(page, 'Dé los billetes ahora');
  await ready(page, /^Entregado/).tap();
  await page.getByText(/Se dieron billetes en su lugar/).waitFor();
  expect(await button(page, 'Dar billetes').count()).toBe(0);
  expect(till.acts()).toEqual(['payout.notes-start', 'payout.notes-given']);
  expect(till.callsOf('payout.notes-start')[0]?.request).toEqual({ id: '01A' });
  expect(till.complaints).toEqual([]);
});

test('what the bank gave back after it was paid is paid in notes only under a supervisor’s name', async () => {
  const returned = payoutView('rejected', {
    id: '01A',
    reversed: true,
    notesInstead: 'supervisor',
    notesSinceMs: 1,
  });
  const { notesSinceMs: _counted, ...waiting } = returned;
  const till = createFakeTill(tillView(TUPAY), [], [{ ...waiting, cases: [caseView({ cashOutId: '01A' })] }]);
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.locator('.open-card').tap();
  await ready(page, 'Dar billetes').tap();
  const yes = dialog(page).getByRole('button', { name: 'Dar billetes' });
  expect(await yes.getAttribute('aria-disabled')).toBe('true');
  expect(await dialog(page).getByText('Guadalupe').count(), 'a cashier is not among those who approve').toBe(0);
  await dialog(page).getByRole('button', { name: 'Beatriz Montes' }).tap();
  await yes.and(page.locator('[aria-disabled=false]')).tap();
  await title(page, 'Dé los billetes ahora');
  expect(till.callsOf('payout.notes-start')[0]?.request).toEqual({ id: '01A', supervisorCode: 1 });
});

test('sending again opens an empty form for the same amount, in the failed one’s place', async () => {
  const till = createFakeTill(
    tillView(TUPAY),
    [],
    [payoutView('rejected', { id: '01A', cases: [caseView({ cashOutId: '01A' })] })],
  );
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.locator('.open-card').tap();
  await ready(page, 'Enviar de nuevo').tap();
  await dialog(page).getByRole('button', { name: 'Abrir formulario' }).and(page.locator('[aria-disabled=false]')).tap();
  await page.getByText('En lugar del envío de S/ 1,250.50 que falló').waitFor();
  await button(page, 'Continuar').tap();
  expect(await field(page, 'Nombre').inputValue()).toBe('');
  await fillPeru(page);
  await button(page, 'Revisar').tap();
  await ready(page, 'Enviar S/ 1,250.50').tap();
  await title(page, 'Enviando el pedido');
  expect(till.callsOf('payout.start')[0]?.request).toMatchObject({ reissueOf: '01A', amountMinor: 125_050 });
});

test('in doubt nothing is offered that could pay twice, and a person is told what to look for', async () => {
  const doubt = {
    command: 'create',
    attempts: 3,
    lastOutcome: 'timeout',
    nextAttemptAtMs: 0,
    needsPerson: true,
  } as const;
  const payout = payoutView('requested', { id: '01A', doubt, actions: ['reviewed', 'refresh'] });
  const till = createFakeTill(tillView(TUPAY), [], [payout]);
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.locator('.open-card').tap();
  await title(page, 'Una persona debe mirar el portal');
  await page.getByText(payout.externalId, { exact: true }).waitFor();
  expect(await button(page, /Dar billetes|Enviar de nuevo|Cancelar/).count()).toBe(0);
  await ready(page, 'Ya lo revisé').tap();
  await dialog(page).getByRole('button', { name: 'Beatriz Montes' }).tap();
  await dialog(page).getByText('La red lo explicó').tap();
  await dialog(page).getByLabel('Número en el portal').fill('84-05147');
  await dialog(page).getByRole('button', { name: 'Seguir' }).and(page.locator('[aria-disabled=false]')).tap();
  await expect
    .poll(() => till.callsOf('payout.reviewed').map(({ request }) => request))
    .toEqual([{ id: '01A', supervisorCode: 1, reason: 'La red lo explicó', cashoutId: '8405147' }]);
  expect(till.complaints).toEqual([]);
});

test('a supervisor releases what was parked, and a cancel wants a reason', async () => {
  const till = createFakeTill(tillView(TUPAY), [], [payoutView('on_hold', { id: '01A' })]);
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.locator('.open-card').tap();
  await title(page, 'Espera a un supervisor');
  await ready(page, 'Autorizar').tap();
  await dialog(page).getByRole('button', { name: 'Beatriz Montes' }).tap();
  await dialog(page).getByRole('button', { name: 'Autorizar' }).and(page.locator('[aria-disabled=false]')).tap();
  await title(page, 'Aceptado, en cola');
  await ready(page, 'Cancelar').tap();
  await dialog(page).getByText('El monto está mal').tap();
  await dialog(page)
    .getByRole('button', { name: 'Cancelar S/ 1,250.50' })
    .and(page.locator('[aria-disabled=false]'))
    .tap();
  await title(page, 'Cancelado');
  expect(till.callsOf('payout.release')[0]?.request).toEqual({ id: '01A', supervisorCode: 1 });
  expect(till.callsOf('payout.cancel')[0]?.request).toEqual({ id: '01A', reason: 'El monto está mal' });
});

test('after a restart the window opens on the notes that were being counted in a payout’s place', async () => {
  const counting = payoutView('rejected', {
    id: '01A',
    notesSinceMs: Date.now(),
    actions: ['notes-given', 'notes-not-given'],
  });
  const till = createFakeTill(tillView(TUPAY), [], [payoutView('pending', { id: '01B' }), counting]);
  await using open = await workshop.open({ till });
  await title(open.page, 'Dé los billetes ahora');
  expect(till.acts()).toEqual([]);
});

test('a case about a payout leads to it', async () => {
  const { cashOutId: _none, ...file } = caseView({ kind: 'payout-returned-late' });
  const openCases = [{ ...file, payoutId: '01A' }];
  const till = createFakeTill(
    tillView({ ...TUPAY, openCases }),
    [],
    [payoutView('rejected', { id: '01A', reversed: true })],
  );
  await using open = await workshop.open({ till });
  await open.page.keyboard.press('F6');
  await open.page.locator('.case-row').tap();
  await button(open.page, 'Ver el envío').tap();
  await title(open.page, 'El banco lo devolvió');
  expect(till.complaints).toEqual([]);
});
