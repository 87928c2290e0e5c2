/** What people do outside the till's sight: customers, the seller in the panel, the person at the test bench. */
import { numberOfMinor } from './amounts.ts';
import * as happenings from './happenings.ts';
import { chargedMinorOf, waitsAtSticker } from './instore-order.ts';
import type { InstoreOrder, InstoreOrderState, QrMode } from './instore-order.ts';
import { nextNumber } from './ids.ts';
import { isAtRest } from './merchant-order.ts';
import type { MerchantOrder, MerchantOrderState, MoneyReturn } from './merchant-order.ts';
import { forgetOrder, scansOf } from './state.ts';
import type { NetworkState } from './state.ts';
import { stickerTextOf } from '../mercadopago-places/sticker.ts';

export type MerchantOrderSummary = Readonly<{
  id: number;
  state: MerchantOrderState;
  isCustomerPaying: boolean;
  /** What left the payer's wallet, as the wire writes it; null until it did. Money on its way back is still here. */
  paidAmount: number | null;
  paidAtMs: number | null;
  /** Paid although its order did not wait any more. */
  isLate: boolean;
  confirmBeforeMs: number | null;
  confirmedAtMs: number | null;
  back: MoneyReturn | null;
  returnedAtMs: number | null;
}>;

export type OrderSummary = Readonly<{
  /** `in_store_order_id`. */
  id: string;
  externalReference: string;
  state: InstoreOrderState;
  isLate: boolean;
  mode: QrMode;
  /** Amounts as the wire writes them. */
  cashOutAmount: number;
  purchaseAmount: number;
  chargedAmount: number;
  userId: string;
  externalPosId: string;
  createdAtMs: number;
  expiresAtMs: number;
  qrData: string | null;
  /** One for every scan, oldest first. */
  merchantOrders: readonly MerchantOrderSummary[];
}>;

export type ActionOutcome =
  | Readonly<{ ok: true; order: OrderSummary; merchantOrderId: number | null }>
  | Readonly<{ ok: false; kind: 'unknown-order' | 'not-now'; problem: string }>;

type Force = Readonly<{ force?: boolean }>;

export function customerScans(state: NetworkState, nowMs: number, ref: string, how: Force = {}): ActionOutcome {
  return withOrder(state, ref, (order) => {
    const scan = happenings.startScan(state, order, nowMs, how.force === true);
    return outcome(state, order, scan, scan !== undefined, 'be scanned');
  });
}

export function customerStartsPaying(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  return withScan(state, nowMs, ref, false, (scan) =>
    happenings.happen(state, scan, { type: 'customer-started-paying' }, nowMs),
  );
}

/** Lets go of the phone; the scan stays as it is. */
export function customerWalksAway(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  return withOrder(state, ref, (order, named) => {
    const scan = named ?? scansOf(state, order).at(-1);
    if (scan === undefined) return notNow(order, 'be walked away from before a scan');
    happenings.happen(state, scan, { type: 'customer-gave-up' }, nowMs);
    return outcome(state, order, scan, true, '');
  });
}

/** The wallet refuses: the scan stays open with a rejected payment. */
export function customerIsRejected(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  return withScan(state, nowMs, ref, false, (scan) => {
    const paymentId = nextNumber(state.lastNumbers, 'payment', state.random.customers);
    return happenings.happen(state, scan, { type: 'rejected', paymentId }, nowMs);
  });
}

export function customerPays(state: NetworkState, nowMs: number, ref: string, how: Force = {}): ActionOutcome {
  const isForced = how.force === true;
  return withScan(state, nowMs, ref, isForced, (scan) => happenings.pay(state, scan, nowMs, isForced));
}

/** Two scans of one order, and both wallets pay. */
export function customerPaysTwice(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  return withOrder(state, ref, (order) => {
    const isPaidOnce = scansOf(state, order).some(({ moment }) => happenings.hasPayer(moment.life));
    const missing = isPaidOnce ? 1 : 2;
    let latest: MerchantOrder | undefined;
    for (let count = 0; count < missing; count += 1) {
      latest = happenings.startScan(state, order, nowMs, true);
      if (latest !== undefined) happenings.pay(state, latest, nowMs, true);
    }
    return outcome(state, order, latest, latest !== undefined, 'be paid twice');
  });
}

/** In the seller's own panel, behind the till's back. After a confirmation only by force. */
export function sellerRefunds(state: NetworkState, nowMs: number, ref: string, how: Force = {}): ActionOutcome {
  return withPaid(state, ref, 'be refunded', (scan) =>
    happenings.sellerSendsBack(state, scan, nowMs, how.force === true),
  );
}

/** The network sends unconfirmed money back now, whatever its clock says. */
export function endWindow(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  return withPaid(state, ref, 'lapse', (scan) => happenings.lapse(state, scan, nowMs));
}

/** Money that is on its way back arrives. */
export function endReturn(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  return withPaid(state, ref, 'end a return', (scan) =>
    happenings.happen(state, scan, { type: 'return-ended', atMs: nowMs }, nowMs),
  );
}

export function expire(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  return withOrder(state, ref, (order) =>
    outcome(state, order, undefined, happenings.endOrder(state, order, 'expired', nowMs), 'expire'),
  );
}

export function summaries(state: NetworkState): readonly OrderSummary[] {
  return [...state.orders.values()].map((order) => summaryOf(state, order));
}

export function summary(state: NetworkState, _nowMs: number, ref: string): OrderSummary | undefined {
  const found = find(state, ref);
  return found === undefined ? undefined : summaryOf(state, found.order);
}

