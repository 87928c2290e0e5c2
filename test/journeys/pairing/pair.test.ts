/** From a base URL and a token to a till that pays out: found or made, proven, saved, and never anything twice. */
import { expect, test } from 'vitest';
import type { PairRequest } from '../../../src-main/core/domain/pairing.ts';
import { ADDRESS, unpairedShop, WITH_ADDRESS } from '../../support/pairing-bench.ts';
import { TOKEN, worked } from '../../support/till-bench.ts';

const INSTORE: PairRequest = { ...WITH_ADDRESS, network: 'mercadopago-instore' };

test('from base URL and token to paired, and the first cash-out is paid', async () => {
  const { till, engine, steps } = await unpairedShop();
  const heard: string[] = [];
  const paired = worked(await till.pairing.run(WITH_ADDRESS, ({ step, state }) => void heard.push(`${step} ${state}`)));

  expect(paired).toMatchObject({
    account: { userId: '700100200', country: 'MX' },
    store: { externalId: 'SUC01', name: 'Sucursal Centro' },
    pos: { externalId: 'SUC01CAJA07', name: 'CAJA07', isAmountFixed: true },
    proof: 'a test order was made and cancelled',
  });
  expect(heard.filter((word) => word.endsWith('done'))).toEqual(
    ['account', 'store', 'pos', 'amount', 'sticker', 'proof', 'settings'].map((step) => `${step} done`),
  );
  expect(steps()).toEqual([
    'account',
    'creating',
    'store',
    'creating',
    'pos',
    'sticker',
    'proof-asked',
    'proof-order',
    'proof-ended',
    'saved',
  ]);
  expect(till.context.store.settings()?.networks['mercadopago-orders']).toMatchObject({
    userId: '700100200',
    externalStoreId: 'SUC01',
    externalPosId: 'SUC01CAJA07',
    country: 'MX',
  });
  expect(engine.orders().map(({ status }) => status)).toEqual(['canceled']);

  worked(till.openShift({ cashierCode: 1, floatMinor: 1_000_000 }));
  const first = worked(till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }));
  await till.sync.sweep();
  engine.customerPays(first.externalReference);
  await till.sync.sweep();
  expect(till.context.store.cashOut(first.id)?.state).toBe('paid');
});

test('the test order is no cash-out: no shift, no drawer, nothing in any list of the till', async () => {
  const { till, engine } = await unpairedShop();
  worked(await till.pairing.run(WITH_ADDRESS));
  expect(till.context.store.cashOutsSince(0, 10)).toEqual([]);
  expect(till.context.store.openCommands()).toEqual([]);
  expect(engine.orders()).toMatchObject([{ amount: '1.00' }]);
});

test('paired again, everything is found, nothing is made, and only a new test order goes out', async () => {
  const { till, engine, steps } = await unpairedShop();
  worked(await till.pairing.run(WITH_ADDRESS));
  const before = till.context.store.head().seq;
  worked(await till.pairing.run({ network: 'mercadopago-orders', store: {}, pos: {} }));
  expect(engine.stores()).toHaveLength(1);
  expect(engine.pointsOfSale()).toHaveLength(1);
  expect(steps().slice(10)).toEqual(['proof-asked', 'proof-order', 'proof-ended', 'saved']);
  expect(till.context.store.entries(before + 1, 10).map(({ event }) => event.type)).not.toContain('settings.changed');
});

test('a second till of the shop finds the store and gets a point of sale of its own', async () => {
  const shop = await unpairedShop();
  worked(await shop.till.pairing.run(WITH_ADDRESS));
  const second = shop.otherTill('CAJA08');
  const paired = worked(await second.till.pairing.run({ ...WITH_ADDRESS, store: { externalId: 'SUC01' } }));
  expect(paired.pos.externalId).toBe('SUC01CAJA08');
  expect(shop.engine.stores()).toHaveLength(1);
  expect(shop.engine.pointsOfSale().map(({ externalId }) => externalId)).toEqual(['SUC01CAJA07', 'SUC01CAJA08']);
});

