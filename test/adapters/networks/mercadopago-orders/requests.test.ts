import { afterEach, expect, test } from 'vitest';
import type { Terms } from '../../../../src-main/core/domain/cash-out.ts';
import type { MercadoPagoOrdersSettings } from '../../../../src-main/core/domain/settings.ts';
import { always, startRawServer, wire } from '../raw-server.ts';
import type { RawServer } from '../raw-server.ts';
import { createRequestOf, fixture, KEY, ORDER, send, TERMS, till, TOKEN } from './bench.ts';

let server: RawServer | undefined;
afterEach(() => server?.close());

/** The request as bytes on the wire, from its fixture: the documents' method, path, headers and body. */
function expectedBytes(name: string, host: string): string {
  const [head = '', body = ''] = fixture(`requests/${name}.http`).replace(/\n$/, '').split('\n\n');
  const filled = head
    .trimEnd()
    .replace('{{ACCESS_TOKEN}}', TOKEN)
    .replace('{{HOST}}', host)
    .replace('{{LENGTH}}', String(Buffer.byteLength(body)));
  return `${filled.replaceAll('\n', '\r\n')}\r\n\r\n${body}`;
}

function bytesOf({ seen }: RawServer): string[] {
  return seen.map(({ head, body }) => `${head}\r\n\r\n${body}`);
}

const CREATES: readonly [string, Partial<MercadoPagoOrdersSettings>, Partial<Terms>][] = [
  ['create-mx', { country: 'MX' }, {}],
  ['create-br', { country: 'BR' }, { currency: 'BRL' }],
  ['create-ar', { country: 'AR' }, { currency: 'ARS', amountMinor: 2_000_000, lifetimeMs: 90_000, mode: 'hybrid' }],
  ['create-uy', { country: 'UY' }, { currency: 'UYU', amountMinor: 120_000, lifetimeMs: 600_000, mode: 'static' }],
  ['create-cl', { country: 'CL' }, { currency: 'CLP', amountMinor: 5_000, lifetimeMs: 30_000 }],
];

test.each(CREATES)('%s leaves the till byte for byte as documented', async (name, settings, changes) => {
  server = await startRawServer(always(wire(500, '')));
  const network = till({ ...settings, baseUrl: server.baseUrl });
  const terms = { ...TERMS, ...changes };

  await network.deliver({ request: createRequestOf(network, terms), idempotencyKey: KEY, terms });

  expect(bytesOf(server)).toEqual([expectedBytes(name, server.host)]);
});

test('a test bench below a path gets every request below that path', async () => {
  server = await startRawServer(always(wire(500, '')));
  const network = till({ baseUrl: `${server.baseUrl}/bench/mp/` });
  await network.read(TERMS, ORDER);
  await send(network, 'create');
  expect(server.seen.map(({ head }) => head.split(' ')[1])).toEqual([
    '/bench/mp/v1/orders/ORD01K9ZZ7H4Q2V8D6M3N5P7R9T1W',
    '/bench/mp/v1/orders',
  ]);
});

test('a saved request is sent as it was saved, even if settings have changed since', async () => {
  server = await startRawServer(always(wire(500, '')));
  const saved = createRequestOf(till({ baseUrl: server.baseUrl }));
  const network = till({ baseUrl: server.baseUrl, externalPosId: 'ANOTHER1' });

  await network.deliver({ request: saved, idempotencyKey: KEY, terms: TERMS });
  await network.deliver({ request: saved, idempotencyKey: KEY, terms: TERMS });

  expect(bytesOf(server)).toEqual([expectedBytes('create-mx', server.host), expectedBytes('create-mx', server.host)]);
});

test.each<[string, Partial<MercadoPagoOrdersSettings>, Partial<Terms>]>([
  ['currency-of-another-country', { country: 'AR' }, { currency: 'MXN' }],
  ['currency-of-another-country', { country: 'MX' }, { currency: 'USD' }],
  ['amount-not-positive', {}, { amountMinor: 0 }],
  ['amount-not-positive', {}, { amountMinor: -100 }],
  ['amount-not-positive', {}, { amountMinor: 0.5 }],
  ['reference-not-alphanumeric', {}, { externalReference: 'COT-07' }],
  ['reference-not-alphanumeric', {}, { externalReference: '' }],
  ['reference-not-alphanumeric', {}, { externalReference: 'X'.repeat(65) }],
  ['lifetime-out-of-range', {}, { lifetimeMs: 29_999 }],
  ['lifetime-out-of-range', {}, { lifetimeMs: 600_001 }],
  ['lifetime-out-of-range', {}, { lifetimeMs: Number.NaN }],
  ['pos-not-paired', { externalPosId: '' }, {}],
  ['pos-not-paired', { externalPosId: 'CAJA 7' }, {}],
  ['cashier-code-not-numeric', { country: 'MX' }, { cashierCode: 1.5 }],
  [
    'bank-service-code-missing',
    { country: 'BR', brazil: { agencyType: 'AGTEC', bankServiceCode: ' ' } },
    { currency: 'BRL' },
  ],
])('terms that this network cannot be asked are refused: %s', (code, settings, changes) => {
  const prepared = till(settings).prepareCreate({ ...TERMS, ...changes });
  expect(prepared).toMatchObject({ ok: false, error: { code } });
});

test('without an access token nothing is prepared and nothing leaves', async () => {
  server = await startRawServer(always(wire(200, '{}')));
  const { baseUrl } = server;
  const request = createRequestOf(till({ baseUrl }));
  const network = till({ baseUrl }, { token: () => undefined });

  expect(network.prepareCreate(TERMS)).toMatchObject({ ok: false, error: { code: 'no-token' } });
  expect(await network.deliver({ request, idempotencyKey: KEY, terms: TERMS })).toEqual({
    kind: 'not-sent',
    cause: 'no-token',
  });
  expect(await network.read(TERMS, ORDER)).toEqual({ kind: 'unreachable', cause: 'no-token' });
  expect(server.seen).toEqual([]);
});

test('a token that no header can carry is no token', async () => {
  const network = till({ baseUrl: 'http://127.0.0.1:9' }, { token: () => 'APP_USR-1\r\nX-Evil: 1' });
  expect(await network.read(TERMS, ORDER)).toEqual({ kind: 'unreachable', cause: 'no-token' });
});

test.each([
  'http://api.mercadopago.com',
  'ftp://127.0.0.1',
  'https://user:pass@api.example.test',
  'https://a.test/?x=1',
  'nonsense',
])('the base URL %s may not be used', (baseUrl) => {
  expect(() => till({ baseUrl })).toThrow(/settings.invalid/);
});

test('what the network can do is told as data', () => {
  expect(till({ mode: 'hybrid', lifetimeMs: 120_000, returnWindowMs: 7 }).traits).toEqual({
    modes: ['dynamic', 'static', 'hybrid'],
    defaultMode: 'hybrid',
    lifetimeMs: 120_000,
    cancel: true,
    refund: true,
    confirmation: false,
    listing: true,
    purchase: false,
    sticker: 'mercadopago SUC01CAJA07',
    returnWindowMs: 7,
  });
});
