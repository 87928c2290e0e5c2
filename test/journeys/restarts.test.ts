/** What a person finds after the program was gone: one next step, the same QR, the same key, and nothing that moved by itself (I8). */
import { expect, test } from 'vitest';
import { cashOutView } from '../../src-main/bridge/views/cash-out-view.ts';
import { customerView } from '../../src-main/bridge/views/customer-view.ts';
import { createSeededRandom } from '../../src-main/simulators/seeded-random.ts';
import { CASH_OUT_STATES } from '../../src-main/core/domain/cash-out.ts';
import { arrived, expectSound, openCases, openShop } from '../support/shop-files.ts';
import { awaitingPayment, current, paid, refused, worked } from '../support/till-bench.ts';
import type { Bench } from '../support/till-bench.ts';

const REQUEST = { network: 'mercadopago-orders', amountMinor: 50_000 } as const;

async function startedAgain(shop: Bench): Promise<Bench> {
  const again = await shop.restarted();
  again.till.start();
  await again.till.sync.stop();
  return again;
}

test('notes that were being handed over wait for the cashier’s word, whatever the network and the clock do; the drawer stays shut', async () => {
  const shop = await openShop();
  const { id } = await paid(shop);
  worked(await shop.till.handOver(id));
  const again = await startedAgain(shop);
  again.advance(3 * 3_600_000);
  await again.settle();
  await again.settle();
  expect(current(again, id).state).toBe('handing_over');
  expect(cashOutView(again.till.context, current(again, id)).actions).toEqual(['given', 'not-given']);
  expect(customerView(again.till.context).scene).toBe('take-notes');
  expect(worked(await again.till.handOver(id)).state).toBe('handing_over');
  expect(again.pulses).toEqual(['hand-over']);
  worked(again.till.given(id));
  worked(again.till.given(id));
  expectSound(again, true);
});

test('notes that were not given after all are handed over by a new, recorded decision, or the money goes back', async () => {
  const shop = await openShop({ simulator: { refundTakesMs: 0 } });
  const { id } = await paid(shop);
  worked(await shop.till.handOver(id));
  const again = await startedAgain(shop);
  worked(again.till.notGiven(id, 'power cut, notes still in the drawer'));
  expect(cashOutView(again.till.context, current(again, id)).actions).toEqual(['hand-over', 'return']);
  worked(await again.till.handOver(id));
  expect(again.pulses).toEqual(['hand-over', 'hand-over']);
  worked(again.till.given(id));
  expect(again.steps(id).filter((step) => step === 'hand-over-started')).toHaveLength(2);
  expectSound(again, true);
});

test('a QR that was on screen is on screen again, byte for byte; paid meanwhile, the notes are next', async () => {
  const shop = await openShop();
  const first = await awaitingPayment(shop);
  const second = await awaitingPayment(shop, 60_000);
  const again = await startedAgain(shop);
  const view = customerView(again.till.context);
  expect('qrData' in view && view.qrData).toBe(again.engine.order(second.externalReference)?.qrData);
  again.engine.customerPays(first.externalReference);
  await again.settle();
  expect(current(again, first.id).state).toBe('paid');
  expect(current(again, second.id)).toEqual(second);
  expectSound(again);
});

test('an order that was made after all, long after everybody had left, is withdrawn unseen', async () => {
  const shop = await openShop();
  shop.engine.script({ fault: 'drop-before-commit', operation: 'create' });
  const { id } = worked(shop.till.startCashOut(REQUEST));
  await shop.settle();
  shop.advance(3 * 3_600_000);
  const again = await startedAgain(shop);
  await again.settle();
  await again.settle();
  expect(current(again, id).state).toBe('cancelled');
  expect(arrived(again, 'create')).toHaveLength(1);
  expectSound(again, true);
});

test('a cancel whose answer was lost, and a customer who paid first: the till finds the money, not the cancellation', async () => {
  const shop = await openShop();
  const { id } = await awaitingPayment(shop);
  shop.engine.script({ fault: 'customer-pays-first', operation: 'cancel' });
  shop.engine.script({ fault: 'server-error-before-commit', operation: 'read' });
  worked(shop.till.cancel(id));
  await shop.settle();
  const again = await startedAgain(shop);
  await again.settle();
  expect(current(again, id)).toMatchObject({ state: 'paid', late: 'while-cancelling' });
  expect(openCases(again)).toEqual(['late-payment']);
  expectSound(again, true);
});

