/** One process works in a data directory; a second one is told who holds it and changes nothing. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cashOutIn, NETWORK, openForBusiness, openShop, refusalIn, worked } from './shop.ts';
import type { Shop } from './shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
  await openForBusiness(shop);
});
afterEach(() => shop.close());

test('while one command watches, another is refused with the number of the process that holds the till', async () => {
  const { id } = cashOutIn(worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', '100', '--json')));
  const asked = shop.engine.requestCount();
  const watch = shop.begin('cash-out', 'watch', id);
  await expect.poll(() => shop.engine.requestCount()).toBeGreaterThan(asked);

  const other = await shop.till('cash-out', 'cancel', id, '--json');

  expect([other.exit, refusalIn(other).code]).toEqual([1, 'storage.locked']);
  expect(refusalIn(other).detail).toContain(`process ${watch.child.pid ?? '?'} `);
  expect(other.err).toContain('close the window or let the other command end');
  const helpful = await shop.till('cash-out', 'cancel', '--help');
  expect([helpful.exit, helpful.out]).toEqual([0, expect.stringContaining('withdraw an unpaid one')]);
  watch.child.kill('SIGKILL');
  expect((await watch.ended).signal).toBe('SIGKILL');
  const now = worked(await shop.till('cash-out', 'cancel', id, '--json'));
  expect(cashOutIn(now).state).toBe('cancelled');
});

test('of many commands at the same moment each is done whole or refused whole', async () => {
  const words = ['shift', 'drop', '--amount', '10', '--json'];

  const all = await Promise.all(Array.from({ length: 6 }, () => shop.till(...words)));

  const done = all.filter(({ exit }) => exit === 0).length;
  expect(done).toBeGreaterThan(0);
  expect(all.filter(({ exit }) => exit !== 0).map((said) => refusalIn(said).code)).toEqual(
    Array(all.length - done).fill('storage.locked'),
  );
  worked(await shop.till('shift', 'close', '--count', String(5_000 - 10 * done), '--json'));
  expect(shop.read("SELECT 1 FROM posting WHERE cause = 'drop' AND account = 'safe'")).toHaveLength(done);
});
