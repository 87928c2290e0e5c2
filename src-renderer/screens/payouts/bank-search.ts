/** Finding a bank among many by the beginning of any word of its name, accents or not, or by its code. Pure. */
import type { BankView } from '../../../src-main/core/contract/payout-contract.ts';

const MOST = 60;

export function banksLike(banks: readonly BankView[], search: string): readonly BankView[] {
  const asked = plain(search).split(/\s+/).filter(Boolean);
  return banks
    .filter(({ code, name }) => {
      const words = plain(name).split(/[^\p{L}\p{N}]+/u);
      return asked.every((part) => code.startsWith(part) || words.some((word) => word.startsWith(part)));
    })
    .toSorted((left, right) => Number(left.licensed === false) - Number(right.licensed === false))
    .slice(0, MOST);
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
