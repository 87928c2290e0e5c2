/** What follows from a decision, as events of the commit that closes the case. Deciding and committing are one synchronous act. */
import { subjectIdOf } from '../../domain/case-file.ts';
import type { CaseFile } from '../../domain/case-file.ts';
import { decisionsFor } from '../../domain/case-rules.ts';
import type { DecisionRule } from '../../domain/case-rules.ts';
import type { CashOut } from '../../domain/cash-out.ts';
import { isInDoubt, isOpen } from '../../domain/command.ts';
import type { Command } from '../../domain/command.ts';
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { JournalEvent } from '../../domain/journal-event.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok, unreachable } from '../../domain/result.ts';
import { isReturnWindowOver, RETURN_TOO_LATE, returnEvents } from '../cashing-out/cancel-cash-out.ts';
import { step } from '../cashing-out/record-answer.ts';
import { payoutStep } from '../paying-out/payout-context.ts';
import { commandStep } from '../syncing/deliver-command.ts';
import { requireCashOut, requireNetwork, wrongState } from '../till-parts.ts';
import type { TillContext } from '../till-parts.ts';
import { caseSubjectOf, isRefundToRepeat, isStuck } from './case-subject.ts';

export type Decider = Readonly<{ name: string; code: number; reason: string }>;

type Events = Result<readonly JournalEvent[], Fault>;

/** Without the closing of the case itself. */
export function consequencesOf(till: TillContext, file: CaseFile, rule: DecisionRule, decider: Decider): Events {
  if (rule.effect === 'close') return ok([]);
  if (file.payoutId !== undefined) return ofPayout(file.payoutId, rule, decider);
  if (file.foreign) return err(fault('case.decision-not-allowed', `${rule.decision} is not decided here`));
  const found = requireCashOut(till, file.cashOutId);
  if (!found.ok) return found;
  const cashOut = found.value;
  const commands = till.store.commandsOf(cashOut.id);
  const { code: by, reason } = decider;
  switch (rule.effect) {
    case 'end-unpaid':
      return ok([step(cashOut, { type: 'given-up', by, reason }), ...overtaken(commands.filter(isOpen), rule)]);
    case 'return':
      if (cashOut.state !== 'paid') return err(wrongState(cashOut, 'only one that is paid can be returned'));
      return returnEvents(till, cashOut, reason);
    case 'resend':
      return again(till, cashOut, commands, decider);
    case 'withdraw':
      return ok(overtaken(commands.filter(isStuck), rule));
    case 'mark-repaid':
      return repaid(cashOut, commands, rule, decider);
    case 'settle':
      if (cashOut.state !== 'dispensed') return ok([]);
      return ok([...overtaken(commands.filter(isOpen), rule), step(cashOut, { type: 'settled' })]);
    case 'elsewhere':
    case 'review-payout':
    case 'repay-payout':
      return err(fault('case.decision-not-allowed', `${rule.decision} is not decided here`));
    default:
      return unreachable(rule.effect);
  }
}

function ofPayout(payoutId: string, rule: DecisionRule, { code: by, reason }: Decider): Events {
  if (rule.effect === 'repay-payout') return ok([payoutStep({ id: payoutId }, { type: 'repaid-outside', by, reason })]);
  return err(fault('case.decision-not-allowed', `${rule.decision} is not decided here`));
}

/** Never while a refund may still go through: the customer would have the money twice. */
function repaid(cashOut: CashOut, commands: readonly Command[], rule: DecisionRule, decider: Decider): Events {
  const open = commands.filter(isOpen);
  if (open.some((command) => isInDoubt(command) && !isStuck(command))) {
    const detail = `a command for ${cashOut.id} is unanswered: the network may still give the money back`;
    return err(fault('cash-out.in-doubt', detail));
  }
  const { code: by, reason } = decider;
  return ok([step(cashOut, { type: 'repaid', by, reason }), ...overtaken(open, rule)]);
}

/** The same bytes and the same key (I3): a refund only while the network takes one. */
function again(till: TillContext, cashOut: CashOut, commands: readonly Command[], decider: Decider): Events {
  const { code: by, reason } = decider;
  const chosen = commands.filter((command) => isStuck(command) || isRefundToRepeat(command));
  if (cashOut.state === 'returning') {
    const network = requireNetwork(till, cashOut.network);
    if (!network.ok) return network;
    if (isReturnWindowOver(till, network.value, cashOut)) return err(RETURN_TOO_LATE);
  }
  return ok(chosen.map((command) => commandStep(command, { type: 'again', by, reason })));
}

function overtaken(commands: readonly Command[], { decision }: DecisionRule): readonly JournalEvent[] {
  return commands.map((command) => commandStep(command, { type: 'overtaken', reason: `decided: ${decision}` }));
}

/** The case, and any other open one about the same that the same decision answers: one loss is decided once. */
export function closing(
  till: TillContext,
  file: CaseFile,
  { decision, effect }: DecisionRule,
  { name: by, code: byCode, reason }: Decider,
): readonly JournalEvent[] {
  const { store } = till;
  const about = file.foreign
    ? [file]
    : file.payoutId === undefined
      ? store.casesOf(file.cashOutId)
      : store.casesOfPayout(file.payoutId);
  const isAnswered = (other: CaseFile): boolean => {
    if (other.id === file.id) return true;
    const subject = caseSubjectOf(till, other);
    const rules = subject ? decisionsFor(other.kind, subject) : [];
    return effect !== 'close' && rules.some((rule) => rule.decision === decision && rule.effect === effect);
  };
  return about
    .filter((other) => other.state === 'open' && subjectIdOf(other) === subjectIdOf(file) && isAnswered(other))
    .map(({ id, kind }) => ({ type: 'case.closed', v: 1, caseId: id, kind, decision, reason, by, byCode }));
}
