/**
 * Payouts between the till and a window or the command line: questions and views. Plain data, amounts in minor units of the payout's
 * currency, times in ms since 1970 UTC. Personal data is masked before it comes here (I11); a form goes in once and never comes back.
 */
import type { Notes } from '../domain/cash-out.ts';
import type { Currency } from '../domain/money.ts';
import type { BeneficiaryForm, PayoutCountry, PayoutMethodId } from '../domain/payouts/country-forms.ts';
import type { PayoutStatus, RejectionHint } from '../domain/payouts/payout-fact.ts';
import type { NotesInstead } from '../domain/payouts/notes-instead.ts';
import type { PayoutNetworkId, PayoutState } from '../domain/payouts/payout.ts';
import type { CaseView, ConnectionState, SlipView } from './views.ts';

export interface PayoutCalls {
  /** With a `requestId` the same request asked again is the same payout, also after a restart. `hold`: park it although below the limit. */
  'payout.start': {
    request: {
      network: PayoutNetworkId;
      country: PayoutCountry;
      method: PayoutMethodId;
      currency: Currency;
      amountMinor: number;
      beneficiary: BeneficiaryForm;
      hold?: boolean;
      /** The failed payout that this one takes the place of. */
      reissueOf?: string;
      requestId?: string;
    };
    reply: PayoutView;
  };
  'payout.show': { request: { id: string }; reply: PayoutView };
  /** Newest first. `open`: only those that something is still expected of. */
  'payout.list': { request: { sinceMs: number; limit: number; open?: boolean }; reply: readonly PayoutView[] };
  /** What was scanned or typed from a voucher: our own records first, then the network's word, if `network` is named. */
  'payout.find': { request: { text: string; network?: PayoutNetworkId }; reply: PayoutFinding };
  /** Asks the network now; no sooner than 5 s after the last question. */
  'payout.refresh': { request: { id: string }; reply: PayoutView };
  'payout.cancel': { request: { id: string; reason: string }; reply: PayoutView };
  'payout.hold': { request: { id: string; reason: string }; reply: PayoutView };
  /** Only by a supervisor. */
  'payout.release': { request: { id: string; supervisorCode: number }; reply: PayoutView };
  /**
   * A supervisor has looked into what did not fit, or what the till cannot find out, and lets it go on. `cashoutId`: the network's own
   * number of it, as read in the network's panel, where the till could not learn it.
   */
  'payout.reviewed': {
    request: { id: string; supervisorCode: number; reason: string; cashoutId?: string };
    reply: PayoutView;
  };
  /** Notes in its place: asks the network once more, commits, opens the drawer. `supervisorCode` where `notesInstead` is supervisor. */
  'payout.notes-start': { request: { id: string; supervisorCode?: number }; reply: PayoutView };
  'payout.notes-given': { request: { id: string; notes?: Notes }; reply: PayoutView };
  'payout.notes-not-given': { request: { id: string; reason: string }; reply: PayoutView };
  'payout.banks': { request: { network: PayoutNetworkId; country: PayoutCountry }; reply: readonly BankView[] };
  /** What an amount of US dollars is in the country's currency, for orientation only. */
  'payout.rate': {
    request: { network: PayoutNetworkId; country: PayoutCountry; usdMinor: number };
    reply: ExchangeRateView;
  };
}

/** What may be done next with a payout; screens show exactly these. `notes`: start giving notes in its place. */
export const PAYOUT_ACTIONS = [
  'refresh',
  'cancel',
  'hold',
  'release',
  'reviewed',
  'notes',
  'notes-given',
  'notes-not-given',
  'reissue',
  'print',
] as const;
export type PayoutAction = (typeof PAYOUT_ACTIONS)[number];

/** A command was sent and nobody has answered: nothing may take its place before the network, or a person, has. */
export type PayoutDoubtView = Readonly<{
  command: 'create' | 'cancel' | 'hold' | 'release';
  attempts: number;
  lastOutcome: string;
  nextAttemptAtMs: number;
  /** The till cannot find out by itself: somebody has to look into the network's panel. */
  needsPerson: boolean;
}>;

