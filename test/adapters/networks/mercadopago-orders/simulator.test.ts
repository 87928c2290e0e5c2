/** Adapter and simulator meet over loopback: two readings of the same documents, made apart, must understand each other. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MercadoPagoOrders } from '../../../../src-main/adapters/networks/mercadopago-orders/mercadopago-orders.ts';
import type { Delivery, Reading } from '../../../../src-main/core/application/ports/payment-network.ts';
import type { Order, Terms } from '../../../../src-main/core/domain/cash-out.ts';
import type { OrderFact, QrMode } from '../../../../src-main/core/domain/network.ts';
import type { Country } from '../../../../src-main/core/domain/settings.ts';
import { createMercadoPagoEngine } from '../../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import type {
  MercadoPagoEngine,
  MercadoPagoScriptEntry,
} from '../../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import { createMercadoPagoServer } from '../../../../src-main/simulators/networks/mercadopago-orders/server.ts';
import { COUNTRIES } from '../../../../src-main/adapters/networks/mercadopago-orders/countries.ts';
import { createRequestOf, TERMS, till, TOKEN } from './bench.ts';

let engine: MercadoPagoEngine;
let server: Awaited<ReturnType<typeof createMercadoPagoServer>>;
let network: MercadoPagoOrders;
let aheadMs = 0;
let orders = 0;

beforeEach(async () => {
  aheadMs = 0;
  engine = createMercadoPagoEngine({ seed: 7, nowMs: () => Date.now() + aheadMs, settings: { refundTakesMs: 3_000 } });
  server = await createMercadoPagoServer(engine);
  network = till({ baseUrl: server.baseUrl }, { commandDeadlineMs: 300, readDeadlineMs: 300 });
});
afterEach(async () => {
  network.close();
  await server.close();
});

type CashOut = Readonly<{ terms: Terms; request: ReturnType<typeof createRequestOf>; key: string }>;

function newCashOut(changes: Partial<Terms> = {}): CashOut {
  orders += 1;
  const terms = { ...TERMS, externalReference: `COT${String(orders).padStart(10, '0')}`, ...changes };
  return { terms, request: createRequestOf(network, terms), key: `key-create-${orders}` };
}

function create({ terms, request, key }: CashOut): Promise<Delivery> {
  return network.deliver({ request, idempotencyKey: key, terms });
}

function cancel(terms: Terms, order: Order, key = `key-cancel-${orders}`): Promise<Delivery> {
  return network.deliver({ request: network.prepareCancel(terms, order), idempotencyKey: key, terms, order });
}

function refund(terms: Terms, order: Order, key = `key-refund-${orders}`): Promise<Delivery> {
  return network.deliver({
    request: network.prepareRefund(terms, order, { paidAtMs: 0, amountMinor: terms.amountMinor }, 'asked'),
    idempotencyKey: key,
    terms,
    order,
  });
}

function factIn(outcome: Delivery | Reading): OrderFact {
  if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome));
  return outcome.fact;
}

function orderOf(fact: OrderFact): Order {
  const { networkOrderId, qrData } = fact;
  return { networkOrderId, ...(qrData !== undefined && { qrData }), offeredAtMs: 0, expiresAtMs: 0 };
}

async function offered(changes: Partial<Terms> = {}): Promise<{ terms: Terms; order: Order }> {
  const cashOut = newCashOut(changes);
  return { terms: cashOut.terms, order: orderOf(factIn(await create(cashOut))) };
}

async function statusOf(terms: Terms, order: Order): Promise<string> {
  const { status, problems } = factIn(await network.read(terms, order));
  return problems.length === 0 ? status : `${status}, but ${problems.join(', ')}`;
}

function nextFault(entry: MercadoPagoScriptEntry): void {
  engine.script(entry);
}

test.each<Country>(['AR', 'BR', 'CL', 'MX', 'UY'])('%s: created, shown, paid, refunded', async (country) => {
  engine.change({ country });
  network = till({ baseUrl: server.baseUrl, country });
  const { currency } = COUNTRIES[country];
  const { terms, order } = await offered({ currency, amountMinor: 500_000 });

  expect(network.checkQr(terms, order.qrData ?? '')).toEqual({ verdict: 'good' });
  expect(await statusOf(terms, order)).toBe('awaiting');
  engine.customerPays(order.networkOrderId);
  const paid = factIn(await network.read(terms, order));
  expect(paid).toMatchObject({ status: 'paid', amountMinor: 500_000, currency, problems: [] });
  expect(paid.paymentReference).toMatch(/^\d+$/);

  expect(factIn(await refund(terms, order))).toMatchObject({ status: 'returning', problems: [] });
  expect(await statusOf(terms, order)).toBe('returning');
  aheadMs += 3_500;
  expect(await statusOf(terms, order)).toBe('returned');
});

test.each<[QrMode, boolean]>([
  ['dynamic', true],
  ['hybrid', true],
  ['static', false],
])('a %s order comes with a QR of its own: %s', async (mode, hasQr) => {
  const { terms, order } = await offered({ mode });
  expect(order.qrData !== undefined).toBe(hasQr);
  expect(await statusOf(terms, order)).toBe('awaiting');
});

test('an order is cancelled; asked again with the same key, the answer is the same; with another, it is a conflict', async () => {
  const { terms, order } = await offered();
  expect(factIn(await cancel(terms, order))).toMatchObject({ status: 'cancelled', problems: [] });
  expect(factIn(await cancel(terms, order))).toMatchObject({ status: 'cancelled', problems: [] });
  expect(await cancel(terms, order, 'another-key')).toMatchObject({ kind: 'conflict', code: 'order_already_canceled' });
  expect(await statusOf(terms, order)).toBe('cancelled');
});

test('an order expires when the network says so', async () => {
  const { terms, order } = await offered({ lifetimeMs: 60_000 });
  aheadMs += 59_000;
  expect(await statusOf(terms, order)).toBe('awaiting');
  aheadMs += 2_000;
  expect(await statusOf(terms, order)).toBe('expired');
});

test('money that comes one moment before the end, or after it, is paid all the same', async () => {
  const early = await offered({ lifetimeMs: 60_000 });
  aheadMs += 59_500;
  engine.customerPays(early.order.networkOrderId);
  aheadMs += 5_000;
  expect(await statusOf(early.terms, early.order)).toBe('paid');

  const late = await offered();
  await cancel(late.terms, late.order);
  engine.customerPays(late.order.networkOrderId, { force: true });
  expect(await statusOf(late.terms, late.order)).toBe('paid');
});

test.each<[string, MercadoPagoScriptEntry, string]>([
  ['an error after', { fault: 'server-error-after-commit' }, 'internal_error'],
  ['a gateway’s error after', { fault: 'server-error-after-commit', status: 504 }, 'http-504'],
  ['an error inside a 200', { fault: 'error-inside-ok' }, 'internal_error-inside-200'],
  ['a key that could not be checked', { fault: 'idempotency-validation-failed' }, 'idempotency_validation_failed'],
])(
  '%s: every command is in doubt, and the same bytes with the same key settle it with one order',
  async (_what, fault, cause) => {
    const cashOut = newCashOut();
    const { terms } = cashOut;
    nextFault({ ...fault, operation: 'create' });
    expect(await create(cashOut)).toMatchObject({ kind: 'unknown', cause });
    const order = orderOf(factIn(await create(cashOut)));
    expect(engine.orders()).toHaveLength(1);

    nextFault({ ...fault, operation: 'cancel' });
    expect(await cancel(terms, order)).toMatchObject({ kind: 'unknown', cause });
    expect(factIn(await cancel(terms, order))).toMatchObject({ status: 'cancelled' });

    const other = await offered();
    engine.customerPays(other.order.networkOrderId);
    nextFault({ ...fault, operation: 'refund' });
    expect(await refund(other.terms, other.order)).toMatchObject({ kind: 'unknown', cause });
    expect(factIn(await refund(other.terms, other.order))).toMatchObject({ status: 'returning' });
  },
);

test('too slow an answer: in doubt, then busy while the network is still at it, then settled with one order', async () => {
  const cashOut = newCashOut();
  nextFault({ fault: 'delay', operation: 'create', delayMs: 2_000 });
  expect(await create(cashOut)).toEqual({ kind: 'unknown', cause: 'timeout' });
  expect(await create(cashOut)).toMatchObject({ kind: 'busy', code: 'resource_locked', evidence: { httpStatus: 423 } });
  aheadMs += 2_500;
  expect(factIn(await create(cashOut))).toMatchObject({ status: 'awaiting', problems: [] });
  expect(engine.orders()).toHaveLength(1);
});

test.each<[string, MercadoPagoScriptEntry, Partial<Reading>]>([
  ['an error inside a 200', { fault: 'error-inside-ok' }, { kind: 'unreadable', detail: 'internal_error-inside-200' }],
  [
    'too many requests',
    { fault: 'rate-limited', retryAfterSeconds: 4 },
    { kind: 'busy', code: 'too_many_requests', retryAfterMs: 4_000 },
  ],
  ['a bad token', { fault: 'unauthorized' }, { kind: 'unauthorized' }],
  ['not found yet', { fault: 'order-not-found' }, { kind: 'not-found' }],
])('asking meets "%s": no state is learnt, and the next answer is good again', async (_what, fault, reading) => {
  const { terms, order } = await offered();
  engine.customerPays(order.networkOrderId);
  nextFault({ ...fault, operation: 'read' });
  expect(await network.read(terms, order)).toMatchObject(reading);
  expect(await statusOf(terms, order)).toBe('paid');
});

test.each<[string, MercadoPagoScriptEntry, Partial<Delivery>]>([
  [
    'a seller without the product',
    { fault: 'seller-not-enabled' },
    { kind: 'refused', code: 'seller_configuration', blocksNetwork: true },
  ],
  [
    'an unknown point of sale',
    { fault: 'pos-not-found' },
    { kind: 'refused', code: 'pos_not_found', blocksNetwork: true },
  ],
  ['a bad token', { fault: 'unauthorized' }, { kind: 'unauthorized' }],
  ['a locked key', { fault: 'resource-locked' }, { kind: 'busy', code: 'resource_locked' }],
  ['too many requests', { fault: 'rate-limited', retryAfterSeconds: 2 }, { kind: 'busy', retryAfterMs: 2_000 }],
  ['a key of another request', { fault: 'idempotency-key-used' }, { kind: 'key-conflict' }],
])('a create meets %s: no order is made', async (_what, fault, delivery) => {
  nextFault({ ...fault, operation: 'create' });
  expect(await create(newCashOut())).toMatchObject(delivery);
  expect(engine.orders()).toEqual([]);
});

test('the same key with other bytes is a conflict of keys, not an order', async () => {
  const first = newCashOut();
  await create(first);
  expect(await create({ ...newCashOut(), key: first.key })).toMatchObject({
    kind: 'key-conflict',
    code: 'idempotency_key_already_used',
  });
  expect(engine.orders()).toHaveLength(1);
});

test('a reference that was used before is refused', async () => {
  const first = newCashOut();
  await create(first);
  expect(await create({ ...first, key: 'fresh-key' })).toMatchObject({
    kind: 'refused',
    code: 'property_value',
    blocksNetwork: false,
  });
});

test('a customer who is paying just now keeps the order from being cancelled', async () => {
  const { terms, order } = await offered();
  engine.customerStartsPaying(order.networkOrderId);
  expect(await cancel(terms, order)).toMatchObject({ kind: 'busy', code: 'instore_order_locked_error' });
  engine.customerPays(order.networkOrderId);
  expect(await cancel(terms, order)).toMatchObject({ kind: 'conflict' });
  expect(await statusOf(terms, order)).toBe('paid');
});

test('a payment that overtakes the cancel is paid', async () => {
  const { terms, order } = await offered();
  nextFault({ fault: 'customer-pays-first', operation: 'cancel' });
  expect(await cancel(terms, order)).toMatchObject({ kind: 'conflict', code: 'cannot_cancel_order' });
  expect(await statusOf(terms, order)).toBe('paid');
});

test.each<[MercadoPagoScriptEntry['fault'], string]>([
  [
    'another-amount',
    'unclear, but total amount: asked 50000, answered 60000 minor units, cash-out amount: asked 50000, answered 60000 minor units',
  ],
  ['another-pos', 'unclear, but point of sale: asked SUC01CAJA07, answered ANOTHERPOS'],
  ['another-user', 'unclear, but account: asked 700100200, answered 999999999'],
  ['another-currency', 'unclear, but currency: asked MXN, answered ARS'],
  ['two-cash-outs', 'unclear, but 2 cash-outs in it'],
  ['unknown-status', 'unclear'],
  ['cash-out-not-processed', 'unclear'],
  ['stale-answer', 'awaiting'],
  ['missing-currency', 'paid'],
  ['detail-processed', 'paid'],
  ['detail-accredited', 'paid'],
])('a paid order answered with "%s" reads as: %s', async (fault, status) => {
  const { terms, order } = await offered();
  engine.customerPays(order.networkOrderId);
  nextFault({ fault, operation: 'read' });
  expect(await statusOf(terms, order)).toBe(status);
});

test.each<MercadoPagoScriptEntry['fault']>(['another-order-id', 'another-reference'])(
  'a paid order answered with "%s" is not believed',
  async (fault) => {
    const { terms, order } = await offered();
    engine.customerPays(order.networkOrderId);
    nextFault({ fault, operation: 'read' });
    expect(await statusOf(terms, order)).toMatch(/^unclear, but (order id|external reference): asked /);
  },
);

test.each<[MercadoPagoScriptEntry['fault'], string]>([
  ['wrong-qr-checksum', 'block'],
  ['wrong-qr-amount', 'block'],
  ['no-qr-amount', 'good'],
])('a create answered with "%s": the QR is %s', async (fault, verdict) => {
  nextFault({ fault, operation: 'create' });
  const { terms, order } = await offered();
  expect(network.checkQr(terms, order.qrData ?? '')).toMatchObject({ verdict });
});

test('an order without its QR is read once more and has it then', async () => {
  nextFault({ fault: 'missing-qr', operation: 'create' });
  const { terms, order } = await offered();
  expect(order.qrData).toBeUndefined();
  expect(factIn(await network.read(terms, order)).qrData).toMatch(/^000201/);
});

test('either spelling of cancelled', async () => {
  engine.change({ canceledSpelling: 'cancelled' });
  const { terms, order } = await offered();
  expect(factIn(await cancel(terms, order)).status).toBe('cancelled');
  expect(await statusOf(terms, order)).toBe('cancelled');
});

test('an order is not found for a moment after its creation', async () => {
  nextFault({ fault: 'hidden-after-create', operation: 'create', afterMs: 2_000 });
  const { terms, order } = await offered();
  expect(await network.read(terms, order)).toMatchObject({ kind: 'not-found' });
  aheadMs += 2_500;
  expect(await statusOf(terms, order)).toBe('awaiting');
});

test('a refund fails, sticks, runs already, or comes too late', async () => {
  const failing = await offered();
  engine.customerPays(failing.order.networkOrderId);
  nextFault({ fault: 'refund-fails', operation: 'refund' });
  await refund(failing.terms, failing.order);
  aheadMs += 4_000;
  expect(await statusOf(failing.terms, failing.order)).toBe('return-failed');

  const sticking = await offered();
  engine.customerPays(sticking.order.networkOrderId);
  nextFault({ fault: 'refund-sticks', operation: 'refund' });
  await refund(sticking.terms, sticking.order);
  aheadMs += 60_000;
  expect(await statusOf(sticking.terms, sticking.order)).toBe('returning');
  expect(await refund(sticking.terms, sticking.order, 'k2')).toMatchObject({
    kind: 'busy',
    code: 'refund_in_progress',
  });
  engine.endRefund(sticking.order.networkOrderId, 'processed');
  expect(await statusOf(sticking.terms, sticking.order)).toBe('returned');
  expect(await refund(sticking.terms, sticking.order, 'k3')).toMatchObject({
    kind: 'conflict',
    code: 'order_already_refunded',
  });

  const late = await offered();
  engine.customerPays(late.order.networkOrderId);
  aheadMs += 73 * 3_600_000;
  expect(await refund(late.terms, late.order)).toMatchObject({
    kind: 'refused',
    code: 'in_store_payment_refund_order',
    blocksNetwork: false,
  });
});

test('the seller returns the money behind the till’s back', async () => {
  const { terms, order } = await offered();
  engine.customerPays(order.networkOrderId);
  engine.sellerRefunds(order.networkOrderId);
  expect(await statusOf(terms, order)).toBe('returning');
});

test('a refund of an unpaid order is a conflict', async () => {
  const { terms, order } = await offered();
  expect(await refund(terms, order)).toMatchObject({ kind: 'conflict', code: 'invalid_order_status' });
});

test('a token that is revoked in the middle stops everything, and a good one lets it go on', async () => {
  const { terms, order } = await offered();
  engine.revokeToken(TOKEN);
  expect(await network.read(terms, order)).toMatchObject({ kind: 'unauthorized' });
  expect(await cancel(terms, order)).toMatchObject({ kind: 'unauthorized' });
  engine.restoreToken(TOKEN);
  expect(await statusOf(terms, order)).toBe('awaiting');
});

test('a payer who may choose the amount (Brazil) is never paid out another one', async () => {
  engine.change({ country: 'BR' });
  network = till({ baseUrl: server.baseUrl, country: 'BR' });
  const { terms, order } = await offered({ currency: 'BRL' });
  engine.customerPays(order.networkOrderId, { amount: '300.00', force: true });
  expect(await statusOf(terms, order)).toMatch(/^unclear, but total amount: asked 50000, answered 30000/);
});

test('a network that is down answers nothing, and works again when it is up', async () => {
  const { terms, order } = await offered();
  engine.setNetwork('down');
  expect(await network.read(terms, order)).toMatchObject({ kind: 'unreachable' });
  expect(await cancel(terms, order)).toMatchObject({ kind: 'unknown', cause: 'reset' });
  engine.setNetwork('up');
  expect(factIn(await cancel(terms, order)).status).toBe('cancelled');
});
