/**
 * What a store remembers must be what stands in the file, at every moment: an old answer would be a wrong sum of money. A store that has
 * lived through everything is compared here with one that was made a moment ago and has nothing to remember.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { openDatabase } from '../../../src-main/adapters/storage/database.ts';
import type { SqliteDatabase } from '../../../src-main/adapters/storage/database.ts';
import { createTillStore } from '../../../src-main/adapters/storage/till-store.ts';
import type { TillStore } from '../../../src-main/core/application/ports/till-store.ts';
import { CASH_OUT_STATES } from '../../../src-main/core/domain/cash-out.ts';
import { PAYOUT_STATES } from '../../../src-main/core/domain/payouts/payout.ts';
import { simulate } from '../../simulation/simulate.ts';
import { history, tryCommit } from './histories.ts';
import { openStore } from './support.ts';
import { commandStep, enqueued, evidence, requested, shiftOpened } from './events.ts';

function idsIn(db: SqliteDatabase, table: string): readonly string[] {
  return db.prepare<[], string>(`SELECT id FROM ${table}`).pluck().all();
}

/** Everything that a store can be asked, about everything that there is, and about something that there is not. */
function readings(store: TillStore, db: SqliteDatabase): unknown {
  const about = <Value>(table: string, read: (id: string) => Value): readonly Value[] =>
    [...idsIn(db, table), 'nobody'].map(read);
  return {
    now: [
      store.settings(),
      store.head(),
      store.blockedNetworks(),
      store.devices(),
      store.openShift(),
      store.lastShift(),
    ],
    open: [store.openCommands(), store.openPayoutCommands(), store.openCases(), store.payoutCounting()],
    cashOuts: about('cash_out', (id) => [
      store.cashOut(id),
      store.newestAnswerMs(id),
      store.commandsOf(id),
      store.casesOf(id),
      store.slipJobsOf(id),
    ]),
    commands: about('command', (id) => store.command(id)),
    payouts: about('payout', (id) => [store.payout(id), store.payoutCommandsOf(id), store.casesOfPayout(id)]),
    payoutCommands: about('payout_command', (id) => store.payoutCommand(id)),
    cases: about('case_file', (id) => store.caseFile(id)),
    shifts: about('shift', (id) => [
      store.shift(id),
      store.expectedCashMinor(id),
      store.postingsOf(id),
      store.drawerOpenings(id),
      store.cashOutsOfShift(id),
      store.payoutsOfShift(id),
      store.payoutsReplacedFrom(id),
      store.cashOutsIn(['handing_over', 'settled'], id),
    ]),
    slips: about('slip_job', (id) => store.slipJob(id)),
    lists: [
      ...CASH_OUT_STATES.map((state) => store.cashOutsIn([state])),
      store.cashOutsIn(['paid', 'paid', 'handing_over']),
      store.cashOutsIn([]),
      store.cashOutsSince(0, 50),
      store.cashOutsSince(0, 50, ['settled', 'returned']),
      store.payoutsIn(PAYOUT_STATES),
      store.payoutsIn([]),
      store.payoutsSince(0, 50),
      store.payoutsCompletedSince(0),
      store.newestCases(50),
      store.casesClosedSince(0),
    ],
  };
}

function expectTrue(store: TillStore, db: SqliteDatabase): void {
  const fresh = createTillStore(db, { clock: { nowMs: () => 0 } });
  expect(readings(store, db)).toEqual(readings(fresh, db));
}

test('whatever is committed, refused or undone in whatever order, a store answers as one that was made a moment ago', () => {
  const counts = { taken: 0, refused: 0 };
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat(9)), (commits, chances) => {
      const db = openDatabase(':memory:');
      let nowMs = 100;
      const store = createTillStore(db, { clock: { nowMs: () => nowMs } });
      for (const recipes of commits) {
        nowMs += 1;
        const events = recipes.map((make) => make(store));
        // Now and then the disk is full: the commit is undone half-way by SQLite itself.
        const isFull = chances.next().value === 0;
        if (isFull) db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
        counts[tryCommit(store, events) ? 'taken' : 'refused'] += 1;
        if (isFull) db.pragma('max_page_count = 1000000');
        expectTrue(store, db);
      }
      db.close();
    }),
    { numRuns: 8, seed: 20_260_302 },
  );
  expect(counts.taken).toBeGreaterThan(100);
  expect(counts.refused).toBeGreaterThan(100);
});

test('through a stormy day with payouts, crashes and a failing disk it answers as one that was made a moment ago', async () => {
  let commits = 0;
  const checked = (store: TillStore, db: SqliteDatabase): TillStore => ({
    ...store,
    commit(events) {
      try {
        return store.commit(events);
      } finally {
        commits += 1;
        if (commits % 5 === 0) expectTrue(store, db);
      }
    },
  });
  const watched = {
    bug: 'none',
    seed: 4,
    shops: 1,
    cashOuts: 15,
    network: 'mercadopago-orders',
    breaks: /never/,
    patch: () => ({ store: checked }),
  } as const;
  const networks = ['mercadopago-orders', 'onekey'] as const;
  const outcome = await simulate({ seed: 4, cashOuts: 15, networks, mutant: watched });
  expect(outcome.breaches).toEqual([]);
  expect(commits).toBeGreaterThan(100);
});

test('a shift that could not be opened because the disk was full is not remembered as open', () => {
  const { db, store } = openStore();
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
  const day = [shiftOpened(), ...Array.from({ length: 300 }, (_, number) => requested(`d${number}`))];
  expect(() => store.commit(day)).toThrow(/disk is full/);
  expect(store.openShift()).toBeUndefined();
  expectTrue(store, db);
  db.pragma('max_page_count = 1000000');
  store.commit([shiftOpened()]);
  for (let number = 0; number < 600; number += 1) store.commit([requested(`c${number}`)]);
  expect(store.cashOut('c0')).toMatchObject({ id: 'c0', state: 'requested' });
  expect(store.cashOutsIn(['requested'])).toHaveLength(600);
});

test('I6: an answer to a command alone makes older answers old, at once', () => {
  const { db, store } = openStore();
  store.commit([shiftOpened(), requested('c1'), enqueued('k1', 'c1'), commandStep('k1', { type: 'sending' })]);
  expect(store.newestAnswerMs('c1')).toBeUndefined();
  const outcome = {
    type: 'outcome',
    state: 'unknown',
    outcome: 'conflict',
    arrived: 'yes',
    nextAttemptAtMs: 9,
  } as const;
  store.commit([commandStep('k1', { ...outcome, evidence: evidence(40) })]);
  expect(store.newestAnswerMs('c1')).toBe(40);
  expectTrue(store, db);
});
