/**
 * Whether a database file can be trusted: SQLite's own check of its pages, references, and the journal's chain.
 *
 * Source  SQLite documentation: PRAGMA integrity_check, quick_check, foreign_key_check; "Database File Format" (page count in the header).
 */
import { existsSync, statSync } from 'node:fs';

import Database from 'better-sqlite3';

import { FaultError, fault } from '../../core/domain/fault.ts';
import type { JournalHead } from '../../core/domain/journal-event.ts';
import type { SqliteDatabase } from './database.ts';
import { createJournal } from './journal.ts';
import { asStorageFault } from './storage-fault.ts';

/** `problems`: each one a line in words; `head` is the last entry up to which the chain holds, `badSeq` the first that breaks it. */
export type Health = Readonly<{
  problems: readonly string[];
  entries: number;
  head: JournalHead;
  badSeq?: number;
  version: number;
}>;

/** Nothing of the file can be read: its own words, and no head. */
const NOTHING: Omit<Health, 'problems'> = { entries: 0, head: { seq: 0, hash: '' }, version: 0 };

/** Read at every start, because a till must be open within two seconds; the rest is read in the background. */
const QUICK_BYTES_MAX = 8 * 1_048_576;
const QUICK_ENTRIES = 500;

/** A connection that can write nothing, whatever is wrong with the file. */
export function openForReading(path: string): SqliteDatabase {
  return new Database(path, { readonly: true, fileMustExist: true, timeout: 2000 });
}

/**
 * What can be seen in an instant: the file's length, all of a small file's pages, the end of the chain.
 * Throws FaultError `storage.damaged`.
 */
export function refuseDamaged(db: SqliteDatabase, path: string): void {
  const bytes = statSync(path).size;
  const problems = [
    ...lengthProblems(db, path, bytes),
    ...(bytes <= QUICK_BYTES_MAX ? pageProblems(db, 'quick_check') : []),
    ...chainProblems(db, QUICK_ENTRIES).problems,
  ];
  if (problems.length > 0) throw damaged(problems);
}

export function damaged(problems: readonly string[]): FaultError {
  return new FaultError(
    fault('storage.damaged', `the database is damaged: ${problems.slice(0, 3).join('; ')}`, { reason: 'damaged' }),
  );
}

/** Everything, without writing: seconds for a large file. Never throws for what is wrong in the file. */
export function inspectFile(path: string, check: 'quick_check' | 'integrity_check' = 'quick_check'): Health {
  if (!existsSync(path)) return { ...NOTHING, problems: ['there is no such file'] };
  let db: SqliteDatabase | undefined;
  try {
    db = openForReading(path);
    const chain = chainProblems(db);
    const pages = [...lengthProblems(db, path, statSync(path).size), ...pageProblems(db, check)];
    const version = Number(db.pragma('user_version', { simple: true }));
    return { ...chain, version, problems: [...pages, ...referenceProblems(db), ...chain.problems] };
  } catch (error) {
    return { ...NOTHING, problems: [wordsOf(error)] };
  } finally {
    db?.close();
  }
}

/** Only where nothing waits in the write-ahead log: with it the file may rightly be shorter. */
function lengthProblems(db: SqliteDatabase, path: string, bytes: number): readonly string[] {
  const log = `${path}-wal`;
  if (existsSync(log) && statSync(log).size > 0) return [];
  const should = Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
  return bytes < should ? [`the file has ${bytes} bytes of ${should}: its end is missing`] : [];
}

function pageProblems(db: SqliteDatabase, check: 'quick_check' | 'integrity_check'): readonly string[] {
  return attempt(() => {
    const lines = db.prepare<[], string>(`PRAGMA ${check}(20)`).pluck().all();
    return lines.filter((line) => line !== 'ok').flatMap((line) => line.split('\n'));
  });
}

function referenceProblems(db: SqliteDatabase): readonly string[] {
  return attempt(() => {
    const broken = db.prepare<[], { table: string; parent: string }>('PRAGMA foreign_key_check').all();
    return broken.slice(0, 5).map(({ table, parent }) => `a row of ${table} names something that is not in ${parent}`);
  });
}

/** `newest`: only so many entries from the end. A database that was never migrated has no journal, and nothing to be wrong. */
function chainProblems(db: SqliteDatabase, newest = Number.MAX_SAFE_INTEGER): Omit<Health, 'version'> {
  const found: { entries: number; head: JournalHead; badSeq?: number } = { entries: 0, head: { seq: 0, hash: '' } };
  const problems = attempt(() => {
    const hasJournal = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'journal'").get() !== undefined;
    if (!hasJournal) return Number(db.pragma('user_version', { simple: true })) === 0 ? [] : ['there is no journal'];
    const journal = createJournal(db);
    const verdict = journal.verify(Math.max(1, journal.head().seq - newest + 1));
    if (!verdict.sound) {
      found.badSeq = verdict.seq;
      return [`journal: ${verdict.kind}: ${verdict.detail}`];
    }
    found.entries = verdict.checked;
    found.head = verdict.head;
    return [];
  });
  return { ...found, problems };
}

function attempt(look: () => readonly string[]): readonly string[] {
  try {
    return look();
  } catch (error) {
    return [wordsOf(error)];
  }
}

function wordsOf(error: unknown): string {
  const known = asStorageFault(error);
  if (known instanceof FaultError) return known.fault.detail;
  return error instanceof Error ? error.message : String(error);
}
