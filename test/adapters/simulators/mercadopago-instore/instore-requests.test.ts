/** What the in-store API takes and refuses when an order is put on a sticker or behind a code. */
import { expect, test } from 'vitest';
import type { InstoreSettings } from '../../../../src-main/simulators/networks/mercadopago-instore/settings.ts';
import {
  answerOf,
  createBench,
  item,
  jsonOf,
  messageOf,
  MINUTE_MS,
  NOON_MS,
  outcomeOf,
  POS,
  purchaseWithWithdrawal,
  PUT_PATH,
  QRS_PATH,
  REFERENCE,
  SELLER_PATH,
  USER,
  WAITING_PATH,
  withdrawal,
} from './instore-bench.ts';

test('an order on the sticker is answered with 204 and nothing else', () => {
  const answer = answerOf(createBench().put());

  expect([answer.status, answer.bodyText]).toEqual([204, '']);
});

test('some versions answer 200 with the order instead', () => {
  const bench = createBench({ settings: { putAnswer: 'with-data' } });

  const answer = answerOf(bench.put());

  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.bodyText)).toMatchObject({ in_store_order_id: bench.engine.order(REFERENCE)?.id });
});

test('the older path without a store works too, and its header says how many seconds the order waits', () => {
  const bench = createBench();
  const { expiration_date: _left, ...body } = withdrawal();

  const exchange = bench.send('PUT', WAITING_PATH, { body, headers: { 'x-ttl-store-preference': '90' } });

  expect(outcomeOf(exchange)).toBe('204');
  expect(bench.engine.order(REFERENCE)?.expiresAtMs).toBe(NOON_MS + 90_000);
});

test('an order that names no end waits ten minutes', () => {
  const bench = createBench();
  const { expiration_date: _left, ...body } = withdrawal();
  bench.put(body);

  expect(bench.engine.order(REFERENCE)?.expiresAtMs).toBe(NOON_MS + 10 * MINUTE_MS);
});

test('a second order on the same sticker replaces the first', () => {
  const bench = createBench();
  bench.put(withdrawal({ external_reference: 'FIRST' }));
  bench.put(withdrawal({ external_reference: 'SECOND' }));

  expect(bench.engine.order('FIRST')?.state).toBe('replaced');
  expect(jsonOf(bench.waiting())).toMatchObject([{ external_reference: 'SECOND' }]);
  expect(bench.engine.customerPays(POS)).toMatchObject({ ok: true, order: { externalReference: 'SECOND' } });
});

test('a purchase with a withdrawal on top is charged as one sum', () => {
  const bench = createBench();

  expect(outcomeOf(bench.put(purchaseWithWithdrawal()))).toBe('204');
  expect(bench.engine.order(REFERENCE)).toMatchObject({
    purchaseAmount: 1_190,
    cashOutAmount: 200,
    chargedAmount: 1_390,
  });
});

test.each([
  ['invalid_external_reference', { external_reference: 'caja 7' }],
  ['invalid_external_reference', { external_reference: 'A'.repeat(65) }],
  ['invalid_external_reference', { external_reference: undefined }],
  ['invalid_title', { title: undefined }],
  ['invalid_title', { title: 7 }],
  ['invalid_description', { description: 7 }],
  ['invalid_total_amount', { total_amount: undefined }],
  ['invalid_total_amount', { total_amount: '20000' }],
  ['invalid_total_amount', { total_amount: 19_999 }],
  ['invalid_total_amount', { total_amount: 0 }],
  ['invalid_amount', { cash_out: {} }],
  ['invalid_cash_out.amount', { cash_out: { amount: '20000' } }],
  ['invalid_cash_out.amount', { cash_out: { amount: 0 } }],
  ['invalid_cash_out.amount', { cash_out: { amount: -5 } }],
  ['invalid_cash_out.amount', { cash_out: { amount: 20_000.005 } }],
  ['error_creating_seller_qr_order', { cash_out: undefined }],
  ['error_creating_seller_qr_order', { items: undefined, cash_out: undefined }],
  ['invalid_expiration_date', { expiration_date: '2025-11-21T11:59:59.000-03:00' }],
  ['invalid_expiration_date', { expiration_date: '2025-11-21T12:05:00' }],
  ['invalid_expiration_date', { expiration_date: 'in five minutes' }],
  ['invalid_id', { sponsor: {} }],
  ['invalid_sponsor.id', { sponsor: { id: 'x' } }],
  ['invalid_items', { items: {} }],
  ['invalid_unit_measure', { items: [item({ unit_measure: undefined })] }],
  ['invalid_quantity', { items: [item({ quantity: undefined })] }],
  ['invalid_unit_price', { items: [item({ unit_price: undefined })] }],
  ['invalid_items.unit_measure', { items: [item({ unit_measure: 'box' })] }],
  ['invalid_items.quantity', { items: [item({ quantity: 0 })] }],
  ['invalid_items.unit_price', { items: [item({ unit_price: '238' })] }],
  ['invalid_items.total_amount', { items: [item({ total_amount: 1_200 })] }],
  ['invalid_items.sku_number', { items: [item({ sku_number: 5 })] }],
  ['invalid_items.category', { items: [item({ category: 5 })] }],
  ['invalid_items.title', { items: [item({ title: undefined })] }],
  ['invalid_items.description', { items: [item({ description: 5 })] }],
  ['invalid_items.currency_id', { items: [item({ currency_id: 5 })] }],
])('%s refuses %j and leaves nothing', (code, changes) => {
  const bench = createBench();

  expect(outcomeOf(bench.put(withdrawal(changes)))).toBe(`400 ${code}`);
  expect(bench.engine.orders()).toEqual([]);
});

