/** What a start has no time to look at is read in the background; a till whose past was changed stops where it stands. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { composeProduction, composeWindowTill } from '../../src-main/compose/production.ts';
import { createJournalWatch } from '../../src-main/compose/journal-watch.ts';
import type { EventFrame } from '../../src-main/core/contract/contract.ts';
import type { Fault } from '../../src-main/core/domain/fault.ts';
import { benchSettings, worked } from '../support/till-bench.ts';

const STARTED = { type: 'till.started', v: 1, mode: 'production', appVersion: '0.1.0' } as const;

/** A data directory with settings and so many entries. */
async function tillWith(entries: number): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-watch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const composed = composeProduction({ dataDirectory: folder });
  composed.till.changeSettings(benchSettings('http://127.0.0.1:9'), 'test');
  composed.foundation.store.commit(Array.from({ length: entries }, () => STARTED));
  await composed.close();
  return folder;
}

/** Behind the last 500 entries, where the look at the start does not reach. */
function changeThePast(folder: string): void {
  const db = new Database(path.join(folder, 'till.db'));
  db.exec('DROP TRIGGER journal_never_changes');
  db.exec("UPDATE journal SET body = replace(body, '0.1.0', '0.1.1') WHERE seq = 100");
  db.close();
}

test('a changed entry of long ago is found after the start, and from then on every question is answered with why', async () => {
  const folder = await tillWith(900);
  changeThePast(folder);
  const till = composeWindowTill({ dataDirectory: folder });
  onTestFinished(() => till.close());
  const heard: EventFrame['name'][] = [];
  till.events(({ name }) => heard.push(name));
  worked(await till.handlers['till.view']({}));
  await vi.waitFor(
    async () =>
      expect(await till.handlers['till.view']({})).toMatchObject({ ok: false, error: { code: 'storage.damaged' } }),
    { timeout: 20_000, interval: 100 },
  );
  const asked = await till.handlers['cash-out.start']({ network: 'mercadopago-orders', amountMinor: 50_000 });
  expect(asked).toMatchObject({ ok: false, error: { code: 'storage.damaged' } });
  await vi.waitFor(() => expect(heard, 'windows are told to look').toContain('till.changed'));
  expect(till.till.context.store.cashOutsIn(['requested'])).toEqual([]);
}, 30_000);

test('a sound journal is read to its end and nothing happens', async () => {
  const folder = await tillWith(2_000);
  const composed = composeProduction({ dataDirectory: folder });
  const faults: Fault[] = [];
  const watch = createJournalWatch(composed.foundation, (why) => faults.push(why));
  onTestFinished(() => composed.close());
  expect(await watch.check()).toBeUndefined();
  expect(faults).toEqual([]);
}, 30_000);

test('a backup that cannot be made is on the screen with its reason, and gone once one was made', async () => {
  const folder = await tillWith(3);
  const composed = composeProduction({ dataDirectory: folder });
  onTestFinished(() => composed.close());
  const { backups, foundation, till } = composed;
  rmSync(foundation.directory.backups, { recursive: true, force: true });
  writeFileSync(foundation.directory.backups, 'a file in the place of the folder');
  await backups.now();
  expect([...till.context.warnings.values()]).toMatchObject([{ kind: 'backup', reason: 'not-made' }]);
  rmSync(foundation.directory.backups);
  await backups.now();
  expect([...till.context.warnings.values()]).toEqual([]);
}, 30_000);
