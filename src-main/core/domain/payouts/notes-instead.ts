/** When something else may take the place of a payout, and what of it only a person can decide. */
import type { Payout, PayoutIn, PayoutState } from './payout.ts';

/**
 * Whether notes may be given in its place. once: proven that it will not arrive · supervisor: it had arrived and came back ·
 * cancel-first: only after the network has confirmed a cancel · no: it may arrive, has arrived, is in doubt, is being replaced or has been.
 */
export type NotesInstead = 'once' | 'supervisor' | 'cancel-first' | 'no';

export function notesInstead(payout: Payout): NotesInstead {
  if (payout.state === 'pending' || payout.state === 'on_hold') {
    return payout.review || payout.replacement || payout.counting ? 'no' : 'cancel-first';
  }
  if (!isReplaceable(payout)) return 'no';
  return payout.state === 'rejected' && payout.reversed ? 'supervisor' : 'once';
}

type Replaceable = PayoutIn<'declined' | 'not_found' | 'cancelled' | 'rejected'>;

/** Proven that it will not arrive, without doubt, and nothing has taken its place or is about to. */
export function isReplaceable(payout: Payout): payout is Replaceable {
  if (payout.review || payout.counting) return false;
  const { state } = payout;
  const isFailed = state === 'declined' || state === 'not_found' || state === 'cancelled' || state === 'rejected';
  return isFailed && !payout.replacement;
}

/**
 * What only a person can decide about it. paid-twice: replaced, and on its way or arrived all the same · returned-late: completed, then
 * given back: the shop owes the customer · contradiction: the network said what does not fit.
 */
export type PayoutConcern = 'paid-twice' | 'returned-late' | 'contradiction';

const MOVING: readonly PayoutState[] = ['pending', 'on_hold', 'delivered', 'completed'];

export function concernOf(payout: Payout): PayoutConcern | undefined {
  const isReplaced = payout.counting !== undefined || ('replacement' in payout && payout.replacement !== undefined);
  if (MOVING.includes(payout.state) && isReplaced) return 'paid-twice';
  if (payout.state === 'rejected' && payout.reversed && !payout.replacement) return 'returned-late';
  return payout.review ? 'contradiction' : undefined;
}
