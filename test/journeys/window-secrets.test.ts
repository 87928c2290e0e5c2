/** I11 at the window: nothing that crosses the bridge, asked or announced, holds the token, whatever the network echoes. */
import { afterEach, expect, test } from 'vitest';
import { createAnnouncements } from '../../src-main/bridge/announcements.ts';
import { attachBridge } from '../../src-main/bridge/bridge.ts';
import { createHandlers } from '../../src-main/bridge/handlers.ts';
import type { CallName, DownFrame } from '../../src-main/core/contract/contract.ts';
import { READERS } from '../../src-main/core/contract/readers.ts';
import { createBench, QUIET_LOG, TOKEN, worked } from '../support/till-bench.ts';
import type { Bench } from '../support/till-bench.ts';
import { createEchoingNetwork } from './cli/echoing-network.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

/** One window over a connection that keeps every frame as the text that a host would carry. */
function windowAt(bench: Bench) {
  const carried: string[] = [];
  let hear: ((frame: unknown) => void) | undefined;
  const announcements = createAnnouncements(bench.till);
  cleanUps.unshift(async () => announcements.close());
  attachBridge({
    connection: {
      send: (frame: DownFrame) => void carried.push(JSON.stringify(frame)),
      onFrame: (listen) => {
        hear = listen;
        return () => (hear = undefined);
      },
    },
    role: 'cashier',
    handlers: createHandlers(bench.till),
    events: (listen) => announcements.listen(listen),
    log: QUIET_LOG,
  });
  let id = 0;
  async function ask(name: CallName, request: unknown): Promise<void> {
    const before = carried.filter((frame) => frame.includes('"reply"')).length;
    hear?.({ kind: 'call', id: (id += 1), name, request });
    await expect.poll(() => carried.filter((frame) => frame.includes('"reply"')).length).toBeGreaterThan(before);
  }
  return { carried, ask };
}

test('after every call and announcement of a day with an echoing network, no frame holds the token', async () => {
  const bench = await createBench({ floatMinor: 1_000_000 });
  const echo = await createEchoingNetwork();
  cleanUps.push(
    () => bench.close(),
    () => echo.close(),
  );
  const { carried, ask } = windowAt(bench);
  const paid = worked(bench.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }));
  await bench.settle();
  bench.engine.customerPays(paid.externalReference);
  await bench.settle();

  const orders = bench.settings.networks['mercadopago-orders'];
  if (!orders) throw new Error('the bench has no network');
  bench.till.changeSettings(
    { ...bench.settings, networks: { 'mercadopago-orders': { ...orders, baseUrl: echo.baseUrl } } },
    'test',
  );
  const { id } = paid;
  const requests: Partial<Record<CallName, unknown>> = {
    'cash-out.start': { network: 'mercadopago-orders', amountMinor: 20_000 },
    'cash-out.list': { sinceMs: 0, limit: 100 },
    'cash-out.hand-over': { id },
    'cash-out.show': { id },
    'cash-out.return': { id, reason: 'left' },
    'cash-out.not-given': { id, reason: 'left' },
    'slip.print': { kind: 'receipt', subjectId: id },
    'slip.preview': { kind: 'receipt', subjectId: id },
    'shift.close': { totalMinor: 0 },
    'shift.open': { cashierCode: 1042, floatMinor: 0 },
    'shift.drop': { amountMinor: 1_000, reason: 'safe' },
    'drawer.open': { reason: 'change' },
    'drawer.seen': { sinceMs: 1_000 },
    'training.customer': { cashOutId: id, act: 'pay' },
    'training.network': { state: 'down' },
  };
  const names = Object.keys(READERS) as CallName[];
  for (const name of names) await ask(name, requests[name] ?? (name.startsWith('cash-out.') ? { id } : {}));
  await bench.settle();
  for (const name of ['till.view', 'cash-out.list'] as const) await ask(name, requests[name] ?? {});

  expect(carried.length).toBeGreaterThan(names.length);
  expect(echo.heard()).toContain(`Bearer ${TOKEN}`);
  for (const form of [
    TOKEN,
    TOKEN.slice(8),
    Buffer.from(TOKEN).toString('base64').replaceAll('=', ''),
    encodeURIComponent(TOKEN),
  ]) {
    expect(carried.filter((frame) => frame.includes(form))).toEqual([]);
  }
});
