/** Banks and rates by read-only key, and the merchants API: login, list of payouts, balance. */
import { expect, test } from 'vitest';
import { answerOf, createBench, jsonOf, openPayout, outcomeOf, payoutOf } from './payout-bench.ts';
import type { Bench } from './payout-bench.ts';

const READ_ONLY = { authorization: 'Bearer read_only_key' };
const NOW_SECONDS = Date.UTC(2025, 10, 21, 12) / 1_000;
const TODAY = { from: String(NOW_SECONDS - 3_600), to: String(NOW_SECONDS + 3_600) };

function logIn(bench: Bench, secretKey = 'reports_secret') {
  return bench.send('POST', '/v1/auth/login', { accessKey: 'reports@example.com', secretKey });
}

function tokenOf(bench: Bench): string {
  return /^BEARER_TOKEN=([^;]+);/.exec(answerOf(logIn(bench)).headers['set-cookie'] ?? '')?.[1] ?? '';
}

function listed(bench: Bench, query: Record<string, string> = TODAY) {
  return bench.get('/v1/cashouts', query, { authorization: `Bearer ${tokenOf(bench)}` });
}

const idsIn = (page: unknown) => (page as { data: { externalId: string }[] }).data.map(({ externalId }) => externalId);

test('TuPay lists the banks of a country, OneKey those that are authorized in Brazil', () => {
  const [tupay, onekey] = [createBench(), createBench({ brand: 'onekey' })];

  expect(jsonOf(tupay.get('/v3/banks', { country: 'PE' }, READ_ONLY))).toContainEqual({
    code: '002',
    name: 'BANCO DE CREDITO DEL PERU',
  });
  expect(outcomeOf(tupay.get('/v3/banks', { country: 'XX' }, READ_ONLY))).toBe('412/518');
  expect(jsonOf(onekey.get('/v1/country/BR/authorized-banks', {}, READ_ONLY))).toContainEqual({
    code: '999',
    ispb: '99999999',
    name: 'BANCO SEM LICENCA',
    licensed: false,
  });
  expect(answerOf(onekey.get('/v3/banks', { country: 'BR' }, READ_ONLY)).status).toBe(404);
});

test('a bank list needs the read-only key, and no signature', () => {
  const bench = createBench();

  expect(outcomeOf(bench.get('/v3/banks', { country: 'PE' }, { authorization: 'Bearer another' }))).toBe('401/401');
  expect(outcomeOf(bench.get('/v3/banks', { country: 'PE' }))).toBe('401/401');
});

test.each([
  [
    { country: 'BR', amount: '10' },
    { fx_rate: 5.8829, currency: 'BRL', converted_amount: 58.829 },
  ],
  [{ country: 'PE' }, { fx_rate: 3.7, currency: 'PEN', converted_amount: 3.7 }],
  [
    { country: 'PE', amount: '0.10' },
    { fx_rate: 3.7, currency: 'PEN', converted_amount: 0.37 },
  ],
  [
    { country: 'CL', amount: '2' },
    { fx_rate: 945, currency: 'CLP', converted_amount: 1890 },
  ],
])('the rate for %j is exact', (query, answer) => {
  expect(jsonOf(createBench().get('/v3/exchange_rates', query, READ_ONLY))).toEqual(answer);
});

test('refusals of the rates describe where others have a message', () => {
  const bench = createBench();

  expect(jsonOf(bench.get('/v3/exchange_rates', { country: 'PE' }))).toEqual({
    code: 100,
    description: 'Invalid credentials',
  });
  expect(outcomeOf(bench.get('/v3/exchange_rates', { country: 'PE', amount: 'x' }, READ_ONLY))).toBe('412/300');
  expect(outcomeOf(bench.get('/v3/exchange_rates', { country: 'UY' }, READ_ONLY))).toBe('412/518');
});

test('the merchants API knows its users by cookie or bearer, for an hour', () => {
  const bench = createBench();
  const token = tokenOf(bench);
  const ask = (headers: Record<string, string>) => outcomeOf(bench.get('/v1/balance', {}, headers));

  expect(outcomeOf(logIn(bench, 'wrong'))).toBe('401/401');
  expect(ask({})).toBe('401/401');
  expect(ask({ authorization: `Bearer ${token}` })).toBe('200');
  expect(ask({ cookie: `theme=dark; BEARER_TOKEN=${token}` })).toBe('200');
  bench.clock.nowMs += 3_600_000;
  expect(ask({ authorization: `Bearer ${token}` })).toBe('401/401');
});

