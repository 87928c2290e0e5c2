/** From scan to settled: merchant orders, confirmation, and the way back of money that nobody confirmed. */
import { expect, test } from 'vitest';
import type { WireMerchantOrder } from '../../../../src-main/simulators/networks/mercadopago-instore/wire-merchant-order.ts';
import {
  createBench,
  item,
  jsonOf,
  messageOf,
  MINUTE_MS,
  NOON_MS,
  outcomeOf,
  paidScan,
  purchaseWithWithdrawal,
  REFERENCE,
  scanOf,
  withdrawal,
} from './instore-bench.ts';
import type { Bench, SearchAnswer } from './instore-bench.ts';

const SEARCH = '/merchant_orders/search';

function onlyOf(bench: Bench): WireMerchantOrder {
  const [only, ...others] = bench.search();
  if (only === undefined || others.length > 0) throw new Error(`${others.length + 1} merchant orders`);
  return only;
}

test.each([
  ['list', []],
  ['null', null],
] as const)('before a scan there are no elements (%s)', (emptyElements, elements) => {
  const bench = createBench({ settings: { emptyElements } });
  bench.put();

  const found = bench.send('GET', SEARCH, { query: { external_reference: REFERENCE } });

  expect(jsonOf(found)).toEqual({ elements, next_offset: 0, total: 0 });
});

test('every scan is another merchant order with the same reference, and abandoned ones stay opened', () => {
  const bench = createBench();
  bench.put();
  bench.engine.customerScans(REFERENCE);
  bench.engine.customerScans(REFERENCE);
  bench.engine.customerScans(REFERENCE);
  const latest = bench.engine.customerPays(REFERENCE);
  bench.clock.nowMs += 20 * MINUTE_MS;

  expect(bench.search().map(({ status, external_reference: reference }) => [status, reference])).toEqual([
    ['opened', REFERENCE],
    ['opened', REFERENCE],
    ['closed', REFERENCE],
  ]);
  expect(latest).toMatchObject({ ok: true, merchantOrderId: bench.search().at(-1)?.id });
});

test('scans may also expire with their order', () => {
  const bench = createBench({ settings: { abandonedOrders: 'expired' } });
  bench.put();
  bench.engine.customerScans(REFERENCE);
  bench.remove();

  expect(onlyOf(bench)).toMatchObject({ status: 'expired', order_status: 'expired' });
});

test('a paid withdrawal is closed, with one approved payment of the whole sum', () => {
  const bench = createBench();
  const id = paidScan(bench);

  expect(onlyOf(bench)).toMatchObject({
    id,
    status: 'closed',
    order_status: 'paid',
    site_id: 'MLA',
    total_amount: 20_000,
    paid_amount: 20_000,
    refunded_amount: 0,
    cancelled: false,
    payouts: [],
    payments: [
      {
        status: 'approved',
        transaction_amount: 20_000,
        currency_id: 'ARS',
        date_approved: '2025-11-21T11:00:00.000-04:00',
      },
    ],
  });
  expect(jsonOf(bench.send('GET', `/merchant_orders/${id}`))).toEqual(onlyOf(bench));
});

test('the withdrawn part may show among the payouts instead', () => {
  const bench = createBench({ settings: { withdrawalShownIn: 'payouts' } });
  paidScan(bench, purchaseWithWithdrawal());

  expect(onlyOf(bench)).toMatchObject({
    paid_amount: 1_390,
    payments: [{ transaction_amount: 1_190 }],
    payouts: [{ amount: 200 }],
  });
});

test('a withdrawal that was stated as zero still shows what left the wallet', () => {
  const bench = createBench({ settings: { pureCashoutTotal: 'zero' } });
  paidScan(bench, withdrawal({ total_amount: 0 }));

  expect(onlyOf(bench)).toMatchObject({ total_amount: 0, paid_amount: 20_000 });
});

