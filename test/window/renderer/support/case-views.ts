/** One case as its page shows it, with a timeline and the decisions of its kind. */
import type { CaseFileView, CaseTimelineEntry } from '../../../../src-main/core/contract/case-views.ts';
import type { CaseView } from '../../../../src-main/core/contract/views.ts';
import type { CaseKind } from '../../../../src-main/core/domain/case-file.ts';
import { CASE_RULES, decisionsFor } from '../../../../src-main/core/domain/case-rules.ts';
import type { CashOutState } from '../../../../src-main/core/domain/cash-out.ts';

const MINUTE_MS = 60_000;

const STATES: Readonly<Partial<Record<CaseKind, CashOutState>>> = {
  'late-payment': 'paid',
  'unknown-answer': 'cancelling',
  'answer-mismatch': 'cancelling',
  'qr-refused': 'awaiting_payment',
  'command-conflict': 'requested',
  'return-failed': 'returning',
  'returned-and-given': 'settled',
  'confirmation-missed': 'dispensed',
  'order-lost': 'paid',
  'network-silent': 'requested',
};

export function caseFileView(file: CaseView): CaseFileView {
  const { kind, openedAtMs, closed } = file;
  const isPayout = CASE_RULES[kind].about === 'payout';
  const isForeign = CASE_RULES[kind].about === 'foreign';
  const state = isPayout ? 'rejected' : (STATES[kind] ?? 'paid');
  const subject = { state, isOrderOver: true, hasStuckCommand: true, canRepeatRefund: true } as const;
  const { atRisk, notes } = CASE_RULES[kind];
  return {
    ...file,
    network: isPayout ? 'tupay' : 'mercadopago-orders',
    ...(isForeign
      ? { reference: file.foreign?.reference ?? '' }
      : {
          state,
          reference: 'CAJA0301K9CASHOUT7Q2M',
          networkOrderId: 'ORD01K9Z3T8QW5R7Y2N4P6A8C',
          cashierName: 'Guadalupe Hernández',
          requestedAtMs: openedAtMs - 9 * MINUTE_MS,
        }),
    atRisk,
    notes,
    ...(kind === 'network-silent' && { nextAttemptAtMs: Date.now() + 14_000 }),
    timeline: isForeign ? timelineOf(file).slice(-1) : timelineOf(file),
    decisions: closed ? [] : decisionsFor(kind, subject),
    others: [],
  };
}

function timelineOf({ kind, openedAtMs, detail, closed }: CaseView): readonly CaseTimelineEntry[] {
  const at = (minutes: number): number => openedAtMs - minutes * MINUTE_MS;
  const http = { httpStatus: 200, requestId: '7f3a91c2-5b0e-4d1b' };
  return [
    { atMs: at(9), what: 'step.requested', isEvidence: false },
    { atMs: at(8.9), what: 'create.accepted', words: 'accepted', isEvidence: false },
    { atMs: at(8.9), what: 'step.offered', ...http, said: 'created', isEvidence: false },
    { atMs: at(4), what: 'step.cancel-asked', words: 'by-the-cashier', isEvidence: true },
    { atMs: at(3), what: 'step.paid', ...http, said: 'processed / accredited', isEvidence: true },
    { atMs: at(2), what: 'refund.refused', words: 'refund_not_allowed', ...http, httpStatus: 409, isEvidence: true },
    { atMs: at(1), what: 'set-aside.unknown-status', words: detail, ...http, isEvidence: true },
    { atMs: openedAtMs, what: 'case.opened', words: kind, isEvidence: true },
    ...(closed
      ? [{ atMs: closed.atMs, what: 'case.closed', words: `${closed.decision}: ${closed.reason}`, isEvidence: true }]
      : []),
  ];
}
