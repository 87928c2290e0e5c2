/** A day of payouts at a till without a window: each life from its form to its end, by commands, at the simulated TuPay and OneKey. */
import { afterEach, expect, test } from 'vitest';
import { openForPayouts, openPayoutShop, payoutIn, payoutsIn, PERSON, refreshed, startPayout } from './payout-shop.ts';
import type { PayoutShop } from './payout-shop.ts';
import { json, refusalIn, worked } from './shop.ts';

let shop: PayoutShop;
afterEach(() => shop.close());

test('from a form on standard input to the money’s arrival; the report has it, the journal is whole', async () => {
  shop = await openPayoutShop('tupay');
  await openForPayouts(shop);

  const started = await startPayout(shop);
  const payout = payoutIn(started);
  expect([started.exit, started.err, payout.state, payout.amountMinor]).toEqual([0, '', 'pending', 25_050]);
  const there = shop.network.payout(payout.externalId);
  expect(there).toMatchObject({ amount: '250.50', documentId: PERSON.documentId, bankAccount: PERSON.bankAccount });
  expect(payout.cashoutId).toBe(String(there?.cashoutId));

  shop.network.bankAccepts(payout.externalId);
  expect((await refreshed(shop, payout.id, 'delivered')).notesInstead).toBe('no');
  const watch = shop.begin('payout', 'watch', payout.id, '--timeout', '60', '--json');
  shop.network.bankCompletes(payout.externalId);
  const completed = await watch.ended;
  expect([completed.exit, payoutIn(completed).state]).toEqual([0, 'completed']);

  const report = json(worked(await shop.till('shift', 'close', '--count', '5000', '--json')));
  expect(report).toMatchObject({
    payouts: { started: { count: 1 }, open: [], notesInstead: { count: 0, totalMinor: 0 } },
    close: { varianceMinor: 0 },
  });
  const verdict = json(worked(await shop.till('journal', 'verify', '--tables', '--json')));
  expect(verdict).toMatchObject({ ok: true, tables: 'same' });
}, 120_000);

test('above the limit it waits for a supervisor; a cashier can park and cancel', async () => {
  shop = await openPayoutShop('onekey');
  await openForPayouts(shop);

  const large = payoutIn(worked(await startPayout(shop, '--amount', '1500')));
  expect([large.state, shop.network.payout(large.externalId)?.state]).toEqual(['on_hold', 'on_hold']);
  const watched = await shop.till('payout', 'watch', large.id, '--json');
  expect([watched.exit, payoutIn(watched).state]).toEqual([3, 'on_hold']);
  for (const code of ['1042', '99']) {
    const refused = await shop.till('payout', 'release', large.id, '--supervisor', code, '--json');
    expect([refused.exit, refusalIn(refused).code]).toEqual([1, 'supervisor.needed']);
  }
  const released = await shop.till('payout', 'release', large.id, '--supervisor', '7', '--json');
  expect([released.exit, payoutIn(released).state]).toEqual([0, 'pending']);
  expect(shop.network.payout(large.externalId)?.trail).toEqual(['on_hold', 'pending']);

  const small = payoutIn(worked(await startPayout(shop)));
  const held = await shop.till('payout', 'hold', small.id, '--reason', 'identity to be checked', '--json');
  expect([held.exit, payoutIn(held).state]).toEqual([0, 'on_hold']);
  const cancelled = await shop.till('payout', 'cancel', small.id, '--reason', 'wrong key', '--json');
  expect([cancelled.exit, payoutIn(cancelled).state]).toEqual([0, 'cancelled']);

  shop.network.bankAccepts(large.externalId);
  const late = await shop.till('payout', 'cancel', large.id, '--reason', 'too late', '--json');
  expect([late.exit, payoutIn(late).state]).toEqual([1, 'delivered']);
  const open = payoutsIn(worked(await shop.till('payout', 'list', '--open', '--json')));
  expect(open.map(({ id }) => id)).toEqual([large.id]);
  expect(worked(await shop.till('status')).out).toContain('1 open payout, times in');
}, 120_000);

test('refused by the bank: notes in its place, once, from a drawer that counts them', async () => {
  shop = await openPayoutShop('tupay');
  await openForPayouts(shop);
  const { id, externalId } = payoutIn(worked(await startPayout(shop)));
  const early = await shop.till('payout', 'notes', id, '--no-ask', '--json');
  expect([early.exit, refusalIn(early).code]).toEqual([1, 'payout.wrong-state']);

  shop.network.bankRejects(externalId, { code: 801 });
  const rejected = await refreshed(shop, id, 'rejected');
  expect(rejected).toMatchObject({ rejection: { code: 801, hint: 'other-account' }, notesInstead: 'once' });
  const text = worked(await shop.till('payout', 'show', id)).out;
  expect(text).toContain('ERROR_ACCOUNT_CLOSED: ask the customer for another account');

  const counting = payoutIn(worked(await shop.till('payout', 'notes', id, '--no-ask', '--json')));
  expect(counting.notesSinceMs).toBeTypeOf('number');
  expect(counting.actions).toEqual(expect.arrayContaining(['notes-given', 'notes-not-given']));
  const back = payoutIn(worked(await shop.till('payout', 'notes', id, '--not-given', 'customer left', '--json')));
  expect([back.notesSinceMs, back.notesInstead]).toEqual([undefined, 'once']);
  worked(await shop.till('payout', 'notes', id, '--no-ask'));
  const given = payoutIn(worked(await shop.till('payout', 'notes', id, '--given', '--json')));
  expect([given.replacement?.by, given.notesInstead]).toEqual(['notes', 'no']);

  const again = await shop.till('payout', 'notes', id, '--no-ask', '--json');
  expect([again.exit, refusalIn(again).code]).toEqual([1, 'payout.replaced']);
  const reissued = await startPayout(shop, '--reissue-of', id);
  expect([reissued.exit, shop.network.payouts().length]).toEqual([1, 1]);
  const closed = json(worked(await shop.till('shift', 'close', '--count', '4749.50', '--json')));
  expect(closed).toMatchObject({
    payouts: { notesInstead: { count: 1, totalMinor: 25_050 } },
    close: { expectedMinor: 474_950, varianceMinor: 0 },
  });
  expect(json(worked(await shop.till('journal', 'verify', '--tables', '--json')))).toMatchObject({ tables: 'same' });
}, 120_000);

