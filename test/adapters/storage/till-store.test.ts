import { expect, test } from 'vitest';

import { createTillStore } from '../../../src-main/adapters/storage/till-store.ts';
import { compareTables, replay } from '../../../src-main/adapters/storage/replay.ts';
import { openDatabase } from '../../../src-main/adapters/storage/database.ts';
import type { TillStore } from '../../../src-main/core/application/ports/till-store.ts';
import type { JournalEvent } from '../../../src-main/core/domain/journal-event.ts';
import { balancesOf } from '../../../src-main/core/domain/ledger.ts';
import {
  caseClosed,
  caseOpened,
  commandStep,
  DISPENSED,
  enqueued,
  evidence,
  FLOAT,
  handOver,
  OFFERED,
  ORDER,
  paid,
  requested,
  SETTINGS,
  shiftClosed,
  shiftOpened,
  step,
  terms,
  untilHandingOver,
} from './events.ts';
import { openStore } from './support.ts';

/** Why a commit is refused ('' when it is not). Whatever the reason, the journal is then as long as it was. */
function refusal(store: TillStore, events: readonly JournalEvent[]): string {
  const before = store.head().hash;
  try {
    store.commit(events);
    return '';
  } catch (error) {
    return store.head().hash === before ? String(error) : 'refused, but the journal has grown';
  }
}

function dayWithOneDispense(): ReturnType<typeof openStore> {
  const opened = openStore();
  opened.store.commit([shiftOpened()]);
  untilHandingOver(opened.store, 'c1');
  opened.store.commit([step('c1', DISPENSED)]);
  return opened;
}

test('a cash-out is walked to its end, its notes leave the drawer once, and the shift closes at zero variance', () => {
  const { store } = dayWithOneDispense();
  store.commit([step('c1', { type: 'settled' })]);

  expect(store.cashOut('c1')?.state).toBe('settled');
  expect(store.expectedCashMinor('s1')).toBe(FLOAT - 500_00);
  expect(balancesOf(store.postingsOf('s1'))).toEqual({
    drawer: FLOAT - 500_00,
    network_receivable: 500_00,
    payouts_replaced: 0,
    float: -FLOAT,
    safe: 0,
    over_short: 0,
  });

  store.commit([shiftClosed(store)]);
  expect(store.openShift()).toBeUndefined();
  expect(store.lastShift()).toMatchObject({ id: 's1', state: 'closed', varianceMinor: 0 });
  expect(balancesOf(store.postingsOf('s1'))).toMatchObject({ drawer: 0, over_short: 0 });
});

test('I1: notes are posted at most once for a cash-out', () => {
  const { store } = dayWithOneDispense();
  expect(refusal(store, [step('c1', DISPENSED)])).toMatch(/I6: dispensed for cash-out c1, which is dispensed/);
});

test('I1: the file itself refuses a second dispense, and one without earlier evidence, to whoever writes around the till', () => {
  const { db } = dayWithOneDispense();
  const post = db.prepare(
    `INSERT INTO posting (seq, line, shift_id, cause, cash_out_id, account, amount_minor)
     VALUES (1, 7, 's1', 'dispense', ?, 'drawer', ?)`,
  );
  expect(() => post.run('c1', -500_00)).toThrow(/I1: no dispense without earlier evidence/);
  db.exec('DROP TRIGGER posting_dispense_is_paid');
  expect(() => post.run('c1', -500_00)).toThrow(/UNIQUE constraint failed: posting.cash_out_id/);
});

test('I1: the evidence of a cash-out is the entry that said paid', () => {
  const { db, store } = dayWithOneDispense();
  const [paidSeq] = store.entriesAbout('c1').flatMap(({ seq, event }) => {
    return event.type === 'cash-out.step' && event.step.type === 'paid' ? [seq] : [];
  });
  expect(db.prepare('SELECT paid_seq FROM cash_out').pluck().get()).toBe(paidSeq);
});

