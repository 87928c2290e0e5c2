/**
 * Check digits of account and document numbers, and of our own vouchers. Each function takes the bare number and says whether it holds.
 *
 * Source  CCI and CLABE: D24 cashouts API, countries validations (Peru, Mexico) with their examples · CPF: the Brazilian tax authority's
 *         rule · CBU and CVU: the Argentine central bank's two blocks · vouchers: ISO 7064 MOD 37,36, which finds every single wrong
 *         character and nearly every swap of neighbours.
 */

/** Peru: 20 digits; the last two check the bank and branch (6 digits) and the account (12 digits). */
export function isCci(text: string): boolean {
  if (!/^\d{20}$/.test(text)) return false;
  return text.slice(18) === `${cciDigit(text.slice(0, 6))}${cciDigit(text.slice(6, 18))}`;
}

/** Weights 1, 2, 1, 2 …; the digits of each product are added. */
function cciDigit(block: string): number {
  const sum = digitsOf(block).reduce((total, digit, index) => {
    const product = digit * (index % 2 === 0 ? 1 : 2);
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** Mexico: 18 digits, weights 3, 7, 1; of each product only the last digit counts. */
export function isClabe(text: string): boolean {
  if (!/^\d{18}$/.test(text)) return false;
  return Number(text.at(-1)) === weightedDigit(text.slice(0, 17), [3, 7, 1]);
}

/** Argentina: 22 digits in two blocks (bank and branch 7 + 1, account 13 + 1), weights 9, 7, 1, 3 counted from the right. */
export function isCbu(text: string): boolean {
  if (!/^\d{22}$/.test(text)) return false;
  const branch = weightedDigit(text.slice(0, 7), [7, 1, 3, 9]);
  const account = weightedDigit(text.slice(8, 21), [3, 9, 7, 1]);
  return Number(text.charAt(7)) === branch && Number(text.charAt(21)) === account;
}

function weightedDigit(block: string, weights: readonly number[]): number {
  const sum = digitsOf(block).reduce(
    (total, digit, index) => total + ((digit * (weights[index % weights.length] ?? 0)) % 10),
    0,
  );
  return (10 - (sum % 10)) % 10;
}

/** Brazil: 11 digits, two of them checks; eleven equal digits satisfy the sum and belong to nobody. */
export function isCpf(text: string): boolean {
  if (!/^\d{11}$/.test(text) || /^(\d)\1{10}$/.test(text)) return false;
  return text.slice(9) === `${cpfDigit(text.slice(0, 9))}${cpfDigit(text.slice(0, 10))}`;
}

function cpfDigit(block: string): number {
  const sum = digitsOf(block).reduce((total, digit, index) => total + digit * (block.length + 1 - index), 0);
  const rest = (sum * 10) % 11;
  return rest === 10 ? 0 : rest;
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The check character of ISO 7064 MOD 37,36 for letters and digits. RangeError for anything else: only our own text gets one. */
export function checkCharacterOf(text: string): string {
  if (!/^[0-9A-Z]+$/.test(text)) throw new RangeError('a check character is for digits and capital letters only');
  let carried = 36;
  for (const character of text) {
    const sum = (carried + ALPHABET.indexOf(character)) % 36;
    carried = ((sum === 0 ? 36 : sum) * 2) % 37;
  }
  return ALPHABET.charAt((37 - carried) % 36);
}

function digitsOf(text: string): readonly number[] {
  return Array.from(text, Number);
}
