/** Networks that must be told that notes were given, within minutes: told in time, or a case says that money is at risk. */
import { expect, test } from 'vitest';
import type { CashDrawer } from '../../../src-main/core/application/ports/cash-drawer.ts';
import { refused, worked } from '../../support/till-bench.ts';
import { createVirtualTill, evidenceAt } from '../../support/virtual-till.ts';
import type { VirtualTill } from '../../support/virtual-till.ts';

const WITHIN_MS = 300_000;

function shopWithThirdLeg(): VirtualTill {
  return createVirtualTill({ confirmWithinMs: WITHIN_MS });
}

async function given(shop: VirtualTill): Promise<string> {
  const { id } = await shop.paid();
  await expectState(shop, shop.till.handOver(id));
  worked(shop.till.given(id));
  return id;
}

/** Lets virtual time pass until the call is answered. */
async function expectState(shop: VirtualTill, call: ReturnType<VirtualTill['till']['handOver']>): Promise<void> {
  await shop.time.pass(1_000);
  expect(worked(await call).state).toBe('handing_over');
}

test('notes given are told to the network in the same commit, and settled when it has heard', async () => {
  const shop = shopWithThirdLeg();
  const id = await given(shop);
  expect(shop.now(id).state).toBe('dispensed');
  expect(shop.store.commandsOf(id).map(({ kind }) => kind)).toEqual(['create', 'confirm']);
  await shop.time.pass(1_000);
  expect(shop.now(id).state).toBe('settled');
  expect(shop.network.calls.filter(({ what }) => what === 'confirm')).toHaveLength(1);
  expect(shop.breaches()).toEqual([]);
});

test('a confirmation without an answer is sent again with its one key, at least every five seconds, until it is taken', async () => {
  const shop = shopWithThirdLeg();
  const id = await given(shop);
  shop.network.always.delivery = { kind: 'unknown', cause: 'timeout' };
  await shop.time.pass(60_000);
  expect(shop.now(id).state).toBe('dispensed');
  delete shop.network.always.delivery;
  await shop.time.pass(6_000);
  expect(shop.now(id).state).toBe('settled');
  const confirms = shop.network.calls.filter(({ what }) => what === 'confirm');
  expect(new Set(confirms.map(({ key }) => key)).size).toBe(1);
  expect(confirms.length).toBeGreaterThan(10);
  expect(shop.openCases(id)).toEqual([]);
});

test('a confirmation that was not taken in time is a case with the amount at risk, and goes on being tried', async () => {
  const shop = shopWithThirdLeg();
  const id = await given(shop);
  shop.network.always.delivery = { kind: 'unknown', cause: 'reset' };
  await shop.time.pass(WITHIN_MS + 30_000);
  expect(shop.now(id).state).toBe('dispensed');
  expect(shop.openCases(id)).toEqual(['confirmation-missed']);
  delete shop.network.always.delivery;
  await shop.time.pass(10_000);
  expect(shop.now(id).state).toBe('settled');
  expect(shop.openCases(id)).toEqual([]);
});

test('long past its time a confirmation is tried ever more seldom, and taken when the network takes it after all', async () => {
  const shop = shopWithThirdLeg();
  const id = await given(shop);
  const told = () => shop.network.calls.filter(({ what }) => what === 'confirm').length;
  shop.network.always.delivery = { kind: 'busy', code: 'resource_locked', evidence: evidenceAt(0) };
  await shop.time.pass(WITHIN_MS);
  const inTime = told();
  expect(inTime).toBeGreaterThan(50);
  await shop.time.pass(24 * 3_600_000);
  expect(told() - inTime).toBeLessThan(250);
  delete shop.network.always.delivery;
  await shop.time.pass(19 * 60_000);
  expect(shop.now(id).state).toBe('settled');
});

test('a confirmation that the network refuses for good is a case that does not go away by itself', async () => {
  const shop = shopWithThirdLeg();
  const id = await given(shop);
  const evidence = evidenceAt(0);
  shop.network.deliveries.push({
    kind: 'refused',
    code: 'already_notified',
    detail: 'cancelled',
    blocksNetwork: false,
    evidence,
  });
  await shop.time.pass(3_600_000);
  expect(shop.now(id).state).toBe('dispensed');
  expect(shop.openCases(id)).toEqual(['confirmation-missed']);
  expect(shop.store.openCases()[0]?.amountMinor).toBe(shop.now(id).amountMinor);
});

