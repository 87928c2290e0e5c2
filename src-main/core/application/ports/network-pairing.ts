/**
 * What a technician's till asks a payment network before it can work with it: whose token this is, and the stores and points of sale there.
 * An adapter carries one question and reads its answer. It never retries, keeps nothing, and never throws for what a network can do.
 *
 * None of these calls has an idempotency key. Who lost the answer of a create searches by the external id that was chosen here, until it is
 * found or proven absent, and never creates a second time before that.
 */
import type { Account, NewPointOfSale, NewStore, PairingEvidence, PointOfSale, Store } from '../../domain/pairing.ts';

export interface NetworkPairing {
  /** False: no usable access token is stored under the name that was given; nothing would leave. */
  hasToken(): boolean;

  account(): Promise<PairingAnswer<Account>>;

  /** With an external id: the one store that has it, or none. */
  stores(userId: string, externalId?: string): Promise<PairingAnswer<readonly Store[]>>;
  createStore(userId: string, store: NewStore): Promise<PairingAnswer<Store>>;

  pointsOfSale(
    by: Readonly<{ externalId: string }> | Readonly<{ storeId: string }>,
  ): Promise<PairingAnswer<readonly PointOfSale[]>>;
  /** Made with a fixed amount. */
  createPointOfSale(pos: NewPointOfSale): Promise<PairingAnswer<PointOfSale>>;
  /** From now the till says the amount. May be repeated at will. */
  fixAmount(posId: string): Promise<PairingAnswer<PointOfSale>>;

  /** The picture's own bytes (PNG). Asked without the token: it lies elsewhere, and is public. */
  sticker(url: string): Promise<PairingAnswer<Uint8Array>>;

  /** Lets idle connections go; a call under way ends as it would. */
  close(): void;
}

/** What came of one question. */
export type PairingAnswer<Value> =
  | Readonly<{ kind: 'answered'; value: Value; evidence: PairingEvidence }>
  /** A create: the external id belongs to something already, perhaps of our own making. Search. */
  | Readonly<{ kind: 'taken'; code: string; detail: string }>
  /** A definite no: nothing was made or changed. */
  | Readonly<{ kind: 'refused'; code: string; detail: string }>
  /** The token is not (or no longer) good. */
  | Readonly<{ kind: 'unauthorized' }>
  /** Nothing done, ask again: 423, 429. */
  | Readonly<{ kind: 'busy'; code: string; retryAfterMs?: number }>
  /** No usable answer: timeout, reset, 5xx, something that cannot be read. A create may have been done. */
  | Readonly<{ kind: 'unknown'; cause: string; retryAfterMs?: number }>
  /** Proven not to have left: no address, connection refused, no token. */
  | Readonly<{ kind: 'not-sent'; cause: string }>;