test('a payment under way, and one that the wallet refused, leave the order opened', () => {
  const bench = createBench();
  bench.put();
  bench.engine.customerStartsPaying(REFERENCE);
  expect(onlyOf(bench)).toMatchObject({ status: 'opened', order_status: 'payment_in_process', paid_amount: 0 });

  bench.engine.customerIsRejected(REFERENCE);
  expect(onlyOf(bench)).toMatchObject({ status: 'opened', order_status: 'payment_required', paid_amount: 0 });
  expect(onlyOf(bench).payments).toMatchObject([{ status: 'rejected' }]);

  bench.engine.customerPays(REFERENCE);
  expect(onlyOf(bench).payments?.map(({ status }) => status)).toEqual(['rejected', 'approved']);
});

test('a customer who holds an order too long lets it go, and an expiry that waited comes then', () => {
  const bench = createBench();
  bench.put();
  bench.clock.nowMs += 5 * MINUTE_MS - 1;
  bench.engine.customerStartsPaying(REFERENCE);
  bench.clock.nowMs += 30_000;
  expect(bench.engine.order(REFERENCE)?.state).toBe('waiting');

  bench.clock.nowMs += 30_000;
  expect(bench.engine.order(REFERENCE)?.state).toBe('expired');
});

test('what was already being paid when it was replaced is paid all the same, and late', () => {
  const bench = createBench();
  bench.put();
  const held = bench.engine.customerStartsPaying(REFERENCE);
  bench.put(withdrawal({ external_reference: 'NEXT' }));
  const id = held.ok ? String(held.merchantOrderId) : '';

  expect(bench.engine.customerPays(id)).toMatchObject({ ok: true, order: { state: 'paid', isLate: true } });
  expect(bench.engine.order('NEXT')?.state).toBe('waiting');
});

test('what is deleted or expired is paid only by force, and late', () => {
  const bench = createBench();
  bench.put();
  bench.remove();

  expect(bench.engine.customerPays(REFERENCE)).toMatchObject({ ok: false, kind: 'not-now' });
  expect(bench.engine.customerPays(REFERENCE, { force: true })).toMatchObject({
    ok: true,
    order: { state: 'paid', isLate: true },
  });
  expect(onlyOf(bench).status).toBe('closed');
});

test('a scan alone keeps nothing waiting: a delete goes through, and the scan cannot be paid after it', () => {
  const bench = createBench();
  bench.put();
  const scanned = bench.engine.customerScans(REFERENCE);
  const id = scanned.ok ? String(scanned.merchantOrderId) : '';

  expect(outcomeOf(bench.remove())).toBe('204');
  expect(bench.engine.customerPays(id)).toMatchObject({ ok: false, kind: 'not-now' });
  expect(onlyOf(bench)).toMatchObject({ status: 'opened', paid_amount: 0 });
});

test('two customers pay one order only by force, and then two are closed', () => {
  const bench = createBench();
  paidScan(bench);
  expect(bench.engine.customerPays(REFERENCE)).toMatchObject({ ok: false });

  bench.engine.customerPaysTwice(REFERENCE);

  expect(bench.search().filter(({ status }) => status === 'closed')).toHaveLength(2);
  expect(new Set(bench.search().map(({ payments }) => payments?.[0]?.id)).size).toBe(2);
});

test.each([
  ['confirmed', 'confirmed', 'confirmed'],
  ['cancelled', 'manually_cancelled', 'returning'],
  ['cancelled', 'confirmation_not_received', 'returning'],
  ['cancelled', 'other', 'returning'],
  ['fail', 'internal_comunication_error', 'returning'],
  ['fail', 'other', 'returning'],
])('%s with %s is taken, and the money is then %s', (status, detail, state) => {
  const bench = createBench();
  const id = paidScan(bench);

  const exchange = bench.confirm(id, status, detail);

  expect(outcomeOf(exchange)).toBe('200');
  expect(jsonOf(exchange)).toEqual({ order_id: id, status });
  expect(scanOf(bench, id).state).toBe(state);
});

