/** The files of a till for the command line, without the till: opened although they are damaged, and then only read. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { listBackups } from '../adapters/storage/backups.ts';
import type { BackupFile } from '../adapters/storage/backups.ts';
import { markedProblems, removeDamageMark } from '../adapters/storage/damage-mark.ts';
import { openDatabase } from '../adapters/storage/database.ts';
import type { SqliteDatabase } from '../adapters/storage/database.ts';
import { inspectFile, openForReading } from '../adapters/storage/inspect.ts';
import type { Health } from '../adapters/storage/inspect.ts';
import { exportJournal } from '../adapters/storage/journal-export.ts';
import { createJournal } from '../adapters/storage/journal.ts';
import type { Verification } from '../adapters/storage/journal.ts';
import { MIGRATIONS } from '../adapters/storage/migrations/index.ts';
import { compareTables, replay } from '../adapters/storage/replay.ts';
import { restoreBackup } from '../adapters/storage/restore.ts';
import { asStorageFault } from '../adapters/storage/storage-fault.ts';
import { runStorageJob } from '../adapters/storage/storage-jobs.ts';
import { createSettingTable } from '../adapters/storage/tables/settings.ts';
import { verifyInSlices } from '../adapters/storage/verify-in-slices.ts';
import { createClock } from '../adapters/system/clock.ts';
import { locateDataDirectory, prepareDataDirectory } from '../adapters/system/data-directory.ts';
import type { DataDirectory } from '../adapters/system/data-directory.ts';
import { lockDataDirectory } from '../adapters/system/data-lock.ts';
import { fault, FaultError } from '../core/domain/fault.ts';
import type { Fault } from '../core/domain/fault.ts';
import { err, ok } from '../core/domain/result.ts';
import type { Result } from '../core/domain/result.ts';
import type { BackupView, HealthView, StorageDesk, Verdict } from '../hosts/terminal/storage-desk.ts';
import type { Shell } from '../hosts/terminal/terminal-till.ts';
import { backupRules, troubleIn } from './backup-service.ts';
import { openTillDatabase } from './till-database.ts';

export const openStorageDesk: Shell['openStorage'] = async ({ dataDirectory }) => {
  try {
    const root = dataDirectory === undefined ? locateDataDirectory() : path.resolve(dataDirectory);
    const directory = prepareDataDirectory(root);
    const lock = lockDataDirectory(directory.root, createClock());
    return ok(storageDesk(directory, () => lock.release()));
  } catch (error) {
    if (error instanceof FaultError) return err(error.fault);
    return err(fault('internal', `the data could not be opened: ${String(error)}`));
  }
};

function storageDesk(directory: DataDirectory, unlock: () => void): StorageDesk {
  let opened: SqliteDatabase | undefined;
  const database = (): SqliteDatabase => (opened ??= openAsItIs(directory));
  const find = (asked: string): Result<BackupFile, Fault> => {
    const found = listBackups(directory.backups).find(({ name }) => name === asked || name === `${asked}.db`);
    return found ? ok(found) : err(fault('backup.unknown', `there is no backup ${asked}`));
  };
  return {
    dataDirectory: directory.root,
    head: () => createJournal(database()).head(),
    async verifyJournal(fromSeq) {
      const verdict = verdictOf(await verifyInSlices(createJournal(database()), fromSeq));
      return fromSeq > 1 ? verdict : letOpen(directory, verdict);
    },
    verifyTables: async () => letOpen(directory, await verifyTables(database())),
    exportJournal(range) {
      const db = database();
      const settings = createSettingTable(db).current();
      const till = { id: settings?.tillId ?? '', shop: settings?.shopName ?? '' };
      const exported = exportJournal(db, range, { till, madeAtMs: createClock().nowMs() });
      return exported.ok ? exported : err(fault('request.invalid', exported.error));
    },
    checkDatabase: async () => letOpen(directory, await checkDatabase(directory.tillDatabase, database)),
    async backupNow() {
      const settings = createSettingTable(database()).current();
      const { rules, second } = backupRules(settings);
      const { tillDatabase, backups: folder } = directory;
      const facts = { database: tillDatabase, folder, rules, nowMs: createClock().nowMs() };
      const made = await runStorageJob({ kind: 'back-up', ...facts, ...(second !== undefined && { second }) });
      if (made.kind !== 'backed-up') return err(fault('backup.failed', troubleIn(made) ?? 'no backup was made'));
      return ok({ ...viewOf(made.backup), ...(made.warning !== undefined && { warning: made.warning }) });
    },
    backups: () => listBackups(directory.backups).map(viewOf),
    verifyBackup(name) {
      const found = find(name);
      return found.ok ? ok(healthView(inspectFile(found.value.path, 'integrity_check'))) : found;
    },
    restore(name, lines) {
      const found = find(name);
      if (!found.ok) return found;
      opened?.close();
      opened = undefined;
      const stamp = new Date(createClock().nowMs()).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
      const { tillDatabase, replaced } = directory;
      const wasReadable = existsSync(tillDatabase) && inspectFile(tillDatabase).problems.length === 0;
      const request = { database: tillDatabase, backup: found.value, keptFolder: path.join(replaced, `${stamp}Z`) };
      const restored = restoreBackup({ ...request, lines, appVersion: MIGRATIONS.length });
      return restored.ok ? ok({ ...restored.value, wasReadable }) : err(fault('backup.failed', restored.error));
    },
    afterwards: async () => [],
    explain(error) {
      const known = asStorageFault(error);
      return known instanceof FaultError ? known.fault.detail : String(error);
    },
    async close() {
      opened?.close();
      unlock();
    },
  };
}

/** A sound file is brought to this program's version as ever; what is damaged is read as it is, and stays so. */
function openAsItIs(directory: DataDirectory): SqliteDatabase {
  try {
    return openTillDatabase(directory);
  } catch (error) {
    const isDamaged = error instanceof FaultError && error.fault.code === 'storage.damaged';
    if (!isDamaged || !existsSync(directory.tillDatabase)) throw error;
    const isSoundNow =
      markedProblems(directory.tillDatabase) && inspectFile(directory.tillDatabase).problems.length === 0;
    return isSoundNow ? openDatabase(directory.tillDatabase) : openForReading(directory.tillDatabase);
  }
}

