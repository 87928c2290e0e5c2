/** Payouts over both brands of the simulated network: from the form to the bank, and everything that can come in between. */
import { afterEach, expect, test } from 'vitest';
import { createHandlers } from '../../src-main/bridge/handlers.ts';
import { payoutTermsOf } from '../../src-main/core/domain/payouts/payout.ts';
import type { Payout, PayoutNetworkId } from '../../src-main/core/domain/payouts/payout.ts';
import { groupedVoucher, voucherText } from '../../src-main/core/domain/payouts/voucher.ts';
import { AMOUNT, createPayoutBench, FLOAT, sent } from '../support/payout-bench.ts';
import type { PayoutBench, PayoutBenchOptions } from '../support/payout-bench.ts';
import { refused, worked } from '../support/till-bench.ts';

const BRANDS: readonly PayoutNetworkId[] = ['tupay', 'onekey'];
const HOUR_MS = 3_600_000;
const open: PayoutBench[] = [];

async function bench(options: PayoutBenchOptions = {}): Promise<PayoutBench> {
  const shop = await createPayoutBench(options);
  open.push(shop);
  return shop;
}

/** As before a restore: the network has it under a name that the books do not have. */
async function sentInAnotherLife(shop: PayoutBench, like: Payout, externalId: string): Promise<void> {
  const network = shop.till.context.payoutNetwork(like.network);
  const terms = { ...payoutTermsOf(like), externalId };
  const request = network?.prepareCreate(terms);
  if (!network || !request?.ok) throw new Error('the bench has no such network');
  expect(await network.deliver({ request: request.value, terms })).toMatchObject({ kind: 'accepted' });
}

/** Whatever happened, the books are sound. */
afterEach(async () => {
  for (const shop of open.splice(0)) {
    const found = shop.breaches();
    await shop.close();
    if (found.length > 0) throw new Error(found.join('; '));
  }
});

test.each(BRANDS)('%s: sent, with the bank, arrived', async (brand) => {
  const shop = await bench({ brand });
  const { id, externalId } = await sent(shop);
  expect(shop.now(id)).toMatchObject({ state: 'pending', cashoutId: String(shop.engine.payouts()[0]?.cashoutId) });
  shop.engine.bankAccepts(externalId);
  await shop.settle();
  expect(shop.now(id).state).toBe('delivered');
  shop.engine.bankCompletes(externalId);
  await shop.settle();
  expect(shop.now(id).state).toBe('completed');
  expect(refused(await shop.till.payouts.startNotes(id))).toBe('payout.wrong-state');
  expect([shop.engine.payouts().length, shop.drawerMinor()]).toEqual([1, FLOAT]);
});

test('above the limit it waits on hold until a supervisor releases it', async () => {
  const shop = await bench();
  const { id } = await sent(shop, { amountMinor: 250_000 });
  expect(shop.now(id)).toMatchObject({ state: 'on_hold', onHold: true });
  expect(refused(shop.till.payouts.release(id, 1042))).toBe('supervisor.needed');
  worked(shop.till.payouts.release(id, 7));
  await shop.settle();
  expect(shop.now(id).state).toBe('pending');
  worked(shop.till.payouts.hold(id, 'wait for the manager'));
  await shop.settle();
  expect(shop.now(id).state).toBe('on_hold');
});

test.each(BRANDS)('%s: cancelled by the network’s own word, and then notes, once', async (brand) => {
  const shop = await bench({ brand });
  const { id } = await sent(shop);
  expect(refused(await shop.till.payouts.startNotes(id))).toBe('payout.wrong-state');
  worked(shop.till.payouts.cancel(id, 'the customer wants notes'));
  await shop.settle();
  expect(shop.now(id).state).toBe('cancelled');
  worked(await shop.till.payouts.startNotes(id));
  expect([shop.now(id).counting === undefined, shop.pulses]).toEqual([false, ['hand-over']]);
  expect(refused(shop.till.closeShift({ totalMinor: FLOAT }))).toBe('shift.open-cash-outs');
  expect(refused(shop.till.payouts.start({ ...shop.request, reissueOf: id }))).toBe('payout.wrong-state');
  worked(shop.till.payouts.notesGiven(id, { '5000': 5, '50': 1 }));
  expect(shop.drawerMinor()).toBe(FLOAT - AMOUNT);
  expect(refused(await shop.till.payouts.startNotes(id))).toBe('payout.replaced');
  expect(worked(shop.till.report()).payouts.notesInstead).toEqual({ count: 1, totalMinor: AMOUNT });
  worked(shop.till.closeShift({ totalMinor: FLOAT - AMOUNT }));
});

