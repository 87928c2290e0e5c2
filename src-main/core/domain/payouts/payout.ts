/**
 * Payout: money sent to a customer's bank account, wallet or pickup counter; no notes.
 *
 *   requested ─▶ pending ◀─▶ on_hold
 *      │ │          │ │         │
 *      │ ▼          │ └────┬────┘
 *      │ declined   ▼      ▼
 *      ▼         delivered cancelled
 *   not_found      │  │
 *                  ▼  ▼
 *        completed ─▶ rejected
 *        (days later: returned)
 *
 * Only network answers move it. A create without an answer leaves it `requested` and in doubt: its one external id is asked about and
 * resent, never replaced by another. `declined` and `not_found` mean that the network has no such payout; should one show up all the
 * same, it is followed (`surfaced`), because then money is moving.
 * Notes may take a payout's place once, and only where it is proven that it will not arrive.
 * These values are stored in the journal for years: add fields, never change the meaning of one.
 *
 * Source  OneKey and TuPay cashouts API: status flow and codes.
 */
import type { Notes } from '../cash-out.ts';
import type { Currency } from '../money.ts';
import type { Evidence, NetworkId } from '../network.ts';
import { err, ok, unreachable } from '../result.ts';
import type { Result } from '../result.ts';
import type { BeneficiaryForm, PayoutCountry, PayoutMethodId } from './country-forms.ts';
import { isNotFoundProven } from './lost-answer.ts';
import { isReplaceable, notesInstead } from './notes-instead.ts';
import { WITHDRAWAL_REVERSED } from './payout-fact.ts';
import type { PayoutFact, PayoutStatus, Rejection } from './payout-fact.ts';

export const PAYOUT_NETWORK_IDS = ['tupay', 'onekey'] as const satisfies readonly NetworkId[];
export type PayoutNetworkId = (typeof PAYOUT_NETWORK_IDS)[number];

export function isPayoutNetwork(id: NetworkId): id is PayoutNetworkId {
  return PAYOUT_NETWORK_IDS.some((known) => known === id);
}

/** What was asked for; fixed for life. Holds personal data: masked before it is shown or logged. */
export type PayoutTerms = Readonly<{
  id: string;
  network: PayoutNetworkId;
  /** Ours, sent to the network, its only guard against paying twice; letters and digits only. */
  externalId: string;
  country: PayoutCountry;
  method: PayoutMethodId;
  currency: Currency;
  amountMinor: number;
  beneficiary: BeneficiaryForm;
  /** Created parked, until a supervisor releases it. */
  onHold: boolean;
  shiftId: string;
  cashierCode: number;
  cashierName: string;
  requestedAtMs: number;
  /** The failed payout that this one is made in place of. */
  reissueOf?: string;
  /** The asker's own name for the request: asked again, it is the same payout. */
  requestId?: string;
}>;

/** What has taken the place of a payout that will not arrive: one thing, once. */
export type Replacement =
  | Readonly<{ by: 'notes'; shiftId: string; approvedBy?: number; atMs: number }>
  | Readonly<{ by: 'payout'; payoutId: string; atMs: number }>
  /** The shop paid the customer back by other means, by a supervisor's word. */
  | Readonly<{ by: 'outside'; approvedBy: number; atMs: number }>;

/** The network said what does not fit: nothing is paid in its place before a person has decided. */
export type Review = Readonly<{ why: string; sinceMs: number }>;

/** Notes are being counted in its place right now: nothing else may take it, also if it surfaces meanwhile. */
export type CountingNotes = Readonly<{ shiftId: string; approvedBy?: number; sinceMs: number }>;

type Base = PayoutTerms & Readonly<{ review?: Review; counting?: CountingNotes }>;

