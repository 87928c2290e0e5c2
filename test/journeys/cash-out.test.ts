/** A cash-out from request to settled, and each way in which it can end otherwise: real core, store and adapter against the simulated network. */
import { afterEach, expect, test } from 'vitest';
import { awaitingPayment, createBench, current, paid, refused, worked } from '../support/till-bench.ts';
import type { Bench, BenchOptions } from '../support/till-bench.ts';

let open: Bench[] = [];

async function bench(options: BenchOptions = {}): Promise<Bench> {
  const made = await createBench({ floatMinor: 1_000_000, ...options });
  open.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(open.map((made) => made.close()));
  open = [];
});

test('a customer pays, notes are handed over, and the drawer knows it', async () => {
  const till = await bench();
  const cashOut = await paid(till);
  expect(cashOut).toMatchObject({ state: 'paid', payment: { amountMinor: 50_000 } });

  expect(worked(await till.till.handOver(cashOut.id)).state).toBe('handing_over');
  expect(till.pulses).toEqual(['hand-over']);
  expect(worked(till.till.given(cashOut.id)).state).toBe('settled');

  const { store } = till.till.context;
  expect(store.expectedCashMinor(cashOut.shiftId)).toBe(950_000);
  expect(till.steps(cashOut.id)).toEqual(['offered', 'paid', 'hand-over-started', 'dispensed', 'settled']);
});

test('the request is on disk with its key before the first byte leaves, and the network sees that key (I3)', async () => {
  const till = await bench();
  const started = worked(till.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }));
  const [create] = till.till.context.store.commandsOf(started.id);
  expect(till.engine.requests()).toHaveLength(0);
  await till.settle();
  const request = till.engine.requests()[0]?.request;
  expect(request?.headers['x-idempotency-key']).toBe(create?.idempotencyKey);
  expect(request?.bodyText).toBe(create?.request.body);
});

test('an answer lost after the order was made leads to the same order with the same key, never to a second one', async () => {
  const till = await bench();
  till.engine.script({ operation: 'create', fault: 'drop-after-commit' });
  const started = worked(till.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }));
  await till.settle();
  expect(current(till, started.id).state).toBe('requested');
  await till.settle();
  expect(current(till, started.id).state).toBe('awaiting_payment');
  expect(till.engine.orders()).toHaveLength(1);
  expect(
    new Set(till.engine.requests().flatMap(({ request }) => request.headers['x-idempotency-key'] ?? [])).size,
  ).toBe(1);
});

test('a cancelled cash-out ends when the network says so, and not before', async () => {
  const till = await bench();
  const cashOut = await awaitingPayment(till);
  expect(worked(till.till.cancel(cashOut.id)).state).toBe('cancelling');
  await till.settle();
  expect(current(till, cashOut.id).state).toBe('cancelled');
});

test('a customer who pays while the cashier cancels has a late payment: a case, then notes or the money back', async () => {
  const till = await bench();
  const cashOut = await awaitingPayment(till);
  worked(till.till.cancel(cashOut.id));
  till.engine.customerPays(cashOut.externalReference);
  await till.settle();
  const late = current(till, cashOut.id);
  expect(late).toMatchObject({ state: 'paid', late: 'while-cancelling' });
  expect(till.till.context.store.openCases().map(({ kind }) => kind)).toEqual(['late-payment']);

  worked(till.till.giveBack(cashOut.id, 'customer left'));
  await till.settle();
  till.advance(120_000);
  await till.settle();
  expect(current(till, cashOut.id).state).toBe('returned');
  expect(till.till.context.store.openCases()).toEqual([]);
});

test('a payment after the order was cancelled is kept, marked late, and becomes a case', async () => {
  const till = await bench();
  const cashOut = await awaitingPayment(till);
  worked(till.till.cancel(cashOut.id));
  await till.settle();
  till.advance(5_000);
  till.engine.customerPays(cashOut.externalReference, { force: true });
  await till.settle();
  expect(current(till, cashOut.id)).toMatchObject({ state: 'paid', late: 'after-cancel' });
  expect(till.till.context.store.openCases()[0]?.kind).toBe('late-payment');
});

