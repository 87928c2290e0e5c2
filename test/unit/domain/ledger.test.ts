import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  balancesOf,
  postClosing,
  postDispense,
  postDrop,
  postNotesInstead,
  postOpening,
} from '../../../src-main/core/domain/ledger.ts';
import type { Posting } from '../../../src-main/core/domain/ledger.ts';
import { totalOf } from '../../../src-main/core/domain/shift.ts';

const amount = fc.integer({ min: 0, max: 1_000_000_000 });

function sumOf(postings: readonly Posting[]): number {
  return postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

test('I5: whatever is posted balances to zero, and zero lines are not posted', () => {
  fc.assert(
    fc.property(amount, amount, (one, other) => {
      for (const entry of [postOpening(one), postDispense(one), postDrop(one), postClosing(one, other)]) {
        expect(sumOf(entry)).toBe(0);
        expect(entry.every(({ amountMinor }) => amountMinor !== 0 && Number.isSafeInteger(amountMinor))).toBe(true);
      }
    }),
  );
});

test('I5: a shift of any dispenses and drops, closed with any count, leaves an empty drawer and explains the difference', () => {
  const movement = fc.oneof(
    amount.map((minor) => ({ minor, post: postDispense })),
    amount.map((minor) => ({ minor, post: postDrop })),
  );
  fc.assert(
    fc.property(amount, fc.array(movement), amount, (float, movements, counted) => {
      const during = [...postOpening(float), ...movements.flatMap(({ minor, post }) => post(minor))];
      const expected = balancesOf(during).drawer;
      expect(expected).toBe(float - movements.reduce((sum, { minor }) => sum + minor, 0));

      const after = balancesOf([...during, ...postClosing(expected, counted)]);
      const given = movements.filter(({ post }) => post === postDispense).reduce((sum, { minor }) => sum + minor, 0);
      expect(after.drawer).toBe(0);
      expect(after.network_receivable).toBe(given);
      expect(after.safe).toBe(movements.reduce((sum, { minor }) => sum + minor, 0) - given);
      expect(after.over_short + (counted - expected)).toBe(0);
      expect(after.float + after.safe + after.network_receivable + after.over_short).toBe(0);
    }),
  );
});

test('notes handed over are owed by the network, dropped notes are in the safe, a short count is a loss', () => {
  expect(postDispense(500_00)).toEqual([
    { account: 'network_receivable', amountMinor: 500_00 },
    { account: 'drawer', amountMinor: -500_00 },
  ]);
  expect(postNotesInstead(300_00)).toEqual([
    { account: 'payouts_replaced', amountMinor: 300_00 },
    { account: 'drawer', amountMinor: -300_00 },
  ]);
  expect(postDrop(20)).toEqual([
    { account: 'safe', amountMinor: 20 },
    { account: 'drawer', amountMinor: -20 },
  ]);
  expect(postClosing(100, 90)).toEqual([
    { account: 'drawer', amountMinor: -10 },
    { account: 'over_short', amountMinor: 10 },
    { account: 'float', amountMinor: 90 },
    { account: 'drawer', amountMinor: -90 },
  ]);
  expect(postClosing(0, 0)).toEqual([]);
  const nothing = { drawer: 0, network_receivable: 0, payouts_replaced: 0, float: 0, safe: 0, over_short: 0 };
  expect(balancesOf([])).toEqual(nothing);
});

test.each([0.1, Number.NaN, Infinity, 2 ** 53])('I5: %d is never posted: it is not whole minor units', (minor) => {
  expect(() => postDispense(minor)).toThrow(RangeError);
  expect(() => postClosing(0, minor)).toThrow(RangeError);
});

test('I5: a balance that would not be exact any more stops', () => {
  const huge: Posting = { account: 'drawer', amountMinor: Number.MAX_SAFE_INTEGER };
  expect(() => balancesOf([huge, huge])).toThrow(RangeError);
});

test('a count by denomination is summed in whole minor units, or has no total', () => {
  expect(totalOf({})).toBe(0);
  expect(totalOf({ '50000': 2, '2000': 3, '50': 1, '100': 0 })).toBe(106_050);
  for (const wrong of [{ '0': 1 }, { '05': 1 }, { '1.5': 1 }, { ten: 1 }, { '-5': 1 }, { '100': -1 }, { '100': 0.5 }]) {
    expect(totalOf(wrong as Record<string, number>)).toBeUndefined();
  }
  expect(() => totalOf({ '9007199254740991': 2 })).toThrow(RangeError);
});