/** What is known once the network has it. */
type Known = Readonly<{
  /** The network's id, digits. Absent while only found by our own id: then it cannot be cancelled or held. */
  cashoutId?: string;
  /** Ordinal of the latest question whose answer is in here, counted per payout; see `PayoutEvent`. */
  asked: number;
  /** The till had taken it for declined or not found. */
  surfaced?: boolean;
  /** Set before it surfaced: the customer may have been paid twice. */
  replacement?: Replacement;
  bankReference?: string;
  pickupReference?: string;
  bankName?: string;
}>;

export type Payout =
  | (Base & Readonly<{ state: 'requested'; cancelAsked: boolean }>)
  | (Base & Readonly<{ state: 'declined'; code: string; declinedAtMs: number; replacement?: Replacement }>)
  | (Base & Readonly<{ state: 'not_found'; notFoundAtMs: number; replacement?: Replacement }>)
  | (Base & Known & Readonly<{ state: 'pending'; cancelAsked: boolean }>)
  | (Base & Known & Readonly<{ state: 'on_hold'; cancelAsked: boolean }>)
  | (Base & Known & Readonly<{ state: 'delivered'; deliveredAtMs: number }>)
  /** `confirmedAtMs`: when the network last said so; banks give money back days later. */
  | (Base & Known & Readonly<{ state: 'completed'; completedAtMs: number; confirmedAtMs?: number }>)
  | (Base & Known & Readonly<{ state: 'cancelled'; cancelledAtMs: number }>)
  /** `reversed`: it had been completed, and the bank gave it back; the customer is long gone. */
  | (Base & Known & Readonly<{ state: 'rejected'; rejectedAtMs: number; rejection: Rejection; reversed: boolean }>);

export type PayoutState = Payout['state'];
export type PayoutIn<State extends PayoutState> = Extract<Payout, { state: State }>;

export const PAYOUT_STATES = [
  'requested',
  'declined',
  'not_found',
  'pending',
  'on_hold',
  'delivered',
  'completed',
  'cancelled',
  'rejected',
] as const satisfies readonly PayoutState[];

/** Every single step there is (I6). A question sees only where a payout is by then: `reaches` follows the steps in between. */
export const PAYOUT_ARROWS: Readonly<Record<PayoutState, readonly PayoutState[]>> = {
  requested: ['pending', 'on_hold', 'declined', 'not_found'],
  declined: ['pending', 'on_hold'],
  not_found: ['pending', 'on_hold'],
  pending: ['on_hold', 'delivered', 'cancelled'],
  on_hold: ['pending', 'cancelled'],
  delivered: ['completed', 'rejected'],
  completed: ['rejected'],
  cancelled: [],
  rejected: [],
};

/**
 * What can happen to a payout. Bodies of journal events `payout.<type>`; `evidence` wherever the network is the witness.
 * `asked` is the ordinal of the question or command that was answered: the caller counts them per payout, in the order of sending, from
 * one above what the payout holds. No clock decides which of two answers is the newer.
 */
export type PayoutEvent =
  | Readonly<{ type: 'accepted'; cashoutId: string; asked: number; evidence: Evidence }>
  /** `afterDoubt`: an earlier attempt may have arrived, so that this no proves nothing about it. No evidence: withdrawn before it left. */
  | Readonly<{ type: 'declined'; code: string; afterDoubt: boolean; evidence?: Evidence }>
  /** `answers` times "no such payout" since the last attempt, the last of them asked `afterMs` after that attempt. */
  | Readonly<{ type: 'not-found'; answers: number; afterMs: number; evidence: Evidence }>
  | Readonly<{ type: 'observed'; fact: PayoutFact; asked: number; evidence: Evidence }>
  /** The network denies a payout that it had confirmed. */
  | Readonly<{ type: 'vanished'; asked: number; evidence: Evidence }>
  /** Its id, from a list of the network's that named our external id and amount. */
  | Readonly<{ type: 'identified'; cashoutId: string; evidence: Evidence }>
  | Readonly<{ type: 'cancel-asked'; reason: string }>
  /** The network did not take the cancel: it may be asked for again, where the state still allows it. */
  | Readonly<{ type: 'cancel-refused'; code: string }>
  /** Who asked, for the record; the network's answer moves it. */
  | Readonly<{ type: 'hold-asked'; reason: string }>
  | Readonly<{ type: 'release-asked'; by: number }>
  /** Saved before the drawer opens. `evidence`: the network's word just before; absent where the request never left the till. */
  | Readonly<{ type: 'notes-started'; shiftId: string; approvedBy?: number; evidence?: Evidence }>
  | Readonly<{ type: 'replaced-by-notes'; notes?: Notes }>
  | Readonly<{ type: 'notes-not-given'; reason: string }>
  | Readonly<{ type: 'reissued'; payoutId: string }>
  | Readonly<{ type: 'repaid-outside'; by: number; reason: string }>
  | Readonly<{ type: 'reviewed'; by: number; reason: string }>;

