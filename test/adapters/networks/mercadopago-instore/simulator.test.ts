/** Adapter and simulator meet over loopback: two readings of the same documents, made apart, must understand each other. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Delivery, PaymentNetwork, Reading } from '../../../../src-main/core/application/ports/payment-network.ts';
import type { Order, Payment, Terms } from '../../../../src-main/core/domain/cash-out.ts';
import type { OrderFact, QrMode } from '../../../../src-main/core/domain/network.ts';
import { createInstoreEngine } from '../../../../src-main/simulators/networks/mercadopago-instore/engine.ts';
import type {
  InstoreEngine,
  InstoreScriptEntry,
} from '../../../../src-main/simulators/networks/mercadopago-instore/engine.ts';
import { createInstoreServer } from '../../../../src-main/simulators/networks/mercadopago-instore/server.ts';
import { machineClock } from '../machine.ts';
import { createRequestOf, KEY, TERMS, till } from './bench.ts';

const MODES: readonly QrMode[] = ['static', 'dynamic', 'hybrid'];
const CREATE_OF = { static: 'put-order', dynamic: 'make-qr', hybrid: 'make-hybrid' } as const;

let engine: InstoreEngine;
let server: Awaited<ReturnType<typeof createInstoreServer>>;
let network: PaymentNetwork;
let aheadMs = 0;
let orders = 0;
const now = (): number => Date.now() + aheadMs;

beforeEach(async () => {
  aheadMs = 0;
  engine = createInstoreEngine({ seed: 7, nowMs: now, settings: { hybridAnswer: 'with-data' } });
  server = await createInstoreServer(engine);
  network = till(
    { baseUrl: server.baseUrl },
    { commandDeadlineMs: 300, readDeadlineMs: 300, clock: { ...machineClock, nowMs: now } },
  );
});
afterEach(async () => {
  network.close();
  await server.close();
});

function termsFor(mode: QrMode): Terms {
  orders += 1;
  return { ...TERMS, mode, externalReference: `COT${String(orders).padStart(10, '0')}`, requestedAtMs: now() };
}

function create(terms: Terms): Promise<Delivery> {
  return network.deliver({ request: createRequestOf(network, terms), idempotencyKey: KEY, terms });
}

type Offered = Readonly<{ terms: Terms; order: Order }>;

async function offered(mode: QrMode = 'static'): Promise<Offered> {
  const terms = termsFor(mode);
  return { terms, order: orderOf(terms, factIn(await create(terms))) };
}

function orderOf({ lifetimeMs }: Terms, { networkOrderId, qrData }: OrderFact): Order {
  const qr = qrData === undefined ? {} : { qrData };
  return { networkOrderId, ...qr, offeredAtMs: now(), expiresAtMs: now() + lifetimeMs };
}

function factIn(outcome: Delivery | Reading): OrderFact {
  if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome));
  return outcome.fact;
}

async function factNow({ terms, order }: Offered): Promise<OrderFact> {
  return factIn(await network.read(terms, order));
}

function cancel({ terms, order }: Offered): Promise<Delivery> {
  return network.deliver({ request: network.prepareCancel(terms, order), idempotencyKey: KEY, terms, order });
}

async function paid(mode: QrMode = 'static'): Promise<Offered & { payment: Payment }> {
  const cashOut = await offered(mode);
  expect(engine.customerPays(cashOut.terms.externalReference)).toMatchObject({ ok: true });
  const { amountMinor, confirmationId, confirmByMs } = await factNow(cashOut);
  if (confirmationId === undefined || confirmByMs === undefined) throw new Error('no third leg to go');
  return { ...cashOut, payment: { paidAtMs: now(), amountMinor: amountMinor ?? 0, confirmationId, confirmByMs } };
}

function thirdLeg(leg: 'prepareConfirm' | 'prepareRefund') {
  return ({ terms, order, payment }: Offered & { payment: Payment }): Promise<Delivery> =>
    network.deliver({ request: network[leg](terms, order, payment, 'asked'), idempotencyKey: KEY, terms, order });
}
const confirm = thirdLeg('prepareConfirm');
const giveBack = thirdLeg('prepareRefund');

function stateOf({ terms }: Offered): string | undefined {
  return engine.order(terms.externalReference)?.merchantOrders.at(-1)?.state;
}

test.each(MODES)('%s: offered, paid, notes given, confirmed', async (mode) => {
  const cashOut = await offered(mode);
  const { qrData } = cashOut.order;
  const verdict = qrData === undefined ? 'no code' : network.checkQr(cashOut.terms, qrData).verdict;
  expect(verdict).toBe(mode === 'static' ? 'no code' : 'good');
  expect(await factNow(cashOut)).toMatchObject({ status: 'awaiting', problems: [] });
  engine.customerScans(cashOut.terms.externalReference);
  expect(await factNow(cashOut)).toMatchObject({ status: 'awaiting', problems: [] });
  engine.customerPays(cashOut.terms.externalReference);
  const fact = await factNow(cashOut);
  expect(fact).toMatchObject({ status: 'paid', amountMinor: 2_000_000, currency: 'ARS', problems: [] });
  const { confirmationId = '', confirmByMs = 0 } = fact;
  expect(Math.abs(confirmByMs - now() - 300_000)).toBeLessThan(5_000);

  const payment = { paidAtMs: now(), amountMinor: 2_000_000, confirmationId, confirmByMs };
  expect(await confirm({ ...cashOut, payment })).toMatchObject({ kind: 'answered', fact: { confirmationId } });
  expect(stateOf(cashOut)).toBe('confirmed');
  expect((await factNow(cashOut)).status).toBe('paid');
});

test.each(MODES)('%s: paid, no notes given, the money goes back', async (mode) => {
  const cashOut = await paid(mode);
  expect(factIn(await giveBack(cashOut))).toMatchObject({ status: 'returning', problems: [] });
  aheadMs += 3_500;
  expect(await factNow(cashOut)).toMatchObject({ status: 'returned', amountMinor: 2_000_000, problems: [] });
  expect(await giveBack(cashOut)).toMatchObject({ kind: 'conflict', code: 'already_notified' });
  expect(await confirm(cashOut)).toMatchObject({ kind: 'refused', code: 'already_notified' });
});

test('money that nobody confirms in time is seen to have gone back', async () => {
  const cashOut = await paid();
  aheadMs += 300_000 + 10_000;
  engine.advance();
  aheadMs += 5_000;
  expect((await factNow(cashOut)).status).toBe('returned');
  expect(await confirm(cashOut)).toMatchObject({ kind: 'refused', code: 'already_notified', blocksNetwork: false });
});

test('after the confirmation nothing goes back', async () => {
  const cashOut = await paid();
  await confirm(cashOut);
  expect(await giveBack(cashOut)).toMatchObject({ kind: 'refused', code: 'already_confirmed' });
  expect(stateOf(cashOut)).toBe('confirmed');
});

test.each(['static', 'hybrid'] as const)('%s: deleted, and nobody paid: cancelled', async (mode) => {
  const cashOut = await offered(mode);
  engine.customerScans(cashOut.terms.externalReference);
  expect(factIn(await cancel(cashOut))).toMatchObject({ status: 'cancelled', problems: [] });
  expect(await cancel(cashOut)).toMatchObject({ kind: 'conflict', code: 'in_store_order_delete_error' });
});

test('a dynamic order ends by itself, and its cancel leaves the next customer’s order on the sticker', async () => {
  const dynamic = await offered('dynamic');
  const next = await offered('static');
  expect(await cancel(dynamic)).toMatchObject({ kind: 'busy' });
  expect(engine.order(next.terms.externalReference)?.state).toBe('waiting');
  aheadMs += 300_000 + 121_000;
  expect(factIn(await cancel(dynamic)).status).toBe('expired');
});

test('a customer who is paying keeps the order from being deleted; a payment that overtakes the delete is paid', async () => {
  const cashOut = await offered();
  engine.customerStartsPaying(cashOut.terms.externalReference);
  expect(await cancel(cashOut)).toMatchObject({ kind: 'conflict' });
  engine.customerPays(cashOut.terms.externalReference);
  expect(await cancel(cashOut)).toMatchObject({ kind: 'conflict' });
  expect((await factNow(cashOut)).status).toBe('paid');

  const other = await offered();
  engine.script({ fault: 'customer-pays-after', operation: 'delete-order' });
  expect(factIn(await cancel(other)).status).toBe('paid');
});

test.each(MODES)('%s: a till whose clock somebody sets calls nothing expired that can still be paid', async (mode) => {
  const cashOut = await offered(mode);
  const hasty = till(
    { baseUrl: server.baseUrl },
    { clock: { ...machineClock, nowMs: () => now() + 3_600_000 }, readDeadlineMs: 300 },
  );
  expect(factIn(await hasty.read(cashOut.terms, cashOut.order)).status).toBe('awaiting');
  const slow = till(
    { baseUrl: server.baseUrl },
    { clock: { ...machineClock, nowMs: () => now() - 3_600_000 }, readDeadlineMs: 300 },
  );
  aheadMs += 300_000 + 121_000;
  expect(factIn(await slow.read(cashOut.terms, cashOut.order)).status).toBe('expired');
  hasty.close();
  slow.close();
});

test.each(MODES)('%s: money that comes after the end is paid all the same', async (mode) => {
  const cashOut = await offered(mode);
  aheadMs += 300_000 + 121_000;
  expect((await factNow(cashOut)).status).toBe('expired');
  engine.customerPays(cashOut.terms.externalReference, { force: true });
  expect(await factNow(cashOut)).toMatchObject({ status: 'paid', problems: [] });
});

const CAUSES = ['asked', 'out-of-time', 'late-payment', 'no-connection', 'drawer-failed'] as const;
const DIALECTS = [
  {},
  { failDetailSpelling: 'two-m' },
  { failDetailSpelling: 'either' },
  { acceptsFail: false },
] as const;

test.each(CAUSES.flatMap((cause) => DIALECTS.map((dialect) => [cause, dialect] as const)))(
  'money goes back because of %s, whatever words this network knows: %o',
  async (cause, dialect) => {
    engine.change(dialect);
    const { terms, order, payment } = await paid();
    const request = network.prepareRefund(terms, order, payment, cause);
    const delivery = await network.deliver({ request, idempotencyKey: KEY, terms, order });
    expect(factIn(delivery)).toMatchObject({ status: 'returning', problems: [] });
    expect(stateOf({ terms, order })).toBe('returning');
  },
);

test.each(MODES)('%s: paid twice is for a person', async (mode) => {
  const cashOut = await offered(mode);
  engine.customerPaysTwice(cashOut.terms.externalReference);
  expect(await factNow(cashOut)).toMatchObject({
    status: 'unclear',
    problems: ['2 merchant orders have money in them: paid more than once'],
  });
});

/** What the line itself can do to a request is the suite's business; these the network does. */
const LOST: readonly [string, Omit<InstoreScriptEntry, 'operation'>][] = [
  ['an error after', { fault: 'server-error-after-commit' }],
  ['a gateway’s error after', { fault: 'server-error-after-commit', status: 504 }],
  ['an error inside a 200', { fault: 'error-inside-ok' }],
];

