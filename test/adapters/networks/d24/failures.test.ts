import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAILURES } from '../../../../src-main/adapters/networks/d24/failure-table.ts';
import type { FailureRow } from '../../../../src-main/adapters/networks/d24/failure-table.ts';
import type { PayoutNetwork } from '../../../../src-main/core/application/ports/payout-network.ts';
import { startRawServer, wire } from '../raw-server.ts';
import type { RawServer } from '../raw-server.ts';
import { COMMANDS, KEY, network, send, TERMS } from './bench.ts';
import type { CommandName, Outcome } from './bench.ts';

let reply = '';
let server: RawServer;
let till: PayoutNetwork;

beforeAll(async () => {
  server = await startRawServer((_seen, socket) => void socket.end(reply));
  till = network({ baseUrl: server.baseUrl });
});
afterAll(async () => {
  till.close();
  await server.close();
});

function answers(status: number, body: string, headers: Readonly<Record<string, string>> = {}): void {
  reply = wire(status, body, { Connection: 'close', ...headers });
}

/** What the till takes it for, in one line: the kind, and the advice or code that goes with it. */
function told(outcome: Outcome): string {
  const word = 'advice' in outcome ? outcome.advice : 'cause' in outcome ? outcome.cause : undefined;
  return [outcome.kind, word].filter(Boolean).join(' ');
}

const COLUMNS = { create: 'create', cancel: 'cancel', hold: 'update', release: 'update' } as const;
const PLAIN = ['account-stop', 'duplicate', 'conflict', 'not-found', 'busy'];

function expectedOf(row: FailureRow, command: CommandName, http: number): string {
  const meaning = row[COLUMNS[command]] ?? (command === 'create' ? 'unknown' : 'conflict');
  if (meaning === 'unknown') return `unknown ${http}/${row.code}`;
  return PLAIN.includes(meaning) ? meaning : `refused ${meaning}`;
}

const ROWS = FAILURES.flatMap((row) => row.http.map((http) => [row.code, http, row] as const));

test.each(ROWS)('body code %d with HTTP %d means what its row says, for every operation', async (code, http, row) => {
  answers(http, JSON.stringify({ code, message: 'in words' }));
  for (const command of COMMANDS) expect(told(await send(till, command))).toBe(expectedOf(row, command, http));
  expect((await till.read(KEY)).kind).toBe(row.read ?? (http === 404 ? 'unreadable' : 'refused'));
});

test('each documented code has one row', () => {
  const codes = FAILURES.map(({ code }) => code).toSorted((left, right) => left - right);
  expect(codes).toEqual([
    300, 302, 303, 401, 402, 502, 503, 504, 508, 509, 510, 511, 514, 515, 518, 519, 521, 524, 525, 526, 533, 537, 538,
    539, 540, 541, 542, 543, 565, 702, 703,
  ]);
});

/** A code that looks like an HTTP status is none, and an HTTP status from a gateway settles nothing. */
test.each([500, 502, 503, 504])('HTTP %d settles nothing, whatever is in it', async (status) => {
  const bodies = ['', '<html>', '{}', `{"code":${status},"message":"x"}`, '{"code":511}', '{"cashout_status":2}'];
  for (const body of bodies) {
    answers(status, body);
    for (const command of COMMANDS) expect((await send(till, command)).kind).toBe('unknown');
    expect((await till.read(KEY)).kind).toBe('unreachable');
  }
});

