import { expect, test, vi } from 'vitest';
import type { Delivery, Reading } from '../../../../src-main/core/application/ports/payment-network.ts';
import { startRawServer, wire } from '../raw-server.ts';
import type { Answer, Seen } from '../raw-server.ts';
import { answer, ORDER, send, TERMS, till, TOKEN } from './bench.ts';

/** The canary: our own token, as a network might hand it back. */
function echoIn({ header }: Seen): string {
  return header('authorization') ?? 'no authorization';
}

/** Every letter as a JSON escape: the same text to a parser, another one to a plain search. */
function escaped(text: string): string {
  return Array.from(text, (letter) => `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`).join('');
}

const STATUSES = [200, 201, 302, 400, 401, 403, 404, 409, 422, 423, 429, 500, 503];

const BODIES: readonly [string, (echo: string) => string][] = [
  ['plain text', (echo) => `who are you, ${echo}?`],
  ['an error message', (echo) => JSON.stringify({ errors: [{ code: 'bad_request', message: echo, details: [echo] }] })],
  ['an error code', (echo) => JSON.stringify({ errors: [{ code: echo.replace('Bearer ', ''), message: 'no' }] })],
  ['the old envelope', (echo) => JSON.stringify({ error: echo, message: echo, cause: [echo] })],
  ['a list', (echo) => JSON.stringify([echo, [echo]])],
  ['an order', (echo) => orderWith(JSON.stringify(echo).slice(1, -1))],
  ['an order, escaped', (echo) => orderWith(escaped(echo))],
  ['an error, escaped', (echo) => `{"errors":[{"code":"${escaped(echo)}","message":"${escaped(echo)}"}]}`],
  ['a percent-encoded text', (echo) => `x=${encodeURIComponent(echo)}`],
  ['base64', (echo) => Buffer.from(echo.replace('Bearer ', '')).toString('base64')],
  ['a field name', (echo) => JSON.stringify({ ...answer('created'), [echo]: { [echo]: 1 } })],
  ['the 64 KiB edge', (echo) => `${' '.repeat(65_500)}${echo}`],
];

/** `text` is already what stands between the quotes of a JSON text. */
function orderWith(text: string): string {
  const fields = ['external_reference', 'user_id', 'external_pos_id', 'qr_data', 'status_detail', 'currency', 'amount'];
  return fields.reduce(
    (order, field) => order.replaceAll(new RegExp(`"${field}":"[^"]*"`, 'g'), () => `"${field}":"${text}"`),
    JSON.stringify(answer('created')),
  );
}

const SHORTEST_PIECE = 12;

/** No piece of the token may be left, however it is cut; `APP_USR-` alone is everybody's. */
function leaksIn(outcome: Delivery | Reading): string[] {
  const kept = JSON.stringify(outcome);
  const forms = [
    TOKEN,
    Buffer.from(TOKEN).toString('base64'),
    escaped(TOKEN),
    JSON.stringify(escaped(TOKEN)).slice(1, -1),
  ];
  return forms
    .map((form) => form.slice(0, form.includes('\\') ? SHORTEST_PIECE * 6 : SHORTEST_PIECE))
    .filter((piece) => kept.includes(piece));
}

async function outcomesAgainst(reply: Answer): Promise<(Delivery | Reading)[]> {
  const server = await startRawServer(reply);
  const network = till({ baseUrl: server.baseUrl }, { commandDeadlineMs: 400, readDeadlineMs: 400 });
  const outcomes: (Delivery | Reading)[] = [
    await send(network, 'create'),
    await send(network, 'cancel'),
    await send(network, 'refund'),
    await network.read(TERMS, ORDER),
  ];
  network.close();
  await server.close();
  return outcomes;
}

test.each(BODIES)('our token, echoed in %s, is nowhere in what the till keeps', async (_where, bodyOf) => {
  const written = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
  for (const status of STATUSES) {
    const outcomes = await outcomesAgainst((seen, socket) => {
      const echo = echoIn(seen);
      const headers = {
        'x-request-id': echo.replace('Bearer ', ''),
        'Retry-After': echo,
        Location: `/${echo}`,
        Authorization: echo,
      };
      socket.end(wire(status, bodyOf(echo), { ...headers, Connection: 'close' }));
    });
    for (const outcome of outcomes) {
      expect(leaksIn(outcome)).toEqual([]);
    }
  }
  const log = written.flatMap((spy) => spy.mock.calls.map(([text]) => String(text))).join('');
  written.forEach((spy) => spy.mockRestore());
  expect(log).not.toContain(TOKEN);
});

test('our token, cut off by a broken line in its middle, is nowhere in what the till keeps', async () => {
  for (const keep of [10, 20, 40, TOKEN.length - 1]) {
    const outcomes = await outcomesAgainst((seen, socket) => {
      const whole = wire(500, `{"message":"${echoIn(seen)}"}`);
      socket.end(whole.slice(0, whole.indexOf(TOKEN) + keep));
    });
    for (const outcome of outcomes) {
      expect(leaksIn(outcome)).toEqual([]);
      expect(outcome).toMatchObject({ evidence: { body: '{"message":"Bearer [removed]' } });
    }
  }
});

test('an echo is removed and the rest of the evidence stays', async () => {
  const [created] = await outcomesAgainst((seen, socket) => {
    socket.end(wire(400, `{"errors":[{"code":"bad_request","message":"got ${echoIn(seen)} twice"}]}`));
  });
  expect(created).toMatchObject({
    kind: 'refused',
    detail: 'got Bearer [removed] twice',
    evidence: { body: '{"errors":[{"code":"bad_request","message":"got Bearer [removed] twice"}]}' },
  });
});

test('other secrets of the till are removed as well', async () => {
  const server = await startRawServer(
    (_seen, socket) => void socket.end(wire(500, '{"message":"hook-secret-1 and more"}')),
  );
  const network = till({ baseUrl: server.baseUrl }, { otherSecrets: () => ['hook-secret-1', ''] });
  expect(await send(network, 'cancel')).toMatchObject({ evidence: { body: '{"message":"[removed] and more"}' } });
  await server.close();
});

test('a base URL that may not be used is refused without telling what is in it', () => {
  expect(() => till({ baseUrl: `https://user:${TOKEN}@api.example.test` })).toThrow(
    /^settings.invalid: base URL: has-credentials$/,
  );
});

test('a request id that carries our token is replaced by our own', async () => {
  const [created] = await outcomesAgainst((seen, socket) => {
    socket.end(wire(500, '', { 'x-request-id': `id-${echoIn(seen).replace('Bearer ', '')}` }));
  });
  expect(created).toMatchObject({ evidence: { requestId: 'OWN00000000000000000000001' } });
});