test('I1: a payment of another amount pays nothing', () => {
  const { store } = openStore();
  store.commit([shiftOpened(), requested('c1'), step('c1', OFFERED)]);
  expect(refusal(store, [step('c1', paid(499_99))])).toMatch(/I6: paid for cash-out c1/);
});

test('I1: notes given must be the amount', () => {
  const { store } = openStore();
  store.commit([shiftOpened()]);
  untilHandingOver(store, 'c1');
  expect(refusal(store, [step('c1', { type: 'dispensed', notes: { '20000': 2 } })])).toMatch(
    /I1: the notes are not 50000/,
  );
  store.commit([step('c1', { type: 'dispensed', notes: { '20000': 2, '10000': 1 } })]);
  expect(store.cashOut('c1')?.state).toBe('dispensed');
});

test('I3: a key is used for one command only, and a cash-out has one command of each kind', () => {
  const { store } = openStore();
  store.commit([shiftOpened(), requested('c1'), requested('c2'), enqueued('k1', 'c1')]);
  expect(refusal(store, [enqueued('k2', 'c2', 'create', 'key-k1')])).toMatch(
    /UNIQUE constraint failed: command.idempotency_key/,
  );
  expect(refusal(store, [enqueued('k3', 'c1', 'create')])).toMatch(
    /UNIQUE constraint failed: command.cash_out_id, command.kind/,
  );
  expect(refusal(store, [enqueued('k4', 'nobody')])).toMatch(/I3: create for an unknown cash-out/);
});

test('I3: a command keeps its key and its bytes through every attempt and a restart', () => {
  const { store, db } = openStore();
  store.commit([shiftOpened(), requested('c1'), enqueued('k1', 'c1')]);
  store.commit([commandStep('k1', { type: 'sending' })]);
  const lost = { type: 'outcome', state: 'unknown', outcome: 'timeout', arrived: 'maybe', nextAttemptAtMs: 9 } as const;
  store.commit([commandStep('k1', lost)]);
  store.commit([commandStep('k1', { type: 'sending' })]);

  const { command } = enqueued('k1', 'c1');
  const afterRestart = createTillStore(db, { clock: { nowMs: () => 1 } });
  expect(afterRestart.openCommands()).toEqual([
    { ...command, state: 'sending', attempts: 2, mayHaveArrived: true, nextAttemptAtMs: 9, lastOutcome: 'timeout' },
  ]);
  expect(() => db.prepare("UPDATE command SET idempotency_key = 'other'").run()).toThrow(/I3: a command keeps its one/);
  expect(() => db.prepare('DELETE FROM command').run()).toThrow(/I3: a command is never deleted/);
  expect(refusal(store, [commandStep('k9', { type: 'sending' })])).toMatch(/I3: command k9 was never saved/);
});

test('an external reference is used once', () => {
  const { store } = openStore();
  store.commit([shiftOpened(), requested('c1')]);
  expect(refusal(store, [requested('c2', { externalReference: 'REFc1' })])).toMatch(
    /UNIQUE constraint failed: cash_out.external_ref/,
  );
});

test('one shift is open at a time, and a cash-out needs an open shift of its currency', () => {
  const { store } = openStore();
  expect(refusal(store, [requested('c1')])).toMatch(/asked in shift s1, which is not open/);
  store.commit([shiftOpened()]);
  expect(refusal(store, [shiftOpened('s2', 2)])).toMatch(/would be a second open one/);
  expect(refusal(store, [requested('c1', { currency: 'CLP' })])).toMatch(/I5: CLP asked of a drawer of MXN/);
  store.commit([shiftClosed(store)]);
  expect(refusal(store, [requested('c1')])).toMatch(/asked in shift s1, which is not open/);
  expect(refusal(store, [shiftOpened('s3', 1)])).toMatch(/UNIQUE constraint failed: shift.number/);
});