/** An event that does not fit the state: our bug when we made it, a refused request when a person asked for it. */
export type IllegalPayout = Readonly<{ state: PayoutState; event: PayoutEvent['type'] }>;

/** The next state (the same object when an answer comes too late to matter), or what did not fit. Total. `atMs`: the journal's time. */
export function transition(payout: Payout, event: PayoutEvent, atMs: number): Result<Payout, IllegalPayout> {
  const illegal = err({ state: payout.state, event: event.type });
  switch (event.type) {
    case 'accepted':
      return ok(accept(payout, event, atMs));
    case 'declined':
      if (payout.state !== 'requested' || event.afterDoubt || payout.review) return illegal;
      return ok({ ...baseOf(payout), state: 'declined', code: event.code, declinedAtMs: atMs });
    case 'not-found':
      if (payout.state !== 'requested' || !isNotFoundProven(event) || payout.review) return illegal;
      return ok({ ...baseOf(payout), state: 'not_found', notFoundAtMs: atMs });
    case 'observed':
      return ok(observe(payout, event, atMs));
    case 'vanished':
      if (!isKnown(payout)) return illegal;
      return ok(event.asked > payout.asked ? doubted(payout, 'the network denies a payout it had', atMs) : payout);
    case 'identified':
      return isKnown(payout) ? ok(identify(payout, event.cashoutId, atMs)) : illegal;
    case 'cancel-asked':
      return isCancellable(payout) && !payout.cancelAsked ? ok({ ...payout, cancelAsked: true }) : illegal;
    case 'cancel-refused':
      return isCancellable(payout) && payout.cancelAsked ? ok({ ...payout, cancelAsked: false }) : illegal;
    case 'hold-asked':
      return payout.state === 'pending' ? ok(payout) : illegal;
    case 'release-asked':
      return payout.state === 'on_hold' ? ok(payout) : illegal;
    case 'notes-started':
      return startNotes(payout, event, atMs) ?? illegal;
    case 'replaced-by-notes':
      return giveNotes(payout, atMs) ?? illegal;
    case 'notes-not-given':
      return payout.counting ? ok(withoutCounting(payout)) : illegal;
    case 'reissued':
      if (!isReplaceable(payout)) return illegal;
      return ok({ ...payout, replacement: { by: 'payout', payoutId: event.payoutId, atMs } });
    case 'repaid-outside':
      if (payout.state !== 'rejected' || !payout.reversed || !isReplaceable(payout)) return illegal;
      return ok({ ...payout, replacement: { by: 'outside', approvedBy: event.by, atMs } });
    case 'reviewed':
      return payout.review ? ok(withoutReview(payout)) : illegal;
    default:
      return unreachable(event);
  }
}

type EventOf<Type extends PayoutEvent['type']> = Extract<PayoutEvent, { type: Type }>;

