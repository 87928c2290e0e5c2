/** What each end of a call means for pairing: lost before and after it was done, refused, busy, nonsense. */
import { afterEach, expect, test } from 'vitest';
import { createMercadoPagoEngine } from '../../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import type { MercadoPagoEngine } from '../../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import { createMercadoPagoServer } from '../../../../src-main/simulators/networks/mercadopago-orders/server.ts';
import { always, startRawServer, wire } from '../raw-server.ts';
import type { RawServer } from '../raw-server.ts';
import { ADDRESS, ask, NAMES, pairingAt, TOKEN, USER } from './bench.ts';

let raw: RawServer | undefined;
const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  await raw?.close();
  raw = undefined;
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function network(): Promise<{ engine: MercadoPagoEngine; baseUrl: string }> {
  const engine = createMercadoPagoEngine({ seed: 3, nowMs: () => Date.now() });
  const server = await createMercadoPagoServer(engine, { port: 0 });
  cleanUps.push(() => server.close());
  return { engine, baseUrl: server.baseUrl };
}

const error = (code: string, status: number): string =>
  JSON.stringify({ error: code, message: 'words', status, causes: [] });

test.each<[string, string, object]>([
  ['401', wire(401, error('unauthorized', 401)), { kind: 'unauthorized' }],
  ['403', wire(403, error('forbidden', 403)), { kind: 'refused', code: 'forbidden' }],
  [
    '400 with a code',
    wire(400, error('INVALID_NAME', 400)),
    { kind: 'refused', code: 'INVALID_NAME', detail: 'words' },
  ],
  ['400 VALIDATION_ERROR', wire(400, error('VALIDATION_ERROR', 400)), { kind: 'taken', code: 'VALIDATION_ERROR' }],
  ['409', wire(409, error('conflict', 409)), { kind: 'taken', code: 'conflict' }],
  ['a page of a gateway', wire(400, '<html>', { 'Content-Type': 'text/html' }), { kind: 'unknown', cause: 'http-400' }],
  ['423', wire(423, error('locked', 423)), { kind: 'busy', code: 'locked' }],
  ['429', wire(429, error('too_many_requests', 429), { 'Retry-After': '7' }), { kind: 'busy', retryAfterMs: 7_000 }],
  ['500', wire(500, error('internal_error', 500)), { kind: 'unknown', cause: 'internal_error' }],
  ['503', wire(503, '', { 'Retry-After': '2' }), { kind: 'unknown', cause: 'http-503', retryAfterMs: 2_000 }],
  ['302', wire(302, '', { Location: 'https://elsewhere.test' }), { kind: 'unknown', cause: 'http-302' }],
  ['no JSON', wire(200, 'hello'), { kind: 'unknown', cause: 'not-json' }],
  ['JSON of something else', wire(200, '{"a":1}'), { kind: 'unknown', cause: 'not-what-was-asked' }],
  ['null', wire(200, 'null'), { kind: 'unknown', cause: 'not-what-was-asked' }],
  ['an error inside 200', wire(200, error('boom', 500)), { kind: 'unknown', cause: 'boom-inside-200' }],
  ['a cut body', wire(200, '{"id": 1}').slice(0, -4), { kind: 'unknown' }],
  ['no HTTP', 'good day\r\n\r\n', { kind: 'unknown' }],
])('%s means the same for every question', async (_name, bytes, meaning) => {
  raw = await startRawServer((_seen, socket) => void socket.end(bytes));
  for (const name of NAMES) expect(await ask(pairingAt(raw.baseUrl, { deadlineMs: 500 }), name)).toMatchObject(meaning);
});

test('silence is unknown, and a refused connection is proven not to have left', async () => {
  raw = await startRawServer(() => undefined);
  const { baseUrl } = raw;
  expect(await pairingAt(baseUrl, { deadlineMs: 100 }).account()).toEqual({ kind: 'unknown', cause: 'timeout' });
  await raw.close();
  raw = undefined;
  expect(await pairingAt(baseUrl).account()).toEqual({ kind: 'not-sent', cause: 'connection-refused' });
});

