/** Payouts in the store: what may be saved, what the file itself refuses, and what random histories come to. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../src-main/adapters/storage/database.ts';
import type { SqliteDatabase } from '../../../src-main/adapters/storage/database.ts';
import { createJournal } from '../../../src-main/adapters/storage/journal.ts';
import { compareTables, replay } from '../../../src-main/adapters/storage/replay.ts';
import { createTillStore } from '../../../src-main/adapters/storage/till-store.ts';
import type { TillStore } from '../../../src-main/core/application/ports/till-store.ts';
import type { JournalEvent } from '../../../src-main/core/domain/journal-event.ts';
import { balancesOf } from '../../../src-main/core/domain/ledger.ts';
import type { PayoutEvent } from '../../../src-main/core/domain/payouts/payout.ts';
import { transition } from '../../../src-main/core/domain/payouts/payout.ts';
import type { Payout } from '../../../src-main/core/domain/payouts/payout.ts';
import { evidence, FLOAT, handOver, OFFERED, paid, requested, shiftClosed, shiftOpened, step } from './events.ts';
import {
  DECLINED,
  GIVEN,
  notesStarted,
  PAYOUT_MINOR,
  payoutEnqueued,
  payoutRequested,
  payoutStepped,
  seen,
  untilDeclined,
} from './payout-events.ts';

function shop(): { db: SqliteDatabase; store: TillStore } {
  const db = openDatabase(':memory:');
  const store = createTillStore(db, { clock: { nowMs: () => 100 } });
  store.commit([shiftOpened()]);
  return { db, store };
}

function refusal(store: TillStore, ...events: JournalEvent[]): string {
  try {
    store.commit(events);
    return 'taken';
  } catch (error) {
    return String(error);
  }
}

function expectReplayed(db: SqliteDatabase): void {
  const copy = openDatabase(':memory:');
  replay(db, copy);
  expect([compareTables(db, copy), createJournal(db).verify().sound]).toEqual([[], true]);
  copy.close();
}

test('notes in place of a payout leave the drawer once, and the network still holds that money for the shop', () => {
  const { db, store } = shop();
  untilDeclined(store, 'p1');
  store.commit([payoutStepped('p1', notesStarted())]);
  expect([store.payoutCounting()?.id, store.expectedCashMinor('s1')]).toEqual(['p1', FLOAT]);
  store.commit([payoutStepped('p1', GIVEN)]);
  expect(balancesOf(store.postingsOf('s1'))).toMatchObject({
    drawer: FLOAT - PAYOUT_MINOR,
    payouts_replaced: PAYOUT_MINOR,
    network_receivable: 0,
  });
  expect([store.payoutCounting(), store.payoutsReplacedFrom('s1').length]).toEqual([undefined, 1]);
  expect(refusal(store, payoutStepped('p1', notesStarted()))).toMatch(/I6: notes-started for payout p1/);
  expectReplayed(db);
});

test('I1: one hand-over at a time, of either kind; and the shift stays open until it is over', () => {
  const { store } = shop();
  untilDeclined(store, 'p1');
  untilDeclined(store, 'p2');
  store.commit([requested('c1'), step('c1', OFFERED), step('c1', paid())]);
  store.commit([payoutStepped('p1', notesStarted())]);
  expect(refusal(store, payoutStepped('p2', notesStarted()))).toMatch(/I1: notes for payout p2 while p1/);
  expect(refusal(store, step('c1', handOver()))).toMatch(/I1: c1 handed over while payout p1/);
  expect(refusal(store, shiftClosed(store))).toMatch(/I5: shift closed while notes for payout p1/);
  store.commit([payoutStepped('p1', { type: 'notes-not-given', reason: 'left' })]);
  store.commit([step('c1', handOver())]);
  expect(refusal(store, payoutStepped('p1', notesStarted()))).toMatch(/I1: notes for payout p1 while c1/);
});

test('I1, I5: the file itself refuses a second replacement, notes without proof and two hand-overs', () => {
  const { db, store } = shop();
  untilDeclined(store, 'p1');
  untilDeclined(store, 'p2');
  store.commit([payoutStepped('p1', notesStarted())]);
  store.commit([payoutStepped('p1', GIVEN)]);
  store.commit([payoutStepped('p2', notesStarted())]);
  const post = (payoutId: string, amountMinor: number): (() => unknown) => {
    const seq = store.head().seq;
    return () =>
      db.exec(`INSERT INTO posting (seq, line, shift_id, cause, payout_id, account, amount_minor)
        VALUES (${seq}, 9, 's1', 'notes-instead', '${payoutId}', 'drawer', ${amountMinor})`);
  };
  expect(post('p1', -PAYOUT_MINOR)).toThrow(/UNIQUE constraint failed/);
  expect(post('p2', -PAYOUT_MINOR)).toThrow(/I1: no notes in place of a payout without earlier proof/);
  expect(() =>
    db.exec("UPDATE payout SET replaced_by = NULL, notes_seq = NULL, notes_shift_id = NULL WHERE id = 'p1'"),
  ).toThrow(/I1: a payout is replaced once/);
  expect(() => db.exec("UPDATE payout SET external_id = 'X' WHERE id = 'p1'")).toThrow(/never change/);
  expect(() => db.exec('DELETE FROM payout')).toThrow(/never deleted/);
});

test('a payout is made again once, and its successor names it', () => {
  const { store } = shop();
  untilDeclined(store, 'p1');
  const again = payoutRequested('p2', { reissueOf: 'p1' });
  store.commit([again, payoutStepped('p1', { type: 'reissued', payoutId: 'p2' })]);
  expect(refusal(store, payoutRequested('p3', { reissueOf: 'p1' }))).toMatch(/UNIQUE constraint failed/);
  untilDeclined(store, 'p4');
  expect(refusal(store, payoutStepped('p4', { type: 'reissued', payoutId: 'p2' }))).toMatch(/I1: p2 was not made/);
});

test('I3: one create for a payout, and one open command of a kind', () => {
  const { store } = shop();
  store.commit([payoutRequested('p1'), payoutEnqueued('k1', 'p1', 'create'), payoutEnqueued('k2', 'p1', 'hold')]);
  expect(refusal(store, payoutEnqueued('k3', 'p1', 'create'))).toMatch(/UNIQUE/);
  expect(refusal(store, payoutEnqueued('k4', 'p1', 'hold'))).toMatch(/UNIQUE/);
  store.commit([{ type: 'payout-command.step', v: 1, commandId: 'k2', step: { type: 'overtaken', reason: 'x' } }]);
  store.commit([payoutEnqueued('k5', 'p1', 'hold')]);
  expect(store.openPayoutCommands().map(({ id }) => id)).toEqual(['k1', 'k5']);
});

/** A payout as a careful person would keep it on paper. */
type Paper = { payouts: Map<string, Payout>; drawerMinor: number; isOpen: boolean };

