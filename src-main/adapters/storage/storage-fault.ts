/**
 * What the disk or SQLite refused, as a fault with the true reason in words: a till that hides why it stopped cannot be helped.
 *
 * Source  SQLite, "Result and Error Codes": the primary code is the first two words of the extended one (SQLITE_IOERR_WRITE is an IOERR).
 * Errors  A broken constraint stays what it is: it is our bug, not the disk's.
 */
import Database from 'better-sqlite3';

import { FaultError, fault } from '../../core/domain/fault.ts';

type Reason = Readonly<{ reason: string; words: string }>;

const REASONS: Readonly<Record<string, Reason>> = {
  FULL: { reason: 'disk-full', words: 'the disk is full; free some space, then start again' },
  IOERR: { reason: 'disk-error', words: 'the disk could not be read or written; it may be failing' },
  CORRUPT: { reason: 'damaged', words: 'the database file is damaged; restore a backup' },
  NOTADB: { reason: 'damaged', words: 'the file is not a database; it was overwritten or damaged' },
  READONLY: { reason: 'read-only', words: 'the database cannot be written; the disk or the file is read-only' },
  PERM: { reason: 'not-permitted', words: 'this user may not use the database file' },
  CANTOPEN: { reason: 'cannot-open', words: 'the database file cannot be opened; check that its folder exists' },
  BUSY: { reason: 'busy', words: 'another program is using the database and did not let go' },
  LOCKED: { reason: 'busy', words: 'another connection is using the database and did not let go' },
  PROTOCOL: { reason: 'busy', words: 'the lock on the database could not be taken' },
  NOMEM: { reason: 'out-of-memory', words: 'the machine has no memory left' },
  NOLFS: { reason: 'disk-full', words: 'the file system does not take files this large' },
  TOOBIG: { reason: 'too-big', words: 'one record is too large for the database' },
};

/** The fault that a storage error is, or the error itself when it is something else. */
export function asStorageFault(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const found = REASONS[error.code.split('_')[1] ?? ''];
  if (!found) return error;
  const detail = `${found.words} (${error.code}: ${error.message})`;
  const code = found.reason === 'damaged' ? 'storage.damaged' : 'storage.failed';
  return new FaultError(fault(code, detail, { reason: found.reason }), { cause: error });
}

/** Runs something that touches the file; its storage errors leave as faults. */
export function guarded<Value>(run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    throw asStorageFault(error);
  }
}
