/** Colour family and order of payouts: one place, so that list, rail and stage agree. */
import type { OpenPayoutView, PayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import { payoutMethod } from '../../../src-main/core/domain/payouts/country-forms.ts';
import type { PayoutState } from '../../../src-main/core/domain/payouts/payout.ts';
import { isPayoutEnded } from '../../../src-main/core/domain/payouts/payout.ts';
import type { Tone } from '../../components/state-tone.ts';

const TONES: Readonly<Record<PayoutState, Tone>> = {
  requested: 'waiting',
  declined: 'danger',
  not_found: 'quiet',
  pending: 'waiting',
  on_hold: 'doubt',
  delivered: 'waiting',
  completed: 'done',
  cancelled: 'quiet',
  rejected: 'danger',
};

/** What the pill says; more than the state where a person must know more. */
export type PayoutFace = PayoutState | 'in-doubt' | 'to-review' | 'giving-notes' | 'cancelling' | 'returned' | 'ready';

export function faceOf(
  payout: Pick<PayoutView, 'state' | 'method' | 'cancelAsked' | 'reversed' | 'notesSinceMs' | 'review' | 'doubt'>,
): PayoutFace {
  if (payout.notesSinceMs !== undefined) return 'giving-notes';
  if (payout.review) return 'to-review';
  if (payout.doubt) return 'in-doubt';
  if (payout.cancelAsked && !isPayoutEnded(payout.state)) return 'cancelling';
  if (payout.state === 'delivered' && payoutMethod(payout.method).kind === 'pickup') return 'ready';
  return payout.state === 'rejected' && payout.reversed ? 'returned' : payout.state;
}

export function faceOfOpen({ state, notesSinceMs }: OpenPayoutView): PayoutFace {
  return notesSinceMs === undefined ? state : 'giving-notes';
}

export function toneOfFace(face: PayoutFace): Tone {
  switch (face) {
    case 'in-doubt':
    case 'cancelling':
      return 'doubt';
    case 'to-review':
    case 'returned':
      return 'danger';
    case 'giving-notes':
      return 'paid';
    case 'ready':
      return 'waiting';
    default:
      return TONES[face];
  }
}

function rank({ notesSinceMs, needsPerson }: OpenPayoutView): number {
  if (notesSinceMs !== undefined) return 0;
  return needsPerson ? 1 : 2;
}

/** Notes in the air first, then what a person must decide, then the rest, oldest first. */
export function byUrgency(payouts: readonly OpenPayoutView[]): readonly OpenPayoutView[] {
  return payouts.toSorted((left, right) => rank(left) - rank(right) || left.requestedAtMs - right.requestedAtMs);
}
