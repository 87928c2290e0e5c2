/** Notifications: what the simulated network would post, and how it can get them wrong. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Notice } from '../../../src-main/simulators/networks/mercadopago-orders/notices.ts';
import { cashOut, createBench, openOrder, paidOrder, like } from './order-bench.ts';

const SECRET = 'test-secret-not-real';

function isSigned(notice: Notice, id: string): boolean {
  const [, ts = '', v1 = ''] = /^ts=(\d+),v1=([0-9a-f]{64})$/.exec(notice.headers['x-signature'] ?? '') ?? [];
  const manifest = `id:${id};request-id:${notice.headers['x-request-id']};ts:${ts};`;
  return createHmac('sha256', SECRET).update(manifest).digest('hex') === v1;
}

test('every change that matters is told once, in order, and signed', () => {
  const bench = createBench();
  const id = paidOrder(bench);
  bench.refund(id);
  bench.clock.nowMs += 3_000;

  const notices = bench.engine.notices();

  expect(notices.map(({ action, version, query }) => [action, version, query])).toEqual([
    ['order.processed', 2, `data.id=${id}&type=order`],
    ['order.refunded', 4, `data.id=${id}&type=order`],
  ]);
  expect(notices.every((notice) => isSigned(notice, id.toLowerCase()))).toBe(true);
  expect(JSON.parse(notices[0]?.bodyText ?? '')).toMatchObject({
    action: 'order.processed',
    type: 'order',
    live_mode: true,
    user_id: '700100200',
    date_created: '2025-11-21T12:00:00Z',
    data: {
      id,
      status: 'processed',
      transactions: { cash_outs: [{ amount: '500.00', reference: { id: like(/^\d{11}$/) } }] },
    },
  });
});

test('a cancel and an expiry are told too, the expiry at its own time', () => {
  const bench = createBench();
  bench.cancel(openOrder(bench, cashOut({ external_reference: 'first' })));
  openOrder(bench, cashOut({ external_reference: 'second' }));
  const openedAtMs = bench.clock.nowMs;
  bench.clock.nowMs += 3_600_000;

  expect(bench.engine.notices().map(({ action, atMs }) => [action, atMs - openedAtMs])).toEqual([
    ['order.canceled', 0],
    ['order.expired', 300_000],
  ]);
});

const actionsWith = (fault: 'notice-lost' | 'notice-twice' | 'notice-late') => {
  const bench = createBench({ settings: { refundTakesMs: 0 } });
  bench.engine.script({ fault });
  bench.refund(paidOrder(bench));
  bench.clock.nowMs += 60_000;
  return bench.engine.notices().map(({ action }) => action);
};

test('a notification can be lost, doubled, wrongly signed, or overtaken by a later one', () => {
  expect(actionsWith('notice-lost')).toEqual(['order.refunded']);
  expect(actionsWith('notice-twice')).toEqual(['order.processed', 'order.processed', 'order.refunded']);
  expect(actionsWith('notice-late')).toEqual(['order.refunded', 'order.processed']);

  const bench = createBench();
  bench.engine.script({ fault: 'notice-wrong-signature' });
  const id = paidOrder(bench);
  const [notice] = bench.engine.notices();
  expect(notice !== undefined && isSigned(notice, id.toLowerCase())).toBe(false);
});

test('the id in the signed text can keep its capitals, as traces show it', () => {
  const bench = createBench({ settings: { webhookIdCase: 'as-received' } });
  const id = paidOrder(bench);

  const [notice] = bench.engine.notices();

  expect(notice !== undefined && isSigned(notice, id)).toBe(true);
});

test('without an address and without keeping any, no notification is made', () => {
  const bench = createBench({ keepNotices: 0 });
  paidOrder(bench);

  expect(bench.engine.notices()).toEqual([]);
  expect(bench.engine.takeUnsentNotices()).toEqual([]);
});
