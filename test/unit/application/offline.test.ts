/** The line goes down and comes back: the window says the truth without anybody asking, and everything that waits is told in order. */
import { expect, test } from 'vitest';
import { tillView } from '../../../src-main/bridge/views/till-view.ts';
import { createVirtualTill, evidenceAt, gaps } from '../../support/virtual-till.ts';
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

/** A server error for one order, and good answers for all the others. */
function cannotAnswerFor(shop: VirtualTill, cashOutId: string): void {
  const read = shop.network.read.bind(shop.network);
  const answer: typeof read = (terms, order) =>
    terms.id === cashOutId ? Promise.resolve({ kind: 'unreachable', cause: 'http-500' }) : read(terms, order);
  Object.assign(shop.network, { read: answer });
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

test('while the network is known to be silent a new cash-out is refused at once, and nothing of it is kept', async () => {
  const shop = await offlineWithNothingOpen();
  const head = shop.store.head();
  const refused = shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 });
  expect(refused).toMatchObject({
    ok: false,
    error: { code: 'network.offline', values: { network: 'mercadopago-orders' } },
  });
  expect(shop.store.head()).toEqual(head);
});

test('the refusal ends by itself within about a minute of the line, and at once by “sync now”', async () => {
  for (const isAsked of [false, true]) {
    const shop = await offlineWithNothingOpen();
    await shop.time.pass(20 * 60_000);
    comeBack(shop);
    if (isAsked) void shop.till.sync.sweep();
    await shop.time.pass(isAsked ? 1_000 : 75_000);
    expect(shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 })).toMatchObject({ ok: true });
  }
});

test('a till that has not asked anything yet refuses nothing', () => {
  const shop = createVirtualTill();
  goDown(shop);
  expect(connection(shop)).toBe('unknown');
  worked(shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }));
});

test('a request that was saved before the line went down is the same cash-out when it is asked for again', async () => {
  const shop = createVirtualTill();
  const request = { network: 'mercadopago-orders', amountMinor: 50_000, requestId: 'R1' } as const;
  const { id } = worked(shop.till.startCashOut(request));
  await shop.time.pass(1_000);
  goDown(shop);
  await shop.time.pass(10_000);
  expect(connection(shop)).toBe('offline');
  expect(worked(shop.till.startCashOut(request)).id).toBe(id);
});

test('with a paid cash-out that is seldom asked about, a line that is back is noticed within about a minute all the same', async () => {
  const shop = createVirtualTill();
  await shop.paid();
  await shop.time.pass(6 * HOUR_MS);
  goDown(shop);
  shop.till.sync.nudge(worked(shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 })).id);
  await shop.time.pass(60_000);
  expect(connection(shop)).toBe('offline');
  comeBack(shop);
  await shop.time.pass(75_000);
  expect(connection(shop)).toBe('online');
});

test('one order that the network cannot answer for does not keep the till from serving others', async () => {
  const shop = createVirtualTill();
  await shop.awaiting();
  await shop.time.pass(1_000);
  const poisoned = await shop.awaiting();
  await shop.time.pass(20_000);
  cannotAnswerFor(shop, poisoned.id);
  await shop.time.pass(60_000);
  let refusals = 0;
  for (let minute = 0; minute < 30; minute += 1) {
    await shop.time.pass(60_000);
    if (connection(shop) === 'offline') refusals += 1;
  }
  expect(refusals).toBe(0);
});

test('with nothing else open, the till finds out by an order of yesterday that the network answers again for others', async () => {
  const shop = createVirtualTill();
  const { id: earlier } = await shop.awaiting();
  worked(shop.till.cancel(earlier));
  await shop.time.pass(2 * HOUR_MS);
  const poisoned = await shop.paid();
  goDown(shop);
  await shop.time.pass(5 * 60_000);
  comeBack(shop);
  cannotAnswerFor(shop, poisoned.id);
  await shop.time.pass(3 * 60_000);
  expect(connection(shop)).toBe('online');
  worked(shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }));
});

