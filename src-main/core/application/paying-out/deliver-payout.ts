/**
 * Sends one command about a payout and saves what came of it. The attempt is saved before the first byte leaves (I3); the same bytes
 * every time. A create without an answer is not simply sent again: `lost-create.ts` asks first.
 */
import { isOpen, NEVER_AGAIN_MS } from '../../domain/command.ts';
import type { CommandEvent } from '../../domain/command.ts';
import type { JournalEvent } from '../../domain/journal-event.ts';
import type { Evidence } from '../../domain/network.ts';
import { judgeDuplicate } from '../../domain/payouts/lost-answer.ts';
import type { PayoutCommand } from '../../domain/payouts/payout-command.ts';
import type { Payout, PayoutEvent } from '../../domain/payouts/payout.ts';
import { payoutTermsOf } from '../../domain/payouts/payout.ts';
import { payoutCommandRetryDelayMs } from '../../domain/payouts/polling.ts';
import { invariant, unreachable } from '../../domain/result.ts';
import type { PayoutDelivery, PayoutNetwork } from '../ports/payout-network.ts';
import { jittered } from '../syncing/backoff.ts';
import { blockEvents, noteConnection, unblockEvents } from '../syncing/network-health.ts';
import type { TillContext } from '../till-parts.ts';
import { DUPLICATE, followLostCreate, isLost, REFUSED } from './lost-create.ts';
import { openPayoutCase } from './payout-cases.ts';
import { nextOrdinal, remember } from './payout-context.ts';
import { NO_CREDENTIALS, readPayout } from './read-payout.ts';
import { commandStep, payoutEvents } from './record-payout.ts';

type Settling = Readonly<{
  till: TillContext;
  network: PayoutNetwork;
  command: PayoutCommand;
  payout: Payout;
  asked: number;
}>;

/** Call it inside `exclusively`. Does nothing for a command that is no longer open, nor without its network. */
export async function deliverPayoutCommand(till: TillContext, commandId: string): Promise<void> {
  const found = till.store.payoutCommand(commandId);
  if (!found || !isOpen(found)) return;
  const payout = till.store.payout(found.payoutId);
  invariant(payout !== undefined, `payout command ${commandId} without its payout`);
  const network = till.payoutNetwork(found.network);
  if (!network) return;
  if (isLost(found) && (await followLostCreate(till, network, payout, found)) === 'asked') return;
  till.store.commit([commandStep(found, { type: 'sending' })]);
  const command = till.store.payoutCommand(commandId) ?? found;
  const asked = nextOrdinal(till, payout);
  if (command.kind === 'create') forgetQuestions(till, payout.id);
  const delivery = await network.deliver({ request: command.request, terms: payoutTermsOf(payout) });
  await settle({ till, network, command, payout: till.store.payout(payout.id) ?? payout, asked }, delivery);
}

/** What was asked before says nothing of this attempt. That the network does not tell by our id alone stays true. */
function forgetQuestions(till: TillContext, payoutId: string): void {
  const refusesOwnIdAlone = till.payoutMemory.get(payoutId)?.lost.refusesOwnIdAlone ?? false;
  const sinceMs = till.clock.monotonicMs();
  const lost = { sinceMs, questions: 0, denials: 0, lastDenialAfterMs: 0, refusesOwnIdAlone };
  remember(till, payoutId, { lost, askedAtMs: sinceMs, resendAllowed: false });
}

async function settle(settling: Settling, delivery: PayoutDelivery): Promise<void> {
  const { till, network, command } = settling;
  const lacksCredentials = delivery.kind === 'not-sent' && delivery.cause === NO_CREDENTIALS;
  const isSilent = (delivery.kind === 'not-sent' || delivery.kind === 'unknown') && !lacksCredentials;
  noteConnection(till, network.id, isSilent ? 'offline' : 'online', command.payoutId);
  switch (delivery.kind) {
    case 'accepted':
      return settleDone(settling, delivery.evidence, [
        { type: 'accepted', cashoutId: delivery.cashoutId, asked: settling.asked, evidence: delivery.evidence },
      ]);
    case 'answered':
      return settleCancelled(settling, delivery);
    case 'done':
      settleDone(settling, delivery.evidence, []);
      // The answer names a status that cannot be trusted.
      return ask(settling);
    case 'refused':
      return settleRefused(settling, delivery);
    case 'duplicate':
      return settleDuplicate(settling, delivery.evidence);
    case 'conflict':
    case 'not-found':
      return settleImpossible(settling, delivery);
    case 'busy':
      return retry(settling, { ...delivery, arrived: 'no' });
    case 'account-stop':
      // The block is what holds it back; when somebody has acted (a start, new settings) nothing else may.
      return retry(
        settling,
        { code: delivery.code, arrived: 'no', evidence: delivery.evidence },
        blockEvents(till, network.id, delivery.code),
      );
    case 'unknown':
      return retry(settling, { ...delivery, code: delivery.cause, arrived: 'maybe' });
    case 'not-sent':
      return retry(
        settling,
        { code: delivery.cause, arrived: 'no' },
        lacksCredentials ? blockEvents(till, network.id, NO_CREDENTIALS) : [],
      );
    default:
      till.log.error('unreachable payout delivery', { command: command.id });
      return unreachable(delivery);
  }
}

async function ask({ till, network, payout }: Settling): Promise<void> {
  await readPayout(till, network, till.store.payout(payout.id) ?? payout);
}

