/**
 * Sends one command from the outbox and saves what came of it. The attempt is saved before the first byte leaves (I3);
 * whatever comes back, or nothing, ends as one commit. The same bytes and the same key every time.
 */
import type { CashOut } from '../../domain/cash-out.ts';
import { termsOf } from '../../domain/cash-out.ts';
import type { Command, CommandEvent } from '../../domain/command.ts';
import { isOpen, NEVER_AGAIN_MS } from '../../domain/command.ts';
import type { JournalEvent } from '../../domain/journal-event.ts';
import type { Evidence } from '../../domain/network.ts';
import { invariant, unreachable } from '../../domain/result.ts';
import { noticeSilence } from '../cases/network-silent.ts';
import { answerContext, applyAnswer } from '../cashing-out/apply-answer.ts';
import { closeCases, openCase, step } from '../cashing-out/record-answer.ts';
import type { Delivery, PaymentNetwork } from '../ports/payment-network.ts';
import type { TillContext } from '../till-parts.ts';
import { commandRetryDelayMs, confirmRetryDelayMs } from './backoff.ts';
import { blockEvents, noteConnection, unblockEvents } from './network-health.ts';
import { readOrder } from './read-order.ts';

/** A request that never left the till is dropped after this: nobody waits longer, and it is never sent late. */
export const CREATE_PATIENCE_MS = 20_000;
const BLOCKED_RETRY_MS = 60_000;
const CONFLICT_RETRY_MS = 5_000;

type Settling = Readonly<{ till: TillContext; network: PaymentNetwork; command: Command; cashOut: CashOut }>;

/** Call it inside `exclusively`. Does nothing for a command that is no longer open. */
export async function deliverCommand(till: TillContext, commandId: string): Promise<void> {
  const found = till.store.command(commandId);
  if (!found || !isOpen(found)) return;
  const cashOut = till.store.cashOut(found.cashOutId);
  invariant(cashOut !== undefined, `command ${commandId} without its cash-out`);
  if (dropIfUseless(till, found, cashOut)) return;
  const network = till.network(found.network);
  if (!network) return;
  till.store.commit([commandStep(found, { type: 'sending' })]);
  const command = till.store.command(commandId) ?? found;
  const order = 'order' in cashOut ? { order: cashOut.order } : {};
  const { request, idempotencyKey } = command;
  const delivery = await network.deliver({ request, idempotencyKey, terms: termsOf(cashOut), ...order });
  await settle({ till, network, command, cashOut: till.store.cashOut(cashOut.id) ?? cashOut }, delivery);
}

/** A create that provably never left, for a customer who no longer stands there or a cashier who has cancelled meanwhile. */
function dropIfUseless(till: TillContext, command: Command, cashOut: CashOut): boolean {
  const neverLeft = command.state === 'waiting' && !command.mayHaveArrived;
  if (command.kind !== 'create' || !neverLeft || cashOut.state !== 'requested') return false;
  const isLate = till.clock.nowMs() - cashOut.requestedAtMs > CREATE_PATIENCE_MS;
  if (!isLate && !cashOut.cancelAsked) return false;
  till.store.commit([
    commandStep(command, { type: 'dropped', reason: 'never-left' }),
    step(cashOut, { type: 'refused', code: cashOut.cancelAsked ? 'cancelled-before-it-left' : 'network-unreachable' }),
  ]);
  return true;
}

async function settle(settling: Settling, delivery: Delivery): Promise<void> {
  const { till, network, command } = settling;
  const isSilent = delivery.kind === 'not-sent' || delivery.kind === 'unknown';
  noteConnection(till, network.id, isSilent ? 'offline' : 'online', command.cashOutId);
  switch (delivery.kind) {
    case 'answered':
      return settleAnswered(settling, delivery);
    case 'refused':
      return settleRefused(settling, delivery);
    case 'conflict':
      return settleConflict(settling, delivery);
    case 'key-conflict':
      return settleKeyConflict(settling, delivery);
    case 'busy': {
      // 423: the key itself is at work over there, so something of ours has arrived.
      const arrived = delivery.evidence.httpStatus === 423 ? 'maybe' : 'no';
      return retry(settling, { code: delivery.code, arrived, retryAfterMs: delivery.retryAfterMs });
    }
    case 'unauthorized':
      return retry(
        settling,
        { code: 'unauthorized', arrived: 'no', retryAfterMs: BLOCKED_RETRY_MS },
        blockEvents(till, network.id, 'unauthorized'),
      );
    case 'unknown': {
      const { cause, retryAfterMs, evidence } = delivery;
      return retry(settling, { code: cause, arrived: 'maybe', retryAfterMs, ...(evidence && { evidence }) });
    }
    case 'not-sent':
      return retry(settling, { code: delivery.cause, arrived: 'no', retryAfterMs: undefined });
    default:
      till.log.error('unreachable delivery', { command: command.id });
      return unreachable(delivery);
  }
}

