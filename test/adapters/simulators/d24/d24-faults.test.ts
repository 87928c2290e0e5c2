/** What can go wrong on the far side, each by script, and what the network believes all the while. */
import { expect, test } from 'vitest';
import { D24_FAULTS, faultApplies, OPERATIONS } from '../../../../src-main/simulators/networks/d24/faults.ts';
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

test('every fault can happen to some operation', () => {
  const idle = D24_FAULTS.filter((fault) => !OPERATIONS.some((operation) => faultApplies(fault, operation)));

  expect(idle).toEqual([]);
});

test.each([
  ['drop-before-commit', 0, 'dropped-before-commit'],
  ['drop-after-commit', 1, 'dropped-after-commit'],
  ['server-error-before-commit', 0, '500/500'],
  ['server-error-after-commit', 1, '500/500'],
  ['cut-body', 1, 'cut'],
  ['delay', 1, '200'],
] as const)('a create that meets %s leaves %i payouts', (fault, count, outcome) => {
  const bench = createBench();
  bench.engine.script({ fault });

  expect(outcomeOf(bench.create())).toBe(outcome);
  expect(bench.engine.payouts()).toHaveLength(count);
});

test('gateways answer with a page, and too many requests with the seconds to wait', () => {
  const bench = createBench();
  bench.engine.script(
    { fault: 'server-error-after-commit', status: 503 },
    { fault: 'rate-limited', retryAfterSeconds: 9 },
    { fault: 'not-json' },
  );

  const gateway = answerOf(bench.create());
  const limited = answerOf(bench.create(payoutOf('tupay', { external_id: 'limited' })));
  const garbage = answerOf(bench.create(payoutOf('tupay', { external_id: 'garbage' })));

  expect([gateway.status, gateway.bodyText]).toEqual([503, expect.stringContaining('<html>')]);
  expect([limited.status, limited.headers['retry-after']]).toEqual([429, '9']);
  expect([garbage.status, garbage.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(bench.engine.payouts().map(({ externalId }) => externalId)).toEqual(['T07-20250301-000412', 'garbage']);
});

test('credentials can be refused for one request, or from the middle of the day on', () => {
  const bench = createBench();
  const ids = openPayout(bench);
  bench.engine.script({ fault: 'unauthorized' }, { fault: 'credentials-revoked', skip: 1 });
  const ask = () => outcomeOf(bench.status(ids));

  expect([ask(), ask(), ask(), ask()]).toEqual(['401/401', '200', '401/401', '401/401']);
});

test.each([
  ['unregistered-ip', '401/402'],
  ['contact-support', '412/524'],
  ['signature-refused', '412/302'],
] as const)('%s stops any signed request with %s', (fault, outcome) => {
  const bench = createBench();
  const ids = openPayout(bench);
  bench.engine.script({ fault, count: 3 });

  expect([bench.status(ids), bench.cancel(ids), bench.create()].map(outcomeOf)).toEqual([outcome, outcome, outcome]);
  expect(bench.engine.payout(ids.external_id)?.state).toBe('pending');
});

test.each([
  [503, '412/503'],
  [504, '400/504'],
  [519, '412/519'],
  [525, '412/525'],
  [537, '412/537'],
  [539, '412/539'],
  [999, '412/999'],
])('a create can be refused with %i, and nothing is made', (code, outcome) => {
  const bench = createBench();
  bench.engine.script({ fault: 'refused', code });

  expect(outcomeOf(bench.create())).toBe(outcome);
  expect(bench.engine.payouts()).toEqual([]);
});

test('a create can be refused although it was made, and 511 tells so afterwards', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'refused-after-commit' }, { fault: 'refused-after-commit', code: 537, status: 500 });

  expect(outcomeOf(bench.create())).toBe('412/703');
  expect(bench.engine.payouts()).toHaveLength(1);
  expect(outcomeOf(bench.create(payoutOf('tupay', { external_id: 'second' })))).toBe('500/537');
  expect(outcomeOf(bench.create())).toBe('412/511');
});

