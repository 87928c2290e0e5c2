/** What the simulated network refuses: tokens, keys, bodies, paths. */
import { expect, test } from 'vitest';
import {
  cashOut,
  createBench,
  detailsOf,
  jsonOf,
  openOrder,
  orderOf,
  outcomeOf,
  paidOrder,
  TOKEN,
} from './order-bench.ts';

const created = (body: Record<string, unknown>, country: 'MX' | 'AR' | 'BR' | 'CL' | 'UY' = 'MX') =>
  createBench({ settings: { country } }).create(body);

test.each([
  ['no token', ''],
  ['another scheme', 'Basic abc'],
  ['an empty token', 'Bearer '],
])('%s is unauthorized', (_name, authorization) => {
  const bench = createBench();

  expect(outcomeOf(bench.send('GET', '/v1/orders/x', { headers: { authorization } }))).toBe('401 unauthorized');
});

test('a list of known tokens shuts out all others, and each ends at its time', () => {
  const bench = createBench();
  bench.engine.change({ tokens: [{ token: TOKEN, expiresAtMs: bench.clock.nowMs + 1_000 }] });

  expect(outcomeOf(bench.create(cashOut(), { headers: { authorization: 'Bearer other' } }))).toBe('401 unauthorized');
  expect(outcomeOf(bench.create())).toBe('201');
  bench.clock.nowMs += 1_000;
  expect(outcomeOf(bench.create(cashOut({ external_reference: 'later' })))).toBe('401 unauthorized');
});

test('a revoked token is refused in the middle of an order, until it is restored', () => {
  const bench = createBench();
  const id = openOrder(bench);
  bench.engine.revokeToken(TOKEN);
  expect(outcomeOf(bench.read(id))).toBe('401 unauthorized');

  bench.engine.restoreToken(TOKEN);
  expect(outcomeOf(bench.read(id))).toBe('200');
});

test("another seller's order is not found, and cannot be refunded", () => {
  const bench = createBench();
  bench.engine.change({ tokens: [{ token: TOKEN }, { token: 'second', userId: '42' }] });
  const id = paidOrder(bench);
  const headers = { authorization: 'Bearer second' };

  expect(outcomeOf(bench.send('GET', `/v1/orders/${id}`, { headers }))).toBe('404 order_not_found');
  expect(outcomeOf(bench.send('POST', `/v1/orders/${id}/refund`, { headers }))).toBe('400 invalid_order_owner');
});

test('every command needs an idempotency key of at most 128 characters', () => {
  const bench = createBench();
  const id = openOrder(bench);

  for (const path of ['/v1/orders', `/v1/orders/${id}/cancel`, `/v1/orders/${id}/refund`]) {
    expect(outcomeOf(bench.send('POST', path, { key: '' }))).toBe('400 empty_required_header');
    expect(outcomeOf(bench.send('POST', path, { key: 'k'.repeat(129) }))).toBe('400 invalid_idempotency_key_length');
  }
});

test('a body that is no JSON, or none at all, is refused', () => {
  const bench = createBench();

  expect(outcomeOf(bench.send('POST', '/v1/orders', { bodyText: '{"type":' }))).toBe('400 json_syntax_error');
  expect(outcomeOf(bench.send('POST', '/v1/orders'))).toBe('400 bad_request');
});

test('properties that the network does not know are named with their path', () => {
  const info = { external_cashier_id: 1, mood: 'good' };
  const refused = created(
    cashOut({ title: 'x', transactions: { cash_outs: [{ amount: '500.00', additional_info: info }] } }),
  );

  expect(outcomeOf(refused)).toBe('400 unsupported_properties');
  expect(detailsOf(refused)).toEqual(['title', 'transactions.cash_outs[0].additional_info.mood']);
});

