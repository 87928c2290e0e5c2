/** The loop that talks to networks, in virtual time: how patient it is, and that nothing makes it spin, stall or stop. */
import { expect, test } from 'vitest';
import type { Reading } from '../../../src-main/core/application/ports/payment-network.ts';
import { createVirtualTill, evidenceAt, gaps, meanwhile, quiet, requested } from '../../support/virtual-till.ts';
import { refused, worked } from '../../support/till-bench.ts';

const MINUTE_MS = 60_000;
const UNREACHABLE: Reading = { kind: 'unreachable', cause: 'timeout' };
const NETWORK = 'mercadopago-orders';

test('one thing at a time for a cash-out, and never more than four at once', async () => {
  const shop = createVirtualTill();
  shop.network.latency.ms = 4_000;
  for (let count = 0; count < 9; count += 1) requested(shop);
  await shop.time.pass(2 * MINUTE_MS);
  expect(shop.network.most.atOnce).toBe(4);
  const byReference = Map.groupBy(shop.network.calls, ({ reference }) => reference);
  expect(byReference.size).toBe(9);
  for (const calls of byReference.values()) {
    expect(Math.min(...gaps(calls.map(({ atMs }) => atMs)))).toBeGreaterThanOrEqual(4_000);
  }
  expect(shop.breaches()).toEqual([]);
});

test('failures are repeated after 1, 2, 4, 8, 16 and then every 20 s, give or take twenty per cent', async () => {
  const shop = createVirtualTill();
  const { externalReference } = await shop.awaiting();
  shop.network.always.reading = UNREACHABLE;
  await shop.time.pass(2_000);
  shop.network.calls.length = 0;
  await shop.time.pass(2 * MINUTE_MS);
  const waits = gaps(shop.rhythm(externalReference, 'read')).map((gap) => Math.round(gap / 1_000));
  expect(waits.slice(0, 6)).toEqual([2, 4, 8, 16, 20, 20]);
});

test.each<[string, Reading]>([
  ['a refused token', { kind: 'unauthorized', evidence: evidenceAt(0) }],
  ['pages that are no orders', { kind: 'unreadable', detail: 'not-json', evidence: evidenceAt(0) }],
])('%s slows the questions down as well', async (_what, reading) => {
  const shop = createVirtualTill();
  const { externalReference } = await shop.awaiting();
  shop.network.always.reading = reading;
  await shop.time.pass(MINUTE_MS);
  shop.network.calls.length = 0;
  await shop.time.pass(MINUTE_MS);
  expect(shop.rhythm(externalReference, 'read').length).toBeLessThanOrEqual(4);
});

test('a create without an answer goes again with the same key and bytes, ever more slowly, and once more after each restart', async () => {
  let shop = createVirtualTill();
  shop.network.always.delivery = { kind: 'unknown', cause: 'timeout' };
  const id = requested(shop);
  await shop.time.pass(70_000);
  const waits = gaps(shop.network.calls.map(({ atMs }) => atMs)).map((gap) => Math.round(gap / 1_000));
  expect(waits).toEqual([1, 2, 4, 8, 16, 20]);
  for (let count = 0; count < 3; count += 1) {
    shop = shop.restarted();
    shop.till.start();
    await shop.time.pass(25_000);
  }
  expect(shop.network.calls.length).toBeGreaterThanOrEqual(10);
  expect(new Set(shop.network.calls.map(({ key, body }) => `${key} ${body}`)).size).toBe(1);
  delete shop.network.always.delivery;
  await shop.time.pass(25_000);
  expect(shop.now(id).state).toBe('awaiting_payment');
  expect(shop.breaches()).toEqual([]);
});

