/** The simulated in-store API over real loopback sockets: a till's client, stickers, notices, and the control plane. */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type jsQr from 'jsqr';
import { PNG } from 'pngjs';
import { afterEach, expect, test } from 'vitest';
import { createInstoreEngine } from '../../../../src-main/simulators/networks/mercadopago-instore/engine.ts';
import { createInstoreServer } from '../../../../src-main/simulators/networks/mercadopago-instore/server.ts';
import type { InstoreSettings } from '../../../../src-main/simulators/networks/mercadopago-instore/settings.ts';
import {
  MINUTE_MS,
  NOON_MS,
  POS,
  PUT_PATH,
  REFERENCE,
  TOKEN,
  USER,
  WAITING_PATH,
  withdrawal,
} from './instore-bench.ts';
import type { SearchAnswer } from './instore-bench.ts';

const decode = createRequire(import.meta.url)('jsqr') as (typeof jsQr)['default'];

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type ServerOptions = Parameters<typeof createInstoreServer>[1];

async function startNetwork(settings: Partial<InstoreSettings> = {}, options: ServerOptions = {}) {
  const clock = { nowMs: NOON_MS };
  const engine = createInstoreEngine({ seed: 7, nowMs: () => clock.nowMs, settings });
  const server = await createInstoreServer(engine, options);
  closers.push(server.close);
  const ask = (method: string, path: string, body?: unknown) =>
    fetch(server.baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const control = async (name: string, body?: unknown): Promise<{ status: number; json: unknown }> => {
    const answer = await fetch(
      `${server.controlUrl}/${name}`,
      body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) },
    );
    return { status: answer.status, json: await answer.json() };
  };
  return { engine, clock, ...server, ask, control, put: () => ask('PUT', PUT_PATH, withdrawal()) };
}

test('a till puts an order on the sticker, a customer pays, the till finds it paid and confirms', async () => {
  const network = await startNetwork();

  const put = await network.put();
  const paid = await network.control('customer-pays', { ref: REFERENCE });
  const found = await network.ask('GET', `/merchant_orders/search?external_reference=${REFERENCE}`);
  const { elements } = (await found.json()) as SearchAnswer;
  const id = elements?.[0]?.id ?? 0;
  const confirmation = { status: 'confirmed', status_detail: 'confirmed' };
  const confirmed = await network.ask('POST', `/instore/orders/${id}/confirmation`, confirmation);

  expect([put.status, put.headers.get('content-length'), paid.status]).toEqual([204, null, 200]);
  expect(elements).toMatchObject([{ status: 'closed', order_status: 'paid', paid_amount: 20_000 }]);
  expect(await confirmed.json()).toEqual({ order_id: id, status: 'confirmed' });
});

