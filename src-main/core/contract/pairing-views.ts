/** Views of pairing: what the technician is shown. No token is in any of them (I11): only the name that it is stored under. */
import type { Fault } from '../domain/fault.ts';
import type { SlipState } from '../domain/journal-event.ts';
import type { QrMode } from '../domain/network.ts';
import type { Account, PairingNetworkId, PairingStepName, Store } from '../domain/pairing.ts';
import type { Country } from '../domain/settings.ts';

export type PairingStepView = Readonly<{
  step: PairingStepName;
  state: 'waiting' | 'doing' | 'done' | 'failed';
  /** In English, for the technician: what was found, made or refused. */
  detail: string;
}>;

export type PosView = Readonly<{
  id: string;
  name: string;
  externalId?: string;
  isAmountFixed: boolean;
  /** By its sign: the store's external id with this till's id behind it, or what this till was paired with before. */
  isOfThisTill: boolean;
}>;

export type PairingView = Readonly<{
  network: PairingNetworkId;
  baseUrl: string;
  country: Country;
  mode: QrMode;
  /** Name of the secret; its value never leaves the vault. */
  tokenSecret: string;
  hasToken: boolean;
  isRunning: boolean;
  steps: readonly PairingStepView[];
  /** Of the last run in this program. */
  fault?: Fault;
  account?: Account;
  store?: Store;
  pos?: PosView;
  /** SHA-256 of the kept picture. */
  stickerSha256?: string;
  /** When settings were saved by pairing last; absent: never. */
  savedAtMs?: number;
}>;

/** What is there, and what a run would find or make. */
export type PairingLookView = Readonly<{
  account: Account;
  stores: readonly Store[];
  /** Number of the store that is meant, where it is there. */
  storeId?: string;
  wantedStoreId: string;
  /** Of that store. */
  pointsOfSale: readonly PosView[];
  posId?: string;
  wantedPosId: string;
}>;

export type StickerView = Readonly<{ picture?: string }>;
export type StickerPrintView = Readonly<{ jobId: string; state: SlipState; detail: string }>;

/** How a run ended well. */
export type PairedView = Readonly<{
  network: PairingNetworkId;
  userId: string;
  country: Country;
  store: Store;
  pos: PosView;
  stickerSha256?: string;
  /** How the test order ended. */
  proof: string;
}>;
