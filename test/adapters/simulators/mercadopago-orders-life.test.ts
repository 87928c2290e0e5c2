/** The life of an order on the simulated network, as a till sees it from outside. */
import { expect, test } from 'vitest';
import {
  answerOf,
  cashOut,
  createBench,
  jsonOf,
  NOON_MS,
  openOrder,
  orderOf,
  outcomeOf,
  paidOrder,
  like,
} from './order-bench.ts';

const HOUR_MS = 3_600_000;

test('a created order waits for the customer and has the documented shape', () => {
  const bench = createBench();

  const created = bench.create();

  expect(answerOf(created).status).toBe(201);
  expect(orderOf(created)).toEqual({
    id: like(/^ORD[0-9A-HJKMNP-TV-Z]{26}$/),
    type: 'qr',
    processing_mode: 'automatic',
    external_reference: 'COT0701K9ZZ7H4Q2V8D',
    description: 'Retiro de efectivo',
    total_amount: '500.00',
    expiration_time: 'PT5M',
    country_code: 'MX',
    user_id: '700100200',
    status: 'created',
    status_detail: 'created',
    currency: 'MXN',
    created_date: '2025-11-21T12:00:00.000Z',
    last_updated_date: '2025-11-21T12:00:00.000Z',
    integration_data: { application_id: '5550001112223330' },
    transactions: {
      cash_outs: [
        {
          id: like(/^CAS[0-9A-HJKMNP-TV-Z]{26}$/),
          amount: '500.00',
          status: 'created',
          status_detail: 'ready_to_process',
          additional_info: { external_cashier_id: 1042 },
        },
      ],
    },
    config: { qr: { external_pos_id: 'SUC01CAJA07', mode: 'dynamic' } },
    type_response: { qr_data: like(/^000201010212.*6304[0-9A-F]{4}$/) },
  });
});

test('a read answers the same order, byte for byte, as long as nothing happened', () => {
  const bench = createBench();
  const created = bench.create();

  expect(answerOf(bench.read(orderOf(created).id)).bodyText).toBe(answerOf(created).bodyText);
});

const modeOf = (mode: string) => cashOut({ external_reference: mode, config: { qr: { external_pos_id: 'P1', mode } } });

test('an order on the sticker carries no QR data, and a hybrid one does', () => {
  const bench = createBench();

  expect(orderOf(bench.create(modeOf('static'))).type_response).toBeUndefined();
  expect(orderOf(bench.create(modeOf('hybrid'))).type_response?.qr_data).toMatch(/^000201/);
});

test('a paid order is processed and accredited, with the number of the movement', () => {
  const bench = createBench();
  const id = openOrder(bench);
  bench.clock.nowMs += 4_000;

  expect(bench.engine.customerPays(id)).toMatchObject({ ok: true, order: { paidAmount: '500.00', isLate: false } });

  const order = orderOf(bench.read(id));
  expect([order.status, order.status_detail, order.last_updated_date]).toEqual([
    'processed',
    'accredited',
    '2025-11-21T12:00:04.000Z',
  ]);
  expect(order.transactions.cash_outs).toEqual([
    expect.objectContaining({
      status: 'processed',
      status_detail: 'accredited',
      reference_id: like(/^\d{11}$/),
    }),
  ]);
});

test('a customer finds an order by the reference of the till as well as by its id', () => {
  const bench = createBench();
  openOrder(bench);

  expect(bench.engine.customerPays('COT0701K9ZZ7H4Q2V8D').ok).toBe(true);
  expect(bench.engine.customerPays('unheard-of')).toMatchObject({ ok: false, kind: 'unknown-order' });
});

test('nobody pays an order twice', () => {
  const bench = createBench();
  const id = paidOrder(bench);

  expect(bench.engine.customerPays(id)).toMatchObject({ ok: false, kind: 'not-now' });
});

test('a waiting order can be cancelled, once', () => {
  const bench = createBench();
  const id = openOrder(bench);

  const canceled = orderOf(bench.cancel(id));

  expect([canceled.status, canceled.transactions.cash_outs[0]?.status_detail]).toEqual(['canceled', 'canceled_by_api']);
  expect(outcomeOf(bench.cancel(id))).toBe('409 order_already_canceled');
  expect(bench.engine.customerPays(id).ok).toBe(false);
});

test('a paid order cannot be cancelled', () => {
  const bench = createBench();

  expect(outcomeOf(bench.cancel(paidOrder(bench)))).toBe('409 cannot_cancel_order');
});

test('the reference gives every cancel conflict one code, and so does the network when told to', () => {
  const bench = createBench({ settings: { cancelConflictCode: 'order_already_canceled' } });

  expect(outcomeOf(bench.cancel(paidOrder(bench)))).toBe('409 order_already_canceled');
});

test('while the customer is paying a cancel meets a locked order, and afterwards the same cancel may be sent again', () => {
  const bench = createBench();
  const id = openOrder(bench);
  bench.engine.customerStartsPaying(id);

  expect(outcomeOf(bench.cancel(id, 'cancel-key'))).toBe('409 instore_order_locked_error');

  bench.engine.customerGivesUp(id);
  expect(outcomeOf(bench.cancel(id, 'cancel-key'))).toBe('200');
});

