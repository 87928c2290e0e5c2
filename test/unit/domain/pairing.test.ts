import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isExternalId, isOfTill, usualPosId, usualStoreId } from '../../../src-main/core/domain/pairing.ts';

test('every till of a shop derives the same store, and a point of sale that says whose it is', () => {
  expect(usualStoreId('Abarrotes La Esquina')).toBe('ABARROTESLAESQUINA');
  expect(usualStoreId('Panadería Ñandú № 3')).toBe('PANADERIANANDU3');
  expect(usualStoreId('小店')).toBe('SUC01');
  expect(usualPosId('SUC01', 'CAJA07')).toBe('SUC01CAJA07');
  expect(isOfTill('SUC01CAJA07', 'SUC01', 'CAJA07')).toBe(true);
  expect(isOfTill('SUC01CAJA17', 'SUC01', '7')).toBe(false);
  expect(isOfTill('CAJA07', 'SUC01', 'CAJA07')).toBe(false);
});

test('whatever shop and till are called, the ids are ones that the network takes, and no two tills of a shop share one', () => {
  const tillId = fc.stringMatching(/^[A-Z0-9]{1,12}$/);
  fc.assert(
    fc.property(fc.string({ maxLength: 60, unit: 'grapheme' }), tillId, tillId, (shopName, one, other) => {
      const store = usualStoreId(shopName);
      expect(isExternalId(store)).toBe(true);
      expect(isExternalId(usualPosId(store, one))).toBe(true);
      expect(isOfTill(usualPosId(store, one), store, one)).toBe(true);
      expect(isOfTill(usualPosId(store, one), store, other)).toBe(one === other);
    }),
  );
});
