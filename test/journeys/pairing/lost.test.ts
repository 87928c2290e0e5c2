/** Lost answers, a hidden store, a dying process: the next look finds what there is, and nothing is ever made twice. */
import { expect, test } from 'vitest';
import type { TillStore } from '../../../src-main/core/application/ports/till-store.ts';
import { unpairedShop, WITH_ADDRESS } from '../../support/pairing-bench.ts';
import type { PairingBench } from '../../support/pairing-bench.ts';
import { worked } from '../../support/till-bench.ts';

const OVER = ['canceled', 'expired', 'refunded'];

/** One store, one point of sale, and no order that anybody could still pay. */
function expectWhole({ engine, steps }: PairingBench): void {
  expect(engine.stores().map(({ externalId }) => externalId)).toEqual(['SUC01']);
  expect(engine.pointsOfSale().map(({ externalId }) => externalId)).toEqual(['SUC01CAJA07']);
  expect(engine.orders().filter(({ status }) => !OVER.includes(status))).toEqual([]);
  expect(steps().at(-1)).toBe('saved');
}

const LOST = ['drop-before-commit', 'drop-after-commit', 'server-error-before-commit', 'cut-body', 'not-json'] as const;

test.each(
  LOST.flatMap((fault) =>
    (['create-store', 'create-pos', 'create', 'cancel'] as const).map((at) => [fault, at] as const),
  ),
)('%s at %s: the same run finds its way', async (fault, operation) => {
  const shop = await unpairedShop();
  shop.engine.script({ fault, operation });
  worked(await shop.till.pairing.run(WITH_ADDRESS));
  expectWhole(shop);
  const keys = shop.engine.requests().flatMap(({ operation: name, request }) => {
    return name === 'create' ? [`${request.headers['x-idempotency-key']} ${request.bodyText}`] : [];
  });
  expect(new Set(keys).size).toBe(1);
});

test.each(['create-store', 'create-pos'] as const)(
  'a %s whose answer is lost and that searches show late is waited for, not made again',
  async (operation) => {
    const shop = await unpairedShop();
    shop.engine.script({ fault: 'hidden-after-create', operation, afterMs: 120 });
    worked(await shop.till.pairing.run(WITH_ADDRESS));
    expectWhole(shop);
    expect(shop.engine.requests().filter((request) => request.operation === operation)).toHaveLength(1);
  },
);

test('when nothing answers after a create, nothing more is created, now or later, until it is known', async () => {
  const shop = await unpairedShop();
  shop.engine.script(
    { fault: 'drop-after-commit', operation: 'create-store' },
    { fault: 'server-error-before-commit', operation: 'search-stores', skip: 1, count: 'always' },
  );
  const doubt = { ok: false, error: { code: 'pairing.in-doubt' } };
  expect(await shop.till.pairing.run(WITH_ADDRESS)).toMatchObject(doubt);
  expect(await shop.again().till.pairing.run(WITH_ADDRESS)).toMatchObject(doubt);
  expect(shop.steps()).toEqual(['account', 'creating']);
  shop.engine.clearScript();
  const later = shop.again();
  worked(await later.till.pairing.run(WITH_ADDRESS));
  expectWhole(later);
  expect(shop.engine.requests().filter(({ operation }) => operation === 'create-store')).toHaveLength(1);
});

test('429 and 423 before anything was made are waited out under the same intention', async () => {
  const shop = await unpairedShop();
  shop.engine.script(
    { fault: 'rate-limited', operation: 'create-store', retryAfterSeconds: 0 },
    { fault: 'rate-limited', operation: 'create-pos', retryAfterSeconds: 0 },
    { fault: 'resource-locked', operation: 'create' },
  );
  worked(await shop.till.pairing.run(WITH_ADDRESS));
  expectWhole(shop);
  expect(shop.steps().filter((kind) => kind === 'creating')).toHaveLength(2);
});

test('a test order whose answers are all lost is taken back by the next run', async () => {
  const shop = await unpairedShop();
  shop.engine.script({ fault: 'drop-after-commit', operation: 'create', count: 4 });
  expect(await shop.till.pairing.run(WITH_ADDRESS)).toMatchObject({ ok: false, error: { code: 'pairing.in-doubt' } });
  expect(shop.engine.orders().map(({ status }) => status)).toEqual(['created']);
  const later = shop.again();
  worked(await later.till.pairing.run(WITH_ADDRESS));
  expectWhole(later);
  expect(later.engine.orders().map(({ status }) => status)).toEqual(['canceled', 'canceled']);
});

test('a test order that somebody pays goes back to the payer, and no notes are given', async () => {
  const shop = await unpairedShop();
  shop.engine.change({ refundTakesMs: 10 });
  shop.engine.script({ fault: 'customer-pays-first', operation: 'cancel' });
  const paired = worked(await shop.till.pairing.run(WITH_ADDRESS));
  expect(paired.proof).toBe('somebody paid the test order; the money went back');
  expectWhole(shop);
  expect(shop.engine.orders().map(({ status }) => status)).toEqual(['refunded']);
});

class Killed extends Error {}

/** Ends the process at the n-th commit of pairing: just before it is on disk, or just after. */
function dyingStore(atCommit: number, when: 'before' | 'after'): (store: TillStore) => TillStore {
  let commits = 0;
  return (store) => ({
    ...store,
    commit(events) {
      if (!events.some(({ type }) => type === 'pairing.step')) return store.commit(events);
      commits += 1;
      if (commits === atCommit && when === 'before') throw new Killed();
      const entries = store.commit(events);
      if (commits === atCommit) throw new Killed();
      return entries;
    },
  });
}

const COMMITS = 10;
const DEATHS = Array.from({ length: COMMITS }, (_, index) => index + 1).flatMap((atCommit) =>
  (['before', 'after'] as const).map((when) => [when, atCommit] as const),
);

test.each(DEATHS)('killed %s commit %i, the next run goes on and makes nothing twice', async (when, atCommit) => {
  const shop = await unpairedShop({ store: dyingStore(atCommit, when) });
  await expect(shop.till.pairing.run(WITH_ADDRESS)).rejects.toThrow(Killed);
  const next = shop.again();
  worked(await next.till.pairing.run(WITH_ADDRESS));
  expectWhole(next);
  const made = next.engine.requests().map(({ operation }) => operation);
  for (const create of ['create-store', 'create-pos'])
    expect(made.filter((operation) => operation === create)).toHaveLength(1);
});

test('closed while a run is under way, the till ends at once, and the next start goes on', async () => {
  const shop = await unpairedShop();
  shop.engine.setWeather({ rates: {}, latency: { minimumMs: 60, maximumMs: 90 } });
  const running = shop.till.pairing.run(WITH_ADDRESS);
  await expect.poll(() => shop.steps().includes('creating')).toBe(true);
  await shop.till.stop();
  shop.close();
  expect(await running).toMatchObject({ ok: false, error: { code: 'pairing.in-doubt' } });
  const next = shop.again();
  worked(await next.till.pairing.run(WITH_ADDRESS));
  expectWhole(next);
});