test('too late to cancel: the wish is taken back, and the bank goes on', async () => {
  const shop = await bench();
  const { id, externalId } = await sent(shop);
  shop.engine.bankAccepts(externalId);
  worked(shop.till.payouts.cancel(id, 'the customer left'));
  await shop.settle();
  expect(shop.now(id).state).toBe('delivered');
});

test('rejected by the bank: made again with the right account, and never twice', async () => {
  const shop = await bench();
  const { id, externalId } = await sent(shop);
  shop.engine.bankRejects(externalId, { code: 800 });
  await shop.settle();
  expect(shop.now(id)).toMatchObject({ state: 'rejected', rejection: { code: 800 }, reversed: false });
  const again = await sent(shop, { reissueOf: id });
  expect(again).toMatchObject({ state: 'pending', reissueOf: id });
  expect(refused(shop.till.payouts.start({ ...shop.request, reissueOf: id }))).toBe('payout.replaced');
  expect(refused(await shop.till.payouts.startNotes(id))).toBe('payout.replaced');
});

test('declined by the network: there is no payout, and notes may take its place', async () => {
  const shop = await bench();
  shop.engine.script({ fault: 'refused', code: 514, operation: 'create' });
  const { id } = await sent(shop);
  expect(shop.now(id)).toMatchObject({ state: 'declined', code: '412/514' });
  worked(await shop.till.payouts.startNotes(id));
  worked(shop.till.payouts.notesNotGiven(id, 'not enough notes'));
  worked(await shop.till.payouts.startNotes(id));
  worked(shop.till.payouts.notesGiven(id));
  expect([shop.drawerMinor(), shop.pulses.length]).toEqual([FLOAT - AMOUNT, 2]);
});

test('a form that the bank cannot mean is refused by its field, and nothing is saved', async () => {
  const shop = await bench();
  const beneficiary = { ...shop.request.beneficiary, bankAccount: '00219300153895206814' };
  expect(shop.till.payouts.start({ ...shop.request, beneficiary })).toMatchObject({
    error: { code: 'payout.field-invalid', values: { field: 'bankAccount' } },
  });
  expect(refused(shop.till.payouts.start({ ...shop.request, amountMinor: 600_000 }))).toBe('payout.amount-invalid');
  expect(shop.store.payoutsSince(0, 9)).toEqual([]);
});

test('asked twice with one request id it is one payout', async () => {
  const shop = await bench();
  const first = await sent(shop, { requestId: 'sale-7' });
  expect(worked(shop.till.payouts.start({ ...shop.request, requestId: 'sale-7' })).id).toBe(first.id);
  expect(refused(shop.till.payouts.start({ ...shop.request, amountMinor: 777, requestId: 'sale-7' }))).toBe(
    'request.invalid',
  );
});

test('the answer is lost after the network has it: found by our own id, and identified by the list', async () => {
  const shop = await bench();
  shop.engine.script({ fault: 'drop-after-commit', operation: 'create' });
  const { id } = await sent(shop);
  expect(shop.now(id).state).toBe('requested');
  expect(refused(await shop.till.payouts.startNotes(id))).toBe('payout.in-doubt');
  await shop.until(() => shop.now(id).state === 'pending' && 'cashoutId' in shop.now(id), 500);
  expect([shop.engine.payouts().length, shop.openCases(id)]).toEqual([1, []]);
});

test('the request is lost on its way: denied long enough, the same bytes are sent again, and there is one payout', async () => {
  const shop = await bench();
  shop.engine.script({ fault: 'drop-before-commit', operation: 'create' });
  const { id } = await sent(shop);
  await shop.until(() => shop.now(id).state === 'pending', 2_000);
  expect(shop.engine.payouts().length).toBe(1);
  const bodies = shop.engine
    .requests()
    .filter(({ request }) => request.method === 'POST' && request.path === '/v3/cashout');
  expect(new Set(bodies.map(({ request }) => request.bodyText)).size).toBe(1);
});

test('nobody wants it any more: denied long enough, it is not found, and notes may take its place', async () => {
  const shop = await bench();
  shop.engine.script({ fault: 'drop-before-commit', operation: 'create' });
  const { id } = await sent(shop);
  worked(shop.till.payouts.cancel(id, 'the customer left'));
  await shop.until(() => shop.now(id).state === 'not_found', 2_000);
  worked(await shop.till.payouts.startNotes(id));
  worked(shop.till.payouts.notesGiven(id));
  expect(shop.engine.payouts().length).toBe(0);
});