test.each(LOST.flatMap(([what, fault]) => MODES.map((mode) => [mode, what, fault] as const)))(
  '%s, %s: an order in doubt is asked for and made again, and the customer pays one',
  async (mode, _what, fault) => {
    const terms = termsFor(mode);
    engine.script({ ...fault, operation: CREATE_OF[mode] });
    expect((await create(terms)).kind).toBe('unknown');
    const fact = factIn(await create(terms));
    expect(fact).toMatchObject({ status: 'awaiting', problems: [] });
    const cashOut = { terms, order: orderOf(terms, fact) };
    expect(engine.orders().filter(({ state }) => state === 'waiting').length).toBeLessThanOrEqual(
      mode === 'dynamic' ? 2 : 1,
    );
    engine.customerPays(fact.qrData ?? terms.externalReference);
    expect(await factNow(cashOut)).toMatchObject({ status: 'paid', problems: [] });
  },
);

test.each(['static', 'hybrid'] as const)(
  '%s: paid while the answer was lost: no second order is made',
  async (mode) => {
    const terms = termsFor(mode);
    engine.script({ fault: 'drop-after-commit', operation: CREATE_OF[mode] });
    expect((await create(terms)).kind).toBe('unknown');
    engine.customerPays(terms.externalReference);
    expect(factIn(await create(terms))).toMatchObject({ status: 'paid', problems: [] });
    expect(engine.orders()).toHaveLength(1);
  },
);

