/** The loop that talks to networks, in virtual time: how often it asks, and for how long. */
import { expect, test } from 'vitest';
import type { Reading } from '../../../src-main/core/application/ports/payment-network.ts';
import { LATE_WATCH_MS } from '../../../src-main/core/application/syncing/backoff.ts';
import { RECHECK_BACK_MS } from '../../../src-main/core/application/syncing/schedule.ts';
import { createVirtualTill, evidenceAt, gaps, meanwhile } from '../../support/virtual-till.ts';
import type { VirtualTill } from '../../support/virtual-till.ts';
import { worked } from '../../support/till-bench.ts';

const MINUTE_MS = 60_000;
const UNREACHABLE: Reading = { kind: 'unreachable', cause: 'timeout' };

const near =
  (wanted: number) =>
  (gap: number): boolean =>
    gap >= wanted && gap <= wanted + 75;

test('a waiting order is asked for every 1.5 s in its first minute, every 3 s until the third, then every 6 s', async () => {
  const shop = createVirtualTill();
  const { externalReference } = await shop.awaiting();
  await shop.time.pass(5 * MINUTE_MS);
  const times = shop.network.calls.filter(({ what }) => what === 'read').map(({ atMs }) => atMs);
  const offeredMs = 1_050;
  const between = (fromMs: number, untilMs: number): readonly number[] =>
    gaps(times.filter((atMs) => atMs - offeredMs > fromMs && atMs - offeredMs < untilMs));
  expect(between(3_000, 58_000).every(near(1_500))).toBe(true);
  expect(between(66_000, 175_000).every(near(3_000))).toBe(true);
  expect(between(190_000, 290_000).every(near(6_000))).toBe(true);
  expect(shop.network.calls.every(({ reference }) => reference === externalReference)).toBe(true);
  expect(shop.breaches()).toEqual([]);
});

test.each([
  [0, 1_200],
  [0.999_999, 1_800],
])('with chance %d the next question comes after %d ms: twenty per cent to either side', async (chance, wanted) => {
  const shop = createVirtualTill({ chance: () => chance });
  const { externalReference } = await shop.awaiting();
  await shop.time.pass(20_000);
  const [, ...rest] = gaps(shop.rhythm(externalReference, 'read'));
  expect(rest.length).toBeGreaterThan(8);
  for (const gap of rest) expect(Math.abs(gap - wanted - 50)).toBeLessThanOrEqual(25);
});

test('a cancel under way is asked for quickly again, however old the order is', async () => {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.awaiting();
  await shop.time.pass(4 * MINUTE_MS);
  shop.network.always.delivery = { kind: 'busy', code: 'instore_order_locked_error', evidence: evidenceAt(0) };
  worked(shop.till.cancel(id));
  shop.network.calls.length = 0;
  await shop.time.pass(28_000);
  const asked = gaps(shop.rhythm(externalReference, 'read'));
  expect(asked.length).toBeGreaterThanOrEqual(12);
  expect(Math.max(...asked)).toBeLessThan(2_500);
  expect(new Set(shop.network.calls.filter(({ what }) => what === 'cancel').map(({ key }) => key)).size).toBe(1);
});

test('an order of which the network knows nothing any more, under cancel or not, is asked for ever more seldom once a case says so', async () => {
  for (const isCancelled of [true, false]) {
    const shop = createVirtualTill();
    const { id, externalReference } = await shop.awaiting();
    if (isCancelled) {
      shop.network.always.delivery = { kind: 'busy', code: 'instore_order_locked_error', evidence: evidenceAt(0) };
      worked(shop.till.cancel(id));
    }
    shop.network.always.reading = { kind: 'not-found', evidence: evidenceAt(0) };
    await shop.time.pass(MINUTE_MS);
    expect(shop.openCases(id)).toEqual(['order-lost']);
    shop.network.calls.length = 0;
    await shop.time.pass(12 * 60 * MINUTE_MS);
    const times = shop.rhythm(externalReference, 'read');
    const early = times.filter((atMs) => atMs > 4 * MINUTE_MS && atMs < 9 * MINUTE_MS);
    for (const gap of gaps(early)) expect(Math.round(gap / 1_000)).toBe(30);
    // The first three minutes of a cancel are quick all the same: somebody may stand there.
    expect(times.length).toBeLessThan(isCancelled ? 180 : 120);
    delete shop.network.always.reading;
    shop.network.statuses.set(externalReference, 'paid');
    await shop.time.pass(16 * MINUTE_MS);
    expect(shop.now(id).state).not.toBe(isCancelled ? 'cancelling' : 'awaiting_payment');
  }
});

