/**
 * The voucher that a customer brings back to ask about a payout: our external id behind a mark of ours, with a check character.
 * Digits and capital letters only, so that a scanner set to any keyboard layout types the same text.
 *
 * Source  ISO 7064 MOD 37,36 for the check character.
 */
import { checkCharacterOf } from './check-digits.ts';

const MARK = 'VP';
const EXTERNAL_ID = /^[0-9A-Z]{1,97}$/;
export const LONGEST_EXTERNAL_ID = 100;

/** RangeError for an external id that is not made of digits and capital letters: ours always is. */
export function voucherText(externalId: string): string {
  if (!EXTERNAL_ID.test(externalId))
    throw new RangeError('an external id of ours is 1 to 97 digits and capital letters');
  const marked = `${MARK}${externalId}`;
  return marked + checkCharacterOf(marked);
}

/** For eyes and hands: groups of four. Reading takes the blanks out again. */
export function groupedVoucher(text: string): string {
  return text.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

/**
 * What somebody scanned or typed may be. Nothing here says that it exists.
 * external-id: ours, or another system's · cashout-id: only when it was typed as such (`#8405147`) ·
 * digits: either; other systems' external ids are digits too, so our own records are tried first, then a person says which.
 */
export type Lookup =
  | Readonly<{ kind: 'voucher'; externalId: string }>
  | Readonly<{ kind: 'damaged-voucher' }>
  | Readonly<{ kind: 'external-id'; externalId: string }>
  | Readonly<{ kind: 'cashout-id'; cashoutId: string }>
  | Readonly<{ kind: 'digits'; externalId: string; cashoutId?: string }>
  | Readonly<{ kind: 'unusable'; why: 'empty' | 'too-long' | 'characters' }>;

export function readLookup(typed: string): Lookup {
  const text = typed.trim();
  if (text === '') return { kind: 'unusable', why: 'empty' };
  const voucher = readVoucher(text);
  if (voucher) return voucher;
  const marked = /^#\s*(\d+)$/.exec(text)?.[1];
  if (marked !== undefined) {
    return isCashoutId(marked) ? { kind: 'cashout-id', cashoutId: marked } : { kind: 'unusable', why: 'characters' };
  }
  if (text.length > LONGEST_EXTERNAL_ID) return { kind: 'unusable', why: 'too-long' };
  if (!/^[\u0021-\u007e]+$/.test(text)) return { kind: 'unusable', why: 'characters' };
  if (!/^\d+$/.test(text)) return { kind: 'external-id', externalId: text };
  return { kind: 'digits', externalId: text, ...(isCashoutId(text) && { cashoutId: text }) };
}

/** As the network numbers payouts: a whole number, so without leading zeros. */
export function isCashoutId(text: string): boolean {
  return /^[1-9]\d{0,17}$/.test(text);
}

function readVoucher(text: string): Lookup | undefined {
  const bare = text.replaceAll(/[\s-]/g, '').toUpperCase();
  if (!bare.startsWith(MARK) || !/^[0-9A-Z]{4,}$/.test(bare) || bare.length > LONGEST_EXTERNAL_ID) return undefined;
  const marked = bare.slice(0, -1);
  if (checkCharacterOf(marked) !== bare.at(-1)) return looksLikeOurs(bare) ? { kind: 'damaged-voucher' } : undefined;
  return { kind: 'voucher', externalId: marked.slice(MARK.length) };
}

/** Our external ids end in an id of 26 characters; another system's id may begin with the same two letters. */
function looksLikeOurs(bare: string): boolean {
  return bare.length >= MARK.length + 26 + 1;
}
