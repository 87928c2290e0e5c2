/** What a keypad types: text with a dot for decimals, as `parseAmount` reads it. Pure. */
import type { Currency } from '../../src-main/core/domain/money.ts';
import { exponentOf, formatMoney, money, parseAmountOrZero } from '../../src-main/core/domain/money.ts';

export type KeypadKey =
  '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '00' | 'decimal' | 'erase' | 'clear';

const MAX_WHOLE_DIGITS = 9;

export function typeKey(text: string, key: KeypadKey, currency: Currency): string {
  if (key === 'clear') return '';
  if (key === 'erase') return text.slice(0, -1);
  const exponent = exponentOf(currency);
  const [whole = '', decimals] = text.split('.');
  if (key === 'decimal') return exponent === 0 || decimals !== undefined ? text : `${whole === '' ? '0' : whole}.`;
  const typed = text + key;
  if (decimals !== undefined) return (decimals + key).length > exponent ? text : typed;
  if (whole === '' || whole === '0') return key === '00' ? (whole === '' ? '0' : whole) : key;
  return typed.length > MAX_WHOLE_DIGITS ? text : typed;
}

/** Whole minor units, zero while nothing sensible is typed. */
export function typedMinor(text: string, currency: Currency): number {
  const parsed = parseAmountOrZero(text.endsWith('.') ? text.slice(0, -1) : text, currency);
  return parsed.ok ? parsed.value.minor : 0;
}

/** The text as money, decimals exactly as far as they are typed. */
export function typedText(text: string, currency: Currency): string {
  const [whole = '', decimals] = text.split('.');
  const wholeMinor = typedMinor(whole === '' ? '0' : whole, currency);
  const shown = formatMoney(money(currency, wholeMinor));
  return decimals === undefined ? shown : `${shown}${decimalMarkOf(currency)}${decimals}`;
}

export function decimalMarkOf(currency: Currency): string {
  return formatMoney(money(currency, 1), { decimals: 'always' }).at(-3) ?? '.';
}

/** Minor units as a keypad would have typed them. */
export function textOfMinor(minor: number, currency: Currency): string {
  const exponent = exponentOf(currency);
  const digits = String(minor).padStart(exponent + 1, '0');
  if (exponent === 0) return digits;
  const decimals = digits.slice(-exponent);
  return Number(decimals) === 0 ? digits.slice(0, -exponent) : `${digits.slice(0, -exponent)}.${decimals}`;
}

/** The keypad key of a keyboard's key, if it has one. */
export function keypadKeyOf(keyboardKey: string): KeypadKey | undefined {
  if (/^\d$/.test(keyboardKey)) return keyboardKey as KeypadKey;
  if (keyboardKey === '.' || keyboardKey === ',') return 'decimal';
  if (keyboardKey === 'Backspace') return 'erase';
  return keyboardKey === 'Delete' ? 'clear' : undefined;
}
