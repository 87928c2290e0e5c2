import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Delivery, Reading } from '../../../../src-main/core/application/ports/payment-network.ts';
import type { OrderFact, OrderStatus } from '../../../../src-main/core/domain/network.ts';
import type { MercadoPagoOrdersSettings } from '../../../../src-main/core/domain/settings.ts';
import { startRawServer, wire } from '../raw-server.ts';
import type { RawServer } from '../raw-server.ts';
import { answer, createRequestOf, KEY, ORDER, ORDER_ID, QR_MX, send, SETTINGS, TERMS, till } from './bench.ts';
import type { Json } from './bench.ts';

let server: RawServer;
let answerBytes = '';
beforeAll(async () => {
  server = await startRawServer((_seen, socket) => void socket.write(answerBytes));
});
afterAll(() => server.close());

async function read(json: unknown, settings: Partial<MercadoPagoOrdersSettings> = {}): Promise<Reading> {
  answerBytes = wire(200, typeof json === 'string' ? json : JSON.stringify(json));
  const network = till({ ...settings, baseUrl: server.baseUrl });
  const reading = await network.read(TERMS, ORDER);
  network.close();
  return reading;
}

function factIn(outcome: Delivery | Reading): OrderFact {
  if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome));
  return outcome.fact;
}

async function factOf(json: unknown, settings: Partial<MercadoPagoOrdersSettings> = {}): Promise<OrderFact> {
  return factIn(await read(json, settings));
}