test('Retry-After is honoured: for a command by that command, for a question by everything that is asked of that network', async () => {
  const shop = createVirtualTill();
  const first = await shop.awaiting();
  const second = await shop.awaiting();
  shop.network.deliveries.push({
    kind: 'busy',
    code: 'too_many_requests',
    retryAfterMs: 45_000,
    evidence: evidenceAt(0),
  });
  worked(shop.till.cancel(first.id));
  await shop.time.pass(44_000);
  expect(shop.network.calls.filter(({ what }) => what === 'cancel')).toHaveLength(1);
  await shop.time.pass(3_000);
  expect(shop.network.calls.filter(({ what }) => what === 'cancel')).toHaveLength(2);

  shop.network.readings.push({ kind: 'busy', code: 'too_many_requests', retryAfterMs: 90_000 });
  shop.network.readings.push({ kind: 'busy', code: 'resource_locked' });
  await shop.time.pass(8_000);
  shop.network.calls.length = 0;
  await shop.time.pass(80_000);
  expect(shop.network.calls.filter(({ what }) => what === 'read')).toEqual([]);
  await shop.time.pass(20_000);
  expect(shop.rhythm(second.externalReference, 'read').length).toBeGreaterThan(0);
});

test('a Retry-After of ten minutes is waited for, not taken for a clock that was set back', async () => {
  const shop = createVirtualTill();
  shop.network.deliveries.push({
    kind: 'busy',
    code: 'too_many_requests',
    retryAfterMs: 600_000,
    evidence: evidenceAt(0),
  });
  shop.network.deliveries.push({ kind: 'unknown', cause: 'http-503', retryAfterMs: 600_000 });
  const { id } = await shop.awaiting();
  expect(shop.now(id).state).toBe('requested');
  await shop.time.pass(9 * MINUTE_MS);
  expect(shop.network.calls).toHaveLength(1);
});

test('a refused token blocks the network once, and an answer later unblocks it', async () => {
  const shop = createVirtualTill();
  const { id } = await shop.awaiting();
  shop.network.always.reading = { kind: 'unauthorized', evidence: evidenceAt(0) };
  await shop.time.pass(3 * MINUTE_MS);
  const blocks = (): readonly string[] =>
    shop.store.entries(1, 10_000).flatMap(({ event }) => (event.type.startsWith('network.') ? [event.type] : []));
  expect(blocks()).toEqual(['network.blocked']);
  expect(refused(shop.till.startCashOut({ network: NETWORK, amountMinor: 50_000 }))).toBe('network.blocked');
  expect(refused(await meanwhile(shop, shop.till.handOver(id)))).toBe('cash-out.wrong-state');
  delete shop.network.always.reading;
  await shop.time.pass(30_000);
  expect(blocks()).toEqual(['network.blocked', 'network.unblocked']);
  requested(shop);
});

test('a point of sale that was refused stays blocked although other orders can be read, until settings or a start show that somebody acted', async () => {
  const shop = createVirtualTill();
  await shop.awaiting();
  const evidence = evidenceAt(0);
  shop.network.deliveries.push({ kind: 'refused', code: 'pos_not_found', detail: '', blocksNetwork: true, evidence });
  const second = requested(shop);
  await shop.time.pass(MINUTE_MS);
  expect(shop.now(second).state).toBe('refused');
  expect(shop.store.blockedNetworks()).toMatchObject([{ code: 'pos_not_found' }]);

  shop.till.changeSettings({ ...shop.settings, theme: 'dark' }, 'cashier');
  expect(shop.store.blockedNetworks()).toHaveLength(1);
  const { 'mercadopago-orders': orders } = shop.settings.networks;
  const networks = orders ? { 'mercadopago-orders': { ...orders, externalPosId: 'SUC01CAJA08' } } : {};
  shop.till.changeSettings({ ...shop.settings, theme: 'dark', networks }, 'technician');
  expect(shop.store.blockedNetworks()).toEqual([]);
});

test('a network that is blocked while nothing is open comes free with the next start of the till', async () => {
  const shop = createVirtualTill();
  shop.network.always.delivery = { kind: 'unauthorized', evidence: evidenceAt(0) };
  const id = requested(shop);
  await shop.time.pass(2 * MINUTE_MS);
  expect(shop.now(id).state).toBe('refused');
  expect(refused(shop.till.startCashOut({ network: NETWORK, amountMinor: 50_000 }))).toBe('network.blocked');
  delete shop.network.always.delivery;
  const again = shop.restarted();
  again.till.start();
  expect((await again.awaiting()).state).toBe('awaiting_payment');
});

