/** Answers that are cut, foreign, stale, changed or unheard of: none is taken for payment, none is forgotten, and no wrong QR is ever shown. */
import { expect, test } from 'vitest';
import { cashOutView } from '../../src-main/bridge/views/cash-out-view.ts';
import { customerView } from '../../src-main/bridge/views/customer-view.ts';
import type { MercadoPagoFault } from '../../src-main/simulators/networks/mercadopago-orders/faults.ts';
import type { Settings } from '../../src-main/core/domain/settings.ts';
import { expectSound, openCases, openShop } from '../support/shop-files.ts';
import { awaitingPayment, current, paid, refused, worked } from '../support/till-bench.ts';
import type { Bench } from '../support/till-bench.ts';

const REQUEST = { network: 'mercadopago-orders', amountMinor: 50_000 } as const;

/** Whatever a person or a customer can be shown of it. */
function shownQr(shop: Bench, id: string): readonly (string | undefined)[] {
  const { context } = shop.till;
  const customer = customerView(context);
  return [cashOutView(context, current(shop, id)).qrData, 'qrData' in customer ? customer.qrData : undefined];
}

function orders(
  settings: Settings,
  change: Partial<NonNullable<Settings['networks']['mercadopago-orders']>>,
): Settings {
  const before = settings.networks['mercadopago-orders'];
  return before ? { ...settings, networks: { 'mercadopago-orders': { ...before, ...change } } } : settings;
}

const withAccount = (settings: Settings): Settings => orders(settings, { userId: '700100200' });

test('the QR is shown byte for byte as the network made it, and only while the order awaits payment (I7)', async () => {
  const shop = await openShop();
  const cashOut = await awaitingPayment(shop);
  const qrData = shop.engine.order(cashOut.externalReference)?.qrData ?? 'none';
  expect(shownQr(shop, cashOut.id)).toEqual([qrData, qrData]);
  worked(shop.till.cancel(cashOut.id));
  expect(shownQr(shop, cashOut.id)).toEqual([undefined, undefined]);
  await shop.settle();
  expect(shownQr(shop, cashOut.id)).toEqual([undefined, undefined]);
  const second = await paid(shop);
  expect(shownQr(shop, second.id)).toEqual([undefined, undefined]);
  expectSound(shop);
});

test.each<[MercadoPagoFault, string]>([
  ['wrong-qr-checksum', 'qr-refused'],
  ['wrong-qr-amount', 'qr-refused'],
  ['another-amount', 'answer-mismatch'],
  ['another-pos', 'answer-mismatch'],
  ['another-user', 'answer-mismatch'],
  ['another-currency', 'answer-mismatch'],
  ['two-cash-outs', 'answer-mismatch'],
  ['unknown-status', 'unknown-answer'],
])('an order made with %s is never shown, is cancelled, and leaves a case: %s', async (fault, kind) => {
  const shop = await openShop({ settings: withAccount });
  const seen: (string | undefined)[] = [];
  shop.till.onChange(({ cashOutIds: [id] }) => {
    if (id !== undefined && shop.till.context.store.cashOut(id)) seen.push(...shownQr(shop, id));
  });
  shop.engine.script({ fault, operation: 'create' });
  const { id } = worked(shop.till.startCashOut(REQUEST));
  await shop.settle();
  expect(shop.events().flatMap((event) => (event.type === 'case.opened' ? [event.case.kind] : []))).toEqual([kind]);
  await shop.settle();
  expect(current(shop, id).state).toBe('cancelled');
  expect(shop.engine.orders().map(({ state }) => state)).toEqual(['canceled']);
  expect(seen.filter((qrData) => qrData !== undefined)).toEqual([]);
  expectSound(shop, true);
});

test('a QR that is missing is asked for once more; missing again, the order is cancelled with a case', async () => {
  const shop = await openShop();
  shop.engine.script({ fault: 'missing-qr', operation: 'create' });
  const found = await awaitingPayment(shop);
  expect(shownQr(shop, found.id)[0]).toBe(shop.engine.order(found.externalReference)?.qrData);
  worked(shop.till.cancel(found.id));
  await shop.settle();

  shop.engine.script({ fault: 'missing-qr', operation: 'create' }, { fault: 'missing-qr', operation: 'read' });
  const { id } = worked(shop.till.startCashOut(REQUEST));
  await shop.settle();
  await shop.settle();
  expect(current(shop, id).state).toBe('cancelled');
  expect(openCases(shop, id)).toEqual(['qr-refused']);
  expectSound(shop, true);
});

