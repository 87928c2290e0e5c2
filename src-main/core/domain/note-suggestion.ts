/** Which notes to hand over: fewest pieces, largest first. A suggestion: the cashier's hand decides. */
import type { Notes } from './cash-out.ts';
import { invariant } from './result.ts';

/**
 * Fewest notes for the amount out of `notesMinor` (unlimited pieces), or undefined when it cannot be paid in notes.
 * Greedy is not enough: 60 of {50, 20} is three 20s. Solved exactly over multiples of the notes' common divisor.
 */
export function suggestNotes(amountMinor: number, notesMinor: readonly number[]): Notes | undefined {
  if (amountMinor <= 0 || notesMinor.length === 0) return undefined;
  const unit = notesMinor.reduce(commonDivisor);
  if (amountMinor % unit !== 0) return undefined;
  const descending = notesMinor.toSorted((left, right) => right - left);
  const [largest = unit] = descending;
  // All but a small rest is largest notes in any best answer; the rest is at most largest², in units.
  const bulk = Math.max(0, Math.floor(amountMinor / largest) - Math.ceil(largest / unit));
  const rest = fewest(
    (amountMinor - bulk * largest) / unit,
    descending.map((note) => note / unit),
  );
  if (!rest) return undefined;
  const pieces = new Map<number, number>([[largest, bulk]]);
  for (const noteUnits of rest) pieces.set(noteUnits * unit, (pieces.get(noteUnits * unit) ?? 0) + 1);
  return Object.fromEntries([...pieces].filter(([, count]) => count > 0).map(([note, count]) => [String(note), count]));
}

/**
 * Notes as far as they go, coins for the rest: for amounts that notes alone cannot make. Undefined when even coins cannot.
 * Not always the fewest pieces of all, but never more coins than a few, and quick for any amount.
 */
export function suggestNotesAndCoins(
  amountMinor: number,
  notesMinor: readonly number[],
  coinsMinor: readonly number[],
): Notes | undefined {
  const unit = notesMinor.reduce(commonDivisor, 0);
  const smallest = Math.min(...notesMinor);
  const rest = unit === 0 ? amountMinor : amountMinor % unit;
  for (let inCoins = rest; inCoins <= Math.min(amountMinor, rest + 2 * smallest); inCoins += unit || amountMinor) {
    const notes = inCoins === amountMinor ? {} : suggestNotes(amountMinor - inCoins, notesMinor);
    const coins = inCoins === 0 ? {} : suggestNotes(inCoins, coinsMinor);
    if (notes && coins) return addPieces(notes, coins);
  }
  return undefined;
}

/** A denomination may exist as note and as coin. */
function addPieces(left: Notes, right: Notes): Notes {
  const sum: Record<string, number> = { ...left };
  for (const [denomination, count] of Object.entries(right)) sum[denomination] = (sum[denomination] ?? 0) + count;
  return sum;
}

function fewest(target: number, notes: readonly number[]): readonly number[] | undefined {
  const lastNote: (number | undefined)[] = [];
  const count: number[] = [0];
  for (let sum = 1; sum <= target; sum += 1) {
    count[sum] = Infinity;
    for (const note of notes) {
      const withNote = (count[sum - note] ?? Infinity) + 1;
      if (withNote < (count[sum] ?? Infinity)) {
        count[sum] = withNote;
        lastNote[sum] = note;
      }
    }
  }
  if (!Number.isFinite(count[target])) return undefined;
  const chosen: number[] = [];
  for (let sum = target; sum > 0;) {
    const note = lastNote[sum];
    invariant(note !== undefined, `no note leads to ${sum}`);
    chosen.push(note);
    sum -= note;
  }
  return chosen;
}

function commonDivisor(left: number, right: number): number {
  return right === 0 ? left : commonDivisor(right, left % right);
}
