/** Where a till keeps everything: one folder, readable by its owner alone. */
import { chmodSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, posix, resolve, win32 } from 'node:path';

import { FaultError, fault } from '../../core/domain/fault.ts';

export type DataDirectory = Readonly<{
  root: string;
  tillDatabase: string;
  trainingDatabase: string;
  backups: string;
  /** Databases that a backup took the place of. */
  replaced: string;
  logs: string;
  spool: string;
  pictures: string;
  secrets: string;
  secretsKey: string;
}>;

type Machine = Readonly<{
  platform: NodeJS.Platform;
  home: string;
  environment: Readonly<Record<string, string | undefined>>;
}>;

const OWNER_ONLY = 0o700;

/**
 * `VENTANILLA_DATA`, or the platform's folder for a user's local data: on Windows the one that does not roam between machines,
 * because a database file must stay on one disk.
 */
export function locateDataDirectory(machine: Machine = thisMachine()): string {
  const { platform, home, environment } = machine;
  const chosen = environment['VENTANILLA_DATA'];
  if (chosen) return resolve(chosen);
  if (platform === 'win32') {
    const local = environment['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local');
    return win32.join(local, 'Ventanilla');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Ventanilla');
  const shared = environment['XDG_DATA_HOME'];
  // The XDG Base Directory specification: a relative path there counts as not set.
  const data = shared && posix.isAbsolute(shared) ? shared : posix.join(home, '.local', 'share');
  return posix.join(data, 'ventanilla');
}

/** Makes the folders where they are missing and takes everybody else's rights away. Throws FaultError `storage.failed`. */
export function prepareDataDirectory(root: string): DataDirectory {
  const directory: DataDirectory = {
    root,
    tillDatabase: join(root, 'till.db'),
    trainingDatabase: join(root, 'training.db'),
    backups: join(root, 'backups'),
    replaced: join(root, 'replaced'),
    logs: join(root, 'logs'),
    spool: join(root, 'spool'),
    pictures: join(root, 'pictures'),
    secrets: join(root, 'secrets.json'),
    secretsKey: join(root, 'secrets.key'),
  };
  try {
    for (const folder of [root, directory.backups, directory.logs, directory.spool]) {
      mkdirSync(folder, { recursive: true, mode: OWNER_ONLY });
      chmodSync(folder, OWNER_ONLY);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    const detail = `the data folder ${root} cannot be used: ${reason}`;
    throw new FaultError(fault('storage.failed', detail, { reason: 'data-directory' }), { cause: error });
  }
  return directory;
}

function thisMachine(): Machine {
  return { platform: process.platform, home: homedir(), environment: process.env };
}
