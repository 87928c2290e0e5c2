/**
 * What a network's answer means for a cash-out: the only place where the word of a network moves money states.
 * Pure: cash-out and answer in, journal events out. Nothing here trusts a clock of ours, and nothing older undoes anything newer (I6).
 */
import type { CaseFile, CaseKind } from '../../domain/case-file.ts';
import { NETWORK_EXPLAINED } from '../../domain/case-file.ts';
import { silences } from '../../domain/case-rules.ts';
import type { CashOut, CashOutEvent, Order } from '../../domain/cash-out.ts';
import { isEnded, isPayable } from '../../domain/cash-out.ts';
import type { Command, CommandKind } from '../../domain/command.ts';
import { isOpen } from '../../domain/command.ts';
import type { JournalEvent, SetAsideReason } from '../../domain/journal-event.ts';
import type { Evidence, OrderFact, OrderStatus } from '../../domain/network.ts';
import { chargeMinorOf } from '../../domain/purchase.ts';
import { unreachable } from '../../domain/result.ts';
import type { QrVerdict } from '../ports/payment-network.ts';

export type Answer = Readonly<{
  operation: 'read' | CommandKind;
  fact: OrderFact;
  evidence: Evidence;
  /** Verdict on `fact.qrData`; undefined when the answer has none. */
  qr?: QrVerdict;
}>;

export type AnswerContext = Readonly<{
  cashOut: CashOut;
  newestAnswerMs: number | undefined;
  commands: readonly Command[];
  openCases: readonly CaseFile[];
  /** Cases about it that a person has decided. */
  decidedCases?: readonly Decided[];
  nowMs: number;
  nextId: () => string;
}>;

type Decided = Extract<CaseFile, { state: 'closed' }>;

/** The events that follow from the answer; empty when it says what is known already. */
export function recordAnswer(context: AnswerContext, answer: Answer): readonly JournalEvent[] {
  const { fact } = answer;
  if (!isOurs(context.cashOut, fact))
    return setAside(context, answer, 'mismatch', `answer is about another order: ${about(fact)}`);
  return [...meaning(context, answer), ...closeCases(context, ['network-silent'], fact.statusText)];
}

function meaning(context: AnswerContext, answer: Answer): readonly JournalEvent[] {
  const { cashOut, newestAnswerMs } = context;
  const { fact, evidence } = answer;
  if (fact.problems.length > 0 || isAnotherAmount(cashOut, fact)) return mismatch(context, answer);
  if (evidence.orderUpdatedAtMs !== undefined && evidence.orderUpdatedAtMs < (newestAnswerMs ?? 0)) {
    return setAside(context, answer, 'stale', `older than the answer already recorded: ${fact.statusText}`);
  }
  if (fact.status === 'unclear') return unclear(context, answer);
  const events = clearAnswer(context, answer, fact.status);
  // A failed refund explains nothing: it is a reason for a case itself.
  if (fact.status === 'return-failed') return events;
  return [...events, ...closeCases(context, ['unknown-answer', 'answer-mismatch', 'order-lost'], fact.statusText)];
}

function unclear(context: AnswerContext, answer: Answer): readonly JournalEvent[] {
  const { statusText } = answer.fact;
  return [
    ...setAside(context, answer, 'unknown-status', `the till does not know the status ${statusText}`),
    ...openCase(context, 'unknown-answer', `status ${statusText}`),
    ...withdrawUnseen(context, answer, 'unknown-answer'),
  ];
}

/** The network has the order, but nobody shall pay it: its id is kept, so that it can be followed and cancelled; its QR is not. */
function withdrawUnseen(context: AnswerContext, answer: Answer, reason: string): readonly JournalEvent[] {
  if (context.cashOut.state !== 'requested') return [];
  return [...offerSilently(context, answer), step(context.cashOut, { type: 'cancel-asked', reason })];
}

/** I1: an answer that says paid must name the amount; others may leave it out. */
function isAnotherAmount(cashOut: CashOut, { status, amountMinor }: OrderFact): boolean {
  return amountMinor === undefined ? status === 'paid' : amountMinor !== chargeMinorOf(cashOut);
}

/** Another order id than the one we hold, or, before we hold one, another reference than the one we sent. */
function isOurs(cashOut: CashOut, fact: OrderFact): boolean {
  if ('order' in cashOut) return cashOut.order.networkOrderId === fact.networkOrderId;
  return fact.externalReference === cashOut.externalReference;
}