/** A deep copy with changes at dotted places; `undefined` removes the field. */
function changed(json: Json, changes: Readonly<Record<string, unknown>>): Json {
  const copy = structuredClone(json);
  for (const [place, value] of Object.entries(changes)) {
    const names = place.split('.');
    const last = names.pop() ?? '';
    const parent = names.reduce<Json>((node, name) => (node[name] ??= {}) as Json, copy);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return copy;
}

test('a created order is offered: id, amount, currency, time, and the QR byte for byte', async () => {
  answerBytes = wire(201, JSON.stringify(answer('created')), { 'x-request-id': 'req-1' });
  const delivery = await send(till({ baseUrl: server.baseUrl }), 'create');
  expect(delivery).toEqual({
    kind: 'answered',
    fact: {
      networkOrderId: ORDER_ID,
      status: 'awaiting',
      statusText: 'created/created',
      externalReference: TERMS.externalReference,
      amountMinor: 50_000,
      currency: 'MXN',
      updatedAtMs: Date.UTC(2025, 10, 21, 15, 0, 0, 120),
      qrData: QR_MX,
      problems: [],
    },
    evidence: expect.objectContaining({
      httpStatus: 201,
      requestId: 'req-1',
      orderUpdatedAtMs: Date.UTC(2025, 10, 21, 15, 0, 0, 120),
      body: JSON.stringify(answer('created')),
    }) as unknown,
  });
});

test.each<[string, OrderStatus, string]>([
  ['created', 'awaiting', 'created/created'],
  ['paid', 'paid', 'processed/accredited'],
  ['canceled', 'cancelled', 'canceled/canceled'],
  ['expired', 'expired', 'expired/expired'],
  ['returning', 'returning', 'processed/accredited'],
  ['refunded', 'returned', 'refunded/refunded'],
])('the documented order "%s" reads as %s', async (name, status, statusText) => {
  expect(await factOf(answer(name))).toMatchObject({ status, statusText, problems: [] });
});

test('a paid order tells the number that the customer sees too, from either field', async () => {
  expect(await factOf(answer('paid'))).toMatchObject({ paymentReference: '98877665544' });
  const other = changed(answer('paid'), {
    'transactions.cash_outs.0.reference_id': undefined,
    'transactions.cash_outs.0.reference': { id: 98877665544 },
  });
  expect(await factOf(other)).toMatchObject({ status: 'paid', paymentReference: '98877665544' });
});

test('an accepted refund is a short order: the return runs, and what is not in it is no problem', async () => {
  answerBytes = wire(201, JSON.stringify(answer('refund-accepted')));
  const delivery = await send(till({ baseUrl: server.baseUrl }), 'refund');
  expect(factIn(delivery)).toEqual({
    networkOrderId: ORDER_ID,
    status: 'returning',
    statusText: 'processed/accredited',
    problems: [],
  });
});

test('an accepted cancel is a whole order, and its word is cancelled in either spelling', async () => {
  for (const status of ['canceled', 'cancelled']) {
    answerBytes = wire(200, JSON.stringify(changed(answer('canceled'), { status })));
    const fact = factIn(await send(till({ baseUrl: server.baseUrl }), 'cancel'));
    expect(fact).toMatchObject({ status: 'cancelled', problems: [] });
  }
});

const CASH_OUT = 'transactions.cash_outs.0';
const REFUND = 'transactions.refunds.0.status';

test.each<[string, string, Record<string, unknown>, OrderStatus]>([
  ['paid', 'detail processed', { status_detail: 'processed' }, 'paid'],
  ['paid', 'no order detail', { status_detail: undefined }, 'unclear'],
  ['paid', 'an unknown order detail', { status_detail: 'partially_refunded' }, 'unclear'],
  ['paid', 'cash-out still created', { [`${CASH_OUT}.status`]: 'created' }, 'unclear'],
  ['paid', 'cash-out of unknown status', { [`${CASH_OUT}.status`]: 'settling' }, 'unclear'],
  ['paid', 'cash-out of unknown detail', { [`${CASH_OUT}.status_detail`]: 'in_review' }, 'unclear'],
  ['paid', 'cash-out without status', { [`${CASH_OUT}.status`]: undefined }, 'unclear'],
  ['paid', 'order still created', { status: 'created', status_detail: 'created' }, 'unclear'],
  ['paid', 'order in process', { status: 'processing', status_detail: 'in_process' }, 'unclear'],
  ['paid', 'order wants action', { status: 'action_required' }, 'unclear'],
  ['paid', 'order says PROCESSED', { status: 'PROCESSED' }, 'unclear'],
  ['paid', 'order cancelled', { status: 'canceled' }, 'unclear'],
  ['paid', 'order expired', { status: 'expired' }, 'unclear'],
  ['paid', 'order failed', { status: 'failed' }, 'unclear'],
  ['paid', 'order refunded', { status: 'refunded' }, 'unclear'],
  ['paid', 'a refund of unknown status', { 'transactions.refunds': [{ status: 'thinking' }] }, 'unclear'],
  ['paid', 'a refund without status', { 'transactions.refunds': [{}] }, 'unclear'],
  ['paid', 'a failed refund', { 'transactions.refunds': [{ status: 'failed' }] }, 'return-failed'],
  [
    'paid',
    'a failed and a new refund',
    { 'transactions.refunds': [{ status: 'failed' }, { status: 'processing' }] },
    'returning',
  ],
  ['paid', 'an empty list of refunds', { 'transactions.refunds': [] }, 'paid'],
  ['created', 'cash-out detail created', { [`${CASH_OUT}.status_detail`]: 'created' }, 'awaiting'],
  ['created', 'order detail ready', { status_detail: 'ready_to_process' }, 'awaiting'],
  ['created', 'a payment running', { [`${CASH_OUT}.status_detail`]: 'in_process' }, 'unclear'],
  ['created', 'cash-out processed already', { [`${CASH_OUT}.status`]: 'processed' }, 'unclear'],
  ['created', 'failed', { status: 'failed', status_detail: 'failed' }, 'failed'],
  ['created', 'rejected', { status: 'rejected', status_detail: 'high_risk' }, 'failed'],
  ['returning', 'refund done, order not yet', { [REFUND]: 'processed' }, 'returning'],
  ['returning', 'refund failed', { [REFUND]: 'failed' }, 'return-failed'],
  ['refunded', 'refund still running', { [REFUND]: 'processing' }, 'returning'],
  ['refunded', 'refund failed', { [REFUND]: 'failed' }, 'unclear'],
  ['refunded', 'cash-out still processed', { [`${CASH_OUT}.status`]: 'processed' }, 'unclear'],
  ['refunded', 'without a list of refunds', { 'transactions.refunds': undefined }, 'returned'],
  ['canceled', 'with a refund', { 'transactions.refunds': [{ status: 'processing' }] }, 'unclear'],
])('%s, %s: %#', async (name, _difference, changes, status) => {
  expect(await factOf(changed(answer(name), changes))).toMatchObject({ status });
});

test('words of the cash-out are told where they are not the order’s', async () => {
  const fact = await factOf(changed(answer('created'), { status: 'processed', status_detail: 'accredited' }));
  expect(fact.statusText).toBe('processed/accredited, cash-out created/ready_to_process');
});

test.each<[string, Record<string, unknown>, string]>([
  [
    'another order',
    { id: 'ORD01K9ZZ7H4Q2V8D6M3N5P7R9T1X' },
    'order id: asked ORD01K9ZZ7H4Q2V8D6M3N5P7R9T1W, answered ORD01K9ZZ7H4Q2V8D6M3N5P7R9T1X',
  ],
  ['another reference', { external_reference: 'COT9' }, 'external reference: asked COT0701K9ZZ7H4Q2V8D, answered COT9'],
  ['no reference', { external_reference: undefined }, 'external reference: missing'],
  ['another type', { type: 'point' }, 'type: asked qr, answered point'],
  [
    'another point of sale',
    { 'config.qr.external_pos_id': 'SUC01CAJA08' },
    'point of sale: asked SUC01CAJA07, answered SUC01CAJA08',
  ],
  ['another account', { user_id: '700100201' }, 'account: asked 700100200, answered 700100201'],
  ['no account', { user_id: undefined }, 'account: missing'],
  ['another currency', { currency: 'ARS' }, 'currency: asked MXN, answered ARS'],
  ['an unknown currency', { currency: 'XXX' }, 'currency: asked MXN, answered XXX'],
  [
    'another cash-out amount',
    { [`${CASH_OUT}.amount`]: '400.00' },
    'cash-out amount: asked 50000, answered 40000 minor units',
  ],
  ['a cent more', { [`${CASH_OUT}.amount`]: '500.01' }, 'cash-out amount: asked 50000, answered 50001 minor units'],
  ['an amount with a comma', { [`${CASH_OUT}.amount`]: '500,00' }, 'cash-out amount: not an amount in MXN'],
  ['an amount in exponents', { [`${CASH_OUT}.amount`]: '5e2' }, 'cash-out amount: not an amount in MXN'],
  ['a part of a cent', { [`${CASH_OUT}.amount`]: 500.001 }, 'cash-out amount: not an amount in MXN'],
  ['no amount', { [`${CASH_OUT}.amount`]: undefined }, 'cash-out amount: missing'],
  ['another total', { total_amount: '1500.00' }, 'total amount: asked 50000, answered 150000 minor units'],
  ['no cash-out', { 'transactions.cash_outs': [] }, 'no cash-out in it'],
  ['no transactions', { transactions: undefined }, 'no cash-out in it'],
  [
    'a purchase too',
    { 'transactions.payments': [{ amount: '10.00', status: 'processed' }] },
    'a purchase is in it too',
  ],
])('paid is not believed for %s', async (_difference, changes, problem) => {
  const fact = await factOf(changed(answer('paid'), changes));
  expect(fact.status).toBe('unclear');
  expect(fact.problems).toEqual([problem]);
});

test('paid is not believed for two cash-outs', async () => {
  const [first] = (answer('paid')['transactions'] as { cash_outs: Json[] }).cash_outs;
  const fact = await factOf(changed(answer('paid'), { 'transactions.cash_outs': [first, first] }));
  expect(fact).toMatchObject({ status: 'unclear', problems: ['2 cash-outs in it'] });
  expect(fact).not.toHaveProperty('amountMinor');
});

test('returned is not believed for another amount, and another order’s end is not ours', async () => {
  expect(await factOf(changed(answer('refunded'), { total_amount: '400.00' }))).toMatchObject({ status: 'unclear' });
  const other = changed(answer('canceled'), { id: 'ORDTST01K9ZZ7H4Q2V8D6M3N5P7R9T1X' });
  expect(await factOf(other)).toMatchObject({ status: 'unclear', networkOrderId: 'ORDTST01K9ZZ7H4Q2V8D6M3N5P7R9T1X' });
});

test('an order made with other terms still says that it waits, so that it can be cancelled', async () => {
  answerBytes = wire(201, JSON.stringify(changed(answer('created'), { [`${CASH_OUT}.amount`]: '5.00' })));
  const fact = factIn(await send(till({ baseUrl: server.baseUrl }), 'create'));
  expect(fact).toMatchObject({
    status: 'awaiting',
    amountMinor: 500,
    problems: ['cash-out amount: asked 50000, answered 500 minor units'],
  });
});

test.each<[string, Record<string, unknown>]>([
  ['amounts as numbers', { total_amount: 500, [`${CASH_OUT}.amount`]: 500.0 }],
  ['amounts without decimals', { total_amount: '500', [`${CASH_OUT}.amount`]: '500.0' }],
  ['amounts with more zeros', { total_amount: '500.000', [`${CASH_OUT}.amount`]: '0500.00' }],
  ['no total', { total_amount: undefined }],
  ['no currency', { currency: undefined }],
  ['no type and no point of sale', { type: undefined, config: undefined }],
  ['any country code', { country_code: 'ZZZ' }],
  ['the account as a number', { user_id: 700100200 }],
  ['fields nobody knows', { news: { a: [1] }, [`${CASH_OUT}.news`]: true, 'transactions.news': null }],
  ['no time', { last_updated_date: undefined }],
])('paid is believed with %s', async (_difference, changes) => {
  expect(await factOf(changed(answer('paid'), changes))).toMatchObject({
    status: 'paid',
    amountMinor: 50_000,
    problems: [],
  });
});

test('an account that is not known yet is not compared', async () => {
  const { userId: _unknown, ...unpaired } = { ...SETTINGS, baseUrl: server.baseUrl };
  answerBytes = wire(200, JSON.stringify(changed(answer('paid'), { user_id: '42' })));
  expect(factIn(await till({}, { settings: unpaired }).read(TERMS, ORDER))).toMatchObject({
    status: 'paid',
    problems: [],
  });
});

test('whole pesos of Chile are read with and without decimals', async () => {
  const terms = { ...TERMS, currency: 'CLP', amountMinor: 5_000 } as const;
  const network = till({ baseUrl: server.baseUrl, country: 'CL' });
  for (const amount of ['5000', '5000.00', 5000]) {
    answerBytes = wire(
      200,
      JSON.stringify(
        changed(answer('paid'), { currency: 'CLP', total_amount: amount, [`${CASH_OUT}.amount`]: amount }),
      ),
    );
    expect(factIn(await network.read(terms, ORDER))).toMatchObject({
      status: 'paid',
      amountMinor: 5_000,
      problems: [],
    });
  }
});

async function updated(text: unknown): Promise<number | undefined> {
  return (await factOf(changed(answer('paid'), { last_updated_date: text }))).updatedAtMs;
}

test('times are read with a zone only', async () => {
  expect(await updated('2025-11-21T12:00:00.5-03:00')).toBe(Date.UTC(2025, 10, 21, 15, 0, 0, 500));
  expect(await updated('2025-11-21T15:00:00Z')).toBe(Date.UTC(2025, 10, 21, 15));
  expect(await updated('2025-11-21T15:00:00')).toBeUndefined();
  expect(await updated('2025-13-41T15:00:00Z')).toBeUndefined();
  expect(await updated(1_763_737_200)).toBeUndefined();
});

test('QR data that is no usable text is not kept, and is a problem', async () => {
  for (const qrData of ['', '\ud800'.repeat(60), 'x'.repeat(5_000)]) {
    const fact = await factOf(changed(answer('created'), { 'type_response.qr_data': qrData }));
    expect(fact).not.toHaveProperty('qrData');
    expect(fact.problems).toEqual(['QR data is not usable text']);
  }
});

test.each<[string, string]>([
  ['nothing', ''],
  ['a page', '<html>hello</html>'],
  ['half an order', JSON.stringify(answer('paid')).slice(0, 300)],
  ['a list', '[]'],
  ['null', 'null'],
  ['an empty object', '{}'],
  ['an order without status', JSON.stringify(changed(answer('paid'), { status: undefined }))],
  ['an order without id', JSON.stringify(changed(answer('paid'), { id: undefined }))],
  ['an id of another kind', JSON.stringify(changed(answer('paid'), { id: 'PAY01K9ZZ7H4Q2V8D6M3N5P7R9T1W' }))],
  ['an error in the new envelope', '{"errors":[{"code":"internal_error","message":"no"}]}'],
  ['an error in the old envelope', '{"message":"no","error":"internal_error","status":500}'],
  ['an error next to an order', JSON.stringify(changed(answer('paid'), { errors: [{ code: 'internal_error' }] }))],
])('a success that holds %s is no order', async (_what, body) => {
  expect(await read(body)).toMatchObject({ kind: 'unreadable', evidence: { httpStatus: 200, body } });
  for (const operation of ['create', 'cancel', 'refund'] as const) {
    expect(await send(till({ baseUrl: server.baseUrl }), operation)).toMatchObject({
      kind: 'unknown',
      evidence: { body },
    });
  }
});

test('a create is one request with one key, whatever the answer', async () => {
  server.seen.length = 0;
  answerBytes = wire(500, '');
  const network = till({ baseUrl: server.baseUrl });
  await network.deliver({ request: createRequestOf(network), idempotencyKey: KEY, terms: TERMS });
  expect(server.seen.map((seen) => seen.header('x-idempotency-key'))).toEqual([KEY]);
});
