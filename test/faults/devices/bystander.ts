/**
 * A process with nothing to do beside the one that is measured: how long its loop stands still, and how long the disk takes to say
 * "synced", is what this machine alone is answerable for.
 *
 * Use    forked with a folder of the disk in question as its argument; `begin` starts anew, `seen` is answered with `BystanderFigures`.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Longest of each, in ms. */
export type BystanderFigures = Readonly<{ pauseMs: number; syncMs: number }>;

export interface Bystander {
  begin(): void;
  seen(): Promise<BystanderFigures>;
  close(): void;
}

export function startBystander(folder: string): Bystander {
  const child = fork(import.meta.filename, [folder]);
  return {
    begin: () => void child.send('begin'),
    async seen() {
      const answer = once(child, 'message');
      child.send('seen');
      return (await answer)[0] as BystanderFigures;
    },
    close: () => void child.kill(),
  };
}

const SYNC_EVERY_MS = 250;
const PAGE_BYTES = 4_096;
/** Written over and over, as a write-ahead log is. */
const PAGES = 64;

async function standBy(folder: string): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const file = await open(path.join(folder, 'bystander'), 'w');
  const page = Buffer.alloc(PAGE_BYTES, 1);
  let syncMs = 0;
  let turn = 0;
  const sync = async (): Promise<void> => {
    const startedMs = performance.now();
    turn = (turn + 1) % PAGES;
    await file.write(page, 0, PAGE_BYTES, turn * PAGE_BYTES);
    await file.datasync();
    syncMs = Math.max(syncMs, performance.now() - startedMs);
    setTimeout(() => void sync(), SYNC_EVERY_MS);
  };
  process.on('message', (word) => {
    if (word === 'begin') {
      delay.reset();
      syncMs = 0;
      return;
    }
    process.send?.({ pauseMs: Math.round(delay.max / 1e5) / 10, syncMs: Math.round(syncMs * 10) / 10 });
  });
  process.once('disconnect', () => process.exit());
  delay.enable();
  await sync();
}

if (process.argv[1] === import.meta.filename && process.argv[2] !== undefined) await standBy(process.argv[2]);
