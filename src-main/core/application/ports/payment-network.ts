/**
 * A payment network. An adapter makes requests (pure), carries one to the network, and reads what the network says of an order.
 * It never retries, never keeps state and never throws for what a network or a line can do: every such end is a value.
 */
import type { Order, Payment, Terms } from '../../domain/cash-out.ts';
import type { FrozenRequest } from '../../domain/command.ts';
import type { Currency } from '../../domain/money.ts';
import type { Evidence, NetworkId, NetworkTraits, OrderFact, OrderStatus } from '../../domain/network.ts';
import type { Result } from '../../domain/result.ts';

export interface PaymentNetwork {
  readonly id: NetworkId;
  readonly traits: NetworkTraits;

  /** The bytes of each operation, made once and frozen in the outbox. Refused: the terms cannot be asked of this network. */
  prepareCreate(terms: Terms): Result<FrozenRequest, RequestRefusal>;
  prepareCancel(terms: Terms, order: Order): FrozenRequest;
  /** Gives the money back: a refund, or, where there is a third leg, its word that no notes were given. */
  prepareRefund(terms: Terms, order: Order, payment: Payment, cause: ReturnCause): FrozenRequest;
  /** The third leg: notes were given. Only of a network whose traits have `confirmation`; asking another one is our bug. */
  prepareConfirm(terms: Terms, order: Order, payment: Payment): FrozenRequest;

  /** Sends exactly these bytes with this key, once. `order` is absent for a create. Ends within the adapter's deadline. */
  deliver(delivery: { request: FrozenRequest; idempotencyKey: string; terms: Terms; order?: Order }): Promise<Delivery>;

  /** Asks for the order's state now. */
  read(terms: Terms, order: Order): Promise<Reading>;

  /**
   * The account's orders of a time, ours and others', as far as the network tells them: what is missing in it may exist all the same.
   * Only of a network whose traits have `listing`.
   */
  list(window: Readonly<{ fromMs: number; toMs: number }>): Promise<Listing>;

  /**
   * Whether the network's QR may be shown (I7): structure, checksum, and amount, currency and country where it carries them.
   * `block`: never shown, the order is cancelled · `warn`: shown, with a case.
   */
  checkQr(terms: Terms, qrData: string): QrVerdict;

  /** Lets idle connections go; a call under way ends as it would. */
  close(): void;
}

/**
 * Why the money goes back instead of notes: `asked` by the people at the till · `late-payment`: it came after cancel or expiry ·
 * `out-of-time`: too little is left for the third leg · `no-connection`: the payment cannot be checked just now · `drawer-failed`.
 */
export type ReturnCause = 'asked' | 'late-payment' | 'out-of-time' | 'no-connection' | 'drawer-failed';

export type RequestRefusal = Readonly<{ code: string; detail: string }>;

export type QrVerdict =
  | Readonly<{ verdict: 'good' }>
  | Readonly<{ verdict: 'warn'; detail: string }>
  | Readonly<{ verdict: 'block'; detail: string }>;

/** What came of sending a command. */
export type Delivery =
  /** 2xx with an order that could be read. `fact.problems` says what disagrees with the terms. */
  | Readonly<{ kind: 'answered'; fact: OrderFact; evidence: Evidence }>
  /** A definite no: nothing was done and repeating cannot help. `blocksNetwork`: configuration; nothing else will work either. */
  | Readonly<{ kind: 'refused'; code: string; detail: string; blocksNetwork: boolean; evidence: Evidence }>
  /** The order's state does not allow it, or it was done before: read the order and branch on what is true. */
  | Readonly<{ kind: 'conflict'; code: string; evidence: Evidence }>
  /** The key was used for another request: our bug or a lost record; never resent, a person looks. */
  | Readonly<{ kind: 'key-conflict'; code: string; evidence: Evidence }>
  /** Nothing done yet, ask again with the same key: 423, 429, a payment running right now. */
  | Readonly<{ kind: 'busy'; code: string; retryAfterMs?: number; evidence: Evidence }>
  /** The token is not (or no longer) good. */
  | Readonly<{ kind: 'unauthorized'; evidence: Evidence }>
  /** May have been done: timeout, reset, 5xx, an answer that cannot be read. Same key again. */
  | Readonly<{ kind: 'unknown'; cause: string; retryAfterMs?: number; evidence?: Evidence }>
  /** Proven not to have left: no address, connection refused. */
  | Readonly<{ kind: 'not-sent'; cause: string }>;

/** What came of asking for an order. */
export type Reading =
  | Readonly<{ kind: 'answered'; fact: OrderFact; evidence: Evidence }>
  | Readonly<{ kind: 'not-found'; evidence: Evidence }>
  | Readonly<{ kind: 'refused'; code: string; evidence: Evidence }>
  | Readonly<{ kind: 'busy'; code: string; retryAfterMs?: number }>
  | Readonly<{ kind: 'unauthorized'; evidence: Evidence }>
  /** An answer that is no order: not JSON, cut, an error inside a 200. */
  | Readonly<{ kind: 'unreadable'; detail: string; evidence: Evidence }>
  | Readonly<{ kind: 'unreachable'; cause: string; retryAfterMs?: number }>;

/** One line of the account's list. Nothing is decided by it: it is a reason to ask, or to call a person. */
export type ListedOrder = Readonly<{
  networkOrderId: string;
  externalReference?: string;
  status: OrderStatus;
  statusText: string;
  amountMinor?: number;
  currency?: Currency;
  /** Absent where the list does not say. */
  isAtThisPos?: boolean;
}>;

export type Listing =
  Readonly<{ kind: 'answered'; orders: readonly ListedOrder[] }> | Readonly<{ kind: 'failed'; why: string }>;