test('a refused order leaves the one before it waiting', () => {
  const bench = createBench();
  bench.put();
  bench.put(withdrawal({ total_amount: 1 }));

  expect(bench.engine.order(REFERENCE)?.state).toBe('waiting');
});

test.each([
  ['sum', 20_000, '204'],
  ['sum', 0, '400 invalid_total_amount'],
  ['zero', 0, '204'],
  ['zero', 20_000, '400 invalid_total_amount'],
] as const)('where a withdrawal alone is stated as %s, a total of %i is answered with %s', (rule, total, outcome) => {
  const bench = createBench({ settings: { pureCashoutTotal: rule } });

  expect(outcomeOf(bench.put(withdrawal({ total_amount: total })))).toBe(outcome);
  expect(outcomeOf(bench.put(purchaseWithWithdrawal()))).toBe('204');
});

test('decimals are whole centavos, and Chile has none', () => {
  const half = { total_amount: 199.9, cash_out: { amount: 199.9 } };

  expect(outcomeOf(createBench().put(withdrawal(half)))).toBe('204');
  expect(outcomeOf(createBench({ settings: { country: 'CL' } }).put(withdrawal(half)))).toBe(
    '400 invalid_cash_out.amount',
  );
});

test.each([
  ['', 'The body is empty.'],
  ['{"title"', 'The body is not JSON.'],
  ['[]', 'the body is not an object'],
])('the body %j is refused in words', (bodyText, words) => {
  const exchange = createBench().send('PUT', PUT_PATH, { bodyText });

  expect(outcomeOf(exchange)).toBe('400 error_creating_seller_qr_order');
  expect(messageOf(exchange)).toBe(words);
});

test('only the owner of the token is a collector', () => {
  const bench = createBench();
  const path = PUT_PATH.replace(USER, '999');

  expect(outcomeOf(bench.send('PUT', path, { body: withdrawal() }))).toBe('400 invalid_collectorId');
});

test('an unknown point of sale is refused where points of sale must have been made', () => {
  const bench = createBench({ settings: { knownPos: 'created' } });

  expect(outcomeOf(bench.put())).toBe('400 invalid_externalPosId');
  expect(outcomeOf(createBench().send('PUT', `${SELLER_PATH}/pos/CAJA%207/orders`, { body: withdrawal() }))).toBe(
    '400 invalid_externalPosId',
  );
});

test('every POST of a code is another order, even with the same reference', () => {
  const bench = createBench();

  const first = jsonOf(bench.makeQr()) as Record<string, string>;
  const second = jsonOf(bench.makeQr()) as Record<string, string>;

  expect(Object.keys(first)).toEqual(['qr_data', 'in_store_order_id']);
  expect(first['in_store_order_id']).not.toBe(second['in_store_order_id']);
  expect(first['qr_data']).not.toBe(second['qr_data']);
  expect(bench.engine.orders().map(({ state }) => state)).toEqual(['waiting', 'waiting']);
});

test('an order behind a code alone neither waits at the sticker nor can be deleted', () => {
  const bench = createBench();
  bench.makeQr();

  expect(outcomeOf(bench.waiting())).toBe('404 point_of_sale_in_store_order_not_found');
  expect(outcomeOf(bench.remove())).toBe('400 in_store_order_delete_error');
  expect(bench.engine.order(REFERENCE)?.state).toBe('waiting');
});

