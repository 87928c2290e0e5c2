/** A network that answers nonsense, answers late, or does not answer: the state stays, the fact is on record, and no notes move. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { MercadoPagoScriptEntry } from '../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import { cashOutIn, json, NETWORK, openForBusiness, openShop, refusalIn, TOKEN, worked } from './shop.ts';
import type { PrintedCashOut, Shop } from './shop.ts';

/** One that is open all day for questions, and one for each test in which the network itself fails. */
let allDay: Shop;
let shop: Shop;
beforeAll(async () => {
  allDay = await openShop();
  await openForBusiness(allDay);
}, 60_000);
beforeEach(() => {
  shop = allDay;
});
afterEach(async () => {
  if (shop !== allDay) await shop.close();
  allDay.engine.clearScript();
});
afterAll(() => allDay.close());

const START = ['cash-out', 'start', ...NETWORK, '--amount', '100', '--json'] as const;

async function started(): Promise<PrintedCashOut> {
  return cashOutIn(worked(await shop.till(...START)));
}

/** Journal entries of a type, as they were recorded. */
function recorded(type: string, cashOutId: string): readonly unknown[] {
  return shop
    .read(`SELECT body FROM journal WHERE type = '${type}' AND subject = '${cashOutId}' ORDER BY seq`)
    .map(({ body }) => JSON.parse(String(body)) as unknown);
}

/** Notes that left the drawer, and openings of it, for this cash-out. */
function moved(cashOutId: string): number {
  const notes = shop.read(`SELECT 1 FROM posting WHERE cause = 'dispense' AND cash_out_id = '${cashOutId}'`);
  return notes.length + shop.read(`SELECT 1 FROM drawer_opening WHERE cash_out_id = '${cashOutId}'`).length;
}

/** The key of every create that was sent for this reference. */
function createKeys(reference: string): readonly (string | undefined)[] {
  return shop.engine
    .requests()
    .filter(({ operation, request }) => operation === 'create' && request.bodyText.includes(reference))
    .map(({ request }) => request.headers['x-idempotency-key']);
}

async function paidCashOut(): Promise<PrintedCashOut> {
  const cashOut = await started();
  shop.engine.customerPays(cashOut.externalReference);
  worked(await shop.till('cash-out', 'watch', cashOut.id));
  return cashOut;
}

test.each<readonly [MercadoPagoScriptEntry['fault'], string]>([
  ['not-json', 'unreadable'],
  ['cut-body', 'unreadable'],
  ['error-inside-ok', 'unreadable'],
  ['another-order-id', 'mismatch'],
  ['another-amount', 'mismatch'],
  ['another-reference', 'mismatch'],
  ['unknown-status', 'unknown-status'],
  ['cash-out-not-processed', 'unknown-status'],
])('asked for a paid order, an answer that is %s moves nothing and is set aside as %s', async (fault, reason) => {
  const cashOut = await started();
  shop.engine.customerPays(cashOut.externalReference);
  shop.engine.script({ fault, operation: 'read', count: 'always' });

  const watched = await shop.till('cash-out', 'watch', cashOut.id, '--timeout', '1', '--json');

  expect([watched.exit, cashOutIn(watched).state]).toEqual([3, 'awaiting_payment']);
  expect(recorded('answer.set-aside', cashOut.id)).toMatchObject([
    { cashOutId: cashOut.id, operation: 'read', reason },
  ]);
  const handOver = await shop.till('cash-out', 'hand-over', cashOut.id, '--json');
  expect([handOver.exit, refusalIn(handOver).code]).toEqual([1, 'cash-out.wrong-state']);
  expect(moved(cashOut.id)).toBe(0);

  shop.engine.clearScript();
  const later = await shop.till('cash-out', 'watch', cashOut.id, '--timeout', '60', '--json');
  expect([later.exit, cashOutIn(later).state]).toEqual([0, 'paid']);
});

test.each<readonly [MercadoPagoScriptEntry['fault'], number, string]>([
  ['not-json', 3, 'cash-out.cannot-check-now'],
  ['cut-body', 3, 'cash-out.cannot-check-now'],
  ['error-inside-ok', 3, 'cash-out.cannot-check-now'],
  ['drop-before-commit', 3, 'cash-out.cannot-check-now'],
  ['server-error-before-commit', 3, 'cash-out.cannot-check-now'],
  ['rate-limited', 3, 'cash-out.cannot-check-now'],
  ['unauthorized', 3, 'cash-out.cannot-check-now'],
  ['another-order-id', 1, 'cash-out.not-paid-now'],
  ['another-amount', 1, 'cash-out.not-paid-now'],
  ['stale-answer', 1, 'cash-out.not-paid-now'],
])('asked before the notes, an answer that is %s keeps the drawer shut', async (fault, exit, code) => {
  const cashOut = await paidCashOut();
  shop.engine.script({ fault, operation: 'read', count: 'always' });

  const refused = await shop.till('cash-out', 'hand-over', cashOut.id, '--json');

  expect([refused.exit, refusalIn(refused).code]).toEqual([exit, code]);
  expect(moved(cashOut.id)).toBe(0);
  shop.engine.clearScript();
  const shown = cashOutIn(worked(await shop.till('cash-out', 'show', cashOut.id, '--json')));
  expect(shown.state).toBe('paid');
  const now = worked(await shop.till('cash-out', 'hand-over', cashOut.id, '--json'));
  expect(cashOutIn(now).state).toBe('handing_over');
  worked(await shop.till('cash-out', 'not-given', cashOut.id));
});

