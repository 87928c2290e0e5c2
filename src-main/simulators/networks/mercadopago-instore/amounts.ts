/** Amounts: JSON numbers on this wire, whole minor units in here. */
import { COUNTRIES } from '../mercadopago-orders/countries.ts';
import type { Country } from '../mercadopago-orders/countries.ts';

const LARGEST_MINOR = 10 ** 14;

/** Whole minor units; undefined for what is no number, is negative, or has more decimals than the currency. */
export function minorOfNumber(value: unknown, country: Country): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return undefined;
  const scale = COUNTRIES[country].hasDecimals ? 100 : 1;
  const minor = Math.round(value * scale);
  // The shortest text of the number decides: 0.1 is ten centavos, whatever its bits say.
  return minor <= LARGEST_MINOR && minor / scale === value ? minor : undefined;
}

/** The JSON number of whole minor units: 20000, or 199.9. */
export function numberOfMinor(minor: number, country: Country): number {
  return COUNTRIES[country].hasDecimals ? minor / 100 : minor;
}

/** As a code carries it: `500.00`, in Chile `500`. */
export function amountText(minor: number, country: Country): string {
  return numberOfMinor(minor, country).toFixed(COUNTRIES[country].hasDecimals ? 2 : 0);
}
