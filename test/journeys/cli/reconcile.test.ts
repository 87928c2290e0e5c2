/** `reconcile` at a shell: words, JSON and exit codes. */
import { afterEach, expect, test } from 'vitest';
import { cashOutIn, json, NETWORK, openForBusiness, openShop, worked } from './shop.ts';
import type { Shop } from './shop.ts';

let shop: Shop;
afterEach(() => shop.close());

async function given(): Promise<Readonly<{ id: string; externalReference: string }>> {
  const started = cashOutIn(worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', '500', '--json')));
  shop.engine.customerPays(started.externalReference);
  worked(await shop.till('cash-out', 'watch', started.id, '--until', 'paid'));
  worked(await shop.till('cash-out', 'hand-over', started.id));
  worked(await shop.till('cash-out', 'given', started.id));
  return started;
}

test('reconcile says that all agree with 0, names a refund that it finds with 1, and says 3 when nobody answers', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  const { id, externalReference } = await given();

  const good = await shop.till('reconcile');
  expect(good).toMatchObject({ exit: 0 });
  expect(good.out).toContain('Reconciliation: 1 agree\n');

  shop.engine.sellerRefunds(externalReference);
  const found = await shop.till('reconcile', '--json');
  expect(found.exit).toBe(1);
  expect(json(found)).toMatchObject({
    asked: 1,
    agree: 0,
    counts: [{ kind: 'returned-and-given', count: 1 }],
    findings: [{ cashOutId: id, amountMinor: 50_000, currency: 'MXN' }],
  });
  const shown = await shop.till('reconcile', '--last');
  expect(shown.exit).toBe(1);
  expect(shown.out).toContain('Reconciliation: 0 agree; 1 returned and given');
  expect(shown.out).toContain(id);

  const wrong = await shop.till('reconcile', '--day', 'yesterday');
  expect(wrong).toMatchObject({ exit: 2, out: '' });
  shop.engine.script({ fault: 'drop-before-commit', operation: 'read', count: 'always' });
  const silent = await shop.till('reconcile', '--json');
  expect(silent.exit).toBe(3);
  expect(json(silent)).toMatchObject({ asked: 1, agree: 0, unanswered: 1 });
});