test('a return is followed every 5 s for a minute, every 30 s for an hour, then every 5 minutes', async () => {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.paid();
  worked(shop.till.giveBack(id, 'customer left'));
  shop.network.calls.length = 0;
  await shop.time.pass(2 * 60 * MINUTE_MS);
  const times = shop.rhythm(externalReference, 'read');
  const during = (fromMs: number, untilMs: number): readonly number[] =>
    gaps(times.filter((atMs) => atMs >= fromMs && atMs < untilMs));
  for (const gap of during(1_000, 50_000)) expect(gap).toBeCloseTo(5_050, -3);
  for (const gap of during(95_000, 3_500_000)) expect(Math.round(gap / 1_000)).toBe(30);
  for (const gap of during(4_000_000, 7_200_000)) expect(Math.round(gap / 1_000)).toBe(300);
  expect(shop.now(id).state).toBe('returning');
  shop.network.statuses.set(externalReference, 'returned');
  await shop.time.pass(6 * MINUTE_MS);
  expect(shop.now(id).state).toBe('returned');
  expect(shop.breaches()).toEqual([]);
});

test('a refund that is in vain again and again is tried ever more seldom, writes little, and is still told once it can be', async () => {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.paid();
  const evidence = { ...evidenceAt(0), httpStatus: 409 };
  shop.network.always.delivery = { kind: 'conflict', code: 'already_notified', evidence };
  worked(shop.till.giveBack(id, 'customer left'));
  await shop.time.pass(9 * MINUTE_MS);
  const quick = gaps(shop.rhythm(externalReference, 'refund')).slice(6);
  for (const gap of quick) expect(gap).toBeLessThan(25_000);
  const before = shop.store.head().seq;
  shop.network.calls.length = 0;
  await shop.time.pass(24 * 60 * MINUTE_MS);
  const asked = shop.rhythm(externalReference, 'refund');
  expect(Math.max(...gaps(asked))).toBeLessThan(19 * MINUTE_MS);
  expect(asked.length).toBeLessThan(250);
  expect(shop.store.head().seq - before).toBeLessThan(600);
  delete shop.network.always.delivery;
  await shop.time.pass(19 * MINUTE_MS);
  expect(shop.store.openCommands()).toEqual([]);
  expect(shop.breaches()).toEqual([]);
});

test('a paid one that nobody fetches is asked for every 30 s for ten minutes, then ever more seldom, at last four times an hour', async () => {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.paid();
  shop.network.calls.length = 0;
  await shop.time.pass(12 * 60 * MINUTE_MS);
  const times = shop.rhythm(externalReference, 'read');
  const during = (fromMs: number, untilMs: number): readonly number[] =>
    gaps(times.filter((atMs) => atMs >= fromMs && atMs < untilMs));
  for (const gap of during(0, 9 * MINUTE_MS)) expect(Math.round(gap / 1_000)).toBe(30);
  for (const gap of during(60 * MINUTE_MS, 90 * MINUTE_MS)) expect(gap).toBeGreaterThan(2.5 * MINUTE_MS);
  for (const gap of during(6 * 60 * MINUTE_MS, 12 * 60 * MINUTE_MS)) expect(Math.round(gap / MINUTE_MS)).toBe(15);
  expect(times.length).toBeLessThan(120);
  expect(shop.now(id).state).toBe('paid');
});

test.each([
  ['“sync now”', (shop: VirtualTill) => void shop.till.sync.sweep()],
  [
    'a hint',
    (shop: VirtualTill, orderId: string) =>
      shop.till.sync.hints.onHint({ network: 'mercadopago-orders', subjects: { orderId } }),
  ],
  ['a look at the case or page', (shop: VirtualTill, _orderId: string, id: string) => shop.till.sync.nudge(id)],
])('an old paid one that the network gave back is noticed at once by %s', async (_way, ask) => {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.paid();
  await shop.time.pass(8 * 60 * MINUTE_MS);
  shop.network.statuses.set(externalReference, 'returned');
  ask(shop, `ORD${externalReference}`, id);
  await shop.time.pass(2_000);
  expect(shop.now(id).state).toBe('returned');
});

test('an old paid one is asked for freshly before its notes', async () => {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.paid();
  await shop.time.pass(8 * 60 * MINUTE_MS);
  shop.network.statuses.set(externalReference, 'returned');
  const handed = await meanwhile(shop, shop.till.handOver(id));
  expect(handed).toMatchObject({ ok: false, error: { code: 'cash-out.not-paid-now' } });
  expect(shop.pulses).toEqual([]);
});

