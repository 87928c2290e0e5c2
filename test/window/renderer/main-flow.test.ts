/** What a cashier does all day: by touch, by keyboard, with several customers at once, and after a restart. */
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

test('a customer is served in four taps: amount, charge, hand over, given', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till });
  const { page } = open;

  await button(page, '$ 1,500').tap();
  await button(page, 'Cobrar con QR').tap();
  await title(page, 'Preparando el cobro');
  const id = till.newestId();
  await till.become(id, 'awaiting_payment');
  await page.locator('svg.qr[aria-label="Código QR para el cliente"]').waitFor();
  await till.become(id, 'paid');
  await button(page, 'Entregar efectivo').tap();
  await button(page, /^Entregado/).tap();
  await title(page, 'Retiro terminado');

  expect(till.acts()).toEqual(['cash-out.start', 'cash-out.hand-over', 'cash-out.given']);
  expect(till.callsOf('cash-out.start')[0]?.request).toEqual({ network: 'mercadopago-orders', amountMinor: 150_000 });
  expect(till.complaints).toEqual([]);
});

test('the same customer is served without touching the screen: digits, Enter, F4, F9, F4', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till });
  const { page } = open;

  await page.keyboard.type('25');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('50');
  await expect.poll(() => page.getByLabel('Monto a retirar').inputValue()).toBe('$\u00a0250');
  await page.keyboard.press('Enter');
  await title(page, 'Preparando el cobro');
  const id = till.newestId();
  await till.become(id, 'paid');
  await button(page, 'Entregar efectivo').and(page.locator('[aria-disabled=false]')).waitFor();
  await page.keyboard.press('F4');
  await title(page, 'Cuente y entregue');
  await button(page, /^Entregado/)
    .and(page.locator('[aria-disabled=false]'))
    .waitFor();
  await page.keyboard.press('F9');
  await title(page, 'Retiro terminado');
  await button(page, 'Siguiente cliente').and(page.locator('[aria-disabled=false]')).waitFor();
  await page.keyboard.press('F4');
  await title(page, 'Retiro nuevo');

  expect(till.acts()).toEqual(['cash-out.start', 'cash-out.hand-over', 'cash-out.given', 'cash-out.dismiss']);
  expect(till.callsOf('cash-out.start')[0]?.request).toMatchObject({ amountMinor: 25_000 });
  expect(till.complaints).toEqual([]);
});

test('every action of a screen is reached with Tab, in sight, and arrows go where they point', async () => {
  const till = createFakeTill(tillView({ openCashOuts: [cashOutView('paid')] }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await title(page, 'Pagado');

  const reached: string[] = [];
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<{ name: string; outline: string } | undefined>(`
      document.activeElement === document.body ? undefined : {
        name: document.activeElement.innerText.replaceAll('\\n', ' '),
        outline: getComputedStyle(document.activeElement).outlineStyle,
      }
    `);
    if (!focused) continue;
    reached.push(focused.name);
    expect(focused).toMatchObject({ outline: 'solid' });
  }
  for (const name of ['Devolver el dinero F3', 'Entregar efectivo F4', 'Retiro F2', 'Hoy F10', 'Casos F6', 'Turno']) {
    expect(reached).toContain(name);
  }

  await page.keyboard.press('F2');
  await button(page, /^7$/).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  expect(await page.evaluate('document.activeElement.innerText')).toBe('5');
});

test('a quick amount chosen with the keyboard leads on to charging it', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till });
  await button(open.page, '$ 2,000').focus();
  await open.page.keyboard.press('Enter');
  await open.page.keyboard.press('Enter');
  await title(open.page, 'Preparando el cobro');
  expect(till.callsOf('cash-out.start').map(({ request }) => request)).toEqual([
    { network: 'mercadopago-orders', amountMinor: 200_000 },
  ]);
});

test('an amount outside the limits says what would be right, and cannot be charged', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.type('9000');
  await page.getByText('El máximo es $ 8,000').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.type('120');
  await page.getByText('Solo múltiplos de $ 50').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForTimeout(100);
  expect(till.acts()).toEqual([]);
});

