/** How often payouts are asked about, in virtual time: by their age, one a second for an account, and never two questions at once. */
import { expect, test } from 'vitest';
import { openDatabase } from '../../../src-main/adapters/storage/database.ts';
import { createTillStore } from '../../../src-main/adapters/storage/till-store.ts';
import type {
  PayoutDelivery,
  PayoutNetwork,
  PayoutReading,
} from '../../../src-main/core/application/ports/payout-network.ts';
import { createTill } from '../../../src-main/core/application/till.ts';
import type { Till } from '../../../src-main/core/application/till.ts';
import type { PayoutStatus } from '../../../src-main/core/domain/payouts/payout-fact.ts';
import { ok } from '../../../src-main/core/domain/result.ts';
import { benchSettings, countingIds, QUIET_LOG, worked } from '../../support/till-bench.ts';
import { createVirtualTime, evidenceAt } from '../../support/virtual-till.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function request(externalId: string) {
  return ok({ method: 'POST', path: '/', body: `{"external_id":"${externalId}"}` } as const);
}

function start(till: Till): string {
  return worked(
    till.payouts.start({
      network: 'onekey',
      country: 'MX',
      method: 'mx-bank',
      currency: 'MXN',
      amountMinor: 10_000,
      beneficiary: {
        firstName: 'Ana',
        lastName: 'Rojas',
        documentId: 'ROAA800101ABC',
        bankAccount: '021790064060296642',
      },
    }),
  ).id;
}

function scripted() {
  const time = createVirtualTime();
  const calls: { atMs: number; externalId: string }[] = [];
  const script: { status: PayoutStatus; reading?: PayoutReading; delivery?: PayoutDelivery } = { status: 'pending' };
  const most = { underWay: 0 };
  let underWay = 0;
  async function answered<Value>(externalId: string, value: () => Value): Promise<Value> {
    calls.push({ atMs: time.clock.monotonicMs(), externalId });
    underWay += 1;
    most.underWay = Math.max(most.underWay, underWay);
    await new Promise<void>((resolve) => time.timers.after(400, resolve));
    underWay -= 1;
    return value();
  }
  const network: PayoutNetwork = {
    id: 'onekey',
    traits: {
      countries: ['MX'],
      hold: true,
      cancel: true,
      requireBothIds: false,
      reconciliation: false,
      banks: false,
      exchangeRate: false,
    },
    prepareCreate: ({ externalId }) => request(externalId),
    prepareCancel: ({ externalId }) => request(externalId),
    prepareHold: ({ externalId }) => request(externalId),
    prepareRelease: ({ externalId }) => request(externalId),
    deliver: ({ terms }) =>
      answered(
        terms.externalId,
        () => script.delivery ?? { kind: 'accepted', cashoutId: '7', evidence: evidenceAt(time.clock.nowMs()) },
      ),
    read: ({ externalId = '' }) =>
      answered(
        externalId,
        () =>
          script.reading ?? {
            kind: 'answered',
            fact: { status: script.status, statusText: script.status },
            evidence: evidenceAt(time.clock.nowMs()),
          },
      ),
    banks: async () => ({ kind: 'unavailable' }),
    exchangeRate: async () => ({ kind: 'unavailable' }),
    reconcile: async () => ({ kind: 'unavailable' }),
    readNotice: () => ({ kind: 'forged' }),
    close: () => undefined,
  };
  const db = openDatabase(':memory:');
  const ids = countingIds();
  const begin = (): Till => {
    const till = createTill({
      mode: 'production',
      appVersion: '0.0.0-test',
      store: createTillStore(db, { clock: time.clock }),
      networks: () => [],
      payoutNetworks: () => [network],
      clock: time.clock,
      timers: time.timers,
      ids,
      random: { next: () => 0.5 },
      log: QUIET_LOG,
    });
    const base = benchSettings('http://127.0.0.1:9');
    const limits = [{ currency: 'MXN', minMinor: 1, maxMinor: 1_000_000 }] as const;
    const secrets = { loginSecret: 'l', passSecret: 'p', signatureSecret: 's' };
    const onekey = { baseUrl: 'http://127.0.0.1:9', countries: ['MX'] as const, ...secrets, limits };
    if (!till.context.store.settings()) till.changeSettings({ ...base, networks: { onekey } }, 'test');
    if (!till.context.store.openShift()) worked(till.openShift({ cashierCode: 1042, floatMinor: 100_000 }));
    till.start();
    return till;
  };
  return { time, calls, script, most, begin };
}

const gapsOf = (calls: readonly { atMs: number }[]): readonly number[] =>
  calls.slice(1).map(({ atMs }, index) => atMs - (calls[index]?.atMs ?? 0));