test.each([
  ['drop-before-commit', 0],
  ['drop-after-commit', 1],
  ['server-error-before-commit', 0],
  ['server-error-after-commit', 1],
] as const)('%s leaves a create unknown, and %i of it there: only a search tells', async (fault, there) => {
  const { engine, baseUrl } = await network();
  engine.script({ fault, operation: 'create-store' }, { fault, operation: 'create-pos' });
  const pairing = pairingAt(baseUrl);
  const store = { name: 'Centro', externalId: 'SUC01', address: ADDRESS };
  expect((await pairing.createStore(USER, store)).kind).toBe('unknown');
  const stores = await pairing.stores(USER, 'SUC01');
  expect(stores.kind === 'answered' && stores.value.length).toBe(there);
  if (there === 0) await pairing.createStore(USER, store);
  const [made] = engine.stores();
  const pos = { name: 'CAJA07', externalId: 'SUC01CAJA07', storeId: String(made?.id) };
  expect((await pairing.createPointOfSale(pos)).kind).toBe('unknown');
  const found = await pairing.pointsOfSale({ externalId: 'SUC01CAJA07' });
  expect(found.kind === 'answered' && found.value.length).toBe(there);
});

test.each(['nested', 'flat'] as const)(
  'a point of sale is read in its %s form, and its sticker fetched',
  async (posShape) => {
    const { engine, baseUrl } = await network();
    engine.change({ posShape, createdStatus: 200, storeDateName: 'date_creation' });
    const pairing = pairingAt(baseUrl);
    const store = await pairing.createStore(USER, { name: 'Centro', externalId: 'SUC01', address: ADDRESS });
    if (store.kind !== 'answered') throw new Error(store.kind);
    expect(store.value).toMatchObject({
      name: 'Centro',
      externalId: 'SUC01',
      address: 'Avenida Juárez 120, Puebla, Puebla',
    });
    const pos = await pairing.createPointOfSale({ name: 'CAJA07', externalId: 'SUC01CAJA07', storeId: store.value.id });
    if (pos.kind !== 'answered') throw new Error(pos.kind);
    expect(pos.value).toMatchObject({ externalId: 'SUC01CAJA07', storeId: store.value.id, isAmountFixed: true });
    const picture = await pairing.sticker(pos.value.stickerUrl ?? '');
    expect(picture.kind === 'answered' && Buffer.from(picture.value).subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(await pairing.account()).toMatchObject({
      kind: 'answered',
      value: { userId: USER, siteId: 'MLM', country: 'MX' },
    });
  },
);

test.each([
  ['a page of words', wire(200, '<html>'), { kind: 'unknown', cause: 'not-a-picture' }],
  ['404', wire(404, ''), { kind: 'refused', code: 'http-404' }],
  ['a redirect', wire(302, '', { Location: 'https://elsewhere.test' }), { kind: 'refused', code: 'http-302' }],
  ['503', wire(503, ''), { kind: 'unknown', cause: 'http-503' }],
  ['429', wire(429, ''), { kind: 'busy' }],
])('a sticker that is %s is none', async (_name, bytes, meaning) => {
  raw = await startRawServer(always(bytes));
  expect(await pairingAt('https://api.mercadopago.com').sticker(`${raw.baseUrl}/a.png`)).toMatchObject(meaning);
});

test('a site that this till does not know has no country', async () => {
  raw = await startRawServer(always(wire(200, '{"id":7,"site_id":"MCO","nickname":"x"}')));
  expect(await pairingAt(raw.baseUrl).account()).toMatchObject({
    value: { userId: '7', siteId: 'MCO', nickname: 'x' },
  });
});

test('one entry of a list that cannot be read makes the list unknown: it may be the one', async () => {
  raw = await startRawServer(always(wire(200, '{"results":[{"id":1,"name":"a"},{"name":"b"}]}')));
  expect(await pairingAt(raw.baseUrl).stores(USER)).toMatchObject({ kind: 'unknown' });
});

test('nothing that comes back carries the token, however the network echoes it', async () => {
  const bodies = [
    JSON.stringify({ error: TOKEN, message: `who is ${TOKEN}?` }),
    JSON.stringify({
      id: 7,
      site_id: 'MLM',
      nickname: TOKEN,
      results: [{ id: 1, name: TOKEN, store_id: 1 }],
      name: TOKEN,
      store_id: 1,
    }),
  ];
  for (const body of bodies) {
    for (const status of [200, 400, 401, 409, 500]) {
      const server = await startRawServer(always(wire(status, body)));
      for (const name of NAMES)
        expect(JSON.stringify(await ask(pairingAt(server.baseUrl), name))).not.toContain('canary11');
      await server.close();
    }
  }
});
