/** Opens the database of the real till, or says which backup can take its place. */
import { existsSync } from 'node:fs';
import { listBackups, newestGoodBackup } from '../adapters/storage/backups.ts';
import { openDatabase } from '../adapters/storage/database.ts';
import type { SqliteDatabase } from '../adapters/storage/database.ts';
import { damageMark, markedProblems } from '../adapters/storage/damage-mark.ts';
import { damaged } from '../adapters/storage/inspect.ts';
import { MIGRATIONS } from '../adapters/storage/migrations/index.ts';
import { restoringMark } from '../adapters/storage/restore.ts';
import type { DataDirectory } from '../adapters/system/data-directory.ts';
import { fault, FaultError } from '../core/domain/fault.ts';

/** Throws FaultError `storage.damaged` with the newest good backup in `values.backup`, where there is one; else as `openDatabase`. */
export function openTillDatabase({ tillDatabase, backups }: DataDirectory): SqliteDatabase {
  try {
    if (existsSync(restoringMark(tillDatabase))) throw damaged(['a restore was interrupted: restore the backup again']);
    // An empty till beside backups is a lost database, never a new shop.
    if (!existsSync(tillDatabase) && listBackups(backups).length > 0) throw damaged(['till.db is missing']);
    const problems = markedProblems(tillDatabase);
    if (problems) throw damaged(problems);
    return openDatabase(tillDatabase);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code !== 'storage.damaged') throw error;
    throw withOffer(error, backups);
  }
}

/** The same fault, with the newest good backup named. */
export function withOffer(error: FaultError, backups: string): FaultError {
  const backup = newestGoodBackup(backups, MIGRATIONS.length);
  const { code, detail, values } = error.fault;
  const offer = backup ? `the newest good backup is ${backup.name}` : 'there is no good backup';
  const facts = backup && { backup: backup.name, backupAtMs: backup.atMs, backupSeq: backup.seq };
  return new FaultError(fault(code, `${detail}; nothing was changed; ${offer}`, { ...values, ...facts }), {
    cause: error,
  });
}

export function isTillThere({ tillDatabase, backups }: DataDirectory): boolean {
  const traces = [tillDatabase, restoringMark(tillDatabase), damageMark(tillDatabase)];
  return traces.some((file) => existsSync(file)) || listBackups(backups).length > 0;
}
