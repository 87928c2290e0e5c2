/**
 * Cash-out: one wallet debit against notes.
 *
 *   requested ─▶ awaiting_payment ─▶ paid ─▶ handing_over ─▶ dispensed ─▶ settled
 *      │               │              │  ▲        │
 *      ▼               ▼              │  └ not given
 *   refused   cancelling▶cancelled    └▶ returning ─▶ returned
 *               expired
 *
 * A state holds just what is true in it. Only network answers (with evidence) move money states; local clocks never do.
 * Money that arrives late (after cancel or expiry) still counts: the cash-out becomes `paid` with `late` set, and a person decides.
 * These values are stored in the journal for years: add fields, never change the meaning of one.
 */
import type { Evidence, NetworkId, QrMode } from './network.ts';
import type { Currency } from './money.ts';
import { chargeMinorOf } from './purchase.ts';
import type { Purchase } from './purchase.ts';
import { err, ok, unreachable } from './result.ts';
import type { Result } from './result.ts';

/** What was asked for; fixed for life. */
export type Terms = Readonly<{
  id: string;
  network: NetworkId;
  mode: QrMode;
  currency: Currency;
  /** The notes, and nothing else: what leaves the drawer. */
  amountMinor: number;
  /** Paid by the same payment, and no business of the drawer. Absent for a cash-out alone. */
  purchase?: Purchase;
  /** Ours, sent to the network; letters and digits only. */
  externalReference: string;
  /** How long the network shall keep the order payable. */
  lifetimeMs: number;
  shiftId: string;
  /** Numeric code, as some networks want it. */
  cashierCode: number;
  cashierName: string;
  requestedAtMs: number;
  /** The asker's own name for the request: asked again, it is the same cash-out. */
  requestId?: string;
}>;

export type Order = Readonly<{
  networkOrderId: string;
  /** Absent in static mode: the customer scans the till's sticker. */
  qrData?: string;
  offeredAtMs: number;
  /** For display only: an order is over when the network says so. */
  expiresAtMs: number;
}>;

export type Payment = Readonly<{
  paidAtMs: number;
  /** All that left the wallet: the notes and any purchase. */
  amountMinor: number;
  /** The number on the customer's phone, when the network tells it. */
  reference?: string;
  /** For networks with a third leg: what it names, and until when it is taken. */
  confirmationId?: string;
  confirmByMs?: number;
}>;

/** Why a payment counts as late: what the till had asked or believed before it came. */
export type Late = 'while-cancelling' | 'after-cancel' | 'after-expiry';

type Paid = Readonly<{ order: Order; payment: Payment; late?: Late }>;
/** The shift whose drawer pays: not always the one that asked, when money came late. */
type Paying = Paid & Readonly<{ payingShiftId: string }>;

export type CashOut =
  | (Terms & Readonly<{ state: 'requested'; cancelAsked: boolean }>)
  | (Terms & Readonly<{ state: 'refused'; code: string; refusedAtMs: number }>)
  | (Terms & Readonly<{ state: 'awaiting_payment'; order: Order }>)
  | (Terms & Readonly<{ state: 'cancelling'; order: Order; askedAtMs: number }>)
  | (Terms & Readonly<{ state: 'cancelled'; order: Order; cancelledAtMs: number }>)
  | (Terms & Readonly<{ state: 'expired'; order: Order; expiredAtMs: number }>)
  | (Terms & Paid & Readonly<{ state: 'paid' }>)
  | (Terms & Paying & Readonly<{ state: 'handing_over'; startedAtMs: number }>)
  | (Terms & Paying & Readonly<{ state: 'dispensed'; dispensedAtMs: number }>)
  | (Terms & Paying & Readonly<{ state: 'settled'; dispensedAtMs: number; settledAtMs: number }>)
  | (Terms & Paid & Readonly<{ state: 'returning'; reason: string; askedAtMs: number }>)
  /** `repaidBy`: code of the supervisor by whose word the shop paid the customer back outside of the till. */
  | (Terms & Paid & Readonly<{ state: 'returned'; reason: string; returnedAtMs: number; repaidBy?: number }>);

export type CashOutState = CashOut['state'];
export type CashOutIn<State extends CashOutState> = Extract<CashOut, { state: State }>;

export const CASH_OUT_STATES = [
  'requested',
  'refused',
  'awaiting_payment',
  'cancelling',
  'cancelled',
  'expired',
  'paid',
  'handing_over',
  'dispensed',
  'settled',
  'returning',
  'returned',
] as const satisfies readonly CashOutState[];

