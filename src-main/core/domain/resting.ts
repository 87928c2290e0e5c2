/** How what is in vain for long is tried ever more seldom: the same for cash-outs and payouts. Pure; times in ms. */

/** Nothing that may still succeed is left alone for longer. */
export const RESTING_LAST_MS = 15 * 60_000;

const SLOWER_BY = 1.05;

/** By how much a wait grows with each attempt past the quick ones: a twentieth. `attempts` past them; before, 1. */
export function slowerAfter(attempts: number): number {
  return SLOWER_BY ** Math.max(0, attempts);
}
