/**
 * Shift: one cashier's responsibility for one drawer, from opening float to counted close.
 */
import type { Currency } from './money.ts';
import type { Notes } from './cash-out.ts';
import { wholeMinor } from './money.ts';

/** A blind count: pieces by denomination, or a single sum where the shop does not count by denomination. */
export type Count = Readonly<{ totalMinor: number; notes?: Notes }>;

type Opening = Readonly<{
  id: string;
  number: number;
  currency: Currency;
  cashierCode: number;
  cashierName: string;
  floatMinor: number;
  openedAtMs: number;
}>;

export type Shift =
  | (Opening & Readonly<{ state: 'open' }>)
  | (Opening &
      Readonly<{ state: 'closed'; closedAtMs: number; expectedMinor: number; count: Count; varianceMinor: number }>);

/** Sum of a count by denomination, or what is wrong with it. */
export function totalOf(notes: Notes): number | undefined {
  let total = 0;
  for (const [denomination, pieces] of Object.entries(notes)) {
    const minor = Number(denomination);
    if (!/^[1-9]\d*$/.test(denomination) || !Number.isSafeInteger(pieces) || pieces < 0) return undefined;
    total = wholeMinor(total + wholeMinor(minor * pieces));
  }
  return total;
}
