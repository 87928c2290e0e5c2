/** Settings of a payout network as the engine uses them. Secrets are named here, never held. Hosts differ by brand and environment. */
import type { Currency } from '../money.ts';
import type { PayoutCountry } from './country-forms.ts';

export type PayoutNetworkSettings = Readonly<{
  /** The cashouts host, e.g. of the test environment until the provider names the other one. */
  baseUrl: string;
  /** The host of the account's list of payouts (reconciliation). Without it that list cannot be asked for. */
  listBaseUrl?: string;
  /** Where the network tells of changes; ports 80 and 443 only. Without it the one from the provider's panel holds. */
  notificationUrl?: string;
  /** Which countries this account may pay to; without it, what the brand is known for. */
  countries?: readonly PayoutCountry[];
  /** Whether this account may cancel, and hold and release; without it, what the brand documents. */
  cancel?: boolean;
  hold?: boolean;
  /** What stands before and after our id in the text that a notification's control is made over; the documents print `Be4` and `Bo7`. */
  controlPrefix?: string;
  controlSuffix?: string;
  /** Names of secrets: API key, passphrase and signature key of cashouts (deposits have others) … */
  loginSecret: string;
  passSecret: string;
  signatureSecret: string;
  /** … the read-only key, for banks and exchange rates … */
  readOnlySecret?: string;
  /** … and an API user of the panel, for the list. */
  listUserSecret?: string;
  listPasswordSecret?: string;
}>;

/** What one payout may be, in minor units. Above `releaseAboveMinor` it is created parked and a supervisor releases it. */
export type PayoutLimit = Readonly<{
  currency: Currency;
  minMinor: number;
  maxMinor: number;
  releaseAboveMinor?: number;
}>;

/** A payout network in the till's settings. A currency without a limit cannot be paid out. */
export type PayoutSettings = PayoutNetworkSettings & Readonly<{ limits: readonly PayoutLimit[] }>;
