/**
 * A payout as the network keeps it, and the only ways its life goes on.
 *
 *   pending (0) ──▶ delivered (4) ──▶ completed (1) ──▶ rejected (3), days later
 *     ▲ │  └──────────┐       └─────▶ rejected (3)
 *     │ ▼             ▼
 *   on_hold (5) ──▶ cancelled (2)
 *
 * Source  OneKey cashout status endpoint, status flow and its note on late rejections; TuPay has the same six codes.
 */
import type { Bank } from './banks.ts';
import type { Country } from './countries.ts';

export type PayoutState = 'pending' | 'completed' | 'cancelled' | 'rejected' | 'delivered' | 'on_hold';

export const STATUS = {
  pending: { code: 0, description: 'Pending', listName: 'PENDING' },
  completed: { code: 1, description: 'Completed', listName: 'COMPLETED' },
  cancelled: { code: 2, description: 'Canceled', listName: 'CANCELLED' },
  rejected: { code: 3, description: 'Rejected', listName: 'REJECTED' },
  delivered: { code: 4, description: 'Delivered', listName: 'DELIVERED' },
  on_hold: { code: 5, description: 'On hold', listName: 'ON_HOLD' },
} as const satisfies Record<PayoutState, { code: number; description: string; listName: string }>;

/** Why a bank sent the money back; a bank may give no code, and no reason. */
export type Rejection = Readonly<{ code: number | null; reason: string | null }>;

export type PayoutLife =
  | Readonly<{ state: Exclude<PayoutState, 'rejected'> }>
  | Readonly<{ state: 'rejected'; rejection: Rejection; isLate: boolean }>;

export type PayoutEvent =
  | Readonly<{ type: 'bank-accepted' | 'bank-completed' | 'cancelled' | 'held' | 'released' }>
  | Readonly<{ type: 'bank-rejected' | 'bank-returned'; rejection: Rejection }>;

/** What was asked when the payout was made; never changes. */
export type PayoutTerms = Readonly<{
  cashoutId: number;
  externalId: string;
  country: Country;
  currency: string;
  amountMinor: number;
  documentId: string;
  beneficiaryName: string;
  email: string;
  phone: string;
  bank: Bank | undefined;
  bankAccount: string;
  bankBranch: string;
  /** The bank's own id, on PIX the end-to-end id. */
  providerReference: string;
  /** Paper and counters know a cash pickup by it; empty for all others. */
  bankReferenceId: string;
  comments: string;
  notificationUrl: string;
  /** Accepted although it cannot be paid, as happens to a PIX key that was left out: what the bank will say. */
  unpayableCode: number | null;
  createdAtMs: number;
}>;

export type PayoutMoment = Readonly<{ life: PayoutLife; updatedAtMs: number }>;

export type Payout = {
  readonly terms: PayoutTerms;
  moment: PayoutMoment;
  /** What a reader saw before the last change: a slow copy of the network may still say it. */
  previous: PayoutMoment | undefined;
  version: number;
  /** Not found before this time, though its external id is taken. */
  visibleFromMs: number;
  readonly trail: PayoutState[];
};

/** The next life, or undefined when the event cannot happen now. */
export function nextLife(life: PayoutLife, event: PayoutEvent): PayoutLife | undefined {
  const { state } = life;
  switch (event.type) {
    case 'bank-accepted':
      return state === 'pending' ? { state: 'delivered' } : undefined;
    case 'bank-completed':
      return state === 'delivered' ? { state: 'completed' } : undefined;
    case 'bank-rejected':
      return state === 'delivered' ? { state: 'rejected', rejection: event.rejection, isLate: false } : undefined;
    case 'bank-returned':
      return state === 'completed' ? { state: 'rejected', rejection: event.rejection, isLate: true } : undefined;
    case 'cancelled':
      return state === 'pending' || state === 'on_hold' ? { state: 'cancelled' } : undefined;
    case 'held':
      return state === 'pending' ? { state: 'on_hold' } : undefined;
    case 'released':
      return state === 'on_hold' ? { state: 'pending' } : undefined;
    default:
      return event satisfies never;
  }
}

/** Nothing more happens to it by the network's own rules, unless a bank changes its mind. */
export function isFinished({ state }: PayoutLife): boolean {
  return state === 'completed' || state === 'cancelled' || state === 'rejected';
}

/**
 * Source  D24 and OneKey API codes, cashout rejection codes. Staging answers 0 and "Test" too.
 */
export const REJECTION_REASONS: Readonly<Record<number, string>> = {
  0: 'Test',
  800: 'ERROR_ACCOUNT_INCORRECT',
  801: 'ERROR_ACCOUNT_CLOSED',
  802: 'ERROR_AMOUNT_INCORRECT',
  803: 'ERROR_BANK_INVALID',
  804: 'ERROR_BANK_BRANCH_INCORRECT',
  805: 'ERROR_BENEFICIARY_DOCUMENT_ID_INVALID',
  806: 'ERROR_BENEFICIARY_NAME_INCORRECT',
  807: 'ERROR_REJECTED_BY_BANK',
  808: 'ERROR_OTHER',
  809: 'WITHDRAWAL_EXPIRED',
  810: 'LIMIT_EXCEEDED',
  811: 'RISK_POLICY',
  812: 'BLOCKED_FROZEN_ACCOUNT',
  813: 'DOCUMENT_ACCOUNT_MISMATCH',
  814: 'INVALID_PIX_KEY',
  815: 'INVALID_IFSC_CODE',
  816: 'INVALID_ACCOUNT_OR_IFSC_CODE',
  817: 'INVALID_NBIN',
  818: 'ACCOUNT_UNABLE',
  819: 'INVALID_ACCOUNT_TYPE',
  820: 'REJECTED_BY_MERCHANT_REQUEST',
  821: 'MONTHLY_LIMIT_EXCEEDED_FOR_USER',
  822: 'ACCOUNT_NAME_REQUIRED_TO_BE_IN_KATAKANA',
  823: 'Email field cannot be empty',
  824: 'REJECTED_BY_THIRD_PARTY_CONTROL',
  826: 'WITHDRAWAL_REVERSED',
};

/** Rejections over a wrong key or account: OneKey then shows no bank. */
export const REJECTIONS_WITHOUT_BANK: readonly (number | null)[] = [800, 803, 804, 814, 819];

export function rejectionOf(code: number | null, reason?: string): Rejection {
  return { code, reason: reason ?? (code === null ? null : (REJECTION_REASONS[code] ?? 'ERROR_OTHER')) };
}
