import { afterEach, expect, test } from 'vitest';
import { startRawServer, wire } from '../raw-server.ts';
import type { RawServer, Seen } from '../raw-server.ts';
import { network, SECRETS } from './bench.ts';

let server: RawServer | undefined;
afterEach(() => server?.close());

async function answering(status: number, body: string): Promise<string> {
  server = await startRawServer((_seen, socket) => void socket.write(wire(status, body)));
  return server.baseUrl;
}

test.each([
  '[{"code":"001","name":"Banco do Brasil","ispb":"00000000","licensed":true},{"code":"","name":"no code"},7]',
  '{"banks":[{"bank_code":"001","bank_name":"Banco do Brasil","ispb_code":"00000000","is_licensed":true}]}',
  '{"data":[{"code":"001","name":" Banco do Brasil ","ispb":"00000000","licensed":true,"more":[]},{"name":"x"}]}',
])('banks are read as a list, with their zeros: %s', async (body) => {
  const baseUrl = await answering(200, body);
  expect(await network({ baseUrl }).banks('BR')).toEqual({
    kind: 'answered',
    value: [{ code: '001', name: 'Banco do Brasil', ispb: '00000000', licensed: true }],
  });
});

test('a rate is for orientation, in the digits that came', async () => {
  const baseUrl = await answering(200, '{"fx_rate":5.8829,"currency":"BRL","converted_amount":58.829}');
  expect(await network({ baseUrl }).exchangeRate('BR', 1_000)).toEqual({
    kind: 'answered',
    value: { currency: 'BRL', rate: '5.8829', converted: '58.829' },
  });
});

test.each([
  [200, '', { kind: 'unreadable', detail: 'not-json' }],
  [200, '{}', { kind: 'unreadable', detail: 'no-such-answer' }],
  [
    401,
    '{"code":100,"description":"Invalid credentials"}',
    { kind: 'refused', code: '401/100', detail: 'Invalid credentials' },
  ],
  [403, '', { kind: 'refused', code: 'http-403', detail: '' }],
  [429, '', { kind: 'unreachable', cause: 'http-429' }],
  [503, '', { kind: 'unreachable', cause: 'http-503' }],
])('HTTP %d with %j is told for banks and rates alike', async (status, body, expected) => {
  const baseUrl = await answering(status, body);
  expect(await network({ baseUrl }).banks('BR')).toEqual(expected);
  expect(await network({ baseUrl }).exchangeRate('BR', 1_000)).toEqual(expected);
});

test('what a brand, an account or a configuration does not have is unavailable, and not asked for', async () => {
  const baseUrl = await answering(200, '[]');
  const { readOnlyKey: _none, listUser: _nobody, ...rest } = SECRETS;
  const till = network({ baseUrl }, { secrets: () => rest });
  const window = { fromMs: 0, toMs: 86_400_000 };
  expect(await till.banks('BR')).toEqual({ kind: 'unavailable' });
  expect(await till.exchangeRate('BR', 1_000)).toEqual({ kind: 'unavailable' });
  expect(await till.reconcile(window)).toEqual({ kind: 'unavailable' });
  expect(await network({ baseUrl, listBaseUrl: baseUrl }, { secrets: () => rest }).reconcile(window)).toEqual({
    kind: 'unavailable',
  });
  expect(await network({ baseUrl }).banks('CO')).toEqual({ kind: 'unavailable' });
  expect(server?.seen).toEqual([]);
});

const DAY_MS = 86_400_000;
const ROW = {
  idCashout: 8405147,
  externalId: 'T0720250301000412',
  creationDate: '2025-03-01 10:00:00',
  country: 'PE',
  currency: 'PEN',
  amount: 250.5,
  status: 'COMPLETED',
  clientDocument: '71594743',
};

/** A list in pages of two, behind a sign-in whose sessions are good for `sessionUses` questions. */
async function listServer(rows: readonly unknown[], sessionUses = Infinity): Promise<string> {
  let uses = 0;
  let sessions = 0;
  server = await startRawServer((seen, socket) => {
    if (seen.head.startsWith('POST /v1/auth/login')) {
      uses = 0;
      sessions += 1;
      return void socket.end(
        wire(200, '{}', { 'Set-Cookie': `BEARER_TOKEN=session${sessions}; Path=/`, Connection: 'close' }),
      );
    }
    uses += 1;
    if (seen.header('authorization') !== `Bearer session${sessions}` || uses > sessionUses) {
      return void socket.write(wire(401, '{"code":401}'));
    }
    const page = Number(queryOf(seen).get('page'));
    const data = rows.slice(page * 2, page * 2 + 2);
    return void socket.write(wire(200, JSON.stringify({ page, rows: data.length, maxRows: 2, data })));
  });
  return server.baseUrl;
}

function queryOf({ head }: Seen): URLSearchParams {
  return new URL(head.split(' ')[1] ?? '', 'http://x').searchParams;
}