test.each([
  ['Confirm', 'confirmed', 'invalid_status'],
  ['Cancelled', 'manually_cancelled', 'invalid_status'],
  ['confirmado', 'confirmado', 'invalid_status'],
  ['confirmed', 'other', 'invalid_status_detail'],
  ['confirmed', 'confirmado', 'invalid_status_detail'],
  ['cancelled', 'cancelado_manualmente', 'invalid_status_detail'],
  ['fail', 'manually_cancelled', 'invalid_status_detail'],
  ['fail', 'internal_communication_error', 'invalid_status_detail'],
])('%s with %s is refused with %s, and the money stays', (status, detail, code) => {
  const bench = createBench();
  const id = paidScan(bench);

  expect(outcomeOf(bench.confirm(id, status, detail))).toBe(`400 ${code}`);
  expect(scanOf(bench, id).state).toBe('paid');
});

test.each([
  ['one-m', ['200', '400 invalid_status_detail']],
  ['two-m', ['400 invalid_status_detail', '200']],
  ['either', ['200', '200']],
] as const)('the spelling of a communication error may be %s', (failDetailSpelling, outcomes) => {
  const seen = ['internal_comunication_error', 'internal_communication_error'].map((detail) => {
    const bench = createBench({ settings: { failDetailSpelling } });
    return outcomeOf(bench.confirm(paidScan(bench), 'fail', detail));
  });

  expect(seen).toEqual(outcomes);
});

test('a version that knows no fail says that the status is invalid', () => {
  const bench = createBench({ settings: { acceptsFail: false } });
  const id = paidScan(bench);

  expect(outcomeOf(bench.confirm(id, 'fail', 'other'))).toBe('400 invalid_status');
  expect(outcomeOf(bench.confirm(id, 'cancelled', 'other'))).toBe('200');
});

test('a confirmation without a body says nothing', () => {
  const bench = createBench();
  const id = paidScan(bench);

  expect(outcomeOf(bench.send('POST', `/instore/orders/${id}/confirmation`))).toBe('400 invalid_status');
});

test('a second confirmation is told the first', () => {
  const bench = createBench();
  const confirmed = paidScan(bench);
  bench.confirm(confirmed);
  const cancelled = paidScan(bench);
  bench.confirm(cancelled, 'cancelled', 'manually_cancelled');
  const failed = paidScan(bench);
  bench.confirm(failed, 'fail', 'other');

  expect(outcomeOf(bench.confirm(confirmed))).toBe('409 already_confirmed');
  expect(outcomeOf(bench.confirm(confirmed, 'cancelled', 'other'))).toBe('409 already_confirmed');
  expect(outcomeOf(bench.confirm(cancelled))).toBe('409 already_notified');
  expect(messageOf(bench.confirm(cancelled))).toContain('cancelled');
  expect(messageOf(bench.confirm(failed))).toContain('fail');
});

test('only a paid withdrawal can be confirmed', () => {
  const bench = createBench();
  bench.put();
  const scanned = bench.engine.customerScans(REFERENCE);

  expect(outcomeOf(bench.confirm(scanned.ok ? (scanned.merchantOrderId ?? 0) : 0))).toBe('404 order_not_found');
  expect(outcomeOf(bench.confirm(1))).toBe('404 order_not_found');
  const sale = paidScan(bench, withdrawal({ items: [item()], total_amount: 1_190, cash_out: undefined }));
  expect(outcomeOf(bench.confirm(sale))).toBe('404 order_not_found');
  const path = `/instore/orders/${bench.engine.order(REFERENCE)?.id}/confirmation`;
  const body = { status: 'confirmed', status_detail: 'confirmed' };
  expect(outcomeOf(bench.send('POST', path, { body }))).toBe('404 order_not_found');
});