test('a QR without an amount, an answer without a currency: both are as the documents allow, and both go on', async () => {
  const shop = await openShop();
  shop.engine.script({ fault: 'no-qr-amount', operation: 'create' });
  const cashOut = await awaitingPayment(shop);
  expect(shownQr(shop, cashOut.id)[0]).toBeDefined();
  shop.engine.script({ fault: 'missing-currency', operation: 'read', count: 'always' });
  shop.engine.customerPays(cashOut.externalReference);
  await shop.settle();
  expect(worked(await shop.till.handOver(cashOut.id)).state).toBe('handing_over');
  worked(shop.till.given(cashOut.id));
  expectSound(shop, true);
});

test('an answer to a create that carries another reference settles nothing, and the right one is found with the same key', async () => {
  const shop = await openShop();
  shop.engine.script({ fault: 'another-reference', operation: 'create' });
  const cashOut = await awaitingPayment(shop);
  expect(cashOut.state).toBe('requested');
  await shop.settle();
  expect(current(shop, cashOut.id).state).toBe('awaiting_payment');
  expect(shop.engine.orders()).toHaveLength(1);
  expectSound(shop);
});

test.each<MercadoPagoFault>([
  'drop-before-commit',
  'drop-after-commit',
  'delay',
  'server-error-before-commit',
  'rate-limited',
  'not-json',
  'cut-body',
  'error-inside-ok',
  'unauthorized',
  'order-not-found',
  'another-order-id',
])('a question that meets %s leaves a waiting and a paid order as they are, and no notes move', async (fault) => {
  const shop = await openShop();
  const waiting = await awaitingPayment(shop);
  const held = await paid(shop);
  shop.engine.script({ fault, operation: 'read', count: 'always', delayMs: fault === 'delay' ? 700 : 0 });
  shop.engine.customerPays(waiting.externalReference);
  await shop.settle();
  expect(current(shop, waiting.id)).toEqual(waiting);
  expect(current(shop, held.id)).toEqual(held);
  expect(refused(await shop.till.handOver(held.id))).toMatch(/^cash-out\.(cannot-check-now|not-paid-now)$/);
  expect(shop.pulses).toEqual([]);
  shop.engine.clearScript();
  await shop.settle();
  expect(current(shop, waiting.id).state).toBe('paid');
  expect(worked(await shop.till.handOver(held.id)).state).toBe('handing_over');
  expectSound(shop);
});

test.each<[MercadoPagoFault, string]>([
  ['another-amount', 'answer-mismatch'],
  ['another-pos', 'answer-mismatch'],
  ['another-user', 'answer-mismatch'],
  ['another-currency', 'answer-mismatch'],
  ['another-reference', 'answer-mismatch'],
  ['two-cash-outs', 'answer-mismatch'],
  ['unknown-status', 'unknown-answer'],
  ['cash-out-not-processed', 'unknown-answer'],
])(
  'a paid order that answers with %s is not paid: a case (%s), no notes, until the network is clear',
  async (fault, kind) => {
    const shop = await openShop({ settings: withAccount });
    const waiting = await awaitingPayment(shop);
    const held = await paid(shop);
    shop.engine.customerPays(waiting.externalReference);
    shop.engine.script({ fault, operation: 'read', count: 'always' });
    await shop.settle();
    expect(current(shop, waiting.id).state).toBe('awaiting_payment');
    expect(openCases(shop, waiting.id)).toEqual([kind]);
    expect(refused(await shop.till.handOver(held.id))).toBe('cash-out.not-paid-now');
    expect(shop.pulses).toEqual([]);
    shop.engine.clearScript();
    await shop.settle();
    expect(current(shop, waiting.id).state).toBe('paid');
    expect(openCases(shop)).toEqual([]);
    worked(await shop.till.handOver(held.id));
    worked(shop.till.given(held.id));
    worked(shop.till.giveBack(waiting.id, 'customer left'));
    expectSound(shop);
  },
);