test('the list is asked for page by page, and names both ids and the amount', async () => {
  const listBaseUrl = await listServer([ROW, { ...ROW, externalId: 'B' }, { ...ROW, externalId: 'C' }]);
  const answer = await network({ listBaseUrl }).reconcile({ fromMs: 0, toMs: DAY_MS });
  expect(answer).toMatchObject({ kind: 'answered', value: [{}, { externalId: 'B' }, { externalId: 'C' }] });
  expect(answer.kind === 'answered' && answer.value[0]).toEqual({
    cashoutId: '8405147',
    externalId: 'T0720250301000412',
    status: 'completed',
    statusText: 'COMPLETED',
    currency: 'PEN',
    amountMinor: 250_50,
    reason: '',
  });
  expect(JSON.stringify(answer)).not.toContain('71594743');
});

test('a full last page is followed by an empty one', async () => {
  const listBaseUrl = await listServer([ROW, ROW]);
  expect(await network({ listBaseUrl }).reconcile({ fromMs: 0, toMs: DAY_MS })).toMatchObject({ value: [{}, {}] });
  expect(server?.seen.filter(({ head }) => head.startsWith('GET')).map((seen) => queryOf(seen).get('page'))).toEqual([
    '0',
    '1',
  ]);
});

test('a session that has run out is renewed once, in the middle of the pages', async () => {
  const listBaseUrl = await listServer([ROW, ROW, ROW], 1);
  expect(await network({ listBaseUrl }).reconcile({ fromMs: 0, toMs: DAY_MS })).toMatchObject({ value: [{}, {}, {}] });
  expect(server?.seen.map(({ head }) => head.split(' ')[0])).toEqual(['POST', 'GET', 'GET', 'POST', 'GET']);
});

test('a session that is never good ends in a refusal, not in a loop', async () => {
  const listBaseUrl = await listServer([ROW], 0);
  expect(await network({ listBaseUrl }).reconcile({ fromMs: 0, toMs: DAY_MS })).toEqual({
    kind: 'refused',
    code: '401/401',
    detail: '',
  });
  expect(server?.seen.length).toBe(2);
});

test('more than sixty days are asked for in windows that touch', async () => {
  const listBaseUrl = await listServer([]);
  await network({ listBaseUrl }).reconcile({ fromMs: 0, toMs: 130 * DAY_MS });
  const windows = server?.seen.slice(1).map((seen) => [queryOf(seen).get('from'), queryOf(seen).get('to')]);
  expect(windows).toEqual([
    ['0', '5184000'],
    ['5184000', '10368000'],
    ['10368000', '11232000'],
  ]);
});

test.each([
  [{ ...ROW, amount: 250.555 }, { currency: 'PEN' }],
  [{ ...ROW, currency: 'XXX' }, { externalId: ROW.externalId }],
  [
    { ...ROW, status: 'Flying' },
    { status: 'unclear', statusText: 'Flying' },
  ],
  [{ ...ROW, idCashout: 2 ** 53 }, { status: 'completed' }],
])('a row with an odd %j is kept without what is odd', async (row, rest) => {
  const listBaseUrl = await listServer([row]);
  const answer = await network({ listBaseUrl }).reconcile({ fromMs: 0, toMs: DAY_MS });
  const listed = answer.kind === 'answered' ? answer.value[0] : undefined;
  expect(listed).toMatchObject(rest);
  expect([listed?.amountMinor, listed?.cashoutId]).toContain(row.status === 'Flying' ? 250_50 : undefined);
});

test('a row that names no id of ours is nobody’s', async () => {
  const listBaseUrl = await listServer([{ ...ROW, externalId: '' }, 7]);
  expect(await network({ listBaseUrl }).reconcile({ fromMs: 0, toMs: DAY_MS })).toEqual({
    kind: 'answered',
    value: [],
  });
});

test.each([
  ['{"data":[]}', 'no-such-answer'],
  ['{"maxRows":50}', 'no-such-answer'],
  ['{"maxRows":0,"data":[]}', 'no-such-answer'],
  ['<html>', 'not-json'],
])('a page that does not tell whether another follows (%s) is no page', async (body, detail) => {
  server = await startRawServer((_seen, socket) => {
    socket.end(wire(200, body, { 'Set-Cookie': 'BEARER_TOKEN=s; Path=/', Connection: 'close' }));
  });
  expect(await network({ listBaseUrl: server.baseUrl }).reconcile({ fromMs: 0, toMs: DAY_MS })).toEqual({
    kind: 'unreadable',
    detail,
  });
});

test('a sign-in without a session is no sign-in', async () => {
  const listBaseUrl = await answering(200, '{}');
  expect(await network({ listBaseUrl }).reconcile({ fromMs: 0, toMs: DAY_MS })).toMatchObject({ kind: 'unreadable' });
});
