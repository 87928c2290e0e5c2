/** The life of a payout on the far side: six statuses, the arrows between them, and the money behind them. */
import { expect, test } from 'vitest';
import type { BankHabits } from '../../../../src-main/simulators/networks/d24/settings.ts';
import {
  accountInBrazil,
  answerOf,
  createBench,
  jsonOf,
  openPayout,
  outcomeOf,
  payoutOf,
  wordsOf,
} from './payout-bench.ts';
import type { Bench } from './payout-bench.ts';

const HABITS: BankHabits = {
  accept: { minimumMs: 1_000, maximumMs: 1_000 },
  settle: { minimumMs: 5_000, maximumMs: 5_000 },
  rejectRate: 0,
  rejectionCodes: [801],
  lateReturnRate: 0,
  lateReturn: { minimumMs: 86_400_000, maximumMs: 86_400_000 },
};

const pen = (bench: Bench) => bench.engine.balances().find(({ currency }) => currency === 'PEN');

test('a payout is answered with its id as text and nothing else, and waits', () => {
  const bench = createBench();

  const created = bench.create();

  expect(answerOf(created)).toMatchObject({ status: 200 });
  expect(jsonOf(created)).toEqual({ cashout_id: String(bench.engine.payouts()[0]?.cashoutId) });
  expect(jsonOf(bench.status(openPayout(bench, payoutOf('tupay', { external_id: 'another' }))))).toEqual({
    cashout_status: 0,
    cashout_status_description: 'Pending',
  });
});

test('a payout goes to the bank and arrives', () => {
  const bench = createBench();
  const ids = openPayout(bench);

  bench.engine.bankAccepts(ids.external_id);
  expect(wordsOf(bench.status(ids))).toBe('4 Delivered');
  bench.engine.bankCompletes(ids.external_id);

  expect(wordsOf(bench.status(ids))).toBe('1 Completed');
  expect(bench.engine.payout(ids.external_id)?.trail).toEqual(['pending', 'delivered', 'completed']);
});

test('a bank that has its say about a waiting payout has got it first', () => {
  const bench = createBench();
  const { external_id: ref } = openPayout(bench);

  bench.engine.bankRejects(ref);

  expect(bench.engine.payout(ref)?.trail).toEqual(['pending', 'delivered', 'rejected']);
});

test.each([
  [{ code: 801 }, { rejection_code: 801, rejection_reason: 'ERROR_ACCOUNT_CLOSED' }],
  [{ code: 0 }, { rejection_code: 0, rejection_reason: 'Test' }],
  [
    { code: 101, reason: 'Test' },
    { rejection_code: 101, rejection_reason: 'Test' },
  ],
  [{ code: null }, {}],
  [{}, { rejection_code: 808, rejection_reason: 'ERROR_OTHER' }],
])('a bank rejects with %j', (words, shown) => {
  const bench = createBench();
  const ids = openPayout(bench);

  bench.engine.bankRejects(ids.external_id, words);

  expect(jsonOf(bench.status(ids))).toEqual({
    cashout_status: 3,
    cashout_status_description: 'Rejected',
    ...shown,
  });
});

test('money that had arrived comes back days later', () => {
  const bench = createBench();
  const ids = openPayout(bench);
  bench.engine.bankCompletes(ids.external_id);
  bench.clock.nowMs += 4 * 86_400_000;

  bench.engine.bankReturnsLate(ids.external_id);

  expect(jsonOf(bench.status(ids))).toEqual({
    cashout_status: 3,
    cashout_status_description: 'Rejected',
    rejection_code: 826,
    rejection_reason: 'WITHDRAWAL_REVERSED',
  });
  expect(bench.engine.payout(ids.external_id)).toMatchObject({ isLate: true, state: 'rejected' });
});

test('a payout can be made on hold, released, held again and cancelled', () => {
  const bench = createBench();
  const ids = openPayout(bench, payoutOf('tupay', { on_hold: true }));

  expect(wordsOf(bench.status(ids))).toBe('5 On hold');
  expect(wordsOf(bench.update(ids.cashout_id, 'PENDING'))).toBe('0 Pending');
  expect(wordsOf(bench.update(ids.cashout_id, 'ON_HOLD'))).toBe('5 On hold');
  expect(jsonOf(bench.cancel(ids))).toEqual({ cashout_status: 2, cashout_status_description: 'Canceled' });
});

