import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FAILURES } from '../../../../src-main/adapters/networks/mercadopago-instore/failure-table.ts';
import type { Delivery, Reading } from '../../../../src-main/core/application/ports/payment-network.ts';
import { startRawServer, wire } from '../raw-server.ts';
import type { RawServer } from '../raw-server.ts';
import { NOBODY_SCANNED, OURS_WAITS, ORDER, send, TERMS, till } from './bench.ts';
import type { OperationName } from './bench.ts';

/**
 * The documents' error lists once more, written from them and not from the code under test: status, code, then what a create, the
 * search, a cancel, a confirmation and a return make of it. `-`: not documented there. `!`: blocks the network. `done`: answered.
 */
const DOCUMENTED = `
400 invalid_collectorId                    refused!     -            refused      -            -
400 invalid_externalPosId                  refused!     -            refused      -            -
400 invalid_external_reference             refused      -            -            -            -
400 invalid_total_amount                   refused      -            -            -            -
400 invalid_title                          refused      -            -            -            -
400 invalid_description                    refused      -            -            -            -
400 invalid_items.sku_number               refused      -            -            -            -
400 invalid_items.category                 refused      -            -            -            -
400 invalid_items.title                    refused      -            -            -            -
400 invalid_items.description              refused      -            -            -            -
400 invalid_items.unit_measure             refused      -            -            -            -
400 invalid_items.quantity                 refused      -            -            -            -
400 invalid_items.currency_id              refused      -            -            -            -
400 invalid_items.unit_price               refused      -            -            -            -
400 invalid_items.total_amount             refused      -            -            -            -
400 invalid_unit_measure                   refused      -            -            -            -
400 invalid_quantity                       refused      -            -            -            -
400 invalid_unit_price                     refused      -            -            -            -
400 invalid_sponsor.id                     refused!     -            -            -            -
400 invalid_id                             refused!     -            -            -            -
400 invalid_cash_out.amount                refused      -            -            -            -
400 invalid_amount                         refused      -            -            -            -
400 error_creating_seller_qr_order         refused!     -            -            -            -
400 invalid_expiration_date                refused      -            -            -            -
400 invalid_notification_url               refused!     -            -            -            -
500 in_store_order_creation_error          unknown      -            -            -            -
400 invalid_access_token                   unauthorized unauthorized unauthorized unauthorized unauthorized
401 unauthorized                           unauthorized unauthorized unauthorized unauthorized unauthorized
401 invalid_token                          unauthorized unauthorized unauthorized unauthorized unauthorized
401 invalid_caller_id                      unauthorized unauthorized unauthorized unauthorized unauthorized
400 in_store_order_delete_error            -            -            conflict     -            -
404 point_of_sale_in_store_order_not_found -            -            conflict     -            -
400 ds_search_query                        -            refused      -            -            -
400 invalid_format                         -            refused      -            -            -
400 invalid_status                         -            -            -            refused      refused
400 invalid_status_detail                  -            -            -            refused      refused
409 already_confirmed                      -            -            -            done         refused
409 already_notified                       -            -            -            refused      conflict
500 internal_error                         unknown      unreachable  unknown      unknown      unknown
`;

/** What nobody documented: gateways, proxies and codes still to be invented. `none`: the answer carries no error to read. */
const UNDOCUMENTED = `
400 a_code_of_tomorrow                     refused      refused      conflict     conflict     conflict
403 a_code_of_tomorrow                     refused      refused      refused      refused      refused
404 a_code_of_tomorrow                     refused      refused      conflict     conflict     conflict
404 order_not_found                        refused      refused      conflict     conflict     conflict
408 request_timeout                        unknown      unreachable  unknown      unknown      unknown
409 a_code_of_tomorrow                     unknown      busy         conflict     conflict     conflict
423 resource_locked                        busy         busy         busy         busy         busy
425 too_early                              busy         busy         busy         busy         busy
429 too_many_requests                      busy         busy         busy         busy         busy
200 internal_error                         unknown      unreadable   unknown      unknown      unknown
400 none                                   unknown      unreadable   unknown      unknown      unknown
401 none                                   unauthorized unauthorized unauthorized unauthorized unauthorized
403 none                                   unknown      unreadable   unknown      unknown      unknown
404 none                                   unknown      unreadable   unknown      unknown      unknown
409 none                                   unknown      busy         unknown      unknown      unknown
429 none                                   busy         busy         busy         busy         busy
500 none                                   unknown      unreachable  unknown      unknown      unknown
502 none                                   unknown      unreachable  unknown      unknown      unknown
503 none                                   unknown      unreachable  unknown      unknown      unknown
301 none                                   unknown      unreadable   unknown      unknown      unknown
500 error_creating_seller_qr_order         unknown      unreachable  unknown      unknown      unknown
500 already_confirmed                      unknown      unreachable  unknown      unknown      unknown
`;

