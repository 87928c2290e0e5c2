/**
 * A create without an answer: the network is asked about its one external id, and sent the same bytes again, as `afterLostCreate` says.
 * What has been asked so far is memory; after a restart the questions begin anew, which only makes the proof longer.
 */
import type { JournalEvent } from '../../domain/journal-event.ts';
import { isInDoubt } from '../../domain/command.ts';
import { afterLostCreate } from '../../domain/payouts/lost-answer.ts';
import type { LostCreateStep } from '../../domain/payouts/lost-answer.ts';
import type { PayoutCommand } from '../../domain/payouts/payout-command.ts';
import type { Payout } from '../../domain/payouts/payout.ts';
import { unreachable } from '../../domain/result.ts';
import type { PayoutNetwork } from '../ports/payout-network.ts';
import type { TillContext } from '../till-parts.ts';
import { openPayoutCase } from './payout-cases.ts';
import { memoryOf, needsPerson, remember } from './payout-context.ts';
import { askList } from './payout-list.ts';
import { readPayout } from './read-payout.ts';
import { payoutEvents } from './record-payout.ts';

/** Words of `lastOutcome` that must outlive a restart: what they say decides what may be done. */
export const DUPLICATE = 'duplicate';
export const REFUSED = 'refused:';

/** Somebody looks into the panel: it is still asked about, in case it turns up. */
const PERSON_ASKS_EVERY_MS = 3_600_000;

export function isLost(command: PayoutCommand): boolean {
  return command.kind === 'create' && isInDoubt(command);
}

export function lostStepFor(till: TillContext, payout: Payout, command: PayoutCommand): LostCreateStep {
  const nowMs = till.clock.monotonicMs();
  const { lost } = memoryOf(till, payout.id);
  if (lost.sinceMs === undefined) remember(till, payout.id, { lost: { ...lost, sinceMs: nowMs } });
  // While a word of the network's is not understood, nothing is concluded and nothing sent.
  if (payout.review) return { step: 'person', why: 'never-arrives' };
  if (memoryOf(till, payout.id).resendAllowed) return { step: 'resend' };
  const isUnwanted = 'cancelAsked' in payout && payout.cancelAsked;
  return afterLostCreate({
    attempts: attemptsThatMayHaveArrived(till, command),
    sinceAttemptMs: nowMs - (lost.sinceMs ?? nowMs),
    questions: lost.questions,
    notFoundAnswers: lost.denials,
    lastNotFoundAfterMs: lost.lastDenialAfterMs,
    calledDuplicate: command.lastOutcome === DUPLICATE,
    refusesOwnIdAlone: lost.refusesOwnIdAlone,
    canList: till.payoutNetwork(payout.network)?.traits.reconciliation === true,
    // A definite no to a later attempt: once the first is proven never to have arrived, nobody wants it sent again.
    wish: isUnwanted || command.lastOutcome.startsWith(REFUSED) ? 'withdraw' : 'send',
  });
}

/** How long until something is due for it; what a person must clear up is asked about once an hour, where it can be asked at all. */
export function lostWaitMs(till: TillContext, payout: Payout, command: PayoutCommand): number {
  const step = lostStepFor(till, payout, command);
  const { askedAtMs, lost, notBeforeMs } = memoryOf(till, payout.id);
  const nowMs = till.clock.monotonicMs();
  const heldMs = (notBeforeMs ?? 0) - nowMs;
  if (step.step !== 'person') return Math.max('delayMs' in step ? step.delayMs : 0, heldMs);
  if (!needsPerson(till, payout.id)) return 0;
  if (lost.refusesOwnIdAlone) return Infinity;
  return Math.max((askedAtMs ?? 0) + PERSON_ASKS_EVERY_MS - nowMs, heldMs);
}

/** One step; `resend` is the caller's. Call it inside `exclusively`. */
export async function followLostCreate(
  till: TillContext,
  network: PayoutNetwork,
  payout: Payout,
  command: PayoutCommand,
): Promise<'asked' | 'resend'> {
  const step = lostStepFor(till, payout, command);
  switch (step.step) {
    case 'resend':
      return 'resend';
    case 'ask-status':
      if (step.alert) alarm(till, payout, 'the network calls it a duplicate and denies it');
      await readPayout(till, network, payout);
      return 'asked';
    case 'ask-list':
      if (step.alert) alarm(till, payout, 'not in the network’s list, and it cannot be asked about by our id alone');
      await askList(till, network, payout);
      return 'asked';
    case 'take-as-not-found':
      till.store.commit(notFound(till, payout));
      return 'asked';
    case 'person': {
      const isNew = !needsPerson(till, payout.id);
      alarm(till, payout, STUCK[step.why]);
      if (!isNew && !memoryOf(till, payout.id).lost.refusesOwnIdAlone) await readPayout(till, network, payout);
      return 'asked';
    }
    default:
      return unreachable(step);
  }
}

const STUCK = {
  'cannot-be-asked': 'created without an answer, and the network does not tell by our id alone',
  'never-arrives': 'sent without an answer, and what the network says of it decides nothing',
} as const;

function notFound(till: TillContext, payout: Payout): readonly JournalEvent[] {
  const { denials, lastDenialAfterMs, lastDenial } = memoryOf(till, payout.id).lost;
  if (!lastDenial) return [];
  const proof = { answers: denials, afterMs: lastDenialAfterMs, evidence: lastDenial };
  return payoutEvents(till, payout, { steps: [{ type: 'not-found', ...proof }] });
}

function alarm(till: TillContext, payout: Payout, detail: string): void {
  const events = openPayoutCase(till, payout, 'payout-stuck', detail);
  if (events.length > 0) till.store.commit(events);
}

/** From the journal, so that a restart forgets none: attempts that ended without our knowing that nothing arrived. */
function attemptsThatMayHaveArrived(till: TillContext, command: PayoutCommand): number {
  let [count, isUnderWay] = [0, false];
  for (const { event } of till.store.entriesAbout(command.payoutId)) {
    if (event.type !== 'payout-command.step' || event.commandId !== command.id) continue;
    const { step } = event;
    if (step.type === 'sending') {
      count += isUnderWay ? 1 : 0;
      isUnderWay = true;
    } else if (step.type === 'outcome') {
      count += step.arrived === 'no' && !step.outcome.startsWith(REFUSED) ? 0 : 1;
      isUnderWay = false;
    }
  }
  return count + (isUnderWay ? 1 : 0);
}