test('a customer who stares at the telephone for a minute has given up', () => {
  const bench = createBench();
  const id = openOrder(bench);
  bench.engine.customerStartsPaying(id);
  bench.clock.nowMs += 60_000;

  expect(outcomeOf(bench.cancel(id))).toBe('200');
});

test('an order expires at its time and not a millisecond before', () => {
  const bench = createBench();
  const id = openOrder(bench);

  bench.clock.nowMs = NOON_MS + 300_000 - 1;
  expect(orderOf(bench.read(id)).status).toBe('created');

  bench.clock.nowMs = NOON_MS + 300_000 + 5_000;
  const expired = orderOf(bench.read(id));
  expect([expired.status, expired.transactions.cash_outs[0]?.status]).toEqual(['expired', 'expired']);
  expect(expired.last_updated_date).toBe('2025-11-21T12:05:00.000Z');
  expect(outcomeOf(bench.cancel(id))).toBe('409 cannot_cancel_order');
});

test('a payment one millisecond before expiry counts', () => {
  const bench = createBench();
  const id = openOrder(bench);
  bench.clock.nowMs = NOON_MS + 300_000 - 1;

  expect(bench.engine.customerPays(id).ok).toBe(true);

  bench.clock.nowMs += HOUR_MS;
  expect(orderOf(bench.read(id)).status).toBe('processed');
});

test('expiry waits for a customer who is paying, and comes when that customer gives up', () => {
  const bench = createBench();
  const id = openOrder(bench);
  bench.clock.nowMs = NOON_MS + 299_000;
  bench.engine.customerStartsPaying(id);

  bench.clock.nowMs = NOON_MS + 301_000;
  expect(orderOf(bench.read(id)).status).toBe('created');

  bench.engine.customerGivesUp(id);
  expect(orderOf(bench.read(id)).status).toBe('expired');
});

test.each(['canceled', 'expired'] as const)(
  'a payment under way can be forced onto a %s order and is marked late',
  (end) => {
    const bench = createBench();
    const id = openOrder(bench);
    if (end === 'canceled') bench.cancel(id);
    else bench.engine.expire(id);

    expect(bench.engine.customerPays(id, { force: true })).toMatchObject({ ok: true, order: { isLate: true } });
    expect(orderOf(bench.read(id)).status).toBe('processed');
  },
);

test('a refund is accepted as processing and proves itself a while later', () => {
  const bench = createBench();
  const id = paidOrder(bench);
  const cashOutId = orderOf(bench.read(id)).transactions.cash_outs[0]?.id;

  const answer = bench.refund(id);

  expect(answerOf(answer).status).toBe(201);
  expect(jsonOf(answer)).toEqual({
    id,
    status: 'processed',
    status_detail: 'accredited',
    transactions: {
      refunds: [
        {
          id: like(/^REF[0-9A-Z]{26}$/),
          transaction_id: cashOutId,
          reference_id: like(/^\d{11}$/),
          amount: '500.00',
          status: 'processing',
        },
      ],
    },
  });
  expect(outcomeOf(bench.refund(id))).toBe('409 refund_in_progress');

  bench.clock.nowMs += 3_000;
  const refunded = orderOf(bench.read(id));
  expect([refunded.status, refunded.status_detail]).toEqual(['refunded', 'refunded']);
  expect(refunded.transactions.cash_outs[0]?.status).toBe('refunded');
  expect(refunded.transactions.refunds?.map(({ status }) => status)).toEqual(['processed']);
  expect(outcomeOf(bench.refund(id))).toBe('409 order_already_refunded');
});

test('a refund can wait for a command, fail, and be asked for again', () => {
  const bench = createBench({ settings: { refundTakesMs: 'on-command' } });
  const id = paidOrder(bench);
  bench.refund(id);
  bench.clock.nowMs += 48 * HOUR_MS;
  expect(orderOf(bench.read(id)).transactions.refunds?.[0]?.status).toBe('processing');

  bench.engine.endRefund(id, 'failed');
  const failed = orderOf(bench.read(id));
  expect([failed.status, failed.transactions.refunds?.[0]?.status]).toEqual(['processed', 'failed']);

  expect(outcomeOf(bench.refund(id))).toBe('201');
  bench.engine.endRefund(id, 'processed');
  expect(orderOf(bench.read(id)).transactions.refunds?.map(({ status }) => status)).toEqual(['failed', 'processed']);
});

test('the refund window is 72 hours from the payment', () => {
  const [early, late] = [createBench(), createBench()];
  const [earlyId, lateId] = [paidOrder(early), paidOrder(late)];
  early.clock.nowMs += 72 * HOUR_MS;
  late.clock.nowMs += 72 * HOUR_MS + 1;

  expect(outcomeOf(early.refund(earlyId))).toBe('201');
  expect(outcomeOf(late.refund(lateId))).toBe('400 in_store_payment_refund_order');
});