const COLUMNS = ['create', 'search', 'cancel', 'confirm', 'refund'] as const;
type Column = (typeof COLUMNS)[number];
type Row = Readonly<{ status: number; code: string; expected: Record<Column, string> }>;

function rowsOf(table: string): Row[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [status = '', code = '', create = '', search = '', cancel = '', confirm = '', refund = ''] =
        line.split(/\s+/);
      return { status: Number(status), code, expected: { create, search, cancel, confirm, refund } };
    });
}

let server: RawServer;
let answerBytes = '';
let searchBytes: string | undefined;
let waitingBytes: string | undefined;
beforeAll(async () => {
  server = await startRawServer((seen, socket) => {
    const isSearch = seen.head.startsWith('GET /merchant_orders/');
    const nobody = wire(200, NOBODY_SCANNED, { Connection: 'close' });
    const ours = wire(200, OURS_WAITS, { Connection: 'close' });
    const isWaiting = seen.head.startsWith('GET /instore/');
    socket.end(isSearch ? (searchBytes ?? nobody) : isWaiting ? (waitingBytes ?? ours) : answerBytes);
  });
});
afterAll(() => server.close());
beforeEach(() => {
  searchBytes = undefined;
  waitingBytes = undefined;
  server.seen.length = 0;
});

function envelopes(status: number, code: string): string[] {
  if (code === 'none') return ['<html>Bad gateway</html>', '{}', '[]', 'null', '"down"', '{"message":"down"}'];
  const message = `what ${code} means`;
  return [
    JSON.stringify({ message, error: code, status, cause: [] }),
    JSON.stringify({ message, error: code, status, causes: [] }),
    JSON.stringify({ message, code, status, causes: null }),
    JSON.stringify({ errors: [{ code, message }] }),
  ];
}

function wordOf(outcome: Delivery | Reading): string {
  if (outcome.kind === 'answered') return 'done';
  return outcome.kind === 'refused' && 'blocksNetwork' in outcome && outcome.blocksNetwork ? 'refused!' : outcome.kind;
}

async function outcomeOf(column: Column, bytes: string): Promise<Delivery | Reading> {
  const network = till({ baseUrl: server.baseUrl });
  answerBytes = bytes;
  searchBytes = column === 'search' ? bytes : undefined;
  return column === 'search' ? network.read(TERMS, ORDER) : send(network, column);
}

test.each([...rowsOf(DOCUMENTED), ...rowsOf(UNDOCUMENTED)])(
  '$status $code, in either envelope',
  async ({ status, code, expected }) => {
    const documented = COLUMNS.filter((column) => expected[column] !== '-');
    const seen: Partial<Record<Column, Set<string>>> = {};
    for (const column of documented) {
      for (const body of envelopes(status, code)) {
        const outcome = await outcomeOf(column, wire(status, body, { Connection: 'close' }));
        (seen[column] ??= new Set()).add(wordOf(outcome));
      }
    }
    expect(documented.map((column) => [column, ...(seen[column] ?? [])])).toEqual(
      documented.map((column) => [column, expected[column]]),
    );
  },
);

function tableWord(meaning: string | undefined): string {
  return meaning === 'refused-here' ? 'refused!' : (meaning ?? '-');
}

test('the failure table has these documented rows and no others', () => {
  const table = FAILURES.map((row) => [row.status, row.code, ...COLUMNS.map((column) => tableWord(row[column]))]);
  const documented = rowsOf(DOCUMENTED).map(({ status, code, expected }) => [
    status,
    code,
    ...COLUMNS.map((column) => expected[column]),
  ]);
  expect(table.map((row) => row.join(' ')).sort()).toEqual(documented.map((row) => row.join(' ')).sort());
});

test('a refusal carries the code, the words and the proof', async () => {
  const body = '{"error":"invalid_total_amount","message":"total_amount is missing","status":400,"causes":[]}';
  expect(await outcomeOf('create', wire(400, body, { 'x-request-id': 'b7d1-55', Connection: 'close' }))).toMatchObject({
    kind: 'refused',
    code: 'invalid_total_amount',
    detail: 'total_amount is missing',
    evidence: { httpStatus: 400, requestId: 'b7d1-55', body },
  });
});

test.each<[string, string, string]>([
  ['cancelled', 'refused', 'conflict'],
  ['fail', 'refused', 'conflict'],
  ['confirmed', 'conflict', 'conflict'],
])('"already notified" that names %s: a confirmation is %s, a return %s', async (status, confirm, refund) => {
  const body = JSON.stringify({
    error: 'already_notified',
    message: `notified before with status ${status}`,
    status: 409,
  });
  const bytes = wire(409, body, { Connection: 'close' });
  expect((await outcomeOf('confirm', bytes)).kind).toBe(confirm);
  expect((await outcomeOf('refund', bytes)).kind).toBe(refund);
});