function accept(payout: Payout, { cashoutId, asked }: EventOf<'accepted'>, atMs: number): Payout {
  if (isKnown(payout)) return identify(payout, cashoutId, atMs);
  // A creation is answered with an id and nothing else; where it begins follows from what was asked.
  return arrive(payout, { status: payout.onHold ? 'on_hold' : 'pending', cashoutId, asked }, atMs);
}

function observe(payout: Payout, { fact, asked }: EventOf<'observed'>, atMs: number): Payout {
  const { status } = fact;
  if (status === 'unclear') return doubted(payout, `the network says ${fact.statusText}`, atMs);
  const isOlder = isKnown(payout) && asked <= payout.asked;
  if (payout.state === status) return isOlder ? payout : refreshed(payout, fact, asked, atMs);
  if (isAhead(payout.state, status, isOlder)) return arrive(payout, { ...fact, status, asked }, atMs);
  return isOlder ? payout : doubted(payout, `the network says ${status} of what was ${payout.state}`, atMs);
}

/** Where a payout has gone on to cannot become untrue, even if asked earlier; to and fro between pending and hold can. */
function isAhead(from: PayoutState, to: PayoutStatus, isOlder: boolean): boolean {
  return reaches(from, to) && !(isOlder && reaches(to, from));
}

type Arrival = Partial<PayoutFact> & Readonly<{ status: PayoutStatus; cashoutId?: string; asked: number }>;

function arrive(payout: Payout, arrival: Arrival, atMs: number): Payout {
  const { status } = arrival;
  const head = { ...baseOf(payout), ...knownAfter(payout, arrival) };
  switch (status) {
    case 'pending':
    case 'on_hold':
      return { ...head, state: status, cancelAsked: 'cancelAsked' in payout && payout.cancelAsked };
    case 'delivered':
      return { ...head, state: status, deliveredAtMs: atMs };
    case 'completed':
      return { ...head, state: status, completedAtMs: atMs };
    case 'cancelled':
      return { ...head, state: status, cancelledAtMs: atMs };
    case 'rejected': {
      const rejection = arrival.rejection ?? { reason: '' };
      const reversed = payout.state === 'completed' || rejection.code === WITHDRAWAL_REVERSED;
      return { ...head, state: status, rejectedAtMs: atMs, rejection, reversed };
    }
    default:
      return unreachable(status);
  }
}

function knownAfter(payout: Payout, arrival: Arrival): Known {
  const before = isKnown(payout) ? knownOf(payout) : surfacingOf(payout);
  const { cashoutId, bankReference, pickupReference, bankName } = arrival;
  return {
    ...before,
    asked: Math.max(arrival.asked, isKnown(payout) ? payout.asked : 0),
    ...(cashoutId !== undefined && { cashoutId }),
    ...(bankReference !== undefined && { bankReference }),
    ...(pickupReference !== undefined && { pickupReference }),
    ...(bankName !== undefined && { bankName }),
  };
}

function surfacingOf(payout: Payout): Readonly<{ surfaced?: boolean; replacement?: Replacement }> {
  if (payout.state !== 'declined' && payout.state !== 'not_found') return {};
  return { surfaced: true, ...(payout.replacement && { replacement: payout.replacement }) };
}

function refreshed(payout: Payout, fact: PayoutFact, asked: number, atMs: number): Payout {
  if (!isKnown(payout)) return payout;
  const known = knownAfter(payout, { ...fact, status: payout.state, asked });
  if (payout.state === 'completed') return { ...payout, ...known, confirmedAtMs: atMs };
  if (payout.state !== 'rejected') return { ...payout, ...known };
  return { ...payout, ...known, rejection: fact.rejection ?? payout.rejection };
}

function identify(payout: KnownPayout, cashoutId: string, atMs: number): Payout {
  if (payout.cashoutId === undefined) return { ...payout, cashoutId };
  if (payout.cashoutId === cashoutId) return payout;
  return doubted(payout, `the network calls it ${cashoutId} and ${payout.cashoutId}`, atMs);
}

