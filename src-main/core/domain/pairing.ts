/**
 * Pairing: which account, store and point of sale of a payment network a till is. All of it is data; nothing here is asked or sent.
 *
 * A point of sale belongs to one till. Its external id says which: the store's external id with the till's id behind it, e.g. `SUC01CAJA07`.
 * External ids are ours to choose, unique in the account, and the only way back to what a lost answer may have made.
 */
import type { SlipState } from './journal-event.ts';
import type { Evidence, QrMode } from './network.ts';
import type { Country } from './settings.ts';
import type { FrozenRequest } from './command.ts';
import type { Order, Terms } from './cash-out.ts';

export const PAIRING_NETWORKS = ['mercadopago-orders', 'mercadopago-instore'] as const;
export type PairingNetworkId = (typeof PAIRING_NETWORKS)[number];

/** As the network's own documents call its two interfaces; the same in every language. */
export const INTERFACE_NAMES: Readonly<Record<PairingNetworkId, string>> = {
  'mercadopago-orders': 'Orders API',
  'mercadopago-instore': 'In-store API',
};

/** The order of the steps is the order in which they are done. */
export const PAIRING_STEPS = ['account', 'store', 'pos', 'amount', 'sticker', 'proof', 'settings'] as const;
export type PairingStepName = (typeof PAIRING_STEPS)[number];

/** `country` is absent where this till knows no such site. */
export type Account = Readonly<{ userId: string; siteId: string; country?: Country; nickname?: string }>;

export type Store = Readonly<{ id: string; name: string; externalId?: string; address?: string }>;

export type PointOfSale = Readonly<{
  id: string;
  name: string;
  externalId?: string;
  storeId: string;
  /** True: an integrated till says the amount. False: the customer would type it. */
  isAmountFixed: boolean;
  /** Where the network keeps the sticker's picture. */
  stickerUrl?: string;
  /** What the sticker says, where the network tells it. */
  stickerText?: string;
}>;

/** As the network's catalogue writes them; the coordinates must lie in the account's country. */
export type Address = Readonly<{
  streetName: string;
  streetNumber: string;
  cityName: string;
  stateName: string;
  latitude: number;
  longitude: number;
  reference?: string;
}>;

export type NewStore = Readonly<{ name: string; externalId: string; address: Address }>;
export type NewPointOfSale = Readonly<{ name: string; externalId: string; storeId: string }>;

/** That an answer was had, without its body: an account's answer holds people's data. */
export type PairingEvidence = Pick<Evidence, 'httpStatus' | 'requestId' | 'answeredAtMs' | 'bodySha256'>;

/** What a technician asks for. All that is left out is looked up, or the usual. */
export type PairRequest = Readonly<{
  network: PairingNetworkId;
  /** Name of the secret with the access token; else the one in the settings. */
  tokenSecret?: string;
  /** Which store: the network's own number, or our external id (else the usual one). Name and address are for one that must be made. */
  store: Readonly<{ id?: string; externalId?: string; name?: string; address?: Address }>;
  /** Which point of sale: its external id, else the usual one of store and till. The name is for one that must be made. */
  pos: Readonly<{ externalId?: string; name?: string }>;
  /** A point of sale that carries another till's sign, or serves another network of this till, is taken all the same. */
  takeOver?: Readonly<{ reason: string }>;
}>;

/**
 * What the journal keeps of pairing. `creating` is saved before the first byte leaves: with it a restart knows what to look for.
 * `not-made` ends it: refused, proven not to have left, or looked for in vain long enough.
 */
export type PairingEvent =
  | Readonly<{ kind: 'account'; account: Account; evidence: PairingEvidence }>
  | Readonly<{ kind: 'creating'; what: 'store' | 'pos'; externalId: string }>
  | Readonly<{ kind: 'not-made'; what: 'store' | 'pos'; externalId: string; detail: string }>
  | Readonly<{ kind: 'store'; store: Store; how: 'found' | 'made'; evidence: PairingEvidence }>
  | Readonly<{
      kind: 'pos';
      pos: PointOfSale;
      how: 'found' | 'made' | 'taken-over';
      reason?: string;
      evidence: PairingEvidence;
    }>
  | Readonly<{ kind: 'amount-fixed'; posId: string; evidence: PairingEvidence }>
  | Readonly<{ kind: 'sticker'; posId: string; sha256: string; bytes: number }>
  | Readonly<{ kind: 'proof-asked'; proof: Proof }>
  | Readonly<{ kind: 'proof-order'; proofId: string; order: Order; evidence: PairingEvidence }>
  | Readonly<{
      kind: 'proof-ended';
      proofId: string;
      end: 'cancelled' | 'expired' | 'refused' | 'returned' | 'not-sent';
      detail: string;
      evidence?: PairingEvidence;
    }>
  | Readonly<{ kind: 'saved'; userId: string; externalStoreId: string; externalPosId: string }>
  | Readonly<{ kind: 'sticker-print'; jobId: string; state: Exclude<SlipState, 'queued'>; detail: string }>;

/**
 * A test order: made, and taken back, with keys and bytes that never change. Its `terms` name no shift: no drawer has to do with it.
 */
export type Proof = Readonly<{
  id: string;
  externalPosId: string;
  terms: Terms;
  create: FrozenRequest;
  createKey: string;
  cancelKey: string;
  refundKey: string;
}>;

/**
 * A one-time code for the network that can take it back; an order at the sticker where a one-time code cannot be taken back.
 */
export const PROOF_MODE: Readonly<Record<PairingNetworkId, QrMode>> = {
  'mercadopago-orders': 'dynamic',
  'mercadopago-instore': 'static',
};

/** Whatever happens, a test order ends by itself after this. */
export const PROOF_LIFETIME_MS = 60_000;

const POS_ID_LENGTH_MAX = 40;
const STORE_ID_LENGTH_MAX = 24;

export function pairingSubject(network: PairingNetworkId): string {
  return `pairing ${network}`;
}

/** Letters and digits of the shop's name, so that every till of the shop finds the same store. */
export function usualStoreId(shopName: string): string {
  const letters = shopName
    .normalize('NFD')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '');
  return letters === '' ? 'SUC01' : letters.slice(0, STORE_ID_LENGTH_MAX);
}

export function usualPosId(externalStoreId: string, tillId: string): string {
  return `${externalStoreId.slice(0, POS_ID_LENGTH_MAX - tillId.length)}${tillId}`;
}

export function isExternalId(text: string): boolean {
  return /^[A-Za-z0-9]{1,40}$/.test(text);
}

/** Whose sign a point of sale carries: its external id ends in this till's id, behind the store's. */
export function isOfTill(externalPosId: string, externalStoreId: string, tillId: string): boolean {
  return externalPosId === usualPosId(externalStoreId, tillId);
}