test('a network that wants both ids: the list leads from ours to its own', async () => {
  const shop = await bench({ brand: 'tupay' });
  shop.engine.script({ fault: 'drop-after-commit', operation: 'create' });
  const { id } = await sent(shop);
  await shop.until(() => shop.now(id).state === 'pending', 2_000);
  expect(shop.now(id)).toMatchObject({ cashoutId: String(shop.engine.payouts()[0]?.cashoutId) });
});

test('without the list somebody must look; the number from the panel leads on', async () => {
  const shop = await bench({ brand: 'tupay', hasList: false });
  shop.engine.script({ fault: 'drop-after-commit', operation: 'create' });
  const { id } = await sent(shop);
  await shop.until(() => shop.openCases(id).includes('payout-stuck'), 2_000);
  expect(refused(await shop.till.payouts.startNotes(id))).toBe('payout.in-doubt');
  const review = { id, supervisorCode: 7, reason: 'seen in the panel' };
  expect(refused(await shop.till.payouts.reviewed({ ...review, cashoutId: '1' }))).toBe('payout.cannot-check-now');
  const cashoutId = String(shop.engine.payouts()[0]?.cashoutId ?? '');
  expect(worked(await shop.till.payouts.reviewed({ ...review, cashoutId }))).toMatchObject({
    state: 'pending',
    cashoutId,
  });
  expect(shop.openCases(id)).toEqual([]);
});

test('completed, and given back days later: a case, and notes only with a supervisor', async () => {
  const shop = await bench();
  const { id, externalId } = await sent(shop);
  shop.engine.bankCompletes(externalId);
  await shop.settle();
  shop.advance(2 * 24 * HOUR_MS);
  shop.engine.bankReturnsLate(externalId);
  await shop.until(() => shop.now(id).state === 'rejected', 60_000);
  expect([shop.now(id), shop.openCases(id)]).toMatchObject([{ reversed: true }, ['payout-returned-late']]);
  expect(refused(await shop.till.payouts.startNotes(id))).toBe('supervisor.needed');
  worked(await shop.till.payouts.startNotes(id, 7));
  worked(shop.till.payouts.notesGiven(id));
  expect([shop.openCases(id), shop.now(id)]).toMatchObject([[], { replacement: { by: 'notes', approvedBy: 7 } }]);
});

test('completed, given back, and paid by other means by a supervisor’s decision: never notes, never another payout, never asked again', async () => {
  const shop = await bench();
  const { id, externalId } = await sent(shop);
  shop.engine.bankCompletes(externalId);
  await shop.settle();
  shop.advance(2 * 24 * HOUR_MS);
  shop.engine.bankReturnsLate(externalId);
  await shop.until(() => shop.now(id).state === 'rejected', 60_000);
  const caseId = shop.store.openCases()[0]?.id ?? '';
  const decided = { caseId, decision: 'repaid-outside', reason: 'bank transfer', supervisorCode: 7 } as const;
  expect(refused(await shop.till.resolveCase({ ...decided, supervisorCode: 1042 }))).toBe('supervisor.needed');
  expect(refused(await shop.till.resolveCase({ ...decided, decision: 'loss' }))).toBe('case.decision-not-allowed');
  expect(worked(await shop.till.resolveCase(decided))).toMatchObject({ state: 'closed', byCode: 7 });
  expect(shop.now(id)).toMatchObject({ replacement: { by: 'outside', approvedBy: 7 } });
  expect(refused(await shop.till.payouts.startNotes(id, 7))).toBe('payout.replaced');
  expect(refused(shop.till.payouts.start({ ...shop.request, reissueOf: id }))).toBe('payout.replaced');
  await shop.settle();
  expect([shop.openCases(id), shop.drawerMinor(), shop.pulses]).toEqual([[], FLOAT, []]);
});

test('given back after weeks: the account’s list tells', async () => {
  const shop = await bench();
  const { id, externalId } = await sent(shop);
  shop.engine.bankCompletes(externalId);
  await shop.settle();
  shop.advance(11 * 24 * HOUR_MS);
  await shop.until(() => shop.now(id).state === 'completed' && 'confirmedAtMs' in shop.now(id), 10_000);
  shop.engine.bankReturnsLate(externalId);
  shop.advance(2 * 24 * HOUR_MS);
  await shop.until(() => shop.now(id).state === 'rejected', HOUR_MS);
  expect(shop.openCases(id)).toEqual(['payout-returned-late']);
});

