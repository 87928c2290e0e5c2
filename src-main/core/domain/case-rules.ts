/**
 * What may be decided about each kind of case, as data: who decides, in which state of what it is about, what follows, and which evidence
 * belongs to it. Screens, reports, commands and the use case read this; nothing else knows a decision.
 *
 * No decision gives notes: `elsewhere` leads to the page where the till asks the network first. None moves the drawer's ledger, makes a
 * second order or a second refund command, or erases a case; each is one entry with a person and a reason.
 */
import type { CaseKind } from './case-file.ts';
import type { CashOutState } from './cash-out.ts';
import type { CommandKind } from './command.ts';
import type { SetAsideReason } from './journal-event.ts';
import type { PayoutCommandKind } from './payouts/payout-command.ts';
import type { PayoutState } from './payouts/payout.ts';

export const CASE_DECISIONS = [
  /** On the cash-out's page: notes after a fresh answer; giving them closes the case. */
  'hand-over',
  /** The network is asked to give the money back. */
  'return',
  /** On the cash-out's page: the order is cancelled. */
  'cancel',
  /** The refund that was refused or is stuck, once more: same bytes, same key. */
  'return-again',
  /** The shop has paid the customer back by other means. */
  'repaid-outside',
  /** Looked up in the network's panel: nobody paid it. */
  'nothing-paid',
  /** The stuck request once more: same bytes, same key. */
  'send-again',
  /** The stuck request is not sent any more; the order is followed to its end. */
  'withdraw',
  /** Looked up in the network's panel: the shop has the money although the confirmation was not taken. */
  'kept',
  /** The money is gone: a loss of the shop. */
  'loss',
  /** The customer gave the money back outside of the till. */
  'recovered',
  /** Seen and explained; nothing moves. */
  'noted',
  /** On the payout's page: notes in its place. */
  'notes-instead',
  /** On the payout's page: another payout in its place. */
  'reissue',
  /** Looked up in the network's panel: what it said of the payout is set aside, and the till goes on. */
  'reviewed',
] as const;
export type CaseDecision = (typeof CASE_DECISIONS)[number];

/**
 * elsewhere: done on the page of what it is about · close: nothing else moves · end-unpaid: refused or cancelled, a payment after it is
 * late money · return: the network's refund · resend: the stuck or refused command again · withdraw: stuck commands end · mark-repaid:
 * returned by a supervisor's word · settle: nothing more is told to the network · review, repay-payout: the payout's own steps.
 */
export type CaseEffect =
  | 'elsewhere'
  | 'close'
  | 'end-unpaid'
  | 'return'
  | 'resend'
  | 'withdraw'
  | 'mark-repaid'
  | 'settle'
  | 'review-payout'
  | 'repay-payout';

/** What a decision needs beyond a state: the order's time is over · a command that only a person can move · a refund to send again. */
export type CaseNeed = 'order-over' | 'stuck-command' | 'refund-to-repeat';

export type DecisionRule = Readonly<{
  decision: CaseDecision;
  by: 'cashier' | 'supervisor';
  effect: CaseEffect;
  /** tries: the network is asked first, and may explain the case · must-answer: without an answer nothing is decided. */
  looks: 'no' | 'tries' | 'must-answer';
  /** Of the cash-out or payout; absent: whatever it is. */
  states?: readonly (CashOutState | PayoutState)[];
  needs?: CaseNeed;
  /** The network saying the same again does not open the case again. */
  silences?: true;
}>;

/** Which entries of the journal prove or explain it. */
export type CaseEvidence = Readonly<{
  commands: readonly (CommandKind | PayoutCommandKind)[];
  steps: readonly string[];
  setAside: readonly SetAsideReason[];
}>;

export type CaseRule = Readonly<{
  /** foreign: what only the network has. */
  about: 'cash-out' | 'payout' | 'foreign';
  /** Who loses if nobody acts; `either`: nobody can say yet. */
  atRisk: 'shop' | 'customer' | 'either';
  /** as-usual: its state and a fresh answer decide · none: none may be given while it is open. */
  notes: 'as-usual' | 'none';
  evidence: CaseEvidence;
  decisions: readonly DecisionRule[];
}>;

const PAYABLE = ['awaiting_payment', 'cancelling'] as const;
const UNRETURNED = ['paid', 'returning'] as const;
const ENDED = ['refused', 'cancelled', 'expired', 'settled', 'returned'] as const;
const SENT_OR_OVER = [...ENDED, 'dispensed'] as const;

