/**
 * Money: amounts as whole minor units of one currency (I5: never floating point).
 *
 * Source  ISO 4217 exponents and numeric codes; the table below is the whole list the till accepts.
 * Units   `minor` is centavos for MXN (exponent 2) and whole pesos for CLP (exponent 0).
 * Errors  RangeError for a mix of currencies or an unsafe integer: both are our bugs.
 *         Text that a person typed never throws: `parseAmount` answers what is wrong with it.
 */
import { err, ok } from './result.ts';
import type { Result } from './result.ts';

const CURRENCIES = {
  MXN: {
    exponent: 2,
    numeric: '484',
    symbol: '$',
    notesMinor: [100000, 50000, 20000, 10000, 5000, 2000],
    coinsMinor: [2000, 1000, 500, 200, 100, 50],
  },
  ARS: {
    exponent: 2,
    numeric: '032',
    symbol: '$',
    notesMinor: [2000000, 1000000, 200000, 100000, 50000, 20000, 10000],
    coinsMinor: [1000, 500, 200, 100],
  },
  BRL: {
    exponent: 2,
    numeric: '986',
    symbol: 'R$',
    notesMinor: [20000, 10000, 5000, 2000, 1000, 500, 200],
    coinsMinor: [100, 50, 25, 10, 5],
  },
  CLP: {
    exponent: 0,
    numeric: '152',
    symbol: '$',
    notesMinor: [20000, 10000, 5000, 2000, 1000],
    coinsMinor: [500, 100, 50, 10],
  },
  UYU: {
    exponent: 2,
    numeric: '858',
    symbol: '$',
    notesMinor: [200000, 100000, 50000, 20000, 10000, 5000, 2000],
    coinsMinor: [5000, 1000, 500, 200, 100],
  },
  PEN: {
    exponent: 2,
    numeric: '604',
    symbol: 'S/',
    notesMinor: [20000, 10000, 5000, 2000, 1000],
    coinsMinor: [500, 200, 100, 50, 20, 10],
  },
  COP: {
    exponent: 2,
    numeric: '170',
    symbol: '$',
    notesMinor: [10000000, 5000000, 2000000, 1000000, 500000, 200000],
    coinsMinor: [100000, 50000, 20000, 10000, 5000],
  },
  USD: {
    exponent: 2,
    numeric: '840',
    symbol: 'US$',
    notesMinor: [10000, 5000, 2000, 1000, 500, 100],
    coinsMinor: [100, 25, 10, 5, 1],
  },
} as const satisfies Record<string, CurrencyFacts>;

type CurrencyFacts = Readonly<{
  exponent: 0 | 2;
  numeric: string;
  symbol: string;
  notesMinor: readonly number[];
  coinsMinor: readonly number[];
}>;

export type Currency = keyof typeof CURRENCIES;
export type Money = Readonly<{ currency: Currency; minor: number }>;

export const CURRENCY_CODES = Object.keys(CURRENCIES) as readonly Currency[];

export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(CURRENCIES, text);
}

/** Decimals of the currency: 2, or 0 for CLP. */
export function exponentOf(currency: Currency): 0 | 2 {
  return CURRENCIES[currency].exponent;
}

/** ISO 4217 numeric code, three digits, as EMVCo tag 53 carries it. */
export function numericCodeOf(currency: Currency): string {
  return CURRENCIES[currency].numeric;
}

export function symbolOf(currency: Currency): string {
  return CURRENCIES[currency].symbol;
}

/** Bank notes in circulation, largest first, in minor units: what a hand-over can be counted in. */
export function notesOf(currency: Currency): readonly number[] {
  return CURRENCIES[currency].notesMinor;
}

/** Coins in everyday use, largest first, in minor units: a count holds them too. A denomination may be both note and coin. */
export function coinsOf(currency: Currency): readonly number[] {
  return CURRENCIES[currency].coinsMinor;
}

export function money(currency: Currency, minor: number): Money {
  return { currency, minor: wholeMinor(minor) };
}

/** Guards a sum: a result beyond 2^53 − 1 would no longer be exact. */
export function wholeMinor(minor: number): number {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not whole minor units: ${minor}`);
  return minor === 0 ? 0 : minor;
}

export function add(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new RangeError(`${left.currency} + ${right.currency}`);
  return money(left.currency, left.minor + right.minor);
}

export function subtract(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new RangeError(`${left.currency} - ${right.currency}`);
  return money(left.currency, left.minor - right.minor);
}

export type AmountProblem = 'empty' | 'not-a-number' | 'too-many-decimals' | 'not-positive' | 'too-large';

const PLAIN_DECIMAL = /^(-?)(\d{1,15})(?:\.(\d+))?$/;

/**
 * Reads an amount that a person or a file wrote with a dot for decimals and nothing else: `500`, `500.5`, `500.00`.
 * Grouping is refused rather than guessed: `1.500,00` and `1,500.00` mean different money in different shops, and `1e3` is no amount.
 */
export function parseAmount(text: string, currency: Currency): Result<Money, AmountProblem> {
  const trimmed = text.trim();
  if (trimmed === '') return err('empty');
  const match = PLAIN_DECIMAL.exec(trimmed);
  if (!match) return err('not-a-number');
  const [, sign = '', whole = '', decimals = ''] = match;
  const exponent = exponentOf(currency);
  if (decimals.length > exponent) return err('too-many-decimals');
  const minor = Number(whole + decimals.padEnd(exponent, '0'));
  if (!Number.isSafeInteger(minor)) return err('too-large');
  if (sign !== '' || minor <= 0) return err('not-positive');
  return ok(money(currency, minor));
}

/** `parseAmount`, with zero allowed: an opening float or a count may be nothing. */
export function parseAmountOrZero(text: string, currency: Currency): Result<Money, AmountProblem> {
  const parsed = parseAmount(text, currency);
  const isZero = !parsed.ok && parsed.error === 'not-positive' && /^0+(\.0+)?$/.test(text.trim());
  return isZero ? ok(money(currency, 0)) : parsed;
}

/** The wire form of the networks: `500.00`, or `5000` where the currency has no decimals. Negative keeps its sign. */
export function toDecimalText(amount: Money): string {
  const exponent = exponentOf(amount.currency);
  const sign = amount.minor < 0 ? '-' : '';
  const digits = String(Math.abs(amount.minor)).padStart(exponent + 1, '0');
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

const POINT = { group: ',', decimal: '.' };
const COMMA = { group: '.', decimal: ',' };
const POINT_CURRENCIES: readonly Currency[] = ['MXN', 'PEN', 'USD'];

/**
 * For eyes only: symbol, grouped digits, and decimals only when there are any (`$ 1,500`, `R$ 20,50`; the space does not break).
 * Mexico, Peru and US dollars are written with a decimal point; the other countries with a comma, whatever language the till speaks.
 */
export function formatMoney(amount: Money, options: { decimals?: 'always' | 'when-needed' } = {}): string {
  const { group, decimal } = POINT_CURRENCIES.includes(amount.currency) ? POINT : COMMA;
  const [whole = '0', decimals = ''] = toDecimalText(amount).replace('-', '').split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, group);
  const showDecimals = decimals !== '' && (options.decimals === 'always' || Number(decimals) !== 0);
  return `${amount.minor < 0 ? '-' : ''}${symbolOf(amount.currency)}\u00a0${grouped}${showDecimals ? decimal + decimals : ''}`;
}
