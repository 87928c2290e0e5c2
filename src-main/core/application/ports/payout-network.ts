/**
 * A payout network. An adapter makes requests (pure), carries one to the network, and reads what the network says.
 * It never retries, never decides and never throws for what a network or a line can do: every such end is a value.
 */
import type { FrozenRequest } from '../../domain/command.ts';
import type { Currency } from '../../domain/money.ts';
import type { Evidence } from '../../domain/network.ts';
import type { PayoutCountry } from '../../domain/payouts/country-forms.ts';
import type { PayoutFact } from '../../domain/payouts/payout-fact.ts';
import type { PayoutNetworkId, PayoutTerms } from '../../domain/payouts/payout.ts';
import type { Result } from '../../domain/result.ts';
import type { RequestRefusal } from './payment-network.ts';

/** What a network can do, as data: use cases and screens ask this, never the network's name. */
export type PayoutTraits = Readonly<{
  countries: readonly PayoutCountry[];
  /** Create on hold, and hold and release later. */
  hold: boolean;
  cancel: boolean;
  /** Documented to be asked by both ids only: by our own alone it may refuse to answer. */
  requireBothIds: boolean;
  /** It has a list of payouts that names our ids and amounts: the only way from our id to its own. */
  reconciliation: boolean;
  banks: boolean;
  exchangeRate: boolean;
}>;

/** Which payout. The network's own id is unknown after a lost answer. */
export type PayoutKey = Readonly<{ externalId: string; cashoutId?: string }>;

/** Which payout, asked by somebody who may know only the number that the network gave it. */
export type PayoutLookup = PayoutKey | Readonly<{ cashoutId: string; externalId?: never }>;

export interface PayoutNetwork {
  readonly id: PayoutNetworkId;
  readonly traits: PayoutTraits;

  /**
   * The bytes of each operation, made once and frozen in the outbox, without login and pass: `deliver` puts those in where the frozen
   * text begins, so that with the same credentials the same bytes leave every time. Refused: it cannot be asked of this network.
   */
  prepareCreate(terms: PayoutTerms): Result<FrozenRequest, RequestRefusal>;
  prepareCancel(payout: PayoutKey): Result<FrozenRequest, RequestRefusal>;
  prepareHold(payout: PayoutKey): Result<FrozenRequest, RequestRefusal>;
  prepareRelease(payout: PayoutKey): Result<FrozenRequest, RequestRefusal>;

  /** Sends exactly this request, once. Ends within the adapter's deadline. */
  deliver(delivery: { request: FrozenRequest; terms: PayoutTerms }): Promise<PayoutDelivery>;

  /** Asks where the payout is now. The answer names no id and no amount: it is about whatever the key led to. */
  read(payout: PayoutLookup): Promise<PayoutReading>;

  banks(country: PayoutCountry): Promise<Inquiry<readonly Bank[]>>;

  /** For orientation only: the network pays at the rate of the moment. */
  exchangeRate(country: PayoutCountry, usdMinor: number): Promise<Inquiry<ExchangeRate>>;

  /** All payouts of the account between two times, ours and others'. */
  reconcile(window: { fromMs: number; toMs: number }): Promise<Inquiry<readonly ListedPayout[]>>;

  /** Whether a notification is the network's. What it says is never taken for true: it is a reason to ask. */
  readNotice(form: string): PayoutNotice;

  /** Lets idle connections go; a call under way ends as it would. */
  close(): void;
}

/**
 * What can be done about a refused request. fix-data: a field · top-up: the shop's balance · another-way: bank or method not available ·
 * supervisor: a limit · no: this customer or account, for good · configuration: a technician · our-bug: repeating cannot help.
 */
export type RefusalAdvice = 'fix-data' | 'top-up' | 'another-way' | 'supervisor' | 'no' | 'configuration' | 'our-bug';

