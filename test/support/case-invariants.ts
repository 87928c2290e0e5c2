/** What an auditor asks of decisions: a person, a reason, an allowed one, once; and no step by a person without its case. */
import { CASE_RULES } from '../../src-main/core/domain/case-rules.ts';
import type { JournalEntry, JournalEvent } from '../../src-main/core/domain/journal-event.ts';

type Closed = Extract<JournalEvent, { type: 'case.closed' }>;

/** What the use cases of cash-outs and payouts write when their own step decides a case. */
const BY_THE_WAY = ['hand-over', 'return', 'reissued', 'notes-instead', 'reviewed', 'network-explained'];

export function decisionBreaches(entries: readonly JournalEntry[]): readonly string[] {
  const closings = entries.flatMap(({ event, seq }) => (event.type === 'case.closed' ? [{ event, seq }] : []));
  const seen = new Set<string>();
  const problems = closings.flatMap(({ event }) => {
    const again = seen.has(event.caseId) ? [`I2: case ${event.caseId} was decided twice`] : [];
    seen.add(event.caseId);
    return [...again, ...closingBreaches(event)];
  });
  return [...problems, ...entries.flatMap((entry) => stepBreaches(entry, closings))];
}

function closingBreaches({ caseId, kind, decision, reason, by }: Closed): readonly string[] {
  const isKnown =
    BY_THE_WAY.includes(decision) || CASE_RULES[kind].decisions.some((rule) => rule.decision === decision);
  return [
    ...(isKnown ? [] : [`I2: case ${caseId} of ${kind} was decided as ${decision}`]),
    ...(reason.trim() === '' || by.trim() === '' ? [`I2: case ${caseId} was decided without a reason or a name`] : []),
  ];
}

/** A step that only a person takes closes a case of theirs right after it. */
function stepBreaches(
  { event, seq }: JournalEntry,
  closings: readonly Readonly<{ event: Closed; seq: number }>[],
): readonly string[] {
  const by = personIn(event);
  if (by === undefined) return [];
  const isDecided = closings.some(
    (closing) => closing.seq > seq && closing.seq <= seq + 6 && closing.event.byCode === by,
  );
  return isDecided ? [] : [`I6: entry ${seq} moves something by ${by}, and no case was decided with it`];
}

function personIn(event: JournalEvent): number | undefined {
  if (event.type === 'command.step') return event.step.type === 'again' ? event.step.by : undefined;
  if (event.type === 'payout.step') return event.step.type === 'repaid-outside' ? event.step.by : undefined;
  if (event.type !== 'cash-out.step') return undefined;
  return event.step.type === 'given-up' || event.step.type === 'repaid' ? event.step.by : undefined;
}
