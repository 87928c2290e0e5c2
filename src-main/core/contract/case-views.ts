/**
 * One case as a page or a command shows it: what it is about, its evidence in order, and what may be decided now. Words are chosen by
 * `kind`, `what` and `decision`; the network's own words are short codes, never a body (I11).
 */
import type { CaseDecision, CaseRule, DecisionRule } from '../domain/case-rules.ts';
import type { CashOutState } from '../domain/cash-out.ts';
import type { NetworkId } from '../domain/network.ts';
import type { PayoutState } from '../domain/payouts/payout.ts';
import type { CaseView } from './views.ts';

/**
 * One entry of the journal. `what`: a step (`step.paid`), a command's life (`create.sent`, `refund.answered`), an answer that changed
 * nothing (`set-aside.mismatch`), the drawer, or a case.
 */
export type CaseTimelineEntry = Readonly<{
  atMs: number;
  what: string;
  /** Codes, facts or a reason, as the journal has them. */
  words?: string;
  httpStatus?: number;
  /** The network's name for the exchange, for its support. */
  requestId?: string;
  /** The network's own status in that answer. */
  said?: string;
  /** Belongs to what the case is about. */
  isEvidence: boolean;
}>;

export type CaseDecisionView = Readonly<
  Pick<DecisionRule, 'by' | 'effect' | 'looks'> & {
    decision: CaseDecision;
  }
>;

export type CaseFileView = CaseView &
  Readonly<{
    network: NetworkId;
    /** Absent with the next two where the till has nothing of it but what the network says. */
    state?: CashOutState | PayoutState;
    /** Our own number, under which the network's panel finds it. */
    reference: string;
    networkOrderId?: string;
    cashierName?: string;
    requestedAtMs?: number;
    atRisk: CaseRule['atRisk'];
    notes: CaseRule['notes'];
    /** Before this a decision that nothing was paid is not offered. */
    orderOverAtMs?: number;
    /** When the till asks or sends next by itself; absent: it waits for a person. */
    nextAttemptAtMs?: number;
    timeline: readonly CaseTimelineEntry[];
    /** Only what may be decided now. Empty for a closed one. */
    decisions: readonly CaseDecisionView[];
    /** Other open cases about the same. */
    others: readonly CaseView[];
  }>;

export interface CaseCalls {
  /** Opened last first; `open`: oldest first, all of them. */
  'case.list': { request: { which: 'open' | 'all'; limit?: number }; reply: readonly CaseView[] };
  'case.show': { request: { id: string }; reply: CaseFileView };
  /** Asks the network about it now; decides nothing. */
  'case.look-again': { request: { id: string }; reply: CaseFileView };
  /** Once. What only a supervisor may decide needs the code of one from the settings. */
  'case.resolve': {
    request: { id: string; decision: CaseDecision; reason: string; supervisorCode?: number };
    reply: CaseFileView;
  };
}
