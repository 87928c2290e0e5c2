/** What people do outside the till's sight: customers, the seller in the panel, the person at the test bench. */
import { amountOf, minorOf } from './countries.ts';
import { happen, pay, startRefund } from './happenings.ts';
import { isFinished } from './order.ts';
import type { Order, OrderEvent, OrderState, QrMode } from './order.ts';
import { findOrder, forgetOrder } from './state.ts';
import type { NetworkState } from './state.ts';
import { wireStatusOf } from './wire-order.ts';

export type OrderSummary = Readonly<{
  id: string;
  externalReference: string;
  state: OrderState;
  status: string;
  statusDetail: string;
  amount: string;
  totalAmount: string;
  /** What left the customer's wallet for notes; null until it did. */
  paidAmount: string | null;
  /** Paid after cancel or expiry. */
  isLate: boolean;
  isCustomerPaying: boolean;
  refundStatus: 'processing' | 'processed' | 'failed' | null;
  userId: string;
  externalPosId: string;
  mode: QrMode;
  createdAtMs: number;
  updatedAtMs: number;
  expiresAtMs: number;
  version: number;
  qrData: string | null;
}>;

export type ActionOutcome =
  | Readonly<{ ok: true; order: OrderSummary }>
  | Readonly<{ ok: false; kind: 'unknown-order' | 'not-now' | 'not-an-amount'; problem: string }>;

export function customerPays(
  state: NetworkState,
  nowMs: number,
  ref: string,
  how: { amount?: string; force?: boolean } = {},
): ActionOutcome {
  const order = findOrder(state, ref);
  if (order === undefined) return unknown(ref);
  const { amount, force = false } = how;
  const { country, cashOut } = order.terms;
  const agreedMinor = minorOf(cashOut.amount, country);
  const paidMinor = amount === undefined ? agreedMinor : minorOf(amount, country);
  if (paidMinor === undefined) return { ok: false, kind: 'not-an-amount', problem: `not an amount: ${amount}` };
  const mayChoose = cashOut.additionalInfo?.['fixed_amount'] === true;
  const isChanged = paidMinor !== agreedMinor;
  if (isChanged && !mayChoose && !force) {
    return {
      ok: false,
      kind: 'not-now',
      problem: 'the payer of this order cannot choose the amount (fixed_amount is not true); use force',
    };
  }
  const isPaid = pay(state, order, nowMs, {
    isForced: force,
    ...(isChanged && { amount: amountOf(paidMinor, country) }),
  });
  return outcome(state, order, isPaid, 'be paid');
}

export function customerStartsPaying(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  return letHappen(state, nowMs, ref, { type: 'customer-started-paying' }, 'start being paid');
}

export function customerGivesUp(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  return letHappen(state, nowMs, ref, { type: 'customer-gave-up' }, 'be given up');
}

export function customerScansSticker(state: NetworkState, nowMs: number, externalPosId: string): ActionOutcome {
  const waiting = [...state.orders.values()].findLast(
    ({ terms, moment }) =>
      terms.externalPosId === externalPosId && terms.mode !== 'dynamic' && moment.life.state === 'created',
  );
  if (waiting === undefined)
    return { ok: false, kind: 'unknown-order', problem: `no static or hybrid order waits at ${externalPosId}` };
  return outcome(state, waiting, pay(state, waiting, nowMs, { isForced: false }), 'be paid');
}

export function sellerRefunds(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  const order = findOrder(state, ref);
  if (order === undefined) return unknown(ref);
  return outcome(state, order, startRefund(state, order, nowMs, 'processed'), 'be refunded');
}

export function endRefund(
  state: NetworkState,
  nowMs: number,
  ref: string,
  result: 'processed' | 'failed',
): ActionOutcome {
  return letHappen(state, nowMs, ref, { type: 'refund-ended', outcome: result }, 'end a refund');
}

export function expire(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  return letHappen(state, nowMs, ref, { type: 'expired' }, 'expire');
}

export function summaries(state: NetworkState): readonly OrderSummary[] {
  return [...state.orders.values()].map((order) => summaryOf(state, order));
}

export function summary(state: NetworkState, _nowMs: number, ref: string): OrderSummary | undefined {
  const order = findOrder(state, ref);
  return order === undefined ? undefined : summaryOf(state, order);
}

export function forget(state: NetworkState, _nowMs: number, ref: string): boolean {
  const order = findOrder(state, ref);
  if (order !== undefined) forgetOrder(state, order);
  return order !== undefined;
}

export function forgetFinished(state: NetworkState, nowMs: number, idleForMs = 0): number {
  const finished = [...state.orders.values()].filter(
    ({ moment }) => isFinished(moment.life) && moment.updatedAtMs + idleForMs <= nowMs,
  );
  for (const order of finished) forgetOrder(state, order);
  return finished.length;
}

function letHappen(state: NetworkState, nowMs: number, ref: string, event: OrderEvent, wish: string): ActionOutcome {
  const order = findOrder(state, ref);
  return order === undefined ? unknown(ref) : outcome(state, order, happen(state, order, event, nowMs), wish);
}

function unknown(ref: string): ActionOutcome {
  return { ok: false, kind: 'unknown-order', problem: `no order with id or reference ${ref}` };
}

function outcome(state: NetworkState, order: Order, isDone: boolean, wish: string): ActionOutcome {
  if (isDone) return { ok: true, order: summaryOf(state, order) };
  return { ok: false, kind: 'not-now', problem: `an order that is ${order.moment.life.state} cannot ${wish} now` };
}

function summaryOf(state: NetworkState, order: Order): OrderSummary {
  const { terms, moment } = order;
  const { life } = moment;
  const { status, detail } = wireStatusOf(life, state.settings);
  const paid = 'payment' in life ? life.payment : undefined;
  return {
    id: terms.id,
    externalReference: terms.externalReference,
    state: life.state,
    status,
    statusDetail: detail,
    amount: terms.cashOut.amount,
    totalAmount: terms.totalAmount,
    paidAmount: paid?.amount ?? null,
    isLate: paid?.isLate ?? false,
    isCustomerPaying: life.state === 'created' && life.isCustomerPaying,
    refundStatus: 'refunds' in life ? (life.refunds.at(-1)?.status ?? null) : null,
    userId: terms.userId,
    externalPosId: terms.externalPosId,
    mode: terms.mode,
    createdAtMs: terms.createdAtMs,
    updatedAtMs: moment.updatedAtMs,
    expiresAtMs: terms.expiresAtMs,
    version: order.version,
    qrData: terms.qrData ?? null,
  };
}