test.each([
  ['external_reference', { external_reference: undefined }],
  ['type', { type: undefined }],
  ['config', { config: undefined }],
  ['config.qr.external_pos_id', { config: { qr: {} } }],
  ['transactions', { transactions: undefined }],
  [
    'transactions.cash_outs[0].amount',
    { transactions: { cash_outs: [{ additional_info: { external_cashier_id: 1 } }] } },
  ],
  ['transactions.cash_outs[0].additional_info', { transactions: { cash_outs: [{ amount: '500.00' }] } }],
])('a body without %s lacks a required property', (path, changes) => {
  const refused = created(cashOut(changes));

  expect(outcomeOf(refused)).toBe('400 required_properties');
  expect(detailsOf(refused)).toContain(path);
});

test.each([
  ['a number for an amount', { total_amount: 500 }],
  [
    'text for the cashier',
    { transactions: { cash_outs: [{ amount: '500.00', additional_info: { external_cashier_id: '7' } }] } },
  ],
  ['an object for a list', { transactions: { cash_outs: {} } }],
])('%s is the wrong type', (_name, changes) => {
  expect(outcomeOf(created(cashOut(changes)))).toBe('400 property_type');
});

test.each([
  ['a reference with a space', { external_reference: 'COT 07' }],
  ['a reference of 65 characters', { external_reference: 'A'.repeat(65) }],
  ['one decimal', { total_amount: '500.0' }],
  ['a comma', { total_amount: '500,00' }],
  ['nothing to withdraw', { total_amount: '0.00' }],
  ['a total that is not the sum', { total_amount: '600.00' }],
  ['an unknown mode', { config: { qr: { external_pos_id: 'P1', mode: 'sticker' } } }],
  ['29 seconds', { expiration_time: 'PT29S' }],
  ['3601 hours', { expiration_time: 'PT3601H' }],
  ['seconds that are no duration', { expiration_time: '300' }],
  ['a duration of nothing', { expiration_time: 'PT' }],
  ['a description of 151 characters', { description: 'x'.repeat(151) }],
])('%s is a value that is not allowed', (_name, changes) => {
  expect(outcomeOf(created(cashOut(changes)))).toBe('400 property_value');
});

test.each([
  ['no cash-out', '400 minimum_items', { transactions: { cash_outs: [] } }],
  ['an empty cash-out', '400 required_properties', { transactions: { cash_outs: [{}] } }],
  ['another type of order', '400 invalid_order_type', { type: 'point' }],
])('%s earns %s', (_name, outcome, changes) => {
  expect(outcomeOf(created(cashOut(changes)))).toBe(outcome);
});

test('an expiry that is left out is fifteen minutes, a mode that is left out is the sticker', () => {
  const bench = createBench();
  const order = orderOf(
    bench.create(cashOut({ expiration_time: undefined, config: { qr: { external_pos_id: 'P1' } } })),
  );

  expect([order.expiration_time, order.config.qr.mode]).toEqual(['PT15M', 'static']);
  bench.clock.nowMs += 15 * 60_000;
  expect(orderOf(bench.read(order.id)).status).toBe('expired');
});

const withInfo = (info: unknown) =>
  cashOut({ transactions: { cash_outs: [{ amount: '500.00', additional_info: info }] } });

test('every country accepts its own additional information and no other', () => {
  const bare = { cash_outs: [{ amount: '500.00' }] };
  const brazilian = { fixed_amount: false, agency_type: 'AGTEC', bank_service_code: 'SAQUE' };

  expect(outcomeOf(created(withInfo(brazilian), 'BR'))).toBe('201');
  expect(outcomeOf(created(withInfo({ ...brazilian, agency_type: 'BANK' }), 'BR'))).toBe('400 property_value');
  expect(outcomeOf(created(cashOut(), 'BR'))).toBe('400 unsupported_properties');
  for (const country of ['AR', 'UY'] as const) {
    expect(outcomeOf(created(cashOut({ transactions: bare }), country))).toBe('201');
    expect(outcomeOf(created(cashOut(), country))).toBe('400 unsupported_properties');
  }
});