test("answers are dated by the network's own clock and carry a request id", async () => {
  const { headers } = await (await startNetwork()).put();

  expect(headers.get('date')).toBe('Fri, 21 Nov 2025 15:00:00 GMT');
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('a connection that ends after the commit leaves the order, and a cut answer brings half a body', async () => {
  const network = await startNetwork();
  network.engine.script({ fault: 'drop-after-commit', operation: 'put-order' }, { fault: 'cut-body' });

  await expect(network.put()).rejects.toThrow('fetch failed');
  expect(network.engine.order(REFERENCE)?.state).toBe('waiting');
  const waiting = await network.ask('GET', WAITING_PATH);
  expect(waiting.status).toBe(200);
  await expect(waiting.text()).rejects.toThrow('terminated');
});

test('while the network is down every connection is reset, and the control plane still answers', async () => {
  const network = await startNetwork();
  expect((await network.control('network', { network: 'down' })).json).toEqual({ network: 'down' });

  await expect(network.put()).rejects.toThrow('fetch failed');
  expect((await network.control('orders')).json).toEqual([]);
  await network.control('network', { network: 'up' });
  expect((await network.put()).status).toBe(204);
});

type WirePos = { id: number; qr: { image: string; template_image: string; template_document: string } };

async function pairedTill(network: Awaited<ReturnType<typeof startNetwork>>): Promise<WirePos> {
  const location = {
    street_number: '1530',
    street_name: 'Bulevar',
    city_name: 'Rosario',
    state_name: 'Santa Fe',
    latitude: -32.95,
    longitude: -60.65,
  };
  await network.ask('POST', `/users/${USER}/stores`, { name: 'Centro', external_id: 'SUC01', location });
  const pos = { name: 'Caja 7', fixed_amount: true, external_store_id: 'SUC01', external_id: POS };
  return (await (await network.ask('POST', '/pos', pos)).json()) as WirePos;
}

test.each(['image', 'template_image'] as const)(
  'the sticker (%s) is a picture from the same server, and its code finds the order that waits there',
  async (kind) => {
    const network = await startNetwork({ knownPos: 'created' });
    const { qr } = await pairedTill(network);
    await network.put();

    const answer = await fetch(qr[kind]);
    const picture = PNG.sync.read(Buffer.from(await answer.arrayBuffer()));
    const text = decode(new Uint8ClampedArray(picture.data), picture.width, picture.height)?.data ?? '';

    expect(qr[kind].startsWith(network.baseUrl)).toBe(true);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(text).toMatch(/^000201010211.*5303032.*6304[0-9A-F]{4}$/);
    expect((await network.control('customer-scans', { ref: text })).json).toMatchObject({
      order: { externalReference: REFERENCE, merchantOrders: [{ state: 'opened' }] },
    });
  },
);

test('the sticker to print is a page whose table of contents is right', async () => {
  const { qr } = await pairedTill(await startNetwork());

  const answer = await fetch(qr.template_document);
  const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');

  expect(answer.headers.get('content-type')).toBe('application/pdf');
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  expect(text.slice(start, start + 4)).toBe('xref');
  const offsets = [...text.slice(start).matchAll(/^(\d{10}) 00000 n /gm)].map(([, offset]) => Number(offset));
  expect(offsets.map((offset) => text.slice(offset, offset + 7))).toEqual([1, 2, 3, 4, 5].map((n) => `${n} 0 obj`));
  expect(text).toContain(`(CAJA DE PRUEBA) Tj 0 -20 Td (${POS}) Tj`);
});

type Received = { url: string; body: unknown };

/** A seller's address that says no for the first few posts. */
async function startReceiver(refusals = 0) {
  const received: Received[] = [];
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ url: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
      response.writeHead(received.length <= refusals ? 500 : 200).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => receiver.close(() => resolve())));
  return { received, url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/mp` };
}

test('each change of a merchant order is told to the address that the order named, until it listens', async () => {
  const { received, url } = await startReceiver(1);
  const network = await startNetwork({}, { noticeRetriesAfterMs: [10, 20] });
  await network.ask('PUT', PUT_PATH, withdrawal({ notification_url: url }));

  await network.control('customer-scans', { ref: REFERENCE });
  await network.control('customer-pays', { ref: REFERENCE });
  await expect.poll(() => received.length, { timeout: 10_000 }).toBe(3);

  const [id] = network.engine.order(REFERENCE)?.merchantOrders.map((scan) => scan.id) ?? [];
  for (const notice of received) {
    expect(notice).toEqual({
      url: `/mp?topic=merchant_order&id=${id}`,
      body: { resource: `https://api.mercadopago.com/merchant_orders/${id}`, topic: 'merchant_order' },
    });
  }
});

test('an address may ask for webhooks only', async () => {
  const { received, url } = await startReceiver();
  const network = await startNetwork();
  await network.ask('PUT', PUT_PATH, withdrawal({ notification_url: `${url}?source_news=webhooks` }));

  await network.control('customer-pays', { ref: REFERENCE });
  await expect.poll(() => received.length, { timeout: 10_000 }).toBe(2);

  expect(received).toMatchObject([
    { body: { action: 'create', type: 'topic_merchant_order_wh' } },
    { body: { action: 'update', type: 'topic_merchant_order_wh' } },
  ]);
  expect(received[0]?.url).toMatch(/^\/mp\?source_news=webhooks&data\.id=\d+&type=topic_merchant_order_wh$/);
});

