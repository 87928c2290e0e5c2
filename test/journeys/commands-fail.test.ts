/** Every documented failure of create, cancel and refund, and every way for an answer to get lost: the right end, one key, money moved once. */
import { expect, test } from 'vitest';
import type { MercadoPagoScriptEntry } from '../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import { arrived, expectSound, openCases, openShop } from '../support/shop-files.ts';
import { awaitingPayment, current, paid, refused, worked } from '../support/till-bench.ts';
import type { Bench } from '../support/till-bench.ts';

const REQUEST = { network: 'mercadopago-orders', amountMinor: 50_000 } as const;

/** What settles nothing: the same bytes go again. */
const SETTLES_NOTHING: readonly MercadoPagoScriptEntry[] = [
  { fault: 'drop-before-commit' },
  { fault: 'drop-after-commit' },
  { fault: 'delay', delayMs: 800 },
  { fault: 'server-error-before-commit', status: 500 },
  { fault: 'server-error-after-commit', status: 500 },
  { fault: 'server-error-after-commit', status: 502 },
  { fault: 'server-error-before-commit', status: 503 },
  { fault: 'server-error-after-commit', status: 504 },
  { fault: 'rate-limited', retryAfterSeconds: 1 },
  { fault: 'resource-locked' },
  { fault: 'idempotency-validation-failed' },
  { fault: 'cut-body' },
  { fault: 'not-json' },
  { fault: 'error-inside-ok' },
  { fault: 'unauthorized' },
];

const named = SETTLES_NOTHING.map(
  (entry) => [`${entry.fault}${entry.status === undefined ? '' : ` ${entry.status}`}`, entry] as const,
);

/** Attempts until the order's own lock is over. */
async function settleUntil(shop: Bench, id: string, state: string): Promise<Bench> {
  for (let turn = 0; turn < 12 && current(shop, id).state !== state; turn += 1) {
    await shop.settle();
    if (current(shop, id).state !== state) await new Promise((resolve) => setTimeout(resolve, 120));
  }
  return shop;
}

test.each(named)('create meets %s: one order, one key, also over a restart, and then its QR', async (_name, entry) => {
  const first = await openShop();
  first.engine.script({ ...entry, operation: 'create' });
  const { id } = worked(first.till.startCashOut(REQUEST));
  await first.settle();
  expect(current(first, id).state).toBe('requested');
  expectSound(first);
  const shop = await first.restarted();
  await settleUntil(shop, id, 'awaiting_payment');
  expect(current(shop, id)).toMatchObject({ state: 'awaiting_payment' });
  expect(arrived(shop, 'create')).toHaveLength(1);
  expect(shop.engine.orders()).toHaveLength(1);
  expectSound(shop);
});

test.each(named)('cancel meets %s: one key, also over a restart, and the order ends', async (_name, entry) => {
  const first = await openShop();
  const { id } = await awaitingPayment(first);
  first.engine.script({ ...entry, operation: 'cancel' });
  first.engine.script({ fault: 'server-error-before-commit', operation: 'read' });
  worked(first.till.cancel(id));
  await first.settle();
  expect(current(first, id).state).toBe('cancelling');
  const shop = await first.restarted();
  await settleUntil(shop, id, 'cancelled');
  expect(current(shop, id).state).toBe('cancelled');
  expect(arrived(shop, 'cancel')).toHaveLength(1);
  expect(openCases(shop)).toEqual([]);
  expectSound(shop, true);
});

test.each(named)(
  'refund meets %s: one key, no notes from the moment it was asked, and the money is back',
  async (_name, entry) => {
    const first = await openShop({ simulator: { refundTakesMs: 0 } });
    const { id } = await paid(first);
    first.engine.script({ ...entry, operation: 'refund' });
    first.engine.script({ fault: 'server-error-before-commit', operation: 'read' });
    worked(first.till.giveBack(id, 'customer left'));
    await first.settle();
    expect(current(first, id).state).toBe('returning');
    const shop = await first.restarted();
    expect(refused(await shop.till.handOver(id))).toBe('cash-out.wrong-state');
    await settleUntil(shop, id, 'returned');
    expect(current(shop, id).state).toBe('returned');
    expect(arrived(shop, 'refund')).toHaveLength(1);
    expect(openCases(shop)).toEqual([]);
    expectSound(shop, true);
  },
);

