import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { CURRENCY_CODES, notesOf } from '../../../src-main/core/domain/money.ts';
import { suggestNotes } from '../../../src-main/core/domain/note-suggestion.ts';
import { totalOf } from '../../../src-main/core/domain/shift.ts';

/** Fewest pieces by trying everything, the smaller sums first; undefined when no pieces make the amount. */
function fewestByTrying(amount: number, notes: readonly number[]): number | undefined {
  let reached = new Set([0]);
  const seen = new Set([0]);
  for (let pieces = 0; reached.size > 0; pieces += 1) {
    if (reached.has(amount)) return pieces;
    const sums = [...reached].flatMap((sum) => notes.map((note) => sum + note));
    reached = new Set(sums.filter((sum) => sum <= amount && !seen.has(sum)));
    for (const sum of reached) seen.add(sum);
  }
  return undefined;
}

function piecesOf(notes: Readonly<Record<string, number>> | undefined): number | undefined {
  return notes && Object.values(notes).reduce((sum, count) => sum + count, 0);
}

test('a suggestion makes exactly the amount with the fewest notes there can be, and there is one whenever it can be made', () => {
  const notes = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1500 }), notes, (amount, pieces) => {
      const suggestion = suggestNotes(amount, pieces);
      expect(piecesOf(suggestion)).toBe(fewestByTrying(amount, pieces));
      expect(suggestion ? totalOf(suggestion) : amount).toBe(amount);
    }),
    { numRuns: 1500 },
  );
});

test('with the notes of every country too', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CURRENCY_CODES), fc.integer({ min: 1, max: 400 }), (currency, steps) => {
      const notes = notesOf(currency);
      const amount = steps * (notes.at(-1) ?? 1);
      const suggestion = suggestNotes(amount, notes);
      expect(piecesOf(suggestion)).toBe(fewestByTrying(amount, notes));
      expect(Object.keys(suggestion ?? {}).every((note) => notes.includes(Number(note)))).toBe(true);
    }),
  );
});

test('taking the largest first is not enough: 60 out of 50s and 20s is three 20s', () => {
  expect(suggestNotes(60, [50, 20])).toEqual({ '20': 3 });
});

test.each([
  [0, [50]],
  [-50, [50]],
  [50, []],
  [55, [50, 20]],
  [30, [50, 20]],
  [10, [20]],
])('%i cannot be made of %j', (amount, notes) => {
  expect(suggestNotes(amount, notes)).toBeUndefined();
});

test('a million pesos are suggested as quickly as a hundred', () => {
  const beganMs = performance.now();
  expect(suggestNotes(1_000_000_00, notesOf('MXN'))).toEqual({ '100000': 1000 });
  expect(performance.now() - beganMs).toBeLessThan(200);
});
