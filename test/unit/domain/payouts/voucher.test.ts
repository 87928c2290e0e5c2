import { expect, test } from 'vitest';
import { groupedVoucher, readLookup, voucherText } from '../../../../src-main/core/domain/payouts/voucher.ts';
import type { Lookup } from '../../../../src-main/core/domain/payouts/voucher.ts';

const EXTERNAL_ID = 'T0701K9ZZ7H4Q2V8D000000000011';
const VOUCHER = voucherText(EXTERNAL_ID);

test('a voucher holds nothing that a keyboard layout could change', () => {
  expect(VOUCHER).toMatch(/^VP[0-9A-Z]+$/);
  expect(VOUCHER.slice(0, -1)).toBe(`VP${EXTERNAL_ID}`);
});

test.each([
  ['as scanned', VOUCHER],
  ['with the caps lock on', VOUCHER.toLowerCase()],
  ['typed in groups', groupedVoucher(VOUCHER)],
  ['typed with dashes', groupedVoucher(VOUCHER).replaceAll(' ', '-')],
  ['with the scanner’s line end', `${VOUCHER}\r\n`],
])('a voucher is read %s', (_how, text) => {
  expect(readLookup(text)).toEqual({ kind: 'voucher', externalId: EXTERNAL_ID });
});

test('a voucher is printed in groups that a person can copy', () => {
  expect(groupedVoucher('VP12345678Z')).toBe('VP12 3456 78Z');
  expect(groupedVoucher('VP123456')).toBe('VP12 3456');
});

test('a voucher with a wrong character is called damaged, never taken for another payout', () => {
  for (let at = 2; at < VOUCHER.length; at += 1) {
    const wrong = VOUCHER.charAt(at) === '7' ? '8' : '7';
    expect(readLookup(VOUCHER.slice(0, at) + wrong + VOUCHER.slice(at + 1))).toEqual({ kind: 'damaged-voucher' });
  }
});

test.each<[string, Lookup]>([
  ['30000000001', { kind: 'digits', externalId: '30000000001', cashoutId: '30000000001' }],
  ['000000000412', { kind: 'digits', externalId: '000000000412' }],
  ['1'.repeat(40), { kind: 'digits', externalId: '1'.repeat(40) }],
  ['#8405147', { kind: 'cashout-id', cashoutId: '8405147' }],
  ['# 8405147', { kind: 'cashout-id', cashoutId: '8405147' }],
  ['#0', { kind: 'unusable', why: 'characters' }],
  ['T07-20250301-000412', { kind: 'external-id', externalId: 'T07-20250301-000412' }],
  ['s2kdfm39494', { kind: 'external-id', externalId: 's2kdfm39494' }],
  ['VPX1', { kind: 'external-id', externalId: 'VPX1' }],
  ['vp-order-1', { kind: 'external-id', externalId: 'vp-order-1' }],
  ['', { kind: 'unusable', why: 'empty' }],
  ['  \n', { kind: 'unusable', why: 'empty' }],
  ['x'.repeat(101), { kind: 'unusable', why: 'too-long' }],
  ['ext\u0000ernal', { kind: 'unusable', why: 'characters' }],
  ['año', { kind: 'unusable', why: 'characters' }],
])('%j is taken for what it may be, and no more', (text, expected) => {
  expect(readLookup(text)).toEqual(expected);
});

test('only an external id of ours gets a voucher', () => {
  expect(() => voucherText('T07-1')).toThrow(RangeError);
  expect(() => voucherText('1'.repeat(98))).toThrow(RangeError);
});
