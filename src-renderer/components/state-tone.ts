/** Colour family and urgency of each state: one place, so that list, rail and stage agree. */
import type { CashOutView } from '../../src-main/core/contract/views.ts';
import type { CashOutState } from '../../src-main/core/domain/cash-out.ts';

export type Tone = 'waiting' | 'paid' | 'doubt' | 'danger' | 'quiet' | 'done';

const TONES: Readonly<Record<CashOutState, Tone>> = {
  requested: 'waiting',
  refused: 'danger',
  awaiting_payment: 'waiting',
  cancelling: 'doubt',
  cancelled: 'quiet',
  expired: 'quiet',
  paid: 'paid',
  handing_over: 'paid',
  dispensed: 'done',
  settled: 'done',
  returning: 'doubt',
  returned: 'quiet',
};

export function toneOf(cashOut: Pick<CashOutView, 'state' | 'doubt' | 'late'>): Tone {
  if (cashOut.doubt && cashOut.state !== 'dispensed') return 'doubt';
  return TONES[cashOut.state];
}

export function toneOfState(state: CashOutState): Tone {
  return TONES[state];
}

const URGENCY: readonly CashOutState[] = [
  'handing_over',
  'paid',
  'awaiting_payment',
  'requested',
  'cancelling',
  'returning',
  'dispensed',
];

function rank({ state }: CashOutView): number {
  const found = URGENCY.indexOf(state);
  return found === -1 ? URGENCY.length : found;
}

/** The one that a cashier must see first after a restart (I8): notes being counted, then money waiting, then the rest, oldest first. */
export function mostUrgent(cashOuts: readonly CashOutView[]): CashOutView | undefined {
  return cashOuts.toSorted((left, right) => rank(left) - rank(right) || left.requestedAtMs - right.requestedAtMs)[0];
}
