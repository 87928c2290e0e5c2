/** The page that the suite shows. Its script is a browser's and no part of our own sources: it gets its name when it is laid out. */
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type Workplace = Readonly<{ assetsDirectory: string; profileDirectory: string; remove: () => void }>;

export function layOutProbePage(): Workplace {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-host-'));
  const assetsDirectory = path.join(folder, 'page');
  cpSync(path.join(import.meta.dirname, 'page'), assetsDirectory, { recursive: true });
  renameSync(path.join(assetsDirectory, 'probe.js.txt'), path.join(assetsDirectory, 'probe.js'));
  return {
    assetsDirectory,
    profileDirectory: path.join(folder, 'profile'),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

export const quietLog = { info: (): void => undefined, warn: (): void => undefined, error: (): void => undefined };
