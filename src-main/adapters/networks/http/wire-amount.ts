/**
 * Amounts as networks write them: decimal text (`"500.00"`, `"500"`), in some answers a JSON number.
 * Read digit by digit; a number is taken by the text it prints as, so no floating-point arithmetic touches it.
 */
import { exponentOf, wholeMinor } from '../../../core/domain/money.ts';
import type { Currency } from '../../../core/domain/money.ts';

/** Minor units, or undefined for what is no amount of this currency. Zeros beyond its decimals are harmless (`"5000.00"` CLP). */
export function minorOf(value: unknown, currency: Currency): number | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  const match = typeof text === 'string' ? /^(\d{1,13})(?:\.(\d{1,13}))?$/.exec(text) : null;
  if (!match) return undefined;
  const [, whole = '', decimals = ''] = match;
  const exponent = exponentOf(currency);
  if (/[1-9]/.test(decimals.slice(exponent))) return undefined;
  return wholeMinor(Number(whole + decimals.slice(0, exponent).padEnd(exponent, '0')));
}
