import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  chargeMinorOf,
  LARGEST_PURCHASE_MINOR,
  MOST_ITEMS,
  MOST_PIECES,
  readPurchase,
} from '../../../src-main/core/domain/purchase.ts';
import type { AskedItem } from '../../../src-main/core/domain/purchase.ts';

const MILK: AskedItem = { title: ' Leche 1 L ', unitPriceMinor: 2_890, quantity: 2 };

test('what is left out of an item is filled in: a number, a category, its title as description, pieces', () => {
  const read = readPurchase(
    [MILK, { ...MILK, sku: 'L2', category: 'FOOD', description: 'fresh', measure: 'pack' }],
    11_560,
  );
  expect(read.ok && read.value).toEqual({
    items: [
      {
        sku: 'ITEM01',
        category: 'OTHERS',
        title: 'Leche 1 L',
        description: 'Leche 1 L',
        unitPriceMinor: 2_890,
        quantity: 2,
        measure: 'unit',
        totalMinor: 5_780,
      },
      {
        sku: 'L2',
        category: 'FOOD',
        title: 'Leche 1 L',
        description: 'fresh',
        unitPriceMinor: 2_890,
        quantity: 2,
        measure: 'pack',
        totalMinor: 5_780,
      },
    ],
    totalMinor: 11_560,
  });
});

test.each<[string, readonly AskedItem[], number | undefined]>([
  ['no-items', [], undefined],
  ['too-many-items', Array.from({ length: MOST_ITEMS + 1 }, () => MILK), undefined],
  ['text', [{ ...MILK, title: '' }], undefined],
  ['text', [{ ...MILK, sku: 'x'.repeat(41) }], undefined],
  ['text', [{ ...MILK, title: 'Leche\u001b@' }], undefined],
  ['text', [{ ...MILK, category: 'one\u2028two' }], undefined],
  ['text', [{ ...MILK, description: '\ud800' }], undefined],
  ['quantity', [{ ...MILK, quantity: -1 }], undefined],
  ['quantity', [{ ...MILK, quantity: MOST_PIECES + 1 }], undefined],
  ['quantity', [{ ...MILK, quantity: Number.NaN }], undefined],
  ['price', [{ ...MILK, unitPriceMinor: 0.5 }], undefined],
  ['price', [{ ...MILK, unitPriceMinor: LARGEST_PURCHASE_MINOR + 1 }], undefined],
  ['too-large', [{ ...MILK, unitPriceMinor: LARGEST_PURCHASE_MINOR }], undefined],
  ['too-large', [1, 2].map(() => ({ ...MILK, quantity: 1, unitPriceMinor: LARGEST_PURCHASE_MINOR })), undefined],
  ['item-sum', [{ ...MILK, totalMinor: 5_781 }], undefined],
  ['sum', [MILK], 5_779],
])('%s is refused', (reason, items, statedMinor) => {
  expect(readPurchase(items, statedMinor)).toMatchObject({ ok: false, error: { reason } });
});

test('the charge is notes and goods, to the last minor unit', () => {
  const price = fc.integer({ min: 1, max: 1_000_000 });
  const quantity = fc.integer({ min: 1, max: MOST_PIECES });
  fc.assert(
    fc.property(fc.array(fc.tuple(price, quantity), { minLength: 1, maxLength: 8 }), price, (lines, amountMinor) => {
      const items = lines.map(([unitPriceMinor, pieces]) => ({ title: 'x', unitPriceMinor, quantity: pieces }));
      const sum = lines.reduce((total, [unitPriceMinor, pieces]) => total + unitPriceMinor * pieces, 0);
      const read = readPurchase(items, sum);
      expect(read.ok && chargeMinorOf({ amountMinor, purchase: read.value })).toBe(amountMinor + sum);
    }),
  );
  expect(chargeMinorOf({ amountMinor: 50_000 })).toBe(50_000);
});
