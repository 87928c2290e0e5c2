/** Makes backups when a shift closes and once a day, and says when one could not be made. Nothing of it ever stops cash handling. */
import path from 'node:path';
import { listBackups, USUAL_RULES } from '../adapters/storage/backups.ts';
import type { BackupRules } from '../adapters/storage/backups.ts';
import { runStorageJob } from '../adapters/storage/storage-jobs.ts';
import type { StorageOutcome } from '../adapters/storage/storage-jobs.ts';
import type { Settings } from '../core/domain/settings.ts';
import type { Foundation } from './foundation.ts';

export type BackupTrouble = Readonly<{ sinceMs: number; reason: 'not-made' | 'no-second-copy'; detail: string }>;

export interface BackupService {
  /** One now; a second call while one is made waits for the same. Never rejects. */
  now(): Promise<StorageOutcome>;
  /** Once a day from now on. */
  start(): void;
  /** Resolves when none is being made. */
  settled(): Promise<void>;
  /** The same, and none is begun any more. */
  stop(): Promise<void>;
  trouble(): BackupTrouble | undefined;
}

type Needs = Pick<Foundation, 'store' | 'directory' | 'clock' | 'timers' | 'log'>;

const DAY_MS = 86_400_000;
const LOOK_EVERY_MS = 3_600_000;

export function createBackupService(
  needs: Needs,
  changed: (trouble: BackupTrouble | undefined) => void = () => undefined,
): BackupService {
  const { store, directory, clock, timers, log } = needs;
  let running: Promise<StorageOutcome> | undefined;
  let trouble: BackupTrouble | undefined;
  let cancelLook: (() => void) | undefined;

  function now(): Promise<StorageOutcome> {
    running ??= make().finally(() => {
      running = undefined;
    });
    return running;
  }

  async function make(): Promise<StorageOutcome> {
    const { rules, second } = backupRules(store.settings());
    const outcome = await runStorageJob({
      kind: 'back-up',
      database: directory.tillDatabase,
      folder: directory.backups,
      rules,
      nowMs: clock.nowMs(),
      ...(second !== undefined && { second }),
    });
    const detail = troubleIn(outcome);
    if (detail === undefined)
      log.info('backup made', { name: outcome.kind === 'backed-up' ? outcome.backup.name : '' });
    else log.warn('backup', { detail });
    const reason = outcome.kind === 'backed-up' ? 'no-second-copy' : 'not-made';
    trouble = detail === undefined ? undefined : { sinceMs: trouble?.sinceMs ?? clock.nowMs(), reason, detail };
    changed(trouble);
    return outcome;
  }

  function look(): void {
    const [newest] = listBackups(directory.backups);
    // What went wrong may have been put right: a stick that is in its place again, room on the disk.
    const isDue =
      trouble !== undefined ||
      newest === undefined ||
      newest.atMs > clock.nowMs() ||
      clock.nowMs() - newest.atMs >= DAY_MS;
    if (isDue && store.head().seq > 0) void now();
    cancelLook = timers.after(LOOK_EVERY_MS, look);
  }

  const unsubscribe = store.onCommit((entries) => {
    if (entries.some(({ event }) => event.type === 'shift.closed')) void now();
  });

  return {
    now,
    start: look,
    async settled() {
      await running;
    },
    async stop() {
      unsubscribe();
      cancelLook?.();
      await running;
    },
    trouble: () => trouble,
  };
}

/** Tills that share a stick each have a folder of their own on it. */
export function backupRules(settings: Settings | undefined): Readonly<{ rules: BackupRules; second?: string }> {
  const rules = settings?.backups ?? USUAL_RULES;
  const { directory } = rules;
  return {
    rules,
    ...(directory !== undefined && { second: path.join(directory, `ventanilla-${settings?.tillId ?? ''}`) }),
  };
}

export function troubleIn(outcome: StorageOutcome): string | undefined {
  if (outcome.kind === 'failed') return outcome.why;
  return outcome.kind === 'backed-up' ? outcome.warning : undefined;
}