function settleDone(settling: Settling, evidence: Evidence, steps: readonly PayoutEvent[]): void {
  const { till, network, command, payout } = settling;
  // An answer to a create that belongs to another operation settles nothing.
  if (command.kind === 'create' && steps.length === 0) {
    return retry(settling, { code: 'not-an-answer-to-this', arrived: 'maybe', evidence });
  }
  till.store.commit([
    closed(command, 'accepted', 'accepted', evidence),
    ...unblockEvents(till, network.id, 'order-made'),
    ...payoutEvents(till, payout, { steps, settledCommandId: command.id }),
  ]);
}

function settleCancelled(settling: Settling, { fact, evidence }: Extract<PayoutDelivery, { kind: 'answered' }>): void {
  const { till, network, command, payout, asked } = settling;
  if (command.kind === 'create') return retry(settling, { code: 'not-an-answer-to-this', arrived: 'maybe', evidence });
  const isDone = fact.status === 'cancelled';
  till.store.commit([
    closed(command, isDone ? 'accepted' : 'refused', fact.statusText, evidence),
    ...unblockEvents(till, network.id, 'order-made'),
    ...payoutEvents(till, payout, {
      steps: [
        ...(isDone ? [] : cancelTakenBack(command, payout, fact.statusText)),
        { type: 'observed', fact, asked, evidence },
      ],
      settledCommandId: command.id,
    }),
  ]);
}

function settleRefused(
  settling: Settling,
  delivery: Extract<PayoutDelivery, { kind: 'refused' }>,
): Promise<void> | void {
  const { till, network, command, payout } = settling;
  const { code, evidence } = delivery;
  if (command.kind !== 'create') return settleImpossible(settling, delivery);
  // After an attempt of unknown end, or a word that nobody understood, this no proves nothing about what went before.
  if (command.mayHaveArrived || payout.review) {
    return retry(settling, { code: `${REFUSED}${code}`, arrived: 'no', evidence });
  }
  till.store.commit([
    closed(command, 'refused', code, evidence),
    ...unblockEvents(till, network.id, 'order-made'),
    ...payoutEvents(till, payout, {
      steps: [{ type: 'declined', code, afterDoubt: false, evidence }],
      settledCommandId: command.id,
    }),
  ]);
}

/** Our own from an attempt whose answer was lost, or somebody else's under an id that we never sent. */
function settleDuplicate(settling: Settling, evidence: Evidence): void {
  const { till, command, payout } = settling;
  if (judgeDuplicate({ mayHaveArrivedBefore: command.mayHaveArrived }) === 'adopt') {
    return retry(settling, { code: DUPLICATE, arrived: 'yes', evidence });
  }
  till.store.commit([
    commandStep(command, {
      type: 'outcome',
      state: 'unknown',
      outcome: DUPLICATE,
      arrived: 'no',
      nextAttemptAtMs: NEVER_AGAIN_MS,
      evidence,
    }),
    ...openPayoutCase(till, payout, 'payout-id-clash', 'the network has our id already, and this till had not sent it'),
  ]);
}

/** The payout's own state does not allow it, or the network says no: the command is over, and what is true is asked. */
async function settleImpossible(
  settling: Settling,
  delivery: Extract<PayoutDelivery, { kind: 'conflict' | 'not-found' | 'refused' }>,
): Promise<void> {
  const { till, command, payout } = settling;
  const code = delivery.kind === 'not-found' ? 'not-found' : delivery.code;
  if (command.kind === 'create') return retry(settling, { code, arrived: 'maybe', evidence: delivery.evidence });
  till.store.commit([
    closed(command, 'refused', code, delivery.evidence),
    ...payoutEvents(till, payout, { steps: cancelTakenBack(command, payout, code), settledCommandId: command.id }),
  ]);
  await ask(settling);
}

/** It may be asked for again, where the state still allows it. */
function cancelTakenBack({ kind }: PayoutCommand, payout: Payout, code: string): readonly PayoutEvent[] {
  const isWished = kind === 'cancel' && 'cancelAsked' in payout && payout.cancelAsked;
  return isWished ? [{ type: 'cancel-refused', code }] : [];
}

type Unsettled = Readonly<{
  code: string;
  arrived: 'no' | 'maybe' | 'yes';
  retryAfterMs?: number;
  evidence?: Evidence;
}>;

function retry(settling: Settling, unsettled: Unsettled, more: readonly JournalEvent[] = []): void {
  const { till, command } = settling;
  const { code, arrived, retryAfterMs, evidence } = unsettled;
  const delayMs = Math.max(
    jittered(payoutCommandRetryDelayMs(command.attempts), till.random.next()),
    retryAfterMs ?? 0,
  );
  const outcome: CommandEvent = {
    type: 'outcome',
    state: command.mayHaveArrived || arrived !== 'no' ? 'unknown' : 'waiting',
    outcome: code,
    arrived,
    nextAttemptAtMs: till.clock.nowMs() + delayMs,
    ...(evidence && { evidence }),
  };
  till.store.commit([commandStep(command, outcome), ...more]);
}

function closed(
  command: PayoutCommand,
  state: 'accepted' | 'refused',
  outcome: string,
  evidence: Evidence,
): JournalEvent {
  return commandStep(command, { type: 'outcome', state, outcome, arrived: 'yes', nextAttemptAtMs: 0, evidence });
}