/** What came of sending a command. */
export type PayoutDelivery =
  /** Create: the network has it under this id. It tells nothing else. */
  | Readonly<{ kind: 'accepted'; cashoutId: string; evidence: Evidence }>
  /** Cancel: done, and where the payout is. Only `cancelled` is a cancel. */
  | Readonly<{ kind: 'answered'; fact: PayoutFact; evidence: Evidence }>
  /** Hold, release: acknowledged; the status in such answers cannot be trusted, so ask. */
  | Readonly<{ kind: 'done'; evidence: Evidence }>
  /** A definite no: nothing was done. After an attempt of unknown outcome it proves nothing about that one. */
  | Readonly<{ kind: 'refused'; code: string; detail: string; advice: RefusalAdvice; evidence: Evidence }>
  /** Create: the network knows our id already. The caller decides whether it is its own. */
  | Readonly<{ kind: 'duplicate'; evidence: Evidence }>
  /** The payout's state does not allow it: ask where it is. */
  | Readonly<{ kind: 'conflict'; code: string; evidence: Evidence }>
  | Readonly<{ kind: 'not-found'; evidence: Evidence }>
  | Readonly<{ kind: 'busy'; code: string; retryAfterMs?: number; evidence: Evidence }>
  /** Credentials, signature or address of the whole account: every further call would meet the same. Stop all, raise an alarm. */
  | Readonly<{ kind: 'account-stop'; code: string; evidence: Evidence }>
  /** May have been done: timeout, reset, 5xx, an answer that cannot be read, codes that promise nothing. */
  | Readonly<{ kind: 'unknown'; cause: string; retryAfterMs?: number; evidence?: Evidence }>
  /** Proven not to have left: no address, connection refused, no credentials. */
  | Readonly<{ kind: 'not-sent'; cause: string }>;

/** What came of asking for a payout. */
export type PayoutReading =
  | Readonly<{ kind: 'answered'; fact: PayoutFact; evidence: Evidence }>
  /** Soon after a create it means nothing; see `meaningOfNotFound`. */
  | Readonly<{ kind: 'not-found'; evidence: Evidence }>
  /** Asked by one id alone, it wants the other too. */
  | Readonly<{ kind: 'needs-both-ids'; evidence: Evidence }>
  | Readonly<{ kind: 'refused'; code: string; detail: string; evidence: Evidence }>
  | Readonly<{ kind: 'busy'; code: string; retryAfterMs?: number }>
  | Readonly<{ kind: 'account-stop'; code: string; evidence: Evidence }>
  /** Not JSON, cut, without a status: nothing is known that was not known before. */
  | Readonly<{ kind: 'unreadable'; detail: string; evidence: Evidence }>
  | Readonly<{ kind: 'unreachable'; cause: string; retryAfterMs?: number }>;

/** What came of asking for something that moves no money. */
export type Inquiry<Value> =
  | Readonly<{ kind: 'answered'; value: Value }>
  /** This brand or this configuration does not have it. */
  | Readonly<{ kind: 'unavailable' }>
  | Readonly<{ kind: 'refused'; code: string; detail: string }>
  | Readonly<{ kind: 'unreadable'; detail: string }>
  | Readonly<{ kind: 'unreachable'; cause: string; retryAfterMs?: number }>;

export type Bank = Readonly<{ code: string; name: string; ispb?: string; licensed?: boolean }>;

/** Decimal text as it came: more decimals than the currency has. */
export type ExchangeRate = Readonly<{ currency: string; rate: string; converted: string }>;

/** One line of the network's list. Here, and only here, it names ids and amount together. */
export type ListedPayout = Readonly<{
  cashoutId?: string;
  externalId: string;
  status: PayoutFact['status'];
  statusText: string;
  currency?: Currency;
  /** Absent when it is no amount of this currency. */
  amountMinor?: number;
  reason: string;
}>;

export type PayoutNotice =
  | Readonly<{
      kind: 'genuine';
      externalId: string;
      /** Not covered by the control: anyone could have written these. Never data, at most a line on a screen. */
      hints: Readonly<{
        cashoutId?: string;
        date: string;
        statusReason: string;
        bankReference: string;
        comments: string;
      }>;
    }>
  | Readonly<{ kind: 'forged' }>
  | Readonly<{ kind: 'unreadable'; detail: string }>;
