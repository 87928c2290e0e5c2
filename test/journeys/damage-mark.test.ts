/** A broken chain that was found once is not forgotten by a restart: the till stays stopped until its database is replaced or found sound. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { chooseTill } from '../../src-main/compose/choose-till.ts';
import { createJournalWatch } from '../../src-main/compose/journal-watch.ts';
import { composeProduction } from '../../src-main/compose/production.ts';
import { openStorageDesk } from '../../src-main/compose/storage-desk.ts';
import type { Fault } from '../../src-main/core/domain/fault.ts';
import { verifyJournal } from '../../src-main/hosts/terminal/storage-commands.ts';
import { checkDatabase } from '../../src-main/hosts/terminal/backup-commands.ts';
import type { StorageDesk } from '../../src-main/hosts/terminal/storage-desk.ts';
import { benchSettings, worked } from '../support/till-bench.ts';

const STARTED = { type: 'till.started', v: 1, mode: 'production', appVersion: '0.1.0' } as const;

type Place = Readonly<{ folder: string; database: string; mark: string; backup: string }>;

/** A till of 900 entries and one good backup of them. */
async function till(): Promise<Place> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-mark-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const composed = composeProduction({ dataDirectory: folder });
  composed.till.changeSettings(benchSettings('http://127.0.0.1:9'), 'test');
  composed.foundation.store.commit(Array.from({ length: 900 }, () => STARTED));
  await composed.close();
  const backup = await atDesk(folder, async (desk) => worked(await desk.backupNow()).name);
  const database = path.join(folder, 'till.db');
  return { folder, database, mark: `${database}.damaged`, backup };
}

async function atDesk<Value>(folder: string, does: (desk: StorageDesk) => Value | Promise<Value>): Promise<Value> {
  const desk = worked(await openStorageDesk({ dataDirectory: folder }));
  try {
    return await does(desk);
  } finally {
    await desk.close();
  }
}

/** Behind the last 500 entries, where the look at the start does not reach; run again with the words changed over it is whole again. */
function changeThePast({ database }: Place, from = '0.1.0', to = '0.1.1'): void {
  const db = new Database(database);
  db.exec('DROP TRIGGER IF EXISTS journal_never_changes');
  db.prepare('UPDATE journal SET body = replace(body, ?, ?) WHERE seq = 100').run(from, to);
  db.close();
}

/** The check in the background, in a run of the program that then ends. */
async function foundInTheBackground({ folder }: Place): Promise<Fault> {
  const composed = composeProduction({ dataDirectory: folder });
  const heard: Fault[] = [];
  await createJournalWatch(composed.foundation, (why) => heard.push(why)).check();
  await composed.close();
  const [why] = heard;
  if (!why) throw new Error('the check found nothing');
  return why;
}

/** What the first question of a window is answered with, before any time has passed. */
async function started({ folder }: Place, training = false): Promise<Readonly<{ mode: string; answer: unknown }>> {
  const window = await chooseTill({ dataDirectory: folder, training });
  const answer = await window.handlers['till.view']({});
  await window.close();
  return { mode: window.mode, answer };
}

/** What the command says at the shell. */
async function said(folder: string, plan: ReturnType<typeof checkDatabase>): Promise<string> {
  const run = worked(plan);
  return atDesk(folder, async (desk) => {
    const answer = await run(desk, { note: () => undefined } as unknown as Parameters<typeof run>[1]);
    return 'text' in answer ? answer.text : '';
  });
}

test('a till that was found broken is stopped from its first moment after a restart, with the same words, until a backup is restored', async () => {
  const place = await till();
  changeThePast(place);
  const why = await foundInTheBackground(place);
  expect(JSON.parse(readFileSync(place.mark, 'utf8'))).toMatchObject({
    problems: [expect.stringMatching(/^journal: /)],
    seq: 100,
    foundAtMs: expect.any(Number) as number,
  });
  for (const restart of ['first', 'second']) {
    const { mode, answer } = await started(place);
    expect({ restart, mode, answer }).toEqual({ restart, mode: 'stopped', answer: { ok: false, error: why } });
  }
  expect(await said(place.folder, checkDatabase())).toMatch(/^The database is DAMAGED/);
  expect(existsSync(place.mark), 'a check that finds the same leaves it').toBe(true);

  worked(await atDesk(place.folder, (desk) => desk.restore(place.backup, [])));
  expect(existsSync(place.mark)).toBe(false);
  expect(await started(place)).toMatchObject({ mode: 'production', answer: { ok: true } });
}, 60_000);

test.each([
  ['db check', () => checkDatabase()],
  ['journal verify', () => verifyJournal({ from: '1' })],
  ['journal verify --tables', () => verifyJournal({ from: '1', tables: true })],
])(
  '%s that finds everything sound lets the till open again and says so',
  async (_name, plan) => {
    const place = await till();
    changeThePast(place);
    await foundInTheBackground(place);
    expect(await said(place.folder, plan())).not.toContain('opens again');
    expect((await started(place)).mode).toBe('stopped');
    changeThePast(place, '0.1.1', '0.1.0');
    expect((await started(place)).mode, 'nobody has looked yet').toBe('stopped');
    expect(await said(place.folder, verifyJournal({ from: '500' }))).not.toContain('opens again');
    expect(existsSync(place.mark), 'a part of the journal proves nothing').toBe(true);
    expect(await said(place.folder, plan())).toContain('the till opens again');
    expect(existsSync(place.mark)).toBe(false);
    expect((await started(place)).mode).toBe('production');
    expect(await said(place.folder, plan())).not.toContain('opens again');
  },
  60_000,
);

test('a mark that cannot be read stops the till as well, and training neither heeds nor makes one', async () => {
  const place = await till();
  writeFileSync(place.mark, '{"problems":["jour');
  expect(await started(place)).toMatchObject({ mode: 'stopped', answer: { error: { code: 'storage.damaged' } } });
  expect((await started(place, true)).mode).toBe('training');
  expect(readFileSync(place.mark, 'utf8')).toBe('{"problems":["jour');
}, 60_000);
