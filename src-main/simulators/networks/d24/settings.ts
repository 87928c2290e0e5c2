/**
 * What the simulated network is set to: the documented rules, and the points where documents disagree or are silent.
 *
 * Units  times in milliseconds; amounts as decimal text.
 */
import type { RangeMs } from '../weather.ts';
import { BRANDS } from './brands.ts';
import type { BankShape, Brand } from './brands.ts';
import type { Country } from './countries.ts';
import type { ControlWords } from './signature.ts';

/** What the network and the banks behind it do by themselves. Nothing, unless set. */
export type BankHabits = Readonly<{
  /** From pending until the bank has it. */
  accept: RangeMs;
  /** From there until the bank has paid or refused. */
  settle: RangeMs;
  rejectRate: number;
  /** One of these, drawn; null is a rejection without a code. */
  rejectionCodes: readonly (number | null)[];
  /** Share of completed payouts that come back later. */
  lateReturnRate: number;
  lateReturn: RangeMs;
}>;

export type Limits = Readonly<{
  minimum: string;
  transactionMaximum: string | null;
  /** For one document in one day (UTC). */
  dailyMaximum: string | null;
}>;

export type D24Settings = Readonly<{
  /** API key, API passphrase and API signature of the merchant. */
  login: string;
  pass: string;
  signature: string;
  /** For bank lists and rates. */
  readOnlyKey: string;
  merchantsAccessKey: string;
  merchantsSecretKey: string;
  /** How long a token of the merchants API is good. */
  merchantsTokenLifeMs: number;
  isIpRegistered: boolean;
  isMerchantsIpAllowed: boolean;
  isMerchantEnabled: boolean;
  /** The header is listed as mandatory. */
  needsUserAgent: boolean;
  countries: readonly Country[];
  ids: 'both' | 'either';
  /** Whether a status that officially wants both ids answers to the external id alone. Not documented. */
  statusByExternalIdAlone: boolean;
  /** The documents want both ids to cancel; integrators send one. */
  cancelByOneId: boolean;
  /** Ids of payouts as text instead of a number. */
  acceptsQuotedIds: boolean;
  /** TuPay's pages name neither. */
  hasCancel: boolean;
  hasHold: boolean;
  cancelsOnHold: boolean;
  /** A refused hold or release: the reference says 400, the table of codes 412. */
  transitionRefusalStatus: 400 | 412;
  /** Whether a refused create uses its external id up. Not documented. */
  burnsDeclinedIds: boolean;
  bankShape: BankShape;
  hasProviderReference: boolean;
  limits: Limits;
  /** Documents that fail the check of identity, with the reason code (101, 105). */
  kycRefusals: Readonly<Record<string, number>>;
  blockedDocuments: readonly string[];
  blockedAccounts: readonly string[];
  /** One e-mail or phone belongs to one document. */
  checksContactOwners: boolean;
  /** By currency; used when the network starts. */
  openingBalances: Readonly<Record<string, string>>;
  /** Local currency for one US dollar. */
  fxRates: Readonly<Record<Country, string>>;
  /** How far the merchants API is behind. */
  listLagMs: number;
  controlWords: ControlWords;
  /** The panel's address for notifications, where a payout names none; nowhere when null. */
  notificationUrl: string | null;
  banks: BankHabits | 'none';
}>;

const MILLION = '1000000.00';

export function defaultSettingsOf(brand: Brand): D24Settings {
  const { countries, ids, bankShape, hasProviderReference } = BRANDS[brand];
  return {
    login: 'cashout_login',
    pass: 'cashout_pass',
    signature: 'cashout_secret_key',
    readOnlyKey: 'read_only_key',
    merchantsAccessKey: 'reports@example.com',
    merchantsSecretKey: 'reports_secret',
    merchantsTokenLifeMs: 3_600_000,
    isIpRegistered: true,
    isMerchantsIpAllowed: true,
    isMerchantEnabled: true,
    needsUserAgent: true,
    countries,
    ids,
    statusByExternalIdAlone: false,
    cancelByOneId: false,
    acceptsQuotedIds: false,
    hasCancel: true,
    hasHold: true,
    cancelsOnHold: true,
    transitionRefusalStatus: 400,
    burnsDeclinedIds: false,
    bankShape,
    hasProviderReference,
    limits: { minimum: '1.00', transactionMaximum: null, dailyMaximum: null },
    kycRefusals: {},
    blockedDocuments: [],
    blockedAccounts: [],
    checksContactOwners: true,
    openingBalances: {
      PEN: MILLION,
      BRL: MILLION,
      MXN: MILLION,
      COP: '1000000000.00',
      CLP: '1000000000.00',
      ARS: '1000000000.00',
      USD: MILLION,
    },
    fxRates: { PE: '3.7', BR: '5.8829', MX: '18.35', CO: '4120.5', CL: '945', AR: '1450', EC: '1' },
    listLagMs: 0,
    controlWords: { before: 'Be4', after: 'Bo7' },
    notificationUrl: null,
    banks: 'none',
  };
}

/** For training and demonstrations: paid within a quarter of a minute, one in ten comes back. */
export const HELPFUL_BANKS: BankHabits = {
  accept: { minimumMs: 2_000, maximumMs: 6_000 },
  settle: { minimumMs: 4_000, maximumMs: 10_000 },
  rejectRate: 0.1,
  rejectionCodes: [800, 801, 807, 813],
  lateReturnRate: 0,
  lateReturn: { minimumMs: 86_400_000, maximumMs: 432_000_000 },
};