test('a confirmation works until five minutes after the transaction, and not at five', () => {
  const bench = createBench();
  const early = paidScan(bench);
  bench.clock.nowMs += 5 * MINUTE_MS - 1;
  expect(outcomeOf(bench.confirm(early))).toBe('200');

  bench.clock.nowMs = NOON_MS + 30 * MINUTE_MS;
  const late = paidScan(bench, withdrawal({ expiration_date: undefined }));
  bench.clock.nowMs += 5 * MINUTE_MS;
  expect(outcomeOf(bench.confirm(late))).toBe('409 already_notified');
  expect(messageOf(bench.confirm(late))).toContain('cancelled');
});

test('money that nobody confirmed goes back to the payer by itself, and the order still says closed', () => {
  const bench = createBench();
  const id = paidScan(bench);
  bench.clock.nowMs += 5 * MINUTE_MS;
  expect(onlyOf(bench)).toMatchObject({ status: 'closed', order_status: 'paid' });

  bench.clock.nowMs += 10_000;

  expect(onlyOf(bench)).toMatchObject({
    status: 'closed',
    order_status: 'reverted',
    paid_amount: 20_000,
    refunded_amount: 20_000,
    payments: [{ status: 'refunded', amount_refunded: 20_000 }],
  });
  expect(scanOf(bench, id)).toMatchObject({
    state: 'returned',
    back: { by: 'network', status: 'cancelled', detail: 'confirmation_not_received' },
  });
});

test('a confirmed withdrawal never goes back by itself', () => {
  const bench = createBench();
  const id = paidScan(bench);
  bench.confirm(id);
  bench.clock.nowMs += 24 * 60 * MINUTE_MS;

  expect(scanOf(bench, id).state).toBe('confirmed');
  expect(onlyOf(bench)).toMatchObject({ order_status: 'paid', refunded_amount: 0 });
});

test('the other list of words calls it refunded', () => {
  const bench = createBench({ settings: { orderStatusWords: 'openapi' } });
  bench.engine.endWindow(String(paidScan(bench)));

  expect(onlyOf(bench).order_status).toBe('refunded');
});

test.each([
  ['already_notified', '409 already_notified', 'returned'],
  ['not_found', '404 order_not_found', 'returned'],
  ['accepted_until_returned', '200', 'confirmed'],
] as const)('after the window a confirmation may be %s', (lateConfirmation, outcome, state) => {
  const bench = createBench({ settings: { lateConfirmation, automaticReturnAfterMs: 60_000 } });
  const id = paidScan(bench);
  bench.clock.nowMs += 5 * MINUTE_MS + 30_000;

  expect(outcomeOf(bench.confirm(id))).toBe(outcome);
  bench.clock.nowMs += MINUTE_MS;
  expect(scanOf(bench, id).state).toBe(state);
});

test('where the way back is unknown it comes only on command', () => {
  const bench = createBench({ settings: { automaticReturnAfterMs: 'never' } });
  const id = paidScan(bench);
  bench.clock.nowMs += 60 * MINUTE_MS;
  expect(scanOf(bench, id).state).toBe('paid');

  expect(bench.engine.endWindow(String(id))).toMatchObject({ ok: true });
  expect(scanOf(bench, id).state).toBe('returned');
});

test('a cancelled confirmation returns the money after a moment, or on command', () => {
  const bench = createBench();
  const id = paidScan(bench);
  bench.confirm(id, 'cancelled', 'manually_cancelled');
  expect(onlyOf(bench).order_status).toBe('paid');
  bench.clock.nowMs += 3_000;
  expect(onlyOf(bench)).toMatchObject({ order_status: 'reverted', refunded_amount: 20_000 });

  bench.engine.change({ returnTakesMs: 'on-command' });
  const slow = paidScan(bench);
  bench.confirm(slow, 'fail', 'other');
  bench.clock.nowMs += 60 * MINUTE_MS;
  expect(scanOf(bench, slow).state).toBe('returning');
  bench.engine.endReturn(String(slow));
  expect(scanOf(bench, slow)).toMatchObject({
    state: 'returned',
    back: { by: 'till', status: 'fail', detail: 'other' },
  });
});

