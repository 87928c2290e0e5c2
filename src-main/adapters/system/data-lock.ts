/**
 * One process at a time works in a data directory. The operating system itself lets go when the holder dies, however it dies:
 * the lock is SQLite's exclusive lock on a tiny database that nothing else uses. Who holds it stands in a file beside it.
 *
 * Errors  FaultError `storage.locked`, naming the holder's process id and since when, as far as they are known.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { z } from 'zod';

import type { Clock } from '../../core/application/ports/system.ts';
import { FaultError, fault } from '../../core/domain/fault.ts';
import { replaceFile } from './atomic-file.ts';

export interface DataLock {
  release(): void;
}

const Holder = z.strictObject({ pid: z.int().positive(), sinceMs: z.int() });

/** Two that start at the same moment get in each other's way for an instant; one of them must win. */
const PATIENCE_MS = 400;

export function lockDataDirectory(directory: string, clock: Pick<Clock, 'nowMs'>): DataLock {
  const holderPath = join(directory, 'lock.json');
  const db = takeLock(join(directory, 'lock.db'), holderPath);
  try {
    replaceFile(holderPath, JSON.stringify({ pid: process.pid, sinceMs: clock.nowMs() }));
  } catch (error) {
    db.close();
    throw error;
  }
  return {
    release() {
      if (!db.open) return;
      rmSync(holderPath, { force: true });
      db.close();
    },
  };
}

function takeLock(path: string, holderPath: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { timeout: PATIENCE_MS });
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw lockedBy(holderPath);
    const reason = error instanceof Error ? error.message : 'unknown reason';
    throw new FaultError(fault('storage.failed', `the data folder cannot be locked: ${reason}`), { cause: error });
  }
}

function lockedBy(holderPath: string): FaultError {
  const holder = readHolder(holderPath);
  if (!holder) return new FaultError(fault('storage.locked', 'another program is using this data folder'));
  const { pid, sinceMs } = holder;
  const since = new Date(sinceMs).toISOString();
  return new FaultError(
    fault('storage.locked', `process ${pid} has been using this data folder since ${since}`, { pid, since, sinceMs }),
  );
}

/** Undefined too when the note is from a holder that died before this one wrote its own. */
function readHolder(path: string): z.infer<typeof Holder> | undefined {
  try {
    const holder = Holder.parse(JSON.parse(readFileSync(path, 'utf8')));
    return isAlive(holder.pid) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of another user exists although it may not be asked.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