test('an order expires by the network’s word, not by the till’s clock', async () => {
  const till = await bench();
  const cashOut = await awaitingPayment(till);
  till.engine.setNetwork('down');
  till.advance(400_000);
  await till.settle();
  expect(current(till, cashOut.id).state).toBe('awaiting_payment');
  till.engine.setNetwork('up');
  await till.settle();
  expect(current(till, cashOut.id).state).toBe('expired');
});

test('when the network says refunded at the moment of handing over, no notes move', async () => {
  const till = await bench();
  const cashOut = await paid(till);
  till.engine.sellerRefunds(cashOut.externalReference);
  till.advance(120_000);
  expect(refused(await till.till.handOver(cashOut.id))).toBe('cash-out.not-paid-now');
  expect(till.pulses).toEqual([]);
  expect(current(till, cashOut.id).state).toMatch(/^return/);
});

test('with the line down at the moment of handing over nothing is decided', async () => {
  const till = await bench({ deadlineMs: 500 });
  const cashOut = await paid(till);
  till.engine.setNetwork('down');
  expect(refused(await till.till.handOver(cashOut.id))).toBe('cash-out.cannot-check-now');
  expect(current(till, cashOut.id).state).toBe('paid');
  till.engine.setNetwork('up');
  expect(worked(await till.till.handOver(cashOut.id)).state).toBe('handing_over');
});

test('notes taken back lead to paid again, and from there to a return', async () => {
  const till = await bench();
  const cashOut = await paid(till);
  worked(await till.till.handOver(cashOut.id));
  expect(worked(till.till.notGiven(cashOut.id, 'customer changed their mind')).state).toBe('paid');
  worked(till.till.giveBack(cashOut.id, 'customer changed their mind'));
  await till.settle();
  expect(refused(await till.till.handOver(cashOut.id))).toBe('cash-out.wrong-state');
  expect(till.till.context.store.expectedCashMinor(cashOut.shiftId)).toBe(1_000_000);
});

test('notes are given once: a second hand-over and a second "given" post nothing (I1)', async () => {
  const till = await bench();
  const cashOut = await paid(till);
  await Promise.all([till.till.handOver(cashOut.id), till.till.handOver(cashOut.id)]);
  expect(till.pulses).toEqual(['hand-over']);
  worked(till.till.given(cashOut.id));
  worked(till.till.given(cashOut.id));
  expect(refused(await till.till.handOver(cashOut.id))).toBe('cash-out.wrong-state');
  expect(till.till.context.store.expectedCashMinor(cashOut.shiftId)).toBe(950_000);
});

test('a request that never left the till is dropped when the customer no longer waits, and is never sent late', async () => {
  const till = await bench({ settings: (settings) => ({ ...settings, networks: atDeadPort(settings) }) });
  const started = worked(till.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }));
  await till.settle();
  expect(current(till, started.id).state).toBe('requested');
  till.advance(60_000);
  await till.settle();
  expect(current(till, started.id)).toMatchObject({ state: 'refused', code: 'network-unreachable' });
});

function atDeadPort({ networks }: Bench['settings']): Bench['settings']['networks'] {
  const orders = networks['mercadopago-orders'];
  return orders ? { 'mercadopago-orders': { ...orders, baseUrl: 'http://127.0.0.1:9' } } : {};
}

test('a request asked again under its own name is the same cash-out, and under another amount it is refused', async () => {
  const till = await bench();
  const request = { network: 'mercadopago-orders', amountMinor: 50_000, requestId: 'caja7-0001' } as const;
  const first = worked(till.till.startCashOut(request));
  await till.settle();
  expect(worked(till.till.startCashOut(request))).toMatchObject({ id: first.id, state: 'awaiting_payment' });
  expect(refused(till.till.startCashOut({ ...request, amountMinor: 60_000 }))).toBe('request.invalid');
  await till.settle();
  expect(till.engine.orders()).toHaveLength(1);
});
