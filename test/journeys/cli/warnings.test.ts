/** What is wrong around a till is said beside the command that met it, and refuses nothing. */
import { createServer, request } from 'node:http';
import type { Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { json, NETWORK, openForBusiness, openShop, worked } from './shop.ts';
import type { Shop } from './shop.ts';

let shop: Shop;
let otherClock: Server | undefined;
afterEach(async () => {
  await new Promise((resolve) => (otherClock ? otherClock.close(resolve) : resolve(undefined)));
  await shop.close();
});

/** The same network, three minutes ahead. */
async function behindAnotherClock(): Promise<string> {
  const server = createServer((asked, answer) => {
    const onward = request(`${shop.baseUrl}${asked.url}`, { method: asked.method, headers: asked.headers }, (said) => {
      const date = new Date(Date.now() + 180_000).toUTCString();
      answer.writeHead(said.statusCode ?? 500, { ...said.headers, date });
      said.pipe(answer);
    });
    asked.pipe(onward);
  });
  otherClock = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

test('a clock that is three minutes slow is said with the command, and the cash-out goes its way', async () => {
  shop = await openShop();
  const baseUrl = await behindAnotherClock();
  await openForBusiness(shop, { networks: { 'mercadopago-orders': { baseUrl } } });
  const started = worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', '500'));
  expect(started.out).toContain('awaiting_payment');
  expect(started.err).toMatch(/warning: clock: this till is 1[78]\d s behind the clock of mercadopago-orders/);
  const synced = z.object({ warnings: z.array(z.object({ kind: z.string(), offByMs: z.number() })) });
  const { warnings } = synced.parse(json(worked(await shop.till('sync', '--json'))));
  expect(warnings).toMatchObject([{ kind: 'clock' }]);
  expect(warnings[0]?.offByMs).toBeLessThan(-170_000);
});
