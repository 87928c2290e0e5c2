import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAYOUT_STATUSES, REJECTION_HINTS, hintFor } from '../../../../src-main/core/domain/payouts/payout-fact.ts';
import type { PayoutFact } from '../../../../src-main/core/domain/payouts/payout-fact.ts';
import type { PayoutNetwork } from '../../../../src-main/core/application/ports/payout-network.ts';
import { startRawServer, wire } from '../raw-server.ts';
import type { RawServer } from '../raw-server.ts';
import { KEY, network, send } from './bench.ts';

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

function answers(body: string, status = 200): void {
  reply = wire(status, body, { Connection: 'close' });
}

async function factIn(body: string): Promise<PayoutFact> {
  answers(body);
  const reading = await till.read(KEY);
  if (reading.kind !== 'answered') throw new Error(JSON.stringify(reading));
  return reading.fact;
}

test.each([
  [0, 'Pending', 'pending'],
  [1, 'Completed', 'completed'],
  [2, 'Canceled', 'cancelled'],
  [2, 'CANCELLED', 'cancelled'],
  [3, 'Rejected', 'rejected'],
  [4, 'Delivered', 'delivered'],
  [5, 'On hold', 'on_hold'],
  [5, 'ON_HOLD', 'on_hold'],
  [4, '', 'delivered'],
  [4, 'Enviado al banco', 'delivered'],
] as const)('status %d %j is %s', async (number, text, status) => {
  const body = JSON.stringify({ cashout_status: number, cashout_status_description: text });
  expect(await factIn(body)).toMatchObject({ status, statusText: `${number} ${text}`.trim() });
});

test('the number decides, and a word for another number makes it unclear', async () => {
  for (const [number, status] of PAYOUT_STATUSES.entries()) {
    for (const word of ['Pending', 'Completed', 'Canceled', 'Rejected', 'Delivered', 'On hold']) {
      const fact = await factIn(JSON.stringify({ cashout_status: number, cashout_status_description: word }));
      const named = { Pending: 0, Completed: 1, Canceled: 2, Rejected: 3, Delivered: 4, 'On hold': 5 }[word];
      expect([number, word, fact.status]).toEqual([number, word, named === number ? status : 'unclear']);
    }
  }
});

test.each([6, -1, 99])(
  'status %d has no meaning: unclear, with its words for whoever calls support',
  async (number) => {
    expect(await factIn(`{"cashout_status":${number},"cashout_status_description":"Teleported"}`)).toEqual({
      status: 'unclear',
      statusText: `${number} Teleported`,
    });
  },
);

test.each([
  ['{"cashout_status":3,"rejection_code":808,"rejection_reason":"ERROR_OTHER"}', { code: 808, reason: 'ERROR_OTHER' }],
  ['{"cashout_status":3,"rejection_code":0,"rejection_reason":"Test"}', { code: 0, reason: 'Test' }],
  ['{"cashout_status":3,"rejection_code":"813"}', { code: 813, reason: '' }],
  ['{"cashout_status":3}', { reason: '' }],
  ['{"cashout_status":3,"rejection_code":null,"rejection_reason":null}', { reason: '' }],
])('%s is rejected with what is known of why', async (body, rejection) => {
  expect(await factIn(body)).toEqual({ status: 'rejected', statusText: '3', rejection });
});

test('a reason outside a rejection is not one', async () => {
  expect(await factIn('{"cashout_status":1,"rejection_code":808}')).toEqual({ status: 'completed', statusText: '1' });
});

test.each([
  ['{"ispb":"90400888","code":"336","name":"BANCO SANTANDER BRASIL S.A."}'],
  ['[{"code":"336","name":"BANCO SANTANDER BRASIL S.A.","account":"1"}]'],
])('a bank is read as an object and as a list: %s', async (bank) => {
  const body = `{"cashout_status":1,"provider_external_reference":"E3521041","bank":${bank}}`;
  expect(await factIn(body)).toMatchObject({ bankReference: 'E3521041', bankName: 'BANCO SANTANDER BRASIL S.A.' });
});

test.each(['null', '"BCP"', '[]', '[null]', '7', '{"name":{}}'])(
  'a bank that is none (%s) does no harm',
  async (bank) => {
    expect(await factIn(`{"cashout_status":4,"bank":${bank}}`)).toEqual({ status: 'delivered', statusText: '4' });
  },
);

test('what the customer says at the pickup counter is the part before the hash', async () => {
  const body = '{"cashout_status":4,"bank_reference_id":" 8842991#EFECTY"}';
  expect(await factIn(body)).toMatchObject({ pickupReference: '8842991' });
  expect(await factIn('{"cashout_status":4,"bank_reference_id":""}')).toEqual({ status: 'delivered', statusText: '4' });
});

