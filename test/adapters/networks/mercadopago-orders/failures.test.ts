import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FAILURES } from '../../../../src-main/adapters/networks/mercadopago-orders/failure-table.ts';
import type { Delivery, Reading } from '../../../../src-main/core/application/ports/payment-network.ts';
import { startRawServer, wire } from '../raw-server.ts';
import type { RawServer } from '../raw-server.ts';
import { ORDER, send, TERMS, till } from './bench.ts';
import type { OperationName } from './bench.ts';

/**
 * The documents' error table once more, written from them and not from the code under test:
 * status, code, then what create, read, cancel and refund make of it. `-`: not documented for that operation. `!`: blocks the network.
 */
const DOCUMENTED = `
400 empty_required_header                    refused       -            refused       refused
400 bad_request                              refused       -            -             -
400 json_syntax_error                        refused       -            -             -
400 required_properties                      refused       -            -             -
400 property_type                            refused       -            -             -
400 property_value                           refused       -            -             -
400 unsupported_properties                   refused       -            -             -
400 minimum_properties                       refused       -            -             -
400 minimum_items                            refused       -            -             -
400 maximum_items                            refused       -            -             -
400 invalid_properties                       refused       -            -             -
400 order_builder_without_transactions       refused       -            -             -
400 invalid_order_type                       refused       -            -             -
400 invalid_idempotency_key_length           refused       -            refused       refused
400 invalid_email_for_sandbox                refused       -            -             -
400 invalid_path_param                       -             refused      refused       refused
400 seller_configuration                     refused!      -            -             -
400 unsupported_site                         refused!      -            -             -
400 marketplace_not_valid                    refused!      -            -             -
400 sponsor_id_not_valid                     refused!      -            -             -
400 discounts_not_allowed_with_installments  refused!      -            -             -
404 pos_not_found                            refused!      -            -             -
404 marketplace_fee_not_allowed              refused!      -            -             -
400 invalid_order_owner                      -             -            -             refused
400 partial_refund_not_allowed_with_cashout  -             -            -             refused
400 unsupported_partially_refunds            -             -            -             refused
400 refund_amount_exceeds                    -             -            -             refused
400 in_store_payment_refund_order            -             -            -             refused
403 partial_refund_forbidden_with_tips       -             -            -             refused
403 forbidden                                refused       refused      refused       refused
401 unauthorized                             unauthorized  unauthorized unauthorized  unauthorized
401 user_not_authorized                      unauthorized  unauthorized unauthorized  unauthorized
402 failed                                   refused       -            -             -
404 order_not_found                          -             not-found    conflict      conflict
404 transaction_not_found                    -             not-found    conflict      conflict
409 idempotency_key_already_used             key-conflict  -            key-conflict  key-conflict
409 order_already_canceled                   -             -            conflict      conflict
409 order_already_cancelled                  -             -            conflict      conflict
409 cannot_cancel_order                      -             -            conflict      -
409 instore_order_locked_error               -             -            busy          busy
409 order_already_refunded                   -             -            conflict      conflict
409 refund_in_progress                       -             -            conflict      busy
409 invalid_order_status                     -             -            conflict      conflict
409 cannot_refund_order                      -             -            -             conflict
409 operation_not_supported                  -             -            conflict      conflict
423 resource_locked                          busy          busy         busy          busy
429 too_many_requests                        busy          busy         busy          busy
500 idempotency_validation_failed            unknown       -            unknown       unknown
500 internal_error                           unknown       unreachable  unknown       unknown
`;

/** What nobody documented: gateways, proxies and codes still to be invented. `none`: the answer carries no error to read. */
const UNDOCUMENTED = `
400 a_code_of_tomorrow                       refused       refused      conflict      conflict
403 a_code_of_tomorrow                       refused       refused      refused       refused
404 a_code_of_tomorrow                       refused       not-found    conflict      conflict
408 request_timeout                          unknown       unreachable  unknown       unknown
409 a_code_of_tomorrow                       unknown       busy         conflict      conflict
422 a_code_of_tomorrow                       refused       refused      conflict      conflict
425 too_early                                busy          busy         busy          busy
400 none                                     unknown       unreadable   unknown       unknown
401 none                                     unauthorized  unauthorized unauthorized  unauthorized
403 none                                     unknown       unreadable   unknown       unknown
404 none                                     unknown       unreadable   unknown       unknown
409 none                                     unknown       busy         unknown       unknown
413 none                                     unknown       unreadable   unknown       unknown
423 none                                     busy          busy         busy          busy
429 none                                     busy          busy         busy          busy
500 none                                     unknown       unreachable  unknown       unknown
502 none                                     unknown       unreachable  unknown       unknown
503 none                                     unknown       unreachable  unknown       unknown
504 none                                     unknown       unreachable  unknown       unknown
301 none                                     unknown       unreadable   unknown       unknown
302 a_code_of_tomorrow                       unknown       unreadable   unknown       unknown
500 seller_configuration                     unknown       unreachable  unknown       unknown
`;

type Row = Readonly<{ status: number; code: string; expected: Record<OperationName | 'read', string> }>;

function rowsOf(table: string): Row[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [status = '', code = '', create = '', read = '', cancel = '', refund = ''] = line.split(/\s+/);
      return { status: Number(status), code, expected: { create, read, cancel, refund } };
    });
}

let server: RawServer;
let answerBytes = '';
beforeAll(async () => {
  server = await startRawServer((_seen, socket) => void socket.end(answerBytes));
});
afterAll(() => server.close());
beforeEach(() => {
  server.seen.length = 0;
});

