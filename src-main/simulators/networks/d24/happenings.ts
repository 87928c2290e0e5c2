/** What happens to payouts: every change goes through `happen`, and time brings its own. */
import { advanceCore } from '../network-core.ts';
import { post, tell } from './notices.ts';
import { nextLife, rejectionOf } from './payout.ts';
import type { Payout, PayoutEvent, PayoutState } from './payout.ts';
import { floatOf } from './state.ts';
import type { NetworkState } from './state.ts';

/** Moves a payout on. False when its life does not allow the event; then nothing changed. */
export function happen(state: NetworkState, payout: Payout, event: PayoutEvent, atMs: number): boolean {
  const before = payout.moment;
  const isImpossible = event.type === 'bank-completed' && payout.terms.unpayableCode !== null;
  const life = isImpossible ? undefined : nextLife(before.life, event);
  if (life === undefined) return false;
  payout.previous = before;
  payout.moment = { life, updatedAtMs: Math.max(before.updatedAtMs, atMs) };
  payout.version += 1;
  payout.trail.push(life.state);
  moveMoney(state, payout, before.life.state, life.state);
  tell(state, payout, atMs);
  follow(state, payout, atMs);
  return true;
}

/** A bank's last word on a payout that may not have been sent to it yet: then it is sent first. */
export function settle(state: NetworkState, payout: Payout, event: PayoutEvent, atMs: number): boolean {
  const isLastWord = event.type === 'bank-completed' || event.type === 'bank-rejected';
  const isImpossible = event.type === 'bank-completed' && payout.terms.unpayableCode !== null;
  if (isLastWord && !isImpossible && payout.moment.life.state === 'pending') {
    happen(state, payout, { type: 'bank-accepted' }, atMs);
  }
  return happen(state, payout, event, atMs);
}

/** Brings the network to the present: everything that was due happens, in its order and at its own time. */
export function advance(state: NetworkState): number {
  return advanceCore(state, (thing, atMs) => {
    if (thing.kind === 'notice') return post(state, thing.notice);
    const payout = state.payouts.get(thing.cashoutId);
    const isStillMeant = thing.atVersion === undefined || thing.atVersion === payout?.version;
    if (payout !== undefined && isStillMeant) settle(state, payout, thing.event, atMs);
  });
}

/** What banks do by themselves, once a payout is where it is. */
export function follow(state: NetworkState, payout: Payout, atMs: number): void {
  const { banks } = state.settings;
  if (banks === 'none') return;
  const random = state.random.banks;
  const later = (range: { minimumMs: number; maximumMs: number }, event: PayoutEvent): void => {
    const delayMs = random.between(range.minimumMs, range.maximumMs);
    state.due.add(atMs + delayMs, {
      kind: 'event',
      cashoutId: payout.terms.cashoutId,
      event,
      atVersion: payout.version,
    });
  };
  switch (payout.moment.life.state) {
    case 'pending':
      later(banks.accept, { type: 'bank-accepted' });
      return;
    case 'delivered': {
      const isRejected = random.chance(banks.rejectRate);
      const drawn = banks.rejectionCodes[random.below(Math.max(1, banks.rejectionCodes.length))] ?? null;
      const { unpayableCode } = payout.terms;
      const code = unpayableCode ?? drawn;
      const ends = isRejected || unpayableCode !== null;
      later(banks.settle, ends ? { type: 'bank-rejected', rejection: rejectionOf(code) } : { type: 'bank-completed' });
      return;
    }
    case 'completed':
      if (random.chance(banks.lateReturnRate)) {
        later(banks.lateReturn, { type: 'bank-returned', rejection: rejectionOf(826) });
      }
      return;
    case 'on_hold':
    case 'cancelled':
    case 'rejected':
      return;
    default:
      payout.moment.life satisfies never;
  }
}

/** Money is kept aside for a payout until it has left, or comes back. */
function moveMoney(state: NetworkState, payout: Payout, from: PayoutState, to: PayoutState): void {
  const float = floatOf(state, payout.terms.currency);
  const { amountMinor } = payout.terms;
  const isBack = to === 'cancelled' || to === 'rejected';
  if (from !== 'completed' && (isBack || to === 'completed')) float.reservedMinor -= amountMinor;
  if (isBack) float.availableMinor += amountMinor;
}
