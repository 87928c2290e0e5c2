/**
 * A person's decision about a case. It is made once: the person, the case and what is allowed are looked at again after the network was
 * asked, and everything that follows is in the one commit that closes the case. Nothing of an approval outlives the call.
 */
import { subjectIdOf } from '../../domain/case-file.ts';
import type { CaseFile } from '../../domain/case-file.ts';
import { CASE_RULES, decisionsFor } from '../../domain/case-rules.ts';
import type { CaseDecision, DecisionRule } from '../../domain/case-rules.ts';
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import { requireSupervisor } from '../paying-out/payout-context.ts';
import { reviewPayout } from '../paying-out/steer-payout.ts';
import { requireOpenShift } from '../till-parts.ts';
import type { TillContext } from '../till-parts.ts';
import { caseSubjectOf } from './case-subject.ts';
import { closing, consequencesOf } from './consequences.ts';
import type { Decider } from './consequences.ts';
import { look } from './look.ts';

export type Resolution = Readonly<{
  caseId: string;
  decision: CaseDecision;
  reason: string;
  /** Of a supervisor in the settings; what a cashier may decide needs none. */
  supervisorCode?: number;
}>;

const REASON_LENGTH_MAX = 200;

/** The closed case. A fault changes nothing but what the network itself has said meanwhile. */
export async function resolveCase(till: TillContext, resolution: Resolution): Promise<Result<CaseFile, Fault>> {
  const found = requireCase(till, resolution.caseId);
  if (!found.ok) return found;
  return till.exclusively(subjectIdOf(found.value), () => resolve(till, resolution));
}

async function resolve(till: TillContext, resolution: Resolution): Promise<Result<CaseFile, Fault>> {
  const ready = readyToDecide(till, resolution);
  if (!ready.ok) return ready;
  const { rule } = ready.value;
  if (rule.effect === 'review-payout') return review(till, ready.value, resolution);
  if (rule.looks !== 'no') {
    const looked = await look(till, ready.value.file, rule.looks);
    if (!looked.ok) return looked;
  }
  // The network was asked in between: everything is checked again, and nothing can come between this and the commit.
  const still = readyToDecide(till, resolution);
  if (!still.ok) return still;
  const { file, decider } = still.value;
  const events = consequencesOf(till, file, still.value.rule, decider);
  if (!events.ok) return events;
  till.store.commit([...events.value, ...closing(till, file, still.value.rule, decider)]);
  return requireCase(till, file.id);
}

/** Asks the network about it now; the answer may explain the case. Silence is no fault: nothing was decided. */
export async function lookAgain(till: TillContext, caseId: string): Promise<Result<CaseFile, Fault>> {
  const found = requireCase(till, caseId);
  if (!found.ok || found.value.state === 'closed') return found;
  return till.exclusively(subjectIdOf(found.value), async () => {
    const looked = await look(till, found.value, 'tries');
    return looked.ok ? requireCase(till, caseId) : looked;
  });
}

export function requireCase(till: TillContext, id: string): Result<CaseFile, Fault> {
  const file = till.store.caseFile(id);
  return file ? ok(file) : err(fault('case.unknown', `no case has the id ${id}`));
}

type Ready = Readonly<{ file: CaseFile; rule: DecisionRule; decider: Decider }>;

function readyToDecide(till: TillContext, resolution: Resolution): Result<Ready, Fault> {
  const { caseId, decision } = resolution;
  const found = requireCase(till, caseId);
  if (!found.ok) return found;
  const file = found.value;
  if (file.state === 'closed') {
    const detail = `the case was closed: ${file.decision} by ${file.by} (${file.reason})`;
    return err(fault('case.closed', detail, { decision: file.decision, by: file.by }));
  }
  const reason = resolution.reason.trim();
  if (reason === '' || reason.length > REASON_LENGTH_MAX)
    return err(fault('request.invalid', `a reason has 1 to ${REASON_LENGTH_MAX} characters`));
  const subject = caseSubjectOf(till, file);
  const allowed = subject ? decisionsFor(file.kind, subject) : [];
  const rule = allowed.find((each) => each.decision === decision);
  if (!subject || !rule || rule.effect === 'elsewhere') return err(notAllowed(file, decision, subject?.state, allowed));
  const decider = deciderOf(till, rule, resolution.supervisorCode, reason);
  return decider.ok ? ok({ file, rule, decider: decider.value }) : decider;
}

function notAllowed(
  { kind }: CaseFile,
  decision: CaseDecision,
  state: string | undefined,
  allowed: readonly DecisionRule[],
): Fault {
  const isKnown = CASE_RULES[kind].decisions.some((rule) => rule.decision === decision);
  const instead = allowed.filter(({ effect }) => effect !== 'elsewhere').map((rule) => rule.decision);
  const why = isKnown ? `not while it is ${state ?? 'unknown'}` : `no decision about a case of ${kind}`;
  const detail = `${decision}: ${why}; allowed now: ${instead.join(', ') || 'none'}`;
  return fault('case.decision-not-allowed', detail, { decision, allowed: instead.join(', ') });
}

function deciderOf(
  till: TillContext,
  rule: DecisionRule,
  supervisorCode: number | undefined,
  reason: string,
): Result<Decider, Fault> {
  if (rule.by === 'supervisor' || supervisorCode !== undefined) {
    const supervisor = requireSupervisor(till, supervisorCode);
    if (!supervisor.ok) return supervisor;
    return ok({ name: supervisor.value.name, code: supervisor.value.code, reason });
  }
  const shift = requireOpenShift(till);
  return shift.ok ? ok({ name: shift.value.cashierName, code: shift.value.cashierCode, reason }) : shift;
}

/** The payout's own step, which closes the case in its commit. */
async function review(till: TillContext, ready: Ready, { caseId }: Resolution): Promise<Result<CaseFile, Fault>> {
  const { file, rule, decider } = ready;
  const { code: supervisorCode, reason } = decider;
  const reviewed = await reviewPayout(till, { id: subjectIdOf(file), supervisorCode, reason });
  if (!reviewed.ok) return reviewed;
  const after = till.store.caseFile(caseId);
  if (after?.state === 'open') till.store.commit(closing(till, file, rule, decider));
  return requireCase(till, caseId);
}
