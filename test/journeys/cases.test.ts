/** Cases that the simulated network really makes, over HTTP, and what a supervisor decides about them. */
import { expect, test } from 'vitest';
import { createHandlers } from '../../src-main/bridge/handlers.ts';
import type { CaseDecision } from '../../src-main/core/domain/case-rules.ts';
import { arrived, expectSound, openCases, openShop } from '../support/shop-files.ts';
import { awaitingPayment, current, paid, refused, TOKEN, worked } from '../support/till-bench.ts';
import type { Bench, BenchOptions } from '../support/till-bench.ts';

const REQUEST = { network: 'mercadopago-orders', amountMinor: 50_000 } as const;
const MINUTE_MS = 60_000;

async function shopWithSupervisor(options: BenchOptions = {}): Promise<Bench> {
  return openShop({
    ...options,
    settings: (settings) => ({
      ...settings,
      people: [...settings.people, { code: 7, name: 'Marta Ibáñez', role: 'supervisor' }],
    }),
  });
}

async function decide(shop: Bench, decision: CaseDecision) {
  const [file] = shop.till.context.store.openCases();
  const request = { caseId: file?.id ?? '', decision, reason: 'looked up in the panel', supervisorCode: 7 };
  return shop.till.resolveCase(request);
}

test('a refund that failed at the network: paid back from the safe, and never handed over', async () => {
  const shop = await shopWithSupervisor({ simulator: { refundTakesMs: 0 } });
  const { id } = await paid(shop);
  shop.engine.script({ fault: 'refund-fails', operation: 'refund' });
  worked(shop.till.giveBack(id, 'customer left'));
  for (let turn = 0; turn < 3; turn += 1) await shop.settle();
  expect(openCases(shop)).toEqual(['return-failed']);
  worked(await decide(shop, 'repaid-outside'));
  expect(current(shop, id)).toMatchObject({ state: 'returned', repaidBy: 7 });
  const again = await shop.restarted();
  await again.settle();
  expect([openCases(again), again.pulses, arrived(again, 'refund').length]).toEqual([[], [], 1]);
  expectSound(again, true);
});

test('a refund that the network refused: the same request once more, and the money goes back', async () => {
  const shop = await shopWithSupervisor({ simulator: { refundTakesMs: 0 } });
  const { id } = await paid(shop);
  shop.engine.script({ fault: 'refund-window-closed', operation: 'refund' });
  worked(shop.till.giveBack(id, 'customer left'));
  await shop.settle();
  await shop.settle();
  expect(openCases(shop)).toEqual(['return-failed']);
  worked(await decide(shop, 'return-again'));
  for (let turn = 0; turn < 3; turn += 1) await shop.settle();
  expect([arrived(shop, 'refund').length, openCases(shop)]).toEqual([1, []]);
  expect(current(shop, id).state).toBe('returned');
  expectSound(shop, true);
});

test('a payer who changed the amount: paid back in the panel, the till takes it for unpaid and asks nobody again', async () => {
  const shop = await shopWithSupervisor();
  const { id, externalReference } = await awaitingPayment(shop);
  shop.engine.customerPays(externalReference, { amount: '400.00', force: true });
  await shop.settle();
  expect(openCases(shop)).toEqual(['answer-mismatch']);
  expect(refused(await decide(shop, 'return'))).toBe('case.decision-not-allowed');
  worked(await decide(shop, 'repaid-outside'));
  expect(current(shop, id).state).toBe('cancelled');
  for (let turn = 0; turn < 3; turn += 1) await shop.settle();
  expect(openCases(shop)).toEqual([]);
  worked(shop.till.closeShift({ totalMinor: 1_000_000 }));
  expectSound(shop, true);
});

test('an order that the network has lost: paid back by other means', async () => {
  const shop = await shopWithSupervisor();
  const { id } = await paid(shop);
  shop.engine.script({ fault: 'order-not-found', operation: 'read', count: 'always' });
  for (let turn = 0; turn < 6; turn += 1) await shop.settle();
  expect(openCases(shop)).toEqual(['order-lost']);
  worked(await decide(shop, 'repaid-outside'));
  expect([current(shop, id).state, openCases(shop)]).toEqual(['returned', []]);
  expectSound(shop, true);
});

