/** Shifts: one drawer, one cashier, a blind count, and nothing that slips through when the shift ends. */
import { expect, test } from 'vitest';
import { balancesOf } from '../../../src-main/core/domain/ledger.ts';
import { refused, worked } from '../../support/till-bench.ts';
import { createVirtualTill, meanwhile, requested } from '../../support/virtual-till.ts';
import type { VirtualTill } from '../../support/virtual-till.ts';

const ROSA = 1042;

/** Cancelled, and paid a moment later all the same. */
async function paidLate(shop: VirtualTill): Promise<string> {
  const { id, externalReference } = await shop.awaiting();
  worked(shop.till.cancel(id));
  await shop.time.pass(1_000);
  shop.network.statuses.set(externalReference, 'paid');
  await shop.time.pass(70_000);
  expect(shop.now(id)).toMatchObject({ state: 'paid', late: 'after-cancel' });
  return id;
}

test('one shift at a time: a second opening is refused and changes nothing', () => {
  const shop = createVirtualTill();
  const { seq } = shop.store.head();
  expect(refused(shop.till.openShift({ cashierCode: ROSA, floatMinor: 5_000 }))).toBe('shift.already-open');
  expect(shop.store.head().seq).toBe(seq);
});

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])(
  'a float, drop or count of %d is refused',
  (wrong) => {
    const shop = createVirtualTill();
    expect(shop.till.dropCash(wrong, 'safe').ok).toBe(false);
    expect(refused(shop.till.closeShift({ totalMinor: wrong }))).toBe('count.invalid');
    worked(shop.till.closeShift({ totalMinor: 1_000_000 }));
    expect(refused(shop.till.openShift({ cashierCode: ROSA, floatMinor: wrong }))).toBe('amount.invalid');
    expect(refused(shop.till.dropCash(100, 'safe'))).toBe('shift.none-open');
  },
);

test.each([
  ['exact', 850_000, 0],
  ['short', 840_000, -10_000],
  ['over', 850_050, 50],
  ['empty', 0, -850_000],
])('a count that is %s posts its variance, and every account balances', async (_what, totalMinor, varianceMinor) => {
  const shop = createVirtualTill();
  const { id } = await shop.paid();
  worked(await meanwhile(shop, shop.till.handOver(id)));
  worked(shop.till.given(id));
  worked(shop.till.dropCash(100_000, 'safe'));
  const closed = worked(shop.till.closeShift({ totalMinor }));
  expect(closed).toMatchObject({ state: 'closed', expectedMinor: 850_000, varianceMinor });
  const balances = balancesOf(shop.store.postingsOf(closed.id));
  // Handed back empty; the float entrusted comes back as notes counted, wallet money owed, the safe, and what is missing.
  expect(balances).toMatchObject({
    drawer: 0,
    network_receivable: 50_000,
    safe: 100_000,
    over_short: 0 - varianceMinor,
  });
  expect(Object.values(balances).reduce((sum, minor) => sum + minor, 0)).toBe(0);
  expect(shop.breaches()).toEqual([]);
});

test('pieces that do not make the total are refused, and so is a second close', () => {
  const shop = createVirtualTill();
  expect(refused(shop.till.closeShift({ totalMinor: 1_000_000, notes: { '50000': 19 } }))).toBe('count.invalid');
  worked(shop.till.closeShift({ totalMinor: 1_000_000, notes: { '50000': 20 } }));
  expect(refused(shop.till.closeShift({ totalMinor: 1_000_000 }))).toBe('shift.none-open');
});

test('a close names every cash-out that still may need notes', async () => {
  const shop = createVirtualTill();
  const waiting = await shop.awaiting(60_000);
  const paid = await shop.paid();
  const handing = await shop.paid();
  worked(await meanwhile(shop, shop.till.handOver(handing.id)));
  shop.network.always.delivery = { kind: 'unknown', cause: 'timeout' };
  const doubtful = requested(shop);
  const cancelling = await shop.awaiting();
  worked(shop.till.cancel(waiting.id));
  const answer = shop.till.closeShift({ totalMinor: 1_000_000 });
  expect(refused(answer)).toBe('shift.open-cash-outs');
  const names = answer.ok ? '' : String(answer.error.values?.['names']);
  for (const { id } of [waiting, paid, handing, cancelling]) expect(names).toContain(id);
  expect(names).toContain(doubtful);
  expect(shop.store.openShift()?.state).toBe('open');
});