test('one cash-out is being handed over at a time', () => {
  const { store } = openStore();
  store.commit([shiftOpened()]);
  untilHandingOver(store, 'c1', { amountMinor: 100_00 });
  store.commit([requested('c2'), step('c2', OFFERED), step('c2', paid())]);
  expect(refusal(store, [step('c2', handOver())])).toMatch(/UNIQUE constraint failed: cash_out.state/);
  store.commit([step('c1', { type: 'not-given', reason: 'came back' }), step('c2', handOver())]);
  expect(store.cashOutsIn(['handing_over']).map(({ id }) => id)).toEqual(['c2']);
});

test('I5: the drawer never goes below zero, neither by a drop nor by notes', () => {
  const { store } = openStore();
  store.commit([shiftOpened('s1', 1, 300_00)]);
  expect(refusal(store, [drop(300_01)])).toMatch(/I5: drop of 30001 from a drawer that holds 30000/);
  expect(refusal(store, [drop(0)])).toMatch(/I5: drop of 0/);
  untilHandingOver(store, 'c1', { amountMinor: 200_00 });
  store.commit([drop(150_00)]);
  expect(refusal(store, [step('c1', DISPENSED)])).toMatch(/I5: dispense of 20000 from a drawer that holds 15000/);
  expect(store.cashOut('c1')?.state).toBe('handing_over');
});

test('I5: a close must name the ledger balance, its own difference and the head of the chain', () => {
  const { store } = dayWithOneDispense();
  const good = shiftClosed(store, 's1', FLOAT - 500_00 - 20_00);
  if (good.type !== 'shift.closed') throw new Error('not a close');
  expect(refusal(store, [{ ...good, expectedMinor: FLOAT }])).toMatch(/I5: 100000 expected, the ledger says 50000/);
  expect(refusal(store, [{ ...good, varianceMinor: 0 }])).toMatch(/I5: variance 0 is not the difference/);
  expect(refusal(store, [{ ...good, head: 'f'.repeat(64) }])).toMatch(/I4: the head on the Z report/);
  const count = { ...good.count, notes: { '50000': 1 } };
  expect(refusal(store, [{ ...good, count }])).toMatch(/I5: the notes counted are not the total/);
  store.commit([good]);
  expect(balancesOf(store.postingsOf('s1'))).toMatchObject({ drawer: 0, over_short: 20_00, float: -520_00 });
  expect(refusal(store, [drop(1)])).toMatch(/I5: drop in shift s1, which is not open/);
});

test('I5: a shift is not closed while notes are in the air', () => {
  const { store } = openStore();
  store.commit([shiftOpened()]);
  untilHandingOver(store, 'c1');
  expect(refusal(store, [shiftClosed(store)])).toMatch(/I5: shift closed while cash-out c1 is being handed over/);
});

test('money that came late is paid out of the drawer of the shift that hands it over', () => {
  const { store } = openStore();
  store.commit([shiftOpened(), requested('c1'), step('c1', OFFERED)]);
  store.commit([step('c1', { type: 'expired', evidence: evidence() }), caseOpened('x1', 'c1')]);
  store.commit([shiftClosed(store)]);
  store.commit([shiftOpened('s2', 2, 600_00), step('c1', paid())]);
  expect(refusal(store, [step('c1', handOver('s1'))])).toMatch(
    /I5: cash-out c1 handed over in shift s1, which is not open/,
  );
  store.commit([step('c1', handOver('s2'))]);
  store.commit([step('c1', DISPENSED)]);

  expect(store.expectedCashMinor('s2')).toBe(100_00);
  expect(store.expectedCashMinor('s1')).toBe(0);
  expect(store.cashOutsOfShift('s1')).toMatchObject([{ id: 'c1', late: 'after-expiry', payingShiftId: 's2' }]);
  expect(store.cashOutsIn(['dispensed'], 's2').map(({ id }) => id)).toEqual(['c1']);
  expect(store.cashOutsIn(['dispensed'], 's1')).toEqual([]);
});

