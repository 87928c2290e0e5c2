/** What merchant orders prove, and what they do not. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PaymentNetwork, Reading } from '../../../../src-main/core/application/ports/payment-network.ts';
import type { OrderFact } from '../../../../src-main/core/domain/network.ts';
import type { MercadoPagoInstoreSettings } from '../../../../src-main/core/domain/settings.ts';
import { machineClock } from '../machine.ts';
import { startRawServer, wire } from '../raw-server.ts';
import type { RawServer } from '../raw-server.ts';
import { answer, ORDER, OURS_WAITS, send, TERMS, till } from './bench.ts';
import type { Json } from './bench.ts';

let server: RawServer;
let pages: string[] = [];
let nowMs = 0;
beforeAll(async () => {
  server = await startRawServer((_seen, socket) => {
    socket.end(wire(200, (pages.length > 1 ? pages.shift() : pages[0]) ?? '', { Connection: 'close' }));
  });
});
afterAll(() => server.close());
beforeEach(() => {
  server.seen.length = 0;
  nowMs = TERMS.requestedAtMs + 90_000;
});

function network(settings: Partial<MercadoPagoInstoreSettings> = {}): PaymentNetwork {
  const clock = { ...machineClock, nowMs: () => nowMs };
  return till({ ...settings, baseUrl: server.baseUrl }, { clock });
}

function readingOf(body: string | Json, settings: Partial<MercadoPagoInstoreSettings> = {}): Promise<Reading> {
  pages = [typeof body === 'string' ? body : JSON.stringify(body)];
  return network(settings).read(TERMS, ORDER);
}

async function factOf(body: string | Json, settings: Partial<MercadoPagoInstoreSettings> = {}): Promise<OrderFact> {
  const reading = await readingOf(body, settings);
  if (reading.kind !== 'answered') throw new Error(JSON.stringify(reading));
  return reading.fact;
}

function elements(name: string): Json[] {
  return answer(name)['elements'] as Json[];
}

function page(...list: Json[]): Json {
  return { elements: list, next_offset: 0, total: list.length };
}

const PAID = (): Json => elements('paid')[1] ?? {};
const SCANNED = (): Json => elements('scanned')[0] ?? {};
const PAYMENT = (): Json => (PAID()['payments'] as Json[])[0] ?? {};

test('one merchant order closed and paid: the money is there, and the five minutes run from the earliest time', async () => {
  expect(await readingOf(answer('paid'))).toMatchObject({
    kind: 'answered',
    fact: {
      networkOrderId: ORDER.networkOrderId,
      status: 'paid',
      statusText: 'closed/paid',
      externalReference: TERMS.externalReference,
      amountMinor: 2_000_000,
      currency: 'ARS',
      updatedAtMs: Date.parse('2025-11-21T15:01:02Z'),
      paymentReference: '98877665544',
      confirmationId: '31200045001',
      confirmByMs: Date.parse('2025-11-21T15:05:58Z'),
      problems: [],
    },
    evidence: { orderUpdatedAtMs: Date.parse('2025-11-21T15:01:02Z'), body: JSON.stringify(answer('paid')) },
  });
});

test('a till whose clock is behind never believes in more than five minutes from now', async () => {
  nowMs = Date.parse('2025-11-21T14:00:00Z');
  expect((await factOf(answer('paid'))).confirmByMs).toBe(nowMs + 300_000);
});

test('without a payment in the list, the five minutes run from the scan', async () => {
  const fact = await factOf(page({ ...PAID(), payments: [] }));
  expect(fact).toMatchObject({ status: 'paid', confirmByMs: Date.parse('2025-11-21T15:05:40Z') });
  expect(fact.paymentReference).toBeUndefined();
});

test('without any time there is no window, and so no notes', async () => {
  const { date_created: _created, ...timeless } = PAID();
  expect(await factOf(page({ ...timeless, payments: [] }))).not.toHaveProperty('confirmByMs');
});

test.each(['[]', 'null'])('nobody has scanned (%s): awaiting, and expired two minutes after its end', async (list) => {
  const nobody = `{"elements":${list},"next_offset":0,"total":0}`;
  expect(await factOf(nobody)).toMatchObject({ status: 'awaiting', statusText: 'not scanned', problems: [] });
  nowMs = ORDER.expiresAtMs + 119_999;
  expect((await factOf(nobody)).status).toBe('awaiting');
  nowMs += 1;
  expect((await factOf(nobody)).status).toBe('expired');
  expect((await factOf(answer('scanned'))).status).toBe('expired');
});

test('a customer who is paying keeps the order from being called expired', async () => {
  nowMs = ORDER.expiresAtMs + 3_600_000;
  expect((await factOf(page({ ...SCANNED(), order_status: 'payment_in_process' }))).status).toBe('awaiting');
  const pending = { ...PAYMENT(), status: 'in_process' };
  expect((await factOf(page({ ...SCANNED(), payments: [pending] }))).status).toBe('awaiting');
});

test('a word that no list has is neither paid nor an end', async () => {
  const odd = page({ ...SCANNED(), status: 'under_review', order_status: 'undefined' });
  expect(await factOf(odd)).toMatchObject({ status: 'awaiting', statusText: 'under_review/undefined' });
  nowMs = ORDER.expiresAtMs + 3_600_000;
  expect((await factOf(odd)).status).toBe('unclear');
});

test('closed alone is never paid: money that went back leaves the order closed', async () => {
  expect(await factOf(answer('returned'))).toMatchObject({ status: 'returned', confirmationId: '31200045001' });
  const refunded = { ...PAYMENT(), status: 'refunded' };
  const half = { ...PAYMENT(), id: 2, status: 'refunded' };
  expect((await factOf(page({ ...PAID(), payments: [refunded] }))).status).toBe('returned');
  expect((await factOf(page({ ...PAID(), order_status: 'refunded', payments: [refunded] }))).status).toBe('returned');
  expect((await factOf(page({ ...PAID(), order_status: 'reverted', payments: [] }))).status).toBe('returned');
  expect((await factOf(page({ ...PAID(), order_status: 'reverted' }))).status).toBe('unclear');
  expect((await factOf(page({ ...PAID(), payments: [PAYMENT(), half] }))).status).toBe('unclear');
});

test.each(['partially_paid', 'partially_reverted', 'partially_refunded', 'undefined', 'a_word_of_tomorrow'])(
  'payments that say all went back, in an order that says %s, prove no return',
  async (word) => {
    const refunded = { ...PAYMENT(), status: 'refunded' };
    expect((await factOf(page({ ...PAID(), order_status: word, payments: [refunded] }))).status).toBe('unclear');
  },
);

test('what went back is told by the refunded amount, and must be all of it', async () => {
  const back = elements('returned')[1] ?? {};
  expect(await factOf(page({ ...back, paid_amount: 0 }))).toMatchObject({ status: 'returned', amountMinor: 2_000_000 });
  expect(await factOf(page({ ...back, refunded_amount: 10_000 }))).toMatchObject({
    status: 'unclear',
    problems: ['returned amount: asked 2000000, answered 1000000 minor units'],
  });
});

test.each<[string, Json]>([
  ['order_status', { order_status: 'partially_paid' }],
  ['order_status', { order_status: 'partially_reverted' }],
  ['order_status', { order_status: 'partially_refunded' }],
  ['order_status', { order_status: 'pending_cancel' }],
  ['order_status', { order_status: 'cancelled' }],
  ['order_status', { order_status: 'payment_in_process' }],
  ['order_status', { order_status: 'undefined' }],
  ['order_status', { order_status: undefined }],
  ['order_status', { order_status: 'PAID' }],
  ['status', { status: 'opened' }],
  ['status', { status: 'expired' }],
  ['cancelled', { cancelled: true }],
  ['refunded_amount', { refunded_amount: 0.01 }],
  ['payments', { payments: [{ id: 1, status: 'in_process' }] }],
  ['payments', { payments: [{ id: 1, status: 'charged_back' }] }],
  ['payments', { payments: [{ id: 1, status: 'in_mediation' }] }],
  ['payments', { payments: [{ id: 1 }] }],
])('a closed order with another %s (%j) is unclear, never paid', async (_what, change) => {
  expect((await factOf(page({ ...PAID(), ...change }))).status).toBe('unclear');
});

test('a refused payment beside the approved one changes nothing', async () => {
  const rejected = { id: 1, status: 'rejected', currency_id: 'ARS', date_created: '2025-11-21T11:00:41.000-04:00' };
  expect(await factOf(page({ ...PAID(), payments: [rejected, PAYMENT()] }))).toMatchObject({
    status: 'paid',
    paymentReference: '98877665544',
    confirmByMs: Date.parse('2025-11-21T15:05:58Z'),
  });
});

test.each<[string, Json[]]>([
  ['two closed', [PAID(), { ...PAID(), id: 31_200_045_002 }]],
  ['one closed, one returned', [PAID(), { ...elements('returned')[1], id: 31_200_045_002 }]],
  ['one closed, one partly paid', [PAID(), { ...SCANNED(), order_status: 'partially_paid', paid_amount: 1 }]],
])('%s: paid more than once is for a person', async (_what, list) => {
  expect(await factOf(page(...list))).toMatchObject({
    status: 'unclear',
    problems: ['2 merchant orders have money in them: paid more than once'],
  });
});

test.each<[string, Json]>([
  ['paid amount: asked 2000000, answered 1000000 minor units', { paid_amount: 10_000 }],
  ['paid amount: asked 2000000, answered 4000000 minor units', { paid_amount: 40_000 }],
  ['paid amount: missing', { paid_amount: undefined }],
  ['paid amount: not an amount in ARS', { paid_amount: 20_000.001 }],
  ['total amount: asked 2000000, answered 2000001 minor units', { total_amount: 20_000.01 }],
  ['account: asked 700100200, answered 9', { collector: { id: 9 } }],
  ['currency: asked ARS, answered BRL', { payments: [{ ...PAYMENT(), currency_id: 'BRL' }] }],
  ['merchant order: no usable id', { id: undefined }],
  ['merchant order: no usable id', { id: '../1' }],
])('%s: unclear, with the difference in words', async (problem, change) => {
  expect(await factOf(page({ ...PAID(), ...change }))).toMatchObject({ status: 'unclear', problems: [problem] });
});

test('a total of zero is right where the settings say so, and only there', async () => {
  const zero = page({ ...PAID(), total_amount: 0 });
  expect((await factOf(zero, { pureCashoutTotal: 'zero' })).status).toBe('paid');
  expect((await factOf(zero)).status).toBe('unclear');
});

test('the payment is found however many have scanned', async () => {
  const scans = Array.from({ length: 30 }, (_, index) => ({ ...SCANNED(), id: index + 1 }));
  pages = [
    JSON.stringify({ elements: scans, next_offset: 30, total: 31 }),
    JSON.stringify({ elements: [PAID()], next_offset: 0, total: 31 }),
  ];
  const last = pages[1];
  expect(await network().read(TERMS, ORDER)).toMatchObject({ fact: { status: 'paid' }, evidence: { body: last } });
  expect(server.seen.map(({ head }) => head.split(' ')[1])).toEqual([
    '/merchant_orders/search?external_reference=COT0701K9ZZ7H4Q2V8D',
    '/merchant_orders/search?external_reference=COT0701K9ZZ7H4Q2V8D&offset=30',
  ]);
});

test('a search that never ends, or ends early, proves nothing', async () => {
  const scans = Array.from({ length: 30 }, (_, index) => ({ ...SCANNED(), id: index + 1 }));
  const endless = JSON.stringify({ elements: scans, next_offset: 30, total: 1_000_000 });
  expect(await readingOf(endless)).toMatchObject({ kind: 'unreadable', detail: 'too-many-scans' });
  expect(server.seen).toHaveLength(8);
  const early = '{"elements":[],"next_offset":0,"total":3}';
  expect(await readingOf(early)).toMatchObject({ kind: 'unreadable', detail: 'search-incomplete' });
});

test.each(['{}', '[]', 'null', '1', '{"elements":1}', '{"elements":[1]}', '{"elements":[{}]}', '{"elements":[null]}'])(
  '%s is no answer to a search',
  async (body) => {
    expect(await readingOf(body)).toMatchObject({ kind: 'unreadable', detail: 'no-list-in-answer' });
  },
);

test('merchant orders of another reference are no answer to the question', async () => {
  const foreign = page({ ...PAID(), external_reference: 'ANOTHER' });
  expect(await readingOf(foreign)).toMatchObject({ kind: 'unreadable', detail: 'about-another-reference' });
  expect(await readingOf(page(PAID(), { ...SCANNED(), external_reference: undefined }))).toMatchObject({
    kind: 'unreadable',
  });
});

test('a create finds that somebody has paid already: nothing is sent, and the money is known', async () => {
  pages = [JSON.stringify(answer('paid'))];
  expect(await send(network(), 'create')).toMatchObject({
    kind: 'answered',
    fact: { status: 'paid', networkOrderId: 'SUC01CAJA07-COT0701K9ZZ7H4Q2V8D', confirmationId: '31200045001' },
  });
  expect(server.seen).toHaveLength(1);
});

test('a scan of a code that was never shown: nothing is sent, and a person looks', async () => {
  pages = [JSON.stringify(answer('scanned'))];
  expect(await send(network(), 'create', { ...TERMS, mode: 'dynamic' })).toMatchObject({
    kind: 'answered',
    fact: { status: 'unclear', problems: ['somebody has scanned a code of this order before it was shown'] },
  });
  expect(server.seen).toHaveLength(1);
});

test('a dynamic order cannot be cancelled: its cancel is busy until the order has ended', async () => {
  pages = ['{"elements":[],"next_offset":0,"total":0}'];
  const dynamic = { ...TERMS, mode: 'dynamic' } as const;
  nowMs = ORDER.expiresAtMs - 60_000;
  expect(await send(network(), 'cancel', dynamic)).toMatchObject({
    kind: 'busy',
    code: 'dynamic-order-ends-by-itself',
    retryAfterMs: 180_000,
  });
  nowMs = ORDER.expiresAtMs + 120_000;
  expect(await send(network(), 'cancel', dynamic)).toMatchObject({ kind: 'answered', fact: { status: 'expired' } });
  pages = [JSON.stringify(answer('paid'))];
  expect(await send(network(), 'cancel', dynamic)).toMatchObject({ kind: 'answered', fact: { status: 'paid' } });
});

test.each<[string, Json]>([
  ['somebody is paying', { order_status: 'payment_in_process' }],
  ['a word is not known', { order_status: 'under_review' }],
])('deleted while %s: not cancelled yet', async (_what, change) => {
  pages = [OURS_WAITS, '', JSON.stringify(page({ ...SCANNED(), ...change }))];
  expect(await send(network(), 'cancel')).toMatchObject({ kind: 'answered', fact: { status: 'awaiting' } });
});

test('deleted while the money was coming in: paid, or unclear, but not cancelled', async () => {
  pages = [OURS_WAITS, '', JSON.stringify(answer('paid'))];
  expect(await send(network(), 'cancel')).toMatchObject({ kind: 'answered', fact: { status: 'paid' } });
  pages = [OURS_WAITS, '', JSON.stringify(page(PAID(), { ...PAID(), id: 1 }))];
  expect(await send(network(), 'cancel')).toMatchObject({ kind: 'answered', fact: { status: 'unclear' } });
});
