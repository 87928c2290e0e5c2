/** What leaves the socket while a till is paired, byte for byte. */
import { afterEach, expect, test } from 'vitest';
import { always, startRawServer, wire } from '../raw-server.ts';
import type { RawServer } from '../raw-server.ts';
import { ask, fixture, NAMES, pairingAt, TOKEN } from './bench.ts';

let server: RawServer | undefined;
afterEach(() => server?.close());

const REFUSING = always(wire(403, '{"error":"forbidden","message":"no","status":403}', { Connection: 'close' }));

function expectedBytes(name: string, host: string): string {
  const [head = '', body = ''] = fixture(name).replace(/\n$/, '').split('\n\n');
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

test.each(NAMES)('%s leaves byte for byte as documented', async (name) => {
  server = await startRawServer(REFUSING);
  await ask(pairingAt(server.baseUrl), name);
  expect(bytesOf(server)).toEqual([expectedBytes(name, server.host)]);
});

test('the picture of a sticker is asked for without the token: it is public, and lies elsewhere', async () => {
  server = await startRawServer(REFUSING);
  await pairingAt('https://api.mercadopago.com').sticker(`${server.baseUrl}/instore/merchant/qr/81450001/sticker.png`);
  expect(bytesOf(server)).toEqual([expectedBytes('sticker', server.host)]);
  expect(bytesOf(server).join()).not.toContain('Authorization');
});

test.each([undefined, '', 'with blank', 'líne'])('without a usable token nothing leaves: %s', async (token) => {
  server = await startRawServer(REFUSING);
  const pairing = pairingAt(server.baseUrl, { token: () => token });
  expect(pairing.hasToken()).toBe(false);
  for (const name of NAMES) expect(await ask(pairing, name)).toEqual({ kind: 'not-sent', cause: 'no-token' });
  expect(server.seen).toEqual([]);
});

function page(offset: number, count: number): string {
  const results = Array.from({ length: count }, (_, index) => ({
    id: offset + index + 1,
    name: `Sucursal ${index}`,
  }));
  return wire(200, JSON.stringify({ paging: { total: 70, offset, limit: 50 }, results }));
}

test('a list is read to its end, page by page', async () => {
  server = await startRawServer(({ head }, socket) => {
    socket.write(head.includes('offset=0') ? page(0, 50) : page(50, 20));
  });
  const listed = await pairingAt(server.baseUrl).stores('700100200');
  expect(listed.kind === 'answered' && listed.value.length).toBe(70);
  expect(server.seen.map(({ head }) => /offset=\d+/.exec(head)?.[0])).toEqual(['offset=0', 'offset=50']);
});

test.each([
  'http://example.test/a.png',
  'ftp://example.test/a.png',
  'file:///etc/passwd',
  'https://me:pw@example.test/a',
  'x',
])('a sticker at %s is not fetched', async (url) => {
  expect(await pairingAt('https://api.mercadopago.com').sticker(url)).toMatchObject({
    kind: 'refused',
    code: 'sticker-address',
  });
});