test('a cancel can be refused with 702, and another time be done all the same', () => {
  const bench = createBench();
  const ids = openPayout(bench);
  bench.engine.script({ fault: 'refused', code: 702, operation: 'cancel' });

  expect(outcomeOf(bench.cancel(ids))).toBe('412/702');
  expect(wordsOf(bench.status(ids))).toBe('0 Pending');
  bench.engine.script({ fault: 'refused-after-commit', code: 702, operation: 'cancel' });
  expect(outcomeOf(bench.cancel(ids))).toBe('412/702');
  expect(wordsOf(bench.status(ids))).toBe('2 Canceled');
});

test('a new payout may not be found for a while, although its external id is taken', () => {
  const bench = createBench({ brand: 'onekey' });
  bench.engine.script({ fault: 'hidden-after-create', afterMs: 60_000 });
  bench.create();
  const recovery = { external_id: 'T07-20250301-000412' };

  expect(outcomeOf(bench.status(recovery))).toBe('412/509');
  expect(outcomeOf(bench.create())).toBe('412/511');
  bench.clock.nowMs += 59_999;
  expect(outcomeOf(bench.status(recovery))).toBe('412/509');
  bench.clock.nowMs += 1;
  expect(outcomeOf(bench.status(recovery))).toBe('200');
});

test('a create may answer without an id, with a number for it, or with the id of another', () => {
  const bench = createBench();
  bench.engine.script(
    { fault: 'missing-cashout-id' },
    { fault: 'numeric-cashout-id' },
    { fault: 'another-cashout-id' },
  );
  const answers = ['a', 'b', 'c'].map((externalId) =>
    jsonOf(bench.create(payoutOf('tupay', { external_id: externalId }))),
  );
  const idOf = (ref: string) => bench.engine.payout(ref)?.cashoutId ?? 0;

  expect(answers).toEqual([{}, { cashout_id: idOf('b') }, { cashout_id: String(idOf('c') + 1) }]);
  expect(bench.engine.payout(String(idOf('c') + 1))).toBeUndefined();
});

test('an older answer can come after a newer one', () => {
  const bench = createBench();
  const ids = openPayout(bench);
  bench.engine.bankCompletes(ids.external_id);
  bench.engine.script({ fault: 'stale-answer', skip: 1 });

  expect([bench.status(ids), bench.status(ids), bench.status(ids)].map(wordsOf)).toEqual([
    '1 Completed',
    '4 Delivered',
    '1 Completed',
  ]);
});

test.each([
  ['unknown-status', { cashout_status: 7, cashout_status_description: 'In review' }],
  ['quoted-status', { cashout_status: '3', cashout_status_description: 'Rejected' }],
  ['text-does-not-fit', { cashout_status: 3, cashout_status_description: 'Completed' }],
  ['rejection-code-zero', { cashout_status: 3, rejection_code: 0, rejection_reason: 'Test' }],
  ['bank-as-object', { bank: { code: '001', name: 'BANCO DO BRASIL S.A.' } }],
  ['bank-as-array', { bank: [{ code: '001', branch: '0001', account: '123456-7', beneficiary_name: 'Ana Rojas' }] }],
] as const)('the status of a rejected payout can be wrong by %s', (fault, shown) => {
  const bench = createBench({ brand: 'onekey' });
  const ids = openPayout(bench, accountInBrazil());
  bench.engine.bankRejects(ids.external_id);
  bench.engine.script({ fault });

  expect(jsonOf(bench.status(ids))).toMatchObject(shown);
  expect(wordsOf(bench.status(ids))).toBe('3 Rejected');
});

test.each([
  ['rejection-code-absent', ['rejection_code', 'rejection_reason']],
  ['bank-absent', ['bank']],
  ['missing-status', ['cashout_status']],
] as const)('the status of a rejected payout can lack something by %s', (fault, lacking) => {
  const bench = createBench({ brand: 'onekey' });
  const ids = openPayout(bench, accountInBrazil());
  bench.engine.bankRejects(ids.external_id);
  const keysOf = () => Object.keys(jsonOf(bench.status(ids)) as object);
  const usual = keysOf();
  bench.engine.script({ fault });

  expect(keysOf()).toEqual(usual.filter((key) => !(lacking as readonly string[]).includes(key)));
  expect(usual).toEqual(expect.arrayContaining([...lacking]));
});

