/** The till's books beside the simulated network's, over real HTTP: what people do outside the till's sight is found. */
import { expect, test } from 'vitest';
import { createHandlers } from '../../src-main/bridge/handlers.ts';
import { expectSound, openCases, openShop } from '../support/shop-files.ts';
import { awaitingPayment, current, paid, worked } from '../support/till-bench.ts';
import type { Bench } from '../support/till-bench.ts';

async function given(shop: Bench): Promise<Readonly<{ id: string; externalReference: string }>> {
  const cashOut = await paid(shop);
  worked(await shop.till.handOver(cashOut.id));
  worked(shop.till.given(cashOut.id));
  expect(current(shop, cashOut.id).state).toBe('settled');
  return cashOut;
}

test('a refund made in the seller’s own panel after the notes were given is found, and nobody else is accused', async () => {
  const shop = await openShop();
  const good = await given(shop);
  const bad = await given(shop);
  shop.engine.sellerRefunds(bad.externalReference);
  await shop.settle();
  expect(openCases(shop, bad.id)).toEqual([]); // A settled cash-out is not asked about again by itself.
  const ended = await worked(shop.till.reconciler.begin({ trigger: 'person' }));
  expect(ended).toMatchObject({
    asked: 2,
    agree: 1,
    unanswered: 0,
    findings: [{ kind: 'returned-and-given', cashOutId: bad.id, network: 'mercadopago-orders', amountMinor: 50_000 }],
  });
  expect([openCases(shop, good.id), openCases(shop, bad.id)]).toEqual([[], ['returned-and-given']]);
  await worked(shop.till.reconciler.begin({ trigger: 'person' }));
  expect(shop.till.context.store.casesOf(bad.id)).toHaveLength(1);
  expectSound(shop);
});

test('a payment that came hours after its order had ended is found, and its money waits for a decision', async () => {
  const shop = await openShop();
  const { id, externalReference } = await awaitingPayment(shop);
  worked(shop.till.cancel(id));
  await shop.settle();
  expect(current(shop, id).state).toBe('cancelled');
  shop.advance(2 * 3_600_000);
  shop.engine.customerPays(externalReference, { force: true });
  const ended = await worked(shop.till.reconciler.begin({ trigger: 'person' }));
  expect(current(shop, id)).toMatchObject({ state: 'paid', late: 'after-cancel' });
  expect(openCases(shop, id)).toEqual(['late-payment']);
  expect(ended).toMatchObject({ asked: 1, agree: 0, findings: [{ kind: 'paid-not-given', cashOutId: id }] });
  expectSound(shop);
});

test('an order that the network has forgotten is a finding, and no money moves for it', async () => {
  const shop = await openShop();
  const { id, externalReference } = await given(shop);
  shop.engine.forget(externalReference);
  shop.advance(3_600_000);
  const ended = await worked(shop.till.reconciler.begin({ trigger: 'person' }));
  expect(ended?.findings).toMatchObject([{ kind: 'not-at-network', cashOutId: id }]);
  expect(openCases(shop, id)).toEqual(['order-lost']);
  expect(current(shop, id).state).toBe('settled');
});

test('an order of this till that its books do not have, as after a restored backup, is found in the network’s list', async () => {
  const shop = await openShop({
    simulator: { findsQrOrders: true },
    settings: (settings) => ({
      ...settings,
      people: [...settings.people, { code: 7, name: 'Marta Ibáñez', role: 'supervisor' }],
    }),
  });
  await given(shop);
  const reference = `CAJA07${'0'.repeat(25)}9`;
  const terms = { ...current(shop, (await awaitingPayment(shop)).id), externalReference: reference };
  const network = shop.till.context.network('mercadopago-orders');
  const request = network?.prepareCreate(terms);
  if (!network || !request?.ok) throw new Error('the bench has no such network');
  await network.deliver({ request: request.value, idempotencyKey: 'of-another-life-0001', terms });
  shop.engine.customerPays(reference);
  const ended = await worked(shop.till.reconciler.begin({ trigger: 'person' }));
  expect(ended).toMatchObject({
    asked: 2,
    agree: 2,
    listed: ['mercadopago-orders'],
    findings: [{ kind: 'not-at-till', reference, amountMinor: 50_000, currency: 'MXN' }],
  });

  const handlers = createHandlers(shop.till);
  const [file] = worked(await handlers['case.list']({ which: 'open' }));
  const foreign = { network: 'mercadopago-orders', reference };
  expect(file).toMatchObject({ kind: 'not-at-till', foreign, amountMinor: 50_000 });
  const id = file?.id ?? '';
  expect(worked(await handlers['case.show']({ id }))).toMatchObject({ reference, atRisk: 'either', notes: 'none' });
  expect(worked(await handlers['case.look-again']({ id })).closed).toBeUndefined();
  expect(worked(shop.till.report()).cases.map(({ kind }) => kind)).toEqual(['not-at-till']);
  const decision = { id, decision: 'repaid-outside', reason: 'returned in the panel', supervisorCode: 7 } as const;
  expect(worked(await handlers['case.resolve'](decision)).closed).toMatchObject({ decision: 'repaid-outside' });
  await worked(shop.till.reconciler.begin({ trigger: 'person' }));
  expect(worked(await handlers['case.list']({ which: 'open' })), 'said again, and answered for').toEqual([]);
  const again = await shop.restarted();
  expect(again.till.context.store.caseFile(id)).toMatchObject({ state: 'closed', foreign });
});