test('a return that was asked excludes notes after the restart too, and is sent with the key that was saved', async () => {
  const shop = await openShop({ simulator: { refundTakesMs: 0 } });
  const { id } = await paid(shop);
  worked(shop.till.giveBack(id, 'customer left'));
  const saved = shop.till.context.store.commandsOf(id).find(({ kind }) => kind === 'refund');
  const again = await startedAgain(shop);
  expect(refused(await again.till.handOver(id))).toBe('cash-out.wrong-state');
  await again.settle();
  await again.settle();
  expect(current(again, id).state).toBe('returned');
  expect(arrived(again, 'refund')).toEqual([`${saved?.idempotencyKey} `]);
  expectSound(again, true);
});

test('a queue of customers in bad weather, with the program gone every few minutes: nobody is paid twice, nobody goes unpaid', async () => {
  const random = createSeededRandom(20_260_302, 'a bad day');
  let shop = await openShop({ floatMinor: 10_000_000, deadlineMs: 150, simulator: { refundTakesMs: 0 } });
  shop.engine.setWeather({
    rates: {
      'drop-before-commit': 0.04,
      'drop-after-commit': 0.06,
      'server-error-after-commit': 0.05,
      'not-json': 0.04,
      'cut-body': 0.03,
      'rate-limited': 0.03,
      'unknown-status': 0.04,
      'another-amount': 0.02,
      'stale-answer': 0.04,
      'customer-pays-after': 0.03,
      'customer-pays-first': 0.1,
      'order-locked': 0.1,
      'refund-fails': 0.05,
    },
    after: { minimumMs: 0, maximumMs: 50 },
  });
  for (let turn = 0; turn < 160; turn += 1) {
    await anything(shop, random);
    shop.advance(random.between(100, 20_000));
    if (turn % 3 === 0) await shop.settle();
    if (random.chance(0.05)) shop = await startedAgain(shop);
  }
  expectSound(shop);
  shop.engine.setWeather({ rates: {} });
  for (let turn = 0; turn < 12; turn += 1) {
    for (const { id, state } of shop.till.context.store.cashOutsIn(['paid', 'handing_over'])) {
      if (state === 'paid') await shop.till.handOver(id);
      if (current(shop, id).state === 'handing_over') worked(shop.till.given(id));
    }
    shop.advance(120_000);
    await shop.settle();
  }
  const all = shop.till.context.store.cashOutsIn(CASH_OUT_STATES);
  expect(all.length).toBeGreaterThan(30);
  expect(all.filter(({ state }) => state === 'settled').length).toBeGreaterThan(10);
  expectSound(shop, true);
});

type Random = ReturnType<typeof createSeededRandom>;

/** Some hand does something to some cash-out; whether it is allowed is for the till to say. */
async function anything(shop: Bench, random: Random): Promise<void> {
  const { till, engine } = shop;
  const recent = till.context.store.cashOutsSince(0, 6);
  const cashOut = recent[random.below(Math.max(1, recent.length))];
  if (!cashOut || random.chance(0.3)) {
    till.startCashOut({ network: 'mercadopago-orders', amountMinor: random.between(5, 50) * 1_000 });
    return;
  }
  const { id, externalReference } = cashOut;
  const deeds: readonly (() => unknown)[] = [
    () => engine.customerPays(externalReference),
    () => engine.customerPays(externalReference),
    () => engine.customerStartsPaying(externalReference),
    () => engine.expire(externalReference),
    () => till.cancel(id),
    () => till.handOver(id),
    () => Promise.all([till.handOver(id), Promise.resolve(till.giveBack(id, 'changed their mind'))]),
    () => till.given(id),
    () => till.given(id),
    () => till.notGiven(id, 'not wanted'),
  ];
  await deeds[random.below(deeds.length)]?.();
}
