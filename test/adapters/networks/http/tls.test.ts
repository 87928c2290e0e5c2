/** What "not sent" means over TLS: proven until the handshake is done, a doubt from the first byte after it. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createHttpClient } from '../../../../src-main/adapters/networks/http/http-client.ts';
import type { HttpClient, HttpOutcome } from '../../../../src-main/adapters/networks/http/http-client.ts';
import { countingIds, machineClock } from '../machine.ts';
import { wire } from '../raw-server.ts';

function pem(name: string): string {
  return readFileSync(
    new URL(`../../../fixtures/mercadopago-orders/loopback-tls/${name}.pem`, import.meta.url),
    'utf8',
  );
}

const trusted = getCACertificates('default');
beforeAll(() => setDefaultCACertificates([...trusted, pem('certificate')]));
afterAll(() => setDefaultCACertificates(trusted));

let closing: () => void = () => undefined;
afterEach(() => closing());

type Bench = Readonly<{ client: HttpClient; received: string[]; resumed: boolean[]; port: number }>;

async function secureServer(answer: (socket: TLSSocket) => void): Promise<Bench> {
  const received: string[] = [];
  const resumed: boolean[] = [];
  const server = createServer({ key: pem('key'), cert: pem('certificate') }, (socket) => {
    resumed.push(socket.isSessionReused());
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      received.push(bytes.toString('latin1'));
      answer(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = createHttpClient({
    baseUrl: `https://127.0.0.1:${port}`,
    token: () => 'APP_USR-token-for-tests',
    userAgent: 'ventanilla',
    clock: machineClock,
    ids: countingIds(),
  });
  closing = () => {
    client.close();
    server.close();
  };
  return { client, received, resumed, port };
}

function send({ client }: Bench, method: 'GET' | 'POST', deadlineMs = 2_000): Promise<HttpOutcome> {
  return client.send({ method, path: '/v1/orders', headers: {}, body: method === 'GET' ? '' : '{}', deadlineMs });
}

test('a request over TLS is answered, and a second command resumes the session', async () => {
  const bench = await secureServer((socket) => void socket.end(wire(201, '{"id":1}')));
  expect(await send(bench, 'POST')).toMatchObject({ kind: 'answered', status: 201, json: { id: 1 } });
  expect(await send(bench, 'POST')).toMatchObject({ kind: 'answered', status: 201 });
  expect(bench.resumed).toEqual([false, true]);
});

test.each(['GET', 'POST'] as const)('silence after the handshake is a doubt: the %s has left', async (method) => {
  const bench = await secureServer(() => undefined);
  expect(await send(bench, method, 400)).toEqual({ kind: 'no-answer', cause: 'timeout' });
  expect(bench.received.join('')).toMatch(new RegExp(`^${method} /v1/orders HTTP/1.1`));
});

test('an end after the handshake is a doubt', async () => {
  const bench = await secureServer((socket) => void socket.destroy());
  expect(await send(bench, 'POST')).toEqual({ kind: 'no-answer', cause: 'reset' });
});

test('a certificate that nobody vouches for gets no request, and that proves it', async () => {
  setDefaultCACertificates(trusted);
  const bench = await secureServer((socket) => void socket.end(wire(201, '{}')));
  expect(await send(bench, 'POST')).toEqual({ kind: 'not-sent', cause: 'tls' });
  setDefaultCACertificates([...trusted, pem('certificate')]);
  expect(bench.received).toEqual([]);
});

test('a certificate of another name gets no request', async () => {
  const bench = await secureServer((socket) => void socket.end(wire(201, '{}')));
  const client = createHttpClient({
    baseUrl: `https://localhost:${bench.port}`,
    token: () => 'APP_USR-token-for-tests',
    userAgent: 'ventanilla',
    clock: machineClock,
    ids: countingIds(),
  });
  expect(await send({ ...bench, client }, 'POST')).toEqual({ kind: 'not-sent', cause: 'tls' });
  expect(bench.received).toEqual([]);
});
