import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';

import { createTillStore } from '../../../src-main/adapters/storage/till-store.ts';
import { openDatabase } from '../../../src-main/adapters/storage/database.ts';
import { inspectFile } from '../../../src-main/adapters/storage/inspect.ts';
import { MIGRATIONS } from '../../../src-main/adapters/storage/migrations/index.ts';
import { asStorageFault } from '../../../src-main/adapters/storage/storage-fault.ts';
import { FaultError } from '../../../src-main/core/domain/fault.ts';
import type { Fault } from '../../../src-main/core/domain/fault.ts';
import { requested, shiftOpened } from './events.ts';
import { openStore, temporaryDirectory } from './support.ts';

function faultOf(run: () => unknown): Fault | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof FaultError) return error.fault;
    throw error;
  }
}

test('a commit is synced to disk before it returns, references are checked, and the schema is not trusted', () => {
  const { db } = openStore(join(temporaryDirectory(), 'till.db'));
  const setting = (name: string): unknown => db.pragma(name, { simple: true });
  expect(setting('journal_mode')).toBe('wal');
  expect(setting('synchronous')).toBe(2);
  expect(setting('foreign_keys')).toBe(1);
  expect(setting('trusted_schema')).toBe(0);
  expect(setting('busy_timeout')).toBe(2000);
  const tables = db
    .prepare("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'")
    .all();
  expect(tables).toHaveLength(13);
  expect(tables).toEqual(tables.map((table) => ({ ...(table as object), strict: 1 })));
});

test('a database in memory behaves the same', () => {
  const { store } = openStore();
  store.commit([shiftOpened()]);
  expect(store.openShift()?.id).toBe('s1');
});

test('a database from a newer program is refused by name of both versions, and not one byte of it changes', () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'till.db');
  const { db, store } = openStore(join(directory, 'original.db'));
  store.commit([shiftOpened()]);
  db.pragma('user_version = 99');
  // Copied while open: the write-ahead log still holds commits that an opening connection could be tempted to move.
  for (const suffix of ['', '-wal']) copyFileSync(join(directory, `original.db${suffix}`), `${path}${suffix}`);
  const before = [readFileSync(path), readFileSync(`${path}-wal`)];
  expect(before[1]?.length).toBeGreaterThan(0);

  const fault = faultOf(() => openDatabase(path));

  expect(fault).toMatchObject({
    code: 'storage.newer-than-app',
    values: { databaseVersion: 99, appVersion: MIGRATIONS.length },
  });
  expect(fault?.detail).toMatch(
    new RegExp(`version 99, this program knows versions up to ${MIGRATIONS.length}; install the newer program again`),
  );
  expect(readFileSync(path).equals(before[0] ?? Buffer.of())).toBe(true);
  expect(readFileSync(`${path}-wal`).equals(before[1] ?? Buffer.of())).toBe(true);
});

test('a database of another program is left alone', () => {
  const path = join(temporaryDirectory(), 'till.db');
  const foreign = new Database(path);
  foreign.exec('CREATE TABLE recipe (name TEXT)');
  foreign.close();
  const before = readFileSync(path);
  expect(faultOf(() => openDatabase(path))).toMatchObject({ code: 'storage.failed', values: { reason: 'not-ours' } });
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a file that is no database, and a folder that does not exist, are said so', () => {
  const directory = temporaryDirectory();
  const path = join(directory, 'till.db');
  writeFileSync(path, 'this was never a database, whatever its name says. '.repeat(100));
  expect(faultOf(() => openDatabase(path))).toMatchObject({ code: 'storage.damaged', values: { reason: 'damaged' } });
  expect(faultOf(() => openDatabase(join(directory, 'nowhere', 'till.db')))).toMatchObject({
    code: 'storage.failed',
    detail: `the folder ${join(directory, 'nowhere')} does not exist`,
  });
});

test('an empty file, as a crash at the first start leaves it, becomes a database', () => {
  const path = join(temporaryDirectory(), 'till.db');
  writeFileSync(path, '');
  openDatabase(path).close();
  expect(statSync(path).size).toBeGreaterThan(0);
});

test('a full disk is called a full disk; nothing of the commit stays, and the till goes on when there is space again', () => {
  const { db, store } = openStore(join(temporaryDirectory(), 'till.db'));
  store.commit([shiftOpened()]);
  const pages = Number(db.pragma('page_count', { simple: true }));
  db.pragma(`max_page_count = ${pages}`);
  const long = { cashierName: 'x'.repeat(100_000) };
  expect(faultOf(() => store.commit([requested('c1'), requested('c2', long)]))).toMatchObject({
    code: 'storage.failed',
    detail: expect.stringMatching(/^the disk is full; .*SQLITE_FULL/) as string,
    values: { reason: 'disk-full' },
  });
  expect(store.cashOut('c1')).toBeUndefined();
  expect(store.head().seq).toBe(1);
  db.pragma('max_page_count = 1000000');
  store.commit([requested('c1'), requested('c2', long)]);
  expect(store.head().seq).toBe(3);
});

