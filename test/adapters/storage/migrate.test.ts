import { join } from 'node:path';

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';

import { openDatabase } from '../../../src-main/adapters/storage/database.ts';
import { migrate } from '../../../src-main/adapters/storage/migrate.ts';
import type { Migration } from '../../../src-main/adapters/storage/migrate.ts';
import { MIGRATIONS } from '../../../src-main/adapters/storage/migrations/index.ts';
import { compareTables, replay } from '../../../src-main/adapters/storage/replay.ts';
import { createTillStore } from '../../../src-main/adapters/storage/till-store.ts';
import { caseOpened, DISPENSED, requested, shiftOpened, step, untilHandingOver } from './events.ts';
import { openStore, temporaryDirectory } from './support.ts';

const NEWEST = MIGRATIONS.length;

const SHELF: Migration = {
  version: 1,
  name: 'shelf',
  up: (db) => db.exec('CREATE TABLE shelf (id INTEGER PRIMARY KEY)'),
};
const BOOK: Migration = {
  version: 2,
  name: 'book',
  up: (db) => db.exec('CREATE TABLE book (shelf INTEGER REFERENCES shelf (id)); INSERT INTO book VALUES (7)'),
};
const LABEL: Migration = { version: 2, name: 'label', up: (db) => db.exec('ALTER TABLE shelf ADD COLUMN label TEXT') };

function versionOf(db: Database.Database): unknown {
  return db.pragma('user_version', { simple: true });
}

function schemaOf(db: Database.Database): unknown {
  return db.prepare('SELECT type, name, sql FROM sqlite_schema').all();
}