test.each(LOST)('%s: the third leg is in doubt, and the same bytes settle it', async (_what, fault) => {
  const given = await paid();
  engine.script({ ...fault, operation: 'confirm' });
  expect((await confirm(given)).kind).toBe('unknown');
  expect(await confirm(given)).toMatchObject({ kind: 'answered' });
  expect(stateOf(given)).toBe('confirmed');

  const kept = await paid();
  engine.script({ ...fault, operation: 'confirm' });
  expect((await giveBack(kept)).kind).toBe('unknown');
  expect(['answered', 'conflict']).toContain((await giveBack(kept)).kind);
  aheadMs += 3_500;
  expect((await factNow(kept)).status).toBe('returned');
});

test.each<[string, InstoreScriptEntry, Partial<Delivery>]>([
  ['the window ends first', { fault: 'window-ends-first' }, { kind: 'refused', code: 'already_notified' }],
  ['a detail is refused', { fault: 'detail-refused' }, { kind: 'refused', code: 'invalid_status_detail' }],
  ['a bad token', { fault: 'unauthorized' }, { kind: 'unauthorized' }],
  ['too many requests', { fault: 'rate-limited', retryAfterSeconds: 2 }, { kind: 'busy', retryAfterMs: 2_000 }],
])('a confirmation meets "%s"', async (_what, fault, delivery) => {
  const cashOut = await paid();
  engine.script({ ...fault, operation: 'confirm' });
  expect(await confirm(cashOut)).toMatchObject(delivery);
});