test('a database that cannot be written says so', () => {
  const { db, store } = openStore();
  db.pragma('query_only = ON');
  expect(faultOf(() => store.commit([shiftOpened()]))).toMatchObject({
    code: 'storage.failed',
    values: { reason: 'read-only' },
  });
});

test('a database held by another program says so after two seconds', () => {
  const path = join(temporaryDirectory(), 'till.db');
  const { store } = openStore(path);
  const other = new Database(path);
  other.exec('BEGIN IMMEDIATE');
  const beganMs = performance.now();
  expect(faultOf(() => store.commit([shiftOpened()]))).toMatchObject({ values: { reason: 'busy' } });
  expect(performance.now() - beganMs).toBeGreaterThan(1500);
  other.exec('ROLLBACK');
  other.close();
  store.commit([shiftOpened()]);
  expect(store.head().seq).toBe(1);
});

test('a damaged file is refused before a byte of it changes, and reading the damage is a fault in words', () => {
  const path = join(temporaryDirectory(), 'till.db');
  const { db, store } = openStore(path);
  store.commit([shiftOpened(), ...Array.from({ length: 300 }, (_, n) => requested(`c${n}`))]);
  expect(inspectFile(path)).toMatchObject({ problems: [], entries: 301, head: store.head() });
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('cache_size = 1');
  const page = Number(db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'cash_out'").pluck().get());
  writeSync(openSync(path, 'r+'), Buffer.alloc(4096, 0xee), 0, 4096, (page - 1) * 4096);
  const before = readFileSync(path);

  // One that has written nothing itself, and so remembers nothing.
  const reader = createTillStore(db, { clock: { nowMs: () => 0 } });
  expect(faultOf(() => reader.cashOutsSince(0, 1000))).toMatchObject({
    code: 'storage.damaged',
    detail: expect.stringMatching(/^the database file is damaged; restore a backup/) as string,
  });
  db.close();
  expect(faultOf(() => openDatabase(path))).toMatchObject({
    code: 'storage.damaged',
    detail: expect.stringMatching(/^the database is damaged: /) as string,
  });
  expect(inspectFile(path).problems.length).toBeGreaterThan(0);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a file cut short under the running till is a storage fault, not a crash', () => {
  const path = join(temporaryDirectory(), 'till.db');
  const { db, store } = openStore(path);
  store.commit([shiftOpened(), ...Array.from({ length: 300 }, (_, n) => requested(`c${n}`))]);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('cache_size = 1');
  truncateSync(path, 8192);
  expect(faultOf(() => store.cashOutsSince(0, 1000))?.code).toMatch(/^storage\.(failed|damaged)$/);
});

test('a write that the operating system refuses is a disk error in words', () => {
  const path = join(temporaryDirectory(), 'till.db');
  // The child may not let any file grow above 1000 blocks of 1 KiB: the kernel answers EFBIG, as a failing disk answers EIO.
  const child = join(import.meta.dirname, 'commit-until-refused.ts');
  const script = `trap '' XFSZ; ulimit -f 1000; exec '${process.execPath}' '${child}' '${path}'`;
  const run = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  const told = JSON.parse(run.stdout) as { committed: number; fault: Fault };
  expect(told.fault).toMatchObject({ code: 'storage.failed', values: { reason: 'disk-error' } });
  expect(told.fault.detail).toMatch(/^the disk could not be read or written; .*SQLITE_IOERR/);
  expect(told.committed).toBeGreaterThan(5);

  const { store } = openStore(path);
  expect(store.head().seq).toBeGreaterThanOrEqual(told.committed);
});

test('an error that is not the disk’s stays what it is', () => {
  const bug = new Error('a bug');
  expect(asStorageFault(bug)).toBe(bug);
  const { db } = openStore();
  expect(() => db.prepare('INSERT INTO setting (id, seq, detail) VALUES (2, 1, 1)').run()).toThrow(/CHECK constraint/);
  const constraint = new Database.SqliteError('CHECK constraint failed', 'SQLITE_CONSTRAINT_CHECK');
  expect(asStorageFault(constraint)).toBe(constraint);
});

test('closing leaves one file, without a log beside it', () => {
  const path = join(temporaryDirectory(), 'till.db');
  openDatabase(path).close();
  expect([existsSync(path), existsSync(`${path}-wal`), existsSync(`${path}-shm`)]).toEqual([true, false, false]);
});