test('a key that belongs to another request: given up when no order can live any more, and the shift closes', async () => {
  const shop = await shopWithSupervisor();
  shop.engine.script({ fault: 'idempotency-key-used', operation: 'create' });
  const { id } = worked(shop.till.startCashOut(REQUEST));
  await shop.settle();
  expect(openCases(shop)).toEqual(['command-conflict']);
  expect(refused(await decide(shop, 'nothing-paid'))).toBe('case.decision-not-allowed');
  shop.advance(7 * MINUTE_MS + 1_000);
  worked(await decide(shop, 'nothing-paid'));
  expect([current(shop, id).state, openCases(shop)]).toEqual(['refused', []]);
  await shop.settle();
  expect(shop.engine.requests()).toHaveLength(1);
  worked(shop.till.closeShift({ totalMinor: 1_000_000 }));
  expectSound(shop, true);
});

test('an answer that is lost for good: a case after the order’s time, decided, and the same till works on after a restart', async () => {
  const shop = await shopWithSupervisor();
  shop.engine.script({ fault: 'drop-after-commit', operation: 'create', count: 'always' });
  const { id } = worked(shop.till.startCashOut(REQUEST));
  await shop.settle();
  shop.advance(8 * MINUTE_MS);
  await shop.settle();
  expect(openCases(shop)).toEqual(['network-silent']);
  worked(await decide(shop, 'nothing-paid'));
  const again = await shop.restarted();
  await again.settle();
  expect([current(again, id).state, openCases(again)]).toEqual(['refused', []]);
  expect(worked(again.till.report()).decidedCases.map(({ kind }) => kind)).toEqual(['network-silent']);
  expectSound(again, true);
});

test('what a window is shown of a case: codes and numbers of the exchange, never a body, a token or a key', async () => {
  const shop = await shopWithSupervisor({ simulator: { refundTakesMs: 0 } });
  const { id } = await paid(shop);
  shop.engine.script({ fault: 'refund-fails', operation: 'refund' });
  worked(shop.till.giveBack(id, 'customer left'));
  for (let turn = 0; turn < 3; turn += 1) await shop.settle();
  const handlers = createHandlers(shop.till);
  const [file] = worked(await handlers['case.list']({ which: 'open' }));
  const shown = worked(await handlers['case.show']({ id: file?.id ?? '' }));
  const paidEntry = shown.timeline.find(({ what }) => what === 'step.paid');
  expect(paidEntry).toMatchObject({ httpStatus: 200, isEvidence: true, said: 'processed / accredited' });
  expect(shown.decisions.map(({ decision }) => decision)).toEqual(['repaid-outside']);
  const text = JSON.stringify(shown);
  const keys = shop.till.context.store.commandsOf(id).map(({ idempotencyKey }) => idempotencyKey);
  for (const secret of [TOKEN, '"transactions"', ...keys]) expect(text).not.toContain(secret);
  const looked = worked(await handlers['case.look-again']({ id: file?.id ?? '' }));
  expect(looked.closed).toBeUndefined();
  const reason = 'paid back from the safe';
  const resolve = { id: file?.id ?? '', decision: 'repaid-outside', reason, supervisorCode: 7 } as const;
  expect(worked(await handlers['case.resolve'](resolve)).closed).toMatchObject({ by: 'Marta Ibáñez', reason });
  expect(worked(await handlers['case.list']({ which: 'all' }))).toHaveLength(1);
});

test('the reconciliation of the day does not ask again what a person has answered', async () => {
  const shop = await shopWithSupervisor({ simulator: { refundTakesMs: 0 } });
  const repaid = await paid(shop);
  shop.engine.script({ fault: 'refund-fails', operation: 'refund' });
  worked(shop.till.giveBack(repaid.id, 'customer left'));
  for (let turn = 0; turn < 3; turn += 1) await shop.settle();
  worked(await decide(shop, 'repaid-outside'));
  const other = await awaitingPayment(shop);
  shop.engine.customerPays(other.externalReference, { amount: '400.00', force: true });
  await shop.settle();
  worked(await decide(shop, 'repaid-outside'));
  shop.advance(3_600_000);
  const ended = await worked(shop.till.reconciler.begin({ trigger: 'person' }));
  expect(ended?.findings.map(({ kind, cashOutId }) => [kind, cashOutId])).toEqual([['amount-differs', other.id]]);
  expect(openCases(shop)).toEqual([]);
  expectSound(shop, true);
});