test('I6: an answer older than the newest one moves nothing', () => {
  const { store } = openStore();
  store.commit([shiftOpened(), requested('c1'), enqueued('k1', 'c1')]);
  store.commit([commandStep('k1', { type: 'sending' })]);
  const accepted = { type: 'outcome', state: 'accepted', outcome: 'ok', arrived: 'yes', nextAttemptAtMs: 0 } as const;
  store.commit([commandStep('k1', { ...accepted, evidence: evidence(200) })]);
  expect(store.newestAnswerMs('c1')).toBe(200);
  expect(refusal(store, [step('c1', { type: 'offered', order: ORDER, evidence: evidence(199) })])).toMatch(
    /I6: .* by an older answer/,
  );
  store.commit([step('c1', { type: 'offered', order: ORDER, evidence: evidence(200) })]);
  store.commit([step('c1', paid(500_00, 300))]);
  expect(store.newestAnswerMs('c1')).toBe(300);
  expect(store.newestAnswerMs('nobody')).toBeUndefined();
});

test('a commit whose last event does not fit leaves nothing of the first', () => {
  const { store } = openStore();
  store.commit([shiftOpened()]);
  expect(refusal(store, [requested('c1'), step('c1', DISPENSED)])).toMatch(
    /I6: dispensed for cash-out c1, which is requested/,
  );
  expect(store.cashOut('c1')).toBeUndefined();
  expect(store.entriesAbout('c1')).toEqual([]);
});

test('an event that holds anything but whole numbers, text and plain objects never reaches the journal', () => {
  const { store } = openStore();
  expect(refusal(store, [shiftOpened('s1', 1, 0.5)])).toMatch(/canonical: not a whole number/);
  expect(refusal(store, [shiftOpened('s1', 1, Number.NaN)])).toMatch(/canonical: not a whole number/);
});

test('every entry is found under what it is about', () => {
  const { store } = openStore();
  store.commit([{ type: 'till.started', v: 1, mode: 'production', appVersion: '0.1.0' }, shiftOpened()]);
  store.commit([requested('c1'), enqueued('k1', 'c1'), commandStep('k1', { type: 'sending' })]);
  store.commit([step('c1', OFFERED), caseOpened('x1', 'c1'), caseClosed('x1')]);
  store.commit([queued('j1', 'c1'), outcome('j1', 'sending'), queued('j2', ''), outcome('j2', 'printed')]);
  store.commit([drawerOpened('c1'), drawerOpened(undefined), drop(1)]);
  const setAside = { operation: 'read', reason: 'stale', detail: 'older', evidence: evidence(1) } as const;
  store.commit([{ type: 'answer.set-aside', v: 1, cashOutId: 'c1', ...setAside }]);

  const about = (subject: string): string[] => store.entriesAbout(subject).map(({ event }) => event.type);
  expect(about('c1')).toEqual([
    'cash-out.requested',
    'command.enqueued',
    'command.step',
    'cash-out.step',
    'case.opened',
    'case.closed',
    'slip.queued',
    'slip.outcome',
    'drawer.opened',
    'answer.set-aside',
  ]);
  expect(about('s1')).toEqual(['shift.opened', 'drawer.opened', 'shift.dropped']);
  expect(about('j2')).toEqual(['slip.queued', 'slip.outcome']);
  expect(about('')).toEqual(['till.started']);
  expect(store.entries(2, 2).map(({ seq, event }) => [seq, event.type])).toEqual([
    [2, 'shift.opened'],
    [3, 'cash-out.requested'],
  ]);
  expect(store.drawerOpenings('s1')).toMatchObject([
    { reason: 'hand-over', outcome: 'opened', cashOutId: 'c1' },
    { reason: 'hand-over', outcome: 'opened' },
  ]);
});

test('a case is opened once and closed once, with the decision kept', () => {
  const { store } = openStore();
  store.commit([shiftOpened(), requested('c1'), caseOpened('x1', 'c1')]);
  expect(store.openCases()).toMatchObject([{ id: 'x1', state: 'open' }]);
  store.commit([caseClosed('x1')]);
  expect(store.openCases()).toEqual([]);
  expect(store.casesOf('c1')).toMatchObject([{ id: 'x1', state: 'closed', decision: 'hand-over', by: 'Eva' }]);
  expect(refusal(store, [caseClosed('x1')])).toMatch(/case x1 is not open/);
  expect(refusal(store, [caseOpened('x1', 'c1')])).toMatch(/UNIQUE constraint failed: case_file.id/);
  expect(refusal(store, [caseClosed('x9')])).toMatch(/case x9 was never opened/);
});

