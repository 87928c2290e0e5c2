/**
 * What differs between the five countries that offer cash-out by QR order.
 *
 * Source  Mercado Pago qr-code-ca, payment processing, pages of MX, AR, BR, CL and UY. `country_code` mixes two-letter
 *         and three-letter codes on the wire, and so does this table. Amounts: Orders API, CLP has no decimals.
 */
export const COUNTRIES = {
  MX: { countryCode: 'MX', currency: 'MXN', numeric: '484', alpha2: 'MX', city: 'PUEBLA', hasDecimals: true },
  AR: { countryCode: 'AR', currency: 'ARS', numeric: '032', alpha2: 'AR', city: 'ROSARIO', hasDecimals: true },
  BR: { countryCode: 'BRA', currency: 'BRL', numeric: '986', alpha2: 'BR', city: 'SANTOS', hasDecimals: true },
  CL: { countryCode: 'CHL', currency: 'CLP', numeric: '152', alpha2: 'CL', city: 'TALCA', hasDecimals: false },
  UY: { countryCode: 'URY', currency: 'UYU', numeric: '858', alpha2: 'UY', city: 'SALTO', hasDecimals: true },
} as const;

export type Country = keyof typeof COUNTRIES;
export const COUNTRY_NAMES = Object.keys(COUNTRIES) as [Country, ...Country[]];

const TWO_DECIMALS_OR_NONE = /^\d{1,12}(\.\d{2})?$/;
const NO_DECIMALS = /^\d{1,12}$/;

/** Whole minor units of an amount as the wire writes it; undefined when it is not one, or not above zero. */
export function minorOf(amount: string, country: Country): number | undefined {
  const { hasDecimals } = COUNTRIES[country];
  if (!(hasDecimals ? TWO_DECIMALS_OR_NONE : NO_DECIMALS).test(amount)) return undefined;
  const [whole = '', decimals = hasDecimals ? '00' : ''] = amount.split('.');
  const minor = Number(whole + decimals);
  return minor > 0 ? minor : undefined;
}

/** The wire form of whole minor units: `500.00`, in Chile `500`. */
export function amountOf(minor: number, country: Country): string {
  if (!COUNTRIES[country].hasDecimals) return String(minor);
  const digits = String(minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
