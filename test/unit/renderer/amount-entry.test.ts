import { expect, test } from 'vitest';
import type { KeypadKey } from '../../../src-renderer/components/amount-entry.ts';
import {
  keypadKeyOf,
  textOfMinor,
  typedMinor,
  typedText,
  typeKey,
} from '../../../src-renderer/components/amount-entry.ts';
import type { Currency } from '../../../src-main/core/domain/money.ts';
import { CURRENCY_CODES, notesOf } from '../../../src-main/core/domain/money.ts';

const typed = (keys: readonly KeypadKey[], currency: Currency = 'MXN') =>
  keys.reduce((text, key) => typeKey(text, key, currency), '');

test.each([
  [['1', '5', '00'], '1500', '$\u00a01,500', 150_000],
  [['0', '0', '5'], '5', '$\u00a05', 500],
  [['00'], '0', '$\u00a00', 0],
  [['decimal', '5'], '0.5', '$\u00a00.5', 50],
  [['1', '2', 'decimal', '3', '4', '5'], '12.34', '$\u00a012.34', 1234],
  [['1', '2', 'decimal'], '12.', '$\u00a012.', 1200],
  [['1', '2', 'decimal', 'decimal', '3'], '12.3', '$\u00a012.3', 1230],
  [['1', '2', 'erase'], '1', '$\u00a01', 100],
  [['erase'], '', '$\u00a00', 0],
  [['1', '2', 'clear'], '', '$\u00a00', 0],
] as const)('keys %j type “%s”, shown as %s', (keys, text, shown, minor) => {
  expect(typed(keys)).toBe(text);
  expect(typedText(text, 'MXN')).toBe(shown);
  expect(typedMinor(text, 'MXN')).toBe(minor);
});

test('a currency without decimals takes no decimal mark', () => {
  expect(typed(['5', 'decimal', '0'], 'CLP')).toBe('50');
  expect(typedText('5000', 'CLP')).toBe('$\u00a05.000');
});

test('a typed decimal shows the country’s own mark', () => {
  expect(typedText('20.5', 'BRL')).toBe('R$\u00a020,5');
});

test('the keypad stops before an amount could lose a digit', () => {
  const text = typed(Array.from({ length: 30 }, () => '9' as const));
  expect(text).toHaveLength(9);
  expect(Number.isSafeInteger(typedMinor(text, 'MXN'))).toBe(true);
});

test('every note of every currency survives being put on the keypad and read back', () => {
  for (const currency of CURRENCY_CODES) {
    for (const minor of [...notesOf(currency), 1, 50, 1234]) {
      expect(typedMinor(textOfMinor(minor, currency), currency)).toBe(minor);
    }
  }
});

test('keyboard keys are the keypad’s keys, and letters are nobody’s', () => {
  expect(['7', ',', '.', 'Backspace', 'Delete', 'a', 'F4', 'Enter'].map(keypadKeyOf)).toEqual([
    '7',
    'decimal',
    'decimal',
    'erase',
    'clear',
    undefined,
    undefined,
    undefined,
  ]);
});
