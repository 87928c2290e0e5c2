/**
 * Check digits of the account and document numbers that banks of these countries compute.
 *
 * Source  D24 countries validations: CCI (Peru), CLABE (Mexico), CPF (Brazil). The CBU of Argentina follows the national
 *         rule of two blocks; the documents only give its length.
 */

/** Twenty digits; the last two check the first six and the twelve after them. Eighteen digits ending in 00 pass too. */
export function isCci(text: string): boolean {
  if (/^\d{16}00$/.test(text)) return true;
  if (!/^\d{20}$/.test(text)) return false;
  return text.slice(18) === `${luhnLike(text.slice(0, 6))}${luhnLike(text.slice(6, 18))}`;
}

export function isClabe(text: string): boolean {
  if (!/^\d{18}$/.test(text)) return false;
  const sum = weighted(text.slice(0, 17), [3, 7, 1], (product) => product % 10);
  return Number(text[17]) === complement(sum);
}

export function isCbu(text: string): boolean {
  if (!/^\d{22}$/.test(text)) return false;
  const bank = complement(weighted(text.slice(0, 7), [7, 1, 3, 9], identity));
  const account = complement(weighted(text.slice(8, 21), [3, 9, 7, 1], identity));
  return Number(text[7]) === bank && Number(text[21]) === account;
}

export function isCpf(text: string): boolean {
  if (!/^\d{11}$/.test(text) || /^(\d)\1*$/.test(text)) return false;
  return Number(text[9]) === cpfDigit(text.slice(0, 9)) && Number(text[10]) === cpfDigit(text.slice(0, 10));
}

/** Weights 1 and 2 in turn, the digits of each product added up. */
function luhnLike(digits: string): number {
  return complement(weighted(digits, [1, 2], (product) => Math.floor(product / 10) + (product % 10)));
}

function cpfDigit(digits: string): number {
  const sum = Array.from(digits).reduce(
    (total, digit, index) => total + Number(digit) * (digits.length + 1 - index),
    0,
  );
  return ((sum * 10) % 11) % 10;
}

function weighted(digits: string, weights: readonly number[], of: (product: number) => number): number {
  return Array.from(digits).reduce(
    (total, digit, index) => total + of(Number(digit) * (weights[index % weights.length] ?? 0)),
    0,
  );
}

function complement(sum: number): number {
  return (10 - (sum % 10)) % 10;
}

function identity(product: number): number {
  return product;
}
