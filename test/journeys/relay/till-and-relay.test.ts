/**
 * The whole way: a simulated network posts notifications, relays of their own processes take and keep them, and a whole till hears of them.
 * A paid cash-out is asked for every 30 s by itself; whatever shows much sooner came by the relay.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { composeProduction } from '../../../src-main/compose/production.ts';
import type { ComposedTill } from '../../../src-main/compose/production.ts';
import type { CashOut } from '../../../src-main/core/domain/cash-out.ts';
import { readSettingsFile } from '../../../src-main/core/contract/settings-file.ts';
import { createMercadoPagoEngine } from '../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import type { MercadoPagoEngine } from '../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import { createMercadoPagoServer } from '../../../src-main/simulators/networks/mercadopago-orders/server.ts';
import { temporaryDirectory } from '../../adapters/system/temporary-directory.ts';
import { createPostgresCluster } from '../../support/postgres-cluster.ts';
import type { PostgresCluster } from '../../support/postgres-cluster.ts';
import { MERCADOPAGO_SECRET, relayFile, TILL_KEY } from '../../support/relay-bench.ts';
import { startRelayProcess } from '../../support/relay-process.ts';
import type { RelayProcess } from '../../support/relay-process.ts';
import { worked } from '../../support/till-bench.ts';

/** Far below the 24 s that the till's own rhythm waits at least, far above what the relay takes. */
const SOON_MS = 14_000;

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await createPostgresCluster();
});
afterAll(() => cluster.close());

/** A relay that can be killed and comes back at the same address. */
type Relay = Readonly<{ url: string; kill(): Promise<void>; start(): Promise<void>; stop(): Promise<string> }>;

async function openRelay(change: object): Promise<Relay> {
  const folder = temporaryDirectory();
  const file = path.join(folder, 'relay.jsonc');
  writeFileSync(file, relayFile(folder, change));
  let running: RelayProcess = await startRelayProcess(['--config', file]);
  onTestFinished(async () => {
    await running.end('SIGKILL');
  });
  const { url } = running;
  return {
    url,
    async kill() {
      await running.end('SIGKILL');
    },
    async start() {
      running = await startRelayProcess(['--config', file, '--listen', new URL(url).host]);
    },
    stop: async () => (await running.end('SIGTERM')).out,
  };
}

type Shop = Readonly<{
  engine: MercadoPagoEngine;
  composed: ComposedTill;
  now(id: string): CashOut;
  paid(): Promise<CashOut>;
}>;

/** `notifyAt`: where the network posts. `hearAt`: where the till listens; nowhere when absent. */
async function openShop(notifyAt: string, hearAt?: string): Promise<Shop> {
  const engine = createMercadoPagoEngine({
    seed: 5,
    nowMs: Date.now,
    settings: {
      webhookUrl: `${notifyAt}/notify/centro/mercadopago-orders`,
      webhookSecret: MERCADOPAGO_SECRET,
      refundTakesMs: 0,
    },
  });
  const server = await createMercadoPagoServer(engine, { port: 0, noticeRetryAfterMs: 3_000 });
  const composed = composeProduction({ dataDirectory: temporaryDirectory() });
  onTestFinished(async () => {
    await composed.close();
    await server.close();
  });
  const { till, foundation, ear } = composed;
  const file = {
    networks: { 'mercadopago-orders': { baseUrl: server.baseUrl } },
    ...(hearAt !== undefined && { relay: { url: hearAt, waitSeconds: 5 } }),
  };
  const settings = readSettingsFile(file);
  if (!settings.ok) throw new Error(JSON.stringify(settings.error));
  foundation.vault.set('mercadopago-token', 'APP_USR-journey-token-never-real');
  foundation.vault.set('relay-key', TILL_KEY.key);
  till.changeSettings(settings.value, 'test');
  worked(till.openShift({ cashierCode: 1, floatMinor: 2_000_000 }));
  till.start();
  ear.start();
  const now = (id: string): CashOut => {
    const cashOut = foundation.store.cashOut(id);
    if (!cashOut) throw new Error(`no cash-out ${id}`);
    return cashOut;
  };
  return {
    engine,
    composed,
    now,
    async paid() {
      const { id, externalReference } = worked(
        till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }),
      );
      await expect.poll(() => now(id).state).toBe('awaiting_payment');
      engine.customerPays(externalReference);
      await expect.poll(() => now(id).state).toBe('paid');
      return now(id);
    },
  };
}

async function showsSoon(shop: Shop, id: string): Promise<void> {
  await expect.poll(() => shop.now(id).state, { timeout: SOON_MS, interval: 50 }).toBe('returned');
}