test('a bank payout is asked about every 15 s, then 30 s, 3 min, 15 min and 90 min as it grows older', async () => {
  const shop = scripted();
  start(shop.begin());
  const expected: readonly (readonly [untilMs: number, gapMs: number])[] = [
    [2 * MINUTE_MS, 15_000],
    [15 * MINUTE_MS, 30_000],
    [2 * HOUR_MS, 3 * MINUTE_MS],
    [DAY_MS, 15 * MINUTE_MS],
    [2 * DAY_MS, 90 * MINUTE_MS],
  ];
  for (const [untilMs, gapMs] of expected) {
    const from = shop.calls.length;
    await shop.time.pass(untilMs - shop.time.clock.monotonicMs());
    const gaps = gapsOf(shop.calls.slice(from)).slice(1);
    expect([
      untilMs,
      gaps.length > 2,
      Math.round(Math.max(...gaps) / 1_000),
      Math.round(Math.min(...gaps) / 1_000),
    ]).toEqual([untilMs, true, Math.round(gapMs / 1_000), Math.round(gapMs / 1_000)]);
  }
  expect(shop.most.underWay).toBe(1);
});

test('after a start sixty open payouts are asked about one a second, each once before any a second time', async () => {
  const shop = scripted();
  const till = shop.begin();
  for (let count = 0; count < 60; count += 1) start(till);
  await shop.time.pass(5 * MINUTE_MS);
  const stopping = till.sync.stop();
  await shop.time.pass(1_000);
  await stopping;
  const from = shop.calls.length;
  shop.begin();
  await shop.time.pass(62_000);
  const calls = shop.calls.slice(from);
  expect(Math.min(...gapsOf(calls))).toBeGreaterThanOrEqual(1_000);
  expect(new Set(calls.slice(0, 60).map(({ externalId }) => externalId)).size).toBe(60);
});

test('a completed payout is asked about after an hour, and on seven days of the next ten; then no more', async () => {
  const shop = scripted();
  const till = shop.begin();
  const id = start(till);
  await shop.time.pass(1_000);
  shop.script.status = 'completed';
  await shop.time.pass(MINUTE_MS);
  const completedAtMs = shop.time.clock.monotonicMs();
  const from = shop.calls.length;
  for (let day = 0; day < 12; day += 1) await shop.time.pass(DAY_MS);
  const days = shop.calls.slice(from).map(({ atMs }) => Math.round((atMs - completedAtMs) / DAY_MS));
  expect(days.slice(0, 7)).toEqual([0, 1, 2, 3, 5, 7, 10]);
  const entries = till.context.store.entriesAbout(id).length;
  await shop.time.pass(HOUR_MS);
  expect(till.context.store.entriesAbout(id).length).toBe(entries);
});

test('a line in trouble is asked more and more slowly, up to once a minute, and the wall clock changes nothing', async () => {
  const shop = scripted();
  start(shop.begin());
  await shop.time.pass(1_000);
  shop.script.reading = { kind: 'unreachable', cause: 'timeout' };
  await shop.time.pass(10 * MINUTE_MS);
  shop.time.setClock(-6 * HOUR_MS);
  const from = shop.calls.length;
  await shop.time.pass(10 * MINUTE_MS);
  const gaps = gapsOf(shop.calls.slice(from));
  expect([gaps.length > 5, Math.round(Math.max(...gaps) / 1_000)]).toEqual([true, 60]);
});

test('an account that was stopped is left alone; when somebody has acted, what waited goes out at once, one a second', async () => {
  const shop = scripted();
  const till = shop.begin();
  shop.script.delivery = { kind: 'account-stop', code: '401/402', evidence: evidenceAt(shop.time.clock.nowMs()) };
  const ids = [start(till), start(till), start(till)];
  await shop.time.pass(20_000);
  expect(shop.calls).toHaveLength(1);

  delete shop.script.delivery;
  const from = shop.calls.length;
  const settings = till.context.store.settings();
  if (!settings) throw new Error('no settings');
  till.changeSettings(settings, 'mended');
  await shop.time.pass(10_000);

  expect(ids.map((id) => till.context.store.payout(id)?.state)).toEqual(['pending', 'pending', 'pending']);
  expect(Math.min(...gapsOf(shop.calls.slice(from)))).toBeGreaterThanOrEqual(1_000);
});

test('a payout that cannot be sent is tried ever more seldom, at last every quarter of an hour, and at once when the network is back', async () => {
  const shop = scripted();
  const till = shop.begin();
  start(till);
  await shop.time.pass(10_000);
  shop.script.delivery = { kind: 'not-sent', cause: 'unreachable' };
  shop.script.reading = { kind: 'unreachable', cause: 'unreachable' };
  const id = start(till);
  await shop.time.pass(2 * DAY_MS);
  const attempts = till.context.store.entriesAbout(id).filter(({ event }) => event.type === 'payout-command.step');
  expect(attempts.length).toBeLessThan(600);
  const gaps = gapsOf(attempts.slice(-10).map(({ atMs }) => ({ atMs }))).filter((gapMs) => gapMs > 1_000);
  expect(gaps.map((gapMs) => Math.round(gapMs / MINUTE_MS))).toEqual([15, 15, 15, 15]);

  delete shop.script.delivery;
  delete shop.script.reading;
  await shop.time.pass(2 * MINUTE_MS);
  expect(till.context.store.payout(id)?.state).toBe('pending');
});
