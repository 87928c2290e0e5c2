/**
 * Ids in the network's form: a prefix and 26 characters like a ULID (ten of time, sixteen of chance).
 *
 * Source  Mercado Pago Orders API examples: ORD, CAS and REF; ORDTST for test orders.
 */
import type { SeededRandom } from '../../seeded-random.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const ORDER_ID = /^ORD(TST)?[0-9A-Z]{26}$/;

export function makeId(prefix: 'ORD' | 'ORDTST' | 'CAS' | 'PAY' | 'REF', nowMs: number, random: SeededRandom): string {
  return prefix + timePart(nowMs) + random.text(16, CROCKFORD);
}

/** The number a customer sees in the wallet for one movement of money. */
export function makeReferenceId(random: SeededRandom): string {
  return String(random.between(1, 9)) + random.text(10, '0123456789');
}

function timePart(nowMs: number): string {
  let letters = '';
  let rest = Math.max(0, Math.trunc(nowMs));
  for (let index = 0; index < 10; index += 1) {
    letters = CROCKFORD.charAt(rest % 32) + letters;
    rest = Math.floor(rest / 32);
  }
  return letters;
}