function clearAnswer(
  context: AnswerContext,
  answer: Answer,
  status: Exclude<OrderStatus, 'unclear'>,
): readonly JournalEvent[] {
  switch (status) {
    case 'awaiting':
      return awaiting(context, answer);
    case 'paid':
      return paid(context, answer);
    case 'cancelled':
    case 'expired':
    case 'failed':
      return over(context, answer, status);
    case 'returning':
    case 'returned':
      return returned(context, answer, status);
    case 'return-failed':
      return returnFailed(context, answer);
    default:
      return unreachable(status);
  }
}

function awaiting(context: AnswerContext, answer: Answer): readonly JournalEvent[] {
  const { cashOut } = context;
  if (cashOut.state === 'requested') return offer(context, answer);
  return isPayable(cashOut) ? [] : setAside(context, answer, 'backwards', `says awaiting, but it is ${cashOut.state}`);
}

/** The network has the order. The QR goes with it only if it may be shown (I7); else the order is cancelled at once and a case says why. */
function offer(context: AnswerContext, answer: Answer): readonly JournalEvent[] {
  const { cashOut } = context;
  const { fact, qr } = answer;
  const needsQr = cashOut.mode !== 'static';
  // Hybrid without a code is still on the sticker; a dynamic order without one cannot be paid by anybody.
  const isMissing = cashOut.mode === 'dynamic' && fact.qrData === undefined;
  const isBlocked = qr?.verdict === 'block';
  const order = orderOf(context, fact, needsQr && !isBlocked ? fact.qrData : undefined);
  const offered = step(cashOut, { type: 'offered', order, evidence: answer.evidence });
  if (isMissing || isBlocked) {
    const detail = isBlocked ? qr.detail : 'the network sent no QR for this order';
    return [
      offered,
      ...openCase(context, 'qr-refused', detail),
      step(cashOut, { type: 'cancel-asked', reason: 'qr-refused' }),
    ];
  }
  const warned = qr?.verdict === 'warn' ? openCase(context, 'qr-refused', qr.detail) : [];
  const isTooLate = context.nowMs > cashOut.requestedAtMs + cashOut.lifetimeMs;
  const mustCancel = isTooLate || (cashOut.state === 'requested' && cashOut.cancelAsked);
  const reason = isTooLate ? 'answered-too-late' : 'asked-before-it-was-made';
  return [offered, ...warned, ...(mustCancel ? [step(cashOut, { type: 'cancel-asked', reason })] : [])];
}

function orderOf(context: AnswerContext, fact: OrderFact, qrData: string | undefined): Order {
  const { nowMs, cashOut } = context;
  const order = { networkOrderId: fact.networkOrderId, offeredAtMs: nowMs, expiresAtMs: nowMs + cashOut.lifetimeMs };
  return qrData === undefined ? order : { ...order, qrData };
}

function paid(context: AnswerContext, answer: Answer): readonly JournalEvent[] {
  const { cashOut } = context;
  switch (cashOut.state) {
    case 'requested':
      return [
        ...offerSilently(context, answer),
        payment(context, answer),
        ...(cashOut.cancelAsked ? openCase(context, 'late-payment', 'paid although it was to be cancelled') : []),
      ];
    case 'awaiting_payment':
      return [payment(context, answer)];
    case 'returning':
      return overdueReturn(context, answer, STILL_PAID_PATIENCE_MS);
    case 'cancelling':
    case 'cancelled':
    case 'expired':
      return [
        payment(context, answer),
        ...overtake(context, 'cancel', 'paid-first'),
        ...openCase(context, 'late-payment', `paid although it was ${cashOut.state}`),
      ];
    case 'returned':
      if (cashOut.repaidBy !== undefined) return []; // Paid back by other means: over there it stays paid.
      return setAside(context, answer, 'backwards', `says paid, but it is ${cashOut.state}`);
    case 'refused':
      return setAside(context, answer, 'backwards', `says paid, but it is ${cashOut.state}`);
    default:
      return [];
  }
}

/** How long the network may go on saying paid after a return was asked, and how long a refund may be under way, before a person looks. */
export const STILL_PAID_PATIENCE_MS = 15 * 60_000;
export const REFUND_PATIENCE_MS = 24 * 3_600_000;