test('every documented rejection has a hint, and any other goes to support', () => {
  const documented = [...Array.from({ length: 25 }, (_none, index) => 800 + index), 826];
  expect(Object.keys(REJECTION_HINTS).map(Number)).toEqual(documented);
  expect(hintFor({ code: 814, reason: '' })).toBe('correct-pix-key');
  expect([hintFor({ code: 0, reason: 'Test' }), hintFor({ code: 101, reason: '' }), hintFor({ reason: '' })]).toEqual([
    'support',
    'support',
    'support',
  ]);
});

const NO_STATUS = [
  ['nothing', '', 'not-json'],
  ['a page', '<html>OK</html>', 'not-json'],
  ['half a document', '{"cashout_status":1,"cashout_st', 'not-json'],
  ['a byte order mark and half a document', '\uFEFF{"cashout_status":', 'not-json'],
  ['null', 'null', 'nothing-in-answer'],
  ['a list', '[{"cashout_status":1}]', 'nothing-in-answer'],
  ['no status', '{"cashout_status_description":"Completed"}', 'nothing-in-answer'],
  ['a status that is no number', '{"cashout_status":"Completed"}', 'nothing-in-answer'],
  ['a status that is truth', '{"cashout_status":true}', 'nothing-in-answer'],
  ['a status with decimals', '{"cashout_status":1.5}', 'nothing-in-answer'],
  ['an inherited name', '{"__proto__":{"cashout_status":1}}', 'nothing-in-answer'],
  ['an error dressed as success', '{"code":509,"message":"Cashout not found"}', '509-inside-200'],
  ['an error beside a status', '{"code":509,"cashout_status":1}', '509-inside-200'],
] as const;

test.each(NO_STATUS)('a 200 with %s proves nothing, of a status or a cancel', async (_what, body, detail) => {
  answers(body);
  expect(await till.read(KEY)).toMatchObject({ kind: 'unreadable', detail, evidence: { httpStatus: 200 } });
  expect(await send(till, 'cancel')).toMatchObject({ kind: 'unknown', cause: detail });
});

test.each([
  ['', 'not-json'],
  ['<html>', 'not-json'],
  ['{"cashout_id":"8405147"', 'not-json'],
  ['{"cashout id":"97875"}', 'nothing-in-answer'],
  ['{}', 'nothing-in-answer'],
  ['{"cashout_id":""}', 'nothing-in-answer'],
  ['{"cashout_id":"0"}', 'nothing-in-answer'],
  ['{"cashout_id":"007"}', 'nothing-in-answer'],
  ['{"cashout_id":"84051x"}', 'nothing-in-answer'],
  ['{"cashout_id":9007199254740993}', 'nothing-in-answer'],
  ['{"cashout_id":null}', 'nothing-in-answer'],
  ['{"cashout_id":{"id":1}}', 'nothing-in-answer'],
])('a creation answered %s is in doubt', async (body, cause) => {
  answers(body);
  expect(await send(till, 'create')).toMatchObject({ kind: 'unknown', cause });
});

test.each([
  ['{"cashout_id":"8405147"}', '8405147'],
  ['{"cashout_id":8405147}', '8405147'],
  ['{"cashout_id":1e3}', '1000'],
  ['{"cashout_id":"900719925474099301","status":"?"}', '900719925474099301'],
])('a creation answered %s is accepted', async (body, cashoutId) => {
  answers(body);
  expect(await send(till, 'create')).toMatchObject({ kind: 'accepted', cashoutId, evidence: { httpStatus: 200 } });
});

test('a cancel tells where the payout is; only the till’s owner decides what that means', async () => {
  answers('{"cashout_status":2,"cashout_status_description":"Canceled"}');
  expect(await send(till, 'cancel')).toMatchObject({ kind: 'answered', fact: { status: 'cancelled' } });
  answers('{"cashout_status":4,"cashout_status_description":"Delivered"}');
  expect(await send(till, 'cancel')).toMatchObject({ kind: 'answered', fact: { status: 'delivered' } });
});

test('what a hold answers is not believed beyond that it was done', async () => {
  answers('{"cashout_status":1,"cashout_status_description":"Completed"}');
  expect(await send(till, 'hold')).toMatchObject({ kind: 'done' });
  expect(await send(till, 'release')).not.toHaveProperty('fact');
  answers('');
  expect(await send(till, 'hold')).toMatchObject({ kind: 'unknown', cause: 'not-json' });
});
