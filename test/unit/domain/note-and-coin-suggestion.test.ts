/** Amounts that notes alone cannot make: notes as far as they go, coins for the rest. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { coinsOf, CURRENCY_CODES, notesOf } from '../../../src-main/core/domain/money.ts';
import { suggestNotes, suggestNotesAndCoins } from '../../../src-main/core/domain/note-suggestion.ts';
import { totalOf } from '../../../src-main/core/domain/shift.ts';

test.each(CURRENCY_CODES)(
  'every amount that coins of %s can end is made exactly, with no more than a handful of coins',
  (currency) => {
    const notes = notesOf(currency);
    const coins = coinsOf(currency);
    const smallestCoin = Math.min(...coins);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000 }), (steps) => {
        const amountMinor = steps * smallestCoin;
        const suggestion = suggestNotesAndCoins(amountMinor, notes, coins);
        // A few amounts between coins exist in no currency's money (a coin of 2 and of 5 cannot make 1 or 3).
        fc.pre(suggestion !== undefined);
        expect(totalOf(suggestion ?? {})).toBe(amountMinor);
      }),
    );
  },
);

test('where notes alone make it, notes and coins agree with notes alone', () => {
  for (const amountMinor of [2_000, 50_000, 73_000, 190_000]) {
    expect(suggestNotesAndCoins(amountMinor, notesOf('MXN'), coinsOf('MXN'))).toEqual(
      suggestNotes(amountMinor, notesOf('MXN')),
    );
  }
});

test('13 pesos are a 10 coin, a 2 and a 1; three reais are a note of 2 and a coin of 1', () => {
  expect(suggestNotesAndCoins(1_300, notesOf('MXN'), coinsOf('MXN'))).toEqual({ '1000': 1, '200': 1, '100': 1 });
  expect(suggestNotesAndCoins(300, notesOf('BRL'), coinsOf('BRL'))).toEqual({ '200': 1, '100': 1 });
});

test('an amount that no coin can end has no suggestion', () => {
  expect(suggestNotesAndCoins(50_001, notesOf('MXN'), coinsOf('MXN'))).toBeUndefined();
});

test('a large odd amount is made like a small one', () => {
  expect(totalOf(suggestNotesAndCoins(200_000_100, notesOf('ARS'), coinsOf('ARS')) ?? {})).toBe(200_000_100);
});
