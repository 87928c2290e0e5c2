/**
 * Opens the till's database file so that what is committed stays committed.
 *
 * Source  SQLite documentation: PRAGMA synchronous (FULL: a commit in WAL mode is synced before it returns), "Write-Ahead Logging",
 *         PRAGMA trusted_schema and "STRICT Tables".
 * Errors  FaultError `storage.newer-than-app`: a later version of the till has written this file; it is left as it was.
 *         FaultError `storage.damaged`: what is in the file cannot be trusted; it is left as it was.
 *         FaultError `storage.failed`: with the reason in words.
 */
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'better-sqlite3';

import { FaultError, fault } from '../../core/domain/fault.ts';
import { refuseDamaged } from './inspect.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrate.ts';
import { guarded } from './storage-fault.ts';

export type SqliteDatabase = Database.Database;

/** `VTNL`: marks the file as ours in its header, so that somebody else's database is never migrated. */
export const APPLICATION_ID = 0x56_54_4e_4c;

const BUSY_TIMEOUT_MS = 2000;

/** `path` is a file (made when missing), `:memory:`, or empty for a temporary file. The answer is migrated to the newest version and ready for use. */
export function openDatabase(path: string, migrations: readonly Migration[] = MIGRATIONS): SqliteDatabase {
  return guarded(() => {
    const isFile = path !== ':memory:' && path !== '';
    if (isFile) refuseMissingFolder(path);
    if (isFile && existsSync(path) && statSync(path).size > 0) refuseUnfit(path, migrations.length);
    const db = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    try {
      configure(db, isFile);
      migrate(db, migrations);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function refuseMissingFolder(path: string): void {
  const folder = dirname(path);
  if (existsSync(folder)) return;
  throw new FaultError(fault('storage.failed', `the folder ${folder} does not exist`, { reason: 'cannot-open' }));
}

/** Reads the version through a connection that cannot write: not even a checkpoint touches a file that is not for us. */
function refuseUnfit(path: string, appVersion: number): void {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    const applicationId = Number(db.pragma('application_id', { simple: true }));
    const found = Number(db.pragma('user_version', { simple: true }));
    const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
    if (applicationId !== APPLICATION_ID && tables > 0) {
      throw new FaultError(fault('storage.failed', `${path} is not a database of the till`, { reason: 'not-ours' }));
    }
    if (found > appVersion) throw newerThanApp(found, appVersion);
    if (tables > 0) refuseDamaged(db, path);
  } finally {
    db.close();
  }
}

function newerThanApp(found: number, appVersion: number): FaultError {
  const detail =
    `the database has version ${found}, this program knows versions up to ${appVersion}; ` +
    'install the newer program again, or restore a backup made before the update; nothing was changed';
  return new FaultError(fault('storage.newer-than-app', detail, { databaseVersion: found, appVersion }));
}

function configure(db: SqliteDatabase, isFile: boolean): void {
  db.pragma('trusted_schema = OFF');
  db.pragma('foreign_keys = ON');
  db.pragma('cell_size_check = ON');
  const mode = db.pragma('journal_mode = WAL', { simple: true });
  if (isFile && mode !== 'wal') {
    const detail = `the file system does not allow write-ahead logging (got ${String(mode)}); use a local disk`;
    throw new FaultError(fault('storage.failed', detail, { reason: 'not-a-local-disk' }));
  }
  db.pragma('synchronous = FULL');
  db.pragma('fullfsync = ON');
  db.pragma('checkpoint_fullfsync = ON');
  if (Number(db.pragma('application_id', { simple: true })) !== APPLICATION_ID) {
    db.pragma(`application_id = ${APPLICATION_ID}`);
  }
}