function isPossible(paper: Paper, event: JournalEvent): boolean {
  if (event.type === 'payout.requested') {
    if (paper.payouts.has(event.terms.id) || !paper.isOpen) return false;
    paper.payouts.set(event.terms.id, { ...event.terms, state: 'requested', cancelAsked: false });
    return true;
  }
  if (event.type === 'shift.closed') {
    if (!paper.isOpen || [...paper.payouts.values()].some(({ counting }) => counting)) return false;
    paper.isOpen = false;
    paper.drawerMinor = 0;
    return true;
  }
  if (event.type !== 'payout.step') return false;
  const before = paper.payouts.get(event.payoutId);
  const moved = before && transition(before, event.step, 100);
  if (!before || !moved?.ok) return false;
  if (event.step.type === 'notes-started') {
    if (!paper.isOpen || [...paper.payouts.values()].some(({ counting }) => counting)) return false;
  }
  if (event.step.type === 'reissued') return false;
  if (event.step.type === 'replaced-by-notes') {
    if (paper.drawerMinor < before.amountMinor) return false;
    paper.drawerMinor -= before.amountMinor;
  }
  paper.payouts.set(event.payoutId, moved.value);
  return true;
}

const payoutId = fc.constantFrom('p1', 'p2', 'p3', 'p4');
const asked = fc.integer({ min: 1, max: 9 });
const anyStep: fc.Arbitrary<PayoutEvent> = fc.oneof(
  fc
    .tuple(fc.constantFrom('pending', 'on_hold', 'delivered', 'completed', 'cancelled', 'rejected'), asked)
    .map(([status, ordinal]) => seen(status, ordinal)),
  asked.map((ordinal): PayoutEvent => ({ type: 'accepted', cashoutId: '7', asked: ordinal, evidence: evidence() })),
  fc.constantFrom<PayoutEvent>(
    DECLINED,
    notesStarted(),
    notesStarted(),
    { ...notesStarted(), approvedBy: 3 } as PayoutEvent,
    GIVEN,
    GIVEN,
    { type: 'notes-not-given', reason: 'left' },
    { type: 'cancel-asked', reason: 'left' },
    { type: 'cancel-refused', code: '412/510' },
    { type: 'not-found', answers: 4, afterMs: 120_000, evidence: evidence() },
    { type: 'vanished', asked: 9, evidence: evidence() },
    { type: 'reviewed', by: 3, reason: 'asked them' },
    { type: 'reissued', payoutId: 'p9' },
  ),
);
/** The first of the steps that fits the state, so that histories get somewhere. */
function stepFitting([id, steps]: [string, PayoutEvent[]]): (store: TillStore) => JournalEvent {
  return (store) => {
    const payout = store.payout(id);
    const fitting = payout && steps.find((taken) => transition(payout, taken, 1).ok);
    return payoutStepped(id, fitting ?? GIVEN);
  };
}