const pesos = (amount: string) => cashOut({ total_amount: amount, transactions: { cash_outs: [{ amount }] } });

test('Chile counts whole pesos only', () => {
  expect(outcomeOf(created(pesos('5000.00'), 'CL'))).toBe('400 property_value');
  const order = orderOf(created(pesos('5000'), 'CL'));
  expect([order.total_amount, order.currency, order.country_code]).toEqual(['5000', 'CLP', 'CHL']);
});

test('a purchase may go with the cash-out where the country has it, and the total is the sum', () => {
  const both = { payments: [{ amount: '20.00' }], cash_outs: [{ amount: '500.00' }] };
  const order = orderOf(created(cashOut({ total_amount: '520.00', transactions: both }), 'AR'));

  expect(order.transactions.payments?.[0]).toMatchObject({ amount: '20.00', status: 'created' });
  expect(outcomeOf(created(cashOut({ transactions: both })))).toBe('400 unsupported_properties');
});

test('a reference belongs to one order', () => {
  const bench = createBench();
  openOrder(bench);

  const second = bench.create();

  expect(outcomeOf(second)).toBe('400 property_value');
  expect(detailsOf(second)).toEqual(['external_reference']);
});

test('a POS that nobody created is not found', () => {
  const bench = createBench({ settings: { knownPos: ['SUC01CAJA07'] } });

  expect(outcomeOf(bench.create(cashOut({ config: { qr: { external_pos_id: 'SUC01CAJA08' } } })))).toBe(
    '404 pos_not_found',
  );
  expect(outcomeOf(bench.create())).toBe('201');
});

test('a seller without cash-out is told so, and no order exists', () => {
  const bench = createBench({ settings: { isSellerEnabled: false } });

  expect(outcomeOf(bench.create())).toBe('400 seller_configuration');
  expect(bench.engine.orders()).toEqual([]);
});

test('a cancel and a refund have no body', () => {
  const bench = createBench();
  const id = paidOrder(bench);
  const bodyText = JSON.stringify({ transactions: [{ amount: '10.00' }] });

  expect(outcomeOf(bench.send('POST', `/v1/orders/${id}/refund`, { bodyText }))).toBe(
    '400 partial_refund_not_allowed_with_cashout',
  );
  expect(outcomeOf(bench.send('POST', `/v1/orders/${id}/cancel`, { bodyText }))).toBe('400 unsupported_properties');
  expect(bench.engine.order(id)?.refundStatus).toBeNull();
});

test('an order id of another form is a wrong path, an unknown one is not found', () => {
  const bench = createBench();

  expect(outcomeOf(bench.read('4711'))).toBe('400 invalid_path_param');
  expect(outcomeOf(bench.read('ORD01K9ZZ7H4Q2V8D6M3N5P7R9T1W'))).toBe('404 order_not_found');
});

test('an endpoint that the network does not have is answered by its gateway', () => {
  const bench = createBench();

  expect(outcomeOf(bench.send('DELETE', '/v1/orders/x'))).toBe('404');
  expect(outcomeOf(bench.send('GET', '/v2/orders'))).toBe('404');
});

test('a search finds QR orders only where the network is set to find them', () => {
  const query = {
    begin_date: '2025-11-21T00:00:00Z',
    end_date: '2025-11-22T00:00:00Z',
    external_reference: 'COT0701K9ZZ7H4Q2V8D',
  };
  const bench = createBench();
  const id = openOrder(bench);

  expect(jsonOf(bench.send('GET', '/v1/orders', { query }))).toMatchObject({ data: [], paging: { total: '0' } });
  bench.engine.change({ findsQrOrders: true });
  expect(jsonOf(bench.send('GET', '/v1/orders', { query }))).toMatchObject({ data: [{ id }], paging: { total: '1' } });
  expect(outcomeOf(bench.send('GET', '/v1/orders'))).toBe('400 required_properties');
});
