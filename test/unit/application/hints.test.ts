/** Hints, in virtual time: a till asks sooner, never more often than every five seconds, and does nothing else because of one. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Hint } from '../../../src-main/core/domain/hint.ts';
import { createVirtualTill, gaps } from '../../support/virtual-till.ts';
import type { VirtualTill } from '../../support/virtual-till.ts';

const MINUTE_MS = 60_000;

const hintOf = (subjects: Hint['subjects'], network: Hint['network'] = 'mercadopago-orders'): Hint => ({
  network,
  subjects,
});

function orderIdOf(shop: VirtualTill, id: string): string {
  const cashOut = shop.till.context.store.cashOut(id);
  return cashOut && 'order' in cashOut ? cashOut.order.networkOrderId : '';
}

/** An order that is asked for every 6 s only, and has just been. */
async function oldOrder(): Promise<Readonly<{ shop: VirtualTill; id: string; externalReference: string }>> {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.awaiting();
  await shop.time.pass(4 * MINUTE_MS);
  await justAsked(shop);
  return { shop, id, externalReference };
}

async function justAsked(shop: VirtualTill): Promise<void> {
  shop.network.calls.length = 0;
  while (shop.network.calls.length === 0) await shop.time.pass(100);
  await shop.time.pass(100);
  shop.network.calls.length = 0;
}

test.each(['order id', 'order id in small letters', 'external reference'])(
  'a hint that names the %s asks at once, and the payment shows',
  async (by) => {
    const { shop, id, externalReference } = await oldOrder();
    const orderId = orderIdOf(shop, id);
    shop.network.statuses.set(externalReference, 'paid');
    const names = { 'order id': { orderId }, 'order id in small letters': { orderId: orderId.toLowerCase() } };
    shop.till.sync.hints.onHint(
      hintOf(by === 'external reference' ? { externalReference } : (names[by as keyof typeof names] ?? {})),
    );
    await shop.time.pass(200);
    expect(shop.network.calls).toHaveLength(1);
    expect(shop.till.context.store.cashOut(id)?.state).toBe('paid');
    expect(shop.breaches()).toEqual([]);
  },
);

test('a flood of hints about one order is one question every five seconds', async () => {
  const { shop, id, externalReference } = await oldOrder();
  const orderId = orderIdOf(shop, id);
  for (let turn = 0; turn < 300; turn += 1) {
    shop.till.sync.hints.onHint(hintOf({ orderId }));
    await shop.time.pass(100);
  }
  const asked = shop.rhythm(externalReference, 'read');
  // In 30 s: one for each five, none more often; each puts the till's own next question off.
  expect(asked.length).toBeGreaterThanOrEqual(5);
  expect(Math.min(...gaps(asked))).toBeGreaterThanOrEqual(4_900);
  expect(shop.time.pending()).toBeLessThan(5);
});

test('a hint about an order that is nobody’s, or another till’s, or another network’s, asks nothing', async () => {
  const { shop, id, externalReference } = await oldOrder();
  const orderId = orderIdOf(shop, id);
  for (const hint of [
    hintOf({ orderId: 'ORDANOTHERTILL' }),
    hintOf({ externalReference: `${externalReference}X` }),
    hintOf({ orderId: '' }),
    hintOf({ orderId }, 'mercadopago-instore'),
    hintOf({ externalReference }, 'tupay'),
    hintOf({ merchantOrderId: '315' }, 'mercadopago-instore'),
  ])
    shop.till.sync.hints.onHint(hint);
  await shop.time.pass(400);
  expect(shop.network.calls).toEqual([]);
});

test('a hint that names no order of ours by its name is tried on those that wait for a payment, and on few of them', async () => {
  const shop = createVirtualTill();
  for (let count = 0; count < 6; count += 1) await shop.awaiting();
  await shop.time.pass(4 * MINUTE_MS);
  shop.network.latency.ms = 1;
  await justAsked(shop);
  await shop.time.pass(1_000);
  const lull = shop.network.calls.length;
  shop.till.sync.hints.onHint(hintOf({ merchantOrderId: '3150000123' }));
  await shop.time.pass(200);
  expect(shop.network.calls.length - lull).toBe(4);
  expect(shop.breaches()).toEqual([]);
});

test('after a gap everything that is open is asked for once', async () => {
  const { shop, externalReference } = await oldOrder();
  shop.till.sync.hints.onGap();
  await shop.time.pass(300);
  expect(shop.rhythm(externalReference, 'read')).toHaveLength(1);
});

test('a line in trouble keeps its own pace, whatever hints come', async () => {
  const { shop, id, externalReference } = await oldOrder();
  shop.network.always.reading = { kind: 'unreachable', cause: 'timeout', retryAfterMs: 40_000 };
  await shop.time.pass(8_000);
  shop.network.calls.length = 0;
  for (let turn = 0; turn < 30; turn += 1) {
    shop.till.sync.hints.onHint(hintOf({ orderId: orderIdOf(shop, id) }));
    await shop.time.pass(1_000);
  }
  expect(shop.rhythm(externalReference, 'read').length).toBeLessThanOrEqual(1);
});

test('a hint while a question is on its way is followed by another question after it', async () => {
  const { shop, id, externalReference } = await oldOrder();
  shop.network.latency.ms = 2_000;
  while (!shop.till.context.isBusy(id)) await shop.time.pass(100);
  shop.till.sync.hints.onHint(hintOf({ orderId: orderIdOf(shop, id) }));
  shop.network.calls.length = 0;
  shop.network.latency.ms = 50;
  await shop.time.pass(4_000);
  expect(shop.rhythm(externalReference, 'read').length).toBeGreaterThanOrEqual(1);
});

test('a stopped till hears hints and does nothing', async () => {
  const { shop, id } = await oldOrder();
  await shop.till.stop();
  shop.till.sync.hints.onHint(hintOf({ orderId: orderIdOf(shop, id) }));
  shop.till.sync.hints.onGap();
  await shop.time.pass(10_000);
  expect(shop.network.calls).toEqual([]);
});

test('whatever hints say, the journal holds what it would have held without them, only sooner', async () => {
  const text = fc.string({ maxLength: 20 });
  const subjects = fc.record(
    { orderId: text, externalReference: text, merchantOrderId: text, paymentId: text },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(subjects, { maxLength: 20 }), async (said) => {
      const shop = createVirtualTill();
      const { id } = await shop.awaiting();
      const before = shop.till.context.store.head().seq;
      for (const one of said) {
        shop.till.sync.hints.onHint(hintOf(one));
        shop.till.sync.hints.onGap();
        await shop.time.pass(700);
      }
      expect(shop.till.context.store.cashOut(id)?.state).toBe('awaiting_payment');
      expect(shop.till.context.store.head().seq).toBe(before);
      expect(shop.breaches()).toEqual([]);
    }),
    { numRuns: 15 },
  );
});
