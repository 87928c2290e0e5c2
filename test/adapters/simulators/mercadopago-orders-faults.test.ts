/** Every bad day that the simulated network can have, one sentence each. */
import { expect, test } from 'vitest';
import { withWrongChecksum } from '../../../src-main/simulators/networks/mercadopago-orders/emv-qr.ts';
import type { MercadoPagoFault } from '../../../src-main/simulators/networks/mercadopago-orders/faults.ts';
import { answerOf, cashOut, createBench, jsonOf, openOrder, orderOf, outcomeOf, paidOrder } from './order-bench.ts';

test('an answer dropped after the commit leaves an order that the same key finds', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'drop-after-commit', operation: 'create' });

  expect(bench.create(cashOut(), { key: 'k' })).toMatchObject({ delivery: 'dropped-after-commit' });
  const [only] = bench.engine.orders();
  expect(orderOf(bench.create(cashOut(), { key: 'k' })).id).toBe(only?.id);
});

test('a request dropped before the commit leaves nothing', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'drop-before-commit', operation: 'create' });

  expect(bench.create().delivery).toBe('dropped-before-commit');
  expect(bench.engine.orders()).toEqual([]);
});

test.each([500, 502, 503, 504])('a %i can come before or after the network did its work', (status) => {
  const orderCountAfter = (fault: MercadoPagoFault) => {
    const bench = createBench();
    bench.engine.script({ fault, status });
    expect(answerOf(bench.create()).status).toBe(status);
    return bench.engine.orders().length;
  };

  expect(orderCountAfter('server-error-before-commit')).toBe(0);
  expect(orderCountAfter('server-error-after-commit')).toBe(1);
});

test('too many requests are told how long to wait', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'rate-limited', retryAfterSeconds: 7 });

  const answer = answerOf(bench.create());

  expect([answer.status, answer.headers['retry-after']]).toEqual([429, '7']);
  expect(JSON.parse(answer.bodyText)).toMatchObject({ status: 429, error: 'too_many_requests' });
});

test('a body can be cut, or be no JSON at all, under a status of success', () => {
  const bench = createBench();
  const id = openOrder(bench);
  bench.engine.script({ fault: 'cut-body' }, { fault: 'not-json' }, { fault: 'error-inside-ok' });

  expect(bench.read(id).delivery).toBe('cut');
  const html = answerOf(bench.read(id));
  expect([html.status, html.bodyText.startsWith('<!doctype html>')]).toEqual([200, true]);
  expect(outcomeOf(bench.read(id))).toBe('200 internal_error');
});

test.each([
  ['resource-locked', 'create', '423 resource_locked'],
  ['idempotency-key-used', 'create', '409 idempotency_key_already_used'],
  ['idempotency-validation-failed', 'create', '500 idempotency_validation_failed'],
  ['seller-not-enabled', 'create', '400 seller_configuration'],
  ['pos-not-found', 'create', '404 pos_not_found'],
  ['unauthorized', 'create', '401 unauthorized'],
] as const)('%s on %s answers %s once and does nothing', (fault, operation, outcome) => {
  const bench = createBench();
  bench.engine.script({ fault, operation });

  expect(outcomeOf(bench.create(cashOut(), { key: 'k' }))).toBe(outcome);
  expect(bench.engine.orders()).toEqual([]);
  expect(outcomeOf(bench.create(cashOut(), { key: 'k' }))).toBe('201');
});

test.each([
  ['refund-in-progress', '409 refund_in_progress'],
  ['refund-window-closed', '400 in_store_payment_refund_order'],
  ['order-not-found', '404 order_not_found'],
] as const)('%s refuses a refund with %s', (fault, outcome) => {
  const bench = createBench();
  const id = paidOrder(bench);
  bench.engine.script({ fault, operation: 'refund' });

  expect(outcomeOf(bench.refund(id))).toBe(outcome);
  expect(bench.engine.order(id)?.refundStatus).toBeNull();
});

