/** Hands, bank accounts and journal agree about every payout: the customer has the money once at most, and nobody's money hangs unseen. */
import type { TillStore } from '../../src-main/core/application/ports/till-store.ts';
import { isPayoutEnded } from '../../src-main/core/domain/payouts/payout.ts';
import type { Payout } from '../../src-main/core/domain/payouts/payout.ts';
import type { PayoutSummary } from '../../src-main/simulators/networks/d24/actions.ts';
import type { FarPayouts } from './far-payouts.ts';
import type { HandBook } from './cashier.ts';

const MOST_PAYOUTS = 10_000;
const ARRIVES: readonly PayoutSummary['state'][] = ['pending', 'on_hold', 'delivered', 'completed'];

export function payoutTruthBreaches(far: readonly FarPayouts[], store: TillStore, book: HandBook): readonly string[] {
  const made = far.flatMap(({ engine }) => engine.payouts());
  const byId = Map.groupBy(made, ({ externalId }) => externalId);
  const own = store.payoutsSince(0, MOST_PAYOUTS);
  const ours = new Set(own.map(({ externalId }) => externalId));
  const foreign = made.filter(({ externalId }) => !ours.has(externalId));
  return [
    ...foreign.map(({ externalId }) => `I3: the payout ${externalId} over there is nobody's`),
    ...own.flatMap((payout) => breachesOf(payout, byId.get(payout.externalId) ?? [], store, book)),
  ];
}

function breachesOf(
  payout: Payout,
  made: readonly PayoutSummary[],
  store: TillStore,
  { given }: HandBook,
): readonly string[] {
  const { id, state } = payout;
  const hands = given.get(id) ?? 0;
  const hasCase = store.casesOfPayout(id).some((file) => file.state === 'open');
  const isReplaced = 'replacement' in payout && payout.replacement?.by === 'notes';
  const arrives = made.some((one) => ARRIVES.includes(one.state));
  const problems: string[] = [];
  if (made.length > 1) problems.push(`I3: ${made.length} payouts over there for ${id}`);
  if (hands > 1) problems.push(`I1: a hand gave notes in place of ${id} ${hands} times`);
  if (isReplaced !== hands > 0)
    problems.push(`I1: ${id} is ${isReplaced ? '' : 'not '}replaced by notes, and a hand gave them ${hands} times`);
  if (hands > 0 && arrives && !hasCase) problems.push(`I1: notes given in place of ${id}, and its money arrives too`);
  if (state === 'completed' && !made.some((one) => one.state === 'completed') && !hasCase) {
    problems.push(`I2: ${id} is completed here and ${made[0]?.state ?? 'unknown'} over there`);
  }
  if (!isPayoutEnded(state) && !hasCase && !isWaited(payout, made)) {
    problems.push(`I2: ${id} is still ${state} after a quiet end, and nobody has a case for it`);
  }
  return problems;
}

/** Held over there until a supervisor releases it: it may wait for ever. */
function isWaited({ state }: Payout, made: readonly PayoutSummary[]): boolean {
  return state === 'on_hold' && made.some((one) => one.state === 'on_hold');
}
