import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { expect, onTestFinished, test } from 'vitest';

import { lockDataDirectory } from '../../../src-main/adapters/system/data-lock.ts';
import { FaultError } from '../../../src-main/core/domain/fault.ts';
import type { Fault } from '../../../src-main/core/domain/fault.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const clock = { nowMs: () => Date.UTC(2026, 2, 14, 9, 30) };

type Child = ChildProcessByStdio<null, Readable, null>;

async function startTill(directory: string): Promise<{ child: Child; said: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'data-lock-child.ts'), directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: said.toString().trim() };
}

function faultOf(run: () => unknown): Fault | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof FaultError) return error.fault;
    throw error;
  }
}

test('a second till is told who holds the data folder and since when, and gets it once that one has let go', () => {
  const directory = temporaryDirectory();
  const lock = lockDataDirectory(directory, clock);
  expect(faultOf(() => lockDataDirectory(directory, clock))).toMatchObject({
    code: 'storage.locked',
    detail: `process ${process.pid} has been using this data folder since 2026-03-14T09:30:00.000Z`,
    values: { pid: process.pid, since: '2026-03-14T09:30:00.000Z', sinceMs: clock.nowMs() },
  });
  lock.release();
  lock.release();
  expect(existsSync(join(directory, 'lock.json'))).toBe(false);
  lockDataDirectory(directory, clock).release();
});

test('a till killed without warning lets go at once, though its note still lies there', async () => {
  const directory = temporaryDirectory();
  const { child, said } = await startTill(directory);
  expect(said).toBe('locked');
  expect(faultOf(() => lockDataDirectory(directory, clock))).toMatchObject({ values: { pid: child.pid ?? 0 } });

  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(join(directory, 'lock.json'))).toBe(true);
  lockDataDirectory(directory, clock).release();
});

test('of six tills started at once, one gets the folder', async () => {
  const directory = temporaryDirectory();
  const tills = await Promise.all(Array.from({ length: 6 }, () => startTill(directory)));
  expect(tills.map(({ said }) => said).toSorted()).toEqual(['locked', ...Array<string>(5).fill('storage.locked')]);
});

test('a note from a holder that is long dead names nobody', async () => {
  const directory = temporaryDirectory();
  const lock = lockDataDirectory(directory, clock);
  const child = spawn(process.execPath, ['--eval', '0']);
  await once(child, 'exit');
  writeFileSync(join(directory, 'lock.json'), JSON.stringify({ pid: child.pid, sinceMs: 5 }));
  expect(faultOf(() => lockDataDirectory(directory, clock))?.detail).toBe('another program is using this data folder');
  writeFileSync(join(directory, 'lock.json'), 'torn');
  expect(faultOf(() => lockDataDirectory(directory, clock))?.code).toBe('storage.locked');
  lock.release();
});

test('a folder that is not there is a storage fault', () => {
  expect(faultOf(() => lockDataDirectory(join(temporaryDirectory(), 'nowhere'), clock))).toMatchObject({
    code: 'storage.failed',
    detail: expect.stringMatching(/^the data folder cannot be locked: .*directory does not exist/) as string,
  });
});
