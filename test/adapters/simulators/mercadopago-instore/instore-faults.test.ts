/** Every bad day that the simulated in-store API can have, one sentence each. */
import { expect, test } from 'vitest';
import { withWrongChecksum } from '../../../../src-main/simulators/networks/mercadopago-orders/emv-qr.ts';
import { INSTORE_FAULTS } from '../../../../src-main/simulators/networks/mercadopago-instore/faults.ts';
import type { InstoreFault } from '../../../../src-main/simulators/networks/mercadopago-instore/faults.ts';
import {
  answerOf,
  createBench,
  jsonOf,
  MINUTE_MS,
  outcomeOf,
  paidScan,
  REFERENCE,
  scanOf,
  withdrawal,
} from './instore-bench.ts';
import type { Bench } from './instore-bench.ts';

test('an answer dropped after the commit leaves an order that can be paid, one dropped before leaves none', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'drop-before-commit' }, { fault: 'drop-after-commit' });

  expect(outcomeOf(bench.put())).toBe('dropped-before-commit');
  expect(bench.engine.orders()).toEqual([]);
  expect(outcomeOf(bench.put())).toBe('dropped-after-commit');
  expect(bench.engine.customerPays(REFERENCE)).toMatchObject({ ok: true });
});

test('the same content put again after a lost answer leaves one order waiting', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'drop-after-commit', operation: 'put-order' });
  bench.put();
  bench.put();

  expect(bench.engine.orders().map(({ state }) => state)).toEqual(['replaced', 'waiting']);
});

test('a code whose answer was lost is out of reach, and a repeated POST makes a second payable order', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'drop-after-commit', operation: 'make-qr' });
  bench.makeQr();
  bench.makeQr();

  for (const { id } of bench.engine.orders()) expect(bench.engine.customerPays(id)).toMatchObject({ ok: true });
  expect(bench.search().map(({ status }) => status)).toEqual(['closed', 'closed']);
});

test.each([500, 502, 503, 504])('a %i can come before or after the network did its work', (status) => {
  const stateAfter = (fault: InstoreFault) => {
    const bench = createBench();
    const id = paidScan(bench);
    bench.engine.script({ fault, status, operation: 'confirm' });
    expect(answerOf(bench.confirm(id)).status).toBe(status);
    return [scanOf(bench, id).state, outcomeOf(bench.confirm(id))];
  };

  expect(stateAfter('server-error-before-commit')).toEqual(['paid', '200']);
  expect(stateAfter('server-error-after-commit')).toEqual(['confirmed', '409 already_confirmed']);
});

test('a confirmation whose answer was lost is known by its repetition', () => {
  const bench = createBench();
  const id = paidScan(bench);
  bench.engine.script({ fault: 'drop-after-commit', operation: 'confirm' });

  expect([bench.confirm(id), bench.confirm(id)].map(outcomeOf)).toEqual([
    'dropped-after-commit',
    '409 already_confirmed',
  ]);
});

test('too many requests are told how long to wait, and nothing was done', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'rate-limited', retryAfterSeconds: 7 });

  const answer = answerOf(bench.put());

  expect([answer.status, answer.headers['retry-after']]).toEqual([429, '7']);
  expect(bench.engine.orders()).toEqual([]);
});

test('a body can be cut, be no JSON, or be a refusal under a status of success', () => {
  const bench = createBench();
  bench.put();
  bench.engine.script({ fault: 'cut-body' }, { fault: 'not-json' }, { fault: 'error-inside-ok' });

  expect(bench.waiting().delivery).toBe('cut');
  expect(answerOf(bench.waiting()).bodyText).toMatch(/^<!doctype html>/);
  expect(outcomeOf(bench.waiting())).toBe('200 internal_error');
});

test('a delayed answer comes late, and the network did its work at once', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'delay', delayMs: 30_000 });

  expect(bench.put()).toMatchObject({ delivery: 'whole', delayMs: 30_000 });
  expect(bench.engine.order(REFERENCE)?.state).toBe('waiting');
});

test.each([
  ['unauthorized', 'put-order', (bench: Bench) => bench.put(), '401 unauthorized'],
  ['creation-fails', 'put-order', (bench: Bench) => bench.put(), '500 in_store_order_creation_error'],
  ['delete-refused', 'delete-order', (bench: Bench) => bench.remove(), '400 in_store_order_delete_error'],
  [
    'waiting-order-hidden',
    'read-order',
    (bench: Bench) => bench.waiting(),
    '404 point_of_sale_in_store_order_not_found',
  ],
] as const)('%s answers once, and changes nothing', (fault, operation, act, outcome) => {
  const bench = createBench();
  bench.put();
  const before = bench.engine.orders();
  bench.engine.script({ fault, operation });

  expect(outcomeOf(act(bench))).toBe(outcome);
  expect(bench.engine.orders()).toEqual(before);
  expect(outcomeOf(act(bench))).toMatch(/^20\d$/);
});

