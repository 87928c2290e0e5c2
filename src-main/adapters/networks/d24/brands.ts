/**
 * What differs between the brands of one platform. Hosts are settings: only test hosts are documented for both.
 *
 * Source  TuPay: cashout creation, status (both ids starred, Peru only) · OneKey: cashout creation, status, cancel, update, authorized
 *         banks · D24: technical aspects. Lengths that no brand page narrows are D24's.
 */
import type { PayoutCountry } from '../../../core/domain/payouts/country-forms.ts';
import type { PayoutNetworkId } from '../../../core/domain/payouts/payout.ts';

export type Brand = Readonly<{
  id: PayoutNetworkId;
  countries: readonly PayoutCountry[];
  requireBothIds: boolean;
  /** TuPay's status page says that a pending payout can be cancelled, but documents no way to; trying does no harm. */
  cancel: boolean;
  /** A payout that is to wait for a supervisor must not start running instead: only where it is documented. */
  hold: boolean;
  /** Undefined: the brand has no list of banks for this country. */
  banksPath(country: PayoutCountry): string | undefined;
  limits: Readonly<{ documentId: number; documentType: number; bankAccount: number; notificationUrl: number }>;
}>;

export const BRANDS: Readonly<Record<PayoutNetworkId, Brand>> = {
  tupay: {
    id: 'tupay',
    countries: ['PE'],
    requireBothIds: true,
    cancel: true,
    hold: false,
    banksPath: (country) => `/v3/banks?country=${country}`,
    limits: { documentId: 12, documentType: 4, bankAccount: 20, notificationUrl: 300 },
  },
  onekey: {
    id: 'onekey',
    countries: ['BR'],
    requireBothIds: false,
    cancel: true,
    hold: true,
    banksPath: (country) => (country === 'BR' ? '/v1/country/BR/authorized-banks' : undefined),
    limits: { documentId: 40, documentType: 15, bankAccount: 30, notificationUrl: 2_000 },
  },
};
