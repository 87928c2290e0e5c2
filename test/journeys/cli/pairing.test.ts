/** `network pair` as a technician types it, and as a power cut interrupts it. */
import { expect, test } from 'vitest';
import { seeded } from './chance.ts';
import { json, openShop, refusalIn, TOKEN, worked } from './shop.ts';
import type { Said, Shop } from './shop.ts';

const PAIR = ['network', 'pair', '--network', 'mercadopago-orders'] as const;
const HERE = ['--address', 'Avenida Juárez; 120; Puebla; Puebla', '--position', '19.0433,-98.2019'] as const;

async function shopWithToken(): Promise<Shop> {
  const shop = await openShop({ knownPos: 'created' });
  const networks = { 'mercadopago-orders': { baseUrl: shop.baseUrl } };
  const settings = { shop: { name: 'La Esquina' }, till: { id: 'CAJA07' }, networks };
  worked(await shop.till('settings', 'import', shop.file('till.json', JSON.stringify(settings))));
  worked(await shop.tillHears(`${TOKEN}\n`, 'secret', 'set', 'mercadopago-token'));
  return shop;
}

test('dry run, pairing, pairing again, and the first cash-out; each says what it did', async () => {
  const shop = await shopWithToken();
  try {
    const dry = worked(await shop.till(...PAIR, '--dry-run'));
    expect(dry.out).toContain('make LAESQUINA: its --address is needed');
    expect(shop.engine.stores()).toEqual([]);

    const bare = await shop.till(...PAIR, '--json');
    expect([bare.exit, refusalIn(bare).code]).toEqual([2, 'pairing.store-missing']);

    const paired = worked(await shop.till(...PAIR, ...HERE, '--print-sticker'));
    expect(paired.err.split('\n').filter((line) => line.includes(' ok'))).toHaveLength(7);
    expect(paired.out).toContain('"mercadopago-orders": {"userId":"700100200","externalStoreId":"LAESQUINA"');
    expect(paired.out).toContain('sticker: sent');

    const again = worked(await shop.till(...PAIR, '--json'));
    expect(json(again)).toMatchObject({
      userId: '700100200',
      pos: { externalId: 'LAESQUINACAJA07', isOfThisTill: true },
    });
    expect(json(worked(await shop.till('network', 'show', '--json')))).toMatchObject([
      {
        network: 'mercadopago-orders',
        hasToken: true,
        account: { userId: '700100200' },
        store: { name: 'La Esquina' },
      },
    ]);
    expect(worked(await shop.till('network', 'show')).out).toContain('LAESQUINACAJA07');
    expect(worked(await shop.till('network', 'sticker', '--network', 'mercadopago-orders')).out).toContain(
      'sticker: sent',
    );

    worked(await shop.till('shift', 'open', '--float', '5000'));
    worked(await shop.till('cash-out', 'start', '--network', 'mercadopago-orders', '--amount', '100'));
    expect(shop.engine.pointsOfSale()).toHaveLength(1);
    expect(shop.everything()).not.toContain(TOKEN);
  } finally {
    await shop.close();
  }
}, 60_000);

test.each([
  [['--address', 'Avenida Juárez; 120; Puebla; Puebla'], '--address and --position go together'],
  [['--address', 'Avenida Juárez', '--position', '19,-98'], '--address is "street; number; city; state"'],
  [['--address', 'a; b; c; d', '--position', 'north'], '--position is "latitude,longitude"'],
  [['--address', 'a; b; c; d', '--position', '95,0'], '--position is "latitude,longitude"'],
  [['--store-id', 'SUC 01'], '--store-id is an external id'],
  [['--pos-id', ''], '--pos-id is an external id'],
  [['--token-secret', 'APP_USR-1'], 'never the token itself'],
  [['--store-name', ''], '--store-name is one line'],
  [['--take-over'], '--take-over wants --reason'],
  [['--reason', 'because'], '--reason goes with --take-over'],
] as const)('%j is wrong usage, and opens nothing', async (words, said) => {
  const shop = await openShop();
  try {
    const refused = await shop.till(...PAIR, ...words);
    expect([refused.exit, refused.out]).toEqual([2, '']);
    expect(refused.err).toContain(said);
  } finally {
    await shop.close();
  }
});

const chance = seeded(20_261_122);

async function killed(shop: Shop): Promise<Said> {
  const { child, ended } = shop.begin(...PAIR, ...HERE);
  const timer = setTimeout(() => child.kill('SIGKILL'), 150 + chance() * 700);
  const said = await ended;
  clearTimeout(timer);
  return said;
}

test('killed at any instant, pairing goes on where it stood: one store, one point of sale, no order left', async () => {
  const shop = await shopWithToken();
  try {
    shop.engine.setWeather({ rates: {}, latency: { minimumMs: 20, maximumMs: 80 } });
    const ends: Said[] = [];
    while (ends.filter(({ signal }) => signal === 'SIGKILL').length < 8) ends.push(await killed(shop));
    worked(await shop.till(...PAIR, ...HERE));

    expect(shop.engine.stores().map(({ externalId }) => externalId)).toEqual(['LAESQUINA']);
    expect(shop.engine.pointsOfSale().map(({ externalId }) => externalId)).toEqual(['LAESQUINACAJA07']);
    expect(shop.engine.orders().filter(({ status }) => status === 'created')).toEqual([]);
    expect(json(worked(await shop.till('journal', 'verify', '--tables', '--json')))).toMatchObject({ ok: true });
  } finally {
    await shop.close();
  }
}, 120_000);
