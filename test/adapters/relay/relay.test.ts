/** The relay over HTTP: what it takes from networks, what it tells tills, and what it tells nobody. */
import { connect } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { HintQueue } from '../../../src-main/relay/queue.ts';
import { openSqliteQueue } from '../../../src-main/relay/sqlite-queue.ts';
import {
  askHints,
  NORTE_KEY,
  openRelay,
  OTHER_KEY,
  postOrderNotice,
  postPayoutNotice,
  relayConfig,
  TILL_KEY,
} from '../../support/relay-bench.ts';
import { temporaryDirectory } from '../system/temporary-directory.ts';

type Open = Awaited<ReturnType<typeof openRelay>> & { folder: string; queue: HintQueue };

async function open(change: object = {}, wrap: (queue: HintQueue) => HintQueue = (queue) => queue): Promise<Open> {
  const folder = temporaryDirectory();
  const queue = wrap(openSqliteQueue(path.join(folder, 'relay.db')));
  const relay = await openRelay(queue, relayConfig(folder, change));
  onTestFinished(() => relay.close());
  return { ...relay, folder, queue };
}

const ORDER = 'ORD01K9ZZ7H4Q2V8D6M3N5P7R9T1W';

async function startCursor(url: string, key = TILL_KEY.key): Promise<string> {
  return (await askHints(url, key)).cursor;
}

test('a signed notification is kept, and a till that waits hears of it at once', async () => {
  const { url, counts } = await open();
  const cursor = await startCursor(url);
  const waiting = askHints(url, TILL_KEY.key, `?after=${cursor}&wait=20`);
  const startedMs = performance.now();
  expect(await postOrderNotice(url, { orderId: ORDER })).toBe(200);
  const page = await waiting;
  expect(performance.now() - startedMs).toBeLessThan(4_000);
  expect(page).toMatchObject({
    gap: false,
    hints: [{ network: 'mercadopago-orders', subjects: { orderId: ORDER }, verified: true }],
  });
  expect(counts()).toMatchObject({ verified: 1, duplicates: 0 });
});

test('without a cursor a till begins here, and is told that it does not know what was before', async () => {
  const { url } = await open();
  await postOrderNotice(url, { orderId: ORDER });
  const page = await askHints(url, TILL_KEY.key);
  expect(page).toMatchObject({ gap: true, hints: [] });
  expect(await askHints(url, TILL_KEY.key, `?after=${page.cursor}&wait=0`)).toEqual({
    gap: false,
    hints: [],
    cursor: page.cursor,
  });
});

test('every till of a shop hears, tills of another shop do not', async () => {
  const { url } = await open();
  const [first, second] = [await startCursor(url), await startCursor(url, OTHER_KEY.key)];
  const other = await startCursor(url, NORTE_KEY.key);
  await postOrderNotice(url, { orderId: ORDER });
  for (const [key, cursor, count] of [
    [TILL_KEY.key, first, 1],
    [OTHER_KEY.key, second, 1],
    [NORTE_KEY.key, other, 0],
  ] as const) {
    expect((await askHints(url, key, `?after=${cursor}&wait=0`)).hints).toHaveLength(count);
  }
});

test('a repetition of the same notification is thanked for and wakes nobody; news about the same order do', async () => {
  const { url, counts } = await open();
  const cursor = await startCursor(url);
  const requestId = 'a-request';
  for (let turn = 0; turn < 3; turn += 1) expect(await postOrderNotice(url, { orderId: ORDER, requestId })).toBe(200);
  // Signed anew for the repetition, as a network may.
  expect(await postOrderNotice(url, { orderId: ORDER })).toBe(200);
  expect(await postOrderNotice(url, { orderId: ORDER, version: 4 })).toBe(200);
  expect((await askHints(url, TILL_KEY.key, `?after=${cursor}&wait=0`)).hints).toHaveLength(2);
  expect(counts()).toMatchObject({ verified: 2, duplicates: 3 });
});

test('a forged notification is refused and counted, wakes nobody, and is not asked for again by the log', async () => {
  const { url, counts, said } = await open();
  const cursor = await startCursor(url);
  for (let turn = 0; turn < 30; turn += 1) {
    expect(await postOrderNotice(url, { orderId: ORDER, secret: 'another-secret' })).toBe(401);
  }
  expect(await postOrderNotice(url, { orderId: ORDER, signedAtMs: Date.now() - 27 * 3_600_000 })).toBe(401);
  expect(await postPayoutNotice(url, 'T07-1', 'another-secret')).toBe(401);
  expect((await askHints(url, TILL_KEY.key, `?after=${cursor}&wait=0`)).hints).toEqual([]);
  expect(counts()).toMatchObject({ forged: 32, verified: 0 });
  expect(said.filter(({ message }) => message === 'notification refused').length).toBeLessThan(15);
});

