/** X and Z report as a view: what happened in a shift, from the store. Expected cash appears only after the count. */
import type { CashOut, CashOutState } from '../../domain/cash-out.ts';
import { isEnded } from '../../domain/cash-out.ts';
import { balancesOf } from '../../domain/ledger.ts';
import type { Payout } from '../../domain/payouts/payout.ts';
import type { Shift } from '../../domain/shift.ts';
import { atRiskMinorOf, isDecided } from '../../domain/case-file.ts';
import type { CaseFile } from '../../domain/case-file.ts';
import { openPayouts } from '../paying-out/open-payouts.ts';
import type { TillContext } from '../till-parts.ts';
import { blockingClose, closingEntryOf } from './run-shift.ts';

export type Tally = Readonly<{ count: number; totalMinor: number }>;

/** An X report while the shift is open, a Z report once it is closed. Amounts in minor units of the shift's currency. */
export type Report = Readonly<{
  shift: Shift;
  atMs: number;
  dispensed: Tally;
  returned: Tally;
  cancelled: Tally;
  expired: Tally;
  refused: Tally;
  open: readonly CashOut[];
  /** Ids of those that keep the shift open. */
  blocking: ReadonlySet<string>;
  /** `started`: asked for in this shift; `open`: all that something is still expected of, by then or now. */
  payouts: Readonly<{ started: readonly Payout[]; open: readonly Payout[]; notesInstead: Tally }>;
  dropsMinor: number;
  dropCount: number;
  drawerOpeningsWithoutSale: number;
  /** Open now. */
  cases: readonly CaseFile[];
  /** Closed in this shift by a person, in the order of the decisions. */
  decidedCases: readonly CaseFile[];
  /** Of the cases, in the shift's currency; other currencies cannot be added to it. */
  atRiskMinor: number;
  /** Chain head that the figures were read from; of a closed shift its closing entry. */
  head: Readonly<{ seq: number; hash: string }>;
}>;

export function shiftReport(till: TillContext, shift: Shift): Report {
  const { store, clock } = till;
  const asked = store.cashOutsOfShift(shift.id);
  const tally = (...states: readonly CashOutState[]) => tallyOf(asked.filter(({ state }) => states.includes(state)));
  // Notes count for the shift whose drawer paid, which for late money may be another than the one that asked.
  const given = store.cashOutsIn(['dispensed', 'settled'], shift.id);
  const balances = balancesOf(store.postingsOf(shift.id));
  const cases = store.openCases();
  const openings = store.drawerOpenings(shift.id);
  const drops = store.entriesAbout(shift.id).filter(({ event }) => event.type === 'shift.dropped');
  return {
    shift,
    atMs: clock.nowMs(),
    dispensed: tallyOf(given),
    returned: tally('returned', 'returning'),
    cancelled: tally('cancelled'),
    expired: tally('expired'),
    refused: tally('refused'),
    open: asked.filter(({ state }) => !isEnded(state) && state !== 'dispensed'),
    blocking: new Set(blockingClose(till).map(({ id }) => id)),
    payouts: {
      started: store.payoutsOfShift(shift.id),
      open: openPayouts(till),
      notesInstead: tallyOf(store.payoutsReplacedFrom(shift.id)),
    },
    dropsMinor: balances.safe,
    dropCount: drops.length,
    drawerOpeningsWithoutSale: openings.filter(({ cashOutId, payoutId }) => (cashOutId ?? payoutId) === undefined)
      .length,
    cases,
    decidedCases: decidedIn(till, shift),
    atRiskMinor: atRiskMinorOf(cases, shift.currency),
    head: headOf(till, shift),
  };
}

function decidedIn({ store }: TillContext, shift: Shift): readonly CaseFile[] {
  const untilMs = shift.state === 'closed' ? shift.closedAtMs : Infinity;
  return store.casesClosedSince(shift.openedAtMs).filter((file) => isDecided(file) && file.closedAtMs <= untilMs);
}

/** Of a closed shift the entry that closed it, so that every print of its Z vouches for the same journal. */
function headOf(till: TillContext, shift: Shift): Report['head'] {
  const closing = shift.state === 'closed' ? closingEntryOf(till, shift) : undefined;
  return closing ?? till.store.head();
}

function tallyOf(given: readonly Pick<CashOut, 'amountMinor'>[]): Tally {
  return { count: given.length, totalMinor: given.reduce((sum, { amountMinor }) => sum + amountMinor, 0) };
}
