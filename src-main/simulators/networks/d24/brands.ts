/**
 * The two brands of one platform, and where their documents differ.
 *
 * Source  TuPay, cashout status endpoint: both ids are required. OneKey, cashout status endpoint: either id may be sent;
 *         bank data and the bank's own reference come back. TuPay pays in Peru alone; OneKey's pages list Brazil.
 */
import type { Country } from './countries.ts';

export const BRANDS = {
  tupay: {
    name: 'TuPay',
    countries: ['PE'],
    ids: 'both',
    bankShape: 'absent',
    hasProviderReference: false,
    hasAuthorizedBanks: false,
    isCurrencyRequired: true,
    longest: { document_id: 12, document_type: 4, bank_account: 20, notification_url: 300 },
  },
  onekey: {
    name: 'OneKey',
    countries: ['BR'],
    ids: 'either',
    bankShape: 'object',
    hasProviderReference: true,
    hasAuthorizedBanks: true,
    isCurrencyRequired: false,
    longest: {},
  },
} as const satisfies Record<string, BrandProfile>;

export type Brand = keyof typeof BRANDS;

export type BankShape = 'object' | 'array' | 'absent';

type BrandProfile = Readonly<{
  name: string;
  countries: readonly Country[];
  /** What a status request must carry. */
  ids: 'both' | 'either';
  bankShape: BankShape;
  hasProviderReference: boolean;
  hasAuthorizedBanks: boolean;
  isCurrencyRequired: boolean;
  /** Where a brand allows less than the platform. */
  longest: Readonly<Record<string, number>>;
}>;