const NOTHING_PAID = {
  decision: 'nothing-paid',
  by: 'supervisor',
  effect: 'end-unpaid',
  looks: 'tries',
  states: PAYABLE,
  silences: true,
} as const satisfies DecisionRule;
const REPAID = {
  decision: 'repaid-outside',
  by: 'supervisor',
  effect: 'mark-repaid',
  looks: 'must-answer',
  states: UNRETURNED,
  silences: true,
} as const satisfies DecisionRule;
/** The network took something else than what was ordered: nothing counts as paid here, and the customer has it back. */
const REPAID_UNCOUNTED = { ...REPAID, effect: 'end-unpaid', looks: 'tries', states: PAYABLE } as const;
const RETURN = {
  decision: 'return',
  by: 'supervisor',
  effect: 'return',
  looks: 'no',
  states: ['paid'],
} as const satisfies DecisionRule;
const NOTED = {
  decision: 'noted',
  by: 'supervisor',
  effect: 'close',
  looks: 'no',
  states: SENT_OR_OVER,
  silences: true,
} as const satisfies DecisionRule;
const LOSS = {
  decision: 'loss',
  by: 'supervisor',
  effect: 'close',
  looks: 'no',
  silences: true,
} as const satisfies DecisionRule;
const RECOVERED = { ...LOSS, decision: 'recovered' } as const;
const REVIEWED = {
  decision: 'reviewed',
  by: 'supervisor',
  effect: 'review-payout',
  looks: 'no',
} as const satisfies DecisionRule;
const elsewhere = (
  decision: CaseDecision,
  by: DecisionRule['by'],
  states: readonly (CashOutState | PayoutState)[],
): DecisionRule => ({ decision, by, effect: 'elsewhere', looks: 'no', states });

const WORDS_SET_ASIDE = ['unknown-status', 'mismatch', 'backwards', 'refused', 'unreadable'] as const;

