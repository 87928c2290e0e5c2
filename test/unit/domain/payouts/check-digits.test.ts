import { assert, constantFrom, nat, property, stringMatching } from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkCharacterOf,
  isCbu,
  isCci,
  isClabe,
  isCpf,
} from '../../../../src-main/core/domain/payouts/check-digits.ts';

const GOOD: readonly [string, (text: string) => boolean, string][] = [
  ['CCI', isCci, '00219300153895206813'],
  ['CCI', isCci, '00320001310356642337'],
  ['CLABE', isClabe, '021790064060296642'],
  ['CBU', isCbu, '2850590940090418135201'],
  ['CPF', isCpf, '52998224725'],
  ['CPF', isCpf, '11144477735'],
];

test.each(GOOD)('the documented %s holds, and not with any digit changed', (_name, holds, number) => {
  expect(holds(number)).toBe(true);
  for (let at = 0; at < number.length; at += 1) {
    const changed = number.slice(0, at) + String((Number(number.charAt(at)) + 1) % 10) + number.slice(at + 1);
    expect([changed, holds(changed)]).toEqual([changed, false]);
  }
});

test.each([
  ['CCI', isCci],
  ['CLABE', isClabe],
  ['CBU', isCbu],
  ['CPF', isCpf],
] as const)('text of another length or with letters is no %s', (_name, holds) => {
  for (const text of ['', '1', '0'.repeat(23), 'A'.repeat(18), ' 2190064060296642', '0021930015389520681３']) {
    expect([text, holds(text)]).toEqual([text, false]);
  }
});

test('eleven equal digits are nobody’s CPF', () => {
  for (let digit = 0; digit <= 9; digit += 1) expect(isCpf(String(digit).repeat(11))).toBe(false);
});

/** Published examples of ISO 7064 MOD 37,36. */
test('the check character is the one of ISO 7064', () => {
  expect(checkCharacterOf('A12425GABC1234002')).toBe('M');
  expect(checkCharacterOf('00000000C36D002B')).toBe('K');
  expect(checkCharacterOf('00000000C36D002B00000000')).toBe('E');
});

const TEXT = stringMatching(/^[0-9A-Z]{1,40}$/);
const CHARACTERS = Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');

test('one wrong character never passes', () => {
  assert(
    property(TEXT, nat(), constantFrom(...CHARACTERS), (text, place, other) => {
      const at = place % text.length;
      const wrong = text.slice(0, at) + other + text.slice(at + 1);
      expect(checkCharacterOf(wrong) === checkCharacterOf(text)).toBe(wrong === text);
    }),
  );
});

test('of a thousand swapped neighbours at most two pass', () => {
  const pairs = CHARACTERS.flatMap((left) => CHARACTERS.map((right) => [left, right] as const));
  const different = pairs.filter(([left, right]) => left !== right);
  const passing = different.filter(
    ([left, right]) => checkCharacterOf(`VP${left}${right}7`) === checkCharacterOf(`VP${right}${left}7`),
  );
  expect(passing.length / different.length).toBeLessThanOrEqual(0.002);
});

test('only our own text gets a check character', () => {
  expect(() => checkCharacterOf('till-1')).toThrow(RangeError);
  expect(() => checkCharacterOf('')).toThrow(RangeError);
});