test.each([
  ['delivered', (bench: Bench, ref: string) => bench.engine.bankAccepts(ref)],
  ['completed', (bench: Bench, ref: string) => bench.engine.bankCompletes(ref)],
  ['rejected', (bench: Bench, ref: string) => bench.engine.bankRejects(ref)],
  ['cancelled', (bench: Bench, ref: string) => bench.engine.merchantCancels(ref)],
])('what is %s can neither be cancelled nor held nor released', (state, bringThere) => {
  const bench = createBench();
  const ids = openPayout(bench);
  bringThere(bench, ids.external_id);

  expect(outcomeOf(bench.cancel(ids))).toBe('412/510');
  expect(outcomeOf(bench.update(ids.cashout_id, 'ON_HOLD'))).toBe('400/510');
  expect(outcomeOf(bench.update(ids.cashout_id, 'PENDING'))).toBe('400/510');
  expect(bench.engine.payout(ids.external_id)?.state).toBe(state);
});

test('a refused hold may be worded with 412, and a hold may not be cancelled, where the network is so set', () => {
  const bench = createBench({ settings: { transitionRefusalStatus: 412, cancelsOnHold: false } });
  const ids = openPayout(bench);
  bench.update(ids.cashout_id, 'ON_HOLD');

  expect(outcomeOf(bench.update(ids.cashout_id, 'ON_HOLD'))).toBe('412/510');
  expect(outcomeOf(bench.cancel(ids))).toBe('412/510');
});

test("the merchant's panel holds, releases and cancels behind the till's back", () => {
  const bench = createBench();
  const ids = openPayout(bench);

  bench.engine.merchantHolds(ids.external_id);
  expect(wordsOf(bench.status(ids))).toBe('5 On hold');
  bench.engine.merchantReleases(ids.external_id);
  expect(wordsOf(bench.status(ids))).toBe('0 Pending');
  bench.engine.merchantCancels(ids.external_id);
  expect(wordsOf(bench.status(ids))).toBe('2 Canceled');
});

test('what cannot happen is refused in words', () => {
  const bench = createBench();
  const { external_id: ref } = openPayout(bench);

  expect(bench.engine.bankReturnsLate(ref)).toEqual({
    ok: false,
    kind: 'not-now',
    problem: 'a payout that is pending cannot come back from the bank now',
  });
  expect(bench.engine.bankAccepts('nobody')).toMatchObject({ ok: false, kind: 'unknown-payout' });
});

test('money is kept aside for a payout, leaves with it, and returns with a refusal', () => {
  const bench = createBench({ settings: { openingBalances: { PEN: '1000.00' } } });
  const [first, second] = [openPayout(bench), openPayout(bench, payoutOf('tupay', { external_id: 'second' }))];
  expect(pen(bench)).toEqual({ currency: 'PEN', available: '499.00', reserved: '501.00' });

  bench.engine.bankCompletes(first.external_id);
  bench.cancel(second);
  expect(pen(bench)).toEqual({ currency: 'PEN', available: '749.50', reserved: '0.00' });

  bench.engine.bankReturnsLate(first.external_id);
  expect(pen(bench)).toEqual({ currency: 'PEN', available: '1000.00', reserved: '0.00' });
});

test('without enough money a payout is refused until the merchant tops up, and then the same request is good', () => {
  const bench = createBench({ settings: { openingBalances: { PEN: '250.49' } } });

  expect(outcomeOf(bench.create())).toBe('412/514');
  expect(bench.engine.topUp('PEN', '0.01')).toEqual({ currency: 'PEN', available: '250.50', reserved: '0.00' });
  expect(outcomeOf(bench.create())).toBe('200');
  expect(bench.engine.topUp('PEN', '-1')).toBeUndefined();
});

test('an external id of a refused create may be used up, where the network is so set', () => {
  const bench = createBench({ settings: { openingBalances: {}, burnsDeclinedIds: true } });

  expect(outcomeOf(bench.create())).toBe('412/514');
  bench.engine.topUp('PEN', '1000');

  expect(outcomeOf(bench.create())).toBe('412/511');
  expect(bench.engine.payouts()).toEqual([]);
});

test('banks that act by themselves take the payout, and pay, each at its time', () => {
  const bench = createBench({ settings: { banks: HABITS } });
  const ids = openPayout(bench);
  const after = (ms: number) => {
    bench.clock.nowMs += ms;
    return wordsOf(bench.status(ids));
  };

  expect([after(999), after(1), after(4_999), after(1)]).toEqual([
    '0 Pending',
    '4 Delivered',
    '4 Delivered',
    '1 Completed',
  ]);
});

test('banks that act by themselves refuse and send back as often as they are set to', () => {
  const refusing = createBench({ settings: { banks: { ...HABITS, rejectRate: 1 } } });
  const returning = createBench({ settings: { banks: { ...HABITS, lateReturnRate: 1 } } });
  const [refused, returned] = [openPayout(refusing), openPayout(returning)];
  for (const bench of [refusing, returning]) bench.clock.nowMs += 2 * 86_400_000;

  expect(refusing.engine.payout(refused.external_id)).toMatchObject({ rejectionCode: 801, isLate: false });
  expect(returning.engine.payout(returned.external_id)).toMatchObject({ rejectionCode: 826, isLate: true });
});

