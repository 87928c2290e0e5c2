/** Reconciliation in virtual time: when it asks, how slowly, what it does when the line is down, and what is left in the journal. */
import { expect, test } from 'vitest';
import type { ReconciliationEvent } from '../../../src-main/core/domain/reconciliation.ts';
import { createVirtualTill, gaps } from '../../support/virtual-till.ts';
import type { VirtualTill } from '../../support/virtual-till.ts';
import { refused, worked } from '../../support/till-bench.ts';

const HOUR_MS = 3_600_000;

async function settled(shop: VirtualTill, amountMinor = 10_000): Promise<Readonly<{ id: string; reference: string }>> {
  const { id, externalReference } = await shop.paid(amountMinor);
  const handing = shop.till.handOver(id);
  await shop.time.pass(1_000);
  worked(await handing);
  worked(shop.till.given(id));
  await shop.time.pass(60_000);
  expect(shop.now(id).state).toBe('settled');
  return { id, reference: externalReference };
}

function steps(shop: VirtualTill): readonly ReconciliationEvent[] {
  return shop.store
    .entries(1, 100_000)
    .flatMap(({ event }) => (event.type === 'reconciliation.step' ? [event.step] : []));
}

/** A person asks; the test lets the time pass. */
function begin(shop: VirtualTill, day?: string): void {
  const begun = worked(shop.till.reconciler.begin({ trigger: 'person', ...(day !== undefined && { day }) }));
  begun.catch(() => undefined);
}

function closeShift(shop: VirtualTill): void {
  const shift = shop.store.openShift();
  worked(shop.till.closeShift({ totalMinor: shop.store.expectedCashMinor(shift?.id ?? '') }));
}

test('after the shift has closed every cash-out of the last days is asked about once, a second apart, and the books agree', async () => {
  const shop = createVirtualTill();
  const all = [await settled(shop), await settled(shop), await settled(shop)];
  const before = shop.network.calls.length;
  const closedAtMs = shop.time.clock.monotonicMs();
  closeShift(shop);
  expect(shop.till.reconciler.progress).toBeUndefined();
  await shop.time.pass(60_000);
  const asked = shop.network.calls.slice(before);
  expect(asked.map(({ what, reference }) => [what, reference])).toEqual(all.map((each) => ['read', each.reference]));
  expect(Math.min(...gaps(asked.map(({ atMs }) => atMs)))).toBeGreaterThanOrEqual(1_000);
  expect((asked[0]?.atMs ?? 0) - closedAtMs).toBeGreaterThanOrEqual(5_000);
  expect(shop.till.reconciler.last).toMatchObject({
    trigger: 'shift-close',
    asked: 3,
    agree: 3,
    unanswered: 0,
    findings: [],
  });
  expect(steps(shop).map(({ type }) => type)).toEqual(['began', 'ended']);
  expect(shop.breaches()).toEqual([]);
});

test('money that the seller gave back in the panel after the notes were out is found, named, and becomes a case', async () => {
  const shop = createVirtualTill();
  const good = await settled(shop);
  const bad = await settled(shop);
  shop.network.statuses.set(bad.reference, 'returned');
  await shop.time.pass(2 * HOUR_MS);
  expect(shop.openCases(bad.id)).toEqual([]);
  closeShift(shop);
  await shop.time.pass(60_000);
  expect(shop.till.reconciler.last).toMatchObject({
    asked: 2,
    agree: 1,
    findings: [{ kind: 'returned-and-given', cashOutId: bad.id, amountMinor: 10_000, currency: 'MXN' }],
  });
  expect([shop.openCases(good.id), shop.openCases(bad.id)]).toEqual([[], ['returned-and-given']]);
});

test('notes given for an order that the network calls expired open one case, which closes when the network explains itself', async () => {
  const shop = createVirtualTill();
  const { id, reference } = await settled(shop);
  shop.network.statuses.set(reference, 'expired');
  for (let day = 1; day <= 2; day += 1) {
    begin(shop);
    await shop.time.pass(60_000);
    expect(shop.till.reconciler.last).toMatchObject({ agree: 0, findings: [{ kind: 'given-not-paid' }] });
  }
  expect(shop.store.casesOf(id).map(({ kind }) => kind)).toEqual(['given-not-paid']);
  shop.network.statuses.set(reference, 'paid');
  begin(shop);
  await shop.time.pass(60_000);
  expect(shop.store.casesOf(id)).toMatchObject([
    { kind: 'given-not-paid', state: 'closed', decision: 'network-explained' },
  ]);
  expect(shop.till.reconciler.last).toMatchObject({ agree: 1, findings: [] });
});