test('a code needs a notification address that is one, or none', () => {
  const bench = createBench();

  expect(outcomeOf(bench.makeQr(withdrawal({ notification_url: 'relay' })))).toBe('400 invalid_notification_url');
  expect(outcomeOf(bench.makeQr(withdrawal({ notification_url: undefined })))).toBe('200');
  expect(outcomeOf(bench.put(withdrawal({ notification_url: 'relay' })))).toBe('204');
});

test('a hybrid order waits at the sticker too, and is answered empty or with its code', () => {
  const bench = createBench();
  const hybrid = () => answerOf(bench.send('PUT', QRS_PATH, { body: withdrawal() }));

  expect([hybrid().status, hybrid().bodyText]).toEqual([201, '']);
  expect(outcomeOf(bench.waiting())).toBe('200');
  bench.engine.change({ hybridAnswer: 'with-data' });
  const { qr_data: qrData } = JSON.parse(hybrid().bodyText) as { qr_data: string };
  expect(bench.engine.customerPays(qrData)).toMatchObject({ ok: true, order: { mode: 'hybrid' } });
});

test('the waiting order is read as a list of one, or as an object', () => {
  const bench = createBench();
  bench.put();
  const wire = { external_reference: REFERENCE, total_amount: 20_000, cash_out: { amount: 20_000 } };

  expect(jsonOf(bench.waiting())).toMatchObject([wire]);
  bench.engine.change({ waitingOrderShape: 'object' });
  expect(jsonOf(bench.waiting())).toMatchObject(wire);
});

test('paid, deleted, expired and never made look the same', () => {
  const bench = createBench();
  const look = () => outcomeOf(bench.waiting());
  const seen = [look()];
  bench.put();
  bench.engine.customerPays(REFERENCE);
  seen.push(look());
  bench.put();
  bench.remove();
  seen.push(look());
  bench.put();
  bench.clock.nowMs += 5 * MINUTE_MS;
  seen.push(look());

  expect(new Set(seen)).toEqual(new Set(['404 point_of_sale_in_store_order_not_found']));
});

test('deleting where nothing waits is refused as in the wild, or succeeds as in the reference', () => {
  const bench = createBench();

  expect(jsonOf(bench.remove())).toMatchObject({ error: 'in_store_order_delete_error', status: 400, causes: [] });
  bench.engine.change({ deleteOfNothing: 'no-content' });
  expect(outcomeOf(bench.remove())).toBe('204');
});

test('a delete while the customer is paying is refused, and the payment goes through', () => {
  const bench = createBench();
  bench.put();
  bench.engine.customerStartsPaying(REFERENCE);

  expect(outcomeOf(bench.remove())).toBe('400 in_store_order_delete_error');
  expect(bench.engine.customerPays(REFERENCE)).toMatchObject({ ok: true, order: { state: 'paid', isLate: false } });
});

test('an error may be called code, and its causes cause', () => {
  const bench = createBench({ settings: { errorShape: 'code-cause' } });

  expect(jsonOf(bench.remove())).toMatchObject({ code: 'in_store_order_delete_error', status: 400, cause: [] });
});

test.each([
  ['PUT', PUT_PATH, '401 unauthorized'],
  ['GET', '/merchant_orders/search', '401 invalid_token'],
  ['POST', '/instore/orders/31200045001/confirmation', '401 unauthorized'],
  ['GET', '/pos', '401 unauthorized'],
] as const)('%s %s with a revoked token is answered with %s', (method, path, outcome) => {
  const bench = createBench();
  bench.engine.revokeToken('APP_USR-test-token');

  expect(outcomeOf(bench.send(method, path))).toBe(outcome);
});

test.each([
  [{ offersQrs: false }, 'POST', QRS_PATH],
  [{ offersConfirmation: false }, 'POST', '/instore/orders/31200045001/confirmation'],
] as const satisfies readonly (readonly [Partial<InstoreSettings>, string, string])[])(
  'a country without it (%j) has no such endpoint',
  (settings, method, path) => {
    expect(outcomeOf(createBench({ settings }).send(method, path))).toBe('404 resource not found');
  },
);

test('a seller who is not enabled can sell, and not hand out notes', () => {
  const bench = createBench({ settings: { isSellerEnabled: false } });

  expect(outcomeOf(bench.put())).toBe('400 error_creating_seller_qr_order');
  const sale = withdrawal({ items: [item()], total_amount: 1_190, cash_out: undefined });
  expect(outcomeOf(bench.put(sale))).toBe('204');
});
