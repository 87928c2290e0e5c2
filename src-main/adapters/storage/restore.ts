/**
 * Puts a backup in the place of the database. What was there is kept beside, and what is newer in an exported journal can be added.
 *
 * Until the last rename the old file stands; from the copy to that rename a mark stands too, and the till does not open while it does.
 * Errors  in words; the database is then as it was.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { JournalEntry } from '../../core/domain/journal-event.ts';
import type { Result } from '../../core/domain/result.ts';
import { err, ok } from '../../core/domain/result.ts';
import { asOneFile, syncFile, syncFolder } from './backups.ts';
import type { BackupFile } from './backups.ts';
import { removeDamageMark } from './damage-mark.ts';
import { openDatabase } from './database.ts';
import { inspectFile, openForReading } from './inspect.ts';
import { createJournal } from './journal.ts';
import { createTables } from './projector.ts';
import { record } from './till-store.ts';

/** `lost`: entries of the replaced file that the restored one does not have; absent where the replaced file could not be read. */
export type Restored = Readonly<{
  backup: string;
  seq: number;
  added: number;
  keptAs: string;
  lost?: Readonly<{ from: number; to: number; dispensed: number }>;
}>;

export type RestoreRequest = Readonly<{
  database: string;
  backup: BackupFile;
  /** Where the replaced file goes. */
  keptFolder: string;
  /** Lines of an exported journal. */
  lines?: readonly string[];
  appVersion: number;
}>;

const SUFFIXES = ['', '-wal', '-shm'] as const;

export function restoringMark(database: string): string {
  return `${database}.restoring`;
}

export function restoreBackup({
  database,
  backup,
  keptFolder,
  lines,
  appVersion,
}: RestoreRequest): Result<Restored, string> {
  const { problems, version } = inspectFile(backup.path);
  if (problems.length > 0) return err(`${backup.name} is not sound: ${problems.join('; ')}`);
  if (version > appVersion) return err(`${backup.name} was made by a newer program`);
  const prepared = `${database}.preparing`;
  for (const suffix of SUFFIXES) rmSync(prepared + suffix, { force: true });
  try {
    copyFileSync(backup.path, prepared);
    const added = addEntries(prepared, lines ?? []);
    if (!added.ok) return added;
    asOneFile(prepared);
    const after = inspectFile(prepared);
    if (after.problems.length > 0) return err(`what was put together is not sound: ${after.problems.join('; ')}`);
    syncFile(prepared);
    const lost = lostEntries(database, after.head.seq);
    for (const suffix of SUFFIXES) {
      if (!existsSync(database + suffix)) continue;
      mkdirSync(keptFolder, { recursive: true, mode: 0o700 });
      const copy = join(keptFolder, `till.db${suffix}`);
      copyFileSync(database + suffix, copy);
      syncFile(copy);
    }
    renameSync(prepared, restoringMark(database));
    // The log of the old file must never be replayed into the new one.
    for (const suffix of ['-wal', '-shm']) rmSync(database + suffix, { force: true });
    renameSync(restoringMark(database), database);
    syncFolder(join(database, '..'));
    // What was found wrong was in the replaced file.
    removeDamageMark(database);
    const { name } = backup;
    return ok({ backup: name, seq: after.head.seq, added: added.value, keptAs: keptFolder, ...(lost && { lost }) });
  } finally {
    for (const suffix of SUFFIXES) rmSync(prepared + suffix, { force: true });
  }
}

/** Entries behind the backup's own, each made anew from its event: its hash must come out as it stands in the file. */
function addEntries(file: string, lines: readonly string[]): Result<number, string> {
  if (lines.length === 0) return ok(0);
  const db = openDatabase(file);
  try {
    const store = { journal: createJournal(db), tables: createTables(db) };
    const at = db.prepare<[number], { hash: string }>('SELECT hash FROM journal WHERE seq = ?');
    let added = 0;
    db.transaction(() => {
      for (const line of lines) {
        const entry = readEntry(line);
        const head = store.journal.head();
        const known = at.get(entry.seq);
        if (known && known.hash !== entry.hash) throw new Error(`entry ${entry.seq} of the export is another one`);
        if (known) continue;
        if (entry.seq !== head.seq + 1 || entry.prevHash !== head.hash)
          throw new Error(`entry ${entry.seq} of the export does not follow from entry ${head.seq} of the backup`);
        const made = record(store, entry.event, entry.atMs);
        if (made.hash !== entry.hash) throw new Error(`entry ${entry.seq} of the export is not what was hashed`);
        added += 1;
      }
    }).immediate();
    return ok(added);
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  } finally {
    db.close();
  }
}

function readEntry(line: string): JournalEntry {
  const found: unknown = JSON.parse(line);
  const isEntry = typeof found === 'object' && found !== null && 'seq' in found && 'event' in found && 'hash' in found;
  if (!isEntry) throw new Error('a line of the export is not an entry');
  return found as JournalEntry;
}

/** As far as the replaced file can still be read. */
function lostEntries(database: string, restoredSeq: number): Restored['lost'] {
  if (!existsSync(database)) return undefined;
  let db: ReturnType<typeof openForReading> | undefined;
  try {
    db = openForReading(database);
    const to = createJournal(db).head().seq;
    const dispensed = db
      .prepare(
        `SELECT count(*) FROM journal WHERE seq > ? AND json_valid(body)
          AND json_extract(body, '$.step.type') IN ('dispensed', 'replaced-by-notes')`,
      )
      .pluck();
    return to > restoredSeq ? { from: restoredSeq + 1, to, dispensed: Number(dispensed.get(restoredSeq)) } : undefined;
  } catch {
    return undefined; // It is being replaced because it cannot be read.
  } finally {
    db?.close();
  }
}
