/** What somebody with the files, the time and a tool can change, and who notices: the stand-alone verifier, and the till itself. */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../src-main/adapters/storage/database.ts';
import type { SqliteDatabase } from '../../../src-main/adapters/storage/database.ts';
import { exportJournal } from '../../../src-main/adapters/storage/journal-export.ts';
import type { ExportRange } from '../../../src-main/adapters/storage/journal-export.ts';
import { createJournal } from '../../../src-main/adapters/storage/journal.ts';
import { compareTables, replay } from '../../../src-main/adapters/storage/replay.ts';
import { verifyInSlices } from '../../../src-main/adapters/storage/verify-in-slices.ts';
import type { TillStore } from '../../../src-main/core/application/ports/till-store.ts';
import { flawIn, verified } from '../../support/journal-verifier.ts';
import { wholeNumbers } from '../../support/random.ts';
import {
  caseClosed,
  caseOpened,
  commandStep,
  DISPENSED,
  enqueued,
  evidence,
  handOver,
  OFFERED,
  paid,
  requested,
  SETTINGS,
  shiftClosed,
  shiftOpened,
  step,
  untilHandingOver,
} from './events.ts';
import { openStore, temporaryDirectory } from './support.ts';

type Days = Readonly<{ db: SqliteDatabase; store: TillStore; path: string }>;

/** Two closed shifts and an open one, each with what a till leaves behind. */
function threeShifts(): Days {
  const path = join(temporaryDirectory(), 'till.db');
  const { db, store } = openStore(path);
  store.commit([{ type: 'settings.changed', v: 1, settings: SETTINGS, source: 'till.json' }]);
  let previousHead: Readonly<{ seq: number; hash: string }> | undefined;
  for (const number of [1, 2, 3]) {
    const shiftId = `S${number}`;
    store.commit([shiftOpened(shiftId, number, 20_000_00, previousHead)]);
    for (const which of ['A', 'B', 'C']) {
      const id = `C${number}${which}`;
      store.commit([requested(`${id}X`, { shiftId }), enqueued(`K${id}`, `${id}X`)]);
      store.commit([commandStep(`K${id}`, { type: 'sending' })]);
      store.commit([step(`${id}X`, { type: 'refused', code: 'test', evidence: evidence() })]);
      untilHandingOver(store, id, { shiftId });
      store.commit([step(id, DISPENSED)]);
    }
    store.commit([caseOpened(`F${number}`, `C${number}A`), caseClosed(`F${number}`)]);
    store.commit([{ type: 'shift.dropped', v: 1, shiftId, amountMinor: 1_000_00, reason: 'a la caja fuerte' }]);
    if (number === 3) break;
    const [closing] = store.commit([shiftClosed(store, shiftId, 17_400_00)]);
    previousHead = closing && { seq: closing.seq, hash: closing.hash };
    store.commit([{ type: 'till.started', v: 1, mode: 'production', appVersion: '0.1.0' }]);
  }
  return { db, store, path };
}

function exported({ db }: Pick<Days, 'db'>, range: ExportRange = {}): Buffer {
  const made = exportJournal(db, range, { till: { id: 'T1', shop: 'Abarrotes «La Esquina»' }, madeAtMs: 1_000 });
  if (!made.ok) throw new Error(made.error);
  return Buffer.from([...made.value.lines()].map((line) => `${line}\n`).join(''));
}

test('a change of any one byte of an exported journal is found: 10 000 of 10 000', () => {
  const original = exported(threeShifts());
  expect(flawIn(original)).toBeUndefined();
  const next = wholeNumbers(20_261_121);
  const unfound: string[] = [];
  for (let round = 0; round < 10_000; round += 1) {
    const changed = Buffer.from(original);
    const place = next(changed.length);
    changed[place] = (original[place] ?? 0) ^ (1 + next(255));
    if (flawIn(changed) === undefined)
      unfound.push(`byte ${place}: ${original[place] ?? ''} to ${changed[place] ?? ''}`);
  }
  expect(unfound).toEqual([]);
}, 180_000);

function file(lines: readonly string[]): Buffer {
  return Buffer.from(`${lines.join('\n')}\n`);
}

