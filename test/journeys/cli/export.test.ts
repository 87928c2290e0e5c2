/** The journal leaves the till as files, and somebody without a till checks them with the verifier on any Node. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { VERIFIER } from '../../support/journal-verifier.ts';
import { cashOutIn, json, NETWORK, openForBusiness, openShop, worked } from './shop.ts';
import type { Shop } from './shop.ts';

let shop: Shop;
afterEach(() => shop.close());

const report = z.object({ head: z.object({ seq: z.number(), hash: z.string() }) });

function verify(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFIER, ...words], { encoding: 'utf8' });
  return { exit: status, out: stdout, err: stderr };
}

async function give(amount: string): Promise<void> {
  const { id, externalReference } = cashOutIn(
    worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', amount, '--json')),
  );
  shop.engine.customerPays(externalReference);
  worked(await shop.till('cash-out', 'watch', id));
  worked(await shop.till('cash-out', 'hand-over', id));
  worked(await shop.till('cash-out', 'given', id));
}

test('two shifts are exported and add up on their own; a changed file, a missing end and a wrong slip are said so', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  await give('500');
  worked(await shop.till('shift', 'drop', '--amount', '1000'));
  const closed = worked(await shop.till('shift', 'close', '--count', '3400', '--json'));
  const z1 = report.parse(json(closed)).head;
  worked(await shop.till('shift', 'open', '--float', '3400'));
  await give('200');
  const opened = shop.read("SELECT body FROM journal WHERE type = 'shift.opened' ORDER BY seq DESC LIMIT 1");
  expect(JSON.parse(String(opened[0]?.['body']))).toMatchObject({ number: 2, previousHead: z1 });

  const files = ['1', '2'].map((number) => path.join(shop.folder, `shift-${number}.jsonl`));
  for (const [index, file] of files.entries())
    worked(await shop.till('journal', 'export', '--shift', String(index + 1), '--output', file));
  const [first = '', second = ''] = files;
  const slip = `${z1.hash.slice(0, 8)}…${z1.hash.slice(-8)}`;

  const sound = verify(first, second, '--head', slip);
  expect([sound.exit, sound.err]).toEqual([0, '']);
  expect(sound.out).toMatch(/^SOUND: till CAJA01, \d+ entries from 1 to \d+/);
  expect(sound.out).toContain(`the fingerprint that was asked for is that of entry ${z1.seq}`);
  expect(sound.out).toContain('float 500000 - notes 50000 - instead of payouts 0 - drops 100000');
  expect(sound.out).toContain('expected 350000, counted 340000, variance -10000');
  expect(verify(second, '--after', slip).exit).toBe(0);
  expect(verify(second, '--head', slip)).toMatchObject({ exit: 1, err: expect.stringMatching(/^NOT SOUND/) as string });

  const text = readFileSync(first, 'utf8');
  writeFileSync(first, text.replace('"totalMinor":340000', '"totalMinor":350000'));
  expect(verify(first)).toMatchObject({ exit: 1, err: expect.stringMatching(/not what was hashed/) as string });
  writeFileSync(first, text.slice(0, text.lastIndexOf('\n{') + 1));
  expect(verify(first)).toMatchObject({ exit: 1, err: expect.stringMatching(/entries were exported/) as string });
  expect(verify(path.join(shop.folder, 'nothing')).exit).toBe(2);
  expect(verify().exit).toBe(2);
  expect(json({ ...sound, out: verify(second, '--json').out, signal: null })).toMatchObject({ sound: true });
});
