/** Mercado Pago's notifications: which are the network's, which are anybody's, and what to ask for. */
import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMercadoPagoNotice } from '../../../../src-main/adapters/networks/mercadopago-shared/notice.ts';
import type {
  MercadoPagoNotice,
  NoticeRules,
} from '../../../../src-main/adapters/networks/mercadopago-shared/notice.ts';
import type { NoticeVerdict } from '../../../../src-main/core/domain/hint.ts';

const SECRET = 'test-secret-not-real';
const REQUEST_ID = '7b0f2a54-93b1-4c02-8f6e-1d2c3b4a5968';
const TS = '1763712000123';
const ORDER = 'ORD01K9ZZ7H4Q2V8D6M3N5P7R9T1W';
/** Calculated by hand over the lower-case and the received id. */
const V1_LOWER = 'aff51176fe5765b9a69e5222b71f99779031e2ec15987bdc9396e3f5d3bf7c52';
const V1_AS_RECEIVED = 'c24c35da9b6156e655fe39ddf736b7e2bcf7d5b215b80671127a2eff3a50f801';

const RULES: NoticeRules = { secret: SECRET, nowMs: Number(TS) + 2_000, maxAgeMs: 300_000, maxAheadMs: 60_000 };
const BODY = JSON.stringify({
  action: 'order.processed',
  type: 'order',
  data: { id: ORDER, version: 2, external_reference: 'COT0701K9ZZ7H4Q2V8D', status: 'processed' },
});
const NOTICE = {
  query: `data.id=${ORDER}&type=order`,
  signature: `ts=${TS},v1=${V1_LOWER}`,
  requestId: REQUEST_ID,
  bodyText: BODY,
} as const satisfies MercadoPagoNotice;
const { signature: _signature, ...UNSIGNED } = NOTICE;

function read(change: Partial<MercadoPagoNotice> = {}, rules: Partial<NoticeRules> = {}): NoticeVerdict {
  return readMercadoPagoNotice({ ...NOTICE, ...change }, { ...RULES, ...rules });
}

function sign(manifest: string, ts = TS): string {
  return `ts=${ts},v1=${createHmac('sha256', SECRET).update(manifest).digest('hex')}`;
}

test('a signed notification is genuine, and names the order and our reference', () => {
  expect(read()).toEqual({
    kind: 'genuine',
    about: { orderId: ORDER, externalReference: 'COT0701K9ZZ7H4Q2V8D' },
    identity: JSON.stringify([ORDER, 'order.processed', '2']),
  });
});

test('the signed id may be in lower case or as received, the digits of the signature in either case', () => {
  expect(read({ signature: `ts=${TS},v1=${V1_AS_RECEIVED}` }).kind).toBe('genuine');
  expect(read({ query: `data.id=${ORDER.toLowerCase()}&type=order` }).kind).toBe('genuine');
  expect(read({ signature: `ts=${TS},v1=${V1_LOWER.toUpperCase()}` }).kind).toBe('genuine');
  expect(read({ signature: ` v1=${V1_LOWER} , ts=${TS}` }).kind).toBe('genuine');
});

test('a part without a value is left out of the signed text', () => {
  const { requestId: _requestId, ...withoutRequestId } = NOTICE;
  const signature = sign(`id:${ORDER.toLowerCase()};ts:${TS};`);
  expect(readMercadoPagoNotice({ ...withoutRequestId, signature }, RULES).kind).toBe('genuine');
  expect(read({ requestId: '', signature }).kind).toBe('genuine');
  expect(readMercadoPagoNotice(withoutRequestId, RULES)).toEqual({ kind: 'forged', why: 'mismatch' });
});

test('a signature that covers no order is only a hint about the one that the body names', () => {
  const signature = sign(`request-id:${REQUEST_ID};ts:${TS};`);
  expect(read({ query: 'type=order', signature })).toMatchObject({ kind: 'hint', about: { orderId: ORDER } });
});

test('the time of the signature is read in milliseconds or in seconds', () => {
  const seconds = '1763712000';
  const signature = sign(`id:${ORDER.toLowerCase()};request-id:${REQUEST_ID};ts:${seconds};`, seconds);
  expect(read({ signature }).kind).toBe('genuine');
  expect(read({ signature }, { nowMs: 1_763_712_000_000 + 300_001 })).toEqual({ kind: 'forged', why: 'too-old' });
});

test.each([
  ['as old as allowed', 300_000, 'genuine'],
  ['a moment older', 300_001, 'too-old'],
  ['as far ahead as allowed', -60_000, 'genuine'],
  ['a moment further', -60_001, 'from-the-future'],
])('%s', (_what, ageMs, expected) => {
  const verdict = read({}, { nowMs: Number(TS) + ageMs });
  expect(verdict.kind === 'forged' ? verdict.why : verdict.kind).toBe(expected);
});

test.each([
  ['another order', { query: `data.id=${ORDER.replace('1W', '1X')}&type=order` }],
  ['another request id', { requestId: `${REQUEST_ID}0` }],
  ['another time', { signature: `ts=1763712000124,v1=${V1_LOWER}` }],
  ['a digit changed', { signature: `ts=${TS},v1=${V1_LOWER.replace(/^a/, 'b')}` }],
  ['the order only in the body', { query: 'type=order' }],
  [
    'the notification’s own id signed instead of the order’s',
    { signature: sign(`id:77;request-id:${REQUEST_ID};ts:${TS};`) },
  ],
])('%s: forged', (_what, change) => {
  expect(read(change)).toEqual({ kind: 'forged', why: 'mismatch' });
});