test('a token that expires in the middle stays expired', () => {
  const bench = createBench();
  const id = openOrder(bench);
  bench.engine.script({ fault: 'token-expires', operation: 'read', skip: 1 });

  expect([1, 2, 3].map(() => outcomeOf(bench.read(id)))).toEqual(['200', '401 unauthorized', '401 unauthorized']);
});

test('a new order can be hidden from readers for a while', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'hidden-after-create', afterMs: 2_000 });
  const id = openOrder(bench);

  expect(outcomeOf(bench.read(id))).toBe('404 order_not_found');
  bench.clock.nowMs += 2_000;
  expect(outcomeOf(bench.read(id))).toBe('200');
});

test.each([
  ['another-order-id', (bench: ReturnType<typeof createBench>, id: string) => orderOf(bench.read(id)).id, 'id'],
  ['another-reference', (bench, id) => orderOf(bench.read(id)).external_reference, 'COT0701K9ZZ7H4Q2V8D'],
  ['another-amount', (bench, id) => orderOf(bench.read(id)).transactions.cash_outs[0]?.amount, '500.00'],
  ['another-pos', (bench, id) => orderOf(bench.read(id)).config.qr.external_pos_id, 'SUC01CAJA07'],
  ['another-user', (bench, id) => orderOf(bench.read(id)).user_id, '700100200'],
  ['another-currency', (bench, id) => orderOf(bench.read(id)).currency, 'MXN'],
  ['missing-currency', (bench, id) => orderOf(bench.read(id)).currency, 'MXN'],
  ['two-cash-outs', (bench, id) => orderOf(bench.read(id)).transactions.cash_outs.length, 1],
  ['unknown-status', (bench, id) => orderOf(bench.read(id)).status, 'created'],
  ['missing-qr', (bench, id) => orderOf(bench.read(id)).type_response !== undefined, true],
] as const satisfies readonly (readonly [
  MercadoPagoFault,
  (bench: ReturnType<typeof createBench>, id: string) => unknown,
  unknown,
])[])('%s spoils one answer and not the order', (fault, look, truth) => {
  const bench = createBench();
  const id = openOrder(bench);
  const before = answerOf(bench.read(id)).bodyText;
  bench.engine.script({ fault, operation: 'read' });

  const spoiled = look(bench, id);

  expect(spoiled).not.toEqual(truth === 'id' ? id : truth);
  expect(answerOf(bench.read(id)).bodyText).toBe(before);
});

test('a replay after a spoiled answer is sound again', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'another-amount', operation: 'create', amount: '900.00' });

  expect(orderOf(bench.create(cashOut(), { key: 'k' })).total_amount).toBe('900.00');
  expect(orderOf(bench.create(cashOut(), { key: 'k' })).total_amount).toBe('500.00');
});

test('a fault that is scripted for always spoils the replay as well', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'missing-qr', operation: 'any', count: 'always' });
  const { id } = orderOf(bench.create(cashOut(), { key: 'k' }));

  expect(orderOf(bench.create(cashOut(), { key: 'k' })).type_response).toBeUndefined();
  expect(orderOf(bench.read(id)).type_response).toBeUndefined();
});

test('a paid order can be spelled in every documented way', () => {
  const bench = createBench();
  const id = paidOrder(bench);
  bench.engine.script(
    { fault: 'detail-processed' },
    { fault: 'detail-accredited' },
    { fault: 'cash-out-not-processed' },
  );

  const answers = [1, 2, 3].map(() => orderOf(bench.read(id)));

  expect(answers.map((order) => [order.status, order.status_detail, order.transactions.cash_outs[0]?.status])).toEqual([
    ['processed', 'processed', 'processed'],
    ['processed', 'accredited', 'processed'],
    ['processed', 'accredited', 'created'],
  ]);
});