test('a reconciliation reads the account’s list: what the bank gave back is a finding, and what agrees is not', async () => {
  const shop = await bench();
  const good = await sent(shop);
  const bad = await sent(shop);
  for (const { externalId } of [good, bad]) shop.engine.bankCompletes(externalId);
  await shop.settle();
  const first = await worked(shop.till.reconciler.begin({ trigger: 'person' }));
  expect(first).toMatchObject({ findings: [], listed: ['onekey'] });
  shop.advance(24 * HOUR_MS);
  shop.engine.bankReturnsLate(bad.externalId);
  const second = await worked(shop.till.reconciler.begin({ trigger: 'person' }));
  expect(second?.findings).toMatchObject([
    { kind: 'returned-late', network: 'onekey', payoutId: bad.id, amountMinor: AMOUNT },
  ]);
  expect([shop.openCases(good.id), shop.openCases(bad.id)]).toEqual([[], ['payout-returned-late']]);
});

test.each(BRANDS)(
  '%s: a payout of this till that its books do not have is found in the list and is a case, once; a dead or a foreign one is none',
  async (brand) => {
    const shop = await bench({ brand });
    const ours = await sent(shop);
    const tillId = shop.store.settings()?.tillId ?? '';
    const alive = `${tillId}${'0'.repeat(25)}9`;
    const dead = `${tillId}${'0'.repeat(25)}8`;
    for (const externalId of [alive, dead, `OTRA1${'0'.repeat(25)}7`]) await sentInAnotherLife(shop, ours, externalId);
    shop.engine.bankRejects(dead, { code: 800 });

    const ended = await worked(shop.till.reconciler.begin({ trigger: 'person' }));
    expect(ended?.listed).toEqual([brand]);
    const found = { kind: 'not-at-till', network: brand, amountMinor: AMOUNT, currency: 'PEN' };
    expect(ended?.findings).toHaveLength(2);
    expect(ended?.findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...found, reference: alive }),
        expect.objectContaining({ ...found, reference: dead }),
      ]),
    );

    const handlers = createHandlers(shop.till);
    const openFiles = async () => worked(await handlers['case.list']({ which: 'open' }));
    const [file, ...more] = await openFiles();
    expect(more).toEqual([]);
    const foreign = { network: brand, reference: alive };
    expect(file).toMatchObject({ kind: 'not-at-till', foreign, amountMinor: AMOUNT });
    const id = file?.id ?? '';
    expect(worked(await handlers['case.show']({ id }))).toMatchObject({ reference: alive, atRisk: 'either' });
    await worked(shop.till.reconciler.begin({ trigger: 'person' }));
    expect(await openFiles(), 'said again, it is still one case').toHaveLength(1);
    const decision = { id, decision: 'noted', reason: 'sent before the restore', supervisorCode: 7 } as const;
    expect(worked(await handlers['case.resolve'](decision)).closed).toMatchObject({ decision: 'noted' });
    await worked(shop.till.reconciler.begin({ trigger: 'person' }));
    expect(await openFiles(), 'said again, and answered for').toEqual([]);
    expect([shop.drawerMinor(), shop.pulses], 'no money moved for it').toEqual([FLOAT, []]);
  },
);

test('the network denies a payout that it had: a contradiction, and no notes before a supervisor has looked', async () => {
  const shop = await bench();
  const { id, externalId } = await sent(shop);
  shop.engine.forget(externalId);
  await shop.settle();
  expect([shop.now(id).state, shop.openCases(id)]).toEqual(['pending', ['payout-contradiction']]);
  worked(await shop.till.payouts.reviewed({ id, supervisorCode: 7, reason: 'their mistake' }));
  expect(shop.openCases(id)).toEqual([]);
});

test('the account is stopped: one alarm, nothing more is asked, and it goes on once somebody has acted', async () => {
  const shop = await bench();
  const { id, externalId } = await sent(shop);
  shop.engine.change({ isIpRegistered: false });
  await shop.settle();
  expect(shop.store.blockedNetworks()).toMatchObject([{ network: 'onekey', code: '401/402' }]);
  expect(refused(shop.till.payouts.start(shop.request))).toBe('network.blocked');
  const asked = shop.engine.requestCount();
  shop.till.sync.start();
  shop.advance(HOUR_MS);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await shop.till.sync.stop();
  expect(shop.engine.requestCount()).toBe(asked);
  shop.engine.change({ isIpRegistered: true });
  shop.engine.bankCompletes(externalId);
  await shop.settle();
  expect([shop.now(id).state, shop.store.blockedNetworks()]).toEqual(['completed', []]);
});