const anyEvent = fc.oneof(
  {
    weight: 90,
    arbitrary: fc.tuple(payoutId, fc.array(anyStep, { minLength: 8, maxLength: 8 })).map(stepFitting),
  },
  {
    weight: 60,
    arbitrary: fc.tuple(payoutId, anyStep).map(
      ([id, taken]) =>
        () =>
          payoutStepped(id, taken),
    ),
  },
  {
    weight: 20,
    arbitrary: payoutId.map((id) => () => payoutRequested(id, { amountMinor: id === 'p4' ? 5 * FLOAT : PAYOUT_MINOR })),
  },
  { weight: 1, arbitrary: fc.constant((store: TillStore) => shiftClosed(store)) },
);

test('I1, I4, I5, I6: whatever is tried in whatever order, the store takes what is possible of payouts and nothing else', () => {
  const counts = { taken: 0, refused: 0, given: 0 };
  fc.assert(
    fc.property(fc.array(anyEvent, { minLength: 80, maxLength: 160, size: 'max' }), (makers) => {
      const { db, store } = shop();
      const paper: Paper = { payouts: new Map(), drawerMinor: FLOAT, isOpen: true };
      for (const make of makers) {
        const event = make(store);
        const wasTaken = refusal(store, event) === 'taken';
        expect([event.type, wasTaken]).toEqual([event.type, isPossible(paper, event)]);
        counts[wasTaken ? 'taken' : 'refused'] += 1;
      }
      for (const [id, payout] of paper.payouts) expect(store.payout(id)).toEqual(payout);
      expect(store.expectedCashMinor('s1')).toBe(paper.drawerMinor);
      counts.given += store.payoutsReplacedFrom('s1').length;
      expectReplayed(db);
      db.close();
    }),
    { numRuns: 60, seed: 20_260_302 },
  );
  expect(counts.taken).toBeGreaterThan(500);
  expect(counts.refused).toBeGreaterThan(500);
  expect(counts.given).toBeGreaterThan(10);
});
