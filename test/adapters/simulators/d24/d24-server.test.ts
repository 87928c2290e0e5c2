/** The simulated Cashouts API over real loopback sockets: what a till's HTTP client meets, and the control plane beside it. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createD24Engine } from '../../../../src-main/simulators/networks/d24/engine.ts';
import type { D24Engine } from '../../../../src-main/simulators/networks/d24/engine.ts';
import { createD24Server } from '../../../../src-main/simulators/networks/d24/server.ts';
import { KEYS, NOON_MS, payoutOf, tillHeaders } from './payout-bench.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function startNetwork(options: Parameters<typeof createD24Server>[1] = {}) {
  const engine = createD24Engine({ seed: 7, nowMs: () => NOON_MS, brand: 'tupay' });
  const server = await createD24Server(engine, options);
  closers.push(server.close);
  const send = (method: string, path: string, body: unknown) => {
    const bodyText = JSON.stringify(body);
    return fetch(server.baseUrl + path, { method, headers: tillHeaders(bodyText), body: bodyText });
  };
  return {
    engine,
    ...server,
    send,
    create: (changes: Record<string, unknown> = {}) => send('POST', '/v3/cashout', payoutOf('tupay', changes)),
    control: (name: string, body?: unknown) =>
      fetch(
        `${server.controlUrl}/${name}`,
        body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) },
      ),
  };
}

function onlyPayout(engine: D24Engine) {
  const [payout, ...others] = engine.payouts();
  if (payout === undefined || others.length > 0) throw new Error(`${others.length + 1} payouts`);
  return payout;
}

test('a till sends a payout, the bank pays by the control plane, and the till reads that it arrived', async () => {
  const network = await startNetwork();

  const created = (await (await network.create()).json()) as { cashout_id: string };
  const ids = { ...KEYS, cashout_id: Number(created.cashout_id), external_id: 'T07-20250301-000412' };
  const held = await network.send('PUT', '/v3/cashout/status', {
    ...KEYS,
    cashout_id: ids.cashout_id,
    status: 'ON_HOLD',
  });
  const released = await network.control('merchant-releases', { ref: created.cashout_id });
  const paid = await network.control('bank-completes', { ref: ids.external_id });
  const read = await network.send('POST', '/v3/cashout/status', ids);

  expect([held.status, released.status, paid.status]).toEqual([200, 200, 200]);
  expect(await read.json()).toEqual({ cashout_status: 1, cashout_status_description: 'Completed' });
  expect(read.headers.get('date')).toBe('Fri, 21 Nov 2025 12:00:00 GMT');
});

test('a DELETE arrives with its body and is signed over it', async () => {
  const network = await startNetwork();
  await network.create();
  const { cashoutId, externalId } = onlyPayout(network.engine);

  const answer = await network.send('DELETE', '/v3/cashout/cancel', {
    ...KEYS,
    cashout_id: cashoutId,
    external_id: externalId,
  });

  expect(await answer.json()).toEqual({ cashout_status: 2, cashout_status_description: 'Canceled' });
});

test('the signature covers the bytes on the wire, letters beyond ASCII included', async () => {
  const network = await startNetwork();
  const bodyText = JSON.stringify(payoutOf('tupay', { beneficiary_name: 'Begoña Ñañez 日本' }));
  const post = (body: string | Buffer) =>
    fetch(`${network.baseUrl}/v3/cashout`, { method: 'POST', headers: tillHeaders(bodyText), body: Buffer.from(body) });

  const otherBytes = await post(Buffer.from(bodyText, 'latin1'));
  const escaped = await post(bodyText.replace('ñ', String.raw`\u00f1`));
  const same = await post(bodyText);

  expect([otherBytes, escaped, same].map(({ status }) => status)).toEqual([412, 412, 200]);
  expect(await otherBytes.json()).toMatchObject({ code: 302 });
  expect(await escaped.json()).toMatchObject({ code: 302 });
});

test('a connection that ends after the commit leaves the payout, one that ends before leaves none', async () => {
  const network = await startNetwork();
  network.engine.script({ fault: 'drop-before-commit' }, { fault: 'drop-after-commit' });

  await expect(network.create()).rejects.toThrow('fetch failed');
  expect(network.engine.payouts()).toEqual([]);
  await expect(network.create()).rejects.toThrow('fetch failed');
  expect(onlyPayout(network.engine).state).toBe('pending');
  expect(await (await network.create()).json()).toMatchObject({ code: 511 });
});

test('a cut answer brings its status and headers, and then half a body', async () => {
  const network = await startNetwork();
  network.engine.script({ fault: 'cut-body' });

  const answer = await network.create();

  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow('terminated');
  expect(network.engine.payouts()).toHaveLength(1);
});

test('while the network is down every connection is reset, and the control plane still answers', async () => {
  const network = await startNetwork();
  expect(await (await network.control('network', { network: 'down' })).json()).toEqual({ network: 'down' });

  await expect(network.create()).rejects.toThrow('fetch failed');
  expect(await (await network.control('payouts')).json()).toEqual([]);

  await network.control('network', { network: 'up' });
  expect((await network.create()).status).toBe(200);
});

test('a client without a User-Agent is told so', async () => {
  const network = await startNetwork();
  const bodyText = JSON.stringify(payoutOf('tupay'));
  const { 'user-agent': _left, ...headers } = tillHeaders(bodyText);

  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(`${network.baseUrl}/v3/cashout`, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject);
    sent.end(bodyText);
  });

  expect(status).toBe(412);
  expect(network.engine.payouts()).toEqual([]);
});

test('the merchants API answers under the same address, by the cookie of its login', async () => {
  const network = await startNetwork();
  await network.create();
  const login = await fetch(`${network.baseUrl}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ accessKey: 'reports@example.com', secretKey: 'reports_secret' }),
  });
  const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const seconds = NOON_MS / 1_000;

  const list = await fetch(`${network.baseUrl}/v1/cashouts?from=${seconds}&to=${seconds}&page=0`, {
    headers: { cookie },
  });

  expect(await list.json()).toMatchObject({ rows: 1, data: [{ externalId: 'T07-20250301-000412', amount: 250.5 }] });
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
  const ref = String(onlyPayout(network.engine).cashoutId);

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
  ['script', { fault: 'refused', code: '514' }, 'code'],
  ['weather', { rates: { delay: 2 } }, 'rates.delay'],
  ['weather', { rates: { delay: 0.7, 'cut-body': 0.7 } }, 'add up to 1.4'],
  ['settings', { countries: ['XX'] }, 'countries'],
  ['settings', { mood: 'good' }, 'mood'],
  ['settings', { openingBalances: { PEN: '1' } }, 'openingBalances'],
  ['banks', { banks: { accept: { minimumMs: 9, maximumMs: 1 } } }, 'banks'],
  ['bank-completes', {}, 'ref'],
  ['top-up', { currency: 'PEN', amount: '5,00' }, '5,00'],
  ['bank-rejects', '{"ref":', 'JSON'],
] as const)('control %s answers %j with 400 and says what is wrong', async (name, body, word) => {
  const network = await startNetwork();

  const answer = await network.control(name, body);

  expect(answer.status).toBe(400);
  expect(((await answer.json()) as { problem: string }).problem).toContain(word);
});

test('a control that cannot be done says why', async () => {
  const network = await startNetwork();
  await network.create();
  const ref = 'T07-20250301-000412';
  const outcomeOf = async (name: string, body?: unknown) => {
    const answer = await network.control(name, body);
    return `${answer.status} ${((await answer.json()) as { problem: string }).problem}`;
  };

  expect(await outcomeOf('bank-completes', { ref: 'nobody' })).toBe(
    '404 no payout with cashout id or external id nobody',
  );
  expect(await outcomeOf('bank-returns-late', { ref })).toBe(
    '409 a payout that is pending cannot come back from the bank now',
  );
  expect(await outcomeOf('payouts?ref=nobody')).toBe('404 no payout with cashout id or external id nobody');
  expect(await outcomeOf('bank-completes')).toBe('405 bank-completes understands POST');
});

test('settings, script, weather, banks and credentials can be set from outside and read back', async () => {
  const network = await startNetwork();

  await network.control('settings', {
    isIpRegistered: false,
    limits: { minimum: '5', transactionMaximum: null, dailyMaximum: null },
  });
  await network.control('banks', { banks: 'none' });
  await network.control('weather', { rates: { delay: 0.25 } });
  await network.control('script', [
    { fault: 'refused', code: 514, count: 'always' },
    { fault: 'not-found', skip: 1 },
  ]);

  expect(await (await network.control('settings')).json()).toMatchObject({
    isIpRegistered: false,
    limits: { minimum: '5' },
    ids: 'both',
  });
  expect(await (await network.control('weather')).json()).toEqual({ rates: { delay: 0.25 } });
  expect(await (await network.control('script')).json()).toEqual([
    { fault: 'refused', code: 514, count: 'always', skip: 0 },
    { fault: 'not-found', skip: 1, count: 1 },
  ]);
  await fetch(`${network.controlUrl}/script`, { method: 'DELETE' });
  await network.control('settings', { isIpRegistered: true });
  await network.control('weather', { rates: {} });
  await network.control('revoke-credentials', {});
  expect((await network.create({ amount: 5 })).status).toBe(401);
  await network.control('restore-credentials', {});
  expect((await network.create({ amount: 5 })).status).toBe(200);
  expect(await (await network.control('top-up', { currency: 'PEN', amount: '5' })).json()).toEqual({
    currency: 'PEN',
    available: '1000000.00',
    reserved: '5.00',
  });
});

test('notifications are posted as forms to the address that is set, and again when it does not take them', async () => {
  const received: { type: string | undefined; body: string }[] = [];
  const office = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    incoming.on('end', () => {
      received.push({ type: incoming.headers['content-type'], body });
      response.writeHead(received.length < 3 ? 503 : 200).end();
    });
  });
  await new Promise<void>((resolve) => office.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => office.close(() => resolve())));
  const network = await startNetwork({ noticeRetryAfterMs: 20 });
  const url = `http://127.0.0.1:${(office.address() as AddressInfo).port}/d24`;
  await network.create({ notification_url: url });

  network.engine.bankAccepts('T07-20250301-000412');

  await expect.poll(() => received.length, { timeout: 30_000 }).toBe(3);
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  expect(received[0]).toEqual({
    type: 'application/x-www-form-urlencoded',
    body: network.engine.notices()[0]?.bodyText,
  });
});

test('what left the socket can be read back byte for byte', async () => {
  const network = await startNetwork();
  await network.create();

  const [recorded] = (await (await network.control('requests')).json()) as ReturnType<D24Engine['requests']>;

  expect(recorded).toMatchObject({
    operation: 'create',
    request: { method: 'POST', path: '/v3/cashout', bodyText: JSON.stringify(payoutOf('tupay')) },
  });
  await fetch(`${network.controlUrl}/requests`, { method: 'DELETE' });
  expect(network.engine.requests()).toEqual([]);
});