test('a token that expires in the middle stays expired, until it is restored', () => {
  const bench = createBench();
  bench.put();
  bench.engine.script({ fault: 'token-expires', operation: 'read-order', skip: 1 });

  expect([1, 2, 3].map(() => outcomeOf(bench.waiting()))).toEqual(['200', '401 unauthorized', '401 unauthorized']);
  bench.engine.restoreToken('APP_USR-test-token');
  expect(outcomeOf(bench.waiting())).toBe('200');
});

test('a network that is down receives nothing', () => {
  const bench = createBench();
  bench.engine.setNetwork('down');
  expect(outcomeOf(bench.put())).toBe('refused');

  bench.engine.setNetwork('up');
  expect(bench.engine.orders()).toEqual([]);
});

test.each([
  ['missing-qr', () => undefined],
  ['wrong-qr-checksum', withWrongChecksum],
  ['wrong-qr-amount', expect.stringContaining('540820100.00')],
  ['no-qr-amount', expect.stringContaining('53030325802AR')],
] as const)('%s spoils the code that is answered, and not the order', (fault, expected: unknown) => {
  const bench = createBench();
  bench.engine.script({ fault });

  const { qr_data: shown } = jsonOf(bench.makeQr()) as { qr_data?: string };

  const right = bench.engine.order(REFERENCE)?.qrData ?? '';
  expect(right).toContain('540820000.00');
  expect(shown).not.toBe(right);
  expect(shown).toEqual(typeof expected === 'function' ? (expected as (qrData: string) => unknown)(right) : expected);
});

test.each([
  ['another-amount', { total_amount: 20_100, paid_amount: 20_100 }],
  ['another-reference', { external_reference: `${REFERENCE}X` }],
  ['another-collector', { collector: { id: 999_999_999 } }],
  ['another-currency', { payments: [{ currency_id: 'BRL' }] }],
  ['partly-paid', { status: 'opened', order_status: 'partially_paid', paid_amount: 10_000 }],
  ['payment-not-approved', { status: 'closed', payments: [{ status: 'in_process' }] }],
  ['unknown-status', { status: 'under_review', order_status: 'undefined' }],
] as const)('%s spoils one answer and not the order', (fault, shown) => {
  const bench = createBench();
  paidScan(bench);
  const [truth] = bench.search();
  bench.engine.script({ fault });

  expect(bench.search()).toMatchObject([shown]);
  expect(bench.search()).toEqual([truth]);
});

test('an answer may lack the payments, or show one closed order as two', () => {
  const bench = createBench();
  paidScan(bench);
  bench.engine.script({ fault: 'missing-payments' }, { fault: 'two-closed' });

  expect(bench.search()[0]).not.toHaveProperty('payments');
  expect(bench.search().map(({ status }) => status)).toEqual(['closed', 'closed']);
  expect(bench.search()).toHaveLength(1);
});

test('a slow copy of the network shows a scan as it was before its last change, or not at all', () => {
  const bench = createBench();
  bench.put();
  bench.engine.customerScans(REFERENCE);
  bench.engine.script({ fault: 'stale-answer', count: 2 }, { fault: 'merchant-order-hidden' });
  expect(bench.search()).toEqual([]);

  bench.engine.customerPays(REFERENCE);
  expect(bench.search()).toMatchObject([{ status: 'opened', paid_amount: 0 }]);
  expect(bench.search()).toEqual([]);
  expect(bench.search()).toMatchObject([{ status: 'closed' }]);
});

test('a payment can win the race against a delete, against a replacement, and against a search', () => {
  const deleted = createBench();
  deleted.put();
  deleted.engine.script({ fault: 'customer-pays-first', operation: 'delete-order' });
  expect(outcomeOf(deleted.remove())).toBe('400 in_store_order_delete_error');
  expect(deleted.search()).toMatchObject([{ status: 'closed' }]);

  const replaced = createBench();
  replaced.put();
  replaced.engine.script({ fault: 'customer-pays-first', operation: 'put-order' });
  replaced.put(withdrawal({ external_reference: 'NEXT' }));
  expect(replaced.engine.order(REFERENCE)).toMatchObject({ state: 'paid', isLate: false });
  expect(replaced.engine.order('NEXT')?.state).toBe('waiting');

  const searched = createBench();
  searched.put();
  searched.engine.script({ fault: 'customer-pays-first', operation: 'search-merchant-orders' });
  expect(searched.search()).toMatchObject([{ status: 'closed' }]);
});

