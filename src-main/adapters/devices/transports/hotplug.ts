/** Notices that a device file may have come: its folder changes. A hint that saves waiting, never needed to be right. */
import { watch } from 'node:fs';
import path from 'node:path';

/** `mayBe` tells which names in the file's folder are of interest. Without such a folder nothing is ever noticed. */
export function watchForFile(file: string, mayBe: (name: string) => boolean, notice: () => void): () => void {
  if (process.platform === 'win32') return () => undefined;
  const name = path.basename(file);
  try {
    const watcher = watch(path.dirname(file), { persistent: false }, (kind, changed) => {
      if (kind === 'rename' && changed !== null && (changed === name || mayBe(changed))) notice();
    });
    watcher.on('error', () => undefined);
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}
