/** What every composition stands on: the locked data directory, secrets, log, database and store of one mode. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { SqliteDatabase } from '../adapters/storage/database.ts';
import { openDatabase } from '../adapters/storage/database.ts';
import { openTillDatabase } from './till-database.ts';
import { createTillStore } from '../adapters/storage/till-store.ts';
import { createClock } from '../adapters/system/clock.ts';
import { locateDataDirectory, prepareDataDirectory } from '../adapters/system/data-directory.ts';
import type { DataDirectory } from '../adapters/system/data-directory.ts';
import { lockDataDirectory } from '../adapters/system/data-lock.ts';
import { createIds } from '../adapters/system/ids.ts';
import { createLog } from '../adapters/system/log.ts';
import { createRandom } from '../adapters/system/random.ts';
import { createKeyFile, openSecretVault } from '../adapters/system/secrets.ts';
import type { SecretVault } from '../adapters/system/secrets.ts';
import { createTimers } from '../adapters/system/timers.ts';
import type { Clock, Ids, Log, Random, Timers } from '../core/application/ports/system.ts';
import type { TillStore } from '../core/application/ports/till-store.ts';

export type Mode = 'production' | 'training';

export type Foundation = Readonly<{
  mode: Mode;
  appVersion: string;
  directory: DataDirectory;
  clock: Clock;
  timers: Timers;
  ids: Ids;
  random: Random;
  log: Log;
  vault: SecretVault;
  db: SqliteDatabase;
  store: TillStore;
  close(): void;
}>;

export type FoundationOptions = Readonly<{ mode: Mode; dataDirectory?: string; databasePath?: string }>;

/**
 * Errors: FaultError `storage.locked` (another program holds the directory), `storage.newer-than-app`, `storage.failed`.
 * Nothing stays open when it throws.
 */
export function layFoundation({ mode, dataDirectory, databasePath }: FoundationOptions): Foundation {
  const directory = prepareDataDirectory(
    dataDirectory === undefined ? locateDataDirectory() : path.resolve(dataDirectory),
  );
  const clock = createClock();
  const lock = lockDataDirectory(directory.root, clock);
  try {
    const vault = openSecretVault(directory.secrets, createKeyFile(directory.secretsKey));
    const log = createLog({ directory: directory.logs, clock, secretValues: () => vault.values() });
    const db =
      mode === 'training' || databasePath !== undefined
        ? openDatabase(databasePath ?? directory.trainingDatabase)
        : openTillDatabase(directory);
    const onListenerError = (error: unknown): void =>
      log.error('a listener of the journal failed', { error: String(error) });
    const store = createTillStore(db, { clock, onListenerError });
    const machine = { clock, timers: createTimers(), ids: createIds(clock), random: createRandom(), log };
    const close = (): void => {
      db.close();
      log.close();
      lock.release();
    };
    return { mode, appVersion: appVersion(), directory, ...machine, vault, db, store, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The program's own folder: where assets, the built page and package.json are. */
export const PROGRAM_FOLDER = path.resolve(import.meta.dirname, '../..');

function appVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(PROGRAM_FOLDER, 'package.json'), 'utf8'));
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : '0.0.0';
}