test('I9: a print job leaves once; one that nobody knows about never goes back to being sent', () => {
  const { store } = openStore();
  store.commit([shiftOpened(), queued('j1', 's1'), outcome('j1', 'sending')]);
  expect(store.openSlipJobs().map(({ id }) => id)).toEqual(['j1']);
  expect(refusal(store, [outcome('j1', 'sending')])).toMatch(/I9: sending for slip job j1, which is sending/);
  store.commit([outcome('j1', 'unknown')]);
  expect(refusal(store, [outcome('j1', 'sending')])).toMatch(/I9: sending for slip job j1, which is unknown/);
  store.commit([outcome('j1', 'printed')]);
  expect(store.slipJob('j1')).toMatchObject({ state: 'printed', slip: { kind: 'receipt', subjectId: 's1', copy: 0 } });
  expect(store.slipJobsOf('s1')).toHaveLength(1);
  expect(store.openSlipJobs()).toEqual([]);
  expect(refusal(store, [outcome('j9', 'printed')])).toMatch(/I9: slip job j9 was never queued/);
});

test('of each slip only its newest job counts as one that came to nothing, and not one that a person took back', () => {
  const { store } = openStore();
  const cancelled: JournalEvent = { ...outcome('j3', 'refused'), code: 'cancelled' };
  store.commit([shiftOpened(), queued('j1', 's1'), outcome('j1', 'refused')]);
  expect(store.slipsThatCameToNothing(0).map(({ id }) => id)).toEqual(['j1']);
  store.commit([queued('j2', 's1'), outcome('j2', 'unknown'), queued('j3', 's2'), cancelled]);
  store.commit([queued('j4', 's3'), outcome('j4', 'unknown'), queued('j5', 's4'), outcome('j5', 'printed')]);
  expect(store.slipsThatCameToNothing(0).map(({ id }) => id)).toEqual(['j4', 'j2']);
  store.commit([queued('j6', 's3')]);
  expect(store.slipsThatCameToNothing(0).map(({ id }) => id)).toEqual(['j2']);
  expect(store.slipsThatCameToNothing((store.slipJob('j2')?.queuedAtMs ?? 0) + 1)).toEqual([]);
});

test('settings are the last ones saved; a blocked network stays blocked since its first refusal', () => {
  const { store, clock } = openStore();
  expect(store.settings()).toBeUndefined();
  store.commit([{ type: 'settings.changed', v: 1, settings: SETTINGS, source: 'first' }]);
  store.commit([{ type: 'settings.changed', v: 1, settings: { ...SETTINGS, theme: 'dark' }, source: 'second' }]);
  expect(store.settings()).toEqual({ ...SETTINGS, theme: 'dark' });

  const network = 'mercadopago-orders';
  store.commit([{ type: 'network.blocked', v: 1, network, code: 'unauthorized' }]);
  const sinceMs = clock.ms;
  store.commit([{ type: 'network.blocked', v: 1, network, code: 'forbidden' }]);
  expect(store.blockedNetworks()).toEqual([{ network, code: 'forbidden', sinceMs }]);
  store.commit([{ type: 'network.unblocked', v: 1, network }]);
  expect(store.blockedNetworks()).toEqual([]);
});

test('lists come in the order of the requests', () => {
  const { store } = openStore();
  store.commit([shiftOpened()]);
  for (const [id, requestedAtMs] of [
    ['c2', 20],
    ['c1', 10],
    ['c4', 30],
    ['c3', 30],
  ] as const) {
    store.commit([requested(id, { requestedAtMs })]);
  }
  store.commit([step('c2', OFFERED)]);
  expect(ids(store.cashOutsIn(['awaiting_payment', 'requested', 'requested']))).toEqual(['c1', 'c2', 'c3', 'c4']);
  expect(ids(store.cashOutsOfShift('s1'))).toEqual(['c1', 'c2', 'c3', 'c4']);
  expect(ids(store.cashOutsSince(20, 2))).toEqual(['c4', 'c3']);
  expect(store.cashOutsIn([])).toEqual([]);
});

