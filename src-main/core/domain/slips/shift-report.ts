/**
 * X and Z report: where the drawer's money went during a shift, and at its close whether it is all there.
 * The Z report carries the journal's chain head, so that paper can vouch for the file.
 */
import type { CaseKind } from '../case-file.ts';
import type { Notes } from '../cash-out.ts';
import type { Locale } from '../locale.ts';
import type { Money } from '../money.ts';
import { formatMoney, money, subtract } from '../money.ts';
import type { PayoutState } from '../payouts/payout.ts';
import type { FindingKind } from '../reconciliation.ts';
import { CASE_SLIP_WORDS, decisionOnSlip } from './case-words.ts';
import type { SlipDocument, SlipPart } from './slip-document.ts';
import { RULE, centred, feed, pair } from './slip-document.ts';
import type { SlipFrame } from './slip-frame.ts';
import { denominationPairs, framed, title } from './slip-frame.ts';
import { slipDateTime } from './slip-time.ts';
import type { SlipWords } from './slip-words.ts';
import { SLIP_WORDS } from './slip-words.ts';

/** How often something happened and what it sums to. */
export type Tally = Readonly<{ count: number; sum: Money }>;

export type OpenPayoutLine = Readonly<{ name: string; amount: Money; state: PayoutState }>;

/** `decision`: absent while it is open. */
export type CaseLine = Readonly<{ kind: CaseKind; amount: Money; decision?: string; by?: string }>;

export type ShiftTotals = Readonly<{
  shiftNumber: number;
  cashierName: string;
  openedAtMs: number;
  openingFloat: Money;
  dispensed: Tally;
  drops: Tally;
  returned: Tally;
  cancelled: Tally;
  /** `open`: what the shift leaves behind, each with its masked name. */
  payouts: Readonly<{ started: number; notesInstead: Tally; open: readonly OpenPayoutLine[] }>;
  noSaleOpenings: number;
  /** The last comparison with the networks since the shift opened. */
  reconciliation?: Readonly<{
    endedAtMs: number;
    agree: number;
    counts: readonly Readonly<{ kind: FindingKind; count: number }>[];
  }>;
  openCases: Readonly<{ count: number; atRisk: Money; list?: readonly CaseLine[] }>;
  /** Decided by a person in this shift. */
  decidedCases?: readonly CaseLine[];
  /** Journal state that the figures were read from: last entry and its hash (hex). */
  journalHead: Readonly<{ seq: number; hash: string }>;
}>;

export type XReportFacts = ShiftTotals & Readonly<{ takenAtMs: number }>;
export type ZReportFacts = ShiftTotals &
  Readonly<{
    closedAtMs: number;
    /** The ledger's balance of the drawer. Not on an X report: whoever counts must not know it before. */
    expected: Money;
    counted: Money;
    /** Pieces by denomination, where the shop counts so. */
    notes?: Notes;
    /** Who approved the close, where a second person did. */
    supervisorName?: string;
  }>;

export function xReport(facts: XReportFacts, frame: SlipFrame): SlipDocument {
  const words = SLIP_WORDS[frame.locale];
  const taken = pair(words.takenAt, slipDateTime(facts.takenAtMs, frame.timeZone, frame.locale));
  return framed('x-report', frame, [
    ...title(`${words.xTitle} · ${words.shift} ${facts.shiftNumber}`),
    centred(words.xNote),
    ...heading(facts, [taken], frame),
    ...drawerLines(facts, words),
    ...otherLines(facts, words, frame),
  ]);
}

export function zReport(facts: ZReportFacts, frame: SlipFrame): SlipDocument {
  const words = SLIP_WORDS[frame.locale];
  const closed = [
    pair(words.closedAt, slipDateTime(facts.closedAtMs, frame.timeZone, frame.locale)),
    ...(facts.supervisorName === undefined ? [] : [pair(words.supervisor, facts.supervisorName)]),
  ];
  return framed('z-report', frame, [
    ...title(`${words.zTitle} · ${words.shift} ${facts.shiftNumber}`),
    ...heading(facts, closed, frame),
    ...drawerLines(facts, words),
    pair(words.expected, formatMoney(facts.expected), { weight: 'bold' }),
    pair(words.counted, formatMoney(facts.counted), { weight: 'bold' }),
    varianceLine(subtract(facts.counted, facts.expected), words),
    ...countLines(facts, words),
    ...otherLines(facts, words, frame),
    { kind: 'signature', label: words.signCashier },
    { kind: 'signature', label: words.signSupervisor },
  ]);
}

function heading(facts: ShiftTotals, ending: readonly SlipPart[], frame: SlipFrame): readonly SlipPart[] {
  const words = SLIP_WORDS[frame.locale];
  return [
    pair(words.cashier, facts.cashierName),
    pair(words.openedAt, slipDateTime(facts.openedAtMs, frame.timeZone, frame.locale)),
    ...ending,
  ];
}

