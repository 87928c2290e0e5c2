import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { MercadoPagoOrders } from '../../../../src-main/adapters/networks/mercadopago-orders/mercadopago-orders.ts';
import { always, startRawServer, wire } from '../raw-server.ts';
import type { Answer, RawServer } from '../raw-server.ts';
import { answer, ORDER, send, TERMS, till } from './bench.ts';

let server: RawServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const CREATED = JSON.stringify(answer('created'));

async function against(reply: Answer, deadlineMs = 5_000): Promise<MercadoPagoOrders> {
  server = await startRawServer(reply);
  return till({ baseUrl: server.baseUrl }, { commandDeadlineMs: deadlineMs, readDeadlineMs: deadlineMs });
}

test('a name without an address proves that nothing left', async () => {
  const network = till({ baseUrl: 'https://no-such-host.invalid' });
  expect(await send(network, 'refund')).toEqual({ kind: 'not-sent', cause: 'no-address' });
});

test('a peer that does not speak TLS gets no request, and that proves it', async () => {
  const network = await against((_seen, socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  const address = server?.host ?? '';
  server?.seen.splice(0);
  const secure = till({ baseUrl: `https://${address}` }, { commandDeadlineMs: 1_000 });
  expect(await send(secure, 'create')).toMatchObject({ kind: 'not-sent' });
  expect(server?.seen).toEqual([]);
  network.close();
});

test('a handshake that never ends is proven not to have sent anything when the deadline comes', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const secure = till({ baseUrl: `https://127.0.0.1:${port}` }, { commandDeadlineMs: 150 });
  expect(await send(secure, 'create')).toEqual({ kind: 'not-sent', cause: 'connect-timeout' });
  silent.close();
});

test('the deadline counts for the whole answer, however slowly it drips', async () => {
  const network = await against((_seen, socket) => {
    const [head = '', body = ''] = wire(201, CREATED).split('\r\n\r\n');
    socket.write(`${head}\r\n\r\n`);
    const drip = setInterval(() => socket.write(body.slice(0, 10)), 40);
    socket.on('close', () => clearInterval(drip));
  }, 250);
  const startedMs = performance.now();
  expect(await send(network, 'create')).toMatchObject({
    kind: 'unknown',
    cause: 'timeout',
    evidence: { httpStatus: 201 },
  });
  expect(performance.now() - startedMs).toBeLessThan(1_500);
});

test.each<[string, (body: string) => string]>([
  ['a length that is not reached', (body) => wire(201, body).slice(0, -40)],
  ['chunks without an end', (body) => chunked(body)],
])('a body with %s is no answer, even when what came reads as an order', async (_how, cut) => {
  const network = await against((_seen, socket) => void socket.end(cut(`${CREATED}${' '.repeat(40)}`)));
  expect(await send(network, 'create')).toMatchObject({
    kind: 'unknown',
    cause: 'answer-cut',
    evidence: { httpStatus: 201 },
  });
  const reading = await network.read(TERMS, ORDER);
  expect(reading).toMatchObject({ kind: 'unreadable', detail: 'answer-cut' });
});

function chunked(body: string): string {
  const head = 'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n';
  return `${head}${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`;
}

test('an answer of more than 1 MiB is not read to its end', async () => {
  const network = await against(always(wire(201, `${CREATED}${' '.repeat(1_100_000)}`)));
  const delivery = await send(network, 'create');
  expect(delivery).toMatchObject({ kind: 'unknown', cause: 'answer-too-large' });
  expect(await network.read(TERMS, ORDER)).toMatchObject({ kind: 'unreadable', detail: 'answer-too-large' });
});

test('evidence keeps the first 64 KiB of a long answer and the hash of all of it', async () => {
  const body = JSON.stringify({ ...answer('created'), description: 'é'.repeat(60_000) });
  const network = await against(always(wire(201, body)));
  const delivery = await send(network, 'create');
  if (delivery.kind !== 'answered') throw new Error(delivery.kind);
  expect(delivery.evidence.bodySha256).toBe(createHash('sha256').update(body).digest('hex'));
  const keptBytes = Buffer.byteLength(delivery.evidence.body);
  expect(keptBytes).toBeGreaterThan(65_530);
  expect(keptBytes).toBeLessThanOrEqual(65_536);
  expect(body.startsWith(delivery.evidence.body)).toBe(true);
});

test('evidence tells when it was asked and answered by our clock, and by which request id', async () => {
  let nowMs = 1_000;
  const clock = { nowMs: () => (nowMs += 250), monotonicMs: () => 0 };
  server = await startRawServer(always(wire(200, JSON.stringify(answer('paid')))));
  const network = till({ baseUrl: server.baseUrl }, { clock });
  expect(await network.read(TERMS, ORDER)).toMatchObject({
    evidence: { sentAtMs: 1_250, answeredAtMs: 1_500, requestId: 'OWN00000000000000000000001' },
  });
});

test('an early "processing" word is not taken for the answer', async () => {
  const body = wire(201, CREATED);
  const network = await against((_seen, socket) => void socket.write(`HTTP/1.1 102 Processing\r\n\r\n${body}`));
  expect(await send(network, 'create')).toMatchObject({ kind: 'answered' });
});

test('questions share a connection, each command opens its own', async () => {
  const ports = new Set<number | undefined>();
  const network = await against((seen, socket) => {
    ports.add(socket.remotePort);
    const answered = wire(200, JSON.stringify(answer('canceled')));
    if (seen.head.startsWith('POST')) socket.end(answered);
    else socket.write(answered);
  });
  await network.read(TERMS, ORDER);
  await network.read(TERMS, ORDER);
  await network.read(TERMS, ORDER);
  expect(ports.size).toBe(1);
  await send(network, 'cancel');
  await send(network, 'cancel');
  expect(ports.size).toBe(3);
});

test('a kept connection that the network has dropped is a doubt, never a proof', async () => {
  const network = await against((_seen, socket) => {
    if (server?.seen.length === 1) socket.write(wire(200, JSON.stringify(answer('paid'))));
    else socket.resetAndDestroy();
  });
  expect(await network.read(TERMS, ORDER)).toMatchObject({ kind: 'answered' });
  expect(await network.read(TERMS, ORDER)).toMatchObject({ kind: 'unreachable' });
});