test.each<[string, InstoreScriptEntry, Partial<Delivery>]>([
  ['a bad token', { fault: 'unauthorized' }, { kind: 'unauthorized' }],
  ['too many requests', { fault: 'rate-limited', retryAfterSeconds: 2 }, { kind: 'busy', retryAfterMs: 2_000 }],
  ['a failing creation', { fault: 'creation-fails' }, { kind: 'unknown', cause: 'in_store_order_creation_error' }],
])('a create meets %s: no order is made', async (_what, fault, delivery) => {
  for (const mode of MODES) {
    engine.script({ ...fault, operation: CREATE_OF[mode] });
    expect(await create(termsFor(mode))).toMatchObject(delivery);
  }
  expect(engine.orders()).toEqual([]);
});

test.each<[string, InstoreScriptEntry, Partial<Reading>]>([
  ['an error inside a 200', { fault: 'error-inside-ok' }, { kind: 'unreadable', detail: 'internal_error-inside-200' }],
  ['too many requests', { fault: 'rate-limited', retryAfterSeconds: 4 }, { kind: 'busy', retryAfterMs: 4_000 }],
  ['a bad token', { fault: 'unauthorized' }, { kind: 'unauthorized' }],
  ['another reference', { fault: 'another-reference' }, { kind: 'unreadable', detail: 'about-another-reference' }],
])('asking meets "%s": no state is learnt, and the next answer is good again', async (_what, fault, reading) => {
  const cashOut = await paid();
  engine.script({ ...fault, operation: 'search-merchant-orders' });
  expect(await network.read(cashOut.terms, cashOut.order)).toMatchObject(reading);
  expect((await factNow(cashOut)).status).toBe('paid');
});