export function forget(state: NetworkState, _nowMs: number, ref: string): boolean {
  const found = find(state, ref);
  if (found !== undefined) forgetOrder(state, found.order);
  return found !== undefined;
}

export function forgetFinished(state: NetworkState, nowMs: number, idleForMs = 0): number {
  const isIdle = (updatedAtMs: number): boolean => updatedAtMs + idleForMs <= nowMs;
  const finished = [...state.orders.values()].filter(
    (order) =>
      order.state !== 'waiting' &&
      isIdle(order.updatedAtMs) &&
      scansOf(state, order).every(({ moment }) => isAtRest(moment.life) && isIdle(moment.updatedAtMs)),
  );
  for (const order of finished) forgetOrder(state, order);
  return finished.length;
}

type Found = Readonly<{ order: InstoreOrder; scan?: MerchantOrder }>;

/**
 * By what a person has at hand: a merchant order id, an in_store_order_id, a reference (the newest order that waits, else
 * the newest), the text of a code, or an external POS id (what waits at its sticker).
 */
function find(state: NetworkState, ref: string): Found | undefined {
  const scan = state.merchantOrders.get(Number(ref));
  const scanned = scan === undefined ? undefined : state.orders.get(scan.orderId);
  if (scan !== undefined && scanned !== undefined) return { order: scanned, scan };
  const named = state.ordersByReference.get(ref) ?? [];
  const order = state.orders.get(ref) ?? named.findLast((other) => other.state === 'waiting') ?? named.at(-1);
  if (order !== undefined) return { order };
  const sticker = [...state.pointsOfSale.values()].find(
    (pos) => stickerTextOf(pos, state.settings.merchantName) === ref,
  );
  const externalPosId = sticker?.externalId ?? ref;
  const waiting = [...state.orders.values()].findLast(
    (other) => other.terms.qrData === ref || (other.terms.externalPosId === externalPosId && waitsAtSticker(other)),
  );
  return waiting === undefined ? undefined : { order: waiting };
}

function withOrder(
  state: NetworkState,
  ref: string,
  act: (order: InstoreOrder, named: MerchantOrder | undefined) => ActionOutcome,
): ActionOutcome {
  const found = find(state, ref);
  if (found !== undefined) return act(found.order, found.scan);
  return { ok: false, kind: 'unknown-order', problem: `nothing here is called ${ref}` };
}

/** On the scan that was named, or the newest open one, or a new one. */
function withScan(
  state: NetworkState,
  nowMs: number,
  ref: string,
  isForced: boolean,
  act: (scan: MerchantOrder) => boolean,
): ActionOutcome {
  return withOrder(state, ref, (order, named) => {
    const scan = named ?? happenings.payableScan(state, order, nowMs, isForced);
    return outcome(state, order, scan, scan !== undefined && act(scan), 'be paid');
  });
}

/** On the scan that was named, or the newest one that has money in it. */
function withPaid(
  state: NetworkState,
  ref: string,
  wish: string,
  act: (scan: MerchantOrder) => boolean,
): ActionOutcome {
  return withOrder(state, ref, (order, named) => {
    const scan = named ?? scansOf(state, order).findLast(({ moment }) => happenings.hasPayer(moment.life));
    return outcome(state, order, scan, scan !== undefined && act(scan), wish);
  });
}

function outcome(
  state: NetworkState,
  order: InstoreOrder,
  scan: MerchantOrder | undefined,
  isDone: boolean,
  wish: string,
): ActionOutcome {
  if (!isDone) return notNow(order, wish);
  return { ok: true, order: summaryOf(state, order), merchantOrderId: scan?.id ?? null };
}

function notNow(order: InstoreOrder, wish: string): ActionOutcome {
  return { ok: false, kind: 'not-now', problem: `an order that is ${order.state} cannot ${wish} now` };
}

function summaryOf(state: NetworkState, order: InstoreOrder): OrderSummary {
  const { terms } = order;
  const amount = (minor: number): number => numberOfMinor(minor, terms.country);
  return {
    id: terms.id,
    externalReference: terms.externalReference,
    state: order.state,
    isLate: order.isLate,
    mode: terms.mode,
    cashOutAmount: amount(terms.cashOutMinor),
    purchaseAmount: amount(terms.purchaseMinor),
    chargedAmount: amount(chargedMinorOf(terms)),
    userId: terms.userId,
    externalPosId: terms.externalPosId,
    createdAtMs: terms.createdAtMs,
    expiresAtMs: terms.expiresAtMs,
    qrData: terms.qrData ?? null,
    merchantOrders: scansOf(state, order).map((scan) => scanSummaryOf(state, order, scan)),
  };
}

function scanSummaryOf(state: NetworkState, { terms }: InstoreOrder, scan: MerchantOrder): MerchantOrderSummary {
  const { life } = scan.moment;
  const payment = 'payment' in life ? life.payment : undefined;
  const hasWindow = payment !== undefined && terms.hasCashOut;
  return {
    id: scan.id,
    state: life.state,
    isCustomerPaying: life.state === 'opened' && life.isCustomerPaying,
    paidAmount: payment === undefined ? null : numberOfMinor(chargedMinorOf(terms), terms.country),
    paidAtMs: payment?.atMs ?? null,
    isLate: payment?.isLate ?? false,
    confirmBeforeMs: hasWindow ? payment.atMs + state.settings.confirmWithinMs : null,
    confirmedAtMs: life.state === 'confirmed' ? life.confirmedAtMs : null,
    back: 'back' in life ? life.back : null,
    returnedAtMs: life.state === 'returned' ? life.returnedAtMs : null,
  };
}
