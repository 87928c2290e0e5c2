/** Long work on a database file, in a thread of its own where one can be had. */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

import { copyBackup, pruneBackups, writeBackup } from './backups.ts';
import type { BackupFile, BackupRules } from './backups.ts';
import { inspectFile } from './inspect.ts';
import type { Health } from './inspect.ts';

export type StorageJob =
  | Readonly<{ kind: 'check'; database: string }>
  | Readonly<{ kind: 'back-up'; database: string; folder: string; second?: string; rules: BackupRules; nowMs: number }>;

/** `warning`: the backup is there, its copy in the second place is not. */
export type StorageOutcome =
  | Readonly<{ kind: 'checked'; health: Health }>
  | Readonly<{ kind: 'backed-up'; backup: BackupFile; pruned: readonly string[]; warning?: string }>
  | Readonly<{ kind: 'failed'; why: string }>;

const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './storage-worker.ts' : '../worker/storage-worker.js',
  import.meta.url,
);

export function canRunInThread(): boolean {
  return existsSync(WORKER);
}

/** Never rejects. */
export async function runStorageJob(job: StorageJob): Promise<StorageOutcome> {
  // Without its file the work is done here: a backup that is felt is better than none.
  if (!canRunInThread()) return carryOut(job);
  const { promise, resolve } = Promise.withResolvers<StorageOutcome>();
  const thread = new Worker(WORKER, { workerData: job });
  thread.once('message', (outcome: StorageOutcome) => resolve(outcome));
  thread.once('error', (error) => resolve({ kind: 'failed', why: String(error) }));
  thread.once('exit', (code) => resolve({ kind: 'failed', why: `the thread ended with ${code}` }));
  return promise;
}

export async function carryOut(job: StorageJob): Promise<StorageOutcome> {
  try {
    if (job.kind === 'check') return { kind: 'checked', health: inspectFile(job.database) };
    const { database, folder, second, rules, nowMs } = job;
    const backup = await writeBackup(database, folder, nowMs);
    const pruned = pruneBackups(folder, rules, nowMs);
    const warning = second === undefined ? undefined : copyTo(second, backup, rules, nowMs);
    return { kind: 'backed-up', backup, pruned, ...(warning !== undefined && { warning }) };
  } catch (error) {
    return { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}

function copyTo(folder: string, backup: BackupFile, rules: BackupRules, nowMs: number): string | undefined {
  try {
    copyBackup(backup, folder);
    pruneBackups(folder, rules, nowMs);
    return undefined;
  } catch (error) {
    return `no copy in ${folder}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
