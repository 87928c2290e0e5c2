/** A scanner at the cashier's window: it opens what it read, and presses and types nothing on the way. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { voucherText } from '../../../src-main/core/domain/payouts/voucher.ts';
import { ok } from '../../../src-main/core/domain/result.ts';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { createFakeTill } from './support/fake-till.ts';
import type { FakeTill } from './support/fake-till.ts';
import { payoutNetworkView, payoutView } from './support/payout-views.ts';
import { scan } from './support/scanner.ts';
import { cashOutView, tillView } from './support/views.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

const VOUCHER = voucherText('CAJA0701M1PZKQ3D8G7V5N2R4S6T8W0Y');
const PAYOUT = payoutView('completed', { id: 'P1' });
const amount = (page: Page) => page.getByLabel('Monto a retirar');

function tillWithPayout(): FakeTill {
  const till = createFakeTill(tillView({ payoutNetworks: [payoutNetworkView()] }), [], [PAYOUT]);
  till.answer('scan.read', ({ text }) =>
    ok(text === VOUCHER ? { kind: 'payout', payoutId: 'P1' } : { kind: 'unknown', shown: text.slice(0, 40) }),
  );
  return till;
}

test('a voucher scanned over the amount opens its payout; the amount stays, and Enter charges nobody', async () => {
  const till = tillWithPayout();
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.type('250', { delay: 70 });
  await expect.poll(() => amount(page).inputValue()).toBe('$\u00a0250');
  await scan(page, '7501055363513');
  await page.getByText('Se leyó «7501055363513»').waitFor();
  expect(await amount(page).inputValue()).toBe('$\u00a0250');
  await scan(page, VOUCHER);
  await page.getByText('El dinero llegó a la cuenta').waitFor();
  expect(till.acts()).toEqual(['scan.read', 'scan.read']);
  expect(till.callsOf('scan.read')[1]?.request).toEqual({ text: VOUCHER, usText: VOUCHER });
  expect(till.complaints).toEqual([]);
});

test('a scan presses no button that has the focus, whichever key ends it', async () => {
  const till = tillWithPayout();
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.type('250', { delay: 70 });
  const charge = page.getByRole('button', { name: 'Cobrar con QR' });
  await charge.focus();
  for (const end of ['Enter', 'Tab', 'none'] as const) {
    await scan(page, `7501055 36351${end.length}`, end);
    await expect.poll(() => till.callsOf('scan.read').length).toBe({ Enter: 1, Tab: 2, none: 3 }[end]);
  }
  expect(await charge.and(page.locator(':focus')).count()).toBe(1);
  expect(till.callsOf('cash-out.start')).toEqual([]);
});

test('digits that a person types fast arrive all, in their order', async () => {
  const till = tillWithPayout();
  await using open = await workshop.open({ till });
  const { page } = open;
  await scan(page, '12340', 'none');
  await expect.poll(() => amount(page).inputValue()).toBe('$\u00a012,340');
  expect(till.callsOf('scan.read')).toEqual([]);
});

test('what was typed comes before a tap, however soon the tap follows', async () => {
  const till = tillWithPayout();
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.type('250', { delay: 70 });
  await expect.poll(() => amount(page).inputValue()).toBe('$\u00a0250');
  await scan(page, '0', 'none');
  await page.getByRole('button', { name: 'Cobrar con QR' }).tap();
  await expect.poll(() => till.callsOf('cash-out.start').length).toBe(1);
  expect(till.callsOf('cash-out.start')[0]?.request).toMatchObject({ amountMinor: 250_000 });
});

test('in a field for words a voucher is taken out again and opened; anything else was meant for the field', async () => {
  const till = tillWithPayout();
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.press('F7');
  await page.keyboard.type('300', { delay: 70 });
  await page.keyboard.press('F4');
  const name = page.getByRole('main').getByRole('textbox').first();
  await name.fill('Ana');
  await scan(page, 'ROJAS123', 'none');
  await expect.poll(() => name.inputValue()).toBe('AnaROJAS123');
  await name.fill('Ana');
  await scan(page, VOUCHER);
  await page.getByText('El dinero llegó a la cuenta').waitFor();
  expect(till.callsOf('scan.read')).toHaveLength(1);
  await page.keyboard.press('F7');
  await expect.poll(() => page.getByRole('main').getByRole('textbox').first().inputValue()).toBe('Ana');
});

test('while a question is open a scan moves nothing, and says so', async () => {
  const till = tillWithPayout();
  await till.change({ openCashOuts: [] });
  const cashOut = cashOutView('paid', { id: 'C1' });
  const busy = createFakeTill(tillView({ openCashOuts: [cashOut] }), [cashOut], [PAYOUT]);
  busy.answer('scan.read', () => ok({ kind: 'payout', payoutId: 'P1' }));
  await using open = await workshop.open({ till: busy });
  const { page } = open;
  await page.getByRole('button', { name: 'Devolver' }).first().tap();
  await page.getByRole('dialog').waitFor();
  await scan(page, VOUCHER);
  await page.getByText('Responda primero la pregunta').waitFor();
  await page.getByRole('dialog').waitFor();
  expect(busy.callsOf('cash-out.return')).toEqual([]);
});

test('a scanner on a line of its own opens the same records, and another till’s voucher is looked for', async () => {
  const till = tillWithPayout();
  till.answer('payout.find', () => ok({ kind: 'unknown', askedNetwork: true }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await till.announce({ kind: 'event', name: 'scan.happened', event: { kind: 'payout', payoutId: 'P1' } });
  await page.getByText('El dinero llegó a la cuenta').waitFor();
  await till.announce({ kind: 'event', name: 'scan.happened', event: { kind: 'elsewhere', text: VOUCHER } });
  await expect.poll(() => till.callsOf('payout.find').length).toBe(1);
  expect(till.callsOf('payout.find')[0]?.request).toMatchObject({ text: VOUCHER });
  await expect.poll(() => page.locator('.find-input').inputValue()).toBe(VOUCHER);
  expect(till.complaints).toEqual([]);
});
