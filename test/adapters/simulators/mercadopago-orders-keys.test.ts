/** Idempotency keys: one key, one operation, however often it is sent. */
import { expect, test } from 'vitest';
import { answerOf, cashOut, createBench, openOrder, orderOf, outcomeOf, paidOrder } from './order-bench.ts';

test('the same create with the same key brings the same order back', () => {
  const bench = createBench();
  const first = bench.create(cashOut(), { key: 'k' });

  const second = bench.create(cashOut(), { key: 'k' });

  expect(answerOf(second).bodyText).toBe(answerOf(first).bodyText);
  expect(bench.engine.orders()).toHaveLength(1);
});

const statusAfterReplay = (replay: 'snapshot' | 'current') => {
  const bench = createBench({ settings: { replay } });
  const { id } = orderOf(bench.create(cashOut(), { key: 'k' }));
  bench.engine.customerPays(id);
  return orderOf(bench.create(cashOut(), { key: 'k' })).status;
};

test('a replay shows the order as it was, or as it is, by setting', () => {
  expect(statusAfterReplay('snapshot')).toBe('created');
  expect(statusAfterReplay('current')).toBe('processed');
});

test('a key that was used for another body is a conflict for a day', () => {
  const bench = createBench();
  bench.create(cashOut(), { key: 'k' });
  const other = cashOut({ external_reference: 'other' });

  expect(outcomeOf(bench.create(other, { key: 'k' }))).toBe('409 idempotency_key_already_used');
  bench.clock.nowMs += 24 * 3_600_000;
  expect(outcomeOf(bench.create(other, { key: 'k' }))).toBe('201');
});

test("the create's key cannot be used for the cancel", () => {
  const bench = createBench();
  const { id } = orderOf(bench.create(cashOut(), { key: 'k' }));

  expect(outcomeOf(bench.cancel(id, 'k'))).toBe('409 idempotency_key_already_used');
});

test('a cancel and a refund can be sent again with their own keys', () => {
  const bench = createBench();
  const canceledId = openOrder(bench);
  expect([outcomeOf(bench.cancel(canceledId, 'c')), outcomeOf(bench.cancel(canceledId, 'c'))]).toEqual(['200', '200']);

  const paid = createBench();
  const paidId = paidOrder(paid);
  const first = paid.refund(paidId, 'r');
  expect(answerOf(paid.refund(paidId, 'r')).bodyText).toBe(answerOf(first).bodyText);
  expect(orderOf(paid.read(paidId)).transactions.refunds).toHaveLength(1);
});

test('a refused request leaves its key unused', () => {
  const bench = createBench({ settings: { isSellerEnabled: false } });
  bench.create(cashOut(), { key: 'k' });
  bench.engine.change({ isSellerEnabled: true });

  expect(outcomeOf(bench.create(cashOut({ external_reference: 'other' }), { key: 'k' }))).toBe('201');
});

test('while a slow answer is on its way, its key is locked', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'delay', operation: 'create', delayMs: 30_000 });

  expect(bench.create(cashOut(), { key: 'k' }).delayMs).toBe(30_000);
  bench.clock.nowMs += 10_000;
  expect(outcomeOf(bench.create(cashOut(), { key: 'k' }))).toBe('423 resource_locked');
  bench.clock.nowMs += 20_000;
  expect(outcomeOf(bench.create(cashOut(), { key: 'k' }))).toBe('201');
});
