/**
 * The journal about one cash-out or payout, told for people. Of evidence only what names an exchange is shown: status, time, request id and
 * the network's word for the state; a body never, for it may name a person.
 */
import type { CaseTimelineEntry } from '../../core/contract/case-views.ts';
import type { CaseFile } from '../../core/domain/case-file.ts';
import { CASE_RULES } from '../../core/domain/case-rules.ts';
import type { CaseEvidence } from '../../core/domain/case-rules.ts';
import type { CommandEvent, CommandKind } from '../../core/domain/command.ts';
import type { JournalEntry, JournalEvent } from '../../core/domain/journal-event.ts';
import type { Evidence } from '../../core/domain/network.ts';
import type { PayoutCommandKind } from '../../core/domain/payouts/payout-command.ts';

type Kinds = ReadonlyMap<string, CommandKind | PayoutCommandKind>;
type Told = Omit<CaseTimelineEntry, 'atMs'>;

/** A resend every few seconds for hours is one line at its beginning and one at its end. */
export function caseTimeline(entries: readonly JournalEntry[], file: CaseFile): readonly CaseTimelineEntry[] {
  const rule = CASE_RULES[file.kind].evidence;
  const kinds: Kinds = new Map(
    entries.flatMap(({ event }) =>
      event.type === 'command.enqueued' || event.type === 'payout-command.enqueued'
        ? [[event.command.id, event.command.kind] as const]
        : [],
    ),
  );
  const told = entries.flatMap(({ event, atMs }) => {
    const entry = tell(event, kinds, rule, file.id);
    return entry ? [{ atMs, ...entry }] : [];
  });
  return told.filter((entry, index) => !isRepeat(told[index - 1], entry, told[index + 1]));
}

function isRepeat(before: Told | undefined, entry: Told, after: Told | undefined): boolean {
  const same = (other: Told | undefined): boolean => other?.what === entry.what && other.words === entry.words;
  return same(before) && same(after);
}

function tell(event: JournalEvent, kinds: Kinds, rule: CaseEvidence, caseId: string): Told | undefined {
  switch (event.type) {
    case 'cash-out.requested':
    case 'payout.requested':
      return { what: 'step.requested', isEvidence: false };
    case 'cash-out.step':
    case 'payout.step': {
      const { step } = event;
      const isEvidence = rule.steps.includes(step.type);
      const words = 'reason' in step ? step.reason : 'code' in step ? step.code : undefined;
      return { what: `step.${step.type}`, ...worded(words), ...shown(evidenceIn(step)), isEvidence };
    }
    case 'command.step':
    case 'payout-command.step':
      return tellCommand(kinds.get(event.commandId), event.step, rule);
    case 'answer.set-aside': {
      const { reason, detail, evidence } = event;
      const isEvidence = rule.setAside.includes(reason);
      return { what: `set-aside.${reason}`, words: detail, ...shown(evidence), isEvidence };
    }
    case 'case.opened':
      return { what: 'case.opened', words: event.case.kind, isEvidence: event.case.id === caseId };
    case 'case.closed':
      return { what: 'case.closed', words: `${event.decision}: ${event.reason}`, isEvidence: event.caseId === caseId };
    case 'drawer.opened':
      return { what: 'drawer.opened', words: event.outcome, isEvidence: false };
    default:
      return undefined;
  }
}

function tellCommand(
  kind: CommandKind | PayoutCommandKind | undefined,
  step: CommandEvent,
  rule: CaseEvidence,
): Told | undefined {
  if (kind === undefined || step.type === 'sending') return undefined;
  const isEvidence = rule.commands.includes(kind);
  if (step.type !== 'outcome') return { what: `${kind}.${step.type}`, words: step.reason, isEvidence };
  const { state, outcome, evidence } = step;
  return { what: `${kind}.${state}`, words: outcome, ...shown(evidence), isEvidence };
}

function worded(words: string | undefined): Pick<Told, 'words'> {
  return words === undefined || words === '' ? {} : { words };
}

function evidenceIn(step: object): Evidence | undefined {
  return 'evidence' in step ? (step.evidence as Evidence | undefined) : undefined;
}

function shown(evidence: Evidence | undefined): Pick<Told, 'httpStatus' | 'requestId' | 'said'> {
  if (!evidence) return {};
  const { httpStatus, requestId, body } = evidence;
  const said = statusIn(body);
  return { httpStatus, requestId, ...(said !== undefined && { said }) };
}

/** Codes only: words with blanks could be anything. */
const CODE = /^[A-Za-z][A-Za-z0-9_.-]{1,39}$/;
const SAYING = ['status', 'status_detail', 'order_status'] as const;

/** The network's word for the state, out of an answer that is one JSON object. */
function statusIn(body: string): string | undefined {
  if (!body.startsWith('{')) return undefined;
  try {
    const read = JSON.parse(body) as Readonly<Record<string, unknown>>;
    const words = SAYING.flatMap((name) => {
      const value = read[name];
      return typeof value === 'string' && CODE.test(value) ? [value] : [];
    });
    return words.length === 0 ? undefined : [...new Set(words)].join(' / ');
  } catch {
    return undefined; // Cut or no JSON: its status and request id say enough.
  }
}