test('a cancelled order can be spelled with two l', () => {
  const bench = createBench();
  const id = openOrder(bench);
  bench.engine.script({ fault: 'cancelled-spelling', operation: 'cancel' });

  expect(orderOf(bench.cancel(id)).status).toBe('cancelled');
  bench.engine.change({ canceledSpelling: 'cancelled' });
  expect(orderOf(bench.read(id)).transactions.cash_outs[0]?.status).toBe('cancelled');
});

test('the QR can have a wrong checksum, another amount, or none', () => {
  const bench = createBench();
  const { id, type_response: sound } = orderOf(bench.create());
  bench.engine.script(
    { fault: 'wrong-qr-checksum' },
    { fault: 'wrong-qr-amount', amount: '900.00' },
    { fault: 'no-qr-amount' },
  );

  const [wrong, other, none] = [1, 2, 3].map(() => orderOf(bench.read(id)).type_response?.qr_data ?? '');

  expect(wrong).toBe(withWrongChecksum(sound?.qr_data ?? ''));
  expect(other).toContain('5406900.005802MX');
  expect(none).toContain('53034845802MX');
});

test('an older answer can come after a newer one', () => {
  const bench = createBench();
  const id = openOrder(bench);
  bench.clock.nowMs += 5_000;
  bench.engine.customerPays(id);
  bench.engine.script({ fault: 'stale-answer', skip: 1 });

  const answers = [1, 2, 3].map(() => orderOf(bench.read(id)));

  expect(answers.map(({ status, last_updated_date }) => [status, last_updated_date])).toEqual([
    ['processed', '2025-11-21T12:00:05.000Z'],
    ['created', '2025-11-21T12:00:00.000Z'],
    ['processed', '2025-11-21T12:00:05.000Z'],
  ]);
});

test('the payment wins the race against the cancel', () => {
  const bench = createBench();
  const id = openOrder(bench);
  bench.engine.script({ fault: 'customer-pays-first', operation: 'cancel' });

  expect(outcomeOf(bench.cancel(id))).toBe('409 cannot_cancel_order');
  expect(orderOf(bench.read(id)).status).toBe('processed');
});

test('the payment comes although the cancel was answered', () => {
  const bench = createBench();
  const id = openOrder(bench);
  bench.engine.script({ fault: 'customer-pays-after', operation: 'cancel', afterMs: 800 });

  expect(orderOf(bench.cancel(id)).status).toBe('canceled');
  expect(orderOf(bench.read(id)).status).toBe('canceled');
  bench.clock.nowMs += 800;
  expect(orderOf(bench.read(id)).status).toBe('processed');
});

test('a cancel can meet a lock that nobody sees', () => {
  const bench = createBench();
  const id = openOrder(bench);
  bench.engine.script({ fault: 'order-locked', operation: 'cancel', count: 2 });

  expect([1, 2, 3].map(() => outcomeOf(bench.cancel(id, 'c')))).toEqual([
    '409 instore_order_locked_error',
    '409 instore_order_locked_error',
    '200',
  ]);
});

test('the seller refunds just after the till has read that it was paid', () => {
  const bench = createBench();
  const id = paidOrder(bench);
  bench.engine.script({ fault: 'seller-refunds-after', operation: 'read' });

  expect(orderOf(bench.read(id)).transactions.refunds).toBeUndefined();
  expect(orderOf(bench.read(id)).transactions.refunds?.[0]?.status).toBe('processing');
});

const statusesAfter = (fault: MercadoPagoFault) => {
  const bench = createBench();
  const id = paidOrder(bench);
  bench.engine.script({ fault, operation: 'refund' });
  bench.refund(id);
  bench.clock.nowMs += 60 * 3_600_000;
  const order = orderOf(bench.read(id));
  return [order.status, order.transactions.refunds?.[0]?.status];
};

test('a refund can fail, or stay in processing for good', () => {
  expect(statusesAfter('refund-fails')).toEqual(['processed', 'failed']);
  expect(statusesAfter('refund-sticks')).toEqual(['processed', 'processing']);
});

