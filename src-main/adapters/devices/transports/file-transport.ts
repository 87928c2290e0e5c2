/**
 * A line that ends in a folder: each job becomes one file `NNNNNN-label.bin`, whole or not at all.
 *
 * Written under a hidden name, synced to disk, then renamed, and the folder synced: after a power cut there is a whole job or none.
 * For spools that another program empties, for demonstrations, and for tests.
 * Errors  not-found, permission, io; nothing of a failed job is left under its final name. The time limit of a write is the disk's own.
 */
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { ByteTransport, WriteOptions } from './byte-transport.ts';

const NUMBER_DIGITS = 6;
const LABEL_LENGTH_MAX = 80;

export function createFileTransport(folder: string): ByteTransport {
  let lastJob: Promise<unknown> = Promise.resolve();

  async function writeJob(bytes: Uint8Array, { label, cancel }: WriteOptions): Promise<Result<void, DeviceFault>> {
    if (cancel?.aborted) return err({ code: 'cancelled', sent: 'none', detail: `${label} not written to ${folder}` });
    try {
      await mkdir(folder, { recursive: true });
      await writeWhole(folder, `${await nextNumber(folder)}-${safeLabel(label)}.bin`, bytes);
      return ok(undefined);
    } catch (error) {
      return err(faultOf(error, folder));
    }
  }

  return {
    id: folder,
    kind: 'file',
    canRead: false,
    write(bytes, options) {
      const job = lastJob.then(() => writeJob(bytes, options));
      lastJob = job;
      return job;
    },
    onData: () => () => undefined,
    async close() {
      await lastJob;
    },
  };
}

async function nextNumber(folder: string): Promise<string> {
  const numbers = (await readdir(folder)).map((name) => Number(/^(\d+)-/.exec(name)?.[1] ?? 0));
  return String(Math.max(0, ...numbers) + 1).padStart(NUMBER_DIGITS, '0');
}

/** Only what every file system takes, so that a label never leads out of the folder. */
function safeLabel(label: string): string {
  return label.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, LABEL_LENGTH_MAX) || 'job';
}

async function writeWhole(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const hidden = path.join(folder, `.${name}.part`);
  try {
    const file = await open(hidden, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(hidden, path.join(folder, name));
  } catch (error) {
    await rm(hidden, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** Makes the new name durable. Windows has no handle on a folder to sync, and keeps names in its journal. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function faultOf(error: unknown, folder: string): DeviceFault {
  const systemCode = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const detail = `${systemCode} on ${folder}`;
  switch (systemCode) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { code: 'not-found', sent: 'none', detail };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { code: 'permission', sent: 'none', detail };
    default:
      return { code: 'io', sent: 'unknown', detail };
  }
}