test('an ended order is watched every minute for half an hour, and a payment in that time is found', async () => {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.awaiting();
  worked(shop.till.cancel(id));
  await shop.time.pass(1_000);
  expect(shop.now(id).state).toBe('cancelled');
  shop.network.calls.length = 0;
  await shop.time.pass(25 * MINUTE_MS);
  expect(shop.rhythm(externalReference, 'read').length).toBeGreaterThanOrEqual(24);
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(MINUTE_MS + 1_000);
  expect(shop.now(id)).toMatchObject({ state: 'paid', late: 'after-cancel' });
  expect(shop.openCases(id)).toEqual(['late-payment']);
});

test('after half an hour nobody asks any more, and the loop goes to sleep', async () => {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.awaiting();
  worked(shop.till.cancel(id));
  await shop.time.pass(LATE_WATCH_MS + 2 * MINUTE_MS);
  shop.network.calls.length = 0;
  await shop.time.pass(10 * MINUTE_MS);
  expect(shop.rhythm(externalReference, 'read')).toEqual([]);
  // The loop's longest sleep, and the look whether a reconciliation is due.
  expect(shop.time.pending()).toBe(2);
});

test('an order that ends after an outage of an hour is watched for its half hour too', async () => {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.awaiting();
  shop.network.always.reading = UNREACHABLE;
  await shop.time.pass(65 * MINUTE_MS);
  expect(shop.now(id).state).toBe('awaiting_payment');
  delete shop.network.always.reading;
  shop.network.statuses.set(externalReference, 'expired');
  await shop.time.pass(30_000);
  expect(shop.now(id).state).toBe('expired');
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(2 * MINUTE_MS);
  expect(shop.now(id)).toMatchObject({ state: 'paid', late: 'after-expiry' });
});

test('a payment that came while the till was off is found when it is on again, and notes whose money went back are a case', async () => {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.awaiting();
  const given = await shop.paid();
  worked(await meanwhile(shop, shop.till.handOver(given.id)));
  worked(shop.till.given(given.id));
  worked(shop.till.cancel(id));
  await shop.time.pass(LATE_WATCH_MS + MINUTE_MS);
  const off = shop.restarted();
  shop.network.statuses.set(externalReference, 'paid');
  shop.network.statuses.set(given.externalReference, 'returned');
  await shop.time.pass(12 * 60 * MINUTE_MS);
  off.till.start();
  await shop.time.pass(MINUTE_MS);
  expect(off.now(id)).toMatchObject({ state: 'paid', late: 'after-cancel' });
  expect(off.openCases(given.id)).toEqual(['returned-and-given']);
});

test('what ended days ago is asked for once after a start, one after the other, and no more', async () => {
  const shop = createVirtualTill();
  for (let count = 0; count < 12; count += 1) {
    const { id } = await shop.awaiting();
    worked(shop.till.cancel(id));
    await shop.time.pass(1_000);
  }
  await shop.time.pass(RECHECK_BACK_MS / 2);
  const again = shop.restarted();
  again.till.start();
  shop.network.calls.length = 0;
  shop.network.most.atOnce = 0;
  await shop.time.pass(10 * MINUTE_MS);
  expect(shop.network.calls).toHaveLength(12);
  expect(new Set(shop.network.calls.map(({ reference }) => reference)).size).toBe(12);
  expect(shop.network.most.atOnce).toBe(1);
});

test('with the line down, looking back asks for one order and at last for a second, in case it is the first one’s own trouble', async () => {
  const shop = createVirtualTill();
  for (let count = 0; count < 5; count += 1) worked(shop.till.cancel((await shop.awaiting()).id));
  await shop.time.pass(LATE_WATCH_MS + 2 * MINUTE_MS);
  const again = shop.restarted();
  again.till.start();
  shop.network.always.reading = UNREACHABLE;
  shop.network.calls.length = 0;
  await shop.time.pass(5 * MINUTE_MS);
  const asked = shop.network.calls.map(({ reference }) => reference);
  expect(new Set(asked.slice(0, 4)).size).toBe(1);
  expect(new Set(asked).size).toBe(2);
  expect(asked.filter((reference) => reference === asked[0]).length).toBeLessThan(20);
  expect(asked.filter((reference) => reference !== asked[0]).length).toBeLessThanOrEqual(8);
});