test('a payout that was held waits its full time again when it is released', () => {
  const bench = createBench({ settings: { banks: HABITS } });
  const ids = openPayout(bench);
  bench.clock.nowMs += 900;
  bench.update(ids.cashout_id, 'ON_HOLD');
  bench.clock.nowMs += 3_600_000;
  expect(wordsOf(bench.status(ids))).toBe('5 On hold');
  bench.update(ids.cashout_id, 'PENDING');

  bench.clock.nowMs += 999;
  expect(wordsOf(bench.status(ids))).toBe('0 Pending');
  bench.clock.nowMs += 1;
  expect(wordsOf(bench.status(ids))).toBe('4 Delivered');
});

test.each([
  [{ bank_code: '10001', email: '' }, 814, 'INVALID_PIX_KEY'],
  [{ bank_code: '10000', phone: '11998765432' }, 814, 'INVALID_PIX_KEY'],
  [{ bank_code: '10002', account_type: '' }, 819, 'INVALID_ACCOUNT_TYPE'],
])('a PIX payout with %j is taken, and rejected only by the bank', (changes, code, reason) => {
  const bench = createBench({ brand: 'onekey' });
  const ids = openPayout(bench, payoutOf('onekey', changes));

  expect(bench.engine.bankCompletes(ids.external_id)).toMatchObject({ ok: false, kind: 'not-now' });
  bench.engine.setBanks(HABITS);
  bench.engine.bankAccepts(ids.external_id);
  bench.clock.nowMs += 5_000;

  expect(jsonOf(bench.status(ids))).toEqual({
    cashout_status: 3,
    cashout_status_description: 'Rejected',
    rejection_code: code,
    rejection_reason: reason,
  });
});

test('OneKey shows the bank and its own reference with the money, and no bank for a wrong account', () => {
  const bench = createBench({ brand: 'onekey' });
  const open = (externalId: string) => openPayout(bench, accountInBrazil({ external_id: externalId }));
  const [paid, refused, wrong] = [open('paid'), open('refused'), open('wrong')];
  bench.engine.bankCompletes('paid');
  bench.engine.bankRejects('refused', { code: 811 });
  bench.engine.bankRejects('wrong', { code: 800 });
  const bank = { ispb: '00000000', code: '001', name: 'BANCO DO BRASIL S.A.' };

  expect(jsonOf(bench.status(paid))).toMatchObject({ cashout_status: 1, bank });
  expect(jsonOf(bench.status(paid))).toHaveProperty(
    'provider_external_reference',
    expect.stringMatching(/^E00000000202511211200[0-9A-Za-z]{11}$/),
  );
  expect(jsonOf(bench.status(refused))).toMatchObject({ rejection_code: 811, bank });
  expect(jsonOf(bench.status(refused))).not.toHaveProperty('provider_external_reference');
  expect(jsonOf(bench.status(wrong))).not.toHaveProperty('bank');
});

test('a cash pickup has the reference that the counter asks for, once it is ready', () => {
  const bench = createBench({ brand: 'onekey', settings: { countries: ['CO'] } });
  const ids = openPayout(
    bench,
    payoutOf('onekey', {
      country: 'CO',
      currency: 'COP',
      document_id: '1020304050',
      document_type: 'CC',
      bank_code: '10003',
      bank_account: '',
      phone: '+57 300 1234567',
      address: 'Calle 1 # 2-3',
    }),
  );

  expect(jsonOf(bench.status(ids))).not.toHaveProperty('bank_reference_id');
  bench.engine.bankAccepts(ids.external_id);
  expect(jsonOf(bench.status(ids))).toHaveProperty(
    'bank_reference_id',
    expect.stringMatching(new RegExp(`^\\d{9}#${ids.cashout_id}$`)),
  );
});

test('forgotten payouts free their external id, and only finished ones are forgotten by age', () => {
  const bench = createBench();
  const waiting = openPayout(bench);
  const done = openPayout(bench, payoutOf('tupay', { external_id: 'done' }));
  bench.engine.bankCompletes('done');

  expect(bench.engine.forgetFinished(1_000)).toBe(0);
  bench.clock.nowMs += 1_000;
  expect(bench.engine.forgetFinished(1_000)).toBe(1);
  expect(outcomeOf(bench.status(done))).toBe('412/509');
  expect(bench.engine.forget(waiting.external_id)).toBe(true);
  expect(bench.engine.forget(waiting.external_id)).toBe(false);
  expect(outcomeOf(bench.create())).toBe('200');
});
