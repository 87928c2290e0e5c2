/** A day at a till without a window: from an empty machine to a settled cash-out and a counted drawer. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cashOutIn, cashOutsIn, json, NETWORK, openForBusiness, openShop, refusalIn, worked } from './shop.ts';
import type { Shop } from './shop.ts';

let shop: Shop;
afterEach(() => shop.close());

test('with nothing but an address and a token, a cash-out goes from start to settled by commands', async () => {
  shop = await openShop();
  await openForBusiness(shop);

  const started = await shop.till('cash-out', 'start', ...NETWORK, '--amount', '500', '--json');
  const cashOut = cashOutIn(started);
  expect(started).toMatchObject({ exit: 0, err: '' });
  expect(cashOut).toMatchObject({ state: 'awaiting_payment', currency: 'MXN', amountMinor: 50_000 });
  expect(cashOut.qrData).toMatch(/^000201/);

  const watch = shop.begin('cash-out', 'watch', cashOut.id, '--json');
  shop.engine.customerPays(cashOut.externalReference);
  const paid = await watch.ended;
  expect(paid.exit).toBe(0);
  expect(cashOutIn(paid)).toMatchObject({ state: 'paid', actions: ['hand-over', 'return'] });

  const handing = worked(await shop.till('cash-out', 'hand-over', cashOut.id, '--json'));
  expect(cashOutIn(handing).state).toBe('handing_over');
  const given = worked(await shop.till('cash-out', 'given', cashOut.id, '--json'));
  expect(cashOutIn(given).state).toBe('settled');

  const closed = worked(await shop.till('shift', 'close', '--count', '4500', '--json'));
  expect(json(closed)).toMatchObject({
    kind: 'z',
    dispensed: { count: 1, totalMinor: 50_000 },
    close: { expectedMinor: 450_000, countedMinor: 450_000, varianceMinor: 0 },
  });
  const verdict = json(worked(await shop.till('journal', 'verify', '--tables', '--json')));
  expect(verdict).toMatchObject({ ok: true, tables: 'same' });
});

test('start returns only after the order is saved, and the network got exactly the key and bytes that were saved', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  const started = cashOutIn(worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', '730', '--json')));

  const commands = shop.read('SELECT kind, idempotency_key AS key, detail FROM command');
  const creates = shop.engine.requests().filter(({ operation }) => operation === 'create');
  expect(commands).toHaveLength(1);
  expect(creates).toHaveLength(1);
  const saved: unknown = JSON.parse(String(commands[0]?.['detail']));
  const request = creates[0]?.request;
  expect(request?.headers['x-idempotency-key']).toBe(commands[0]?.['key']);
  expect(saved).toMatchObject({ request: { body: request?.bodyText, path: request?.path, method: request?.method } });
  expect(request?.bodyText).toContain(started.externalReference);
});

test('killed while the network is making the order, the command goes on with the same order and the same key', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  shop.engine.script({ fault: 'delay', operation: 'create', delayMs: 2_500 });
  const start = shop.begin('cash-out', 'start', ...NETWORK, '--amount', '500');
  await expect.poll(() => shop.engine.orders().length).toBe(1);
  start.child.kill('SIGKILL');
  expect((await start.ended).signal).toBe('SIGKILL');

  const [left] = cashOutsIn(worked(await shop.till('cash-out', 'list', '--open', '--json')));
  expect(left?.state).toBe('requested');
  const resumed = await shop.till('cash-out', 'watch', left?.id ?? '', '--until', 'awaiting_payment', '--json');

  expect([resumed.exit, cashOutIn(resumed).state]).toEqual([0, 'awaiting_payment']);
  const sent = shop.engine.requests().filter(({ operation }) => operation === 'create');
  expect(sent.length).toBeGreaterThanOrEqual(2);
  expect(new Set(sent.map(({ request }) => request.headers['x-idempotency-key'])).size).toBe(1);
  expect(new Set(sent.map(({ request }) => request.bodyText)).size).toBe(1);
  expect(shop.engine.orders()).toHaveLength(1);
});

test('a cash-out can be cancelled, handed back and returned, each with the exit code that says how it went', async () => {
  shop = await openShop({ refundTakesMs: 50 });
  await openForBusiness(shop);
  const start = async (): Promise<ReturnType<typeof cashOutIn>> =>
    cashOutIn(worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', '200', '--json')));

  const first = await start();
  const cancelled = await shop.till('cash-out', 'cancel', first.id, '--json');
  expect([cancelled.exit, cashOutIn(cancelled).state]).toEqual([0, 'cancelled']);

  const second = await start();
  shop.engine.customerPays(second.externalReference);
  const tooLate = await shop.till('cash-out', 'cancel', second.id, '--json');
  expect([tooLate.exit, cashOutIn(tooLate).state]).toEqual([1, 'paid']);
  worked(await shop.till('cash-out', 'hand-over', second.id));
  const back = await shop.till('cash-out', 'not-given', second.id, '--reason', 'customer left', '--json');
  expect([back.exit, cashOutIn(back).state]).toEqual([0, 'paid']);
  const returned = await shop.till(
    'cash-out',
    'return',
    second.id,
    '--reason',
    'customer left',
    '--wait',
    '30',
    '--json',
  );
  expect([returned.exit, cashOutIn(returned).state]).toEqual([0, 'returned']);

  const list = worked(await shop.till('cash-out', 'list', '--json'));
  expect(json(list)).toMatchObject([{ state: 'returned' }, { state: 'cancelled' }]);
  const report = json(worked(await shop.till('shift', 'report', '--json')));
  expect(report).toMatchObject({ kind: 'x', returned: { count: 1 }, cancelled: { count: 1 }, dispensed: { count: 0 } });
  expect(report).not.toHaveProperty('close');
});

test('the drawer: drops, openings and a count by denomination end in the report', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  worked(await shop.till('shift', 'drop', '--amount', '1000', '--reason', 'to the safe'));
  worked(await shop.till('drawer', 'open', '--reason', 'change'));
  worked(await shop.till('slip', 'print', 'test'));
  worked(await shop.till('slip', 'print', 'x-report'));
  const count = shop.file('count.json', '{"currency":"MXN","notes":{"500":7,"100":4,"50.00":1,"0.50":99}}');

  const closed = json(worked(await shop.till('shift', 'close', '--count', count, '--json')));

  expect(closed).toMatchObject({
    dropsMinor: 100_000,
    drawerOpeningsWithoutSale: 1,
    close: { expectedMinor: 400_000, countedMinor: 399_950, varianceMinor: -50 },
  });
  worked(await shop.till('slip', 'print', 'z-report'));
  const again = worked(await shop.till('slip', 'print', 'z-report', '--json'));
  expect(json(again)).toMatchObject({ kind: 'z-report', copy: 1 });
});

test('watching ends at once where only a person, or nobody, can bring it', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  const cashOut = cashOutIn(worked(await shop.till('cash-out', 'start', ...NETWORK, '--amount', '500', '--json')));
  const timedOut = await shop.till('cash-out', 'watch', cashOut.id, '--until', 'paid', '--timeout', '0.2', '--json');
  expect([timedOut.exit, cashOutIn(timedOut).state]).toEqual([3, 'awaiting_payment']);
  shop.engine.customerPays(cashOut.externalReference);
  worked(await shop.till('cash-out', 'watch', cashOut.id));

  for (const until of ['settled', 'handing_over', 'cancelled', 'refused']) {
    const said = await shop.till('cash-out', 'watch', cashOut.id, '--until', until, '--json');
    expect([until, said.exit, cashOutIn(said).state]).toEqual([until, 1, 'paid']);
  }
  const there = await shop.till('cash-out', 'watch', cashOut.id, '--until', 'awaiting_payment', '--json');
  expect([there.exit, cashOutIn(there).state]).toEqual([0, 'paid']);
});

test('a damaged till says so and does nothing', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  const vault = path.join(shop.data, 'secrets.json');
  const kept = readFileSync(vault);
  writeFileSync(vault, '{"v":1');
  const broken = await shop.till('status', '--json');
  expect([broken.exit, refusalIn(broken)]).toMatchObject([
    1,
    { code: 'storage.failed', detail: expect.stringMatching(/not a vault/) as unknown },
  ]);
  writeFileSync(vault, kept);
  writeFileSync(path.join(shop.data, 'secrets.key'), Buffer.alloc(32));
  const foreign = await shop.till('status', '--json');
  expect(refusalIn(foreign)).toMatchObject({
    code: 'storage.failed',
    detail: expect.stringMatching(/cannot be decrypted/) as unknown,
  });

  const file = shop.file('a-file', '');
  const nowhere = await shop.till('--data', path.join(file, 'till'), 'status', '--json');
  expect([nowhere.exit, refusalIn(nowhere).code]).toEqual([1, 'storage.failed']);
  mkdirSync(path.join(shop.folder, 'other'));
  writeFileSync(path.join(shop.folder, 'other/till.db'), 'not a database at all, but long enough to look like one');
  const foreignDb = await shop.till('--data', path.join(shop.folder, 'other'), 'status', '--json');
  expect([foreignDb.exit, refusalIn(foreignDb).code]).toEqual([1, 'storage.damaged']);
});

test('a journal that somebody changed is found, and where', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  shop.read('DROP TRIGGER journal_never_changes');
  shop.read("UPDATE journal SET body = replace(body, '500000', '400000') WHERE type = 'shift.opened'");

  const said = await shop.till('journal', 'verify', '--json');
  const people = await shop.till('journal', 'verify');

  expect([said.exit, json(said)]).toMatchObject([
    1,
    { ok: false, badSeq: 2, reason: expect.stringMatching(/^changed/) as unknown },
  ]);
  expect(people.out).toMatch(/^The journal is BROKEN at entry 2: changed/);
});