/** I2: a return that does not come about is a case. The clock opens the case and moves nothing. */
function overdueReturn(context: AnswerContext, answer: Answer, patienceMs: number): readonly JournalEvent[] {
  const { cashOut, nowMs } = context;
  if (cashOut.state !== 'returning') return [];
  const decidedAtMs = (context.decidedCases ?? [])
    .filter(({ kind }) => kind === 'return-failed')
    .map(({ closedAtMs }) => closedAtMs);
  if (nowMs - Math.max(cashOut.askedAtMs, ...decidedAtMs) < patienceMs) return [];
  const minutes = Math.floor(patienceMs / 60_000);
  return openCase(
    context,
    'return-failed',
    `not back after ${minutes} min: the network says ${answer.fact.statusText}`,
  );
}

function payment(context: AnswerContext, answer: Answer): JournalEvent {
  const { fact, evidence } = answer;
  const amountMinor = chargeMinorOf(context.cashOut);
  const { paymentReference, confirmationId, confirmByMs } = fact;
  const told = {
    ...(paymentReference !== undefined && { reference: paymentReference }),
    ...(confirmationId !== undefined && { confirmationId }),
    ...(confirmByMs !== undefined && { confirmByMs }),
  };
  return step(context.cashOut, {
    type: 'paid',
    payment: { paidAtMs: evidence.answeredAtMs, amountMinor, ...told },
    evidence,
  });
}

/** The order turned out to exist and to have moved on already: its QR is of no more use. */
function offerSilently(context: AnswerContext, answer: Answer): readonly JournalEvent[] {
  return [
    step(context.cashOut, {
      type: 'offered',
      order: orderOf(context, answer.fact, undefined),
      evidence: answer.evidence,
    }),
  ];
}

function over(
  context: AnswerContext,
  answer: Answer,
  status: 'cancelled' | 'expired' | 'failed',
): readonly JournalEvent[] {
  const { cashOut } = context;
  const { evidence } = answer;
  // A failed order can no more be paid than a cancelled one; its evidence keeps the network's word.
  const ended = step(cashOut, status === 'expired' ? { type: 'expired', evidence } : { type: 'cancelled', evidence });
  switch (cashOut.state) {
    case 'requested':
      return [...offerSilently(context, answer), ended];
    case 'awaiting_payment':
    case 'cancelling':
      return [ended, ...overtake(context, 'cancel', `order-is-${status}`)];
    case 'cancelled':
    case 'expired':
    case 'refused':
      return [];
    default:
      return setAside(context, answer, 'backwards', `says ${status}, but it is ${cashOut.state}`);
  }
}

function returned(context: AnswerContext, answer: Answer, status: 'returning' | 'returned'): readonly JournalEvent[] {
  const { cashOut } = context;
  const { evidence } = answer;
  const isBack = status === 'returned';
  const asked = step(cashOut, { type: 'return-asked', reason: 'by-the-network' });
  const done = (reason: string): JournalEvent => step(cashOut, { type: 'returned', reason, evidence });
  const ending = isBack ? done('by-the-network') : asked;
  switch (cashOut.state) {
    case 'requested':
      return [...offerSilently(context, answer), payment(context, answer), ending];
    case 'awaiting_payment':
    case 'cancelling':
    case 'cancelled':
    case 'expired':
      return [payment(context, answer), ending, ...overtake(context, 'cancel', `order-is-${status}`)];
    case 'paid':
      return [ending, ...closeCases(context, ['late-payment'], `the network has it as ${status}`)];
    case 'returning':
      return isBack
        ? [
            done(cashOut.reason),
            ...overtake(context, 'refund', 'order-is-returned'),
            ...closeCases(context, ['return-failed'], 'returned'),
          ]
        : overdueReturn(context, answer, REFUND_PATIENCE_MS);
    case 'handing_over':
    case 'dispensed':
    case 'settled':
      return [
        ...setAside(context, answer, 'backwards', `says ${status}, but it is ${cashOut.state}`),
        ...openCase(
          context,
          'returned-and-given',
          `the network says ${answer.fact.statusText} while it is ${cashOut.state}`,
        ),
      ];
    case 'returned':
      return cashOut.repaidBy === undefined ? [] : openCase(context, 'returned-and-given', TWICE_BACK);
    case 'refused':
      return setAside(context, answer, 'backwards', `says ${status}, but it is refused`);
    default:
      return unreachable(cashOut);
  }
}

const TWICE_BACK = 'paid back outside of the till, and the network gives the money back too';