/** The network knows that the notes were given. */
function settleConfirmed({ till, network, command, cashOut }: Settling, evidence: Evidence): void {
  const closed = {
    type: 'outcome',
    state: 'accepted',
    outcome: 'confirmed',
    arrived: 'yes',
    nextAttemptAtMs: 0,
    evidence,
  } as const;
  till.store.commit([
    commandStep(command, closed),
    ...unblockEvents(till, network.id, 'answered'),
    ...(cashOut.state === 'dispensed' ? [step(cashOut, { type: 'settled' })] : []),
    ...closeCases(answerContext(till, cashOut), ['confirmation-missed'], 'confirmed after all'),
  ]);
}

async function settleAnswered(settling: Settling, delivery: Extract<Delivery, { kind: 'answered' }>): Promise<void> {
  const { till, network, command } = settling;
  if (command.kind === 'confirm') return settleConfirmed(settling, delivery.evidence);
  const { fact, evidence } = await withQr(settling, delivery);
  // As it is now: while the QR was asked for, a person may have acted.
  const cashOut = till.store.cashOut(command.cashOutId) ?? settling.cashOut;
  // An order that is not ours settles nothing: our request may still be on its way to becoming one.
  const isForeign = command.kind === 'create' && fact.externalReference !== cashOut.externalReference;
  const outcome = isForeign
    ? outcomeOf(settling, 'unknown', {
        code: 'answer-about-another-order',
        arrived: 'maybe',
        retryAfterMs: undefined,
        evidence: aboutAnother(evidence),
      })
    : commandStep(command, {
        type: 'outcome',
        state: 'accepted',
        outcome: 'accepted',
        arrived: 'yes',
        nextAttemptAtMs: 0,
      });
  const proof = command.kind === 'create' && !isForeign ? 'order-made' : 'answered';
  const before = [outcome, ...unblockEvents(till, network.id, proof)];
  applyAnswer(
    till,
    network,
    cashOut,
    { operation: command.kind, fact, evidence },
    before,
    isForeign ? undefined : command.id,
  );
}

/** Another order's clock must not make the answers about ours look old (I6). */
function aboutAnother(evidence: Evidence): Evidence {
  const { orderUpdatedAtMs: _another, ...rest } = evidence;
  return rest;
}

/** An order that should carry a QR and came without: asked for once more before it is given up. */
async function withQr(
  settling: Settling,
  delivery: Extract<Delivery, { kind: 'answered' }>,
): Promise<Pick<typeof delivery, 'fact' | 'evidence'>> {
  const { network, command, cashOut, till } = settling;
  const { fact } = delivery;
  const lacksQr =
    command.kind === 'create' && cashOut.mode !== 'static' && fact.status === 'awaiting' && fact.qrData === undefined;
  if (!lacksQr || fact.problems.length > 0) return delivery;
  const nowMs = till.clock.nowMs();
  const order = { networkOrderId: fact.networkOrderId, offeredAtMs: nowMs, expiresAtMs: nowMs + cashOut.lifetimeMs };
  const reading = await network.read(termsOf(cashOut), order);
  const isSameOrder = reading.kind === 'answered' && reading.fact.networkOrderId === fact.networkOrderId;
  return isSameOrder ? reading : delivery;
}

function settleRefused(settling: Settling, delivery: Extract<Delivery, { kind: 'refused' }>): void {
  const { till, network, command, cashOut } = settling;
  const { code, detail, evidence } = delivery;
  const closed = {
    type: 'outcome',
    state: 'refused',
    outcome: code,
    arrived: 'yes',
    nextAttemptAtMs: 0,
    evidence,
  } as const;
  const events: JournalEvent[] = [commandStep(command, closed)];
  if (command.kind === 'create' && cashOut.state === 'requested')
    events.push(
      step(cashOut, { type: 'refused', code, evidence }),
      ...closeCases(answerContext(till, cashOut), ['network-silent'], code),
      ...doubtOnSticker(settling, code),
    );
  if (command.kind === 'refund') {
    events.push(...openCase(answerContext(till, cashOut), 'return-failed', `${code}: ${detail}`));
  }
  if (command.kind === 'confirm') events.push(...missed(settling, `refused: ${code}`));
  if (delivery.blocksNetwork) events.push(...blockEvents(till, network.id, code));
  till.store.commit(events);
}