test('listeners hear every commit in order, also one that another listener makes, and none of them breaks the rest', () => {
  const failures: unknown[] = [];
  const db = openDatabase(':memory:');
  const store = createTillStore(db, { clock: { nowMs: () => 5 }, onListenerError: (error) => failures.push(error) });
  const heard: number[][] = [];
  store.onCommit(() => {
    throw new Error('a listener fell over');
  });
  store.onCommit((entries) => {
    if (entries[0]?.event.type === 'shift.opened') store.commit([requested('c1')]);
  });
  const stop = store.onCommit((entries) => heard.push(entries.map(({ seq }) => seq)));

  const entries = store.commit([shiftOpened()]);
  expect(entries.map(({ seq }) => seq)).toEqual([1]);
  expect(heard).toEqual([[1], [2]]);
  expect(failures).toHaveLength(2);
  stop();
  store.commit([step('c1', OFFERED)]);
  expect(heard).toHaveLength(2);
  expect(store.commit([])).toEqual([]);
  db.close();
});

test('listeners are told of nothing after a commit that failed, so that whoever remembers looks again', () => {
  const db = openDatabase(':memory:');
  const store = createTillStore(db, { clock: { nowMs: () => 5 } });
  const heard: number[] = [];
  store.onCommit((entries) => heard.push(entries.length));
  expect(() => store.commit([step('nobody', OFFERED)])).toThrow(/nobody/);
  expect(heard).toEqual([0]);
  store.commit([shiftOpened()]);
  expect(heard).toEqual([0, 1]);
  db.close();
});

test('what is stored is what a replay gives, for a day with everything in it', () => {
  const { store, db } = dayWithOneDispense();
  store.commit([{ type: 'settings.changed', v: 1, settings: SETTINGS, source: 'test' }, drop(100_00)]);
  store.commit([requested('c2'), enqueued('k1', 'c2'), caseOpened('x1', 'c2'), queued('j1', 'c2'), drawerOpened('c1')]);
  const copy = openDatabase(':memory:');
  expect(replay(db, copy)).toBe(store.head().seq);
  expect(compareTables(db, copy)).toEqual([]);

  db.prepare('UPDATE shift SET drawer_minor = drawer_minor + 1').run();
  expect(compareTables(db, copy)).toEqual([
    { table: 'shift', row: 1, column: 'drawer_minor', left: 'integer 40001', right: 'integer 40000' },
  ]);
  copy.close();
});

test('a cash-out can be asked for with every kind of character in its names', () => {
  const { store } = openStore();
  const cashierName = 'Íñigo "Ñ" 李 \u2028 \\ \u0000 🙂';
  store.commit([shiftOpened(), requested('c1', { cashierName })]);
  expect(store.cashOut('c1')).toEqual({ ...terms('c1', { cashierName }), state: 'requested', cancelAsked: false });
});

function ids(found: readonly { id: string }[]): string[] {
  return found.map(({ id }) => id);
}

function drop(amountMinor: number): JournalEvent {
  return { type: 'shift.dropped', v: 1, shiftId: 's1', amountMinor, reason: 'too full' };
}

function queued(jobId: string, subjectId: string): JournalEvent {
  return { type: 'slip.queued', v: 1, jobId, slip: { kind: 'receipt', subjectId, copy: 0 } };
}

function outcome(jobId: string, state: 'sending' | 'printed' | 'unknown' | 'refused') {
  return { type: 'slip.outcome', v: 1, jobId, state, detail: 'as told' } as const satisfies JournalEvent;
}

function drawerOpened(cashOutId: string | undefined): JournalEvent {
  const about = cashOutId === undefined ? {} : { cashOutId };
  return { type: 'drawer.opened', v: 1, shiftId: 's1', reason: 'hand-over', outcome: 'opened', ...about };
}
