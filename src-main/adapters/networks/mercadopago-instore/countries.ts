/**
 * What differs by country in the legacy in-store API.
 *
 * Source  Mercado Pago OpenAPI files by site: one-time codes (`/qrs`) exist in Argentina, Brazil and Mexico. Where the confirmation
 *         exists is told differently by the documents (two countries, or six); the network itself refuses where it has none.
 */
import type { Currency } from '../../../core/domain/money.ts';
import type { QrMode } from '../../../core/domain/network.ts';
import type { Country } from '../../../core/domain/settings.ts';

export type CountryRules = Readonly<{
  currency: Currency;
  /** Both are shown to the customer in the wallet; no personal data. */
  title: string;
  description: string;
  /** Standard time. The moment is exact whatever the season: the offset is only how it is written. */
  utcOffset: `${'+' | '-'}${number}:${number}`;
  modes: readonly QrMode[];
}>;

const EVERY_MODE: readonly QrMode[] = ['dynamic', 'static', 'hybrid'];
const SPANISH = { title: 'Retiro de efectivo', description: 'Retiro de efectivo en caja' };

export const COUNTRIES: Readonly<Record<Country, CountryRules>> = {
  AR: { ...SPANISH, currency: 'ARS', utcOffset: '-03:00', modes: EVERY_MODE },
  BR: {
    title: 'Saque em dinheiro',
    description: 'Saque em dinheiro no caixa',
    currency: 'BRL',
    utcOffset: '-03:00',
    modes: EVERY_MODE,
  },
  CL: { ...SPANISH, currency: 'CLP', utcOffset: '-04:00', modes: ['static'] },
  MX: { ...SPANISH, currency: 'MXN', utcOffset: '-06:00', modes: EVERY_MODE },
  UY: { ...SPANISH, currency: 'UYU', utcOffset: '-03:00', modes: ['static'] },
};