export type PayoutView = Readonly<{
  id: string;
  state: PayoutState;
  network: PayoutNetworkId;
  country: PayoutCountry;
  method: PayoutMethodId;
  currency: Currency;
  amountMinor: number;
  externalId: string;
  /** What the slip carries and a scanner reads. */
  voucher: string;
  cashoutId?: string;
  /** Masked. */
  beneficiary: BeneficiaryForm;
  cashierName: string;
  shiftId: string;
  requestedAtMs: number;
  /** It was created parked, for a supervisor to release. */
  createdOnHold: boolean;
  cancelAsked: boolean;
  deliveredAtMs?: number;
  completedAtMs?: number;
  /** declined, not_found, cancelled, rejected. */
  endedAtMs?: number;
  /** Declined: the network's code. */
  code?: string;
  rejection?: Readonly<{ code?: number; reason: string; hint: RejectionHint }>;
  /** It had been completed, and the bank gave it back days later. */
  reversed: boolean;
  review?: Readonly<{ why: string; sinceMs: number }>;
  surfaced: boolean;
  /** Notes are being counted in its place right now. */
  notesSinceMs?: number;
  replacement?: Readonly<
    { by: 'notes'; atMs: number } | { by: 'payout'; payoutId: string; atMs: number } | { by: 'outside'; atMs: number }
  >;
  reissueOf?: string;
  bankReference?: string;
  pickupReference?: string;
  bankName?: string;
  doubt?: PayoutDoubtView;
  notesInstead: NotesInstead;
  checkedAtMs?: number;
  checkFailing: boolean;
  nextCheckAtMs?: number;
  cases: readonly CaseView[];
  slips: readonly SlipView[];
  actions: readonly PayoutAction[];
}>;

export type PayoutFinding =
  | Readonly<{ kind: 'ours'; payout: PayoutView }>
  /** Not in this till's records: what the network says of it. It names neither amount nor beneficiary. */
  | Readonly<{
      kind: 'network';
      network: PayoutNetworkId;
      externalId?: string;
      cashoutId?: string;
      status: PayoutStatus | 'unclear';
      statusText: string;
      rejection?: Readonly<{ code?: number; reason: string; hint: RejectionHint }>;
    }>
  /** Nobody knows it: this till, nor the network where one was asked. */
  | Readonly<{ kind: 'unknown'; askedNetwork: boolean }>
  /** One of our vouchers, misread: scan again or type it anew. */
  | Readonly<{ kind: 'damaged' }>
  | Readonly<{ kind: 'unusable'; why: 'empty' | 'too-long' | 'characters' }>;

export type BankView = Readonly<{ code: string; name: string; licensed?: boolean }>;

/** Decimal text as the network gave it. */
export type ExchangeRateView = Readonly<{ currency: string; rate: string; converted: string }>;

/** A payout network as settings and traits describe it. */
export type PayoutNetworkView = Readonly<{
  id: PayoutNetworkId;
  connection: ConnectionState;
  sinceMs: number;
  /** Code of the block, e.g. `402`. */
  code?: string;
  countries: readonly Readonly<{
    country: PayoutCountry;
    currencies: readonly Currency[];
    methods: readonly PayoutMethodId[];
  }>[];
  cancel: boolean;
  hold: boolean;
  banks: boolean;
  exchangeRate: boolean;
  /** By currency. Above `releaseAboveMinor` a payout is created parked and a supervisor releases it. */
  limits: readonly Readonly<{ currency: Currency; minMinor: number; maxMinor: number; releaseAboveMinor?: number }>[];
}>;

/** One line of the payouts that a shift leaves behind, or of the window's list of what is open. */
export type OpenPayoutView = Readonly<{
  id: string;
  state: PayoutState;
  network: PayoutNetworkId;
  currency: Currency;
  amountMinor: number;
  beneficiaryName: string;
  requestedAtMs: number;
  needsPerson: boolean;
  /** Notes are being counted in its place right now: after a restart the window opens on it (I8). */
  notesSinceMs?: number;
}>;