test.each([-3_600_000, -600_000, 600_000, 86_400_000])(
  'a wall clock set by %d ms neither stalls a command nor ends an order',
  async (byMs) => {
    const shop = createVirtualTill();
    const waiting = await shop.awaiting();
    shop.network.deliveries.push({ kind: 'unknown', cause: 'timeout' }, { kind: 'unknown', cause: 'timeout' });
    const doubtful = requested(shop);
    await shop.time.pass(200);
    shop.time.setClock(byMs);
    shop.network.calls.length = 0;
    await shop.time.pass(20_000);
    expect(shop.network.calls.filter(({ what }) => what === 'create').length).toBeGreaterThan(0);
    expect(shop.now(waiting.id).state).toBe('awaiting_payment');
    expect(shop.now(doubtful).state).not.toBe('requested');
    expect(shop.rhythm(waiting.externalReference, 'read').length).toBeGreaterThan(2);
    shop.time.setClock(-byMs);
    await shop.time.pass(20_000);
    expect(shop.now(waiting.id).state).toBe('awaiting_payment');
    shop.network.statuses.set(waiting.externalReference, 'paid');
    await shop.time.pass(10_000);
    expect(shop.now(waiting.id).state).toBe('paid');
    expect(shop.breaches()).toEqual([]);
  },
);

test('a clock that jumps a day ahead does not shorten the watch over an order that has just ended', async () => {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.awaiting();
  worked(shop.till.cancel(id));
  await shop.time.pass(1_000);
  shop.time.setClock(26 * 3_600_000);
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(2 * MINUTE_MS);
  expect(shop.now(id)).toMatchObject({ state: 'paid', late: 'after-cancel' });
});

test('a disk that takes no more commits does not make the loop spin, and what was to be done is done when it does again', async () => {
  let isBroken = false;
  let tries = 0;
  const shop = createVirtualTill({
    store: (store) => ({
      ...store,
      commit(events) {
        if (!isBroken) return store.commit(events);
        tries += 1;
        throw new Error('disk full');
      },
    }),
  });
  const { id } = await shop.awaiting();
  worked(shop.till.cancel(id));
  isBroken = true;
  await shop.time.pass(60_000);
  expect(tries).toBeGreaterThan(5);
  expect(tries).toBeLessThan(40);
  isBroken = false;
  await shop.time.pass(10_000);
  expect(shop.now(id).state).toBe('cancelled');
  expect(new Set(shop.network.calls.filter(({ what }) => what === 'cancel').map(({ key }) => key)).size).toBe(1);
});

test('a cash-out whose network left the settings waits without spinning, and goes on when it is back', async () => {
  const shop = createVirtualTill();
  shop.network.always.delivery = { kind: 'unknown', cause: 'timeout' };
  const id = requested(shop);
  await shop.time.pass(500);
  shop.till.changeSettings({ ...shop.settings, networks: {} }, 'technician');
  let ticks = 0;
  const before = shop.time.timers.after.bind(shop.time.timers);
  Object.assign(shop.time.timers, {
    after: (delayMs: number, run: () => void) => {
      ticks += 1;
      return before(delayMs, run);
    },
  });
  await shop.time.pass(MINUTE_MS);
  expect(ticks).toBeLessThan(60);
  delete shop.network.always.delivery;
  shop.till.changeSettings(shop.settings, 'technician');
  await shop.time.pass(10_000);
  expect(shop.now(id).state).toBe('awaiting_payment');
});

test('a stop waits for what is on the line, and leaves nothing running', async () => {
  const shop = createVirtualTill();
  shop.network.latency.ms = 3_000;
  requested(shop);
  await shop.time.pass(100);
  let isStopped = false;
  const stopping = shop.till.stop().then(() => (isStopped = true));
  await quiet();
  expect(isStopped).toBe(false);
  await shop.time.pass(3_000);
  await stopping;
  const calls = shop.network.calls.length;
  await shop.time.pass(10 * MINUTE_MS);
  expect([shop.network.calls.length, shop.time.pending()]).toEqual([calls, 0]);
});

