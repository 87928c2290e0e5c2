/** Cancel and return: the two ways back. Both are intents until the network proves them done. */
import { termsOf } from '../../domain/cash-out.ts';
import type { CashOut, CashOutIn } from '../../domain/cash-out.ts';
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { JournalEvent } from '../../domain/journal-event.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { PaymentNetwork, ReturnCause } from '../ports/payment-network.ts';
import type { TillContext } from '../till-parts.ts';
import { requireCashOut, requireNetwork, wrongState } from '../till-parts.ts';
import { commandStep } from '../syncing/deliver-command.ts';
import { commandFor } from './apply-answer.ts';
import { isTooLateToConfirm } from './confirm-guard.ts';
import { step } from './record-answer.ts';

const CANCELLED_BEFORE = 'cancelled-before-it-left';

/** Asks to cancel. A request that provably never left is dropped at once; anything else waits for the network's word. */
export function cancelCashOut(till: TillContext, id: string): Result<CashOut, Fault> {
  const found = requireCashOut(till, id);
  if (!found.ok) return found;
  const cashOut = found.value;
  if (cashOut.state === 'cancelling' || cashOut.state === 'cancelled') return found;
  if (cashOut.state === 'refused' && cashOut.code === CANCELLED_BEFORE) return found;
  if (cashOut.state === 'requested') return cancelRequested(till, cashOut);
  if (cashOut.state !== 'awaiting_payment') return err(wrongState(cashOut, 'only an unpaid one can be cancelled'));
  const configured = requireNetwork(till, cashOut.network);
  if (!configured.ok) return configured;
  const network = configured.value;
  const events: JournalEvent[] = [step(cashOut, { type: 'cancel-asked', reason: 'by-the-cashier' })];
  if (network.traits.cancel) {
    const command = commandFor(till, cashOut, 'cancel', network.prepareCancel(termsOf(cashOut), cashOut.order));
    events.push({ type: 'command.enqueued', v: 1, command });
  }
  till.store.commit(events);
  return requireCashOut(till, id);
}

function cancelRequested(till: TillContext, cashOut: CashOut & { state: 'requested' }): Result<CashOut, Fault> {
  const create = till.store.commandsOf(cashOut.id).find(({ kind }) => kind === 'create');
  const neverLeft = create?.state === 'waiting' && !create.mayHaveArrived;
  if (create && neverLeft) {
    till.store.commit([
      commandStep(create, { type: 'dropped', reason: CANCELLED_BEFORE }),
      step(cashOut, { type: 'refused', code: CANCELLED_BEFORE }),
    ]);
  } else if (!cashOut.cancelAsked) {
    till.store.commit([step(cashOut, { type: 'cancel-asked', reason: 'by-the-cashier' })]);
  }
  return requireCashOut(till, cashOut.id);
}

/**
 * Asks the network to give the customer the money back. From here on no notes, ever: the refund is in the outbox in the same commit.
 * Refused when the network cannot refund (any more): then a person must settle it another way.
 */
export function returnCashOut(till: TillContext, id: string, reason: string): Result<CashOut, Fault> {
  const found = requireCashOut(till, id);
  if (!found.ok) return found;
  const cashOut = found.value;
  if (cashOut.state === 'returning' || cashOut.state === 'returned') return found;
  if (cashOut.state !== 'paid') return err(wrongState(cashOut, 'only one that is paid and not given can be returned'));
  const returned = returnEvents(till, cashOut, reason);
  if (!returned.ok) return returned;
  till.store.commit([...returned.value, ...decideLateCases(till, cashOut, 'return', reason)]);
  return requireCashOut(till, id);
}

/** What a return brings with it, for one commit; a fault where the network takes none (any more). */
export function returnEvents(
  till: TillContext,
  cashOut: CashOutIn<'paid'>,
  reason: string,
): Result<readonly JournalEvent[], Fault> {
  const configured = requireNetwork(till, cashOut.network);
  if (!configured.ok) return configured;
  const network = configured.value;
  if (!network.traits.refund) return err(fault('cash-out.return-impossible', `${cashOut.network} has no refund`));
  const asked = step(cashOut, { type: 'return-asked', reason });
  if (goesBackByItself(till, network, cashOut)) return ok([asked]);
  if (isReturnWindowOver(till, network, cashOut)) return err(RETURN_TOO_LATE);
  const request = network.prepareRefund(termsOf(cashOut), cashOut.order, cashOut.payment, causeOf(till, cashOut));
  return ok([asked, { type: 'command.enqueued', v: 1, command: commandFor(till, cashOut, 'refund', request) }]);
}

export const RETURN_TOO_LATE = fault(
  'cash-out.return-impossible',
  'the time in which the network takes refunds is over: settle it with a supervisor',
);

export function isReturnWindowOver(
  till: TillContext,
  network: PaymentNetwork,
  paid: CashOutIn<'paid' | 'returning'>,
): boolean {
  return till.clock.nowMs() - paid.payment.paidAtMs > network.traits.returnWindowMs;
}

/** The facts that this till holds, the weightiest first; without any, people asked for it. */
function causeOf(till: TillContext, cashOut: CashOutIn<'paid'>): ReturnCause {
  const opening = till.store
    .entriesAbout(cashOut.id)
    .flatMap(({ event }) => (event.type === 'drawer.opened' ? [event.outcome] : []))
    .at(-1);
  if (opening === 'failed') return 'drawer-failed';
  if (till.checks.get(cashOut.id)?.failing === true) return 'no-connection';
  if (cashOut.late !== undefined) return 'late-payment';
  return isTooLateToConfirm(till, cashOut) ? 'out-of-time' : 'asked';
}

/** A network with a third leg that has waited for it in vain returns the money unasked: it is watched, not commanded. */
function goesBackByItself(till: TillContext, network: PaymentNetwork, { payment }: CashOutIn<'paid'>): boolean {
  const { confirmByMs } = payment;
  return network.traits.confirmation && confirmByMs !== undefined && till.clock.nowMs() >= confirmByMs;
}

/** A late payment's case is decided by what the cashier does with the money; the journal keeps who and why. */
export function decideLateCases(
  till: TillContext,
  cashOut: CashOut,
  decision: string,
  reason: string,
): readonly JournalEvent[] {
  const by = till.store.openShift()?.cashierName ?? cashOut.cashierName;
  return till.store
    .casesOf(cashOut.id)
    .filter(({ state, kind }) => state === 'open' && kind === 'late-payment')
    .map(({ id, kind }) => ({ type: 'case.closed', v: 1, caseId: id, kind, decision, reason, by }));
}