test.each<[OperationName, string, string]>([
  ['confirm', '{"order_id":31200045001,"status":"cancelled"}', 'answer-does-not-say-so'],
  ['confirm', '{"order_id":31200045001}', 'answer-does-not-say-so'],
  ['confirm', '{"order_id":1,"status":"confirmed"}', 'answer-about-another-order'],
  ['confirm', '', 'not-json'],
  ['refund', '{"order_id":31200045001,"status":"confirmed"}', 'answer-does-not-say-so'],
  ['refund', '[]', 'answer-does-not-say-so'],
])('a %s answered 200 with %s stays in doubt', async (operation, body, cause) => {
  expect(await outcomeOf(operation, wire(200, body, { Connection: 'close' }))).toMatchObject({
    kind: 'unknown',
    cause,
  });
});

test.each(['{}', 'null', '{"id":1}', '<html>', ''])(
  'a dynamic create answered 200 with %s stays in doubt',
  async (body) => {
    answerBytes = wire(200, body, { Connection: 'close' });
    const delivery = await send(till({ baseUrl: server.baseUrl }), 'create', { ...TERMS, mode: 'dynamic' });
    expect(delivery.kind).toBe('unknown');
  },
);

test.each([204, 200, 201])('a static create answered %i without a body is an order', async (status) => {
  expect(await outcomeOf('create', wire(status, '', { Connection: 'close' }))).toMatchObject({
    kind: 'answered',
    fact: {
      networkOrderId: ORDER.networkOrderId,
      status: 'awaiting',
      externalReference: TERMS.externalReference,
      problems: [],
    },
  });
});

test.each<[number, string, Delivery['kind']]>([
  [500, '{"error":"internal_error"}', 'not-sent'],
  [502, '<html>', 'not-sent'],
  [200, '<html>', 'not-sent'],
  [200, '{"elements":{}}', 'not-sent'],
  [401, '{"error":"invalid_token"}', 'unauthorized'],
  [429, '', 'busy'],
  [403, '{"error":"forbidden"}', 'refused'],
])('while the question before it meets %i %s, a create does not leave: %s', async (status, body, kind) => {
  searchBytes = wire(status, body, { Connection: 'close' });
  answerBytes = wire(204, '', { Connection: 'close' });
  expect((await send(till({ baseUrl: server.baseUrl }), 'create')).kind).toBe(kind);
  expect(server.seen.map(({ head }) => head.split(' ')[0])).toEqual(['GET']);
});

const verbs = (): readonly string[] => server.seen.map(({ head }) => head.slice(0, head.indexOf(' ')));

test.each([
  ['a list of one', JSON.stringify([{ external_reference: 'ANOTHERTILL01' }])],
  ['an object', JSON.stringify({ external_reference: 'ANOTHERTILL01' })],
])('another order waits at the sticker (%s): it is left alone, and ours is gone', async (_shape, body) => {
  waitingBytes = wire(200, body, { Connection: 'close' });
  expect(await send(till({ baseUrl: server.baseUrl }), 'cancel')).toMatchObject({
    kind: 'answered',
    fact: { status: 'cancelled', statusText: 'replaced, not scanned' },
  });
  expect(verbs()).toEqual(['GET', 'GET']);
});

test('nothing waits at the sticker: that proves nothing, so the delete is tried and the payments are asked for', async () => {
  const nothing = JSON.stringify({ error: 'point_of_sale_in_store_order_not_found', status: 404, causes: [] });
  waitingBytes = wire(404, nothing, { Connection: 'close' });
  answerBytes = wire(204, '', { Connection: 'close' });
  expect(await send(till({ baseUrl: server.baseUrl }), 'cancel')).toMatchObject({ fact: { status: 'cancelled' } });
  expect(verbs()).toEqual(['GET', 'DELETE', 'GET']);
});

test.each(['[]', '{}', '[{},{}]', '"waiting"', 'null'])(
  '%s at the sticker tells nothing: nothing is deleted',
  async (body) => {
    waitingBytes = wire(200, body, { Connection: 'close' });
    expect(await send(till({ baseUrl: server.baseUrl }), 'cancel')).toEqual({
      kind: 'not-sent',
      cause: 'no-order-in-answer',
    });
    expect(verbs()).toEqual(['GET']);
  },
);

test('a delete that went well is not a cancel until the search has said that nobody paid', async () => {
  answerBytes = wire(204, '', { Connection: 'close' });
  expect(await send(till({ baseUrl: server.baseUrl }), 'cancel')).toMatchObject({
    kind: 'answered',
    fact: { status: 'cancelled' },
  });
  searchBytes = wire(500, '', { Connection: 'close' });
  expect(await send(till({ baseUrl: server.baseUrl }), 'cancel')).toEqual({
    kind: 'unknown',
    cause: 'deleted-but-not-looked-after',
  });
});