/** Complete by construction: a kind without its rule does not compile. */
export const CASE_RULES: Readonly<Record<CaseKind, CaseRule>> = {
  'late-payment': {
    about: 'cash-out',
    atRisk: 'customer',
    notes: 'as-usual',
    evidence: { commands: ['cancel'], steps: ['cancel-asked', 'cancelled', 'expired', 'paid'], setAside: [] },
    decisions: [
      elsewhere('hand-over', 'cashier', ['paid', 'handing_over']),
      { ...RETURN, by: 'cashier' },
      REPAID,
      NOTED,
    ],
  },
  'unknown-answer': {
    about: 'cash-out',
    atRisk: 'either',
    notes: 'none',
    evidence: { commands: [], steps: ['offered', 'paid'], setAside: WORDS_SET_ASIDE },
    decisions: [NOTHING_PAID, RETURN, REPAID, NOTED],
  },
  'answer-mismatch': {
    about: 'cash-out',
    atRisk: 'either',
    notes: 'none',
    evidence: { commands: ['create'], steps: ['offered', 'paid', 'cancel-asked'], setAside: WORDS_SET_ASIDE },
    decisions: [NOTHING_PAID, REPAID_UNCOUNTED, RETURN, REPAID, NOTED],
  },
  'qr-refused': {
    about: 'cash-out',
    atRisk: 'customer',
    notes: 'as-usual',
    evidence: { commands: ['create'], steps: ['offered', 'cancel-asked'], setAside: [] },
    decisions: [
      elsewhere('cancel', 'cashier', ['awaiting_payment']),
      { decision: 'noted', by: 'cashier', effect: 'close', looks: 'no' },
    ],
  },
  'command-conflict': {
    about: 'cash-out',
    atRisk: 'either',
    notes: 'none',
    evidence: { commands: ['create', 'cancel', 'refund', 'confirm'], steps: [], setAside: [] },
    decisions: [
      {
        decision: 'send-again',
        by: 'supervisor',
        effect: 'resend',
        looks: 'no',
        states: ['requested', 'cancelling', 'returning', 'dispensed'],
        needs: 'stuck-command',
      },
      { ...NOTHING_PAID, states: ['requested'], needs: 'order-over' },
      {
        decision: 'withdraw',
        by: 'supervisor',
        effect: 'withdraw',
        looks: 'no',
        states: ['cancelling'],
        needs: 'stuck-command',
      },
      REPAID,
      { ...LOSS, effect: 'settle', looks: 'tries', states: ['dispensed'] },
      { ...NOTED, states: ['refused'], needs: 'order-over' },
      { ...NOTED, states: ['awaiting_payment', 'cancelled', 'expired', 'paid', 'settled', 'returned'] },
    ],
  },
  'return-failed': {
    about: 'cash-out',
    atRisk: 'customer',
    notes: 'none',
    evidence: { commands: ['refund'], steps: ['paid', 'return-asked'], setAside: WORDS_SET_ASIDE },
    decisions: [
      {
        decision: 'return-again',
        by: 'supervisor',
        effect: 'resend',
        looks: 'tries',
        states: ['returning'],
        needs: 'refund-to-repeat',
      },
      REPAID,
      NOTED,
    ],
  },
  'returned-and-given': {
    about: 'cash-out',
    atRisk: 'shop',
    notes: 'none',
    evidence: {
      commands: ['refund', 'confirm'],
      steps: ['paid', 'dispensed', 'returned', 'repaid'],
      setAside: ['backwards'],
    },
    decisions: [LOSS, RECOVERED],
  },
  'confirmation-missed': {
    about: 'cash-out',
    atRisk: 'shop',
    notes: 'none',
    evidence: { commands: ['confirm'], steps: ['paid', 'dispensed'], setAside: WORDS_SET_ASIDE },
    decisions: [
      { ...LOSS, decision: 'kept', effect: 'settle', looks: 'tries' },
      { ...LOSS, effect: 'settle', looks: 'tries' },
      { ...RECOVERED, effect: 'settle', looks: 'tries' },
    ],
  },
  'order-lost': {
    about: 'cash-out',
    atRisk: 'either',
    notes: 'none',
    evidence: { commands: ['create'], steps: ['offered', 'paid', 'dispensed'], setAside: ['not-found'] },
    decisions: [NOTHING_PAID, RETURN, REPAID, NOTED],
  },
  'network-silent': {
    about: 'cash-out',
    atRisk: 'either',
    notes: 'none',
    evidence: {
      commands: ['create', 'cancel'],
      steps: ['offered', 'cancel-asked'],
      setAside: ['unreadable', 'refused'],
    },
    decisions: [{ ...NOTHING_PAID, states: ['requested', ...PAYABLE], needs: 'order-over' }, NOTED],
  },
  'paid-not-given': {
    about: 'cash-out',
    atRisk: 'customer',
    notes: 'as-usual',
    evidence: { commands: ['cancel', 'refund'], steps: ['paid', 'return-asked', 'returned'], setAside: ['backwards'] },
    decisions: [elsewhere('hand-over', 'cashier', ['paid', 'handing_over']), RETURN, REPAID, NOTED],
  },
  'given-not-paid': {
    about: 'cash-out',
    atRisk: 'shop',
    notes: 'none',
    evidence: { commands: ['confirm'], steps: ['paid', 'dispensed'], setAside: WORDS_SET_ASIDE },
    decisions: [LOSS, RECOVERED, NOTED],
  },
  'not-at-till': {
    about: 'foreign',
    atRisk: 'either',
    notes: 'none',
    evidence: { commands: [], steps: [], setAside: [] },
    decisions: [
      { ...LOSS, decision: 'repaid-outside' },
      LOSS,
      { decision: 'noted', by: 'supervisor', effect: 'close', looks: 'no', silences: true },
    ],
  },
  'payout-returned-late': {
    about: 'payout',
    atRisk: 'customer',
    notes: 'as-usual',
    evidence: { commands: [], steps: ['observed'], setAside: [] },
    decisions: [
      elsewhere('notes-instead', 'supervisor', ['rejected']),
      elsewhere('reissue', 'cashier', ['rejected']),
      { ...REPAID, effect: 'repay-payout', looks: 'no', states: ['rejected'] },
    ],
  },
  'payout-paid-twice': {
    about: 'payout',
    atRisk: 'shop',
    notes: 'none',
    evidence: { commands: ['create', 'cancel'], steps: ['replaced-by-notes', 'reissued', 'observed'], setAside: [] },
    decisions: [elsewhere('cancel', 'cashier', ['pending', 'on_hold']), LOSS, RECOVERED],
  },
  'payout-contradiction': {
    about: 'payout',
    atRisk: 'either',
    notes: 'none',
    evidence: { commands: [], steps: ['observed', 'vanished'], setAside: WORDS_SET_ASIDE },
    decisions: [REVIEWED],
  },
  'payout-stuck': {
    about: 'payout',
    atRisk: 'either',
    notes: 'none',
    evidence: { commands: ['create'], steps: ['observed'], setAside: ['not-found', 'refused', 'unreadable'] },
    decisions: [REVIEWED],
  },
  'payout-id-clash': {
    about: 'payout',
    atRisk: 'either',
    notes: 'none',
    evidence: { commands: ['create'], steps: [], setAside: [] },
    decisions: [REVIEWED],
  },
};

/** What it is about, as it is now. */
export type CaseSubject = Readonly<{
  /** `foreign`: the till has no state of it. */
  state: CashOutState | PayoutState | 'foreign';
  /** A clock of ours says that an unpaid order must have ended over there. */
  isOrderOver: boolean;
  /** An open command that nothing sends any more. */
  hasStuckCommand: boolean;
  /** The refund was refused, or is such a command. */
  canRepeatRefund: boolean;
}>;

/** What may be decided now, in the order in which it is offered. */
export function decisionsFor(kind: CaseKind, subject: CaseSubject): readonly DecisionRule[] {
  return CASE_RULES[kind].decisions.filter(
    ({ states, needs }) =>
      (states === undefined || states.some((state) => state === subject.state)) && isMet(needs, subject),
  );
}

function isMet(need: CaseNeed | undefined, subject: CaseSubject): boolean {
  if (need === 'order-over') return subject.isOrderOver;
  if (need === 'stuck-command') return subject.hasStuckCommand;
  return need !== 'refund-to-repeat' || subject.canRepeatRefund;
}

/** Whether a decision about this kind stands against the same words said again. */
export function silences(kind: CaseKind, decision: string): boolean {
  return CASE_RULES[kind].decisions.some((rule) => rule.decision === decision && rule.silences === true);
}