test.each([
  ['seller-not-enabled', 'seller_configuration'],
  ['pos-not-found', 'pos_not_found'],
] as const)('create meets %s: no order, and no other is tried until a technician has acted', async (fault, code) => {
  const shop = await openShop();
  shop.engine.script({ fault, operation: 'create' });
  const { id } = worked(shop.till.startCashOut(REQUEST));
  await shop.settle();
  expect(current(shop, id)).toMatchObject({ state: 'refused', code });
  expect(refused(shop.till.startCashOut(REQUEST))).toBe('network.blocked');
  shop.till.changeSettings(shop.settings, 'technician');
  const again = await awaitingPayment(shop);
  expect(again.state).toBe('awaiting_payment');
  expect(again.externalReference).not.toBe(current(shop, id).externalReference);
  expect(arrived(shop, 'create')).toHaveLength(2);
  expectSound(shop);
});

test('create meets a key that belongs to another request: never sent again, no new key, a case', async () => {
  const shop = await openShop();
  shop.engine.script({ fault: 'idempotency-key-used', operation: 'create' });
  const { id } = worked(shop.till.startCashOut(REQUEST));
  await shop.settle();
  await shop.settle();
  expect(current(shop, id).state).toBe('requested');
  expect(openCases(shop)).toEqual(['command-conflict']);
  expect(shop.engine.requests()).toHaveLength(1);
  const again = await shop.restarted();
  await again.settle();
  expect(again.engine.requests()).toHaveLength(1);
  expectSound(again, true);
});

test('a refused token leaves a new request waiting, and a renewed one lets it go', async () => {
  const shop = await openShop();
  shop.engine.script({ fault: 'token-expires', operation: 'create' });
  const { id } = worked(shop.till.startCashOut(REQUEST));
  await shop.settle();
  expect(shop.till.context.store.blockedNetworks()).toMatchObject([{ code: 'unauthorized' }]);
  shop.engine.restoreToken('APP_USR-bench-token-never-real');
  await shop.settle();
  expect(current(shop, id).state).toBe('awaiting_payment');
  expect(shop.till.context.store.blockedNetworks()).toEqual([]);
  expectSound(shop);
});

test('a token that ends while an order waits freezes it as it is: not paid, not cancelled, no notes', async () => {
  const shop = await openShop();
  const cashOut = await paid(shop);
  shop.engine.revokeToken('APP_USR-bench-token-never-real');
  expect(refused(await shop.till.handOver(cashOut.id))).toBe('cash-out.cannot-check-now');
  await shop.settle();
  await shop.settle();
  expect(shop.events().filter(({ type }) => type === 'network.blocked')).toHaveLength(1);
  expect(current(shop, cashOut.id)).toEqual(cashOut);
  shop.engine.restoreToken('APP_USR-bench-token-never-real');
  await shop.settle();
  expect(worked(await shop.till.handOver(cashOut.id)).state).toBe('handing_over');
  expectSound(shop);
});

test('cancel meets a locked order: it is asked again with the same key until the customer has paid', async () => {
  const shop = await openShop();
  const cashOut = await awaitingPayment(shop);
  shop.engine.customerStartsPaying(cashOut.externalReference);
  worked(shop.till.cancel(cashOut.id));
  await shop.settle();
  await shop.settle();
  expect(current(shop, cashOut.id).state).toBe('cancelling');
  shop.engine.customerPays(cashOut.externalReference);
  await shop.settle();
  expect(current(shop, cashOut.id)).toMatchObject({ state: 'paid', late: 'while-cancelling' });
  expect(openCases(shop)).toEqual(['late-payment']);
  expect(arrived(shop, 'cancel')).toHaveLength(1);
  worked(await shop.till.handOver(cashOut.id));
  worked(shop.till.given(cashOut.id));
  expect(openCases(shop)).toEqual([]);
  expectSound(shop, true);
});

test('cancel meets a locked order whose customer gives up: then it is cancelled', async () => {
  const shop = await openShop();
  const cashOut = await awaitingPayment(shop);
  shop.engine.customerStartsPaying(cashOut.externalReference);
  worked(shop.till.cancel(cashOut.id));
  await shop.settle();
  shop.engine.customerGivesUp(cashOut.externalReference);
  await shop.settle();
  expect(current(shop, cashOut.id).state).toBe('cancelled');
  expect(arrived(shop, 'cancel')).toHaveLength(1);
  expectSound(shop, true);
});

