/** A case for a window: what it is about, its evidence, and what may be decided now. */
import { caseSubjectOf, isStuck } from '../../core/application/cases/case-subject.ts';
import type { TillContext } from '../../core/application/till-parts.ts';
import type { CaseFileView } from '../../core/contract/case-views.ts';
import type { CaseFile } from '../../core/domain/case-file.ts';
import { subjectIdOf } from '../../core/domain/case-file.ts';
import { CASE_RULES, decisionsFor } from '../../core/domain/case-rules.ts';
import { mustHaveEndedMs } from '../../core/domain/cash-out.ts';
import type { CashOut } from '../../core/domain/cash-out.ts';
import { isOpen } from '../../core/domain/command.ts';
import { isKnown } from '../../core/domain/payouts/payout.ts';
import type { Payout } from '../../core/domain/payouts/payout.ts';
import { caseTimeline } from './case-timeline.ts';
import { caseView } from './small-views.ts';

type About = Pick<
  CaseFileView,
  | 'network'
  | 'state'
  | 'reference'
  | 'networkOrderId'
  | 'cashierName'
  | 'requestedAtMs'
  | 'orderOverAtMs'
  | 'nextAttemptAtMs'
>;

/** Undefined only for a case about something that is not in the store. */
export function caseFileView(till: TillContext, file: CaseFile): CaseFileView | undefined {
  const about = aboutOf(till, file);
  const subject = caseSubjectOf(till, file);
  if (!about || !subject) return undefined;
  const { atRisk, notes } = CASE_RULES[file.kind];
  const decisions = file.state === 'open' ? decisionsFor(file.kind, subject) : [];
  const { store } = till;
  const all = file.foreign
    ? []
    : file.payoutId === undefined
      ? store.casesOf(file.cashOutId)
      : store.casesOfPayout(file.payoutId);
  return {
    ...caseView(file),
    ...about,
    atRisk,
    notes,
    timeline: caseTimeline(store.entriesAbout(subjectIdOf(file)), file),
    decisions: decisions.map(({ decision, by, effect, looks }) => ({ decision, by, effect, looks })),
    others: all.filter((other) => other.id !== file.id && other.state === 'open').map(caseView),
  };
}

function aboutOf(till: TillContext, file: CaseFile): About | undefined {
  if (file.payoutId !== undefined) {
    const payout = till.store.payout(file.payoutId);
    return payout && aboutPayout(payout);
  }
  if (file.foreign) return { ...file.foreign };
  const cashOut = till.store.cashOut(file.cashOutId);
  return cashOut && aboutCashOut(till, cashOut);
}

function aboutCashOut({ store }: TillContext, cashOut: CashOut): About {
  const { network, state, externalReference: reference, cashierName, requestedAtMs } = cashOut;
  const sending = store.commandsOf(cashOut.id).find((command) => isOpen(command) && !isStuck(command));
  const isUnpaid = ['requested', 'awaiting_payment', 'cancelling', 'refused'].includes(state);
  return {
    network,
    state,
    reference,
    cashierName,
    requestedAtMs,
    ...('order' in cashOut && { networkOrderId: cashOut.order.networkOrderId }),
    ...(isUnpaid && { orderOverAtMs: mustHaveEndedMs(cashOut) }),
    ...(sending && { nextAttemptAtMs: sending.nextAttemptAtMs }),
  };
}

function aboutPayout(payout: Payout): About {
  const { network, state, externalId: reference, cashierName, requestedAtMs } = payout;
  const cashoutId = isKnown(payout) ? payout.cashoutId : undefined;
  const named = cashoutId === undefined ? {} : { networkOrderId: cashoutId };
  return { network, state, reference, cashierName, requestedAtMs, ...named };
}