const stopped = z.object({ msg: z.string(), facts: z.record(z.string(), z.unknown()) });

/** What the relay counted in this life, as it said when it stopped. */
function countsIn(out: string): Readonly<Record<string, unknown>> {
  const lines = out
    .trim()
    .split('\n')
    .map((line) => stopped.parse(JSON.parse(line)));
  return lines.findLast(({ msg }) => msg === 'stopped')?.facts ?? {};
}

describe.each(['SQLite', 'PostgreSQL'] as const)('with its queue in %s', (kind) => {
  /** Where the network posts, and where the till listens: with PostgreSQL two relays. */
  async function openRelays(): Promise<readonly [notify: Relay, hear: Relay]> {
    if (kind === 'SQLite') {
      const relay = await openRelay({});
      return [relay, relay];
    }
    const url = await cluster.makeDatabase(`journey_${Date.now()}`);
    const file = path.join(temporaryDirectory(), 'database-url');
    writeFileSync(file, url, { mode: 0o600 });
    const database = { database: { url: { file } } };
    return Promise.all([openRelay(database), openRelay(database)]);
  }

  test('what happens at the network shows at the till at once, and only the network’s answer moves money', async () => {
    const [notify, hear] = await openRelays();
    const shop = await openShop(notify.url, hear.url);
    const { id, externalReference } = await shop.paid();
    shop.engine.sellerRefunds(externalReference);
    await showsSoon(shop, id);
    const steps = shop.composed.foundation.store
      .entriesAbout(id)
      .flatMap(({ event }) => (event.type === 'cash-out.step' ? [event.step] : []));
    // The evidence is the answer to a question of the till's own.
    expect(steps.map(({ type }) => type)).toEqual(['offered', 'paid', 'returned']);
    expect(steps.at(-1)).toMatchObject({ evidence: { httpStatus: 200 } });
  });

  test('relays that fall over and come back lose nothing that was posted meanwhile, and the cashier notices nothing', async () => {
    const [notify, hear] = await openRelays();
    const shop = await openShop(notify.url, hear.url);
    const first = await shop.paid();
    await Promise.all(notify === hear ? [notify.kill()] : [notify.kill(), hear.kill()]);
    // With the relay down a cash-out is paid and found paid as ever.
    const second = await shop.paid();
    shop.engine.sellerRefunds(first.externalReference);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(shop.now(first.id).state).toBe('paid');
    await Promise.all(notify === hear ? [notify.start()] : [notify.start(), hear.start()]);
    await showsSoon(shop, first.id);
    shop.engine.sellerRefunds(second.externalReference);
    await showsSoon(shop, second.id);
  });

  test('doubled, forged and overtaken notifications change nothing but how often the till looks', async () => {
    const [notify, hear] = await openRelays();
    const shop = await openShop(notify.url, hear.url);
    const { id, externalReference } = await shop.paid();
    shop.engine.script(
      { fault: 'notice-wrong-signature', operation: 'notify' },
      { fault: 'notice-twice', operation: 'notify' },
      { fault: 'notice-late', operation: 'notify', afterMs: 1_000 },
    );
    const second = await shop.paid(); // Its notification is forged.
    const third = await shop.paid(); // Told twice.
    shop.engine.sellerRefunds(second.externalReference); // Told late, after the next.
    shop.engine.sellerRefunds(externalReference);
    await showsSoon(shop, id);
    await showsSoon(shop, second.id);
    expect(shop.now(third.id).state).toBe('paid');
    expect(shop.composed.foundation.store.openCases().filter(({ cashOutId }) => cashOutId === third.id)).toEqual([]);
    const counts = countsIn(await notify.stop());
    expect(Number(counts['forged'])).toBeGreaterThanOrEqual(1);
    expect(Number(counts['duplicates'])).toBeGreaterThanOrEqual(1);
  });
});

test('without a relay the same refund shows only in the till’s own time', async () => {
  const relay = await openRelay({});
  const shop = await openShop(relay.url);
  const { id, externalReference } = await shop.paid();
  shop.engine.sellerRefunds(externalReference);
  await new Promise((resolve) => setTimeout(resolve, SOON_MS));
  expect(shop.now(id).state).toBe('paid');
  // From here on it hears: what was posted before is found by asking about everything once.
  const settings = shop.composed.foundation.store.settings();
  if (!settings) throw new Error('no settings');
  const heard = { url: relay.url, keySecret: 'relay-key', waitMs: 5_000 };
  shop.composed.till.changeSettings({ ...settings, relay: heard }, 'test');
  await showsSoon(shop, id);
});
