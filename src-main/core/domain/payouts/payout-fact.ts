/**
 * What a payout network's answers prove: where a payout is, and why a bank refused it. Adapters turn wire answers into these.
 *
 * Source  D24, TuPay and OneKey cashouts API: cashout status codes, rejection codes.
 */

/** Numbered 0 to 5 on the wire, in this order. A refused creation is no status: then there is no payout. */
export const PAYOUT_STATUSES = ['pending', 'completed', 'cancelled', 'rejected', 'delivered', 'on_hold'] as const;
export type PayoutStatus = (typeof PAYOUT_STATUSES)[number];

/** `code` 0 is one that banks and test systems send; absent, where the bank gave none. */
export type Rejection = Readonly<{ code?: number; reason: string }>;

/** One payout as a status answer describes it. The answer names neither id nor amount: which payout it is follows from what was asked. */
export type PayoutFact = Readonly<{
  /** unclear: a number without a meaning, or a number and a word that contradict each other. Never taken for any status. */
  status: PayoutStatus | 'unclear';
  /** The network's own words, e.g. `1 Completed`. */
  statusText: string;
  /** With status `rejected` only. */
  rejection?: Rejection;
  /** The bank's own number for the transfer. */
  bankReference?: string;
  /** What the customer says at the counter where cash is collected; meaningful once delivered. */
  pickupReference?: string;
  bankName?: string;
}>;

/** What helps after a rejection; screens choose their words by it. */
export type RejectionHint =
  | 'correct-account'
  | 'other-account'
  | 'check-amount'
  | 'pick-bank'
  | 'correct-branch'
  | 'check-document'
  | 'check-name'
  | 'other-way'
  | 'support'
  | 'reissue'
  | 'smaller-or-later'
  | 'supervisor'
  | 'check-owner'
  | 'correct-pix-key'
  | 'change-account-type'
  | 'asked-by-shop'
  | 'next-month'
  | 'add-email'
  | 'returned';

/** By rejection code. Numbers missing here (0 and 101 occur in test systems) are for support. */
export const REJECTION_HINTS: Readonly<Record<number, RejectionHint>> = {
  800: 'correct-account',
  801: 'other-account',
  802: 'check-amount',
  803: 'pick-bank',
  804: 'correct-branch',
  805: 'check-document',
  806: 'check-name',
  807: 'other-way',
  808: 'support',
  809: 'reissue',
  810: 'smaller-or-later',
  811: 'supervisor',
  812: 'supervisor',
  813: 'check-owner',
  814: 'correct-pix-key',
  815: 'correct-account',
  816: 'correct-account',
  817: 'correct-account',
  818: 'other-account',
  819: 'change-account-type',
  820: 'asked-by-shop',
  821: 'next-month',
  822: 'check-name',
  823: 'add-email',
  824: 'supervisor',
  826: 'returned',
};

/** The bank gave the money back after it had reported success. */
export const WITHDRAWAL_REVERSED = 826;

export function hintFor(rejection: Rejection): RejectionHint {
  return (rejection.code === undefined ? undefined : REJECTION_HINTS[rejection.code]) ?? 'support';
}
