/** The files of a till for the command line, without the till: opened although they are damaged, and then only read. */
import path from 'node:path';
import { openDatabase } from '../adapters/storage/database.ts';
import type { SqliteDatabase } from '../adapters/storage/database.ts';
import { openForReading } from '../adapters/storage/inspect.ts';
import { exportJournal } from '../adapters/storage/journal-export.ts';
import { createJournal } from '../adapters/storage/journal.ts';
import type { Verification } from '../adapters/storage/journal.ts';
import { compareTables, replay } from '../adapters/storage/replay.ts';
import { asStorageFault } from '../adapters/storage/storage-fault.ts';
import { createSettingTable } from '../adapters/storage/tables/settings.ts';
import { verifyInSlices } from '../adapters/storage/verify-in-slices.ts';
import { createClock } from '../adapters/system/clock.ts';
import { locateDataDirectory, prepareDataDirectory } from '../adapters/system/data-directory.ts';
import type { DataDirectory } from '../adapters/system/data-directory.ts';
import { lockDataDirectory } from '../adapters/system/data-lock.ts';
import { fault, FaultError } from '../core/domain/fault.ts';
import { err, ok } from '../core/domain/result.ts';
import type { StorageDesk, Verdict } from '../hosts/terminal/storage-desk.ts';
import type { Shell } from '../hosts/terminal/terminal-till.ts';

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
  const database = (): SqliteDatabase => (opened ??= openAsItIs(directory.tillDatabase));
  return {
    dataDirectory: directory.root,
    head: () => createJournal(database()).head(),
    verifyJournal: async (fromSeq) => verdictOf(await verifyInSlices(createJournal(database()), fromSeq)),
    verifyTables: () => verifyTables(database()),
    exportJournal(range) {
      const db = database();
      const settings = createSettingTable(db).current();
      const till = { id: settings?.tillId ?? '', shop: settings?.shopName ?? '' };
      const exported = exportJournal(db, range, { till, madeAtMs: createClock().nowMs() });
      return exported.ok ? exported : err(fault('request.invalid', exported.error));
    },
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
function openAsItIs(file: string): SqliteDatabase {
  try {
    return openDatabase(file);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code !== 'storage.damaged') throw error;
    return openForReading(file);
  }
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