test.each(['sample-two-documents', 'sample-completed', 'sample-rejected', 'sample-kyc'] as const)(
  'no strict parser takes the %s of the documents',
  (fault) => {
    const bench = createBench();
    bench.engine.script({ fault });
    const created = bench.create();
    const [first] = bench.engine.payouts();
    const { bodyText } = answerOf(
      fault === 'sample-kyc' ? created : bench.status({ cashout_id: first?.cashoutId, external_id: first?.externalId }),
    );

    expect(() => JSON.parse(bodyText) as unknown).toThrow(SyntaxError);
    expect(bodyText).toContain(fault === 'sample-kyc' ? '"code": 504' : '"cashout_status"');
    expect(bench.engine.payouts()).toHaveLength(fault === 'sample-kyc' ? 0 : 1);
  },
);

test('a hold may answer with the sample of another page, and be a hold', () => {
  const bench = createBench();
  const ids = openPayout(bench);
  bench.engine.script({ fault: 'sample-update' });

  expect(wordsOf(bench.update(ids.cashout_id, 'ON_HOLD'))).toBe('1 Completed');
  expect(wordsOf(bench.status(ids))).toBe('5 On hold');
});

test('the bank may be faster than a cancel, and so may the merchant', () => {
  const bench = createBench();
  const ids = openPayout(bench);
  bench.engine.script({ fault: 'bank-accepts-first' });
  const other = openPayout(bench, payoutOf('tupay', { external_id: 'other' }));

  expect(outcomeOf(bench.cancel(ids))).toBe('412/510');
  expect(wordsOf(bench.status(ids))).toBe('4 Delivered');
  bench.engine.script({ fault: 'merchant-cancels-first' });
  expect(outcomeOf(bench.update(other.cashout_id, 'ON_HOLD'))).toBe('400/510');
  expect(wordsOf(bench.status(other))).toBe('2 Canceled');
});

test.each([
  ['bank-accepts-after', '0 Pending', '4 Delivered'],
  ['bank-completes-after', '0 Pending', '1 Completed'],
  ['bank-rejects-after', '0 Pending', '3 Rejected'],
  ['merchant-cancels-after', '0 Pending', '2 Canceled'],
  ['merchant-holds-after', '0 Pending', '5 On hold'],
] as const)('%s: the answer is out of date as soon as it left', (fault, before, after) => {
  const bench = createBench();
  const ids = openPayout(bench);
  bench.engine.script({ fault, operation: 'status', afterMs: 1_000 });

  expect(wordsOf(bench.status(ids))).toBe(before);
  bench.clock.nowMs += 999;
  expect(wordsOf(bench.status(ids))).toBe(before);
  bench.clock.nowMs += 1;
  expect(wordsOf(bench.status(ids))).toBe(after);
});

test('completed may be the last thing a till sees before the money comes back', () => {
  const bench = createBench();
  const ids = openPayout(bench);
  bench.engine.bankCompletes(ids.external_id);
  bench.engine.script({ fault: 'bank-returns-after' });

  expect(wordsOf(bench.status(ids))).toBe('1 Completed');
  expect(wordsOf(bench.status(ids))).toBe('3 Rejected');
});

test('a script can wait for one payout, by either of its ids', () => {
  const bench = createBench();
  const [first, second] = [openPayout(bench), openPayout(bench, payoutOf('tupay', { external_id: 'second' }))];
  bench.engine.script(
    { fault: 'not-found', ref: 'second' },
    { fault: 'not-found', ref: String(first.cashout_id), operation: 'cancel' },
  );

  expect(outcomeOf(bench.status(first))).toBe('200');
  expect(outcomeOf(bench.status(second))).toBe('412/509');
  expect(outcomeOf(bench.cancel(first))).toBe('412/509');
  expect(bench.engine.scripted()).toEqual([]);
});

test('a network that is down receives nothing', () => {
  const bench = createBench();
  bench.engine.setNetwork('down');

  expect(outcomeOf(bench.create())).toBe('refused');
  bench.engine.setNetwork('up');
  expect(bench.engine.payouts()).toEqual([]);
  expect(bench.engine.requests().map(({ operation }) => operation)).toEqual(['unknown']);
});