test('money that goes back is told too, also when nobody asks for anything', async () => {
  const { received, url } = await startReceiver();
  const network = await startNetwork({ webhookUrl: url });
  await network.ask('PUT', PUT_PATH, withdrawal({ notification_url: undefined }));
  await network.control('customer-pays', { ref: REFERENCE });
  await expect.poll(() => received.length, { timeout: 10_000 }).toBe(2);

  network.clock.nowMs += 6 * MINUTE_MS;

  await expect.poll(() => received.length, { timeout: 10_000 }).toBe(4);
});

test('notices can be lost, come twice, or come late', async () => {
  const network = await startNetwork();
  await network.put();
  network.engine.script({ fault: 'notice-lost' }, { fault: 'notice-twice' });
  await network.control('customer-pays', { ref: REFERENCE });
  expect(network.engine.notices()).toHaveLength(2);

  network.engine.script({ fault: 'notice-late', afterMs: 60_000 });
  await network.put();
  await network.control('customer-scans', { ref: REFERENCE });
  expect(network.engine.notices()).toHaveLength(2);
  network.clock.nowMs += 60_000;
  expect(network.engine.notices()).toHaveLength(3);
});

test('the help page lists every control with a sentence', async () => {
  const network = await startNetwork();

  const help = (await (await fetch(network.controlUrl)).json()) as { endpoints: { call: string; summary: string }[] };
  const page = await (await fetch(network.controlUrl, { headers: { accept: 'text/plain' } })).text();

  expect(help.endpoints.length).toBeGreaterThan(25);
  expect(help.endpoints.every(({ summary }) => summary.endsWith('.'))).toBe(true);
  for (const { call } of help.endpoints) expect(page).toContain(call);
});

test('every example on the help page is understood by its own control', async () => {
  const network = await startNetwork();
  const help = (await (await fetch(network.controlUrl)).json()) as { endpoints: { call: string; example?: unknown }[] };
  const examples = help.endpoints.filter(({ example }) => example !== undefined);

  for (const { call, example } of examples) {
    const { status } = await network.control(call.replace('POST /_control/', ''), example);
    expect([call, [200, 404].includes(status)]).toEqual([call, true]);
  }
  expect(examples.length).toBeGreaterThan(12);
});

test.each([
  ['customer-pays', {}, 400, 'ref'],
  ['customer-pays', { ref: 'NOBODY' }, 404, 'nothing here is called NOBODY'],
  ['seller-refunds', { ref: REFERENCE }, 409, 'cannot be refunded now'],
  ['settings', { automaticReturnAfterMs: 'soon' }, 400, 'automaticReturnAfterMs'],
  ['settings', { userId: 'me' }, 400, 'userId'],
  ['script', { fault: 'rain' }, 400, 'fault'],
  ['weather', { rates: { delay: 0.6, 'cut-body': 0.6 } }, 400, 'over 1'],
  ['forget', { ref: 'NOBODY' }, 404, 'NOBODY'],
  ['network', 'not json', 400, 'the body is not JSON'],
] as const)('%s with %j is answered with %i and why', async (name, body, status, words) => {
  const network = await startNetwork();
  await network.put();

  const answer = await network.control(name, body);

  expect(answer.status).toBe(status);
  expect((answer.json as { problem: string }).problem).toContain(words);
});

test('a merchant order may be named by its number at the control plane', async () => {
  const network = await startNetwork();
  await network.put();
  const { json } = await network.control('customer-pays', { ref: REFERENCE });
  const { merchantOrderId } = json as { merchantOrderId: number };

  expect((await network.control('end-window', { ref: merchantOrderId })).json).toMatchObject({
    order: { merchantOrders: [{ id: merchantOrderId, state: 'returned' }] },
  });
});

test('settings and weather are changed and read back, and requests are recorded with what became of them', async () => {
  const network = await startNetwork();
  await network.control('settings', { confirmWithinMs: 1_000, failDetailSpelling: 'either' });
  await network.control('weather', { rates: { 'not-json': 1 } });
  await network.put();

  expect((await network.control('settings')).json).toMatchObject({ confirmWithinMs: 1_000, country: 'AR' });
  expect((await network.control('requests')).json).toMatchObject([
    { operation: 'put-order', exchange: { fault: 'not-json', delivery: 'whole' } },
  ]);
});
