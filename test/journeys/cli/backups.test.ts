/** Disks fail and files break: what a technician sees, and how the shop goes on. Real files, real processes. */
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { wholeNumbers } from '../../support/random.ts';
import { cashOutIn, json, NETWORK, openForBusiness, openShop, refusalIn, worked } from './shop.ts';
import type { Said, Shop } from './shop.ts';

let shop: Shop;
afterEach(() => shop.close());

const made = z.object({ name: z.string(), seq: z.number(), warning: z.string().optional() });
const backupIn = (said: Said) => made.parse(json(worked(said)));
const listed = async () => z.array(made).parse(json(worked(await shop.till('backup', 'list', '--json'))));
const database = () => path.join(shop.data, 'till.db');

async function give(amount: string): Promise<void> {
  const started = worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', amount, '--json'));
  const { id, externalReference } = cashOutIn(started);
  shop.engine.customerPays(externalReference);
  worked(await shop.till('cash-out', 'watch', id));
  worked(await shop.till('cash-out', 'hand-over', id));
  worked(await shop.till('cash-out', 'given', id));
}

function overwrite(place: number, bytes: Uint8Array): void {
  const file = openSync(database(), 'r+');
  writeSync(file, bytes, 0, bytes.length, place);
  closeSync(file);
}

test('a database that breaks stops the till, is kept, and a backup with the export brings the shift back to its last entry', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  await give('500');
  const backup = backupIn(await shop.till('backup', 'now', '--json'));
  await give('200');
  const file = path.join(shop.folder, 'all.jsonl');
  worked(await shop.till('journal', 'export', '--output', file));
  const before = worked(await shop.till('shift', 'report', '--json')).out;
  worked(await shop.till('db', 'check'));

  overwrite(4096 * 3, Buffer.alloc(4096, 0xee));
  const broken = readFileSync(database());
  const refused = await shop.till('cash-out', 'start', ...NETWORK, '--amount', '100', '--json');
  expect([refused.exit, refusalIn(refused).code]).toEqual([1, 'storage.damaged']);
  expect(refusalIn(refused).detail).toContain(`the newest good backup is ${backup.name}`);
  expect((await shop.till('db', 'check')).out).toMatch(/^The database is DAMAGED/);
  expect(readFileSync(database()).equals(broken)).toBe(true);

  const restored = worked(await shop.till('backup', 'restore', backup.name, '--add', file, '--json'));
  const { keptAs, added } = z.object({ keptAs: z.string(), added: z.number() }).parse(json(restored));
  expect(added).toBeGreaterThan(5);
  expect(readFileSync(path.join(keptAs, 'till.db')).equals(broken)).toBe(true);
  worked(await shop.till('journal', 'verify', '--tables'));
  expect(forgetTime(worked(await shop.till('shift', 'report', '--json')).out)).toBe(forgetTime(before));
  await give('100');
  const closed = json(worked(await shop.till('shift', 'close', '--count', '4200', '--json')));
  expect(closed).toMatchObject({ dispensed: { count: 3 }, close: { varianceMinor: 0 } });
});

function forgetTime(report: string): string {
  return report.replace(/"atMs":\d+/, '');
}

test('damaged at random places the till is never opened silently: it says so or nothing that it reads has changed', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  await give('500');
  const { name } = backupIn(await shop.till('backup', 'now', '--json'));
  const sound = readFileSync(database());
  const head = json(worked(await shop.till('journal', 'verify', '--json')));
  const next = wholeNumbers(5);
  const seen = { refused: 0, harmless: 0 };
  for (let round = 0; round < 8; round += 1) {
    for (const suffix of ['-wal', '-shm']) rmSync(database() + suffix, { force: true });
    writeFileSync(database(), sound);
    if (round === 0) truncateSync(database(), 4096 * 5 + 100);
    else if (round === 1) overwrite(0, Buffer.from('not SQLite at all'));
    else overwrite(next(sound.length - 600), Buffer.from(Array.from({ length: 600 }, () => next(256))));
    const said = await shop.till('status', '--json');
    const isRefused = said.exit !== 0;
    seen[isRefused ? 'refused' : 'harmless'] += 1;
    // Either it says what is wrong and what can be done, or nothing was hit that anybody reads.
    const proof = isRefused ? refusalIn(said) : json(await shop.till('journal', 'verify', '--tables', '--json'));
    const named = expect.stringContaining(name) as unknown;
    expect(proof).toMatchObject(isRefused ? { code: 'storage.damaged', detail: named } : { ok: true, tables: 'same' });
  }
  // Much of a small file is empty space between rows, which nothing reads.
  expect(seen.refused).toBeGreaterThanOrEqual(2);
  worked(await shop.till('backup', 'restore', name));
  expect(json(worked(await shop.till('journal', 'verify', '--json')))).toEqual(head);
});

test('a close makes a backup by itself, also in the second place; where that fails the close is done all the same', async () => {
  shop = await openShop();
  const second = path.join(shop.folder, 'stick');
  await openForBusiness(shop, { backups: { keep: 2, days: 30, directory: second } });
  worked(await shop.till('shift', 'close', '--count', '5000'));
  const [first] = await listed();
  expect(readdirSync(path.join(second, 'ventanilla-CAJA01'))).toEqual([first?.name]);
  worked(await shop.till('backup', 'verify', first?.name ?? ''));

  rmSync(second, { recursive: true });
  writeFileSync(second, 'no folder any more');
  worked(await shop.till('shift', 'open', '--float', '5000'));
  const closed = worked(await shop.till('shift', 'close', '--count', '5000'));
  expect(closed.err).toMatch(/warning: backup: no copy in /);
  const third = backupIn(await shop.till('backup', 'now', '--json'));
  expect(third.warning).toMatch(/no copy in /);
  expect((await listed()).length).toBe(2);
});

test('what a restore costs is said, the export is added only where the chain goes on, and a window in the way refuses it', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  const old = backupIn(await shop.till('backup', 'now', '--json'));
  await give('500');
  const end = path.join(shop.folder, 'end.jsonl');
  worked(await shop.till('journal', 'export', '--from', String(old.seq + 3), '--output', end));
  worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', '100'));
  const gap = await shop.till('backup', 'restore', old.name, '--add', end, '--json');
  expect(refusalIn(gap)).toMatchObject({
    code: 'backup.failed',
    detail: expect.stringContaining('does not follow') as string,
  });
  expect(refusalIn(await shop.till('backup', 'restore', 'till-none', '--json')).code).toBe('backup.unknown');

  const sync = shop.begin('sync', '--until', 'idle', '--timeout', '20');
  await expect.poll(() => existsSync(path.join(shop.data, 'lock.json'))).toBe(true);
  expect(refusalIn(await shop.till('backup', 'restore', old.name, '--json')).code).toBe('storage.locked');
  sync.child.kill('SIGKILL');
  await sync.ended;
  const restored = worked(await shop.till('backup', 'restore', old.name));
  expect(restored.out).toMatch(new RegExp(`LOST: entries ${old.seq + 1} to \\d+, in which notes were given 1 times`));
  expect(existsSync(`${database()}.restoring`)).toBe(false);
  expect(statSync(database()).mode & 0o777).toBe(0o600);

  rmSync(database());
  const gone = await shop.till('status', '--json');
  expect(refusalIn(gone)).toMatchObject({
    code: 'storage.damaged',
    detail: expect.stringContaining('till.db is missing') as string,
  });
});
