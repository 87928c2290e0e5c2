/** A purchase by commands: items on the command line or in a file, over the in-store network. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createInstoreEngine } from '../../../src-main/simulators/networks/mercadopago-instore/engine.ts';
import type { InstoreEngine } from '../../../src-main/simulators/networks/mercadopago-instore/engine.ts';
import { createInstoreServer } from '../../../src-main/simulators/networks/mercadopago-instore/server.ts';
import { cashOutIn, json, openForBusiness, openShop, refusalIn, worked } from './shop.ts';
import type { Shop } from './shop.ts';

let shop: Shop;
let engine: InstoreEngine;
let server: Awaited<ReturnType<typeof createInstoreServer>>;
beforeEach(async () => {
  engine = createInstoreEngine({ seed: 3, nowMs: Date.now, settings: { country: 'MX' } });
  server = await createInstoreServer(engine, { port: 0 });
  shop = await openShop();
  const { userId } = engine.settings;
  const instore = { baseUrl: server.baseUrl, userId, externalPosId: 'CAJA09', country: 'MX', mode: 'static' };
  const orders = { baseUrl: shop.baseUrl, country: 'MX', externalPosId: 'CAJA09' };
  await openForBusiness(shop, {
    networks: { 'mercadopago-instore': instore, 'mercadopago-orders': orders },
  });
});
afterEach(async () => {
  await shop.close();
  await server.close();
});

const START = ['cash-out', 'start', '--network', 'mercadopago-instore', '--amount', '500'] as const;
const MILK = 'title=Leche entera, 1 L,price=28.90,quantity=2,sku=L1,category=FOOD';
const printed = z.object({
  purchase: z.object({ totalMinor: z.number(), items: z.array(z.object({ title: z.string() })) }),
});

test('items on the command line: the network is asked for goods and notes, the report counts notes', async () => {
  const started = worked(
    await shop.till(...START, '--item', MILK, '--item', 'title=Cerveza,price=116,measure=pack', '--json'),
  );
  const { id, externalReference } = cashOutIn(started);
  expect(printed.parse(json(started)).purchase).toMatchObject({
    totalMinor: 17_380,
    items: [{ title: 'Leche entera, 1 L' }, { title: 'Cerveza' }],
  });
  expect(engine.order(externalReference)).toMatchObject({ chargedAmount: 673.8, cashOutAmount: 500 });

  engine.customerPays(externalReference);
  worked(await shop.till('cash-out', 'watch', id));
  worked(await shop.till('cash-out', 'hand-over', id));
  expect(cashOutIn(worked(await shop.till('cash-out', 'given', id, '--json'))).state).toBe('settled');
  const shown = worked(await shop.till('cash-out', 'show', id)).out.replaceAll('\u00a0', ' ');
  for (const words of [
    '$ 500',
    '$ 173.80',
    '2 unit × Leche entera, 1 L at $ 28.90 = $ 57.80',
    'customer pays',
    '$ 673.80',
  ])
    expect(shown).toContain(words);
  const closed = json(worked(await shop.till('shift', 'close', '--count', '4500', '--json')));
  expect(closed).toMatchObject({ dispensed: { totalMinor: 50_000 }, close: { varianceMinor: 0 } });
});

test('items from a file, whose total must be right', async () => {
  const items = [{ title: 'Leche', price: '28.90', quantity: 2 }];
  const right = shop.file('right.json', JSON.stringify({ currency: 'MXN', items, total: '57.80' }));
  const wrong = shop.file('wrong.json', JSON.stringify({ items, total: '57.81' }));
  const list = shop.file('list.json', JSON.stringify(items));
  expect(refusalIn(await shop.till(...START, '--items-file', wrong, '--json'))).toMatchObject({
    code: 'purchase.invalid',
    detail: 'the items make 5780 minor units, not 5781',
  });
  const made = worked(await shop.till(...START, '--items-file', right, '--request-id', 'r1', '--json'));
  expect(printed.parse(json(made)).purchase.totalMinor).toBe(5_780);
  const again = worked(await shop.till(...START, '--items-file', list, '--request-id', 'r1', '--json'));
  expect(cashOutIn(again).id).toBe(cashOutIn(made).id);
});

test.each([
  ['a price without its field', ['--item', 'Leche 28.90']],
  ['no price', ['--item', 'title=Leche']],
  ['a price that is no amount', ['--item', 'title=Leche,price=28,9']],
  ['half a piece', ['--item', 'title=Leche,price=28.90,quantity=1.5']],
  ['a measure of its own', ['--item', 'title=Leche,price=28.90,measure=litre']],
  ['a field twice', ['--item', 'title=Leche,price=1,price=2']],
  ['a wrong sum', ['--item', 'title=Leche,price=28.90,quantity=2,total=57.81']],
  ['a file that is not there', ['--items-file', 'nowhere.json']],
  ['both at once', ['--item', MILK, '--items-file', 'x.json']],
])('%s is refused before anything is saved', async (_what, words) => {
  const said = await shop.till(...START, ...words, '--json');
  expect(said.exit).not.toBe(0);
  expect(refusalIn(said).code).toBe('purchase.invalid');
  expect(shop.read('SELECT id FROM cash_out')).toEqual([]);
});

test('a network that pays out notes alone says so', async () => {
  const said = await shop.till(
    'cash-out',
    'start',
    '--network',
    'mercadopago-orders',
    '--amount',
    '500',
    '--item',
    MILK,
    '--json',
  );
  expect(said.exit).toBe(1);
  expect(refusalIn(said).code).toBe('purchase.unsupported');
});