test('an answer older than what is known is set aside and undoes nothing', async () => {
  const cashOut = await paidCashOut();
  shop.engine.script({ fault: 'stale-answer', operation: 'read', count: 'always' });

  worked(await shop.till('sync'));

  const shown = cashOutIn(worked(await shop.till('cash-out', 'show', cashOut.id, '--json')));
  expect(shown.state).toBe('paid');
  expect(recorded('answer.set-aside', cashOut.id)).toMatchObject([{ reason: 'stale' }]);
});

test.each<readonly [MercadoPagoScriptEntry['fault']]>([
  ['not-json'],
  ['cut-body'],
  ['drop-after-commit'],
  ['server-error-after-commit'],
  ['error-inside-ok'],
])('a create answered by %s leaves one order, found again with the same key', async (fault) => {
  shop.engine.script({ fault, operation: 'create', count: 2 });

  const first = await shop.till(...START, '--wait', '0.5');

  expect([first.exit, cashOutIn(first).state]).toEqual([3, 'requested']);
  expect(cashOutIn(first).qrData).toBeUndefined();
  expect(cashOutIn(first).doubt?.command).toBe('create');
  const resumed = await shop.till('cash-out', 'watch', cashOutIn(first).id, '--until', 'awaiting_payment', '--json');
  expect([resumed.exit, cashOutIn(resumed).state]).toEqual([0, 'awaiting_payment']);
  const { externalReference } = cashOutIn(first);
  const made = shop.engine.orders().filter((order) => order.externalReference === externalReference);
  expect(made).toHaveLength(1);
  const keys = createKeys(externalReference);
  expect(keys.length).toBeGreaterThanOrEqual(3);
  expect(new Set(keys).size).toBe(1);
});

test('the network down: start says in doubt and keeps the request; sync goes on when the network is back', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  shop.engine.setNetwork('down');

  const first = await shop.till(...START, '--wait', '1');

  expect([first.exit, cashOutIn(first).state]).toEqual([3, 'requested']);
  const idle = await shop.till('sync', '--until', 'idle', '--timeout', '1', '--json');
  expect([idle.exit, json(idle)]).toMatchObject([3, { unsettled: 1, networks: [{ connection: 'offline' }] }]);
  shop.engine.setNetwork('up');
  const later = worked(await shop.till('sync', '--json'));
  expect(json(later)).toMatchObject({ unsettled: 1, openCashOuts: [{ state: 'awaiting_payment' }] });
  expect(shop.engine.orders()).toHaveLength(1);
});

test('nothing listens at the address: the request never left, so it can be dropped at once, and the day goes on', async () => {
  shop = await openShop();
  await openForBusiness(shop, { networks: { 'mercadopago-orders': { baseUrl: 'http://127.0.0.1:9' } } });

  const said = await shop.till(...START, '--wait', '0.5');
  expect([said.exit, cashOutIn(said).state, cashOutIn(said).doubt]).toEqual([3, 'requested', undefined]);
  const dropped = await shop.till('cash-out', 'cancel', cashOutIn(said).id, '--json');

  expect([dropped.exit, cashOutIn(dropped).state]).toEqual([0, 'refused']);
  expect(cashOutIn(dropped).reason).toBe('cancelled-before-it-left');
  worked(await shop.till('shift', 'close', '--count', '5000'));
});

test('a refused token blocks the network until a new one is stored; then the same order goes on', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  shop.engine.revokeToken(TOKEN);

  const refused = await shop.till(...START);
  expect([refused.exit, cashOutIn(refused).state]).toEqual([3, 'requested']);
  const second = await shop.till(...START);
  expect([second.exit, refusalIn(second).code]).toEqual([1, 'network.blocked']);
  expect(json(worked(await shop.till('status', '--json')))).toMatchObject({
    networks: [{ connection: 'blocked', code: 'unauthorized' }],
  });

  worked(await shop.tillHears('APP_USR-another-token', 'secret', 'set', 'mercadopago-token'));
  const synced = json(worked(await shop.till('sync', '--json')));
  expect(synced).toMatchObject({ networks: [{ connection: 'online' }], openCashOuts: [{ state: 'awaiting_payment' }] });
  expect(shop.engine.orders()).toHaveLength(1);
});

test('asked to wait, the till does not ask before the time is over', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  shop.engine.script({ fault: 'rate-limited', operation: 'create', retryAfterSeconds: 3 });

  const said = await shop.till(...START, '--wait', '15');

  expect([said.exit, cashOutIn(said).state]).toEqual([0, 'awaiting_payment']);
  const [first, second] = shop.engine.requests().filter(({ operation }) => operation === 'create');
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(2_900);
});

test('server errors are waited out with the same key', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  shop.engine.script(
    { fault: 'server-error-before-commit', operation: 'create', status: 503 },
    { fault: 'server-error-after-commit', operation: 'create', status: 500 },
  );

  const said = await shop.till(...START, '--wait', '15');

  expect([said.exit, cashOutIn(said).state]).toEqual([0, 'awaiting_payment']);
  expect(shop.engine.orders()).toHaveLength(1);
});

test('the line breaks between payment and notes: no notes until the network says paid again', async () => {
  shop = await openShop();
  await openForBusiness(shop);
  const cashOut = await paidCashOut();
  shop.engine.setNetwork('down');

  const blind = await shop.till('cash-out', 'hand-over', cashOut.id, '--json');
  expect([blind.exit, refusalIn(blind).code]).toEqual([3, 'cash-out.cannot-check-now']);
  shop.engine.setNetwork('up');
  shop.engine.sellerRefunds(cashOut.externalReference);
  const refunded = await shop.till('cash-out', 'hand-over', cashOut.id, '--json');
  expect([refunded.exit, refusalIn(refunded).code]).toEqual([
    1,
    expect.stringMatching(/^cash-out\.(not-paid-now|wrong-state)$/),
  ]);
  expect(moved(cashOut.id)).toBe(0);
});
