/** Cases as text. */
import type { CaseDecisionView, CaseFileView, CaseTimelineEntry } from '../../core/contract/case-views.ts';
import type { CaseView } from '../../core/contract/views.ts';
import type { CaseDecision } from '../../core/domain/case-rules.ts';
import { facts, table } from './layout.ts';
import type { Speaker } from './speaker.ts';
import { count } from './text.ts';

export function caseTable(cases: readonly CaseView[], speaker: Speaker): string {
  if (cases.length === 0) return 'No open cases.';
  const hasClosed = cases.some(({ closed }) => closed !== undefined);
  const rows = cases.map(
    ({ id, openedAtMs, kind, cashOutId, payoutId, foreign, amountMinor, currency, detail, closed }) => [
      id,
      speaker.time(openedAtMs),
      kind,
      cashOutId ?? payoutId ?? foreign?.reference ?? '',
      speaker.money(amountMinor, currency),
      ...(hasClosed ? [closed ? `${closed.decision}, ${closed.by}` : 'open'] : []),
      detail,
    ],
  );
  const columns = [
    { title: 'case' },
    { title: 'opened' },
    { title: 'kind' },
    { title: 'about' },
    { title: 'amount', right: true },
    ...(hasClosed ? [{ title: 'decided' }] : []),
    { title: 'what happened' },
  ];
  const open = cases.filter(({ closed }) => closed === undefined).length;
  return `${table(columns, rows)}\n${count(open, 'open case')}, times in ${speaker.timeZone}`;
}

const RISKS = { shop: 'for the shop', customer: 'for the customer', either: 'nobody knows yet for whom' } as const;

export function caseText(view: CaseFileView, speaker: Speaker): string {
  const { id, kind, closed, decisions } = view;
  const heading = `Case ${id}  ${kind}  ${closed ? 'closed' : 'open'}`;
  const list = facts(heading, [
    ['amount', `${speaker.money(view.amountMinor, view.currency)} at risk ${RISKS[view.atRisk]}`],
    ['what happened', view.detail],
    ['about', aboutWords(view)],
    [
      'in the panel',
      [
        `${view.foreign ? 'its' : 'our'} number ${view.reference}`,
        ...(view.networkOrderId ? [`theirs ${view.networkOrderId}`] : []),
      ],
    ],
    ['opened', speaker.time(view.openedAtMs)],
    ['notes', closed ? undefined : notesWords(view)],
    ['decided', closed && `${closed.decision} by ${closed.by}, ${speaker.time(closed.atMs)}: ${closed.reason}`],
    ['also open', view.others.map((other) => `${other.id} ${other.kind}`)],
  ]);
  const next = closed ? [] : ['', decisionText(decisions, id)];
  return [list, '', timelineText(view.timeline, speaker), ...next].join('\n');
}

function aboutWords({ cashOutId, payoutId, state, network }: CaseFileView): string {
  if (cashOutId !== undefined) return `cash-out ${cashOutId}, ${state}`;
  return payoutId === undefined ? `what only ${network} has` : `payout ${payoutId}, ${state}`;
}

function notesWords({ notes }: CaseFileView): string {
  return notes === 'none' ? 'none while the case is open' : 'only after a fresh answer that says paid';
}

function timelineText(timeline: readonly CaseTimelineEntry[], speaker: Speaker): string {
  const rows = timeline.map(({ atMs, what, words, said, httpStatus, requestId, isEvidence }) => [
    isEvidence ? '*' : '',
    speaker.time(atMs),
    what,
    [words, said].filter((text) => text !== undefined).join('; '),
    httpStatus === undefined ? '' : String(httpStatus),
    requestId ?? '',
  ]);
  const columns = [{ title: '' }, { title: 'when' }, { title: 'what' }, { title: 'words' }];
  return table([...columns, { title: 'HTTP', right: true }, { title: 'request id' }], rows);
}

function decisionText(decisions: readonly CaseDecisionView[], id: string): string {
  if (decisions.length === 0) return 'Nothing can be decided at this moment.';
  const rows = decisions.map(({ decision, by, effect }) => [
    decision,
    effect === 'elsewhere' ? 'not here' : by,
    CONSEQUENCES[decision],
  ]);
  const columns = [{ title: 'decision' }, { title: 'by' }, { title: 'what follows' }];
  return `${table(columns, rows)}\nventanilla case resolve ${id} --decision … --supervisor CODE --reason "…"`;
}

/** One sentence each, as the screens have it in their own words. */
const CONSEQUENCES: Readonly<Record<CaseDecision, string>> = {
  'hand-over': 'notes after a fresh answer: cash-out hand-over, then cash-out given',
  return: 'the network is asked to give the money back; no notes after it',
  cancel: 'the order is cancelled: cash-out cancel, or payout cancel',
  'return-again': 'the same refund with the same key is sent once more; never a second one',
  'repaid-outside': 'the customer has the money back by other means; no notes after it',
  'nothing-paid': 'ends it as unpaid; money that comes all the same opens a new case',
  'send-again': 'the same bytes with the same key go out once more',
  withdraw: 'the stuck request ends; the order is followed until it is over',
  kept: 'the shop has the money although the confirmation was not taken; it is settled',
  loss: 'the amount is recorded as a loss',
  recovered: 'the customer gave it back outside of this till',
  noted: 'nothing moves; the reason stands in the journal',
  'notes-instead': 'notes after a fresh answer: payout notes',
  reissue: 'another payout takes its place: payout start --reissue-of',
  reviewed: 'looked up; the till goes on following it, and nothing is paid a second time',
};
