/** Payouts that something is still expected of. */
import type { Payout } from '../../domain/payouts/payout.ts';
import { isPayoutEnded, PAYOUT_STATES } from '../../domain/payouts/payout.ts';
import type { TillContext } from '../till-parts.ts';

export const MOVING_PAYOUTS = PAYOUT_STATES.filter((state) => !isPayoutEnded(state));

/** Oldest first: on their way, in the hand as notes right now, or a person's to decide. */
export function openPayouts({ store }: Pick<TillContext, 'store'>): readonly Payout[] {
  const counting = store.payoutCounting();
  const withCase = store.openCases().flatMap(({ payoutId }) => {
    const payout = payoutId === undefined ? undefined : store.payout(payoutId);
    return payout ? [payout] : [];
  });
  const all = [...store.payoutsIn(MOVING_PAYOUTS), ...(counting ? [counting] : []), ...withCase];
  const byId = new Map(all.map((payout) => [payout.id, payout]));
  return [...byId.values()].toSorted((left, right) => left.requestedAtMs - right.requestedAtMs);
}