test.each<[InstoreScriptEntry['fault'], string]>([
  ['another-amount', 'unclear'],
  ['another-collector', 'unclear'],
  ['another-currency', 'unclear'],
  ['partly-paid', 'unclear'],
  ['payment-not-approved', 'unclear'],
  ['unknown-status', 'unclear'],
  ['two-closed', 'unclear'],
  ['merchant-order-hidden', 'awaiting'],
  ['stale-answer', 'awaiting'],
  ['missing-payments', 'paid'],
])('a paid order answered with "%s" reads as %s', async (fault, status) => {
  const cashOut = await offered();
  engine.customerScans(cashOut.terms.externalReference);
  engine.customerPays(cashOut.terms.externalReference);
  engine.script({ fault, operation: 'search-merchant-orders' });
  expect((await factNow(cashOut)).status).toBe(status);
});

test.each([
  { withdrawalShownIn: 'payouts' },
  { orderStatusWords: 'openapi' },
  { errorShape: 'code-cause' },
  { emptyElements: 'null' },
  { abandonedOrders: 'expired' },
  { putAnswer: 'with-data' },
] as const)('where the documents differ, either way is understood: %j', async (settings) => {
  engine.change(settings);
  const cashOut = await paid();
  expect(await giveBack(cashOut)).toMatchObject({ kind: 'answered' });
  aheadMs += 3_500;
  expect((await factNow(cashOut)).status).toBe('returned');
  expect(await confirm(cashOut)).toMatchObject({ kind: 'refused', code: 'already_notified' });
  const other = await offered();
  aheadMs += 421_000;
  expect((await factNow(other)).status).toBe('expired');
});

test('a total of zero, on both sides', async () => {
  engine.change({ pureCashoutTotal: 'zero' });
  network = till({ baseUrl: server.baseUrl, pureCashoutTotal: 'zero' }, { clock: { ...machineClock, nowMs: now } });
  expect(await confirm(await paid())).toMatchObject({ kind: 'answered' });
});

test.each<[InstoreScriptEntry['fault'], string]>([
  ['wrong-qr-checksum', 'block'],
  ['wrong-qr-amount', 'block'],
  ['no-qr-amount', 'good'],
])('a dynamic create answered with "%s": the code is %s', async (fault, verdict) => {
  engine.script({ fault, operation: 'make-qr' });
  const { terms, order } = await offered('dynamic');
  expect(network.checkQr(terms, order.qrData ?? '')).toMatchObject({ verdict });
});

test('a hybrid order that is answered without a body is an order without a code of its own', async () => {
  engine.change({ hybridAnswer: 'empty' });
  const cashOut = await offered('hybrid');
  expect(cashOut.order.qrData).toBeUndefined();
  expect((await factNow(cashOut)).status).toBe('awaiting');
});

test('a seller without the product, or a point of sale that nobody knows, blocks the network', async () => {
  engine.change({ isSellerEnabled: false });
  expect(await create(termsFor('static'))).toMatchObject({ kind: 'refused', blocksNetwork: true });
  engine.change({ isSellerEnabled: true, knownPos: 'created' });
  expect(await create(termsFor('dynamic'))).toMatchObject({
    kind: 'refused',
    code: 'invalid_externalPosId',
    blocksNetwork: true,
  });
});

test('a repeat after the end is refused, and no order is left behind', async () => {
  const terms = termsFor('dynamic');
  engine.script({ fault: 'drop-before-commit', operation: 'make-qr' });
  await create(terms);
  aheadMs += 301_000;
  expect(await create(terms)).toMatchObject({ kind: 'refused', code: 'invalid_expiration_date', blocksNetwork: false });
  expect(engine.orders()).toEqual([]);
});