test.each([
  '',
  'ts',
  'ts=,v1=',
  `v1=${V1_LOWER}`,
  `ts=${TS}`,
  `ts=${TS},v1=`,
  `ts=${TS};v1=${V1_LOWER}`,
  `ts=${TS},v1=${V1_LOWER.slice(1)}`,
  `ts=${TS},v1=${V1_LOWER}0`,
  `ts=${TS},v1=${V1_LOWER.replace(/^a/, 'g')}`,
  `ts=-1,v1=${V1_LOWER}`,
  `ts=1e12,v1=${V1_LOWER}`,
  `ts=12345678901234567,v1=${V1_LOWER}`,
  `ts=${TS},ts=${TS},v1=${V1_LOWER}`,
  `ts=${TS},v1=${V1_LOWER},v1=${V1_LOWER}`,
  `ts=${TS}=1,v1=${V1_LOWER}`,
  `ts=${TS},v1=${V1_LOWER},${'x=1,'.repeat(100)}`,
])('a signature header that is none: %s', (signature) => {
  expect(read({ signature })).toEqual({ kind: 'forged', why: 'malformed' });
});

test('a request id of any length is not worth hashing', () => {
  expect(read({ requestId: 'x'.repeat(201) })).toEqual({ kind: 'forged', why: 'malformed' });
});

test('without a secret nothing can be checked: what claims a signature is refused, also one made with an empty key', () => {
  const manifest = `id:${ORDER.toLowerCase()};request-id:${REQUEST_ID};ts:${TS};`;
  const signature = `ts=${TS},v1=${createHmac('sha256', '').update(manifest).digest('hex')}`;
  const { secret: _secret, ...without } = RULES;
  expect(readMercadoPagoNotice({ ...NOTICE, signature }, without)).toEqual({ kind: 'forged', why: 'mismatch' });
  expect(read({ signature }, { secret: '' })).toEqual({ kind: 'forged', why: 'mismatch' });
});

test.each([
  ['an order without a signature', UNSIGNED, { orderId: ORDER, externalReference: 'COT0701K9ZZ7H4Q2V8D' }],
  [
    'a merchant order by IPN',
    { query: 'topic=merchant_order&id=3150000123', bodyText: '' },
    { merchantOrderId: '3150000123' },
  ],
  [
    'a merchant order by webhook',
    { query: 'data.id=3150000123&type=topic_merchant_order_wh', bodyText: '{}' },
    { merchantOrderId: '3150000123' },
  ],
  ['a payment', { query: 'topic=payment&id=98877665544', bodyText: '' }, { paymentId: '98877665544' }],
  [
    'IPN with its address alone',
    { query: '', bodyText: '{"resource":"https://api.example.test/merchant_orders/315","topic":"merchant_order"}' },
    { merchantOrderId: '315' },
  ],
  ['plugin text’s topic', { query: `data.id=${ORDER}&type=orders`, bodyText: 'not json' }, { orderId: ORDER }],
])('%s is a hint', (_what, notice, about) => {
  expect(readMercadoPagoNotice(notice, RULES)).toEqual({ kind: 'hint', about });
});

test.each([
  ['nothing at all', { query: '', bodyText: '' }, 'no topic'],
  ['a topic alone', { query: 'type=order', bodyText: '[]' }, 'no id'],
  ['an empty id', { query: 'topic=merchant_order&id=', bodyText: '' }, 'no id'],
  ['two ids', { query: 'data.id=1&data.id=2&type=order', bodyText: '' }, 'more than one data.id'],
  ['two ids of IPN', { query: 'id=1&id=2&topic=payment', bodyText: '' }, 'no id'],
  ['a path for an id', { query: 'id=..%2F1&topic=payment', bodyText: '' }, 'not an id'],
  ['a line break in an id', { query: 'id=1%0D%0A2&topic=payment', bodyText: '' }, 'not an id'],
  ['an endless id', { query: `id=${'1'.repeat(101)}&topic=payment`, bodyText: '' }, 'not an id'],
  ['an endless query', { query: 'x'.repeat(2_049), bodyText: '' }, 'too long'],
  ['an endless body', { query: 'id=1&topic=payment', bodyText: 'x'.repeat(65_537) }, 'too long'],
])('%s is unreadable', (_what, notice, detail) => {
  expect(readMercadoPagoNotice(notice, RULES)).toEqual({ kind: 'unreadable', detail });
});

test('topics that no till asks about are told apart, after the signature was checked', () => {
  const query = 'data.id=1&type=stop_delivery_op_wh';
  expect(readMercadoPagoNotice({ query, bodyText: '' }, RULES)).toEqual({
    kind: 'unrelated',
    topic: 'stop_delivery_op_wh',
  });
  expect(read({ query })).toEqual({ kind: 'forged', why: 'mismatch' });
});

test('a reference that is none of ours in form is left out; no other word of the body is repeated', () => {
  const bodyText = JSON.stringify({ data: { external_reference: 'a b<script>', status: 'processed' }, payer: 'Ana' });
  expect(read({ bodyText })).toEqual({
    kind: 'genuine',
    about: { orderId: ORDER },
    identity: JSON.stringify([ORDER, REQUEST_ID]),
  });
});

test('whatever comes, the answer is a verdict, and never genuine without the secret', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.webQueryParameters(), fc.json());
  fc.assert(
    fc.property(
      text,
      fc.option(text, { nil: undefined }),
      fc.option(text, { nil: undefined }),
      text,
      (query, signature, requestId, bodyText) => {
        const notice = {
          query,
          bodyText,
          ...(signature !== undefined && { signature }),
          ...(requestId !== undefined && { requestId }),
        };
        expect(readMercadoPagoNotice(notice, RULES).kind).not.toBe('genuine');
      },
    ),
  );
});
