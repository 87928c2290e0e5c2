/** Saves what a network's answer means, together with the commands that it calls for, in one commit. */
import { isDecided } from '../../domain/case-file.ts';
import type { CashOut } from '../../domain/cash-out.ts';
import { termsOf } from '../../domain/cash-out.ts';
import type { NewCommand } from '../../domain/command.ts';
import type { JournalEvent } from '../../domain/journal-event.ts';
import type { OrderFact } from '../../domain/network.ts';
import { invariant } from '../../domain/result.ts';
import type { PaymentNetwork, QrVerdict } from '../ports/payment-network.ts';
import type { TillContext } from '../till-parts.ts';
import { recordAnswer } from './record-answer.ts';
import type { Answer, AnswerContext } from './record-answer.ts';

/**
 * `before`: events of the same instant that come first (a command's outcome). `settledCommandId`: the command that they close,
 * which the answer can no longer overtake.
 */
export function applyAnswer(
  till: TillContext,
  network: PaymentNetwork,
  cashOut: CashOut,
  answer: Omit<Answer, 'qr'>,
  before: readonly JournalEvent[] = [],
  settledCommandId?: string,
): void {
  const qr = verdictOn(network, cashOut, answer.fact);
  const context = answerContext(till, cashOut, settledCommandId);
  const recorded = recordAnswer(context, qr ? { ...answer, qr } : answer);
  const fresh = recorded.filter((event) => isNews(till, event));
  const events = [...before, ...fresh, ...cancelCommands(till, network, cashOut, fresh)];
  if (events.length > 0) till.store.commit(events);
}

export function answerContext(till: TillContext, cashOut: CashOut, settledCommandId?: string): AnswerContext {
  const { store, clock, ids } = till;
  return {
    cashOut,
    newestAnswerMs: store.newestAnswerMs(cashOut.id),
    commands: store.commandsOf(cashOut.id).filter(({ id }) => id !== settledCommandId),
    openCases: store.casesOf(cashOut.id).filter(({ state }) => state === 'open'),
    decidedCases: store.casesOf(cashOut.id).filter(isDecided),
    nowMs: clock.nowMs(),
    nextId: () => ids.next(),
  };
}

function verdictOn(network: PaymentNetwork, cashOut: CashOut, fact: OrderFact): QrVerdict | undefined {
  const isNeeded = cashOut.state === 'requested' && cashOut.mode !== 'static' && fact.qrData !== undefined;
  return isNeeded && fact.qrData !== undefined ? network.checkQr(termsOf(cashOut), fact.qrData) : undefined;
}

/** The same unusable answer at every poll is journaled once. */
function isNews(till: TillContext, event: JournalEvent): boolean {
  if (event.type !== 'answer.set-aside' || event.cashOutId === undefined) return true;
  const key = `${event.reason} ${event.evidence?.bodySha256 ?? ''}`;
  if (till.setAside.get(event.cashOutId) === key) return false;
  till.setAside.set(event.cashOutId, key);
  return true;
}

/** Wherever the network has the order, asking to cancel means a command in the outbox, in the same commit. */
function cancelCommands(
  till: TillContext,
  network: PaymentNetwork,
  cashOut: CashOut,
  events: readonly JournalEvent[],
): readonly JournalEvent[] {
  const steps = events.flatMap((event) => (event.type === 'cash-out.step' ? [event.step] : []));
  if (!steps.some(({ type }) => type === 'cancel-asked')) return [];
  const offered = steps.find((candidate) => candidate.type === 'offered');
  const order = offered?.order ?? ('order' in cashOut ? cashOut.order : undefined);
  invariant(order !== undefined, 'a cancel is asked of an order that the network has');
  if (!network.traits.cancel) return [];
  const command = commandFor(till, cashOut, 'cancel', network.prepareCancel(termsOf(cashOut), order));
  return [{ type: 'command.enqueued', v: 1, command }];
}

/** A command with its one key, made here and saved before anything leaves (I3). */
export function commandFor(
  till: TillContext,
  cashOut: Pick<CashOut, 'id' | 'network'>,
  kind: NewCommand['kind'],
  request: NewCommand['request'],
): NewCommand {
  const { ids } = till;
  return { id: ids.next(), cashOutId: cashOut.id, network: cashOut.network, kind, idempotencyKey: ids.key(), request };
}
