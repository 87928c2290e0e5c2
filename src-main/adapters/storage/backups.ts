/**
 * Backups: whole copies of the database in one file each, checked before they get their name.
 *
 * Source  SQLite documentation: "Online Backup API", PRAGMA journal_mode (DELETE leaves one plain file that can be read from anywhere).
 * Errors  Error with words for people: the folder cannot be written, the copy is not sound. What was there before stays.
 */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import Database from 'better-sqlite3';

import { inspectFile, openForReading } from './inspect.ts';

/** `seq`: the newest entry in it. */
export type BackupFile = Readonly<{ name: string; path: string; atMs: number; seq: number; bytes: number }>;

/** At most `keep`, none older than `days`; the newest always stays. `directory`: a second place, e.g. a stick. */
export type BackupRules = Readonly<{ keep: number; days: number; directory?: string }>;

export const USUAL_RULES: BackupRules = { keep: 30, days: 90 };

/** `till-20260131T140509Z-482.db`: when it was made (UTC), and its newest entry. */
const NAME = /^till-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-(\d{1,15})\.db$/;
const UNFINISHED = /^till-.*\.partial(-journal|-wal|-shm)?$/;
const DAY_MS = 86_400_000;

/** The newest first. An unreadable folder holds none. */
export function listBackups(folder: string): readonly BackupFile[] {
  return namesIn(folder)
    .flatMap((name): readonly BackupFile[] => {
      const found = NAME.exec(name);
      if (!found) return [];
      const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, seq = 0] = found.slice(1).map(Number);
      const path = join(folder, name);
      const atMs = Date.UTC(year, month - 1, day, hour, minute, second);
      return [{ name, path, atMs, seq, bytes: statSync(path).size }];
    })
    .toSorted((one, other) => other.atMs - one.atMs || other.seq - one.seq);
}

/** One read transaction from the first page to the last: commits go on meanwhile and are not in it. On disk when it resolves. */
export async function writeBackup(database: string, folder: string, atMs: number): Promise<BackupFile> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const partial = join(folder, `till-${process.pid}.partial`);
  removeUnfinished(folder);
  const source = openForReading(database);
  try {
    source.exec('BEGIN');
    const seq = Number(source.prepare('SELECT coalesce(max(seq), 0) FROM journal').pluck().get());
    await source.backup(partial);
    source.exec('COMMIT');
    asOneFile(partial);
    const { problems, head } = inspectFile(partial);
    if (problems.length > 0 || head.seq !== seq) throw new Error(`the copy is not sound: ${problems.join('; ')}`);
    syncFile(partial);
    const name = nameOf(atMs, seq);
    renameSync(partial, join(folder, name));
    syncFolder(folder);
    return { name, path: join(folder, name), atMs, seq, bytes: statSync(join(folder, name)).size };
  } finally {
    source.close();
    removeUnfinished(folder);
  }
}

/** The same file in a second place, checked there. */
export function copyBackup({ path, name }: BackupFile, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const partial = join(folder, `till-${process.pid}.partial`);
  try {
    copyFileSync(path, partial);
    syncFile(partial);
    const { problems } = inspectFile(partial);
    if (problems.length > 0) throw new Error(`the copy is not sound: ${problems.join('; ')}`);
    renameSync(partial, join(folder, name));
    syncFolder(folder);
  } finally {
    removeUnfinished(folder);
  }
}

/** Answers the names that went. */
export function pruneBackups(folder: string, { keep, days }: BackupRules, nowMs: number): readonly string[] {
  const surplus = listBackups(folder).filter(
    ({ atMs }, index) => index > 0 && (index >= keep || atMs < nowMs - days * DAY_MS),
  );
  for (const { path } of surplus) rmSync(path, { force: true });
  return surplus.map(({ name }) => name);
}

/** The newest that is sound and that this program can open. */
export function newestGoodBackup(folder: string, appVersion: number): BackupFile | undefined {
  return listBackups(folder).find(({ path }) => {
    const { problems, version } = inspectFile(path);
    return problems.length === 0 && version <= appVersion;
  });
}

/** Everything of a backup up to its rename has passed through here, so the copy keeps no log beside itself. */
export function asOneFile(path: string): void {
  const db = new Database(path, { fileMustExist: true });
  try {
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
  // A stick may know no owners.
  if (process.platform !== 'win32') chmodSync(path, 0o600);
}

export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  syncFolder(dirname(path));
}

/** Windows keeps names safe by itself and cannot open a directory. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function nameOf(atMs: number, seq: number): string {
  const moment = new Date(atMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  return `till-${moment}Z-${seq}.db`;
}

function removeUnfinished(folder: string): void {
  for (const name of namesIn(folder).filter((found) => UNFINISHED.test(found)))
    rmSync(join(folder, name), { force: true });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // No folder yet, or a stick that is not plugged in.
  }
}
