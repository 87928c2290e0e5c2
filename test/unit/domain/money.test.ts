import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  add,
  coinsOf,
  CURRENCY_CODES,
  exponentOf,
  formatMoney,
  isCurrency,
  money,
  notesOf,
  numericCodeOf,
  parseAmount,
  parseAmountOrZero,
  subtract,
  toDecimalText,
} from '../../../src-main/core/domain/money.ts';
import type { AmountProblem, Currency } from '../../../src-main/core/domain/money.ts';

test.each<[string, Currency, number | AmountProblem]>([
  ['500', 'MXN', 50_000],
  ['500.5', 'MXN', 50_050],
  ['500.00', 'MXN', 50_000],
  ['0.01', 'MXN', 1],
  ['000500', 'MXN', 50_000],
  [' 500 ', 'MXN', 50_000],
  ['\t500.10\n', 'MXN', 50_010],
  ['1e3', 'MXN', 'not-a-number'],
  ['1.500,00', 'MXN', 'not-a-number'],
  ['1,500.00', 'MXN', 'not-a-number'],
  ['1 500', 'MXN', 'not-a-number'],
  ['1\u00a0500', 'MXN', 'not-a-number'],
  ['500,5', 'BRL', 'not-a-number'],
  ['500.', 'MXN', 'not-a-number'],
  ['.5', 'MXN', 'not-a-number'],
  ['+5', 'MXN', 'not-a-number'],
  ['0x10', 'MXN', 'not-a-number'],
  ['$500', 'MXN', 'not-a-number'],
  ['٥٠٠', 'MXN', 'not-a-number'],
  ['５００', 'MXN', 'not-a-number'],
  ['5-', 'MXN', 'not-a-number'],
  ['NaN', 'MXN', 'not-a-number'],
  ['Infinity', 'MXN', 'not-a-number'],
  ['', 'MXN', 'empty'],
  ['   ', 'MXN', 'empty'],
  ['0', 'MXN', 'not-positive'],
  ['0.00', 'MXN', 'not-positive'],
  ['-0', 'MXN', 'not-positive'],
  ['-5', 'MXN', 'not-positive'],
  ['-5.25', 'MXN', 'not-positive'],
  ['500.005', 'MXN', 'too-many-decimals'],
  ['500.000', 'MXN', 'too-many-decimals'],
  ['5000', 'CLP', 5000],
  ['5000.0', 'CLP', 'too-many-decimals'],
  ['5000.5', 'CLP', 'too-many-decimals'],
  ['90071992547409.91', 'MXN', 9_007_199_254_740_991],
  ['90071992547409.92', 'MXN', 'too-large'],
  ['999999999999999', 'CLP', 999_999_999_999_999],
  ['999999999999999', 'MXN', 'too-large'],
  ['9999999999999999', 'MXN', 'not-a-number'],
])('I5: %j in %s is read as %j', (text, currency, expected) => {
  const parsed = parseAmount(text, currency);
  expect(parsed.ok ? parsed.value : parsed.error).toEqual(
    typeof expected === 'number' ? { currency, minor: expected } : expected,
  );
});

test.each([
  ['0', 0],
  ['0.00', 0],
  [' 000 ', 0],
  ['12.5', 1250],
  ['-0', 'not-positive'],
  ['-1', 'not-positive'],
  ['0.000', 'too-many-decimals'],
  ['', 'empty'],
])('a float or a count of %j is %j', (text, expected) => {
  const parsed = parseAmountOrZero(text, 'MXN');
  expect(parsed.ok ? parsed.value.minor : parsed.error).toBe(expected);
});

const currency = fc.constantFrom(...CURRENCY_CODES);

test('I5: an amount written for the wire reads back as the same amount, in every currency', () => {
  fc.assert(
    fc.property(currency, fc.maxSafeInteger(), (code, minor) => {
      const text = toDecimalText(money(code, Math.abs(minor)));
      expect(text).toMatch(exponentOf(code) === 0 ? /^\d+$/ : /^\d+\.\d{2}$/);
      const parsed = parseAmountOrZero(text, code);
      const isTooLong = text.split('.')[0]?.length === 16;
      expect(isTooLong ? Math.abs(minor) : parsed.ok && parsed.value.minor).toBe(Math.abs(minor));
    }),
  );
});

test('I5: sums are exact or are refused; currencies never mix', () => {
  fc.assert(
    fc.property(currency, fc.integer(), fc.integer(), (code, one, other) => {
      const [left, right] = [money(code, one), money(code, other)];
      expect(add(left, right).minor).toBe(one + other);
      expect(subtract(add(left, right), right)).toEqual(left);
    }),
  );
  expect(() => add(money('MXN', 1), money('CLP', 1))).toThrow(RangeError);
  expect(() => subtract(money('MXN', 1), money('CLP', 1))).toThrow(RangeError);
  expect(() => add(money('MXN', Number.MAX_SAFE_INTEGER), money('MXN', 1))).toThrow(RangeError);
  expect(() => money('MXN', 0.5)).toThrow(RangeError);
  expect(Object.is(money('MXN', -0).minor, 0)).toBe(true);
});

test.each<[Currency, number, string, string]>([
  ['MXN', 150_000, '1500.00', '$\u00a01,500'],
  ['MXN', 150_050, '1500.50', '$\u00a01,500.50'],
  ['MXN', 5, '0.05', '$\u00a00.05'],
  ['MXN', -123_456_789, '-1234567.89', '-$\u00a01,234,567.89'],
  ['ARS', 150_050, '1500.50', '$\u00a01.500,50'],
  ['BRL', 2050, '20.50', 'R$\u00a020,50'],
  ['BRL', 0, '0.00', 'R$\u00a00'],
  ['CLP', 5000, '5000', '$\u00a05.000'],
  ['CLP', -7, '-7', '-$\u00a07'],
  ['PEN', 100_000_000, '1000000.00', 'S/\u00a01,000,000'],
  ['USD', 99_900, '999.00', 'US$\u00a0999'],
])('%s %i is %s on the wire and %s on the screen', (code, minor, wire, screen) => {
  expect(toDecimalText(money(code, minor))).toBe(wire);
  expect(formatMoney(money(code, minor))).toBe(screen);
});

test('decimals are shown on request even when they are zero', () => {
  const shown = formatMoney(money('MXN', 150_000), { decimals: 'always' });
  expect(shown).toBe('$\u00a01,500.00');
});

test('the table of currencies is well made: ISO numbers, notes and coins from large to small, all of them whole', () => {
  expect(CURRENCY_CODES.map((code) => [code, numericCodeOf(code)])).toEqual([
    ['MXN', '484'],
    ['ARS', '032'],
    ['BRL', '986'],
    ['CLP', '152'],
    ['UYU', '858'],
    ['PEN', '604'],
    ['COP', '170'],
    ['USD', '840'],
  ]);
  for (const code of CURRENCY_CODES) {
    for (const pieces of [notesOf(code), coinsOf(code)]) {
      expect(pieces).toEqual([...new Set(pieces)].toSorted((left, right) => right - left));
      expect(pieces.every((piece) => Number.isSafeInteger(piece) && piece > 0)).toBe(true);
    }
  }
  expect([isCurrency('MXN'), isCurrency('mxn'), isCurrency('toString'), isCurrency('EUR')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
