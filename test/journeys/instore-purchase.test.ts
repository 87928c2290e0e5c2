/** A purchase and a cash-out in one payment, over the in-store network: the goods' money is never the drawer's. */
import { afterEach, expect, test } from 'vitest';
import { slipContent } from '../../src-main/core/application/printing/slip-content.ts';
import { formatMoney, money } from '../../src-main/core/domain/money.ts';
import type { AskedItem } from '../../src-main/core/domain/purchase.ts';
import type { QrMode } from '../../src-main/core/domain/network.ts';
import { cashOutView } from '../../src-main/bridge/views/cash-out-view.ts';
import { FLOAT_MINOR, NOTES_MINOR, openInstoreShop } from '../support/instore-shop.ts';
import type { InstoreShop } from '../support/instore-shop.ts';
import { refused, worked } from '../support/till-bench.ts';

const ITEMS: readonly AskedItem[] = [
  { title: 'Yerba mate 500 g', unitPriceMinor: 238_050, quantity: 5, sku: 'KS955RUR', category: 'FOOD' },
  { title: 'Agua mineral', unitPriceMinor: 400_000, quantity: 1, measure: 'pack' },
];
const GOODS_MINOR = 1_590_250;
const BOTH_MINOR = NOTES_MINOR + GOODS_MINOR;

let made: InstoreShop | undefined;
afterEach(() => made?.closeShop());

async function shop(mode: QrMode, changes: Parameters<typeof openInstoreShop>[1] = {}): Promise<InstoreShop> {
  made = await openInstoreShop(mode, changes);
  return made;
}

test.each(['dynamic', 'static', 'hybrid'] as const)(
  '%s: one payment pays goods and notes, and only the notes leave the drawer',
  async (mode) => {
    const { till, foundation, engine, paid, now, breaches } = await shop(mode, {
      simulator: { hybridAnswer: 'with-data' },
    });
    const { id, externalReference, payment, shiftId } = await paid({ items: ITEMS, purchaseMinor: GOODS_MINOR });
    expect(payment.amountMinor).toBe(BOTH_MINOR);
    expect(engine.order(externalReference)).toMatchObject({
      cashOutAmount: 20_000,
      purchaseAmount: 15_902.5,
      chargedAmount: 35_902.5,
    });
    const view = cashOutView(till.context, now(id));
    expect(view).toMatchObject({ amountMinor: NOTES_MINOR, purchase: { totalMinor: GOODS_MINOR } });
    expect(view.noteSuggestion).toEqual({ '2000000': 1 });

    worked(await till.handOver(id));
    worked(till.given(id, { '1000000': 2 }));
    await till.sync.sweep();
    expect(now(id).state).toBe('settled');
    expect(foundation.store.expectedCashMinor(shiftId)).toBe(FLOAT_MINOR - NOTES_MINOR);
    expect(worked(till.report()).dispensed).toEqual({ count: 1, totalMinor: NOTES_MINOR });
    expect(breaches(true)).toEqual([]);
  },
);

test('notes that are not given: goods and notes go back to the payer together, and the drawer is as it was', async () => {
  const { till, foundation, engine, paid, now, breaches } = await shop('static');
  const { id, externalReference, shiftId } = await paid({ items: ITEMS });
  worked(await till.handOver(id));
  worked(till.notGiven(id, 'the customer left'));
  worked(till.giveBack(id, 'the customer left'));
  await till.sync.sweep();
  await till.sync.sweep();
  expect(now(id)).toMatchObject({ state: 'returned', payment: { amountMinor: BOTH_MINOR } });
  expect(engine.order(externalReference)?.merchantOrders).toMatchObject([{ state: 'returned', paidAmount: 35_902.5 }]);
  expect(foundation.store.expectedCashMinor(shiftId)).toBe(FLOAT_MINOR);
  expect(breaches(true)).toEqual([]);
});

test.each(['static', 'dynamic', 'hybrid'] as const)(
  '%s: an order whose answer was lost is asked for again, paid once, and every later answer may be lost too',
  async (mode) => {
    const { till, engine, start, now, breaches } = await shop(mode, { simulator: { hybridAnswer: 'with-data' } });
    const create = ({ static: 'put-order', dynamic: 'make-qr', hybrid: 'make-hybrid' } as const)[mode];
    engine.script({ operation: create, fault: 'drop-after-commit' });
    engine.script({ operation: 'confirm', fault: 'drop-after-commit' });
    const { id, externalReference } = start({ items: ITEMS });
    await till.sync.sweep();
    expect(now(id).state).toBe('requested');
    await till.sync.sweep();
    expect(now(id).state).toBe('awaiting_payment');
    expect(engine.customerPays(externalReference).ok).toBe(true);
    await till.sync.sweep();
    worked(await till.handOver(id));
    worked(till.given(id));
    await till.sync.sweep();
    expect(now(id).state).toBe('dispensed');
    await till.sync.sweep();
    // The repeat is told that it was confirmed already: that is the same word.
    expect(now(id).state).toBe('settled');
    expect(breaches(true)).toEqual([]);
  },
);