test('an order that was never paid cannot be refunded', () => {
  const bench = createBench();
  const id = openOrder(bench);

  expect(outcomeOf(bench.refund(id))).toBe('409 invalid_order_status');
  bench.cancel(id);
  expect(outcomeOf(bench.refund(id))).toBe('409 cannot_refund_order');
});

test("the seller refunds in the panel behind the till's back", () => {
  const bench = createBench();
  const id = paidOrder(bench);

  expect(bench.engine.sellerRefunds(id).ok).toBe(true);

  expect(orderOf(bench.read(id)).transactions.refunds?.[0]?.status).toBe('processing');
  bench.clock.nowMs += 3_000;
  expect(orderOf(bench.read(id)).status).toBe('refunded');
});

test('an order older than three months can no longer be read', () => {
  const bench = createBench();
  const id = paidOrder(bench);
  bench.clock.nowMs += 90 * 24 * HOUR_MS + 1;

  expect(outcomeOf(bench.read(id))).toBe('404 order_not_found');
});

test('where the payer chooses the amount, the order says what was paid', () => {
  const bench = createBench({ settings: { country: 'BR' } });
  const info = { fixed_amount: true, agency_type: 'AGTEC', bank_service_code: 'SAQUE' };
  const id = openOrder(bench, cashOut({ transactions: { cash_outs: [{ amount: '500.00', additional_info: info }] } }));

  bench.engine.customerPays(id, { amount: '350.00' });

  const order = orderOf(bench.read(id));
  expect([order.total_amount, order.transactions.cash_outs[0]?.amount, order.country_code, order.currency]).toEqual([
    '350.00',
    '350.00',
    'BRA',
    'BRL',
  ]);
});

test('where the amount is binding, only force changes it', () => {
  const bench = createBench();
  const id = openOrder(bench);

  expect(bench.engine.customerPays(id, { amount: '350.00' })).toMatchObject({ ok: false, kind: 'not-now' });
  expect(bench.engine.customerPays(id, { amount: '3,50' })).toMatchObject({ ok: false, kind: 'not-an-amount' });
  expect(bench.engine.customerPays(id, { amount: '350.00', force: true }).ok).toBe(true);
  expect(orderOf(bench.read(id)).total_amount).toBe('350.00');
});

test('the sticker of a POS pays its newest waiting order', () => {
  const bench = createBench();
  const onSticker = { qr: { external_pos_id: 'SUC01CAJA07', mode: 'static' } };
  openOrder(bench, cashOut({ external_reference: 'first', config: onSticker }));
  openOrder(bench, cashOut({ external_reference: 'second', config: onSticker }));
  openOrder(bench, cashOut({ external_reference: 'on-screen' }));

  expect(bench.engine.customerScansSticker('SUC01CAJA07')).toMatchObject({ order: { externalReference: 'second' } });
  expect(bench.engine.customerScansSticker('SUC01CAJA08').ok).toBe(false);
});

test('customers of their own accord pay, walk away, or pay too late, as the shares say', () => {
  const customers = { payAfter: { minimumMs: 1_000, maximumMs: 9_000 }, payingMs: 500, walkAwayRate: 0.5, lateRate: 1 };
  const bench = createBench({ settings: { customers } });
  for (let index = 0; index < 200; index += 1) openOrder(bench, cashOut({ external_reference: `R${index}` }));

  bench.clock.nowMs += 10_000;
  const paid = bench.engine.orders().filter(({ state }) => state === 'processed').length;
  bench.clock.nowMs += HOUR_MS;
  const late = bench.engine.orders().filter(({ isLate }) => isLate).length;

  expect(paid).toBeGreaterThan(70);
  expect(paid).toBeLessThan(130);
  expect(late).toBe(200 - paid);
});

test('a forgotten order is gone, with its reference and its key', () => {
  const bench = createBench();
  const id = orderOf(bench.create(cashOut(), { key: 'k' })).id;

  expect(bench.engine.forget(id)).toBe(true);

  expect(outcomeOf(bench.read(id))).toBe('404 order_not_found');
  expect(orderOf(bench.create(cashOut(), { key: 'k' })).id).not.toBe(id);
});

test('forgetting what is finished keeps what waits for a customer or a refund', () => {
  const bench = createBench({ settings: { refundTakesMs: 'on-command' } });
  const ids = ['waiting', 'refunding', 'canceled', 'paid'].map((name) =>
    openOrder(bench, cashOut({ external_reference: name })),
  );
  bench.engine.customerPays('refunding');
  bench.refund(ids[1] ?? '');
  bench.cancel(ids[2] ?? '');
  bench.engine.customerPays('paid');

  expect(bench.engine.forgetFinished(1)).toBe(0);
  expect(bench.engine.forgetFinished()).toBe(2);
  expect(bench.engine.orders().map(({ externalReference }) => externalReference)).toEqual(['waiting', 'refunding']);
});