test('the in-store API is paired too: its test order waits at the sticker, and is taken from it again', async () => {
  const { till, instore, steps } = await unpairedShop();
  const paired = worked(await till.pairing.run(INSTORE));
  expect(paired.proof).toBe('a test order was made and cancelled');
  expect(steps('mercadopago-instore').at(-1)).toBe('saved');
  expect(instore.orders()).toMatchObject([{ state: 'deleted' }]);
  expect(till.context.store.settings()?.networks['mercadopago-instore']).toMatchObject({
    externalStoreId: 'SUC01',
    externalPosId: 'SUC01CAJA07',
  });
});

test('a point of sale whose amount the customer would type is repaired', async () => {
  const { till, engine, steps } = await unpairedShop();
  worked(await till.pairing.run(WITH_ADDRESS));
  const [pos] = engine.pointsOfSale();
  engine.change({ acceptsFreeAmountPos: true });
  const url = till.context.store.settings()?.networks['mercadopago-orders']?.baseUrl ?? '';
  const headers = { Authorization: `Bearer ${TOKEN}` };
  await fetch(`${url}/pos/${pos?.id}`, { method: 'PUT', headers, body: '{"fixed_amount":false}' });
  expect(engine.pointsOfSale()[0]?.isAmountFixed).toBe(false);

  const paired = worked(await till.pairing.run(WITH_ADDRESS));
  expect(paired.pos.isAmountFixed).toBe(true);
  expect(engine.pointsOfSale()[0]?.isAmountFixed).toBe(true);
  expect(steps()).toContain('amount-fixed');
});

test('without an address nothing is made; with it the store is', async () => {
  const { till, engine } = await unpairedShop();
  const bare: PairRequest = { network: 'mercadopago-orders', store: {}, pos: {} };
  expect(await till.pairing.run(bare)).toMatchObject({ ok: false, error: { code: 'pairing.store-missing' } });
  expect(engine.stores()).toEqual([]);
  worked(await till.pairing.run({ ...bare, store: { address: ADDRESS } }));
  expect(engine.stores()).toMatchObject([{ externalId: 'ABARROTESLAESQUINA', name: 'Abarrotes La Esquina' }]);
  expect(engine.pointsOfSale()).toMatchObject([{ externalId: 'ABARROTESLAESQUINACAJA07' }]);
});

test('looking makes nothing and writes nothing', async () => {
  const { till, engine } = await unpairedShop();
  const { seq } = till.context.store.head();
  const look = worked(await till.pairing.look(WITH_ADDRESS));
  expect(look).toMatchObject({ wantedStoreId: 'SUC01', wantedPosId: 'SUC01CAJA07', stores: [], pointsOfSale: [] });
  expect(till.context.store.head().seq).toBe(seq);
  expect(engine.requests().every(({ request }) => request.method === 'GET')).toBe(true);
});

test('while a till is being paired no order is started on that network', async () => {
  const { till } = await unpairedShop();
  worked(till.openShift({ cashierCode: 1, floatMinor: 1_000_000 }));
  const running = till.pairing.run(WITH_ADDRESS);
  const started = till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 });
  expect(started).toMatchObject({ ok: false, error: { code: 'pairing.running' } });
  expect(await till.pairing.run(WITH_ADDRESS)).toMatchObject({ ok: false, error: { code: 'pairing.running' } });
  worked(await running);
});

test('with an order under way nothing is paired: its answers name the point of sale of now', async () => {
  const { till } = await unpairedShop();
  worked(await till.pairing.run(WITH_ADDRESS));
  worked(till.openShift({ cashierCode: 1, floatMinor: 1_000_000 }));
  worked(till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }));
  expect(await till.pairing.run(WITH_ADDRESS)).toMatchObject({ ok: false, error: { code: 'pairing.open-cash-outs' } });
});