/** Every arrow there is (I6). `returning → paid` is absent on purpose: once a return is intended, no notes, ever. */
export const ARROWS: Readonly<Record<CashOutState, readonly CashOutState[]>> = {
  requested: ['awaiting_payment', 'refused', 'requested'],
  refused: [],
  awaiting_payment: ['cancelling', 'cancelled', 'expired', 'paid'],
  cancelling: ['cancelled', 'expired', 'paid'],
  cancelled: ['paid'],
  expired: ['paid'],
  paid: ['handing_over', 'returning', 'returned'],
  handing_over: ['dispensed', 'paid'],
  dispensed: ['settled'],
  settled: [],
  returning: ['returned'],
  returned: [],
};

/** What can happen to a cash-out. Bodies of journal events `cash-out.<type>`; `evidence` wherever the network is the witness. */
export type CashOutEvent =
  | Readonly<{ type: 'offered'; order: Order; evidence: Evidence }>
  | Readonly<{ type: 'refused'; code: string; evidence?: Evidence }>
  | Readonly<{ type: 'cancel-asked'; reason: string }>
  | Readonly<{ type: 'cancelled'; evidence: Evidence }>
  | Readonly<{ type: 'expired'; evidence: Evidence }>
  | Readonly<{ type: 'paid'; payment: Payment; evidence: Evidence }>
  | Readonly<{ type: 'hand-over-started'; shiftId: string; evidence: Evidence }>
  | Readonly<{ type: 'not-given'; reason: string }>
  | Readonly<{ type: 'dispensed'; notes?: Notes }>
  | Readonly<{ type: 'settled' }>
  | Readonly<{ type: 'return-asked'; reason: string }>
  | Readonly<{ type: 'returned'; reason: string; evidence: Evidence }>
  /** A supervisor decided that nobody paid it, where the network does not say. Should it be paid all the same, the payment counts as late. */
  | Readonly<{ type: 'given-up'; by: number; reason: string }>
  /** A supervisor's word that the customer has the money back by other means. No notes after it, ever. */
  | Readonly<{ type: 'repaid'; by: number; reason: string }>;

/** Code of a refusal that a supervisor decided: nobody knows whether the network ever had it. */
export const GIVEN_UP = 'given-up-in-doubt';

/** How long after its lifetime an order that may exist is still reckoned with. */
export const ORDER_MARGIN_MS = 120_000;

/** By when the network must have ended an unpaid order, as far as a clock of ours can say: for people and blocks, never for money. */
export function mustHaveEndedMs(cashOut: CashOut): number {
  const expiresAtMs = 'order' in cashOut ? cashOut.order.expiresAtMs : cashOut.requestedAtMs + cashOut.lifetimeMs;
  return expiresAtMs + ORDER_MARGIN_MS;
}

/** Pieces by denomination in minor units, as text keys: `{ "50000": 1, "10000": 2 }`. */
export type Notes = Readonly<Record<string, number>>;

/** An event that does not fit the state: our bug when we made it, a refused request when a person asked for it. */
export type Illegal = Readonly<{ state: CashOutState; event: CashOutEvent['type'] }>;

/** The next state, or what did not fit. Total: every state meets every event. `atMs` is the journal's time of the event. */
export function transition(cashOut: CashOut, event: CashOutEvent, atMs: number): Result<CashOut, Illegal> {
  const illegal = err({ state: cashOut.state, event: event.type });
  switch (event.type) {
    case 'offered':
      return cashOut.state === 'requested'
        ? ok({ ...termsOf(cashOut), state: 'awaiting_payment', order: event.order })
        : illegal;
    case 'refused':
      return cashOut.state === 'requested'
        ? ok({ ...termsOf(cashOut), state: 'refused', code: event.code, refusedAtMs: atMs })
        : illegal;
    case 'cancel-asked':
      if (cashOut.state === 'requested') return cashOut.cancelAsked ? illegal : ok({ ...cashOut, cancelAsked: true });
      if (cashOut.state !== 'awaiting_payment') return illegal;
      return ok({ ...termsOf(cashOut), state: 'cancelling', order: cashOut.order, askedAtMs: atMs });
    case 'cancelled':
      if (!isPayable(cashOut)) return illegal;
      return ok({ ...termsOf(cashOut), state: 'cancelled', order: cashOut.order, cancelledAtMs: atMs });
    case 'expired':
      if (!isPayable(cashOut)) return illegal;
      return ok({ ...termsOf(cashOut), state: 'expired', order: cashOut.order, expiredAtMs: atMs });
    case 'paid':
      return pay(cashOut, event.payment) ?? illegal;
    case 'hand-over-started':
      if (cashOut.state !== 'paid') return illegal;
      return ok({
        ...termsOf(cashOut),
        ...paidOf(cashOut),
        payingShiftId: event.shiftId,
        state: 'handing_over',
        startedAtMs: atMs,
      });
    case 'not-given':
      return cashOut.state === 'handing_over'
        ? ok({ ...termsOf(cashOut), ...paidOf(cashOut), state: 'paid' })
        : illegal;
    case 'dispensed':
      if (cashOut.state !== 'handing_over') return illegal;
      return ok({
        ...termsOf(cashOut),
        ...paidOf(cashOut),
        payingShiftId: cashOut.payingShiftId,
        state: 'dispensed',
        dispensedAtMs: atMs,
      });
    case 'settled':
      if (cashOut.state !== 'dispensed') return illegal;
      return ok({ ...cashOut, state: 'settled', settledAtMs: atMs });
    case 'return-asked':
      if (cashOut.state !== 'paid') return illegal;
      return ok({ ...termsOf(cashOut), ...paidOf(cashOut), state: 'returning', reason: event.reason, askedAtMs: atMs });
    case 'returned':
      if (cashOut.state !== 'paid' && cashOut.state !== 'returning') return illegal;
      return ok({
        ...termsOf(cashOut),
        ...paidOf(cashOut),
        state: 'returned',
        reason: event.reason,
        returnedAtMs: atMs,
      });
    case 'given-up':
      return giveUp(cashOut, atMs) ?? illegal;
    case 'repaid':
      return repay(cashOut, event, atMs) ?? illegal;
    default:
      return unreachable(event);
  }
}