test('a line that comes back to a hundred and fifty open cash-outs is not stormed, and a customer who stands there comes first', async () => {
  let drawn = 0;
  const chance = (): number => ((drawn += 1) * 0.618_034) % 1;
  const shop = createVirtualTill({ floatMinor: 100_000_000, chance });
  const open: string[] = [];
  for (let count = 0; count < 150; count += 1) open.push((await shop.awaiting()).externalReference);
  goDown(shop);
  await shop.time.pass(5 * 60_000);
  comeBack(shop);
  const backAtMs = shop.time.clock.monotonicMs();
  await shop.time.pass(3_000);
  const askedBefore = shop.network.calls.length;
  const started = worked(shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }));
  await shop.time.pass(500);
  const next = shop.network.calls.slice(askedBefore).findIndex(({ what }) => what === 'create');
  expect(next, 'at most what was on the line already goes before it').toBeLessThanOrEqual(4);
  expect(shop.now(started.id).state).toBe('awaiting_payment');
  await shop.time.pass(27_000);
  const calls = shop.network.calls.filter(({ atMs }) => atMs >= backAtMs);
  const perSecond = new Map<number, number>();
  for (const { atMs } of calls) {
    const second = Math.floor((atMs - backAtMs) / 1_000);
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
  }
  expect(new Set(calls.map(({ reference }) => reference))).toEqual(new Set([...open, started.externalReference]));
  expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(60);
  expect(shop.network.most.atOnce).toBeLessThanOrEqual(4);
});

test('what waits for a cash-out leaves in the order in which it was asked for', async () => {
  const shop = createVirtualTill();
  shop.network.deliveries.push({ kind: 'unknown', cause: 'timeout' });
  const { id, externalReference } = worked(
    shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }),
  );
  await shop.time.pass(100);
  goDown(shop);
  worked(shop.till.cancel(id));
  await shop.time.pass(3 * HOUR_MS);
  const before = shop.network.calls.length;
  comeBack(shop);
  await shop.time.pass(60_000);
  const told = shop.network.calls.slice(before).filter(({ reference }) => reference === externalReference);
  const commands = told.flatMap(({ what }) => (what === 'read' ? [] : [what]));
  expect(commands).toEqual(['create', 'cancel']);
  expect(new Set(shop.network.calls.filter(({ what }) => what === 'create').map(({ key }) => key)).size).toBe(1);
  expect(shop.now(id).state).toBe('cancelled');
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

test('after a day without a line what waits has been tried ever more seldom, and is told within a minute and a half of its return', async () => {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.paid();
  goDown(shop);
  worked(shop.till.giveBack(id, 'the customer left'));
  await shop.time.pass(24 * HOUR_MS);
  expect(shop.rhythm(externalReference, 'refund').length).toBeLessThan(250);
  comeBack(shop);
  await shop.time.pass(90_000);
  expect(shop.store.openCommands()).toEqual([]);
  expect(shop.breaches()).toEqual([]);
});

test('what a refused key has held up for hours is told as soon as a technician has brought in another', async () => {
  const shop = createVirtualTill();
  const { id } = await shop.paid();
  shop.network.always.delivery = { kind: 'unauthorized', evidence: { ...evidenceAt(0), httpStatus: 401 } };
  worked(shop.till.giveBack(id, 'the customer left'));
  await shop.time.pass(12 * HOUR_MS);
  delete shop.network.always.delivery;
  shop.till.changeSettings(shop.settings, 'technician');
  await shop.time.pass(5_000);
  expect(shop.store.openCommands()).toEqual([]);
});

test('where only a command is left that nothing may send again, a till that cannot ask does not go on saying that it is offline', async () => {
  const shop = createVirtualTill();
  const evidence = { ...evidenceAt(0), httpStatus: 409 };
  shop.network.deliveries.push({ kind: 'key-conflict', code: 'idempotency_key_already_used', evidence });
  const { id } = worked(shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }));
  await shop.time.pass(1_000);
  expect(shop.openCases(id)).toEqual(['command-conflict']);
  goDown(shop);
  worked(shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }));
  await shop.time.pass(5_000);
  expect(connection(shop)).toBe('offline');
  await shop.time.pass(10 * 60_000);
  expect(connection(shop)).toBe('unknown');
});
