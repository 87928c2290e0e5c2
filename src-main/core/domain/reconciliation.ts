/**
 * Reconciliation: the till's books beside the network's, after the fact. What the comparison finds is data; whether a person must look
 * follows from its kind. Nothing here moves a state: answers do that, as they always do.
 *
 * Source  Mercado Pago Orders API, read an order (orders of the last three months); merchant orders reference; D24 reconciliation API.
 */
import type { CashOut } from './cash-out.ts';
import type { Currency } from './money.ts';
import type { NetworkId, OrderStatus } from './network.ts';
import { chargeMinorOf } from './purchase.ts';
import { unreachable } from './result.ts';

export const FINDING_KINDS = [
  /** The customer's money left the wallet, and no notes left the drawer. */
  'paid-not-given',
  /** Notes are out for an order that the network does not have as paid. */
  'given-not-paid',
  /** Notes are out, and the network gave the money back. */
  'returned-and-given',
  /** Money moved at the network on an order that the till's books do not have. */
  'not-at-till',
  /** The network denies an order that the till's books have. */
  'not-at-network',
  'amount-differs',
  /** A payout that had been completed came back from the bank. */
  'returned-late',
  /** No answer, or none that says how it stands. */
  'cannot-tell',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Exactly one of `cashOutId`, `payoutId` and `reference` says what it is about. */
export type Finding = Readonly<{
  kind: FindingKind;
  network: NetworkId;
  cashOutId?: string;
  payoutId?: string;
  /** The order's own reference at the network, where the till has nothing by that name. */
  reference?: string;
  amountMinor?: number;
  currency?: Currency;
  /** In English, for the record. */
  detail: string;
}>;

export type Trigger = 'shift-close' | 'daily' | 'person';

/** Times in ms since 1970 UTC. `asked` = `agree` + what there are findings about; `unanswered` are those of them that got no answer. */
export type ReconciliationResult = Readonly<{
  runId: string;
  trigger: Trigger;
  /** `YYYY-MM-DD` on the shop's calendar, where one day was asked for. */
  day?: string;
  fromMs: number;
  toMs: number;
  startedAtMs: number;
  asked: number;
  agree: number;
  unanswered: number;
  /** `cannot-tell` included. */
  findings: readonly Finding[];
  /** Networks whose own lists were looked through for what the till does not know. */
  listed: readonly NetworkId[];
}>;

export type ReconciliationEvent =
  | Readonly<{ type: 'began'; trigger: Trigger; day?: string; fromMs: number; toMs: number }>
  /** Some of it is done: a run that is cut off goes on behind these. */
  | Readonly<{ type: 'compared'; ids: readonly string[]; findings: readonly Finding[]; unanswered: number }>
  | Readonly<{ type: 'ended'; result: Omit<ReconciliationResult, 'runId'> }>;

/** Under this the journal files when runs began and ended. */
export const RECONCILIATION_SUBJECT = 'reconciliation';

export type NetworkWord =
  | Readonly<{ kind: 'order'; status: OrderStatus; statusText: string; amountMinor?: number }>
  | Readonly<{ kind: 'not-found' }>
  /** No answer, or one that is older than what is known, or about something else. */
  | Readonly<{ kind: 'nothing'; why: string }>;

export type Verdict = Readonly<{ kind: FindingKind | 'ok'; detail: string }>;

/** So long may a paid customer wait for notes, or a return be on its way, before it counts as money that was not given. */
export const GIVING_PATIENCE_MS = 15 * 60_000;

/** The till's state, after the answer was recorded, beside the network's word. */
export function compareCashOut(cashOut: CashOut, word: NetworkWord, nowMs: number): Verdict {
  if (word.kind === 'nothing') return { kind: 'cannot-tell', detail: word.why };
  if (word.kind === 'not-found') {
    return { kind: kindOfDenied(cashOut, nowMs), detail: `the network denies the order, here it is ${cashOut.state}` };
  }
  const detail = `${cashOut.state} here, ${word.statusText} at the network`;
  const isAmountSaid = word.amountMinor !== undefined && word.amountMinor !== chargeMinorOf(cashOut);
  if (isAmountSaid && !WITHOUT_MONEY.includes(word.status))
    return { kind: 'amount-differs', detail: `${detail}: ${word.amountMinor} minor units` };
  if (word.status === 'unclear') return { kind: 'cannot-tell', detail };
  return { kind: kindOf(cashOut, word.status, nowMs), detail };
}

/** Right after a create a network may not know its own order yet; what may never have arrived is not missed. */
function kindOfDenied(cashOut: CashOut, nowMs: number): Verdict['kind'] {
  const { state, requestedAtMs } = cashOut;
  if (state === 'returned' && cashOut.repaidBy !== undefined) return 'ok';
  if (state === 'requested' || state === 'refused') return 'ok';
  return nowMs - requestedAtMs < GIVING_PATIENCE_MS ? 'cannot-tell' : 'not-at-network';
}

const WITHOUT_MONEY: readonly OrderStatus[] = ['awaiting', 'cancelled', 'expired', 'failed'];

type Clear = Exclude<OrderStatus, 'unclear'>;

function kindOf(cashOut: CashOut, status: Clear, nowMs: number): Verdict['kind'] {
  const isPaidThere = status === 'paid' || status === 'return-failed';
  switch (cashOut.state) {
    case 'handing_over':
    case 'dispensed':
    case 'settled':
      if (isPaidThere) return 'ok';
      return status === 'returning' || status === 'returned' ? 'returned-and-given' : 'given-not-paid';
    case 'paid':
      return isPaidThere && nowMs - cashOut.payment.paidAtMs >= GIVING_PATIENCE_MS ? 'paid-not-given' : endOf(status);
    case 'returning':
      return isPaidThere && nowMs - cashOut.askedAtMs >= GIVING_PATIENCE_MS ? 'paid-not-given' : endOf(status);
    case 'returned':
      // Paid back by other means: over there it stays paid, and must not go back a second time.
      if (cashOut.repaidBy !== undefined) return isPaidThere ? 'ok' : 'returned-and-given';
      return isPaidThere ? 'paid-not-given' : endOf(status);
    case 'requested':
    case 'refused':
    case 'cancelled':
    case 'expired':
      if (isPaidThere) return 'paid-not-given';
      // Over here and payable there, or money that moved without leaving a trace here.
      return WITHOUT_MONEY.includes(status) && status !== 'awaiting' ? 'ok' : 'cannot-tell';
    case 'awaiting_payment':
    case 'cancelling':
      return status === 'awaiting' ? 'ok' : 'cannot-tell';
    default:
      return unreachable(cashOut);
  }
}

/** Of money that left the wallet: paid or on its way back agrees; an order that never took any does not fit. */
function endOf(status: Clear): Verdict['kind'] {
  return WITHOUT_MONEY.includes(status) ? 'cannot-tell' : 'ok';
}

/** Findings by kind, in the order of `FINDING_KINDS`; kinds without any are absent. */
export function countFindings(findings: readonly Finding[]): readonly Readonly<{ kind: FindingKind; count: number }>[] {
  return FINDING_KINDS.map((kind) => ({ kind, count: findings.filter((each) => each.kind === kind).length })).filter(
    ({ count }) => count > 0,
  );
}