function startNotes(payout: Payout, event: EventOf<'notes-started'>, atMs: number): Result<Payout, never> | undefined {
  const { shiftId, approvedBy } = event;
  const allowed = notesInstead(payout);
  if (allowed !== 'once' && !(allowed === 'supervisor' && approvedBy !== undefined)) return undefined;
  const approval = approvedBy === undefined ? {} : { approvedBy };
  return ok({ ...payout, counting: { shiftId, ...approval, sinceMs: atMs } });
}

/** Whatever the network has said meanwhile: the notes are out, and that stands. */
function giveNotes(payout: Payout, atMs: number): Result<Payout, never> | undefined {
  const { counting } = payout;
  const rest = withoutCounting(payout);
  if (!counting || rest.state === 'requested') return undefined;
  const { shiftId, approvedBy } = counting;
  const approval = approvedBy === undefined ? {} : { approvedBy };
  return ok({ ...rest, replacement: { by: 'notes', shiftId, ...approval, atMs } });
}

function withoutCounting(payout: Payout): Payout {
  const { counting: _over, ...rest } = payout;
  return rest;
}

/** The first doubt stays: what came after it is in the journal. */
function doubted(payout: Payout, why: string, atMs: number): Payout {
  return payout.review ? payout : { ...payout, review: { why, sinceMs: atMs } };
}

function withoutReview(payout: Payout): Payout {
  const { review: _decided, ...rest } = payout;
  return rest;
}

type KnownPayout = PayoutIn<PayoutStatus>;

/** The network has it, or had it. */
export function isKnown(payout: Payout): payout is KnownPayout {
  return payout.state !== 'requested' && payout.state !== 'declined' && payout.state !== 'not_found';
}

type Cancellable = PayoutIn<'requested' | 'pending' | 'on_hold'>;

/** It may still be stopped. Requested: as soon as the network is known to have it. */
export function isCancellable(payout: Payout): payout is Cancellable {
  return payout.state === 'requested' || payout.state === 'pending' || payout.state === 'on_hold';
}

/** Nothing more is expected but what cannot be expected: a return after completion, or a payout that surfaces. */
export function isPayoutEnded(state: PayoutState): boolean {
  return !['requested', 'pending', 'on_hold', 'delivered'].includes(state);
}

/** Whether `to` can come after `from`, however many steps between. */
export function reaches(from: PayoutState, to: PayoutState): boolean {
  const seen = new Set<PayoutState>();
  const open = [...PAYOUT_ARROWS[from]];
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...PAYOUT_ARROWS[next]);
  }
  return seen.has(to);
}

export function payoutTermsOf(payout: PayoutTerms): PayoutTerms {
  const { id, network, externalId, country, method, currency, amountMinor, beneficiary } = payout;
  const { onHold, shiftId, cashierCode, cashierName, requestedAtMs, reissueOf, requestId } = payout;
  const asked = { id, network, externalId, country, method, currency, amountMinor, beneficiary, onHold };
  const origin = { ...(reissueOf !== undefined && { reissueOf }), ...(requestId !== undefined && { requestId }) };
  return { ...asked, shiftId, cashierCode, cashierName, requestedAtMs, ...origin };
}

function baseOf(payout: Payout): Base {
  const { review, counting } = payout;
  return { ...payoutTermsOf(payout), ...(review && { review }), ...(counting && { counting }) };
}

function knownOf(payout: KnownPayout): Known {
  const { cashoutId, asked, surfaced, replacement, bankReference, pickupReference, bankName } = payout;
  return {
    asked,
    ...(cashoutId !== undefined && { cashoutId }),
    ...(surfaced && { surfaced }),
    ...(replacement && { replacement }),
    ...(bankReference !== undefined && { bankReference }),
    ...(pickupReference !== undefined && { pickupReference }),
    ...(bankName !== undefined && { bankName }),
  };
}