test('a return whose answer was lost is told once more, and the order shows that the money is back', async () => {
  const { till, engine, paid, now, breaches } = await shop('dynamic');
  const { id } = await paid({ items: ITEMS });
  engine.script({ operation: 'confirm', fault: 'drop-after-commit' });
  worked(till.giveBack(id, 'changed their mind'));
  await till.sync.sweep();
  await till.sync.sweep();
  await till.sync.sweep();
  expect(now(id).state).toBe('returned');
  expect(breaches(true)).toEqual([]);
});

test('a payment of the notes alone, or of any other sum, is not the payment of this order', async () => {
  const { till, engine, start, now, openCases, breaches } = await shop('static');
  const { id, externalReference } = start({ items: ITEMS });
  await till.sync.sweep();
  engine.customerPays(externalReference);
  engine.script({ operation: 'search-merchant-orders', fault: 'another-amount', amount: '20000', count: 1 });
  await till.sync.sweep();
  expect(now(id).state).not.toBe('paid');
  expect(openCases(id)).toEqual(['answer-mismatch']);
  expect(breaches()).toEqual([]);
});

test('a one-time code over another sum than goods and notes together is never shown', async () => {
  const { till, engine, start, now, openCases } = await shop('dynamic');
  engine.script({ operation: 'make-qr', fault: 'wrong-qr-amount', amount: '20000.00' });
  const { id } = start({ items: ITEMS });
  await till.sync.sweep();
  expect(now(id).state).toBe('cancelling');
  expect(openCases(id)).toEqual(['qr-refused']);
  expect(cashOutView(till.context, now(id)).qrData).toBeUndefined();
});

test('an order that two customers paid is a case with both sums unspent: no notes', async () => {
  const { till, engine, start, now, openCases, foundation } = await shop('static');
  const { id, externalReference } = start({ items: ITEMS });
  await till.sync.sweep();
  engine.customerPaysTwice(externalReference);
  await till.sync.sweep();
  expect(now(id).state).toBe('awaiting_payment');
  expect(openCases(id)).toEqual(['answer-mismatch']);
  expect(foundation.store.openCases()[0]).toMatchObject({ amountMinor: BOTH_MINOR });
  expect(refused(await till.handOver(id))).toBe('cash-out.wrong-state');
});

test.each([
  ['two-m', { failDetailSpelling: 'two-m' }],
  ['no failure at all', { acceptsFail: false }],
  ['one-m', {}],
] as const)(
  'a payment that cannot be checked goes back as a failure, in the words that a network of %s knows',
  async (_name, simulator) => {
    const { till, engine, paid, now, foundation, breaches } = await shop('static', { simulator });
    const { id } = await paid({ items: ITEMS });
    engine.setNetwork('down');
    await till.sync.sweep();
    expect(refused(await till.handOver(id))).toBe('cash-out.cannot-check-now');
    worked(till.giveBack(id, 'no connection'));
    engine.setNetwork('up');
    await till.sync.sweep();
    await till.sync.sweep();
    expect(now(id).state).toBe('returned');
    const refund = foundation.store.commandsOf(id).find(({ kind }) => kind === 'refund');
    expect(refund?.request.body).toContain('"status":"fail","status_detail":"internal_comunication_error"');
    expect(breaches(true)).toEqual([]);
  },
);