test('after a restart the window opens on the notes that were being counted, with everything else in sight', async () => {
  const till = createFakeTill(
    tillView({
      openCashOuts: [
        cashOutView('awaiting_payment', { id: '01A', amountMinor: 20_000 }),
        cashOutView('handing_over', { id: '01B', amountMinor: 300_000 }),
        cashOutView('paid', { id: '01C', amountMinor: 60_000 }),
      ],
    }),
  );
  await using open = await workshop.open({ till });
  await title(open.page, 'Cuente y entregue');
  await title(open.page, 'Retiro de $ 3,000');
  expect(await open.page.locator('.open-card').count()).toBe(3);
});

test('one customer can be served while another’s cash-out stays open at the side', async () => {
  const till = createFakeTill(tillView({ openCashOuts: [cashOutView('awaiting_payment', { id: '01A' })] }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await button(page, 'Atender a otro cliente').tap();
  await title(page, 'Retiro nuevo');
  await till.become('01A', 'paid');
  await page.locator('.open-card', { hasText: 'Pagado' }).tap();
  await title(page, 'Pagado');
  expect(till.acts()).toEqual([]);
});

test('money that came late says so, and both ways to settle it are there; returning wants a reason and a yes', async () => {
  const late = cashOutView('paid', { id: '01A', late: 'after-cancel', cases: [caseView({ cashOutId: '01A' })] });
  const till = createFakeTill(tillView({ openCashOuts: [late], openCases: [caseView({ cashOutId: '01A' })] }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.getByRole('navigation').getByRole('button', { name: 'Casos' }).tap();
  await page.locator('.case-row').tap();
  await button(page, 'Ver el retiro').tap();
  await page.getByText('El pago llegó después de cancelar.').waitFor();
  await button(page, 'Devolver el dinero').tap();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('button', { name: 'Devolver $ 1,500' }).getAttribute('aria-disabled')).toBe('true');
  await dialog.getByText('El cliente se fue').tap();
  await dialog.getByRole('button', { name: 'Devolver $ 1,500' }).tap();
  await title(page, 'Devolviendo el dinero');
  expect(till.callsOf('cash-out.return')[0]?.request).toEqual({ id: '01A', reason: 'El cliente se fue' });
  expect(till.complaints).toEqual([]);
});

test('a receipt that was printed before is offered as a copy, and an unknown outcome sends the cashier to the printer', async () => {
  const slip = {
    jobId: '01J',
    subjectId: '01A',
    kind: 'receipt',
    copy: 0,
    state: 'printed',
    detail: '',
    atMs: Date.now(),
  } as const;
  const till = createFakeTill(tillView(), [cashOutView('settled', { id: '01A', slips: [slip] })]);
  till.answer('slip.print', () => {
    const unknown = { ...slip, jobId: '02J', copy: 1, state: 'unknown', code: 'paper-out' } as const;
    till.view = { ...till.view, printing: { hasPrinter: true, queue: [], offered: [unknown] } };
    return { ok: true, value: unknown };
  });
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.press('F10');
  await page.getByRole('main').getByRole('button', { name: '$ 1,500' }).tap();
  await button(page, 'Reimprimir (COPIA)').tap();
  await page.getByText('Se acabó el papel al imprimir').waitFor();
  await page.getByText('Mire el papel: si salió completo, no haga nada').waitFor();
  expect(till.callsOf('slip.print').map(({ request }) => request)).toEqual([{ kind: 'receipt', subjectId: '01A' }]);
  await button(page, 'Imprimir copia').tap();
  await expect.poll(() => till.callsOf('slip.print').length).toBe(2);
  await button(page, 'Entendido').tap();
  await page.getByText('Se acabó el papel al imprimir').waitFor({ state: 'detached' });
  expect(till.callsOf('slip.seen')[0]?.request).toEqual({ jobId: '02J' });
});