/**
 * A no to a request that was sent before without an answer: the first one may have put an order on the till's sticker, and a
 * customer can pay that one. Without a sticker nobody has its QR.
 */
function doubtOnSticker({ till, command, cashOut }: Settling, code: string): readonly JournalEvent[] {
  if (cashOut.mode === 'dynamic' || !command.mayHaveArrived) return [];
  const detail = `create: refused (${code}) after an attempt without an answer: an order may be on the sticker`;
  return openCase(answerContext(till, cashOut), 'command-conflict', detail);
}

/** The order's own state decides what the conflict means; until it is read, the command stays open with its key. */
async function settleConflict(settling: Settling, delivery: Extract<Delivery, { kind: 'conflict' }>): Promise<void> {
  const { till, network, command } = settling;
  const { code, evidence } = delivery;
  till.store.commit([
    outcomeOf(settling, 'unknown', { code, arrived: 'yes', retryAfterMs: CONFLICT_RETRY_MS, evidence }),
  ]);
  const cashOut = till.store.cashOut(command.cashOutId);
  if (cashOut && 'order' in cashOut) await readOrder(till, network, cashOut);
}

function settleKeyConflict(settling: Settling, delivery: Extract<Delivery, { kind: 'key-conflict' }>): void {
  const { till, command, cashOut } = settling;
  const { code, evidence } = delivery;
  const stuck = {
    type: 'outcome',
    state: 'unknown',
    outcome: code,
    arrived: 'yes',
    nextAttemptAtMs: NEVER_AGAIN_MS,
    evidence,
  } as const;
  const detail = `${command.kind}: the network says the key belongs to another request (${code})`;
  till.store.commit([
    commandStep(command, stuck),
    ...openCase(answerContext(till, cashOut), 'command-conflict', detail),
  ]);
}

type Unsettled = Readonly<{
  code: string;
  arrived: 'no' | 'maybe' | 'yes';
  retryAfterMs: number | undefined;
  evidence?: Evidence;
}>;

/** Notes are out, and the network may give the money back: the amount is at risk until the network shows otherwise. */
function missed({ till, cashOut }: Settling, why: string): readonly JournalEvent[] {
  return openCase(answerContext(till, cashOut), 'confirmation-missed', `notes given, confirmation ${why}`);
}

function confirmByMs(cashOut: CashOut): number | undefined {
  return 'payment' in cashOut ? cashOut.payment.confirmByMs : undefined;
}

/** Past its time a confirmation is still tried: it may be taken, and a repeat tells what became of an earlier one. */
function overdueConfirmation(settling: Settling): readonly JournalEvent[] {
  const { command, cashOut, till } = settling;
  const byMs = confirmByMs(cashOut);
  const isOverdue = command.kind === 'confirm' && byMs !== undefined && till.clock.nowMs() >= byMs;
  return isOverdue ? missed(settling, 'not taken in time') : [];
}

function retry(settling: Settling, unsettled: Unsettled, more: readonly JournalEvent[] = []): void {
  const { command, till } = settling;
  const mayHaveArrived = command.mayHaveArrived || unsettled.arrived !== 'no';
  const events = [
    outcomeOf(settling, mayHaveArrived ? 'unknown' : 'waiting', unsettled),
    ...overdueConfirmation(settling),
    ...more,
  ];
  till.store.commit(events);
  noticeSilence(till, command.cashOutId);
}

function outcomeOf(settling: Settling, state: 'waiting' | 'unknown', unsettled: Unsettled): JournalEvent {
  const { till, command } = settling;
  const { code, arrived, retryAfterMs, evidence } = unsettled;
  const { attempts } = command;
  const [nowMs, chance] = [till.clock.nowMs(), till.random.next()];
  const delayMs =
    command.kind === 'confirm'
      ? confirmRetryDelayMs(attempts, chance, nowMs - (confirmByMs(settling.cashOut) ?? nowMs), retryAfterMs)
      : commandRetryDelayMs(attempts, chance, retryAfterMs);
  const nextAttemptAtMs = nowMs + delayMs;
  return commandStep(command, {
    type: 'outcome',
    state,
    outcome: code,
    arrived,
    nextAttemptAtMs,
    ...(evidence && { evidence }),
  });
}

export function commandStep(command: Pick<Command, 'id'>, event: CommandEvent): JournalEvent {
  return { type: 'command.step', v: 1, commandId: command.id, step: event };
}