test('a paid customer who never got notes is a finding after a quarter of an hour, and a case that closes once they are given', async () => {
  const shop = createVirtualTill();
  const { id } = await shop.paid(10_000);
  begin(shop);
  await shop.time.pass(60_000);
  expect(shop.till.reconciler.last?.findings).toEqual([]);
  await shop.time.pass(20 * 60_000);
  begin(shop);
  await shop.time.pass(60_000);
  expect(shop.till.reconciler.last?.findings).toMatchObject([{ kind: 'paid-not-given', cashOutId: id }]);
  expect(shop.openCases(id)).toEqual(['paid-not-given']);
  const handing = shop.till.handOver(id);
  await shop.time.pass(1_000);
  worked(await handing);
  worked(shop.till.given(id));
  begin(shop);
  await shop.time.pass(60_000);
  expect(shop.openCases(id)).toEqual([]);
});

test('it waits while the till has work of its own on the line', async () => {
  const shop = createVirtualTill();
  await settled(shop);
  shop.network.latency.ms = 900;
  const started = worked(shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 10_000 }));
  begin(shop);
  await shop.time.pass(800);
  const create = shop.network.calls.findLast(({ what }) => what === 'create');
  expect(create?.reference).toBe(shop.now(started.id).externalReference);
  expect(shop.network.calls.filter(({ atMs }) => atMs > (create?.atMs ?? 0))).toEqual([]);
  expect(shop.network.most.atOnce).toBe(1);
});

test('a network that is away is left alone after a few questions: nothing agrees, and an hour later it is tried again', async () => {
  const shop = createVirtualTill();
  const all: string[] = [];
  for (let count = 0; count < 8; count += 1) all.push((await settled(shop)).reference);
  shop.network.always.reading = { kind: 'unreachable', cause: 'timeout' };
  const before = shop.network.calls.length;
  closeShift(shop);
  await shop.time.pass(120_000);
  const asked = shop.network.calls.slice(before);
  // The newest is what the till asks by whether the line is back.
  expect(all.slice(0, 7).map((name) => asked.filter(({ reference }) => reference === name).length)).toEqual([
    3, 1, 1, 0, 0, 0, 0,
  ]);
  expect(shop.till.reconciler.last).toMatchObject({ asked: 8, agree: 0, unanswered: 8 });
  expect(shop.store.openCases()).toEqual([]);
  delete shop.network.always.reading;
  await shop.time.pass(1.5 * HOUR_MS);
  expect(shop.till.reconciler.last).toMatchObject({ trigger: 'daily', asked: 8, agree: 8, unanswered: 0 });
});

test('stopped in the middle, the next run of the program goes on behind what was done, under the same name', async () => {
  const shop = createVirtualTill();
  const all = [await settled(shop), await settled(shop), await settled(shop), await settled(shop)];
  begin(shop);
  await shop.time.pass(700);
  const stopping = shop.till.stop();
  await shop.time.pass(1_000);
  await stopping;
  const [, cut] = steps(shop);
  expect(cut).toMatchObject({ type: 'compared', ids: [all[0]?.id, all[1]?.id] });
  const next = shop.restarted();
  next.till.start();
  const before = shop.network.calls.length;
  await shop.time.pass(32_000);
  const asked = new Set(shop.network.calls.slice(before).map(({ reference }) => reference));
  expect(asked.has(all[3]?.reference ?? '')).toBe(true);
  await shop.time.pass(60_000);
  expect(next.till.reconciler.last).toMatchObject({ trigger: 'person', asked: 4, agree: 4 });
  expect(steps(next).map(({ type }) => type)).toEqual(['began', 'compared', 'ended']);
});

test('one at a time, and only days that have begun', () => {
  const shop = createVirtualTill();
  expect(refused(shop.till.reconciler.begin({ trigger: 'person', day: '2026-03-04' }))).toBe('request.invalid');
  expect(refused(shop.till.reconciler.begin({ trigger: 'person', day: '2026-02-31' }))).toBe('request.invalid');
  begin(shop, '2026-03-02');
  expect(refused(shop.till.reconciler.begin({ trigger: 'person' }))).toBe('reconcile.running');
});

test('a till whose shifts stay open is reconciled once a day all the same', async () => {
  const shop = createVirtualTill();
  await settled(shop);
  await shop.time.pass(25 * HOUR_MS);
  expect(steps(shop).filter(({ type }) => type === 'ended')).toMatchObject([
    { result: { trigger: 'daily', agree: 1 } },
  ]);
  await shop.time.pass(24 * HOUR_MS);
  expect(steps(shop).filter(({ type }) => type === 'ended')).toHaveLength(2);
});
