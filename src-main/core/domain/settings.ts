/** Settings of a till as the engine uses them: amounts in minor units, times in ms. Secrets are named here, never held. */
import type { Locale } from './locale.ts';
import type { Currency } from './money.ts';
import type { QrMode } from './network.ts';
import type { PayoutSettings } from './payouts/payout-settings.ts';

export type Country = 'AR' | 'BR' | 'CL' | 'MX' | 'UY';

export type Person = Readonly<{ code: number; name: string; role: 'cashier' | 'supervisor' | 'technician' }>;

export type Limits = Readonly<{ minMinor: number; maxMinor: number; stepMinor: number }>;

export type MercadoPagoOrdersSettings = Readonly<{
  baseUrl: string;
  country: Country;
  externalPosId: string;
  /** The store that the point of sale stands in, as pairing found it; never sent. */
  externalStoreId?: string;
  /** The seller's account; when known, every answer must name it. */
  userId?: string;
  /** Name of the secret that holds the access token. */
  tokenSecret: string;
  mode: QrMode;
  /** How long an order stays payable: 30 s to 10 min (above that the networks' documents disagree). */
  lifetimeMs: number;
  /** strict: a QR that does not parse or fails its checksum is never shown; warn: shown, with a case. */
  qrValidation: 'strict' | 'warn';
  /** How long after payment a refund may be asked. */
  returnWindowMs: number;
  /** Brazil only (Pix withdrawal rules). */
  brazil: Readonly<{ agencyType: 'AGTEC' | 'AGTOT' | 'AGPSS'; bankServiceCode: string }>;
}>;

/** The legacy in-store API: stickers and one-time codes, with a confirmation after the notes are given. */
export type MercadoPagoInstoreSettings = Readonly<{
  baseUrl: string;
  country: Country;
  /** The seller's account: part of every path, and every answer must name it. */
  userId: string;
  /** Only a static order names the store; absent: the older form of its path, without one. */
  externalStoreId?: string;
  externalPosId: string;
  /** Name of the secret that holds the access token. */
  tokenSecret: string;
  mode: QrMode;
  /** How long an order stays payable: 30 s to 10 min. */
  lifetimeMs: number;
  /** strict: a QR that does not parse or fails its checksum is never shown; warn: shown, with a case. */
  qrValidation: 'strict' | 'warn';
  /** How long after the payment the network takes the confirmation, or the word that no notes were given. Documented: 5 min. */
  confirmWithinMs: number;
  /** `total_amount` of a withdrawal without a purchase: the withdrawn amount, or zero. No document says which. */
  pureCashoutTotal: 'sum' | 'zero';
  /** Where the network shall post its notifications; absent: nowhere. */
  notificationUrl?: string;
  /** The integrator's id; absent: none is sent. */
  sponsorId?: number;
}>;

export type RelaySettings = Readonly<{
  url: string;
  /** Name of the secret that holds this till's key. */
  keySecret: string;
  /** How long one question may stay open. */
  waitMs: number;
}>;

/** How many backups are kept, for how many days, and a second place for them. */
export type BackupSettings = Readonly<{ keep: number; days: number; directory?: string }>;

/** After how long an open drawer is told to the cashier. */
export type DrawerSettings = Readonly<{ openTooLongMs: number }>;

export type Settings = Readonly<{
  language: Locale;
  theme: 'light' | 'dark' | 'system';
  /** IANA name, for what people read. */
  timeZone: string;
  shopName: string;
  tillId: string;
  currency: Currency;
  limits: Limits;
  quickAmountsMinor: readonly number[];
  people: readonly Person[];
  networks: Readonly<{
    'mercadopago-orders'?: MercadoPagoOrdersSettings;
    'mercadopago-instore'?: MercadoPagoInstoreSettings;
    tupay?: PayoutSettings;
    onekey?: PayoutSettings;
  }>;
  /** Who hears of notifications for this till; absent: nobody, and the till asks at its own rhythm. */
  relay?: RelaySettings;
  /** Absent: 30 backups of the last 90 days, in the data directory alone. */
  backups?: BackupSettings;
  /** Absent: an open drawer is told after a minute. */
  drawer?: DrawerSettings;
  /** The printer's profile by name, see assets/devices. */
  printerProfile: string;
}>;

/** Names of the secrets that a network of the settings asks the vault for. */
export function secretNamesOf(
  network: NonNullable<Settings['networks'][keyof Settings['networks']]>,
): readonly string[] {
  if ('tokenSecret' in network) return [network.tokenSecret];
  const { loginSecret, passSecret, signatureSecret, readOnlySecret, listUserSecret, listPasswordSecret } = network;
  const all = [loginSecret, passSecret, signatureSecret, readOnlySecret, listUserSecret, listPasswordSecret];
  return all.filter((name) => name !== undefined);
}