test('a refund can be answered with the id of another order', () => {
  const bench = createBench();
  const id = paidOrder(bench);
  bench.engine.script({ fault: 'another-order-id', operation: 'refund' });

  expect((jsonOf(bench.refund(id)) as { id: string }).id).not.toBe(id);
});

test('a script waits for its own order, lets some requests pass, and lasts as long as it says', () => {
  const bench = createBench();
  const first = openOrder(bench, cashOut({ external_reference: 'first' }));
  const second = openOrder(bench, cashOut({ external_reference: 'second' }));
  bench.engine.script({ fault: 'order-not-found', ref: 'second', operation: 'read', skip: 1, count: 2 });

  expect(outcomeOf(bench.read(first))).toBe('200');
  expect([1, 2, 3, 4].map(() => outcomeOf(bench.read(second)))).toEqual([
    '200',
    '404 order_not_found',
    '404 order_not_found',
    '200',
  ]);
  expect(bench.engine.scripted()).toEqual([]);
});

test('a create can be scripted by the reference that it will bring', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'drop-before-commit', ref: 'second' });

  expect(bench.create(cashOut({ external_reference: 'first' })).delivery).toBe('whole');
  expect(bench.create(cashOut({ external_reference: 'second' })).delivery).toBe('dropped-before-commit');
});

test('a cleared script is forgotten', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'drop-before-commit', count: 'always' });
  expect(bench.engine.scripted()).toEqual([{ fault: 'drop-before-commit', skip: 0, count: 'always' }]);

  bench.engine.clearScript();

  expect(bench.create().delivery).toBe('whole');
});

test('a network that is down receives nothing', () => {
  const bench = createBench();
  bench.engine.setNetwork('down');
  expect(bench.create()).toEqual({ delivery: 'refused', delayMs: 0 });

  bench.engine.setNetwork('up');
  expect(bench.create().delivery).toBe('whole');
});

test('rates of weather come true in their share, and each fault only where it can', () => {
  const bench = createBench({
    keepRequests: 2_000,
    weather: { rates: { 'drop-after-commit': 0.1, 'order-locked': 0.5 }, latency: { minimumMs: 20, maximumMs: 80 } },
  });
  const id = openOrder(bench);
  const reads = Array.from({ length: 1_000 }, () => bench.read(id));

  const faults = reads.map(({ fault }) => fault);
  const droppedCount = faults.filter((fault) => fault === 'drop-after-commit').length;
  expect(droppedCount).toBeGreaterThan(70);
  expect(droppedCount).toBeLessThan(130);
  expect(faults).not.toContain('order-locked');
  expect(reads.every(({ delayMs }) => delayMs >= 20 && delayMs <= 80)).toBe(true);
});

test('weather whose rates are more than everything is refused', () => {
  const bench = createBench();

  expect(() => bench.engine.setWeather({ rates: { delay: 0.6, 'cut-body': 0.6 } })).toThrow(/add up to 1.2/);
  expect(() => bench.engine.setWeather({ rates: { delay: -0.1 } })).toThrow(/not between 0 and 1/);
});

test('the network keeps the newest requests, as they left the till, with their answers', () => {
  const bench = createBench({ keepRequests: 2 });
  bench.create(cashOut(), { key: 'k1' });
  bench.create(cashOut({ external_reference: 'second' }), { key: 'k2' });
  bench.read('4711');

  const kept = bench.engine.requests();

  expect(kept.map(({ number, operation }) => [number, operation])).toEqual([
    [2, 'create'],
    [3, 'read'],
  ]);
  expect(kept[0]).toMatchObject({
    request: { method: 'POST', path: '/v1/orders', headers: { 'x-idempotency-key': 'k2' } },
    exchange: { delivery: 'whole', answer: { status: 201 } },
  });
  expect(bench.engine.requestCount()).toBe(3);
});