function envelopes(status: number, code: string): string[] {
  if (code === 'none') return ['', '<html>Bad gateway</html>', '{}', '[]', 'null', '"down"', '{"message":"down"}'];
  const message = `what ${code} means`;
  return [
    JSON.stringify({ errors: [{ code, message, details: ['field one', 'field two'] }] }),
    JSON.stringify({ errors: [{ code, message }], data: { id: ORDER.networkOrderId, status: 'failed' } }),
    JSON.stringify({ message, error: code, status, cause: [] }),
    JSON.stringify({ message, code, status, causes: null }),
  ];
}

function wordOf(outcome: Delivery | Reading): string {
  return outcome.kind === 'refused' && 'blocksNetwork' in outcome && outcome.blocksNetwork ? 'refused!' : outcome.kind;
}

async function outcomeOf(operation: OperationName | 'read'): Promise<Delivery | Reading> {
  const network = till({ baseUrl: server.baseUrl });
  return operation === 'read' ? network.read(TERMS, ORDER) : send(network, operation);
}

const OPERATIONS = ['create', 'read', 'cancel', 'refund'] as const;

test.each([...rowsOf(DOCUMENTED), ...rowsOf(UNDOCUMENTED)])(
  '$status $code, in either envelope',
  async ({ status, code, expected }) => {
    const seen: Record<string, Set<string>> = {};
    for (const operation of OPERATIONS) {
      for (const body of envelopes(status, code)) {
        answerBytes = wire(status, body, { Connection: 'close' });
        (seen[operation] ??= new Set()).add(wordOf(await outcomeOf(operation)));
      }
    }
    const documented = OPERATIONS.filter((operation) => expected[operation] !== '-');
    expect(documented.map((operation) => [operation, ...(seen[operation] ?? [])])).toEqual(
      documented.map((operation) => [operation, expected[operation]]),
    );
  },
);

function wordsOf({ status, code, expected }: Row): string {
  return [status, code, expected.create, expected.read, expected.cancel, expected.refund].join(' ');
}

function tableWord(meaning: string | undefined): string {
  return meaning === 'refused-here' ? 'refused!' : (meaning ?? '-');
}

test('the failure table has these documented rows and no others', () => {
  const table = FAILURES.map(({ status, code, create, read, cancel, refund }) =>
    [status, code, ...[create, read, cancel, refund].map(tableWord)].join(' '),
  );
  expect(table.sort()).toEqual(rowsOf(DOCUMENTED).map(wordsOf).sort());
});

test('a refusal carries the code, the words and the proof', async () => {
  answerBytes = wire(
    400,
    '{"errors":[{"code":"property_value","message":"amount is too small","details":["min 10","max 20"]}]}',
    {
      'x-request-id': 'b7d1-55',
      Connection: 'close',
    },
  );
  expect(await outcomeOf('create')).toMatchObject({
    kind: 'refused',
    code: 'property_value',
    detail: 'amount is too small; min 10; max 20',
    blocksNetwork: false,
    evidence: { httpStatus: 400, requestId: 'b7d1-55' },
  });
});

test('an account without the cash-out product blocks the network: it is asked for payments', async () => {
  answerBytes = wire(
    400,
    '{"errors":[{"code":"required_properties","message":"missing","details":["transactions.payments"]}]}',
  );
  expect(await outcomeOf('create')).toMatchObject({ kind: 'refused', blocksNetwork: true });
});

test('how long to wait is told in seconds or as a date of the network’s own clock, and is bounded', async () => {
  const body = '{"status":429,"error":"too_many_requests","message":"slow down"}';
  const wait = async (retryAfter: string, date = 'Fri, 21 Nov 2025 15:00:00 GMT'): Promise<number | undefined> => {
    answerBytes = wire(429, body, { 'Retry-After': retryAfter, Date: date, Connection: 'close' });
    const delivery = await outcomeOf('cancel');
    const reading = await outcomeOf('read');
    if (delivery.kind !== 'busy' || reading.kind !== 'busy') throw new Error(`${delivery.kind} ${reading.kind}`);
    expect(reading.retryAfterMs).toBe(delivery.retryAfterMs);
    return delivery.retryAfterMs;
  };
  expect(await wait('7')).toBe(7_000);
  expect(await wait('0')).toBe(0);
  expect(await wait('86400')).toBe(600_000);
  expect(await wait('99999999999999999999')).toBe(600_000);
  expect(await wait('Fri, 21 Nov 2025 15:00:09 GMT')).toBe(9_000);
  expect(await wait('Fri, 21 Nov 2025 14:00:00 GMT')).toBe(0);
  expect(await wait('Sat, 22 Nov 2025 15:00:00 GMT')).toBe(600_000);
  expect(await wait('soon')).toBeUndefined();
  expect(await wait('-5')).toBeUndefined();
});

test('a server error may tell how long to wait, too', async () => {
  answerBytes = wire(503, '', { 'Retry-After': '3', Connection: 'close' });
  expect(await outcomeOf('refund')).toMatchObject({ kind: 'unknown', cause: 'http-503', retryAfterMs: 3_000 });
  expect(await outcomeOf('read')).toEqual({ kind: 'unreachable', cause: 'http-503', retryAfterMs: 3_000 });
});

test('a code full of oddities becomes a short plain word', async () => {
  const code = `x\n<script>${'é'.repeat(200)}`;
  answerBytes = wire(400, JSON.stringify({ errors: [{ code, message: `a\u0000b\u202e\ud800 ${'m'.repeat(999)}` }] }));
  const outcome = await outcomeOf('create');
  if (outcome.kind !== 'refused' || !('detail' in outcome)) throw new Error(outcome.kind);
  expect(outcome.code).toMatch(/^x__script_[_]{54}$/);
  expect(outcome.detail).toMatch(/^a b \ufffd m+…$/);
  expect(Array.from(outcome.detail)).toHaveLength(300);
});
