/** The simulated Orders API over real loopback sockets: what a till's HTTP client meets, and the control plane beside it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createMercadoPagoEngine } from '../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import type { MercadoPagoEngine } from '../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import { createMercadoPagoServer } from '../../../src-main/simulators/networks/mercadopago-orders/server.ts';
import type { WireOrder } from '../../../src-main/simulators/networks/mercadopago-orders/wire-order.ts';
import { cashOut, NOON_MS, TOKEN, like } from './order-bench.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const tillHeaders = (key: string) => ({
  authorization: `Bearer ${TOKEN}`,
  'content-type': 'application/json',
  'x-idempotency-key': key,
});

async function startNetwork(options: Parameters<typeof createMercadoPagoServer>[1] = {}) {
  const engine = createMercadoPagoEngine({ seed: 7, nowMs: () => NOON_MS });
  const server = await createMercadoPagoServer(engine, options);
  closers.push(server.close);
  return {
    engine,
    ...server,
    create: (key = 'k') =>
      fetch(`${server.baseUrl}/v1/orders`, {
        method: 'POST',
        headers: tillHeaders(key),
        body: JSON.stringify(cashOut()),
      }),
    read: (id: string) => fetch(`${server.baseUrl}/v1/orders/${id}`, { headers: tillHeaders('') }),
    control: (name: string, body?: unknown) =>
      fetch(
        `${server.controlUrl}/${name}`,
        body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) },
      ),
  };
}

function onlyOrder(engine: MercadoPagoEngine) {
  const [order, ...others] = engine.orders();
  if (order === undefined || others.length > 0) throw new Error(`${others.length + 1} orders`);
  return order;
}

test('a till creates, a customer pays by the control plane, and the till reads that it was paid', async () => {
  const network = await startNetwork();

  const created = await network.create();
  const { id, status } = (await created.json()) as WireOrder;
  const paid = await network.control('customer-pays', { ref: id });
  const read = (await (await network.read(id)).json()) as WireOrder;

  expect([created.status, status, paid.status, read.status]).toEqual([201, 'created', 200, 'processed']);
});

test("answers are dated by the network's own clock and carry a request id", async () => {
  const network = await startNetwork();

  const { headers } = await network.create();

  expect(headers.get('date')).toBe('Fri, 21 Nov 2025 12:00:00 GMT');
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('a connection that ends after the commit leaves the order, one that ends before leaves none', async () => {
  const network = await startNetwork();
  network.engine.script({ fault: 'drop-before-commit' }, { fault: 'drop-after-commit' });

  await expect(network.create()).rejects.toThrow('fetch failed');
  expect(network.engine.orders()).toEqual([]);
  await expect(network.create()).rejects.toThrow('fetch failed');
  const order = onlyOrder(network.engine);
  expect(((await (await network.create()).json()) as WireOrder).id).toBe(order.id);
});

test('a cut answer brings its status and headers, and then half a body', async () => {
  const network = await startNetwork();
  network.engine.script({ fault: 'cut-body' });

  const answer = await network.create();

  expect(answer.status).toBe(201);
  await expect(answer.text()).rejects.toThrow('terminated');
  expect(network.engine.orders()).toHaveLength(1);
});

test('a delayed answer is not sent before its time', async () => {
  const waiting: { delayMs: number; run: () => void }[] = [];
  const timers = {
    after(delayMs: number, run: () => void) {
      waiting.push({ delayMs, run });
      return () => undefined;
    },
  };
  const network = await startNetwork({ timers });
  network.engine.script({ fault: 'delay', delayMs: 30_000 });
  let isAnswered = false;
  const answer = network.create().finally(() => (isAnswered = true));
  await expect.poll(() => waiting.some(({ delayMs }) => delayMs === 30_000)).toBe(true);

  expect(isAnswered).toBe(false);
  waiting.find(({ delayMs }) => delayMs === 30_000)?.run();
  expect((await answer).status).toBe(201);
});

test('while the network is down every connection is reset, and the control plane still answers', async () => {
  const network = await startNetwork();
  expect(await (await network.control('network', { network: 'down' })).json()).toEqual({ network: 'down' });

  await expect(network.create()).rejects.toThrow('fetch failed');
  expect(await (await network.control('orders')).json()).toEqual([]);

  await network.control('network', { network: 'up' });
  expect((await network.create()).status).toBe(201);
});

test('a path that no URL parser would accept does not take the network down', async () => {
  const network = await startNetwork();

  expect((await fetch(`${network.baseUrl}//`)).status).toBe(404);
  expect((await network.create()).status).toBe(201);
});

test('the help page lists every control with a sentence, for machines and for people', async () => {
  const network = await startNetwork();

  const help = (await (await fetch(network.controlUrl)).json()) as { endpoints: { call: string; summary: string }[] };
  const page = await (await fetch(network.controlUrl, { headers: { accept: 'text/plain' } })).text();

  expect(help.endpoints.length).toBeGreaterThan(20);
  expect(help.endpoints.every(({ summary }) => summary.endsWith('.'))).toBe(true);
  for (const { call } of help.endpoints) expect(page).toContain(call);
});

test('every example on the help page is accepted by its own control', async () => {
  const network = await startNetwork();
  const help = (await (await fetch(network.controlUrl)).json()) as { endpoints: { call: string; example?: object }[] };
  await network.create();
  const { id: ref } = onlyOrder(network.engine);

  const refused: string[] = [];
  for (const { call, example } of help.endpoints) {
    if (example === undefined) continue;
    const name = call.replace('POST /_control/', '');
    const answer = await network.control(name, 'ref' in example ? { ...example, ref } : example);
    refused.push(...(answer.status === 400 ? [`${name}: ${await answer.text()}`] : []));
  }

  expect(refused).toEqual([]);
});

test.each([
  ['script', { fault: 'earthquake' }, 'fault'],
  ['script', { fault: 'delay', when: 'now' }, 'when'],
  ['weather', { rates: { delay: 2 } }, 'rates.delay'],
  ['weather', { rates: { delay: 0.7, 'cut-body': 0.7 } }, 'add up to 1.4'],
  ['settings', { country: 'XX' }, 'country'],
  ['settings', { mood: 'good' }, 'mood'],
  ['customers', { customers: { payAfter: { minimumMs: 9, maximumMs: 1 } } }, 'customers'],
  ['customer-pays', {}, 'ref'],
  ['customer-pays', '{"ref":', 'JSON'],
] as const)('control %s answers %j with 400 and says what is wrong', async (name, body, word) => {
  const network = await startNetwork();

  const answer = await network.control(name, body);

  expect(answer.status).toBe(400);
  expect(((await answer.json()) as { problem: string }).problem).toContain(word);
});

test('a control that cannot be done says why', async () => {
  const network = await startNetwork();
  await network.create();
  const { id } = onlyOrder(network.engine);
  const outcomeOf = async (name: string, body?: unknown) => {
    const answer = await network.control(name, body);
    return `${answer.status} ${((await answer.json()) as { problem: string }).problem}`;
  };

  expect(await outcomeOf('customer-pays', { ref: 'nobody' })).toBe('404 no order with id or reference nobody');
  expect(await outcomeOf('customer-pays', { ref: id, amount: '5,00' })).toBe('400 not an amount: 5,00');
  expect(await outcomeOf('sellerrefunds', { ref: id })).toMatch(/^404 no such control/);
  expect(await outcomeOf('seller-refunds', { ref: id })).toBe('409 an order that is created cannot be refunded now');
  expect(await outcomeOf('seller-refunds')).toBe('405 seller-refunds understands POST');
  expect(await outcomeOf('orders?ref=nobody')).toBe('404 no order with id or reference nobody');
});

test('settings, script, weather and customers can be set from outside and read back', async () => {
  const network = await startNetwork();
  const customers = { payAfter: { minimumMs: 1, maximumMs: 2 }, payingMs: 0, walkAwayRate: 0, lateRate: 0 };

  await network.control('settings', { isSellerEnabled: false });
  await network.control('customers', { customers });
  await network.control('weather', { rates: { delay: 0.25 } });
  await network.control('script', [
    { fault: 'delay', count: 'always' },
    { fault: 'not-json', operation: 'read', skip: 1 },
  ]);

  expect(await (await network.control('settings')).json()).toMatchObject({
    isSellerEnabled: false,
    country: 'MX',
    customers,
  });
  expect(await (await network.control('weather')).json()).toEqual({ rates: { delay: 0.25 } });
  expect(await (await network.control('script')).json()).toEqual([
    { fault: 'delay', count: 'always', skip: 0 },
    { fault: 'not-json', operation: 'read', skip: 1, count: 1 },
  ]);
  await fetch(`${network.controlUrl}/script`, { method: 'DELETE' });
  expect(network.engine.scripted()).toEqual([]);
});

test('notifications are posted to the address that is set, and again when it does not take them', async () => {
  const received: { url: string; body: string; signature: string | undefined }[] = [];
  const seller = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      received.push({ url: request.url ?? '', body, signature: request.headers['x-signature'] as string | undefined });
      response.writeHead(received.length === 1 ? 503 : 200).end();
    });
  });
  await new Promise<void>((resolve) => seller.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => seller.close(() => resolve())));
  const network = await startNetwork({ noticeRetryAfterMs: 20 });
  network.engine.change({ webhookUrl: `http://127.0.0.1:${(seller.address() as AddressInfo).port}/hook?till=7` });
  await network.create();
  const { id } = onlyOrder(network.engine);

  network.engine.customerPays(id);

  await expect.poll(() => received.length).toBe(2);
  expect(received[0]).toEqual(received[1]);
  expect(received[0]).toMatchObject({
    url: `/hook?till=7&data.id=${id}&type=order`,
    signature: like(/^ts=/),
  });
  expect(received[0]?.body).toBe(network.engine.notices()[0]?.bodyText);
});

test('what left the socket can be read back byte for byte', async () => {
  const network = await startNetwork();
  await network.create('the-key');

  const [recorded] = (await (await network.control('requests')).json()) as ReturnType<MercadoPagoEngine['requests']>;

  expect(recorded?.request).toMatchObject({ method: 'POST', path: '/v1/orders', bodyText: JSON.stringify(cashOut()) });
  expect(recorded?.request.headers['x-idempotency-key']).toBe('the-key');
  await fetch(`${network.controlUrl}/requests`, { method: 'DELETE' });
  expect(network.engine.requests()).toEqual([]);
});

test('a port that is taken is an error, not a silence', async () => {
  const network = await startNetwork();
  const port = Number(new URL(network.baseUrl).port);

  await expect(startNetwork({ port })).rejects.toThrow('EADDRINUSE');
});
