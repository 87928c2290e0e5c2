/** The line goes down and comes back: the window says the truth without anybody asking, and everything that waits is told in order. */
import { expect, test } from 'vitest';
import { tillView } from '../../../src-main/bridge/views/till-view.ts';
import { createVirtualTill, gaps } from '../../support/virtual-till.ts';
import type { VirtualTill } from '../../support/virtual-till.ts';
import { worked } from '../../support/till-bench.ts';

const HOUR_MS = 3_600_000;
const DOWN = { kind: 'unreachable', cause: 'timeout' } as const;

function connection(shop: VirtualTill): string | undefined {
  return worked(tillView(shop.till.context)).networks[0]?.connection;
}

function goDown(shop: VirtualTill): void {
  shop.network.always.reading = DOWN;
  shop.network.always.delivery = { kind: 'not-sent', cause: 'ENOTFOUND' };
}

function comeBack(shop: VirtualTill): void {
  delete shop.network.always.reading;
  delete shop.network.always.delivery;
}

/** One cash-out that ended long ago, then a create that fails: nothing is open, and the window says offline. */
async function offlineWithNothingOpen(): Promise<VirtualTill> {
  const shop = createVirtualTill();
  const { id } = await shop.awaiting();
  worked(shop.till.cancel(id));
  await shop.time.pass(2 * HOUR_MS);
  goDown(shop);
  worked(shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }));
  await shop.time.pass(60_000);
  expect([connection(shop), shop.store.openCommands()]).toEqual(['offline', []]);
  return shop;
}

test('with nothing open, a till that is offline asks by itself, ever more slowly, and says so as soon as the line is back', async () => {
  const shop = await offlineWithNothingOpen();
  const before = shop.network.calls.length;
  await shop.time.pass(10 * 60_000);
  const probes = shop.network.calls.slice(before);
  expect(probes.every(({ what }) => what === 'read')).toBe(true);
  expect(probes.length).toBeGreaterThanOrEqual(9);
  expect(probes.length).toBeLessThanOrEqual(13);
  expect(Math.max(...gaps(probes.map(({ atMs }) => atMs)))).toBeLessThanOrEqual(73_000);
  comeBack(shop);
  await shop.time.pass(75_000);
  expect(connection(shop)).toBe('online');
  const after = shop.network.calls.length;
  await shop.time.pass(10 * 60_000);
  expect(shop.network.calls.length).toBe(after);
});

test('a till that has nothing to ask by says that it does not know, rather than that the line is down', async () => {
  const shop = createVirtualTill();
  goDown(shop);
  worked(shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }));
  await shop.time.pass(60_000);
  expect(connection(shop)).toBe('unknown');
});

test('sync now asks a silent network at once, although nothing is open', async () => {
  const shop = await offlineWithNothingOpen();
  comeBack(shop);
  const sweep = shop.till.sync.sweep();
  await shop.time.pass(1_000);
  await sweep;
  expect(connection(shop)).toBe('online');
});

test('a request that cannot leave is dropped within seconds, visibly, and is never sent late', async () => {
  const shop = createVirtualTill();
  await shop.awaiting();
  goDown(shop);
  const { id, externalReference } = worked(
    shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }),
  );
  await shop.time.pass(45_000);
  expect(shop.now(id)).toMatchObject({ state: 'refused', code: 'network-unreachable' });
  comeBack(shop);
  await shop.time.pass(HOUR_MS);
  expect(shop.network.statuses.has(externalReference)).toBe(false);
});

test('with the line down for hours, cancels, refunds and confirmations wait without limit, and are all told when it is back', async () => {
  const shop = createVirtualTill({ floatMinor: 10_000_000, confirmWithinMs: 300_000 });
  const given: string[] = [];
  const returned: string[] = [];
  const cancelled: string[] = [];
  for (let count = 0; count < 3; count += 1) cancelled.push((await shop.awaiting()).id);
  for (let count = 0; count < 3; count += 1) returned.push((await shop.paid()).id);
  for (let count = 0; count < 3; count += 1) {
    const { id } = await shop.paid();
    const handing = shop.till.handOver(id);
    await shop.time.pass(1_000);
    worked(await handing);
    given.push(id);
    if (count === 2) goDown(shop);
    worked(shop.till.given(id));
    await shop.time.pass(500);
  }
  for (const id of cancelled) worked(shop.till.cancel(id));
  for (const id of returned) worked(shop.till.giveBack(id, 'the customer left'));
  const waiting = shop.store.openCommands().length;
  expect(waiting).toBeGreaterThanOrEqual(7);
  await shop.time.pass(2 * HOUR_MS);
  expect(shop.store.openCommands()).toHaveLength(waiting);

  const backAtMs = shop.time.clock.monotonicMs();
  comeBack(shop);
  await shop.time.pass(30_000);
  expect(shop.store.openCommands()).toEqual([]);
  expect(shop.network.most.atOnce).toBeLessThanOrEqual(4);
  const firstCalls = shop.network.calls.filter(({ atMs, what }) => atMs >= backAtMs && what !== 'read');
  expect(new Set(firstCalls.map(({ atMs }) => atMs)).size).toBeGreaterThan(3); // Spread, no burst.
  for (const { id, state } of [...given, ...returned, ...cancelled].map((each) => shop.now(each))) {
    const keys = shop.network.calls
      .filter(({ what, reference }) => what !== 'read' && reference === shop.now(id).externalReference)
      .map(({ what, key }) => `${what} ${key}`);
    const kinds = [...new Set(keys)].map((key) => key.split(' ')[0]);
    const last = given.includes(id) ? 'confirm' : returned.includes(id) ? 'refund' : 'cancel';
    expect([id, state, kinds]).toEqual([id, shop.now(id).state, ['create', last]]);
  }
  await shop.time.pass(HOUR_MS);
  const states = (ids: readonly string[]): readonly string[] => [...new Set(ids.map((id) => shop.now(id).state))];
  expect([states(given), states(cancelled)]).toEqual([['settled'], ['cancelled']]);
  expect(shop.breaches()).toEqual([]);
});
