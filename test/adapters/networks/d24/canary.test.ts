import { expect, test, vi } from 'vitest';
import { payloadSignature } from '../../../../src-main/adapters/networks/d24/signed-body.ts';
import { startRawServer, wire } from '../raw-server.ts';
import type { Answer, Seen } from '../raw-server.ts';
import { COMMANDS, KEY, network, send } from './bench.ts';

/** The canaries: everything secret of this account, as a network might hand it back. The quotes make JSON write the pass in another way. */
const CANARY = {
  login: 'LGN-c0ffee00canary01',
  pass: 'pass "c0ffee00canary02" \\ñ',
  signatureKey: 'KEY-c0ffee00canary03',
  readOnlyKey: 'RO-c0ffee00canary04',
  listUser: 'canary05@example.com',
  listPassword: 'list-c0ffee00canary06',
};
const SESSION = 'session-c0ffee00canary07';

/** All that the till sent, the keys that it only signed with, and its session where there is one. */
function echoOf({ head, body, header }: Seen): string {
  const signature = header('payload-signature') ?? '';
  return [
    signature,
    signature.toUpperCase(),
    header('authorization') ?? '',
    ...Object.values(CANARY),
    /^\w+ \/v1\/(auth|cashouts)/.test(head) ? SESSION : '',
    body,
    head.replaceAll('\r\n', ' | '),
  ].join(' ; ');
}

function escaped(text: string): string {
  return Array.from(text, (letter) => `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`).join('');
}

const STATUSES = [200, 302, 400, 401, 403, 404, 412, 429, 500, 503];

const BODIES: readonly (readonly [string, (echo: string) => string])[] = [
  ['plain text', (echo) => `who are you, ${echo}?`],
  ['the request itself', (echo) => echo.slice(echo.indexOf('{'), echo.lastIndexOf('}') + 1)],
  ['an error message', (echo) => JSON.stringify({ code: 300, message: echo, reason: echo, reason_code: echo })],
  ['an error of a rate', (echo) => JSON.stringify({ code: 100, description: echo })],
  [
    'a status',
    (echo) =>
      JSON.stringify({
        cashout_status: 3,
        cashout_status_description: echo,
        rejection_reason: echo,
        provider_external_reference: echo,
        bank_reference_id: echo,
        bank: { name: echo },
      }),
  ],
  ['a status, escaped', (echo) => `{"cashout_status":3,"rejection_reason":"${escaped(echo)}"}`],
  ['a status beside a creation', (echo) => JSON.stringify({ cashout_id: '1', cashout_status: 2, echo })],
  [
    'a list of payouts',
    (echo) => JSON.stringify({ maxRows: 50, data: [{ externalId: echo, reason: echo, status: echo }] }),
  ],
  ['a list of banks', (echo) => JSON.stringify([{ code: '001', name: echo, [echo]: echo }])],
  ['a percent-encoded text', (echo) => Object.values(CANARY).map(encodeURIComponent).join('&') + echo],
  [
    'base64',
    (echo) =>
      Object.values(CANARY)
        .map((text) => Buffer.from(text).toString('base64'))
        .join(' ') + echo,
  ],
  ['the 64 KiB edge', (echo) => `${' '.repeat(65_300)}${echo}`],
];

const SHORTEST_PIECE = 12;

function leaksIn(kept: string, signatures: readonly string[]): string[] {
  const secrets = [...Object.values(CANARY), SESSION, ...signatures, ...signatures.map((text) => text.toUpperCase())];
  const forms = secrets.flatMap((secret) => [
    secret.slice(0, SHORTEST_PIECE),
    JSON.stringify(secret)
      .slice(1, -1)
      .slice(0, SHORTEST_PIECE + 2),
    Buffer.from(secret).toString('base64').slice(0, SHORTEST_PIECE),
    encodeURIComponent(secret).slice(0, SHORTEST_PIECE + 4),
    escaped(secret).slice(0, SHORTEST_PIECE * 6),
  ]);
  return forms.filter((form) => kept.includes(form));
}

async function leaksAgainst(reply: Answer): Promise<string[]> {
  const server = await startRawServer(reply);
  const { baseUrl } = server;
  const options = { secrets: () => CANARY, commandDeadlineMs: 5_000, readDeadlineMs: 5_000 };
  const till = network({ baseUrl, listBaseUrl: baseUrl }, options);
  const outcomes: unknown[] = [];
  for (const command of COMMANDS) outcomes.push(await send(till, command));
  outcomes.push(await till.read(KEY), await till.read({ externalId: KEY.externalId }));
  outcomes.push(await till.banks('BR'), await till.exchangeRate('PE', 1_000));
  outcomes.push(await till.reconcile({ fromMs: 0, toMs: 86_400_000 }));
  const signatures = server.seen.map(({ header }) => header('payload-signature') ?? '').filter(Boolean);
  till.close();
  await server.close();
  expect(signatures.length).toBe(COMMANDS.length + 2);
  return leaksIn(JSON.stringify(outcomes), signatures);
}

test.each(BODIES)('our secrets, echoed in %s, are nowhere in what the till keeps', async (_where, bodyOf) => {
  const written = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
  for (const status of STATUSES) {
    const leaks = await leaksAgainst((seen, socket) => {
      const headers = {
        'x-request-id': seen.header('payload-signature') ?? CANARY.readOnlyKey,
        'Retry-After': CANARY.login,
        Location: `/${CANARY.signatureKey}`,
        'Set-Cookie': `BEARER_TOKEN=${SESSION}; Path=/`,
        Connection: 'close',
      };
      socket.end(wire(status, bodyOf(echoOf(seen)), headers));
    });
    expect([status, leaks]).toEqual([status, []]);
  }
  const log = written.flatMap((spy) => spy.mock.calls.map(([text]) => String(text))).join('');
  written.forEach((spy) => spy.mockRestore());
  expect(leaksIn(log, [])).toEqual([]);
});

test('our pass, cut off by a broken line in its middle, is nowhere in what the till keeps', async () => {
  for (const keep of [5, 8, 12, CANARY.login.length - 1]) {
    const leaks = await leaksAgainst((_seen, socket) => {
      const whole = wire(500, `{"message":"${CANARY.login}"}`);
      socket.end(whole.slice(0, whole.indexOf(CANARY.login) + keep));
    });
    expect(leaks).toEqual([]);
  }
});

test('an echo is removed and the rest of the evidence stays', async () => {
  const server = await startRawServer((seen, socket) => {
    const signature = payloadSignature(Buffer.from(seen.body), CANARY.signatureKey);
    socket.end(wire(412, JSON.stringify({ code: 302, message: `${signature} by ${CANARY.pass}` })));
  });
  const till = network({ baseUrl: server.baseUrl }, { secrets: () => CANARY });
  expect(await send(till, 'create')).toMatchObject({
    kind: 'account-stop',
    code: '412/302',
    evidence: { body: '{"code":302,"message":"[removed] by [removed]"}' },
  });
  await server.close();
});

test('a base URL that may not be used is refused without telling what is in it', () => {
  for (const name of ['baseUrl', 'listBaseUrl'] as const) {
    expect(() => network({ [name]: `https://user:${CANARY.login}@api.example.test` })).toThrow(
      /^settings.invalid: base URL: has-credentials$/,
    );
  }
});
