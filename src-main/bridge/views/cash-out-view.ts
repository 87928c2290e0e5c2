/** A cash-out as people see it, with exactly what may be done next. */
import type { CashOutAction, CashOutView, DoubtView } from '../../core/contract/views.ts';
import type { CashOut, Notes } from '../../core/domain/cash-out.ts';
import { isInDoubt } from '../../core/domain/command.ts';
import type { JournalEvent } from '../../core/domain/journal-event.ts';
import { coinsOf, notesOf } from '../../core/domain/money.ts';
import { suggestNotes, suggestNotesAndCoins } from '../../core/domain/note-suggestion.ts';
import { unreachable } from '../../core/domain/result.ts';
import type { TillContext } from '../../core/application/till-parts.ts';
import { caseView, slipView } from './small-views.ts';

export function cashOutView(till: TillContext, cashOut: CashOut): CashOutView {
  const { store } = till;
  const doubt = doubtOf(store, cashOut);
  const check = till.checks.get(cashOut.id);
  const suggestion = suggestionFor(cashOut);
  const { id, state, network, mode, currency, amountMinor, externalReference, cashierName, shiftId, requestedAtMs } =
    cashOut;
  return {
    id,
    state,
    network,
    mode,
    currency,
    amountMinor,
    ...(cashOut.purchase && { purchase: cashOut.purchase }),
    externalReference,
    cashierName,
    shiftId,
    requestedAtMs,
    cancelAsked: state === 'cancelling' || (state === 'requested' && cashOut.cancelAsked),
    ...momentsOf(cashOut),
    ...(doubt && { doubt }),
    ...(check?.checkedAtMs !== undefined && { checkedAtMs: check.checkedAtMs }),
    checkFailing: check?.failing ?? false,
    cases: store
      .casesOf(id)
      .filter((file) => file.state === 'open')
      .map(caseView),
    slips: store.slipJobsOf(id).map((job) => slipView(till, job)),
    actions: actionsOf(cashOut, doubt !== undefined),
    ...(suggestion && { noteSuggestion: suggestion }),
  };
}

/** Notes alone where they make the amount, else notes and coins. */
function suggestionFor({ amountMinor, currency }: CashOut): Notes | undefined {
  const notes = notesOf(currency);
  return suggestNotes(amountMinor, notes) ?? suggestNotesAndCoins(amountMinor, notes, coinsOf(currency));
}

/** A create or refund without an answer; a cancel without an answer is what `cancelling` says already, so it counts after a failure only. */
function doubtOf(store: TillContext['store'], cashOut: CashOut): DoubtView | undefined {
  const doubtful = store
    .commandsOf(cashOut.id)
    .find((command) => isInDoubt(command) && (command.state === 'unknown' || command.attempts > 1));
  if (!doubtful || cashOut.state === 'refused') return undefined;
  const { kind: command, attempts, lastOutcome, nextAttemptAtMs } = doubtful;
  const first = store
    .entriesAbout(cashOut.id)
    .find(({ event }) => event.type === 'command.step' && event.commandId === doubtful.id && isSending(event));
  return { command, attempts, lastOutcome, nextAttemptAtMs, ...(first && { sinceMs: first.atMs }) };
}

function isSending({ step }: Extract<JournalEvent, { type: 'command.step' }>): boolean {
  return step.type === 'sending';
}

type Moments = Pick<
  CashOutView,
  | 'networkOrderId'
  | 'confirmByMs'
  | 'qrData'
  | 'expiresAtMs'
  | 'paidAtMs'
  | 'paymentReference'
  | 'late'
  | 'handingOverSinceMs'
  | 'endedAtMs'
  | 'reason'
>;

function momentsOf(cashOut: CashOut): Moments {
  const order =
    'order' in cashOut ? { networkOrderId: cashOut.order.networkOrderId, expiresAtMs: cashOut.order.expiresAtMs } : {};
  const payment =
    'payment' in cashOut
      ? {
          paidAtMs: cashOut.payment.paidAtMs,
          ...(cashOut.payment.reference !== undefined && { paymentReference: cashOut.payment.reference }),
          ...(cashOut.payment.confirmByMs !== undefined && { confirmByMs: cashOut.payment.confirmByMs }),
          ...(cashOut.late && { late: cashOut.late }),
        }
      : {};
  return { ...order, ...payment, ...ownMoments(cashOut) };
}

function ownMoments(cashOut: CashOut): Moments {
  switch (cashOut.state) {
    case 'requested':
    case 'cancelling':
    case 'paid':
      return {};
    case 'awaiting_payment':
      return cashOut.order.qrData === undefined ? {} : { qrData: cashOut.order.qrData };
    case 'refused':
      return { reason: cashOut.code, endedAtMs: cashOut.refusedAtMs };
    case 'cancelled':
      return { endedAtMs: cashOut.cancelledAtMs };
    case 'expired':
      return { endedAtMs: cashOut.expiredAtMs };
    case 'handing_over':
      return { handingOverSinceMs: cashOut.startedAtMs };
    case 'dispensed':
      return { endedAtMs: cashOut.dispensedAtMs };
    case 'settled':
      return { endedAtMs: cashOut.settledAtMs };
    case 'returning':
      return { reason: cashOut.reason };
    case 'returned':
      return { reason: cashOut.reason, endedAtMs: cashOut.returnedAtMs };
    default:
      return unreachable(cashOut);
  }
}

function actionsOf(cashOut: CashOut, hasDoubt: boolean): readonly CashOutAction[] {
  switch (cashOut.state) {
    case 'requested':
      return cashOut.cancelAsked ? [] : ['cancel'];
    case 'awaiting_payment':
      return cashOut.order.qrData === undefined ? ['cancel'] : ['cancel', 'print-qr'];
    case 'paid':
      return hasDoubt ? [] : ['hand-over', 'return'];
    case 'handing_over':
      return ['given', 'not-given'];
    case 'dispensed':
    case 'settled':
    case 'returned':
    case 'cancelled':
      return ['print-receipt'];
    case 'cancelling':
    case 'expired':
    case 'refused':
    case 'returning':
      return [];
    default:
      return unreachable(cashOut);
  }
}
