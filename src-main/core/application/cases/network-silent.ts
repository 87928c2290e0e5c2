/**
 * Longer than an order can live, and no usable word about it: what becomes of it is a person's to decide, and the shift can be closed
 * meanwhile. The clock opens the case and moves nothing (I6).
 */
import { isPayable, mustHaveEndedMs } from '../../domain/cash-out.ts';
import type { CashOut } from '../../domain/cash-out.ts';
import { isInDoubt } from '../../domain/command.ts';
import { answerContext } from '../cashing-out/apply-answer.ts';
import { openCase } from '../cashing-out/record-answer.ts';
import type { TillContext } from '../till-parts.ts';

/** Call it where the network was asked and gave no usable answer. */
export function noticeSilence(till: TillContext, cashOutId: string): void {
  const cashOut = till.store.cashOut(cashOutId);
  if (!cashOut || !isOverdue(till, cashOut)) return;
  // Another case already says why it stands still.
  if (till.store.casesOf(cashOutId).some(({ state }) => state === 'open')) return;
  const detail = `no answer about it since before its order must have ended (${cashOut.state})`;
  const events = openCase(answerContext(till, cashOut), 'network-silent', detail);
  if (events.length > 0) till.store.commit(events);
}

function isOverdue(till: TillContext, cashOut: CashOut): boolean {
  if (till.clock.nowMs() <= mustHaveEndedMs(cashOut)) return false;
  if (cashOut.state === 'requested') return till.store.commandsOf(cashOut.id).some(isInDoubt);
  return isPayable(cashOut);
}