test('migrations are numbered from one without gaps', () => {
  const db = new Database(':memory:');
  expect(() => migrate(db, [LABEL])).toThrow(/migration 2 label stands at place 1/);
  expect(() => migrate(db, [SHELF, { ...LABEL, version: 3 }])).toThrow(/migration 3 label stands at place 2/);
  expect(versionOf(db)).toBe(0);
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

test('each step commits with its version: a failing one leaves the version before it, whole', () => {
  const db = new Database(':memory:');
  const broken: Migration = {
    version: 3,
    name: 'broken',
    up(inside) {
      inside.exec('DROP TABLE shelf');
      throw new Error('power cut');
    },
  };
  expect(() => migrate(db, [SHELF, LABEL, broken])).toThrow('power cut');
  expect(versionOf(db)).toBe(2);
  expect(db.prepare('SELECT count(label) FROM shelf').pluck().get()).toBe(0);
  expect(migrate(db, [SHELF, LABEL])).toBe(2);
});

test('a step that leaves a broken reference is undone', () => {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = OFF');
  expect(() => migrate(db, [SHELF, BOOK])).toThrow(/migration 2 book leaves 1 broken references/);
  expect(versionOf(db)).toBe(1);
});

test('an empty file gets the journal and its tables; opening it again changes nothing and loses nothing', () => {
  const path = join(temporaryDirectory(), 'till.db');
  const first = openDatabase(path);
  expect(versionOf(first)).toBe(NEWEST);
  const store = createTillStore(first, { clock: { nowMs: () => 1 } });
  store.commit([shiftOpened(), requested('c1')]);
  const before = schemaOf(first);
  first.close();

  const { db, store: again } = openStore(path);
  expect(versionOf(db)).toBe(NEWEST);
  expect(schemaOf(db)).toEqual(before);
  expect(again.cashOut('c1')?.state).toBe('requested');
});

test('a till of before payouts opens with all that it had, guarded as before, and its tables are what replay gives', () => {
  const path = join(temporaryDirectory(), 'till.db');
  const day = writeOldTill(path);
  const { db, store } = openStore(path);

  expect(versionOf(db)).toBe(NEWEST);
  expect(compareTables(db, day)).toEqual([]);
  expect([store.cashOut('c1')?.state, store.casesOf('c1').length, store.payoutsSince(0, 10)]).toEqual([
    'dispensed',
    1,
    [],
  ]);
  expect(() => db.exec('DELETE FROM posting')).toThrow(/I5: a posting is never deleted/);
  expect(() => db.exec('UPDATE posting SET amount_minor = 1')).toThrow(/I5: a posting never changes/);
  const again = openDatabase(':memory:');
  replay(db, again);
  expect(compareTables(db, again)).toEqual([]);
});

test('a case is about a cash-out, a payout, or what only a network has; about nothing it cannot be', () => {
  const { db, store } = openStore(join(temporaryDirectory(), 'till.db'));
  const foreign = { network: 'mercadopago-orders', reference: 'CAJA0301K9ANOTHERORDER' } as const;
  const file = {
    id: 'x9',
    kind: 'not-at-till',
    foreign,
    amountMinor: 50_000,
    currency: 'MXN',
    detail: 'paid',
  } as const;
  store.commit([shiftOpened(), { type: 'case.opened', v: 1, case: file }]);
  expect(store.openCases()).toMatchObject([file]);
  expect(store.entriesAbout('mercadopago-orders CAJA0301K9ANOTHERORDER')).toHaveLength(1);
  const again = openDatabase(':memory:');
  replay(db, again);
  expect(compareTables(db, again)).toEqual([]);
  const insert = db.prepare("INSERT INTO case_file VALUES ('x10', NULL, NULL, 'late-payment', 'open', 1, '{}')");
  expect(() => insert.run()).toThrow(/CHECK constraint failed/);
});

/** A day at the till, row for row as version 1 kept it; answers the same day as the newest version would have. */
function writeOldTill(path: string): Database.Database {
  const day = openDatabase(':memory:');
  const store = createTillStore(day, { clock: { nowMs: () => 1 } });
  store.commit([shiftOpened()]);
  untilHandingOver(store, 'c1');
  store.commit([step('c1', DISPENSED), caseOpened('x1', 'c1')]);
  store.commit([
    { type: 'drawer.opened', v: 1, shiftId: 's1', cashOutId: 'c1', reason: 'hand-over', outcome: 'manual' },
  ]);
  store.commit([{ type: 'slip.queued', v: 1, jobId: 'j1', slip: { kind: 'receipt', subjectId: 'c1', copy: 0 } }]);
  const old = openDatabase(path, MIGRATIONS.slice(0, 1));
  old.pragma('foreign_keys = OFF');
  const tables = old.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  for (const table of tables) {
    const columns = old.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
    const names = columns.join(', ');
    const insert = old.prepare(`INSERT INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')})`);
    const rows = day.prepare<[], unknown[]>(`SELECT ${names} FROM ${table}`).raw().all();
    for (const row of rows) insert.run(...row);
    expect([table, rows.length > 0 || ['command', 'setting', 'network_block'].includes(table)]).toEqual([table, true]);
  }
  old.close();
  return day;
}

test('every question the till asks of its tables is answered from an index, without sorting', () => {
  const db = openDatabase(':memory:');
  const prepared: string[] = [];
  const prepare = db.prepare.bind(db);
  db.prepare = (sql: string) => {
    prepared.push(sql);
    return prepare(sql);
  };
  createTillStore(db, { clock: { nowMs: () => 1 } });

  const questions = prepared.filter((sql) => /^\s*(SELECT|UPDATE|DELETE)/.test(sql));
  expect(questions.length).toBeGreaterThan(30);
  const slow = questions
    .map((sql) => ({ sql, plan: planOf(prepare(`EXPLAIN QUERY PLAN ${sql.replaceAll(/[?]|@\w+/g, '1')}`)) }))
    .filter(({ sql, plan }) => walks(sql, plan) || sorts(sql, plan));
  expect(slow).toEqual([]);
  db.close();
});

function planOf(statement: Database.Statement): string {
  return (statement.all() as { detail: string }[]).map(({ detail }) => detail).join('; ');
}

/** Walking is well where there is a handful of rows, where the index holds only what is asked for, or where the walk ends at its first row. */
function walks(sql: string, plan: string): boolean {
  const isShort = /FROM network_block|FROM device |LIMIT 1$|state = '(open|sending)'|state IN/.test(sql);
  return plan.includes('SCAN') && !isShort;
}

/** A cash-out has four commands at most; sorting those is nothing. */
function sorts(sql: string, plan: string): boolean {
  return plan.includes('TEMP B-TREE') && !/FROM (command WHERE cash_out_id|payout WHERE cashout_id)/.test(sql);
}
