import { afterEach, expect, test } from 'vitest';
import type { Terms } from '../../../../src-main/core/domain/cash-out.ts';
import type { MercadoPagoInstoreSettings } from '../../../../src-main/core/domain/settings.ts';
import { startRawServer, wire } from '../raw-server.ts';
import type { RawServer } from '../raw-server.ts';
import {
  createRequestOf,
  fixture,
  KEY,
  ORDER,
  PAYMENT,
  PURCHASE,
  send,
  TERMS,
  till,
  tillWithoutStore,
  toCommands,
  TOKEN,
} from './bench.ts';

let server: RawServer | undefined;
afterEach(() => server?.close());

const FAILING = toCommands(() => wire(500, '', { Connection: 'close' }));

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

const CREATES: readonly [string, Partial<MercadoPagoInstoreSettings>, Partial<Terms>][] = [
  ['create-static', {}, {}],
  ['create-static-cl', { country: 'CL' }, { currency: 'CLP', amountMinor: 5_000 }],
  [
    'create-dynamic',
    { notificationUrl: 'https://relay.example.test/mp', sponsorId: 820_480_001 },
    { mode: 'dynamic', amountMinor: 19_990 },
  ],
  ['create-static-purchase', {}, { purchase: PURCHASE }],
  ['create-dynamic-purchase', { pureCashoutTotal: 'zero' }, { mode: 'dynamic', purchase: PURCHASE }],
  ['create-hybrid-br', { country: 'BR' }, { mode: 'hybrid', currency: 'BRL', amountMinor: 29, lifetimeMs: 90_000 }],
];

test.each(CREATES)(
  '%s asks for scans first and then leaves byte for byte as documented',
  async (name, settings, terms) => {
    server = await startRawServer(FAILING);
    await send(till({ ...settings, baseUrl: server.baseUrl }), 'create', { ...TERMS, ...terms });
    expect(bytesOf(server)).toEqual([expectedBytes('search', server.host), expectedBytes(name, server.host)]);
  },
);

test('without a store, and with a total of zero, an order takes the older path', async () => {
  server = await startRawServer(FAILING);
  const network = tillWithoutStore({ baseUrl: server.baseUrl, pureCashoutTotal: 'zero' });
  await send(network, 'create');
  expect(bytesOf(server)[1]).toBe(expectedBytes('create-static-without-store', server.host));
});

test.each(['out-of-time', 'late-payment', 'no-connection', 'drawer-failed'] as const)(
  'money that goes back because of %s is told in its own words, byte for byte',
  async (cause) => {
    server = await startRawServer(FAILING);
    const network = till({ baseUrl: server.baseUrl });
    const request = network.prepareRefund(TERMS, ORDER, PAYMENT, cause);
    await network.deliver({ request, idempotencyKey: KEY, terms: TERMS, order: ORDER });
    expect(bytesOf(server)).toEqual([expectedBytes(`refund-${cause}`, server.host)]);
  },
);

test('a saved request is sent as it was saved, even if settings have changed since', async () => {
  server = await startRawServer(FAILING);
  const saved = createRequestOf(till({ baseUrl: server.baseUrl }));
  const network = till({ baseUrl: server.baseUrl, externalPosId: 'ANOTHER1', userId: '1' });
  await network.deliver({ request: saved, idempotencyKey: KEY, terms: TERMS });
  expect(bytesOf(server)[1]).toBe(expectedBytes('create-static', server.host));
});

test('an order of a dynamic code is never deleted: that would take the next customer’s order from the sticker', async () => {
  server = await startRawServer(FAILING);
  const network = till({ baseUrl: server.baseUrl });
  await send(network, 'cancel', { ...TERMS, mode: 'dynamic' });
  expect(bytesOf(server)).toEqual([expectedBytes('search', server.host)]);
});

test.each<[string, Partial<MercadoPagoInstoreSettings>, Partial<Terms>]>([
  ['currency-of-another-country', {}, { currency: 'MXN' }],
  ['mode-of-another-country', { country: 'UY' }, { currency: 'UYU', mode: 'dynamic' }],
  ['amount-out-of-range', {}, { amountMinor: 0 }],
  ['amount-out-of-range', {}, { amountMinor: -1 }],
  ['amount-out-of-range', {}, { amountMinor: 10.5 }],
  ['amount-out-of-range', {}, { amountMinor: 10 ** 15 }],
  ['amount-out-of-range', {}, { amountMinor: 10 ** 15 - 1, purchase: PURCHASE }],
  ['reference-not-alphanumeric', {}, { externalReference: 'COT-07' }],
  ['reference-not-alphanumeric', {}, { externalReference: '' }],
  ['lifetime-out-of-range', {}, { lifetimeMs: 29_999 }],
  ['lifetime-out-of-range', {}, { lifetimeMs: 600_001 }],
  ['lifetime-out-of-range', {}, { lifetimeMs: Number.NaN }],
  ['account-not-numeric', { userId: 'me/../you' }, {}],
  ['pos-not-paired', { externalPosId: '' }, {}],
  ['pos-not-paired', { externalPosId: 'A/B' }, {}],
  ['pos-not-paired', { externalStoreId: '..' }, {}],
  ['notification-url-not-https', { notificationUrl: 'http://relay.example.test' }, {}],
  ['sponsor-not-numeric', { sponsorId: 1.5 }, {}],
])('%s is refused before anything leaves', (code, settings, terms) => {
  expect(till(settings).prepareCreate({ ...TERMS, ...terms })).toMatchObject({ ok: false, error: { code } });
});

test.each([undefined, '', 'with blank', 'líne'])(
  'without a usable token nothing is prepared and nothing leaves: %s',
  async (token) => {
    server = await startRawServer(FAILING);
    const network = till({ baseUrl: server.baseUrl }, { token: () => token });
    expect(network.prepareCreate(TERMS)).toMatchObject({ ok: false, error: { code: 'no-token' } });
    const request = createRequestOf(till({ baseUrl: server.baseUrl }));
    expect(await network.deliver({ request, idempotencyKey: KEY, terms: TERMS })).toEqual({
      kind: 'not-sent',
      cause: 'no-token',
    });
    expect(await network.read(TERMS, ORDER)).toEqual({ kind: 'unreachable', cause: 'no-token' });
    expect(server.seen).toEqual([]);
  },
);

test.each([undefined, '', 'ORD01K9', '../1', '1234567890123456'])(
  'a third leg names a merchant order or is our bug: %s',
  (confirmationId) => {
    const payment = { paidAtMs: 0, amountMinor: 1, ...(confirmationId !== undefined && { confirmationId }) };
    expect(() => till({}).prepareConfirm(TERMS, ORDER, payment)).toThrow(/not a merchant order/);
    expect(() => till({}).prepareRefund(TERMS, ORDER, payment, 'asked')).toThrow(/not a merchant order/);
    expect(till({}).prepareConfirm(TERMS, ORDER, PAYMENT).path).toBe('/instore/orders/31200045001/confirmation');
  },
);

test('what the network can do is told by country', () => {
  expect(till({}).traits).toEqual({
    modes: ['dynamic', 'static', 'hybrid'],
    defaultMode: 'dynamic',
    lifetimeMs: 300_000,
    cancel: true,
    refund: true,
    confirmation: true,
    listing: true,
    purchase: true,
    sticker: 'mercadopago SUC01CAJA07',
    returnWindowMs: 300_000,
  });
  expect(till({ country: 'CL', mode: 'static' }).traits.modes).toEqual(['static']);
});
