/** Ids in this network's form: whole numbers for what it keeps, growing with time; UUIDs for waiting orders and stickers. */
import type { SeededRandom } from '../../seeded-random.ts';
import { FIRST_PLACE_NUMBERS } from '../mercadopago-places/places-state.ts';

export type NumberedThing = 'merchant-order' | 'payment' | 'store' | 'pos';
export type LastNumbers = Record<NumberedThing, number>;

export const FIRST_NUMBERS: Readonly<LastNumbers> = {
  'merchant-order': 31_200_045_000,
  payment: 98_877_660_000,
  ...FIRST_PLACE_NUMBERS,
};

/** The next number of its kind: others' things lie between two of ours. */
export function nextNumber(last: LastNumbers, thing: NumberedThing, random: SeededRandom): number {
  last[thing] += random.between(1, 97);
  return last[thing];
}