function drawerLines(facts: ShiftTotals, words: SlipWords): readonly SlipPart[] {
  return [
    ...section(words.drawer),
    pair(words.openingFloat, formatMoney(facts.openingFloat)),
    pair(`${words.dispensed} (${facts.dispensed.count})`, outOfDrawer(facts.dispensed.sum)),
    ...(facts.payouts.notesInstead.count === 0
      ? []
      : [
          pair(
            `${words.notesInstead} (${facts.payouts.notesInstead.count})`,
            outOfDrawer(facts.payouts.notesInstead.sum),
          ),
        ]),
    pair(`${words.drops} (${facts.drops.count})`, outOfDrawer(facts.drops.sum)),
    RULE,
  ];
}

function countLines(facts: ZReportFacts, words: SlipWords): readonly SlipPart[] {
  if (facts.notes === undefined) return [];
  return [...section(words.countByDenomination), ...denominationPairs(facts.notes, facts.counted)];
}

function otherLines(facts: ShiftTotals, words: SlipWords, frame: SlipFrame): readonly SlipPart[] {
  return [
    ...section(words.withoutNotes),
    pair(`${words.returned} (${facts.returned.count})`, formatMoney(facts.returned.sum)),
    pair(`${words.cancelled} (${facts.cancelled.count})`, formatMoney(facts.cancelled.sum)),
    ...payoutLines(facts, words),
    ...reconciliationLines(facts, words, frame),
    ...section(words.control),
    pair(words.noSaleOpenings, String(facts.noSaleOpenings)),
    pair(words.openCases, String(facts.openCases.count), weightWhen(facts.openCases.count > 0)),
    pair(words.atRisk, formatMoney(facts.openCases.atRisk), weightWhen(facts.openCases.atRisk.minor > 0)),
    ...caseLines(facts, frame.locale),
    pair(words.journalEntry, String(facts.journalHead.seq)),
    pair(words.chainHead, shortHash(facts.journalHead.hash)),
  ];
}

/** Each open one with what is at risk; each decided one with the decision and whose it was. */
function caseLines({ openCases, decidedCases = [] }: ShiftTotals, locale: Locale): readonly SlipPart[] {
  const words = CASE_SLIP_WORDS[locale];
  const open = (openCases.list ?? []).map(({ kind, amount }) => pair(words.kinds[kind], formatMoney(amount)));
  const decided = decidedCases.map(({ kind, amount, decision = '', by = '' }) =>
    pair(`${words.kinds[kind]}: ${decisionOnSlip(words, decision)} (${by})`, formatMoney(amount)),
  );
  return decided.length === 0 ? open : [...open, pair(words.decided, String(decided.length)), ...decided];
}

/** A shop that sends no payouts reads nothing of them. */
function payoutLines({ payouts }: ShiftTotals, words: SlipWords): readonly SlipPart[] {
  const { started, open } = payouts;
  if (started === 0 && open.length === 0) return [];
  return [
    ...section(words.payouts),
    pair(words.payoutsStarted, String(started)),
    pair(words.payoutsOpen, String(open.length), weightWhen(open.length > 0)),
    ...open.map(({ name, amount, state }) => pair(`${name} · ${words.payoutStates[state]}`, formatMoney(amount))),
  ];
}

function reconciliationLines({ reconciliation }: ShiftTotals, words: SlipWords, frame: SlipFrame): readonly SlipPart[] {
  if (!reconciliation) return [];
  const { endedAtMs, agree, counts } = reconciliation;
  return [
    ...section(words.reconciliation),
    pair(words.reconciled, slipDateTime(endedAtMs, frame.timeZone, frame.locale)),
    pair(words.agree, String(agree)),
    ...counts.map(({ kind, count }) => pair(words.findings[kind], String(count), { weight: 'bold' })),
  ];
}

function section(name: string): readonly SlipPart[] {
  return [feed(0.5), { kind: 'heading', align: 'left', text: name }];
}

function varianceLine(variance: Money, words: SlipWords): SlipPart {
  const label = variance.minor === 0 ? words.balanced : variance.minor < 0 ? words.short : words.over;
  return pair(label, formatMoney(variance), { size: 'big', weight: 'bold' });
}

function outOfDrawer({ currency, minor }: Money): string {
  return formatMoney(money(currency, -minor));
}

function weightWhen(isAlarming: boolean): { weight: 'bold' | 'regular' } {
  return { weight: isAlarming ? 'bold' : 'regular' };
}

/** First and last eight digits of the chain head: enough for an eye to compare, and 64 bits for a tool. */
export function shortHash(hash: string): string {
  return hash.length <= 17 ? hash : `${hash.slice(0, 8)}…${hash.slice(-8)}`;
}