test('the token of the merchants API can end in the middle', () => {
  const bench = createBench();
  const headers = { authorization: `Bearer ${tokenOf(bench)}` };
  bench.engine.script({ fault: 'token-expires', skip: 1 });
  const ask = () => outcomeOf(bench.get('/v1/balance', {}, headers));

  expect([ask(), ask(), ask()]).toEqual(['200', '401/401', '401/401']);
});

test('an address that the merchants API does not know is refused with 83, the cashouts go on', () => {
  const bench = createBench({ settings: { isMerchantsIpAllowed: false } });

  expect(outcomeOf(logIn(bench))).toBe('403/83');
  expect(outcomeOf(bench.get('/v1/balance'))).toBe('403/83');
  expect(outcomeOf(bench.create())).toBe('200');
});

test('the balance tells what is free and what is kept aside', () => {
  const bench = createBench({ settings: { openingBalances: { PEN: '1000.00' } } });
  openPayout(bench);

  expect(jsonOf(bench.get('/v1/balance', {}, { authorization: `Bearer ${tokenOf(bench)}` }))).toEqual({
    balances: [
      {
        currency: 'PEN',
        data: { totalBalance: 1000, availableBalance: 749.5, usableBalance: 749.5, rollingReserveBalance: 0 },
      },
    ],
  });
});

test('the list brings back what a status never says: id, amount, document and status as a word', () => {
  const bench = createBench();
  const ids = openPayout(bench);
  bench.clock.nowMs += 60_000;
  bench.engine.bankRejects(ids.external_id, { code: 801 });

  expect(jsonOf(listed(bench))).toEqual({
    page: 0,
    rows: 1,
    maxRows: 50,
    data: [
      {
        idCashout: ids.cashout_id,
        externalId: ids.external_id,
        creationDate: '2025-11-21 12:00:00',
        country: 'PE',
        currency: 'PEN',
        amount: 250.5,
        creditedAmount: 250.5,
        fee: 0,
        tax: 0,
        lastChangeDate: '2025-11-21 12:01:00',
        status: 'REJECTED',
        clientDocument: '71594743',
        reason: 'ERROR_ACCOUNT_CLOSED',
      },
    ],
  });
});

test('the list comes in pages of fifty, oldest first, and filtered', () => {
  const bench = createBench();
  for (let index = 0; index < 101; index += 1) {
    openPayout(bench, payoutOf('tupay', { external_id: `R${index}`, amount: 1 }));
  }
  bench.engine.bankCompletes('R7');
  const pages = ['0', '1', '2', '3'].map((page) => jsonOf(listed(bench, { ...TODAY, page })));

  expect(pages.map((page) => idsIn(page).length)).toEqual([50, 50, 1, 0]);
  expect(new Set(pages.flatMap(idsIn)).size).toBe(101);
  expect(idsIn(pages[0])[0]).toBe('R0');
  expect(idsIn(jsonOf(listed(bench, { ...TODAY, status: 'COMPLETED' })))).toEqual(['R7']);
  expect(idsIn(jsonOf(listed(bench, { ...TODAY, clientDocument: 'another' })))).toEqual([]);
  expect(idsIn(jsonOf(listed(bench, { ...TODAY, country: 'BR' })))).toEqual([]);
});

test.each([
  [{}, '400/300'],
  [{ from: TODAY.from }, '400/300'],
  [{ from: TODAY.to, to: TODAY.from }, '400/300'],
  [{ from: '0', to: String(60 * 86_400) }, '200'],
  [{ from: '0', to: String(60 * 86_400 + 1) }, '400/300'],
  [{ ...TODAY, page: '-1' }, '400/300'],
  [{ from: '2025-11-21', to: '2025-11-22' }, '400/300'],
])('a list for %j is answered with %s', (query, outcome) => {
  expect(outcomeOf(listed(createBench(), query))).toBe(outcome);
});

test('seconds at both ends of the window belong to it', () => {
  const bench = createBench();
  openPayout(bench);
  const at = (from: number, to: number) =>
    idsIn(jsonOf(listed(bench, { from: String(NOW_SECONDS + from), to: String(NOW_SECONDS + to) }))).length;

  expect([at(0, 0), at(-5, -1), at(1, 5)]).toEqual([1, 0, 0]);
});

test('the list may be behind, and does not know what is hidden', () => {
  const bench = createBench({ settings: { listLagMs: 30_000 } });
  bench.engine.script({ fault: 'hidden-after-create', afterMs: 60_000 });
  bench.create();
  openPayout(bench, payoutOf('tupay', { external_id: 'second' }));
  const after = (ms: number) => {
    bench.clock.nowMs += ms;
    return idsIn(jsonOf(listed(bench)));
  };

  expect([after(29_999), after(1), after(30_000)]).toEqual([[], ['second'], ['T07-20250301-000412', 'second']]);
});