test('what nobody signs is a hint, once in a while about one order; a shop may refuse it', async () => {
  const { url, counts } = await open({ unsignedWindowSeconds: 60 });
  const cursor = await startCursor(url);
  for (let turn = 0; turn < 5; turn += 1)
    expect(await postOrderNotice(url, { orderId: ORDER, unsigned: true })).toBe(200);
  const { hints } = await askHints(url, TILL_KEY.key, `?after=${cursor}&wait=0`);
  expect(hints.length).toBeLessThanOrEqual(2); // Two when the five lie on both sides of a window's end.
  expect(hints[0]).toMatchObject({ subjects: { orderId: ORDER }, verified: false });
  // An unsigned one never stands in the way of the signed one.
  expect(await postOrderNotice(url, { orderId: ORDER })).toBe(200);
  expect(counts().verified).toBe(1);
  expect(await postOrderNotice(url, { orderId: ORDER, unsigned: true, shop: 'norte' })).toBe(401);
});

test('a flood of unsigned or of repeated notifications is held back', async () => {
  const { url, counts } = await open({ unsignedPerMinute: 3 });
  const statuses = [];
  for (let turn = 0; turn < 5; turn += 1)
    statuses.push(await postOrderNotice(url, { orderId: `ORD${turn}`, unsigned: true }));
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  // One signature, seen once, with another body around it each time.
  const again = [];
  for (let version = 0; version < 62; version += 1) {
    again.push(await postOrderNotice(url, { orderId: ORDER, version, requestId: 'seen', signedAtMs: Date.now() }));
  }
  expect(again.filter((status) => status === 429)).toHaveLength(2);
  expect(counts()).toMatchObject({ 'too-many': 4 });
});

test('payout notifications are known by our id, and an id that no till knows is thanked for all the same', async () => {
  const { url } = await open();
  const cursor = await startCursor(url);
  expect(await postPayoutNotice(url, 'T07-20250301-000412')).toBe(200);
  expect(await postPayoutNotice(url, 'T07-20250301-000412')).toBe(200);
  expect(await postPayoutNotice(url, 'somebody else’s')).toBe(200);
  expect(await postPayoutNotice(url, 'two\nlines')).toBe(200);
  const { hints } = await askHints(url, TILL_KEY.key, `?after=${cursor}&wait=0`);
  expect(hints.map(({ subjects }) => subjects)).toEqual([
    { externalReference: 'T07-20250301-000412' },
    { externalReference: 'somebody else’s' },
  ]);
});

test.each([
  ['POST', '/notify/nowhere/mercadopago-orders', 404],
  ['POST', '/notify/centro/onekey', 404],
  ['POST', '/notify/centro/__proto__', 404],
  ['POST', '/notify/centro', 404],
  ['POST', '/notify/centro/tupay/x', 404],
  ['GET', '/notify/centro/tupay', 405],
  ['POST', '/notify/centro/tupay', 400],
  ['POST', '/notify/centro/mercadopago-instore', 400],
  ['POST', '/notify/centro/mercadopago-instore?type=point_integration_wh&data.id=1', 200],
  ['GET', '/', 404],
  ['GET', '//evil', 404],
  ['GET', '/health', 200],
] as const)('%s %s is answered with %i', async (method, target, status) => {
  const { url } = await open();
  const response = await fetch(url + target, { method, ...(method === 'POST' && { body: 'x=1' }) });
  expect(response.status).toBe(status);
});

test('the same words for every key that is none, and a wait for who tries many; a good key is never kept waiting', async () => {
  const { url } = await open();
  const answers = new Set<string>();
  const ask = async (authorization?: string): Promise<number> => {
    const response = await fetch(`${url}/hints?wait=0`, {
      headers: authorization === undefined ? {} : { authorization },
    });
    answers.add(await response.text());
    return response.status;
  };
  const wrong = [undefined, '', 'Bearer', 'Bearer ', `Basic ${TILL_KEY.key}`, `Bearer ${TILL_KEY.key}x`, TILL_KEY.key];
  const lookalikes = [
    `Bearer ${TILL_KEY.keySha256}`,
    `Bearer ${'x'.repeat(5_000)}`,
    `Bearer ${TILL_KEY.key.toLowerCase()}`,
  ];
  for (const header of [...wrong, ...lookalikes]) expect(await ask(header)).toBe(401);
  expect(answers.size).toBe(1);
  const many = [];
  for (let turn = 0; turn < 15; turn += 1) many.push(await ask('Bearer guess'));
  expect(new Set(many)).toEqual(new Set([401, 429]));
  expect(await ask(`Bearer ${TILL_KEY.key}`)).toBe(200);
});

