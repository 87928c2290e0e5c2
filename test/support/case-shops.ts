/** Shops that each come to one open case: in virtual time where the network is scripted; payouts over HTTP. */
import type { Delivery, Reading } from '../../src-main/core/application/ports/payment-network.ts';
import type { Till } from '../../src-main/core/application/till.ts';
import { createPayoutBench, sent } from './payout-bench.ts';
import type { PayoutBench, PayoutBenchOptions } from './payout-bench.ts';
import { worked } from './till-bench.ts';
import { createVirtualTill, evidenceAt, meanwhile, requested } from './virtual-till.ts';
import type { VirtualOptions, VirtualTill } from './virtual-till.ts';

export const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const SUPERVISOR = 7;
export const TIMEOUT: Delivery = { kind: 'unknown', cause: 'timeout' };
export const KEY_CONFLICT: Delivery = {
  kind: 'key-conflict',
  code: 'idempotency_key_already_used',
  evidence: evidenceAt(0),
};
export const NOT_FOUND: Reading = { kind: 'not-found', evidence: evidenceAt(0) };
export const REFUSED: Delivery = {
  kind: 'refused',
  code: 'refund_not_allowed',
  detail: 'not now',
  blocksNetwork: false,
  evidence: evidenceAt(0),
};

/** A till with one open case, and how to wait for an answer of it. */
export type Made = Readonly<{ till: Till; wait: <Value>(asked: Promise<Value>) => Promise<Value> }>;
export type Make = () => Promise<Made>;

function shopWithSupervisor(options: VirtualOptions = {}): VirtualTill {
  const shop = createVirtualTill(options);
  const people = [...shop.settings.people, { code: SUPERVISOR, name: 'Marta Ibáñez', role: 'supervisor' as const }];
  shop.till.changeSettings({ ...shop.settings, people }, 'test');
  return shop;
}

/** Brings a virtual shop to its case. */
export function virtually(bring: (shop: VirtualTill) => Promise<unknown>, options: VirtualOptions = {}): Make {
  return async () => {
    const shop = shopWithSupervisor(options);
    await bring(shop);
    return { till: shop.till, wait: (asked) => meanwhile(shop, asked) };
  };
}

const payoutShops: PayoutBench[] = [];

/** Call it after each test. */
export async function closePayoutShops(): Promise<void> {
  for (const shop of payoutShops.splice(0)) await shop.close();
}

export function withPayouts(bring: (shop: PayoutBench) => Promise<unknown>, options: PayoutBenchOptions = {}): Make {
  return async () => {
    const shop = await createPayoutBench(options);
    payoutShops.push(shop);
    await bring(shop);
    return { till: shop.till, wait: (asked) => asked };
  };
}

export async function given(shop: VirtualTill): Promise<string> {
  const { id, externalReference } = await shop.paid();
  worked(await meanwhile(shop, shop.till.handOver(id)));
  worked(shop.till.given(id));
  await shop.time.pass(1_000);
  return externalReference;
}

export async function reconciled(shop: VirtualTill): Promise<void> {
  const begun = shop.till.reconciler.begin({ trigger: 'person' });
  await shop.time.pass(MINUTE_MS);
  if (begun.ok) await begun.value;
}

export async function late(shop: VirtualTill): Promise<void> {
  const { id, externalReference } = await shop.awaiting();
  worked(shop.till.cancel(id));
  await shop.time.pass(1_000);
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(2 * MINUTE_MS);
}

export async function failedReturn(shop: VirtualTill): Promise<void> {
  const { id, externalReference } = await shop.paid();
  shop.network.deliveries.push(REFUSED);
  worked(shop.till.giveBack(id, 'customer left'));
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(2_000);
}

export async function unconfirmed(shop: VirtualTill): Promise<void> {
  const { id } = await shop.paid();
  worked(await meanwhile(shop, shop.till.handOver(id)));
  shop.network.always.delivery = REFUSED;
  worked(shop.till.given(id));
  await shop.time.pass(2_000);
}

/** An answer about our order that names another point of sale. */
export function elsewhere(shop: VirtualTill): void {
  shop.network.always.reading = (honest) =>
    honest.kind === 'answered' ? { ...honest, fact: { ...honest.fact, problems: ['another point of sale'] } } : honest;
}

export async function silent(shop: VirtualTill): Promise<void> {
  shop.network.always.delivery = TIMEOUT;
  requested(shop);
  await shop.time.pass(8 * MINUTE_MS);
}

export async function conflict(shop: VirtualTill, restMs: number): Promise<void> {
  shop.network.deliveries.push(KEY_CONFLICT);
  requested(shop);
  await shop.time.pass(restMs);
}

export async function conflictInCancel(shop: VirtualTill): Promise<void> {
  const { id } = await shop.awaiting();
  shop.network.deliveries.push(KEY_CONFLICT);
  worked(shop.till.cancel(id));
  await shop.time.pass(1_000);
}

export async function unlisted(shop: VirtualTill): Promise<void> {
  const order = {
    networkOrderId: 'ORDOFANOTHERLIFE',
    externalReference: `${shop.settings.tillId}${'0'.repeat(25)}9`,
    status: 'paid',
    statusText: 'processed',
    amountMinor: 50_000,
    currency: 'MXN',
  } as const;
  Object.assign(shop.network, {
    traits: { ...shop.network.traits, listing: true },
    list: () => Promise.resolve({ kind: 'answered', orders: [order] }),
  });
  await reconciled(shop);
}

export async function cameBack(shop: PayoutBench): Promise<void> {
  const { id, externalId } = await sent(shop);
  shop.engine.bankCompletes(externalId);
  await shop.settle();
  shop.advance(48 * HOUR_MS);
  shop.engine.bankReturnsLate(externalId);
  await shop.until(() => shop.now(id).state === 'rejected', MINUTE_MS);
}

/** Denied until notes took its place; what was lost on the way arrives after all, and somebody asks about it once more. */
export async function turnedUpAfterNotes(shop: PayoutBench): Promise<void> {
  shop.engine.script({ fault: 'drop-before-commit', operation: 'create' });
  const { id } = await sent(shop);
  worked(shop.till.payouts.cancel(id, 'the customer left'));
  await shop.until(() => shop.now(id).state === 'not_found', 2_000);
  worked(await shop.till.payouts.startNotes(id));
  worked(shop.till.payouts.notesGiven(id));
  for (const { operation, request } of shop.engine.requests()) if (operation === 'create') shop.engine.handle(request);
  shop.advance(MINUTE_MS);
  worked(await shop.till.payouts.refresh(id));
}