test('the seller can refund behind the till, before a confirmation; after it only by force', () => {
  const bench = createBench();
  const id = paidScan(bench);
  bench.engine.sellerRefunds(String(id));
  expect(outcomeOf(bench.confirm(id))).toBe('409 already_notified');
  expect(scanOf(bench, id).back?.by).toBe('seller');

  const confirmed = paidScan(bench);
  bench.confirm(confirmed);
  expect(bench.engine.sellerRefunds(String(confirmed))).toMatchObject({ ok: false, kind: 'not-now' });
  expect(bench.engine.sellerRefunds(String(confirmed), { force: true })).toMatchObject({ ok: true });
});

test('a search filters, pages, and says what it cannot read', () => {
  const bench = createBench();
  bench.put();
  for (let count = 0; count < 5; count += 1) bench.engine.customerScans(REFERENCE);
  bench.engine.customerPays(REFERENCE);
  const found = (query: Record<string, string>) =>
    jsonOf(bench.send('GET', SEARCH, { query: { external_reference: REFERENCE, ...query } })) as SearchAnswer;
  const total = (query: Record<string, string>) => found(query).total;

  expect([total({ status: 'closed' }), total({ status: 'opened' }), total({ site_id: 'MLB' })]).toEqual([1, 4, 0]);
  expect(found({ limit: '2', offset: '2' })).toMatchObject({ next_offset: 4, total: 5 });
  expect(found({ limit: '2', offset: '4' }).elements).toHaveLength(1);
  expect(total({ date_created_from: '2025-11-21T15:00:00Z' })).toBe(5);
  expect(total({ date_created_to: '2025-11-21T14:59:59Z' })).toBe(0);
  expect(outcomeOf(bench.send('GET', SEARCH, { query: { limit: 'x' } }))).toBe('400 ds_search_query');
  expect(outcomeOf(bench.send('GET', SEARCH, { query: { last_updated_from: 'x' } }))).toBe('400 invalid_format');
});

test("another seller's merchant orders are not found", () => {
  const bench = createBench({ settings: { tokens: [{ token: 'A' }, { token: 'B', userId: '42' }] } });
  bench.send('PUT', '/instore/qr/seller/collectors/700100200/pos/CAJA/orders', {
    body: withdrawal(),
    headers: { authorization: 'Bearer A' },
  });
  const paid = bench.engine.customerPays(REFERENCE);
  const path = `/merchant_orders/${paid.ok ? paid.merchantOrderId : ''}`;

  expect(outcomeOf(bench.send('GET', path, { headers: { authorization: 'Bearer A' } }))).toBe('200');
  expect(outcomeOf(bench.send('GET', path, { headers: { authorization: 'Bearer B' } }))).toBe(
    '404 merchant_order_not_found',
  );
});

test('customers who act by themselves scan, pay, or walk away and leave an opened order', () => {
  const payAfter = { minimumMs: 4_000, maximumMs: 4_000 };
  const customers = { payAfter, payingMs: 1_500, walkAwayRate: 0, lateRate: 0 };
  const bench = createBench({ settings: { customers } });
  bench.put();
  bench.clock.nowMs += 2_500;
  expect(onlyOf(bench).status).toBe('opened');
  bench.clock.nowMs += 1_500;
  expect(onlyOf(bench).status).toBe('closed');

  bench.engine.setCustomers({ ...customers, walkAwayRate: 1 });
  bench.put(withdrawal({ external_reference: 'AWAY' }));
  bench.clock.nowMs += 60 * MINUTE_MS;
  expect(bench.search('AWAY').map(({ status }) => status)).toEqual(['opened']);
});

test('forgetting leaves what still has money on its way', () => {
  const bench = createBench();
  const id = paidScan(bench);
  expect(bench.engine.forgetFinished()).toBe(0);
  bench.confirm(id);
  expect(bench.engine.forgetFinished()).toBe(1);
  expect(bench.search()).toEqual([]);
});