test('refused by the bank: a new payout in its place, once', async () => {
  shop = await openPayoutShop('tupay');
  await openForPayouts(shop);
  const first = payoutIn(worked(await startPayout(shop)));
  shop.network.bankRejects(first.externalId, { code: 800 });
  await refreshed(shop, first.id, 'rejected');

  const second = payoutIn(worked(await startPayout(shop, '--reissue-of', first.id)));
  expect(second.externalId).not.toBe(first.externalId);
  const replaced = payoutIn(worked(await shop.till('payout', 'show', first.id, '--json')));
  expect(replaced.replacement).toEqual({ by: 'payout', payoutId: second.id });
  for (const words of [['payout', 'notes', first.id, '--no-ask', '--json']]) {
    const refused = await shop.till(...words);
    expect([refused.exit, refusalIn(refused).code]).toEqual([1, 'payout.replaced']);
  }
  expect((await startPayout(shop, '--reissue-of', first.id)).exit).toBe(1);
  expect(shop.network.payouts()).toHaveLength(2);
}, 120_000);

test('a voucher is found however it is written; the network is asked only when it is named', async () => {
  shop = await openPayoutShop('onekey');
  await openForPayouts(shop);
  const { id, voucher, cashoutId, externalId } = payoutIn(worked(await startPayout(shop)));
  const grouped = voucher
    .toLowerCase()
    .replaceAll(/(.{4})/g, '$1 ')
    .trim()
    .split(' ');
  for (const words of [[voucher], grouped, [grouped.join('-')], [externalId]]) {
    const said = await shop.till('payout', 'find', ...words, '--json');
    expect([said.exit, json(said)]).toMatchObject([0, { kind: 'ours', payout: { id } }]);
  }
  const misread = `${voucher.slice(0, -2)}${voucher.at(-2) === 'A' ? 'B' : 'A'}${voucher.at(-1) ?? ''}`;
  const damaged = await shop.till('payout', 'find', misread, '--json');
  expect([damaged.exit, json(damaged)]).toMatchObject([2, { kind: 'damaged' }]);

  const asked = shop.network.requestCount();
  const unknown = await shop.till('payout', 'find', 'SLIP-4711', '--json');
  expect([unknown.exit, json(unknown)]).toEqual([1, { kind: 'unknown', askedNetwork: false }]);
  expect(shop.network.requestCount()).toBe(asked);
  const nobody = await shop.till('payout', 'find', 'SLIP-4711', '--network', 'onekey', '--json');
  expect([nobody.exit, json(nobody)]).toEqual([1, { kind: 'unknown', askedNetwork: true }]);
  const byNumber = await shop.till('payout', 'find', `#${cashoutId ?? '?'}`, '--network', 'onekey', '--json');
  expect(byNumber.exit).toBe(0);
}, 120_000);

test('declined for want of money on the shop’s account: exit 1, the manager is to be called, notes may be given', async () => {
  shop = await openPayoutShop('tupay', { openingBalances: { PEN: '100.00' } });
  await openForPayouts(shop);
  const declined = await startPayout(shop);
  const { id, state, code, notesInstead } = payoutIn(declined);
  expect([declined.exit, state, code, notesInstead]).toEqual([1, 'declined', '412/514', 'once']);
  expect(worked(await shop.till('payout', 'show', id)).out).toContain('call the manager');
  expect(shop.network.payouts()).toEqual([]);
}, 60_000);

test('the same request id is the same payout; another amount under it is refused', async () => {
  shop = await openPayoutShop('tupay');
  await openForPayouts(shop);
  const first = payoutIn(worked(await startPayout(shop, '--request-id', 'desk-7-0412')));
  const again = payoutIn(worked(await startPayout(shop, '--request-id', 'desk-7-0412')));
  expect(again.id).toBe(first.id);
  const other = await startPayout(shop, '--request-id', 'desk-7-0412', '--amount', '300');
  expect([other.exit, refusalIn(other).code]).toEqual([1, 'request.invalid']);
  expect(shop.network.payouts()).toHaveLength(1);
}, 60_000);
