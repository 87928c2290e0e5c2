/** What a case is about, as the rules of its kind ask for it. */
import type { CaseFile } from '../../domain/case-file.ts';
import type { CaseSubject } from '../../domain/case-rules.ts';
import { mustHaveEndedMs } from '../../domain/cash-out.ts';
import { isOpen, NEVER_AGAIN_MS } from '../../domain/command.ts';
import type { Command, CommandProgress } from '../../domain/command.ts';
import type { TillContext } from '../till-parts.ts';

type Store = Pick<TillContext, 'store' | 'clock'>;

/** Undefined only for a case about something that is not in the store. */
export function caseSubjectOf({ store, clock }: Store, file: CaseFile): CaseSubject | undefined {
  if (file.payoutId !== undefined) {
    const payout = store.payout(file.payoutId);
    if (!payout) return undefined;
    const hasStuckCommand = store.payoutCommandsOf(payout.id).some(isStuck);
    return { state: payout.state, isOrderOver: false, hasStuckCommand, canRepeatRefund: false };
  }
  if (file.foreign) return { state: 'foreign', isOrderOver: false, hasStuckCommand: false, canRepeatRefund: false };
  const cashOut = store.cashOut(file.cashOutId);
  if (!cashOut) return undefined;
  const commands = store.commandsOf(cashOut.id);
  return {
    state: cashOut.state,
    isOrderOver: clock.nowMs() > mustHaveEndedMs(cashOut),
    hasStuckCommand: commands.some(isStuck),
    canRepeatRefund: commands.some(isRefundToRepeat),
  };
}

/** Open, and nothing sends it before a person has looked. */
export function isStuck(command: CommandProgress): boolean {
  return isOpen(command) && command.nextAttemptAtMs === NEVER_AGAIN_MS;
}

export function isRefundToRepeat(command: Command): boolean {
  return command.kind === 'refund' && (command.state === 'refused' || isStuck(command));
}