test('a stop also ends a sweep after the job in hand', async () => {
  const shop = createVirtualTill({ started: false });
  for (let count = 0; count < 4; count += 1) requested(shop);
  const sweeping = shop.till.sync.sweep();
  await shop.time.pass(60);
  const stopping = shop.till.stop();
  await shop.time.pass(MINUTE_MS);
  await stopping;
  await sweeping;
  expect(shop.network.calls.length).toBeLessThanOrEqual(2);
  expect(shop.time.pending()).toBe(0);
});

test('a stop waits for a hand-over that is asking the network', async () => {
  const shop = createVirtualTill();
  const { id } = await shop.paid();
  shop.network.latency.ms = 2_000;
  const handing = shop.till.handOver(id);
  await shop.time.pass(500);
  let isStopped = false;
  const stopping = shop.till.stop().then(() => (isStopped = true));
  await shop.time.pass(1_000);
  expect(isStopped).toBe(false);
  await shop.time.pass(3_000);
  await stopping;
  expect(worked(await handing).state).toBe('handing_over');
});

test('when the line comes back, those who wait come back spread out, and four at a time', async () => {
  let chance = 0;
  const shop = createVirtualTill({ chance: () => (chance = (chance + 0.37) % 1), floatMinor: 10_000_000 });
  for (let count = 0; count < 20; count += 1) await shop.awaiting();
  shop.network.always.reading = UNREACHABLE;
  await shop.time.pass(5 * MINUTE_MS);
  delete shop.network.always.reading;
  shop.network.calls.length = 0;
  shop.network.most.atOnce = 0;
  await shop.time.pass(24_500);
  const perSecond = Map.groupBy(shop.network.calls, ({ atMs }) => Math.floor(atMs / 1_000));
  expect(new Set(shop.network.calls.map(({ reference }) => reference)).size).toBe(20);
  expect(shop.network.most.atOnce).toBeLessThanOrEqual(4);
  expect(Math.max(...[...perSecond.values()].map((calls) => calls.length))).toBeLessThanOrEqual(10);
});

test('an unknown status is polled slowly, and its case closes itself when the network becomes clear', async () => {
  const shop = createVirtualTill();
  const { id, externalReference } = await shop.awaiting();
  shop.network.statuses.set(externalReference, 'unclear');
  await shop.time.pass(2_000);
  expect(shop.openCases(id)).toEqual(['unknown-answer']);
  shop.network.calls.length = 0;
  await shop.time.pass(2 * MINUTE_MS);
  expect(Math.min(...gaps(shop.rhythm(externalReference, 'read')))).toBeGreaterThanOrEqual(24_000);
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(40_000);
  expect(shop.now(id).state).toBe('paid');
  expect(shop.openCases(id)).toEqual([]);
  expect(shop.store.casesOf(id)).toMatchObject([{ decision: 'network-explained', by: 'till' }]);
});

test('a QR that is shown with a warning is watched as closely as any other: a customer stands there', async () => {
  const shop = createVirtualTill();
  Object.assign(shop.network, { checkQr: () => ({ verdict: 'warn', detail: 'checksum' }) });
  const { id, externalReference } = await shop.awaiting();
  expect(shop.openCases(id)).toEqual(['qr-refused']);
  await shop.time.pass(20_000);
  expect(shop.rhythm(externalReference, 'read').length).toBeGreaterThan(8);
});

test('an order that the network does not know is a case after five askings, and the case closes when it is found', async () => {
  const shop = createVirtualTill();
  const { id } = await shop.awaiting();
  shop.network.always.reading = { kind: 'not-found', evidence: evidenceAt(0) };
  await shop.time.pass(4 * 1_600);
  expect(shop.openCases(id)).toEqual([]);
  await shop.time.pass(2 * 1_600);
  expect(shop.openCases(id)).toEqual(['order-lost']);
  delete shop.network.always.reading;
  await shop.time.pass(40_000);
  expect(shop.openCases(id)).toEqual([]);
  expect(shop.now(id).state).toBe('awaiting_payment');
});
