/** Networks with a third leg: whether there is still time to count out notes and tell the network so. */
import type { CashOutIn } from '../../domain/cash-out.ts';
import type { TillContext } from '../till-parts.ts';

/** Counting notes takes time, and so does a bad line: with less than this left, notes stay in the drawer. */
export const CONFIRM_GUARD_MS = 60_000;

export function isTooLateToConfirm(till: TillContext, { network, payment }: CashOutIn<'paid'>): boolean {
  if (till.network(network)?.traits.confirmation !== true) return false;
  return payment.confirmByMs === undefined || payment.confirmByMs - till.clock.nowMs() < CONFIRM_GUARD_MS;
}
