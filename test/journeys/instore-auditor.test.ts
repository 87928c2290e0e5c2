/** The auditor of the in-store network is hard to fool: each kept answer that proves less than it should is a breach. */
import { afterEach, expect, test } from 'vitest';
import { elementsProvePayment, elementsProveReturn } from '../support/instore-audit.ts';
import { openInstoreShop } from '../support/instore-shop.ts';
import type { InstoreShop } from '../support/instore-shop.ts';
import { worked } from '../support/till-bench.ts';

let made: InstoreShop | undefined;
afterEach(() => made?.closeShop());

const ITEMS = [{ title: 'Yerba mate 500 g', unitPriceMinor: 238_050, quantity: 5 }];

type Wire = { elements: Record<string, unknown>[] };

/** The paid cash-out and the body of the answer that proved it. */
async function paidEvidence(): Promise<{ shop: InstoreShop; id: string; body: string }> {
  made = await openInstoreShop('static');
  const { id } = await made.paid({ items: ITEMS });
  const steps = made.foundation.store
    .entriesAbout(id)
    .flatMap(({ event }) =>
      event.type === 'cash-out.step' && event.step.type === 'paid' ? [event.step.evidence.body] : [],
    );
  return { shop: made, id, body: steps[0] ?? '' };
}

test.each<[string, (wire: Wire) => unknown]>([
  ['nobody scanned', () => ({ elements: null })],
  ['an order that is still open', (wire) => changed(wire, { status: 'opened' })],
  ['an order whose money went back', (wire) => changed(wire, { order_status: 'reverted' })],
  ['money that is partly back', (wire) => changed(wire, { refunded_amount: 1 })],
  ['another reference', (wire) => changed(wire, { external_reference: 'X' })],
  ['the notes’ money alone', (wire) => changed(wire, { paid_amount: 20_000 })],
  ['another total', (wire) => changed(wire, { total_amount: 0 })],
  ['a payment under way', (wire) => changed(wire, { payments: [{ status: 'in_process' }] })],
  ['a cancelled order', (wire) => changed(wire, { cancelled: true })],
  ['two paid orders', (wire) => ({ elements: [...wire.elements, ...wire.elements] })],
])('%s proves no payment', async (_what, change) => {
  const { shop, id, body } = await paidEvidence();
  expect(elementsProvePayment(shop.now(id), body)).toBe(true);
  expect(elementsProveReturn(shop.now(id), body)).toBe(false);
  expect(elementsProvePayment(shop.now(id), JSON.stringify(change(JSON.parse(body) as Wire)))).toBe(false);
});

function changed(wire: Wire, changes: Record<string, unknown>): Wire {
  return { elements: wire.elements.map((element) => ({ ...element, ...changes })) };
}

test('money that somebody sends back behind the till’s back after the hand-over is seen', async () => {
  const { shop, id } = await paidEvidence();
  worked(await shop.till.handOver(id));
  worked(shop.till.given(id));
  await shop.till.sync.sweep();
  expect(shop.breaches(true)).toEqual([]);
  shop.engine.sellerRefunds(shop.now(id).externalReference, { force: true });
  expect(shop.breaches(true)).not.toEqual([]);
});

test('an order that no till asked for, and a request that was never saved, are seen', async () => {
  const { shop } = await paidEvidence();
  const before = shop.breaches();
  expect(before).toEqual([]);
  const [put] = shop.engine.requests().filter(({ request }) => request.method === 'PUT');
  if (!put) throw new Error('nothing was put');
  const bodyText = put.request.bodyText.replace(/"external_reference":"[^"]+"/, '"external_reference":"NOBODYS"');
  shop.engine.handle({ ...put.request, bodyText });
  expect(shop.breaches().toSorted()).toEqual([
    `I3: ${put.request.path} arrived with bytes that were never saved`,
    "I3: the order NOBODYS is nobody's",
  ]);
});
