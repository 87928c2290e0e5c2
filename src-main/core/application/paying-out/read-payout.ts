/** Asks the network where a payout is and saves what the answer means. */
import type { JournalEvent } from '../../domain/journal-event.ts';
import type { Evidence } from '../../domain/network.ts';
import { meaningOfNotFound } from '../../domain/payouts/lost-answer.ts';
import { isKnown } from '../../domain/payouts/payout.ts';
import type { Payout, PayoutEvent } from '../../domain/payouts/payout.ts';
import { unreachable } from '../../domain/result.ts';
import type { PayoutKey, PayoutNetwork, PayoutReading } from '../ports/payout-network.ts';
import { blockEvents, noteConnection, unblockEvents } from '../syncing/network-health.ts';
import type { TillContext } from '../till-parts.ts';
import { keyOf, memoryOf, nextOrdinal, remember } from './payout-context.ts';
import { payoutEvents } from './record-payout.ts';

/** No credentials in the vault: nothing can leave until somebody stores them. */
export const NO_CREDENTIALS = 'no-token';

/** One read, saved. Call it inside `exclusively`. `key` may name more than the payout itself holds: an id that a list or a person told. */
export async function readPayout(
  till: TillContext,
  network: PayoutNetwork,
  payout: Payout,
  key: PayoutKey = keyOf(payout),
): Promise<PayoutReading> {
  const asked = nextOrdinal(till, payout);
  const askedAtMs = till.clock.monotonicMs();
  remember(till, payout.id, { askedAtMs });
  const reading = await network.read(key);
  // As it is now: while the answer travelled, a person may have acted.
  const current = till.store.payout(payout.id) ?? payout;
  rememberReading(till, current, reading, askedAtMs);
  const events = eventsOf(till, network, current, { reading, asked, key });
  if (events.length > 0) till.store.commit(events);
  else till.touched(payout.id);
  return reading;
}

function rememberReading(till: TillContext, payout: Payout, reading: PayoutReading, askedAtMs: number): void {
  const { failures, lost } = memoryOf(till, payout.id);
  const isAnswer = ['answered', 'not-found', 'needs-both-ids', 'refused'].includes(reading.kind);
  const isUsable = reading.kind === 'answered' || (reading.kind === 'not-found' && !isKnown(payout));
  remember(till, payout.id, {
    failing: !isUsable,
    failures: isAnswer ? 0 : failures + 1,
    ...(isUsable && { checkedAtMs: till.clock.nowMs() }),
    notBeforeMs: askedAtMs + (('retryAfterMs' in reading && reading.retryAfterMs) || 0),
  });
  if (payout.state !== 'requested') return;
  const sinceMs = lost.sinceMs ?? askedAtMs;
  const denial = reading.kind === 'not-found' && {
    denials: lost.denials + 1,
    lastDenialAfterMs: Math.floor(askedAtMs - sinceMs),
    lastDenial: reading.evidence,
  };
  const refused = reading.kind === 'needs-both-ids' && { refusesOwnIdAlone: true, questions: 0 };
  remember(till, payout.id, { lost: { ...lost, sinceMs, questions: lost.questions + 1, ...denial, ...refused } });
}

type Read = Readonly<{ reading: PayoutReading; asked: number; key: PayoutKey }>;

function eventsOf(
  till: TillContext,
  network: PayoutNetwork,
  payout: Payout,
  { reading, asked, key }: Read,
): readonly JournalEvent[] {
  const isOut = reading.kind === 'unreachable' && reading.cause !== NO_CREDENTIALS;
  noteConnection(till, network.id, isOut ? 'offline' : 'online', payout.id);
  switch (reading.kind) {
    case 'answered': {
      const { fact, evidence } = reading;
      const observed: PayoutEvent = { type: 'observed', fact, asked, evidence };
      const steps = [observed, ...identification(payout, key, fact.status === 'unclear' ? undefined : evidence)];
      return [...unblockEvents(till, network.id, 'order-made'), ...payoutEvents(till, payout, { steps })];
    }
    case 'not-found': {
      const meaning = meaningOfNotFound({ wasSeen: isKnown(payout), afterCreateMs: Infinity });
      if (meaning !== 'contradiction') return [];
      return payoutEvents(till, payout, { steps: [{ type: 'vanished', asked, evidence: reading.evidence }] });
    }
    case 'account-stop':
      return blockEvents(till, network.id, reading.code);
    case 'unreachable':
      return reading.cause === NO_CREDENTIALS ? blockEvents(till, network.id, NO_CREDENTIALS) : [];
    case 'refused':
    case 'unreadable':
      return setAside(till, payout, reading.kind, reading.detail, reading.evidence);
    case 'needs-both-ids':
    case 'busy':
      return [];
    default:
      return unreachable(reading);
  }
}

/** Asked by both ids and answered: the id belongs to it. */
function identification(
  payout: Payout,
  { cashoutId }: PayoutKey,
  evidence: Evidence | undefined,
): readonly PayoutEvent[] {
  const isNamed = isKnown(payout) && payout.cashoutId === cashoutId;
  return cashoutId === undefined || isNamed || !evidence ? [] : [{ type: 'identified', cashoutId, evidence }];
}

/** The same unusable answer at every question is journaled once. */
export function setAside(
  till: TillContext,
  { id: payoutId }: Payout,
  reason: 'refused' | 'unreadable' | 'mismatch',
  detail: string,
  evidence?: Evidence,
): readonly JournalEvent[] {
  const key = `${reason} ${evidence?.bodySha256 ?? detail}`;
  if (till.setAside.get(payoutId) === key) return [];
  till.setAside.set(payoutId, key);
  const operation = evidence ? 'read' : 'list';
  return [{ type: 'answer.set-aside', v: 1, payoutId, operation, reason, detail, ...(evidence && { evidence }) }];
}