test('a confirmation that comes after the network has given the money back is a loss of goods and notes, and stays one', async () => {
  const { till, engine, paid, now, openCases, foundation, breaches } = await shop('static');
  const { id, shiftId } = await paid({ items: ITEMS });
  worked(await till.handOver(id));
  engine.script({ operation: 'confirm', fault: 'window-ends-first' });
  worked(till.given(id));
  for (let round = 0; round < 4; round += 1) await till.sync.sweep();
  expect(now(id).state).toBe('dispensed');
  expect(openCases(id)).toContain('confirmation-missed');
  const [missed] = foundation.store.openCases().filter(({ kind }) => kind === 'confirmation-missed');
  expect(missed?.amountMinor).toBe(BOTH_MINOR);
  expect(worked(till.report()).cases.map(({ kind }) => kind)).toContain('confirmation-missed');
  expect(foundation.store.expectedCashMinor(shiftId)).toBe(FLOAT_MINOR - NOTES_MINOR);
  const settings = foundation.store.settings();
  if (!settings) throw new Error('no settings');
  const slip = slipContent(till.context, settings, { kind: 'x-report', subjectId: shiftId, copy: 0 });
  const atRisk = slip?.parts.flatMap((part) => (part.kind === 'pair' && /riesgo/.test(part.left) ? [part.right] : []));
  const cases = foundation.store.openCases();
  expect(cases.every(({ amountMinor }) => amountMinor === BOTH_MINOR)).toBe(true);
  // Two cases about one loss are one loss.
  expect(cases.map(({ kind }) => kind).toSorted()).toEqual(['confirmation-missed', 'returned-and-given']);
  expect(atRisk).toEqual([formatMoney(money('ARS', BOTH_MINOR))]);
  expect(breaches()).toEqual([]);
});

test.each<[string, string, Partial<AskedItem>]>([
  ['a title', 'text', { title: '  ' }],
  ['one line', 'text', { title: 'two\nlines' }],
  ['a short text', 'text', { description: 'x'.repeat(161) }],
  ['a whole quantity', 'quantity', { quantity: 1.5 }],
  ['a quantity', 'quantity', { quantity: 0 }],
  ['a price', 'price', { unitPriceMinor: 0 }],
  ['the right sum', 'item-sum', { totalMinor: 1 }],
])('an item without %s is refused before anything is saved', async (_what, reason, wrong) => {
  const { till, foundation } = await shop('static');
  const [first, second] = ITEMS;
  if (!first || !second) throw new Error('no items');
  const before = foundation.store.head().seq;
  const started = till.startCashOut({
    network: 'mercadopago-instore',
    amountMinor: NOTES_MINOR,
    items: [first, { ...second, ...wrong }],
  });
  expect(started).toMatchObject({ ok: false, error: { code: 'purchase.invalid', values: { reason, item: 2 } } });
  expect(foundation.store.head().seq).toBe(before);
});

test('a total that is not what the items make, and a purchase of nothing, are refused', async () => {
  const { till } = await shop('static');
  const ask = { network: 'mercadopago-instore', amountMinor: NOTES_MINOR } as const;
  expect(till.startCashOut({ ...ask, items: ITEMS, purchaseMinor: 1 })).toMatchObject({
    error: { code: 'purchase.invalid', values: { reason: 'sum' } },
  });
  expect(refused(till.startCashOut({ ...ask, items: [] }))).toBe('purchase.invalid');
  expect(refused(till.startCashOut({ ...ask, purchaseMinor: 100 }))).toBe('purchase.invalid');
});

test('the same request id with another purchase is another request', async () => {
  const { till, start } = await shop('static');
  const ask = { network: 'mercadopago-instore', amountMinor: NOTES_MINOR, requestId: 'r1' } as const;
  const { id } = start({ requestId: 'r1', items: ITEMS });
  expect(worked(till.startCashOut({ ...ask, items: ITEMS })).id).toBe(id);
  expect(refused(till.startCashOut({ ...ask, items: ITEMS.slice(1) }))).toBe('request.invalid');
  expect(refused(till.startCashOut(ask))).toBe('request.invalid');
});

test('a network that pays out notes alone takes no items, and says so', async () => {
  const { till } = await shop('static', { orders: { externalPosId: 'CAJA07' } });
  const ask = { network: 'mercadopago-orders', amountMinor: NOTES_MINOR, mode: 'dynamic' } as const;
  expect(refused(till.startCashOut({ ...ask, items: ITEMS }))).toBe('purchase.unsupported');
  expect(worked(till.startCashOut(ask)).state).toBe('requested');
});

test.each([
  ['the same', 'CAJA07', 'cash-out.sticker-taken'],
  ['another', 'CAJA08', undefined],
])('two networks at %s point of sale share one sticker, or not', async (_which, externalPosId, code) => {
  const { till, start } = await shop('static', { orders: { externalPosId, mode: 'static' } });
  const first = start();
  const second = till.startCashOut({ network: 'mercadopago-orders', amountMinor: NOTES_MINOR });
  expect(second.ok ? undefined : second.error.code).toBe(code);
  expect(second.ok ? first.id : second.error.values?.['id']).toBe(first.id);
  // A one-time code of either waits nowhere but on its own screen.
  expect(till.startCashOut({ network: 'mercadopago-orders', amountMinor: NOTES_MINOR, mode: 'dynamic' }).ok).toBe(true);
});
