/**
 * What differs by country in a cash-out order. Unknown properties are refused by the network, so each country sends its own list
 * and nothing else.
 *
 * Source  Mercado Pago developers, qr-code-ca, payment processing: the pages of AR, BR, CL, MX and UY.
 */
import type { Terms } from '../../../core/domain/cash-out.ts';
import type { Currency } from '../../../core/domain/money.ts';
import type { Country, MercadoPagoOrdersSettings } from '../../../core/domain/settings.ts';

export type CountryRules = Readonly<{
  currency: Currency;
  /** Shown to the customer in the wallet; no personal data, at most 150 characters. */
  description: string;
  /** `transactions.cash_outs[0].additional_info`; undefined where the country has none. */
  additionalInfo(terms: Terms, settings: MercadoPagoOrdersSettings): Readonly<Record<string, unknown>> | undefined;
}>;

const none = (): undefined => undefined;

export const COUNTRIES: Readonly<Record<Country, CountryRules>> = {
  AR: { currency: 'ARS', description: 'Retiro de efectivo', additionalInfo: none },
  BR: {
    currency: 'BRL',
    description: 'Saque em dinheiro',
    // `fixed_amount: true` would let the customer change the amount on the phone.
    additionalInfo: (_terms, { brazil }) => ({
      fixed_amount: false,
      agency_type: brazil.agencyType,
      bank_service_code: brazil.bankServiceCode,
    }),
  },
  CL: { currency: 'CLP', description: 'Retiro de efectivo', additionalInfo: none },
  MX: {
    currency: 'MXN',
    description: 'Retiro de efectivo',
    additionalInfo: (terms) => ({ external_cashier_id: terms.cashierCode }),
  },
  UY: { currency: 'UYU', description: 'Retiro de efectivo', additionalInfo: none },
};
