import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { openDatabase } from '../../../src-main/adapters/storage/database.ts';
import { createJournal } from '../../../src-main/adapters/storage/journal.ts';
import { compareTables, replay } from '../../../src-main/adapters/storage/replay.ts';
import { temporaryDirectory } from './support.ts';

/** Lets a till commit without pause, kills it, and answers every line that it had printed whole. */
async function killedAfter(path: string, run: number, aliveMs: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'crash-child.ts'), path, String(run)]);
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const closed = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), closed]);
  await delay(aliveMs);
  child.kill('SIGKILL');
  const [, signal] = (await closed) as [number | null, string | null];
  expect({ signal, complaints }).toEqual({ signal: 'SIGKILL', complaints: '' });
  return printed.split('\n').slice(0, -1);
}

test('I8: a till killed at any moment, twenty times over, has every commit that it had reported, and a sound journal', async () => {
  const path = join(temporaryDirectory(), 'till.db');
  let reported = 0;
  for (let run = 1; run <= 20; run += 1) {
    const lines = await killedAfter(path, run, 5 + ((run * 37) % 90));
    expect(lines.length).toBeGreaterThan(0);
    reported += lines.length;

    const db = openDatabase(path);
    const journal = createJournal(db);
    const [firstSeq = 0] = lines.map((line) => Number(line.split(' ')[0]));
    const found = journal.entries(firstSeq, lines.length).map(({ seq, hash }) => `${seq} ${hash}`);
    expect(found).toEqual(lines);
    expect(journal.verify()).toMatchObject({ sound: true });
    db.close();
  }
  // However slow the machine: the kills meet a till at work.
  expect(reported).toBeGreaterThan(100);

  const db = openDatabase(path);
  const copy = openDatabase(':memory:');
  replay(db, copy);
  expect(compareTables(db, copy)).toEqual([]);
  db.close();
  copy.close();
});