test('a return under way and a case go over to the next shift; notes in the air do not', async () => {
  const shop = createVirtualTill();
  const back = await shop.paid();
  worked(shop.till.giveBack(back.id, 'left'));
  const late = await paidLate(shop);
  worked(await meanwhile(shop, shop.till.handOver(late)));
  expect(refused(shop.till.closeShift({ totalMinor: 1_000_000 }))).toBe('shift.open-cash-outs');
  worked(shop.till.notGiven(late, 'customer has gone'));
  const closed = worked(shop.till.closeShift({ totalMinor: 1_000_000 }));
  const report = worked(shop.till.report(closed.id));
  expect(report.cases.map(({ kind, cashOutId }) => [kind, cashOutId])).toEqual([['late-payment', late]]);
  expect(report.open.map(({ id }) => id)).toEqual([back.id, late]);
});

test('money that came late is handed over from the next shift’s drawer, and counts in that shift’s report', async () => {
  const shop = createVirtualTill();
  const late = await paidLate(shop);
  const first = worked(shop.till.closeShift({ totalMinor: 1_000_000 }));
  expect(refused(await meanwhile(shop, shop.till.handOver(late)))).toBe('shift.none-open');
  const second = worked(shop.till.openShift({ cashierCode: ROSA, floatMinor: 300_000 }));
  expect(second.number).toBe(first.number + 1);
  worked(await meanwhile(shop, shop.till.handOver(late)));
  worked(shop.till.given(late));
  expect(shop.store.expectedCashMinor(second.id)).toBe(250_000);
  expect(worked(shop.till.report(first.id)).dispensed).toEqual({ count: 0, totalMinor: 0 });
  expect(worked(shop.till.report(second.id)).dispensed).toEqual({ count: 1, totalMinor: 50_000 });
  expect(shop.openCases(late)).toEqual([]);
  const closed = worked(shop.till.closeShift({ totalMinor: 250_000 }));
  expect(closed).toMatchObject({ varianceMinor: 0 });
  expect(shop.breaches()).toEqual([]);
});

test('what the last shift still has open is kept in the next one’s drawer too', async () => {
  const shop = createVirtualTill();
  await paidLate(shop);
  worked(shop.till.closeShift({ totalMinor: 1_000_000 }));
  worked(shop.till.openShift({ cashierCode: ROSA, floatMinor: 90_000 }));
  expect(refused(shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor: 50_000 }))).toBe(
    'amount.drawer-short',
  );
  expect(refused(shop.till.dropCash(50_000, 'safe'))).toBe('drop.too-large');
  worked(shop.till.dropCash(40_000, 'safe'));
});

test.each([0, -5_000, 4_999, 5_500, 50_000.5, Number.NaN, 600_000, Number.POSITIVE_INFINITY])(
  'a cash-out of %d minor units is refused and leaves no trace',
  (amountMinor) => {
    const shop = createVirtualTill();
    const { seq } = shop.store.head();
    expect(shop.till.startCashOut({ network: 'mercadopago-orders', amountMinor }).ok).toBe(false);
    expect(shop.store.head().seq).toBe(seq);
  },
);

test('every print of a Z names the entry that closed the shift, whatever the journal has held since', () => {
  const shop = createVirtualTill();
  const first = worked(shop.till.closeShift({ totalMinor: 1_000_000 }));
  const atClose = worked(shop.till.report(first.id)).head;
  worked(shop.till.openShift({ cashierCode: ROSA, floatMinor: 100_000 }));
  expect(worked(shop.till.report(first.id)).head).toEqual(atClose);
  expect(shop.store.entries(atClose.seq, 1)[0]?.event.type).toBe('shift.closed');
});