test('a voucher is found again, ours or not, and a misread one is said to be damaged', async () => {
  const shop = await bench();
  const { id, externalId } = await sent(shop);
  const find = (text: string) => shop.till.payouts.find(text, 'onekey');
  const voucher = voucherText(externalId);
  const misread = `${voucher.slice(0, -1)}${voucher.endsWith('A') ? 'B' : 'A'}`;
  expect(worked(await find(externalId))).toMatchObject({ kind: 'ours', payout: { id } });
  expect(worked(await find(groupedVoucher(voucher)))).toMatchObject({ kind: 'ours', payout: { id } });
  expect(worked(await find(misread))).toEqual({ kind: 'damaged' });
  expect(worked(await find('SOMEBODYELSE1'))).toEqual({ kind: 'unknown', askedNetwork: true });
});

test.each(BRANDS)('%s: a voucher of another system is looked up at the network by either id', async (brand) => {
  const shop = await bench({ brand });
  const { id } = await sent(shop);
  const network = shop.till.context.payoutNetwork(brand);
  if (!network) throw new Error('no network');
  const terms = { ...payoutTermsOf(shop.now(id)), id: 'ELSEWHERE', externalId: '30000000001' };
  const request = network.prepareCreate(terms);
  if (!request.ok) throw new Error(request.error.detail);
  const delivered = await network.deliver({ request: request.value, terms });
  const cashoutId = delivered.kind === 'accepted' ? delivered.cashoutId : '';
  const found = { kind: 'network', network: brand, reading: { fact: { status: 'pending' } } };
  expect(worked(await shop.till.payouts.find('30000000001', brand))).toMatchObject(found);
  expect(worked(await shop.till.payouts.find(`#${cashoutId}`, brand))).toMatchObject(found);
  expect(worked(await shop.till.payouts.find(cashoutId, brand))).toMatchObject(found);
  expect(worked(await shop.till.payouts.find('#999999999', brand))).toEqual({ kind: 'unknown', askedNetwork: true });
});

test('the list of banks is asked for once a day, and an old one is better than none', async () => {
  const shop = await bench({ brand: 'tupay' });
  const ask = () => shop.till.payouts.banks('tupay', 'PE');
  const first = worked(await ask());
  const asked = shop.engine.requestCount();
  worked(await ask());
  expect([first.length > 0, shop.engine.requestCount()]).toEqual([true, asked]);
  shop.advance(25 * HOUR_MS);
  shop.engine.setNetwork('down');
  expect(worked(await ask())).toEqual(first);
});

test('a notification makes the till ask sooner, and is believed in nothing', async () => {
  const shop = await bench();
  const { id, externalId } = await sent(shop);
  shop.advance(HOUR_MS);
  await shop.settle();
  shop.engine.bankCompletes(externalId);
  const asked = shop.engine.requestCount();
  shop.till.sync.hints.onHint({ network: 'onekey', subjects: { externalReference: 'SOMEBODYELSE' } });
  shop.till.sync.hints.onHint({ network: 'onekey', subjects: { externalReference: externalId } });
  await shop.until(() => shop.now(id).state === 'completed', 100);
  expect(shop.engine.requestCount()).toBe(asked + 1);
});

test('what only the journal must know stands in no view, list or report', async () => {
  const shop = await bench();
  const { id } = await sent(shop);
  shop.engine.script({ fault: 'refused', code: 504, operation: 'create' });
  await sent(shop);
  const handlers = createHandlers(shop.till);
  const replies = [
    await handlers['payout.show']({ id }),
    await handlers['payout.list']({ sinceMs: 0, limit: 10 }),
    await handlers['payout.refresh']({ id }),
    await handlers['payout.find']({ text: id }),
    await handlers['till.view']({}),
    await handlers['shift.report']({}),
  ];
  const shown = JSON.stringify(replies);
  const { firstName, lastName, documentId, bankAccount } = shop.request.beneficiary;
  expect([firstName, lastName, documentId, bankAccount].filter((secret) => shown.includes(secret ?? ' '))).toEqual([]);
  expect(shown).toContain('••••6813');
});
