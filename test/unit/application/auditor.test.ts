/** The auditor of the tests is worth something only if it finds what is wrong. */
import { expect, test } from 'vitest';
import { breaches } from '../../support/invariants.ts';
import { openShop } from '../../support/shop-files.ts';
import { paid, TOKEN, worked } from '../../support/till-bench.ts';
import type { Bench } from '../../support/till-bench.ts';

async function given(shop: Bench): Promise<string> {
  const { id } = await paid(shop);
  worked(await shop.till.handOver(id));
  worked(shop.till.given(id));
  return id;
}

test('a sound till has nothing to be said about', async () => {
  const shop = await openShop();
  await given(shop);
  expect(shop.breaches(true)).toEqual([]);
});

test('it finds notes whose money went back', async () => {
  const shop = await openShop({ simulator: { refundTakesMs: 0 } });
  const id = await given(shop);
  shop.engine.sellerRefunds(shop.till.context.store.cashOut(id)?.externalReference ?? '');
  expect(shop.breaches()).toEqual([`I1: notes given for ${id}, its order is refunded`]);
});

test('it finds a customer who has paid and whom the till has forgotten', async () => {
  const shop = await openShop();
  const { id, externalReference } = worked(
    shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }),
  );
  await shop.settle();
  worked(shop.till.cancel(id));
  await shop.settle();
  shop.engine.customerPays(externalReference, { force: true });
  expect(shop.breaches()).toEqual([]);
  expect(shop.breaches(true)).toEqual([
    `I2: the customer of ${id} has paid, the till has it as cancelled without a case`,
  ]);
});

test('it finds a drawer that opened once too often', async () => {
  const shop = await openShop();
  await given(shop);
  shop.pulses.push('hand-over');
  expect(shop.breaches()).toEqual(['I1: 2 pulses for 1 hand-overs']);
});

test('it finds a request with a key or bytes that were never saved, and an order that is nobody’s', async () => {
  const shop = await openShop();
  await given(shop);
  const [create] = shop.engine.requests();
  if (!create) throw new Error('nothing arrived');
  const { request } = create;
  const bodyText = request.bodyText.replace('01BENCH', '02BENCH');
  shop.engine.handle({ ...request, bodyText, headers: { ...request.headers, 'x-idempotency-key': 'another-key' } });
  const found = shop.breaches();
  expect(found).toContain('I3: /v1/orders arrived with a key that was never saved');
  expect(found.filter((sentence) => sentence.endsWith('is nobody’s') || sentence.endsWith("is nobody's"))).toHaveLength(
    1,
  );
  shop.engine.handle(request);
  expect(shop.breaches()).toContain('I3: /v1/orders arrived before it was saved as being sent');
});

test('it finds tables and journals that somebody changed, and a secret in either', async () => {
  const shop = await openShop();
  const id = await given(shop);
  shop.db.exec("UPDATE command SET detail = replace(detail, 'accepted', 'refused')");
  expect(shop.breaches()[0]).toMatch(/^I4: command row 1 detail/);
  shop.db.exec('DROP TRIGGER journal_never_changes');
  shop.db.prepare("UPDATE journal SET body = replace(body, 'CAJA07', ?) WHERE seq = 1").run(TOKEN);
  const found = breaches({ db: shop.db, secrets: [TOKEN] });
  expect(found[0]).toMatch(/^I4: entry 1/);
  expect(found).toContain('I11: a secret stands in the journal');
  expect(id).not.toBe('');
});