test('a body or a header that is too large is not read to its end', async () => {
  const { url, counts } = await open();
  const large = await fetch(`${url}/notify/centro/tupay`, { method: 'POST', body: 'x'.repeat(70_000) }).catch(
    () => undefined,
  );
  expect(large?.status ?? 413).toBe(413);
  const chunked = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array(16_384));
    },
  });
  const endless = await fetch(`${url}/notify/centro/tupay`, { method: 'POST', body: chunked, duplex: 'half' }).catch(
    () => undefined,
  );
  expect(endless?.status ?? 413).toBe(413);
  const wide = await fetch(`${url}/health`, { headers: { 'x-filler': 'x'.repeat(20_000) } }).catch(() => undefined);
  expect(wide?.status ?? 431).toBe(431);
  expect(await postOrderNotice(url, { orderId: ORDER })).toBe(200);
  expect(counts().verified).toBe(1);
});

test('a signature header that comes twice is none', async () => {
  const { url, counts } = await open();
  const { port } = new URL(url);
  const said = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      const lines = [
        `POST /notify/centro/mercadopago-orders?data.id=${ORDER}&type=order HTTP/1.1`,
        'Host: relay',
        'Content-Length: 2',
        'Connection: close',
        'X-Signature: ts=1,v1=00',
        'X-Signature: ts=2,v1=00',
      ];
      socket.write(`${lines.join('\r\n')}\r\n\r\n{}`);
    });
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
  expect(said).toMatch(/^HTTP\/1\.1 401 /);
  expect(counts().forged).toBe(1);
});

test('a queue that cannot keep is said so: the network comes again, and health is not well', async () => {
  let isBroken = true;
  const { url, counts, said } = await open({}, (queue) => ({
    ...queue,
    add: async (hint) => (isBroken ? Promise.reject(new Error('disk full')) : queue.add(hint)),
    check: async () => (isBroken ? Promise.reject(new Error('disk full')) : queue.check()),
  }));
  expect(await postOrderNotice(url, { orderId: ORDER })).toBe(500);
  expect((await fetch(`${url}/health`)).status).toBe(503);
  isBroken = false;
  expect(await postOrderNotice(url, { orderId: ORDER })).toBe(200);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(counts()).toMatchObject({ failed: 1, verified: 1 });
  expect(said.map(({ facts }) => JSON.stringify(facts)).join(' ')).toContain('disk full');
});

test('a till has four waits at most: an older one is answered at once, with nothing', async () => {
  const { url, waiting } = await open();
  const cursor = await startCursor(url);
  const waits = Array.from({ length: 5 }, () => askHints(url, TILL_KEY.key, `?after=${cursor}&wait=3`));
  const first = await Promise.race(waits);
  expect(first.hints).toEqual([]);
  expect(waiting()).toBeLessThanOrEqual(4);
  await Promise.all(waits);
});

test('stopping answers everybody who waits, and keeps what was accepted', async () => {
  const folder = temporaryDirectory();
  const file = path.join(folder, 'relay.db');
  const relay = await openRelay(openSqliteQueue(file), relayConfig(folder));
  const cursor = await startCursor(relay.url);
  const waiting = askHints(relay.url, TILL_KEY.key, `?after=${cursor}&wait=50`);
  await expect.poll(() => relay.waiting()).toBe(1);
  const startedMs = performance.now();
  await relay.close();
  expect((await waiting).cursor).toBe(cursor);
  expect(performance.now() - startedMs).toBeLessThan(4_000);
});

/** Reads server-sent events until there are so many of them that carry data. */
async function readEvents(response: Response, count: number): Promise<readonly Readonly<Record<string, string>>[]> {
  const events: Record<string, string>[] = [];
  let text = '';
  if (!response.body) throw new Error('no stream');
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]);
      if (fields.some(([name]) => name === 'data')) events.push(Object.fromEntries(fields));
    }
    if (events.length >= count) break;
  }
  return events;
}

test('a stream tells each hint with its own cursor, and goes on after the last one seen', async () => {
  const { url, waiting } = await open();
  const headers = { authorization: `Bearer ${TILL_KEY.key}`, accept: 'text/event-stream' };
  const stream = await fetch(`${url}/hints`, { headers });
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  await expect.poll(() => waiting()).toBe(1);
  await postOrderNotice(url, { orderId: 'ORD1' });
  await postOrderNotice(url, { orderId: 'ORD2' });
  const [gap, first, second] = await readEvents(stream, 3);
  expect(gap).toMatchObject({ event: 'gap', data: '{}' });
  expect([first?.['data'], second?.['data']].map((data) => JSON.parse(data ?? '') as unknown)).toMatchObject([
    { subjects: { orderId: 'ORD1' } },
    { subjects: { orderId: 'ORD2' } },
  ]);
  await expect.poll(() => waiting()).toBe(0);
  const again = await fetch(`${url}/hints`, { headers: { ...headers, 'last-event-id': first?.['id'] ?? '' } });
  expect((await readEvents(again, 1))[0]).toMatchObject({ event: 'hint', id: second?.['id'] });
});