test('with less than a minute left to confirm, notes stay in the drawer, and the money can only go back', async () => {
  const shop = shopWithThirdLeg();
  const { id } = await shop.paid();
  await shop.time.pass(WITHIN_MS - 59_000);
  expect(refused(await shop.till.handOver(id))).toBe('cash-out.too-late-to-confirm');
  expect(shop.pulses).toEqual([]);
  worked(shop.till.giveBack(id, 'too late'));
  expect(shop.store.commandsOf(id).map(({ kind }) => kind)).toEqual(['create', 'refund']);
});

function toldCause(shop: VirtualTill, id: string): unknown {
  const refund = shop.store.commandsOf(id).find(({ kind }) => kind === 'refund');
  return JSON.parse(refund?.request.body ?? '{}');
}

test('money that goes back in time, without a trouble that the till knows of, goes back because people asked', async () => {
  const shop = shopWithThirdLeg();
  const { id } = await shop.paid();
  worked(shop.till.giveBack(id, 'changed their mind'));
  expect(toldCause(shop, id)).toEqual({ cause: 'asked' });
});

test('with too little time left, the network hears that no confirmation will come', async () => {
  const shop = shopWithThirdLeg();
  const { id } = await shop.paid();
  await shop.time.pass(WITHIN_MS - 59_000);
  worked(shop.till.giveBack(id, 'too late'));
  expect(toldCause(shop, id)).toEqual({ cause: 'out-of-time' });
});

test('a payment that came after the expiry goes back as one that came late', async () => {
  const shop = shopWithThirdLeg();
  const { id, externalReference } = await shop.awaiting();
  shop.network.statuses.set(externalReference, 'expired');
  await shop.time.pass(10_000);
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(120_000);
  expect(shop.now(id)).toMatchObject({ state: 'paid', late: 'after-expiry' });
  worked(shop.till.giveBack(id, 'gone'));
  expect(toldCause(shop, id)).toEqual({ cause: 'late-payment' });
});

test('a drawer that did not open, and a payment that cannot be checked, are failures of the till', async () => {
  const drawer: CashDrawer = {
    open: () => Promise.reject(new Error('the cable is out')),
    state: async () => 'unknown',
  };
  const shop = createVirtualTill({ confirmWithinMs: WITHIN_MS, drawer });
  const { id } = await shop.paid();
  await expectState(shop, shop.till.handOver(id));
  worked(shop.till.notGiven(id, 'the drawer is stuck'));
  worked(shop.till.giveBack(id, 'the drawer is stuck'));
  expect(toldCause(shop, id)).toEqual({ cause: 'drawer-failed' });

  const other = shopWithThirdLeg();
  const cashOut = await other.paid();
  other.network.always.reading = { kind: 'unreachable', cause: 'timeout' };
  await other.time.pass(60_000);
  worked(other.till.giveBack(cashOut.id, 'no line'));
  expect(toldCause(other, cashOut.id)).toEqual({ cause: 'no-connection' });
});

test('after its time the network gives the money back by itself: it is watched, and nothing is sent', async () => {
  const shop = shopWithThirdLeg();
  const { id, externalReference } = await shop.paid();
  await shop.time.pass(WITHIN_MS + 1_000);
  worked(shop.till.giveBack(id, 'too late'));
  expect(shop.store.commandsOf(id).map(({ kind }) => kind)).toEqual(['create']);
  shop.network.statuses.set(externalReference, 'returned');
  await shop.time.pass(60_000);
  expect(shop.now(id).state).toBe('returned');
});

test('money that went back while notes were given unconfirmed is a loss with its case', async () => {
  const shop = shopWithThirdLeg();
  const id = await given(shop);
  shop.network.always.delivery = { kind: 'unknown', cause: 'reset' };
  shop.network.statuses.set(shop.now(id).externalReference, 'returned');
  await shop.time.pass(WITHIN_MS + 60_000);
  expect(shop.openCases(id).toSorted()).toEqual(['confirmation-missed', 'returned-and-given']);
});

test('a till that was killed after the notes were given tells the network first thing after its restart', async () => {
  const shop = shopWithThirdLeg();
  const id = await given(shop);
  const again = shop.restarted();
  again.till.start();
  await again.time.pass(500);
  expect(again.now(id).state).toBe('settled');
  expect(new Set(again.network.calls.filter(({ what }) => what === 'confirm').map(({ key }) => key)).size).toBe(1);
});