type Repaid = Extract<CashOutEvent, { type: 'repaid' }>;

function giveUp(cashOut: CashOut, atMs: number): Result<CashOut, Illegal> | undefined {
  if (cashOut.state === 'requested')
    return ok({ ...termsOf(cashOut), state: 'refused', code: GIVEN_UP, refusedAtMs: atMs });
  if (!isPayable(cashOut)) return undefined;
  return ok({ ...termsOf(cashOut), state: 'cancelled', order: cashOut.order, cancelledAtMs: atMs });
}

function repay(cashOut: CashOut, { by: repaidBy, reason }: Repaid, atMs: number): Result<CashOut, Illegal> | undefined {
  if (cashOut.state !== 'paid' && cashOut.state !== 'returning') return undefined;
  return ok({ ...termsOf(cashOut), ...paidOf(cashOut), state: 'returned', reason, returnedAtMs: atMs, repaidBy });
}

function pay(cashOut: CashOut, payment: Payment): Result<CashOut, Illegal> | undefined {
  const late = latenessIn(cashOut.state);
  if (late === 'not-payable' || !('order' in cashOut)) return undefined;
  if (payment.amountMinor !== chargeMinorOf(cashOut)) return undefined; // I1: evidence for the same amount, or none.
  return ok({ ...termsOf(cashOut), state: 'paid', order: cashOut.order, payment, ...(late && { late }) });
}

function latenessIn(state: CashOutState): Late | undefined | 'not-payable' {
  switch (state) {
    case 'awaiting_payment':
      return undefined;
    case 'cancelling':
      return 'while-cancelling';
    case 'cancelled':
      return 'after-cancel';
    case 'expired':
      return 'after-expiry';
    default:
      return 'not-payable';
  }
}

type Payable = CashOutIn<'awaiting_payment'> | CashOutIn<'cancelling'>;

/** The network may still take the customer's payment for it. */
export function isPayable(cashOut: CashOut): cashOut is Payable {
  return cashOut.state === 'awaiting_payment' || cashOut.state === 'cancelling';
}

/** Nothing more is expected to happen by itself or by the cashier. */
export function isEnded(state: CashOutState): boolean {
  return (
    state === 'refused' || state === 'cancelled' || state === 'expired' || state === 'settled' || state === 'returned'
  );
}

/** Everything that is still owed an end. */
export const OPEN_STATES: readonly CashOutState[] = CASH_OUT_STATES.filter((state) => !isEnded(state));

/** The drawer must keep this much for it: it is paid or may still be paid. */
export function holdsCash(state: CashOutState): boolean {
  return ['requested', 'awaiting_payment', 'cancelling', 'paid', 'handing_over'].includes(state);
}

export function termsOf(cashOut: Terms): Terms {
  const { id, network, mode, currency, amountMinor, externalReference, lifetimeMs } = cashOut;
  const { shiftId, cashierCode, cashierName, requestedAtMs, requestId, purchase } = cashOut;
  return {
    id,
    network,
    mode,
    currency,
    amountMinor,
    ...(purchase && { purchase }),
    externalReference,
    lifetimeMs,
    shiftId,
    cashierCode,
    cashierName,
    requestedAtMs,
    ...(requestId !== undefined && { requestId }),
  };
}

function paidOf(cashOut: Paid): Paid {
  const { order, payment, late } = cashOut;
  return { order, payment, ...(late && { late }) };
}
