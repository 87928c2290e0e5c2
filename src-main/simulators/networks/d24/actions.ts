/** What people and banks do outside the till's sight: the bank, the merchant in the panel, the person at the test bench. */
import { amountOf, minorOf } from './amounts.ts';
import { happen, settle } from './happenings.ts';
import { isFinished, rejectionOf, STATUS } from './payout.ts';
import type { Payout, PayoutEvent, PayoutState } from './payout.ts';
import { findPayout, floatOf, forgetPayout } from './state.ts';
import type { NetworkState } from './state.ts';

export type PayoutSummary = Readonly<{
  cashoutId: number;
  externalId: string;
  state: PayoutState;
  /** The number on the wire. */
  status: number;
  country: string;
  currency: string;
  amount: string;
  documentId: string;
  bankAccount: string;
  rejectionCode: number | null;
  rejectionReason: string | null;
  /** Rejected after it was completed. */
  isLate: boolean;
  /** Every state it has been in, oldest first. */
  trail: readonly PayoutState[];
  createdAtMs: number;
  updatedAtMs: number;
  version: number;
}>;

export type ActionOutcome =
  | Readonly<{ ok: true; payout: PayoutSummary }>
  | Readonly<{ ok: false; kind: 'unknown-payout' | 'not-now'; problem: string }>;

export type RejectionWords = Readonly<{ code?: number | null; reason?: string }>;

export type Balance = Readonly<{ currency: string; available: string; reserved: string }>;

export function bankAccepts(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  return letHappen(state, nowMs, ref, { type: 'bank-accepted' }, 'be sent to the bank');
}

export function bankCompletes(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  return letHappen(state, nowMs, ref, { type: 'bank-completed' }, 'be completed');
}

export function bankRejects(
  state: NetworkState,
  nowMs: number,
  ref: string,
  words: RejectionWords = {},
): ActionOutcome {
  const usual = findPayout(state, ref)?.terms.unpayableCode ?? 808;
  const rejection = rejectionOf(words.code === undefined ? usual : words.code, words.reason);
  return letHappen(state, nowMs, ref, { type: 'bank-rejected', rejection }, 'be rejected by the bank');
}

export function bankReturnsLate(
  state: NetworkState,
  nowMs: number,
  ref: string,
  words: RejectionWords = {},
): ActionOutcome {
  const rejection = rejectionOf(words.code === undefined ? 826 : words.code, words.reason);
  return letHappen(state, nowMs, ref, { type: 'bank-returned', rejection }, 'come back from the bank');
}

export function merchantCancels(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  return letHappen(state, nowMs, ref, { type: 'cancelled' }, 'be cancelled');
}

export function merchantHolds(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  return letHappen(state, nowMs, ref, { type: 'held' }, 'be held');
}

export function merchantReleases(state: NetworkState, nowMs: number, ref: string): ActionOutcome {
  return letHappen(state, nowMs, ref, { type: 'released' }, 'be released');
}

/** The new balance, or undefined when the amount is none. */
export function topUp(state: NetworkState, _nowMs: number, currency: string, amount: string): Balance | undefined {
  const minor = minorOf(amount);
  if (minor === undefined) return undefined;
  const float = floatOf(state, currency);
  float.availableMinor += minor;
  return balances(state).find((balance) => balance.currency === currency);
}

export function balances(state: NetworkState): readonly Balance[] {
  return [...state.floats].map(([currency, { availableMinor, reservedMinor }]) => ({
    currency,
    available: amountOf(availableMinor),
    reserved: amountOf(reservedMinor),
  }));
}

export function summaries(state: NetworkState): readonly PayoutSummary[] {
  return [...state.payouts.values()].map(summaryOf);
}

export function summary(state: NetworkState, _nowMs: number, ref: string): PayoutSummary | undefined {
  const payout = findPayout(state, ref);
  return payout === undefined ? undefined : summaryOf(payout);
}

export function forget(state: NetworkState, _nowMs: number, ref: string): boolean {
  const payout = findPayout(state, ref);
  if (payout !== undefined) forgetPayout(state, payout);
  return payout !== undefined;
}

export function forgetFinished(state: NetworkState, nowMs: number, idleForMs = 0): number {
  const finished = [...state.payouts.values()].filter(
    ({ moment }) => isFinished(moment.life) && moment.updatedAtMs + idleForMs <= nowMs,
  );
  for (const payout of finished) forgetPayout(state, payout);
  return finished.length;
}

function letHappen(state: NetworkState, nowMs: number, ref: string, event: PayoutEvent, wish: string): ActionOutcome {
  const payout = findPayout(state, ref);
  if (payout === undefined) {
    return { ok: false, kind: 'unknown-payout', problem: `no payout with cashout id or external id ${ref}` };
  }
  const isBank = event.type === 'bank-completed' || event.type === 'bank-rejected';
  const isDone = isBank ? settle(state, payout, event, nowMs) : happen(state, payout, event, nowMs);
  if (isDone) return { ok: true, payout: summaryOf(payout) };
  const why = payout.terms.unpayableCode !== null && event.type === 'bank-completed' ? ' and has no good PIX key' : '';
  const problem = `a payout that is ${payout.moment.life.state}${why} cannot ${wish} now`;
  return { ok: false, kind: 'not-now', problem };
}

function summaryOf({ terms, moment, trail, version }: Payout): PayoutSummary {
  const { life } = moment;
  return {
    cashoutId: terms.cashoutId,
    externalId: terms.externalId,
    state: life.state,
    status: STATUS[life.state].code,
    country: terms.country,
    currency: terms.currency,
    amount: amountOf(terms.amountMinor),
    documentId: terms.documentId,
    bankAccount: terms.bankAccount,
    rejectionCode: life.state === 'rejected' ? life.rejection.code : null,
    rejectionReason: life.state === 'rejected' ? life.rejection.reason : null,
    isLate: life.state === 'rejected' && life.isLate,
    trail: [...trail],
    createdAtMs: terms.createdAtMs,
    updatedAtMs: moment.updatedAtMs,
    version,
  };
}