/** A till that was stopped by what a thorough look had found opens again once as thorough a look finds nothing. */
function letOpen<Found extends Readonly<{ ok: boolean }>>(
  { tillDatabase }: DataDirectory,
  verdict: Found,
): Found | (Found & Readonly<{ opensAgain: true }>) {
  if (!verdict.ok || !markedProblems(tillDatabase)) return verdict;
  if (inspectFile(tillDatabase, 'integrity_check').problems.length > 0) return verdict;
  removeDamageMark(tillDatabase);
  return { ...verdict, opensAgain: true };
}

async function checkDatabase(file: string, database: () => SqliteDatabase): Promise<HealthView> {
  const health = healthView(inspectFile(file, 'integrity_check'));
  if (!health.ok) return health;
  const tables = await verifyTables(database());
  return tables.ok ? health : { ...health, ok: false, problems: [tables.reason] };
}

function healthView({ problems, entries, head }: Health): HealthView {
  return { ok: problems.length === 0, problems, entries, head };
}

function viewOf({ name, atMs, seq, bytes }: BackupFile): BackupView {
  return { name, atMs, seq, bytes };
}

function verdictOf(verification: Verification): Verdict {
  if (verification.sound) return { ok: true, entries: verification.checked, head: verification.head };
  const { seq, kind, detail } = verification;
  return { ok: false, badSeq: seq, reason: `${kind}: ${detail}` };
}

async function verifyTables(db: SqliteDatabase): Promise<Verdict> {
  const chain = verdictOf(await verifyInSlices(createJournal(db)));
  if (!chain.ok) return chain;
  // A temporary file of SQLite's own, not the machine's memory: the journal of years has room there.
  const rebuilt = openDatabase('');
  try {
    replay(db, rebuilt);
    const [difference] = compareTables(db, rebuilt);
    if (!difference) return { ...chain, tables: 'same' };
    const { table, row, column } = difference;
    const reason = `table ${table}, row ${row}, ${column} is not what the journal makes of it`;
    return { ok: false, badSeq: chain.head.seq, reason };
  } finally {
    rebuilt.close();
  }
}
