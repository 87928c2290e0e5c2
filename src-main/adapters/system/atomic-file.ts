/** A file is replaced whole or not at all, and is on disk when this returns; only its owner may read it. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { FaultError, fault } from '../../core/domain/fault.ts';

const OWNER_ONLY = 0o600;

/** Throws FaultError `storage.failed`; the file is then as it was. */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.new`;
  try {
    const file = openSync(temporary, 'w', OWNER_ONLY);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncDirectory(dirname(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    const reason = error instanceof Error ? error.message : 'unknown reason';
    throw new FaultError(fault('storage.failed', `${path} could not be written: ${reason}`), { cause: error });
  }
}

/** The new name itself must survive a power cut. Windows keeps names safe by itself and cannot open a directory. */
function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