test.each([
  ['by-status', 'has expired', (shop: Bench, ref: string) => shop.engine.expire(ref), 'expired'],
  ['order_already_canceled', 'has expired', (shop: Bench, ref: string) => shop.engine.expire(ref), 'expired'],
  ['by-status', 'has been paid', (shop: Bench, ref: string) => shop.engine.customerPays(ref), 'paid'],
  ['order_already_canceled', 'has been paid', (shop: Bench, ref: string) => shop.engine.customerPays(ref), 'paid'],
] as const)(
  'cancel meets a conflict (%s) because the order %s: what is true is read and kept',
  async (code, _what, act, state) => {
    const shop = await openShop({ simulator: { cancelConflictCode: code } });
    const cashOut = await awaitingPayment(shop);
    worked(shop.till.cancel(cashOut.id));
    act(shop, cashOut.externalReference);
    await shop.settle();
    expect(current(shop, cashOut.id).state).toBe(state);
    expect(shop.till.context.store.openCommands()).toEqual([]);
    expectSound(shop);
  },
);

test('a refund that was made in the seller’s panel before: the conflict is good news, and no second refund is asked', async () => {
  const shop = await openShop({ simulator: { refundTakesMs: 0 } });
  const cashOut = await paid(shop);
  shop.engine.sellerRefunds(cashOut.externalReference);
  worked(shop.till.giveBack(cashOut.id, 'customer left'));
  await shop.settle();
  await shop.settle();
  expect(current(shop, cashOut.id).state).toBe('returned');
  expect(shop.till.context.store.openCommands()).toEqual([]);
  expectSound(shop, true);
});

test('a refund that is already under way is waited for', async () => {
  const shop = await openShop({ simulator: { refundTakesMs: 'on-command' } });
  const cashOut = await paid(shop);
  shop.engine.script({ fault: 'refund-in-progress', operation: 'refund' });
  worked(shop.till.giveBack(cashOut.id, 'customer left'));
  await shop.settle();
  await shop.settle();
  expect(current(shop, cashOut.id).state).toBe('returning');
  shop.engine.endRefund(cashOut.externalReference, 'processed');
  await shop.settle();
  expect(current(shop, cashOut.id).state).toBe('returned');
  expect(arrived(shop, 'refund')).toHaveLength(1);
  expectSound(shop, true);
});

test('a refund outside the network’s window: the shop owes the customer, and a case says so', async () => {
  const shop = await openShop();
  const cashOut = await paid(shop);
  shop.engine.script({ fault: 'refund-window-closed', operation: 'refund' });
  worked(shop.till.giveBack(cashOut.id, 'customer left'));
  await shop.settle();
  await shop.settle();
  expect(current(shop, cashOut.id).state).toBe('returning');
  expect(openCases(shop)).toEqual(['return-failed']);
  expect(refused(await shop.till.handOver(cashOut.id))).toBe('cash-out.wrong-state');
  expect(arrived(shop, 'refund')).toHaveLength(1);
  expectSound(shop, true);
});

test('a return that the till knows to be too late is refused in words, and the cash-out stays paid', async () => {
  const shop = await openShop();
  const cashOut = await paid(shop);
  shop.advance(72 * 3_600_000);
  expect(refused(shop.till.giveBack(cashOut.id, 'customer left'))).toBe('cash-out.return-impossible');
  expect(current(shop, cashOut.id).state).toBe('paid');
});

test('a refund that fails at the network is one case, and no notes', async () => {
  const shop = await openShop({ simulator: { refundTakesMs: 0 } });
  const cashOut = await paid(shop);
  shop.engine.script({ fault: 'refund-fails', operation: 'refund' });
  worked(shop.till.giveBack(cashOut.id, 'customer left'));
  for (let turn = 0; turn < 4; turn += 1) await shop.settle();
  expect(current(shop, cashOut.id).state).toBe('returning');
  expect(openCases(shop)).toEqual(['return-failed']);
  expect(refused(await shop.till.handOver(cashOut.id))).toBe('cash-out.wrong-state');
  expectSound(shop, true);
});

test('a refund that sticks is followed, and after a day it is a case', async () => {
  const shop = await openShop();
  const cashOut = await paid(shop);
  shop.engine.script({ fault: 'refund-sticks', operation: 'refund' });
  worked(shop.till.giveBack(cashOut.id, 'customer left'));
  await shop.settle();
  expect(openCases(shop)).toEqual([]);
  shop.advance(25 * 3_600_000);
  await shop.settle();
  expect(openCases(shop)).toEqual(['return-failed']);
  shop.engine.endRefund(cashOut.externalReference, 'processed');
  await shop.settle();
  expect(current(shop, cashOut.id).state).toBe('returned');
  expect(openCases(shop)).toEqual([]);
  expectSound(shop, true);
});