test('a stale answer after the newer one moves nothing back, and hands nothing over', async () => {
  const shop = await openShop();
  const cashOut = await awaitingPayment(shop);
  shop.advance(2_000);
  shop.engine.customerPays(cashOut.externalReference);
  await shop.settle();
  shop.engine.script({ fault: 'stale-answer', operation: 'read', count: 3 });
  await shop.settle();
  expect(current(shop, cashOut.id).state).toBe('paid');
  expect(refused(await shop.till.handOver(cashOut.id))).toBe('cash-out.not-paid-now');
  shop.engine.clearScript();
  expect(worked(await shop.till.handOver(cashOut.id)).state).toBe('handing_over');
  expectSound(shop);
});

test.each(['detail-processed', 'detail-accredited'] as const)('both spellings of paid are paid: %s', async (fault) => {
  const shop = await openShop();
  shop.engine.script({ fault, operation: 'read', count: 'always' });
  const cashOut = await paid(shop);
  worked(await shop.till.handOver(cashOut.id));
  expect(worked(shop.till.given(cashOut.id)).state).toBe('settled');
  expectSound(shop, true);
});

test.each(['canceled', 'cancelled'] as const)(
  'both spellings of cancelled end the order: %s',
  async (canceledSpelling) => {
    const shop = await openShop({ simulator: { canceledSpelling } });
    const { id } = await awaitingPayment(shop);
    worked(shop.till.cancel(id));
    await shop.settle();
    expect(current(shop, id).state).toBe('cancelled');
    expectSound(shop, true);
  },
);

test('a payer who changed the amount has paid something else: no notes, a case, and the till keeps asking', async () => {
  const shop = await openShop();
  const cashOut = await awaitingPayment(shop);
  expect(shop.engine.customerPays(cashOut.externalReference, { amount: '400.00', force: true }).ok).toBe(true);
  await shop.settle();
  await shop.settle();
  expect(current(shop, cashOut.id).state).toBe('awaiting_payment');
  expect(openCases(shop)).toEqual(['answer-mismatch']);
  expect(refused(await shop.till.handOver(cashOut.id))).toBe('cash-out.wrong-state');
  expect(shop.pulses).toEqual([]);
  expectSound(shop, true);
});

test('an order that the network does not show yet is asked for again; one that it never shows is a case', async () => {
  const shop = await openShop();
  shop.engine.script({ fault: 'hidden-after-create', operation: 'create', afterMs: 400 });
  const cashOut = await awaitingPayment(shop);
  expect(cashOut.state).toBe('awaiting_payment');
  await new Promise((resolve) => setTimeout(resolve, 420));
  shop.engine.customerPays(cashOut.externalReference);
  await shop.settle();
  expect(current(shop, cashOut.id).state).toBe('paid');
  shop.engine.script({ fault: 'order-not-found', operation: 'read', count: 'always' });
  for (let turn = 0; turn < 6; turn += 1) await shop.settle();
  expect(openCases(shop)).toEqual(['order-lost']);
  expectSound(shop, true);
});

test('money that goes back through the seller’s panel behind the till’s back ends a paid cash-out without notes', async () => {
  const shop = await openShop({ simulator: { refundTakesMs: 0 } });
  const cashOut = await paid(shop);
  shop.engine.sellerRefunds(cashOut.externalReference);
  await shop.settle();
  await shop.settle();
  expect(current(shop, cashOut.id)).toMatchObject({ state: 'returned', reason: 'by-the-network' });
  expect(refused(await shop.till.handOver(cashOut.id))).toBe('cash-out.wrong-state');
  expectSound(shop, true);
});

test('a sticker scanned for an order whose making was never answered is found: paid, and asked for a decision when it was to be cancelled', async () => {
  const shop = await openShop({
    settings: (settings) => orders(settings, { mode: 'static' }),
    simulator: { replay: 'current' },
  });
  shop.engine.script({ fault: 'drop-after-commit', operation: 'create' });
  const { id } = worked(shop.till.startCashOut(REQUEST));
  await shop.settle();
  expect(refused(shop.till.startCashOut(REQUEST))).toBe('cash-out.sticker-taken');
  worked(shop.till.cancel(id));
  expect(shop.engine.customerScansSticker('SUC01CAJA07').ok).toBe(true);
  await shop.settle();
  expect(current(shop, id).state).toBe('paid');
  expect(openCases(shop)).toEqual(['late-payment']);
  expectSound(shop, true);
});
