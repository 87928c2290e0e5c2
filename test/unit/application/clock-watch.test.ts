/** A till whose clock is wrong says so, once in the log and as long as it lasts on the screen, and goes on serving. */
import { expect, test } from 'vitest';
import { tillView } from '../../../src-main/bridge/views/till-view.ts';
import type { Log } from '../../../src-main/core/application/ports/system.ts';
import { worked } from '../../support/till-bench.ts';
import { createVirtualTill } from '../../support/virtual-till.ts';
import type { VirtualTill } from '../../support/virtual-till.ts';

function keptLog(): Readonly<{ lines: string[]; log: Log }> {
  const lines: string[] = [];
  const keep =
    (level: string): Log['info'] =>
    (message, facts) =>
      void lines.push(`${level} ${message} ${JSON.stringify(facts ?? {})}`);
  return { lines, log: { info: keep('info'), warn: keep('warn'), error: keep('error') } };
}

/** An answer of the network, whose clock is so far from the true time of the shop. */
function hear(shop: VirtualTill, aheadMs: number): void {
  const nowMs = shop.time.clock.nowMs();
  const farMs = Math.floor((nowMs + aheadMs) / 1_000) * 1_000;
  shop.till.context.hearClock('mercadopago-orders', { farMs, sentAtMs: nowMs - 200, answeredAtMs: nowMs });
}

const warnings = (shop: VirtualTill) => worked(tillView(shop.till.context)).warnings;

test('it is logged once and shown until the clocks agree again', () => {
  const { lines, log } = keptLog();
  const shop = createVirtualTill({ log });
  for (let answer = 0; answer < 50; answer += 1) hear(shop, 200_000);
  expect(warnings(shop)).toMatchObject([{ kind: 'clock', network: 'mercadopago-orders' }]);
  expect(lines.filter((line) => line.startsWith('warn clock'))).toHaveLength(1);
  hear(shop, 20_000);
  expect(warnings(shop)).toEqual([]);
  expect(lines.filter((line) => line.includes('clock agrees again'))).toHaveLength(1);
});

test('a clock that drifts on is shown with its new difference, since when it was seen first', async () => {
  const shop = createVirtualTill();
  hear(shop, -120_000);
  const [first] = warnings(shop);
  await shop.time.pass(3_600_000);
  hear(shop, -125_000);
  expect(warnings(shop)).toEqual([first]);
  hear(shop, -400_000);
  const [drifted] = warnings(shop);
  expect(drifted).toMatchObject({ kind: 'clock', sinceMs: first?.sinceMs });
  expect(drifted?.kind === 'clock' && drifted.offByMs).toBeGreaterThan(390_000);
});

test('nothing is refused by it', async () => {
  const shop = createVirtualTill();
  hear(shop, 86_400_000);
  const { id } = await shop.paid();
  expect(shop.now(id).state).toBe('paid');
  const handing = shop.till.handOver(id);
  await shop.time.pass(1_000);
  worked(await handing);
  expect(shop.now(id).state).toBe('handing_over');
});