test('a payment can come after a delete was answered with success', () => {
  const bench = createBench();
  bench.put();
  bench.engine.script({ fault: 'customer-pays-after', operation: 'delete-order', afterMs: 4_000 });

  expect(outcomeOf(bench.remove())).toBe('204');
  bench.clock.nowMs += 3_999;
  expect(bench.search()).toEqual([]);
  bench.clock.nowMs += 1;
  expect(bench.engine.order(REFERENCE)).toMatchObject({ state: 'paid', isLate: true });
  expect(bench.search()).toMatchObject([{ status: 'closed' }]);
});

test('a payment can come one tick before expiry, and one tick after only late', () => {
  const bench = createBench();
  bench.put();
  bench.clock.nowMs += 5 * MINUTE_MS - 1;
  expect(bench.engine.customerPays(REFERENCE)).toMatchObject({ ok: true, order: { isLate: false } });

  bench.put(withdrawal({ external_reference: 'NEXT', expiration_date: '2025-11-21T12:06:00.000-03:00' }));
  bench.clock.nowMs += MINUTE_MS + 1;
  expect(bench.engine.customerPays('NEXT')).toMatchObject({ ok: false });
  expect(bench.engine.customerPays('NEXT', { force: true })).toMatchObject({ ok: true, order: { isLate: true } });
});

test('a second payment can follow the first, each with five minutes of its own', () => {
  const bench = createBench();
  const first = paidScan(bench);
  bench.engine.script({ fault: 'customer-pays-again-after', operation: 'confirm', afterMs: 60_000 });
  bench.confirm(first);
  bench.clock.nowMs += 60_000;

  const [, second] = bench.search();
  expect(second).toMatchObject({ status: 'closed', order_status: 'paid' });
  bench.clock.nowMs += 5 * MINUTE_MS + 10_000;
  expect(bench.search().map(({ order_status: status }) => status)).toEqual(['paid', 'reverted']);
});

test('the window can end just before a confirmation arrives, and then the money is back', () => {
  const bench = createBench();
  const id = paidScan(bench);
  bench.engine.script({ fault: 'window-ends-first', operation: 'confirm' });

  expect(outcomeOf(bench.confirm(id))).toBe('409 already_notified');
  expect(scanOf(bench, id)).toMatchObject({ state: 'returned', back: { by: 'network' } });
});

test('one spelling can be refused once, and a return can stick', () => {
  const bench = createBench();
  const id = paidScan(bench);
  bench.engine.script({ fault: 'detail-refused' }, { fault: 'return-sticks' });

  expect(outcomeOf(bench.confirm(id, 'fail', 'other'))).toBe('400 invalid_status_detail');
  expect(outcomeOf(bench.confirm(id, 'fail', 'other'))).toBe('200');
  bench.clock.nowMs += 60 * MINUTE_MS;
  expect(scanOf(bench, id).state).toBe('returning');
});

test('the seller can refund after an answer, but not what was confirmed', () => {
  const bench = createBench();
  const id = paidScan(bench);
  bench.engine.script({ fault: 'seller-refunds-after', operation: 'read-merchant-order', afterMs: 1_000 });
  bench.send('GET', `/merchant_orders/${id}`);
  bench.clock.nowMs += 4_000;
  expect(scanOf(bench, id)).toMatchObject({ state: 'returned', back: { by: 'seller' } });

  const confirmed = paidScan(bench);
  bench.engine.script({ fault: 'seller-refunds-after', operation: 'confirm' });
  bench.confirm(confirmed);
  bench.clock.nowMs += MINUTE_MS;
  expect(scanOf(bench, confirmed).state).toBe('confirmed');
});

test('a script may be written for one reference, one merchant order, or one point of sale', () => {
  const bench = createBench();
  const id = paidScan(bench);
  bench.engine.script(
    { fault: 'rate-limited', ref: 'OTHER' },
    { fault: 'unauthorized', ref: String(id) },
    { fault: 'creation-fails', ref: 'SUC01CAJA07' },
  );

  expect(bench.search()).toHaveLength(1);
  expect(outcomeOf(bench.confirm(id))).toBe('401 unauthorized');
  expect(outcomeOf(bench.put())).toBe('500 in_store_order_creation_error');
  expect(bench.engine.scripted()).toMatchObject([{ ref: 'OTHER' }]);
});

test('weather whose rates cannot be is refused when it is set', () => {
  const rates = Object.fromEntries(INSTORE_FAULTS.map((fault) => [fault, 0.5]));

  expect(() => createBench({ weather: { rates } })).toThrow('add up to');
  expect(() => createBench({ weather: { rates: { delay: 2 } } })).toThrow('not between 0 and 1');
});