test('lines that were dropped, swapped, doubled or cut off are found, each in words', () => {
  const days = threeShifts();
  const lines = exported(days).toString('utf8').trimEnd().split('\n');
  expect(flawIn(file(lines))).toBeUndefined();
  expect(flawIn(file(lines.toSpliced(9, 1)))).toMatch(/line 10, entry 9: entry 10 stands here instead/);
  expect(flawIn(file(lines.with(9, lines[10] ?? '').with(10, lines[9] ?? '')))).toMatch(/line 10, entry 9/);
  expect(flawIn(file(lines.toSpliced(9, 0, lines[9] ?? '')))).toMatch(/line 11, entry 10: entry 9 stands here instead/);
  expect(flawIn(file(lines.slice(0, -1)))).toMatch(/^\d+ entries were exported, \d+ are there$/);
  expect(flawIn(file(lines.slice(1)))).toMatch(/line 1 is not the header/);
  expect(flawIn(file([...lines, lines.at(-1) ?? '']))).toMatch(/stands here instead/);
  expect(flawIn(file(lines).subarray(0, -1))).toMatch(/its end is missing/);
  expect(flawIn(Buffer.from(`${lines.join('\r\n')}\r\n`))).toBeDefined();
});

test('exports of shifts join: each begins where the Z before it ended, and each one’s money adds up from its entries alone', () => {
  const days = threeShifts();
  const files = ['1', 'S2', '3'].map((shift) => exported(days, { shift }));
  const all = verified(files);
  expect(all.shifts).toMatchObject([
    { number: 1, floatMinor: 20_000_00, dispensedMinor: 1_500_00, dropsMinor: 1_000_00, expectedMinor: 17_500_00 },
    { number: 2, countedMinor: 17_400_00, varianceMinor: -100_00, previousHead: all.shifts[0]?.close, unknown: [] },
    { number: 3, previousHead: all.shifts[1]?.close },
  ]);
  const z = all.shifts[0]?.close?.hash ?? '';
  const printed = `${z.slice(0, 8)}…${z.slice(-8)}`;
  expect(verified(files.slice(0, 1), { head: printed })).toMatchObject({
    headAt: all.shifts[0]?.close?.seq,
    last: { hash: z },
  });
  expect(verified(files.slice(1, 2), { after: printed })).toMatchObject({ first: { prevHash: z } });
  expect(() => verified(files.slice(1, 2), { head: printed })).toThrow(/no entry has the fingerprint/);
  expect(() => verified([files[0] ?? Buffer.of(), files[2] ?? Buffer.of()])).toThrow(
    /does not go on where file 1 ends/,
  );
});

test('who rewrites the chain from a changed entry on is found by the head on any later slip, and by the ledger', () => {
  const days = threeShifts();
  const real = verified([exported(days)]);
  // The same till made anew with other figures: a chain that is sound in itself.
  const forged = verified([exported(threeShiftsWithLess())]);
  expect(forged.sound).toBe(true);
  const z = real.shifts[1]?.close?.hash ?? '';
  expect(() => verified([exported(threeShiftsWithLess())], { head: `${z.slice(0, 8)}…${z.slice(-8)}` })).toThrow(
    /no entry has/,
  );
});

function threeShiftsWithLess(): Days {
  const days = openStore();
  days.store.commit([{ type: 'settings.changed', v: 1, settings: SETTINGS, source: 'till.json' }, shiftOpened('S1')]);
  days.store.commit([shiftClosed(days.store, 'S1')]);
  return { ...days, path: ':memory:' };
}

test('money that comes from an older export is said to be unchecked, and is checked with it', () => {
  const { db, store } = openStore();
  store.commit([shiftOpened('S1', 1, 20_000_00), requested('C1', { shiftId: 'S1' })]);
  store.commit([caseOpened('F1', 'C1')]);
  store.commit([shiftClosed(store, 'S1'), shiftOpened('S2', 2, 20_000_00)]);
  store.commit([step('C1', OFFERED), step('C1', paid()), step('C1', handOver('S2'))]);
  store.commit([step('C1', DISPENSED)]);
  store.commit([shiftClosed(store, 'S2')]);
  const files = ['1', '2'].map((shift) => exported({ db }, { shift }));
  expect(verified(files.slice(1)).shifts).toMatchObject([{ number: 2, unknown: ['the amount of C1'] }]);
  expect(verified(files).shifts).toMatchObject([{ unknown: [] }, { dispensedMinor: 500_00, unknown: [] }]);
});

