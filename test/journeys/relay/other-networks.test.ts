/** What the simulated in-store and payout networks post, as the relay understands it: two readings of the same documents meet. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSqliteQueue } from '../../../src-main/relay/sqlite-queue.ts';
import type { RelayServer } from '../../../src-main/relay/server.ts';
import { createD24Engine } from '../../../src-main/simulators/networks/d24/engine.ts';
import { createD24Server } from '../../../src-main/simulators/networks/d24/server.ts';
import { network as networkAt, SECRETS, TERMS } from '../../adapters/networks/d24/bench.ts';
import { SmallTill } from '../../adapters/networks/d24/small-till.ts';
import { temporaryDirectory } from '../../adapters/system/temporary-directory.ts';
import { openInstoreShop } from '../../support/instore-shop.ts';
import { askHints, openRelay, relayConfig, TILL_KEY } from '../../support/relay-bench.ts';
import type { Page } from '../../support/relay-bench.ts';

async function relayFor(
  networks: object,
): Promise<Readonly<{ relay: RelayServer; next: (count: number) => Promise<Page['hints']> }>> {
  const folder = temporaryDirectory();
  const shops = { centro: { networks, tills: { CAJA07: { keySha256: TILL_KEY.keySha256 } } } };
  const relay = await openRelay(openSqliteQueue(path.join(folder, 'relay.db')), relayConfig(folder, { shops }));
  onTestFinished(() => relay.close());
  const { cursor } = await askHints(relay.url, TILL_KEY.key);
  const all = async (): Promise<Page['hints']> =>
    (await askHints(relay.url, TILL_KEY.key, `?after=${cursor}&wait=0`)).hints;
  return {
    relay,
    async next(count) {
      await expect.poll(async () => (await all()).length).toBe(count);
      return all();
    },
  };
}

test.each(['', '?source_news=webhooks'])(
  'the in-store network’s notification (%s) is a hint about a merchant order',
  async (how) => {
    const { relay, next } = await relayFor({ 'mercadopago-instore': {} });
    const webhookUrl = `${relay.url}/notify/centro/mercadopago-instore${how}`;
    const shop = await openInstoreShop('dynamic', { simulator: { webhookUrl } });
    onTestFinished(() => shop.closeShop());
    const { payment } = await shop.paid();
    const [hint] = await next(1);
    expect(hint).toMatchObject({
      network: 'mercadopago-instore',
      subjects: { merchantOrderId: payment.confirmationId },
      verified: false,
    });
  },
);

test.each(['tupay', 'onekey'] as const)(
  '%s: every change of a payout is a verified hint by our id, and a forged one is none',
  async (brand) => {
    const file = path.join(temporaryDirectory(), 'signature');
    writeFileSync(file, SECRETS.signatureKey, { mode: 0o600 });
    const { relay, next } = await relayFor({ [brand]: { secret: { file } } });
    const clock = { nowMs: 1_763_737_200_000 };
    const notificationUrl = `${relay.url}/notify/centro/${brand}`;
    const engine = createD24Engine({
      seed: 7,
      brand,
      nowMs: () => clock.nowMs,
      settings: { notificationUrl, countries: [TERMS.country] },
    });
    const server = await createD24Server(engine, { noticeRetryAfterMs: 60_000 });
    const network = networkAt({ baseUrl: server.baseUrl }, { brand });
    onTestFinished(async () => {
      network.close();
      await server.close();
    });
    const till = new SmallTill(network, { ...TERMS, network: brand }, clock);
    expect(await till.create()).toBe('settled');
    engine.bankCompletes(TERMS.externalId);
    // Forms carry no status and whole seconds: two changes in one second look like one told twice.
    const told = new Set(engine.notices().map(({ bodyText }) => bodyText)).size;
    expect(told).toBeGreaterThanOrEqual(1);
    const hints = await next(told);
    for (const hint of hints) {
      expect(hint).toMatchObject({ network: brand, subjects: { externalReference: TERMS.externalId }, verified: true });
    }
    engine.script({ fault: 'notice-wrong-control', operation: 'notify' });
    clock.nowMs += 60_000;
    engine.bankReturnsLate(TERMS.externalId);
    await expect.poll(() => relay.counts().forged).toBe(1);
    expect(await next(told)).toHaveLength(told);
  },
);
