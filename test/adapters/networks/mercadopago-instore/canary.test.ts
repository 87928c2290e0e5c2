import { expect, test, vi } from 'vitest';
import type { Delivery, Reading } from '../../../../src-main/core/application/ports/payment-network.ts';
import { startRawServer, wire } from '../raw-server.ts';
import type { Answer, Seen } from '../raw-server.ts';
import { answer, NOBODY_SCANNED, OPERATIONS, ORDER, OURS_WAITS, send, TERMS, till, TOKEN } from './bench.ts';

/** The canary: our own token, as a network might hand it back. */
function echoIn({ header }: Seen): string {
  return header('authorization') ?? 'no authorization';
}

/** Every letter as a JSON escape: the same text to a parser, another one to a plain search. */
function escaped(text: string): string {
  return Array.from(text, (letter) => `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`).join('');
}

const STATUSES = [200, 201, 302, 400, 401, 403, 404, 409, 429, 500, 503];

const BODIES: readonly [string, (echo: string) => string][] = [
  ['plain text', (echo) => `who are you, ${echo}?`],
  ['an error message', (echo) => JSON.stringify({ error: 'already_notified', message: echo, cause: [echo] })],
  ['an error code', (echo) => JSON.stringify({ error: echo.replace('Bearer ', ''), message: 'no' })],
  ['an error, escaped', (echo) => `{"code":"${escaped(echo)}","message":"${escaped(echo)}"}`],
  ['a one-time code', (echo) => JSON.stringify({ qr_data: echo, in_store_order_id: echo })],
  ['a one-time code, escaped', (echo) => `{"qr_data":"${escaped(echo)}","in_store_order_id":"${escaped(echo)}"}`],
  ['a confirmation', (echo) => JSON.stringify({ order_id: 31_200_045_001, status: echo, note: echo })],
  ['merchant orders', (echo) => paidWith(JSON.stringify(echo).slice(1, -1))],
  ['merchant orders, escaped', (echo) => paidWith(escaped(echo))],
  ['percent-encoded text', (echo) => `x=${encodeURIComponent(echo)}`],
  ['base64', (echo) => Buffer.from(echo.replace('Bearer ', '')).toString('base64')],
  ['a field name', (echo) => JSON.stringify({ ...answer('paid'), [echo]: { [echo]: 1 } })],
  ['the 64 KiB edge', (echo) => `${' '.repeat(65_500)}${echo}`],
];

/** `text` is already what stands between the quotes of a JSON text. The reference stays ours, so that all else is read. */
function paidWith(text: string): string {
  const withTexts = ['order_status', 'currency_id', 'status_detail', 'preference_id'].reduce(
    (list, field) => list.replaceAll(new RegExp(`"${field}":"[^"]*"`, 'g'), () => `"${field}":"${text}"`),
    JSON.stringify(answer('paid')),
  );
  return withTexts.replaceAll(/"id":\d+/g, () => `"id":"${text}"`);
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
  const outcomes: (Delivery | Reading)[] = [await network.read(TERMS, ORDER)];
  for (const operation of OPERATIONS) outcomes.push(await send(network, operation));
  outcomes.push(await send(network, 'create', { ...TERMS, mode: 'dynamic' }));
  outcomes.push(await send(network, 'cancel', { ...TERMS, mode: 'dynamic' }));
  network.close();
  await server.close();
  return outcomes;
}

const WHOM = [
  ['every call', false],
  ['commands', true],
] as const;

test.each(BODIES.flatMap(([where, bodyOf]) => WHOM.map(([whom, spares]) => [where, whom, spares, bodyOf] as const)))(
  'our token, echoed in %s to %s, is nowhere in what the till keeps',
  async (_where, _whom, sparesSearches, bodyOf) => {
    const written = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
    for (const status of STATUSES) {
      const outcomes = await outcomesAgainst((seen, socket) => {
        if (sparesSearches && seen.head.startsWith('GET ')) {
          socket.end(wire(200, NOBODY_SCANNED, { Connection: 'close' }));
          return;
        }
        const echo = echoIn(seen);
        const headers = { 'x-request-id': echo.replace('Bearer ', ''), 'Retry-After': echo, Location: `/${echo}` };
        socket.end(wire(status, bodyOf(echo), { ...headers, Connection: 'close' }));
      });
      for (const outcome of outcomes) expect(leaksIn(outcome)).toEqual([]);
    }
    const log = written.flatMap((spy) => spy.mock.calls.map(([text]) => String(text))).join('');
    written.forEach((spy) => spy.mockRestore());
    expect(log).not.toContain(TOKEN);
  },
);

test('our token, cut off by a broken line in its middle, is nowhere in what the till keeps', async () => {
  for (const keep of [10, 20, 40, TOKEN.length - 1]) {
    const outcomes = await outcomesAgainst((seen, socket) => {
      const whole = wire(500, `{"message":"${echoIn(seen)}"}`);
      socket.end(whole.slice(0, whole.indexOf(TOKEN) + keep));
    });
    for (const outcome of outcomes) expect(leaksIn(outcome)).toEqual([]);
  }
});

test('an echo is removed and the rest of the evidence stays', async () => {
  const server = await startRawServer((seen, socket) => {
    socket.end(wire(400, `{"error":"invalid_status","message":"got ${echoIn(seen)}, hook-secret-1"}`));
  });
  const network = till({ baseUrl: server.baseUrl }, { otherSecrets: () => ['hook-secret-1'] });
  expect(await send(network, 'confirm')).toMatchObject({
    kind: 'refused',
    detail: 'got Bearer [removed], [removed]',
    evidence: { body: '{"error":"invalid_status","message":"got Bearer [removed], [removed]"}' },
  });
  await server.close();
});

test('the token travels in its header alone, and no idempotency key does', async () => {
  const heads: string[] = [];
  const bodies: string[] = [];
  await outcomesAgainst((seen, socket) => {
    heads.push(seen.head);
    bodies.push(seen.body);
    const body = seen.head.startsWith('GET /instore/') ? OURS_WAITS : NOBODY_SCANNED;
    socket.end(wire(200, body, { Connection: 'close' }));
  });
  expect(heads).toHaveLength(11);
  expect(
    heads.filter((head) => head.split(TOKEN).length !== 2 || !head.includes(`\r\nAuthorization: Bearer ${TOKEN}\r\n`)),
  ).toEqual([]);
  expect(heads.join('\n')).not.toMatch(/idempotency/i);
  expect(bodies.join('\n')).not.toContain(TOKEN);
});

test('a base URL that may not be used is refused without telling what is in it', () => {
  expect(() => till({ baseUrl: `https://user:${TOKEN}@api.example.test` })).toThrow(
    /^settings.invalid: base URL: has-credentials$/,
  );
});