/** A failed refund leaves the money where it was. One that nobody here asked for says that somebody else acts on the account: a person looks. */
function returnFailed(context: AnswerContext, answer: Answer): readonly JournalEvent[] {
  const { cashOut } = context;
  const { statusText } = answer.fact;
  // A refund that is on its way once more has not failed yet.
  const isAskedAgain = context.commands.some((command) => command.kind === 'refund' && isOpen(command));
  if (cashOut.state === 'returning')
    return isAskedAgain ? [] : openCase(context, 'return-failed', `the refund failed: ${statusText}`);
  if (cashOut.state === 'returned') return [];
  const failed = openCase(context, 'unknown-answer', `a refund failed that this till did not ask for: ${statusText}`);
  switch (cashOut.state) {
    case 'requested':
      return [...offerSilently(context, answer), payment(context, answer), ...failed];
    case 'awaiting_payment':
    case 'cancelling':
    case 'cancelled':
    case 'expired':
      return [payment(context, answer), ...overtake(context, 'cancel', 'paid-first'), ...failed];
    default:
      return failed;
  }
}

/** The order is ours but is not what was asked: nothing is paid on it. One that still waits for payment is withdrawn. */
function mismatch(context: AnswerContext, answer: Answer): readonly JournalEvent[] {
  const { cashOut } = context;
  const { fact } = answer;
  const detail = [
    ...fact.problems,
    ...(fact.amountMinor === chargeMinorOf(cashOut) ? [] : [`amount ${fact.amountMinor ?? 'absent'}`]),
  ].join('; ');
  const aside = setAside(context, answer, 'mismatch', detail);
  if (isOver(cashOut, fact.status)) return aside;
  const recorded = [...aside, ...openCase(context, 'answer-mismatch', detail)];
  if (cashOut.state === 'requested') return [...recorded, ...withdrawUnseen(context, answer, 'answer-mismatch')];
  const mayWithdraw = cashOut.state === 'awaiting_payment' && fact.status === 'awaiting';
  return mayWithdraw ? [...recorded, step(cashOut, { type: 'cancel-asked', reason: 'answer-mismatch' })] : recorded;
}

/** No money is at stake any more: what differs is more likely our settings, changed since, than the order. */
function isOver({ state }: CashOut, status: OrderStatus): boolean {
  if (state === 'cancelled' || state === 'expired')
    return status === 'cancelled' || status === 'expired' || status === 'failed';
  return state === 'dispensed' || isEnded(state);
}

export function setAside(
  context: AnswerContext,
  answer: Answer,
  reason: SetAsideReason,
  detail: string,
): readonly JournalEvent[] {
  const { operation, evidence } = answer;
  return [{ type: 'answer.set-aside', v: 1, cashOutId: context.cashOut.id, operation, reason, detail, evidence }];
}

/** One open case of a kind per cash-out is enough, and a person is not asked the same twice. At risk is all that the customer paid, a purchase included. */
export function openCase(context: AnswerContext, kind: CaseKind, detail: string): readonly JournalEvent[] {
  if (context.openCases.some((open) => open.kind === kind)) return [];
  const isDecided = (context.decidedCases ?? []).some(
    (file) => file.kind === kind && file.detail === detail && silences(kind, file.decision),
  );
  if (isDecided) return [];
  const { id, currency } = context.cashOut;
  const amountMinor = chargeMinorOf(context.cashOut);
  return [
    { type: 'case.opened', v: 1, case: { id: context.nextId(), kind, cashOutId: id, amountMinor, currency, detail } },
  ];
}

/** The network itself has explained what a person was asked to look at. */
export function closeCases(
  context: AnswerContext,
  kinds: readonly CaseKind[],
  reason: string,
): readonly JournalEvent[] {
  return context.openCases
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ id, kind }) => ({
      type: 'case.closed',
      v: 1,
      caseId: id,
      kind,
      decision: NETWORK_EXPLAINED,
      reason,
      by: 'till',
    }));
}

function overtake(context: AnswerContext, kind: CommandKind, reason: string): readonly JournalEvent[] {
  return context.commands
    .filter((command) => command.kind === kind && isOpen(command))
    .map(({ id }) => ({ type: 'command.step', v: 1, commandId: id, step: { type: 'overtaken', reason } }));
}

export function step(cashOut: CashOut, event: CashOutEvent): JournalEvent {
  return { type: 'cash-out.step', v: 1, cashOutId: cashOut.id, step: event };
}

function about(fact: OrderFact): string {
  return `${fact.networkOrderId} ${fact.externalReference ?? 'without reference'}`;
}