/** status, body → create, cancel, hold, read */
test.each([
  [401, '', 'account-stop', 'account-stop', 'account-stop', 'account-stop'],
  [401, '{"code":999}', 'account-stop', 'account-stop', 'account-stop', 'account-stop'],
  [429, '', 'busy', 'busy', 'busy', 'busy'],
  [415, '', 'refused our-bug', 'refused our-bug', 'refused our-bug', 'unreadable'],
  [422, '{"code":300}', 'refused our-bug', 'refused our-bug', 'refused our-bug', 'unreadable'],
  [404, '', 'unknown http-404', 'conflict', 'conflict', 'unreadable'],
  [405, '<html>', 'unknown http-405', 'conflict', 'conflict', 'unreadable'],
  [403, '', 'unknown http-403', 'conflict', 'conflict', 'unreadable'],
  [408, '', 'unknown http-408', 'unknown http-408', 'unknown http-408', 'unreachable http-408'],
  [412, '', 'unknown http-412', 'conflict', 'conflict', 'unreadable'],
  [412, '{"code":704}', 'unknown 412/704', 'conflict', 'conflict', 'refused'],
  [412, '{"code":"303"}', 'refused fix-data', 'conflict', 'conflict', 'refused'],
  [412, '{"code":511', 'unknown http-412', 'conflict', 'conflict', 'unreadable'],
  [412, '[{"code":511}]', 'unknown http-412', 'conflict', 'conflict', 'unreadable'],
  [409, '{"code":511}', 'unknown 409/511', 'conflict', 'conflict', 'unreadable'],
  [302, '', 'unknown http-302', 'unknown http-302', 'unknown http-302', 'unreadable'],
  [
    200,
    '{"code":303,"message":"x"}',
    'unknown 303-inside-200',
    'unknown 303-inside-200',
    'unknown 303-inside-200',
    'unreadable',
  ],
  [
    200,
    '{"code":511,"cashout_id":"5"}',
    'unknown 511-inside-200',
    'unknown 511-inside-200',
    'unknown 511-inside-200',
    'unreadable',
  ],
])('HTTP %d with %j', async (status, body, create, cancel, hold, read) => {
  answers(status, body);
  const outcomes = [
    await send(till, 'create'),
    await send(till, 'cancel'),
    await send(till, 'hold'),
    await till.read(KEY),
  ];
  expect(outcomes.map(told)).toEqual([create, cancel, hold, read]);
});

test('a refused customer is told with the network’s reason', async () => {
  answers(400, '{"code":504,"message":"Cadastral situation.","reason":"Underage user detected","reason_code":105}');
  expect(await send(till, 'create')).toMatchObject({
    kind: 'refused',
    code: '400/504',
    advice: 'no',
    detail: 'Cadastral situation.; Underage user detected; reason 105',
    evidence: { httpStatus: 400 },
  });
});

test('a refusal that repeats the customer’s account is shown without it', async () => {
  answers(412, `{"code":300,"message":"bankAccount: ${TERMS.beneficiary.bankAccount} of 71594743 is invalid"}`);
  expect(await send(till, 'create')).toMatchObject({
    advice: 'fix-data',
    detail: 'bankAccount: ••••6813 of ••••43 is invalid',
  });
});

test('a wait that the network asks for is told', async () => {
  answers(429, '', { 'Retry-After': '7' });
  expect(await send(till, 'create')).toMatchObject({ kind: 'busy', retryAfterMs: 7_000 });
  expect(await till.read(KEY)).toEqual({ kind: 'busy', code: 'http-429', retryAfterMs: 7_000 });
  answers(503, '', { 'Retry-After': '9' });
  expect(await send(till, 'cancel')).toMatchObject({ kind: 'unknown', retryAfterMs: 9_000 });
  expect(await till.read(KEY)).toMatchObject({ kind: 'unreachable', retryAfterMs: 9_000 });
});

test('asked by our id alone, a brand may want both; asked by both, the same answer is a refusal', async () => {
  answers(412, '{"code":300,"message":"cashout_id: Invalid or missing"}');
  expect((await till.read({ externalId: KEY.externalId })).kind).toBe('needs-both-ids');
  expect((await till.read(KEY)).kind).toBe('refused');
  answers(412, '{"code":510,"message":"Invalid status transition"}');
  expect((await till.read({ externalId: KEY.externalId })).kind).toBe('refused');
});