test('a change of one byte in any row of the file is found: 10 000 of 10 000', () => {
  const { path, db: till } = threeShifts();
  const db = intruder(path);
  const rebuilt = openDatabase('');
  replay(till, rebuilt);
  expect([createJournal(db).verify().sound, compareTables(db, rebuilt)]).toEqual([true, []]);
  const next = wholeNumbers(7);
  const tables = columnsByTable(db);
  const others = tables.filter(({ table }) => table !== 'journal');
  const unfound: string[] = [];
  const touched = new Set<string>();
  let changes = 0;
  while (changes < 10_000) {
    const isJournal = changes < 7_000;
    const from = isJournal ? tables.find(({ table }) => table === 'journal') : others[next(others.length)];
    const column = from?.columns[next(from.columns.length)];
    if (!from || column === undefined) throw new Error('no table');
    db.exec('SAVEPOINT untouched');
    if (changeOneByte(db, from.table, column, next)) {
      changes += 1;
      touched.add(from.table);
      const isFound = isJournal ? !createJournal(db).verify().sound : compareTables(db, rebuilt).length > 0;
      if (!isFound) unfound.push(`${from.table}.${column}`);
    }
    db.exec('ROLLBACK TO untouched; RELEASE untouched');
  }
  expect(unfound).toEqual([]);
  expect([...touched].toSorted()).toEqual(
    expect.arrayContaining(['case_file', 'cash_out', 'command', 'journal', 'posting', 'setting', 'shift']),
  );
  rebuilt.close();
  db.close();
}, 240_000);

/** Somebody with a tool: a connection of their own without our triggers, nor the index that refuses what is no JSON. */
function intruder(path: string): Database.Database {
  const db = new Database(path);
  const triggers = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
  for (const trigger of triggers) db.exec(`DROP TRIGGER ${trigger}`);
  const reading = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE '%json%'");
  for (const index of reading.pluck().all()) db.exec(`DROP INDEX ${index}`);
  db.pragma('ignore_check_constraints = ON');
  db.pragma('foreign_keys = OFF');
  return db;
}

function columnsByTable(db: Database.Database): readonly { table: string; columns: readonly string[] }[] {
  const tables = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
  return tables
    .filter((table) => Number(db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get()) > 0)
    .map((table) => ({
      table,
      columns: db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table),
    }));
}

/** False where the value is empty, or the file's own indexes do not take the new one. */
function changeOneByte(db: Database.Database, table: string, column: string, next: (below: number) => number): boolean {
  const count = Number(db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get());
  const key = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk').pluck();
  const keys = key.all(table);
  const where = keys.map((name) => `"${name}" IS ?`).join(' AND ');
  const place = db.prepare<[number], unknown[]>(`SELECT ${keys.join()} FROM "${table}" LIMIT 1 OFFSET ?`).raw();
  const row = place.get(next(count)) ?? [];
  const value = db.prepare<unknown[], bigint | string | null>(`SELECT "${column}" FROM "${table}" WHERE ${where}`);
  const original = value
    .pluck()
    .safeIntegers()
    .get(...row);
  if (original === null || original === undefined || original === '') return false;
  const set = (expression: string, changed: unknown): boolean =>
    db.prepare(`UPDATE OR IGNORE "${table}" SET "${column}" = ${expression} WHERE ${where}`).run(changed, ...row)
      .changes === 1;
  if (typeof original === 'bigint') {
    return set('?', BigInt.asIntN(64, original ^ (BigInt(1 + next(255)) << BigInt(8 * next(8)))));
  }
  const bytes = Buffer.from(original);
  const at = next(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 + next(255));
  return set('CAST(? AS TEXT)', bytes);
}

test('a long journal is checked in slices, with the same answer, and nothing else waits for it', async () => {
  const { db, store } = openStore(join(temporaryDirectory(), 'till.db'));
  store.commit([shiftOpened('S1')]);
  store.commit(Array.from({ length: 8_000 }, (_, n) => requested(`C${n}`, { shiftId: 'S1' })));
  const journal = createJournal(db);
  // A clock on which each look takes a millisecond: between two pauses the journal may look at it six times.
  let ms = 0;
  const pausesAtMs: number[] = [];
  const pause = async (): Promise<void> => {
    pausesAtMs.push(ms);
    await nextTurn();
  };
  expect(await verifyInSlices(journal, 1, { sliceMs: 6, monotonicMs: () => (ms += 1), pause })).toEqual(
    journal.verify(),
  );
  expect(pausesAtMs.length).toBeGreaterThan(20);
  expect(Math.max(...pausesAtMs.slice(1).map((at, index) => at - (pausesAtMs[index] ?? 0)))).toBeLessThanOrEqual(7);
  expect(await verifyInSlices(journal, 7_990)).toMatchObject({ sound: true, checked: 12 });
});
