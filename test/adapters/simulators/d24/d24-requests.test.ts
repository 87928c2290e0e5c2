/** What the far side accepts and refuses: credentials, ids, and the fields of a create in each country. */
import { expect, test } from 'vitest';
import { isCbu, isCci, isClabe, isCpf } from '../../../../src-main/simulators/networks/d24/account-numbers.ts';
import { minorOf } from '../../../../src-main/simulators/networks/d24/amounts.ts';
import type { Country } from '../../../../src-main/simulators/networks/d24/countries.ts';
import { COUNTRY_NAMES } from '../../../../src-main/simulators/networks/d24/countries.ts';
import {
  accountInBrazil,
  answerOf,
  createBench,
  jsonOf,
  KEYS,
  openPayout,
  outcomeOf,
  payoutOf,
} from './payout-bench.ts';
import type { Bench } from './payout-bench.ts';

test.each([
  ['a wrong login', { login: 'another' }, '401/401'],
  ['a wrong passphrase', { pass: 'another' }, '401/401'],
  ['no passphrase', { pass: undefined }, '401/401'],
])('%s is refused, whatever the signature', (_what, changes, outcome) => {
  expect(outcomeOf(createBench().create(payoutOf('tupay', changes)))).toBe(outcome);
});

test('an address that is not registered is refused, and 401 says so by another number', () => {
  const bench = createBench({ settings: { isIpRegistered: false } });

  expect(outcomeOf(bench.create())).toBe('401/402');
  bench.engine.change({ isIpRegistered: true });
  expect(outcomeOf(bench.create())).toBe('200');
});

test('revoked credentials are refused for everything that is signed, until they are good again', () => {
  const bench = createBench();
  const ids = openPayout(bench);
  bench.engine.revokeCredentials();

  expect([bench.create(), bench.status(ids), bench.cancel(ids), bench.update(1, 'ON_HOLD')].map(outcomeOf)).toEqual(
    Array.from({ length: 4 }, () => '401/401'),
  );
  bench.engine.restoreCredentials();
  expect(outcomeOf(bench.status(ids))).toBe('200');
});

test.each([
  ['no JSON', '{"login":'],
  ['two JSON documents', '{} {}'],
  ['a list', '[]'],
  ['nothing, as a proxy leaves of a DELETE', ''],
])('a body of %s is refused as malformed', (_what, body) => {
  const bench = createBench();

  expect(outcomeOf(bench.send('DELETE', '/v3/cashout/cancel', body))).toBe('400/502');
});

test('the headers that the documents call mandatory are', () => {
  const bench = createBench();
  const ask = (headers: Record<string, string>) =>
    outcomeOf(bench.send('POST', '/v3/cashout', payoutOf('tupay'), headers));

  expect(ask({ 'content-type': 'text/plain' })).toBe('400/502');
  expect(ask({ 'user-agent': '' })).toBe('412/300');
  bench.engine.change({ needsUserAgent: false });
  expect(ask({ 'user-agent': '' })).toBe('200');
});

test.each([
  ['GET', '/v3/cashout'],
  ['POST', '/v3/cashout/cancel'],
  ['POST', '/v3/cashouts'],
  ['PATCH', '/v3/cashout/status'],
  ['GET', '/v1/country/BR/authorized-banks'],
])('TuPay knows nothing of %s %s', (method, path) => {
  expect(answerOf(createBench().send(method, path, KEYS)).status).toBe(404);
});

test('cancel, hold and release can be missing, as on pages that do not name them', () => {
  const bench = createBench({ settings: { hasCancel: false, hasHold: false } });
  const ids = openPayout(bench);

  expect([bench.cancel(ids), bench.update(ids.cashout_id, 'ON_HOLD')].map((seen) => answerOf(seen).status)).toEqual([
    404, 404,
  ]);
});

const idsOf = (bench: Bench) => {
  const both = openPayout(bench);
  return {
    both,
    own: { cashout_id: both.cashout_id },
    external: { external_id: both.external_id },
    otherPair: { cashout_id: both.cashout_id, external_id: 'another' },
    unknown: { cashout_id: 1, external_id: both.external_id },
    quoted: { cashout_id: String(both.cashout_id), external_id: both.external_id },
    none: {},
  };
};

function statusesOf(bench: Bench): Record<string, string> {
  return Object.fromEntries(
    Object.entries(idsOf(bench)).map(([name, ids]) => [name, outcomeOf(bench.status(ids))] as const),
  );
}

test('TuPay wants both ids for a status', () => {
  expect(statusesOf(createBench())).toEqual({
    both: '200',
    own: '412/300',
    external: '412/300',
    otherPair: '412/509',
    unknown: '412/509',
    quoted: '412/300',
    none: '412/300',
  });
});

test('TuPay may answer to the external id alone, where the network is so set', () => {
  expect(statusesOf(createBench({ settings: { statusByExternalIdAlone: true } }))).toMatchObject({
    external: '200',
    own: '412/300',
  });
});

test('OneKey takes either id, and both only when they belong together', () => {
  expect(statusesOf(createBench({ brand: 'onekey', settings: { acceptsQuotedIds: true } }))).toEqual({
    both: '200',
    own: '200',
    external: '200',
    otherPair: '412/509',
    unknown: '412/509',
    quoted: '200',
    none: '412/300',
  });
});

test('a cancel wants both ids, unless one is enough by setting', () => {
  const bench = createBench({ brand: 'onekey' });
  const { own, external, otherPair, both } = idsOf(bench);

  expect([own, external, otherPair].map((ids) => outcomeOf(bench.cancel(ids)))).toEqual([
    '412/300',
    '412/300',
    '412/509',
  ]);
  bench.engine.change({ cancelByOneId: true });
  expect(outcomeOf(bench.cancel(own))).toBe('200');
  expect(outcomeOf(bench.cancel(both))).toBe('412/510');
});

test.each([
  [{ cashout_id: 1, status: 'ON_HOLD' }, '412/509'],
  [{ external_id: 'T07-20250301-000412', status: 'ON_HOLD' }, '412/300'],
])('a hold of %j is refused', (body, outcome) => {
  const bench = createBench();
  openPayout(bench);

  expect(outcomeOf(bench.send('PUT', '/v3/cashout/status', { ...KEYS, ...body }))).toBe(outcome);
});

test('a hold of a status that cannot be set, or in small letters, is not supported', () => {
  const bench = createBench();
  const { cashout_id: id } = openPayout(bench);

  expect(['COMPLETED', 'on_hold', ''].map((status) => outcomeOf(bench.update(id, status)))).toEqual([
    '412/521',
    '412/521',
    '412/521',
  ]);
});

test('an external id can be used once, also when the first answer was lost', () => {
  const bench = createBench();
  bench.engine.script({ fault: 'drop-after-commit' });

  expect(outcomeOf(bench.create())).toBe('dropped-after-commit');
  expect(outcomeOf(bench.create())).toBe('412/511');
  expect(outcomeOf(bench.create(payoutOf('tupay', { amount: 1 })))).toBe('412/511');
  expect(bench.engine.payouts()).toHaveLength(1);
});

test('a status that is sent to create is a create without its fields', () => {
  const bench = createBench();

  expect(jsonOf(bench.create({ ...KEYS, external_id: 'x', cashout_id: 1 }))).toEqual({
    code: 300,
    message: 'country: Invalid or missing country',
  });
});

test.each([
  [{ amount: '250.50' }, '250.50'],
  [{ amount: '20' }, '20.00'],
  [{ amount: 20 }, '20.00'],
  [{ amount: 0.29 * 100 }, null],
  [{ amount: 28.99 }, '28.99'],
  [{ amount: '20,5' }, null],
  [{ amount: '1e3' }, null],
  [{ amount: 20.005 }, null],
  [{ amount: 0 }, null],
  [{ amount: -5 }, null],
  [{ amount: true }, null],
])('%j is taken as %s', (changes, amount) => {
  const bench = createBench();

  const outcome = outcomeOf(bench.create(payoutOf('tupay', changes)));

  expect([outcome, bench.engine.payouts()[0]?.amount ?? null]).toEqual([amount === null ? '412/300' : '200', amount]);
});

const long = (length: number): string => 'x'.repeat(length);

test.each([
  [{ external_id: '' }, 300],
  [{ external_id: long(101) }, 300],
  [{ external_id: 30_000_000_001 }, 300],
  [{ currency: undefined }, 300],
  [{ currency: 'BRL' }, 526],
  [{ country: 'Peru' }, 300],
  [{ country: 'BR' }, 518],
  [{ country: 'UY' }, 518],
  [{ beneficiary_name: '' }, 300],
  [{ beneficiary_lastname: undefined }, 300],
  [{ document_type: undefined }, 300],
  [{ document_type: 'CPF' }, 300],
  [{ document_id: '7159474' }, 300],
  [{ document_id: long(13) }, 300],
  [{ bank_account: '00219300153895206814' }, 300],
  [{ bank_account: '12312312312312312300' }, 300],
  [{ bank_account: undefined }, 300],
  [{ account_type: 'V' }, 300],
  [{ account_type: undefined }, 300],
  [{ bank_account: '777000000000000000' }, 303],
  [{ email: 'ana' }, 300],
  [{ phone: 'x' }, 543],
  [{ phone: long(21) }, 300],
  [{ notification_url: 'here' }, 300],
  [{ notification_url: `https://example.com/${long(300)}` }, 300],
  [{ comments: long(201) }, 300],
  [{ on_hold: 'true' }, 300],
  [{ amount: '0.99' }, 533],
])('TuPay refuses a payout with %j by %i', (changes, code) => {
  const bench = createBench();

  expect(outcomeOf(bench.create(payoutOf('tupay', changes)))).toBe(`412/${code}`);
  expect(bench.engine.payouts()).toEqual([]);
});

test.each([
  [{}, '200'],
  [{ amount: 500 }, '200'],
  [{ amount: 500.01 }, '412/508'],
  [{ document_id: '10000001' }, '412/515'],
  [{ bank_account: '00320001310356642337' }, '412/538'],
  [{ document_id: '10000002' }, '400/504'],
])('by its books, the network answers a payout with %j with %s', (changes, outcome) => {
  const bench = createBench({
    settings: {
      limits: { minimum: '1.00', transactionMaximum: '500.00', dailyMaximum: null },
      blockedDocuments: ['10000001'],
      blockedAccounts: ['00320001310356642337'],
      kycRefusals: { '10000002': 105 },
    },
  });

  expect(outcomeOf(bench.create(payoutOf('tupay', changes)))).toBe(outcome);
});

test('a refused identity says why in a reason of its own', () => {
  const bench = createBench({ settings: { kycRefusals: { '71594743': 105 } } });

  expect(jsonOf(bench.create())).toMatchObject({ code: 504, reason: 'Underage user detected', reason_code: 105 });
});

test('one document may receive so much in a day, refused and cancelled payouts not counted', () => {
  const limits = { minimum: '1.00', transactionMaximum: null, dailyMaximum: '600.00' };
  const bench = createBench({ settings: { limits } });
  const create = (externalId: string) => outcomeOf(bench.create(payoutOf('tupay', { external_id: externalId })));

  expect([create('a'), create('b'), create('c')]).toEqual(['200', '200', '412/508']);
  bench.engine.merchantCancels('a');
  expect(create('c')).toBe('200');
  bench.clock.nowMs += 12 * 3_600_000;
  expect(create('d')).toBe('200');
});

test('an e-mail and a phone belong to one document', () => {
  const bench = createBench();
  const create = (externalId: string, changes: Record<string, unknown>) =>
    outcomeOf(bench.create(payoutOf('tupay', { external_id: externalId, ...changes })));
  create('first', { email: 'ana@example.com', phone: '999888777' });

  expect(create('same', { email: 'ana@example.com', phone: '999888777' })).toBe('200');
  expect(create('mail', { document_id: '10000003', email: 'ana@example.com' })).toBe('412/541');
  expect(create('phone', { document_id: '10000003', phone: '999888777' })).toBe('412/542');
  bench.engine.change({ checksContactOwners: false });
  expect(create('shared', { document_id: '10000003', phone: '999888777' })).toBe('200');
});

test('a merchant who is not enabled gets nothing', () => {
  expect(outcomeOf(createBench({ settings: { isMerchantEnabled: false } }).create())).toBe('412/519');
});

const GOOD: Readonly<Record<Country, Record<string, unknown>>> = {
  PE: payoutOf('tupay'),
  BR: accountInBrazil(),
  MX: {
    country: 'MX',
    currency: 'MXN',
    document_id: 'ROAA900101AAA',
    bank_account: '021790064060296642',
  },
  CO: {
    country: 'CO',
    currency: 'COP',
    document_type: 'CC',
    document_id: '1020304050',
    bank_code: '1007',
    bank_account: '12345678901',
    account_type: 'S',
    address: 'Calle 1 # 2-3',
    phone: '+573001234567',
  },
  CL: {
    country: 'CL',
    currency: 'CLP',
    document_id: '12345678K',
    bank_code: '012',
    bank_account: '12345678',
    account_type: 'V',
  },
  AR: { country: 'AR', currency: 'ARS', document_id: '30111222', bank_account: '0110599520000001235579' },
  EC: {
    country: 'EC',
    currency: 'USD',
    document_id: '1710034065',
    bank_code: '10007',
    bank_account: '593987654321',
    account_type: 'S',
  },
};

const inCountry = (country: Country, changes: Record<string, unknown> = {}) => {
  const common = { ...KEYS, external_id: 'x', amount: 100, beneficiary_name: 'Ana', beneficiary_lastname: 'Rojas' };
  const bench = createBench({ brand: 'onekey', settings: { countries: COUNTRY_NAMES } });
  return outcomeOf(bench.create({ ...common, ...GOOD[country], ...changes }));
};

test.each(COUNTRY_NAMES)('a payout in %s is good in local currency and in dollars', (country) => {
  expect(inCountry(country)).toBe('200');
  expect(inCountry(country, { currency: 'USD' })).toBe('200');
  expect(inCountry(country, { currency: 'EUR' })).toBe('412/526');
});

test.each([
  ['BR', { bank_code: 1 }, 303],
  ['BR', { bank_code: '00000000' }, undefined],
  ['BR', { bank_code: '999' }, 565],
  ['BR', { bank_code: '' }, 300],
  ['BR', { bank_branch: '' }, 300],
  ['BR', { bank_account: '1234567890123456' }, 300],
  ['BR', { bank_code: '341', bank_account: '12345-6' }, undefined],
  ['BR', { bank_code: '341', bank_account: '1234567-8' }, 300],
  ['BR', { document_id: '52998224724' }, 300],
  ['BR', { document_id: '11111111111' }, 300],
  ['BR', { phone: '1234567890123456' }, 543],
  ['MX', { bank_account: '021790064060296643' }, 300],
  ['MX', { bank_account: '4152313012345678' }, 300],
  ['MX', { beneficiary_lastname: '' }, 300],
  ['CO', { bank_code: '9' }, 303],
  ['CO', { address: '' }, 300],
  ['CO', { phone: '' }, 300],
  ['CO', { document_type: 'NIT', document_id: '1234567' }, 300],
  ['CO', { bank_code: '1507', bank_account: '3001234567' }, undefined],
  ['CO', { bank_code: '10003', bank_account: '' }, undefined],
  ['CO', { bank_code: '10003', bank_account: '', phone: '' }, 540],
  ['CO', { bank_code: '10006', bank_account: '' }, 540],
  ['CO', { bank_code: '10006', bank_account: '', email: 'ana@example.com' }, undefined],
  ['CL', { bank_account: '12345' }, 300],
  ['CL', { bank_code: '999' }, 303],
  ['CL', { document_id: '1234567' }, 300],
  ['AR', { bank_account: '0110599520000001235578' }, 300],
  ['AR', { document_id: '1234567890' }, 300],
  ['EC', { bank_account: '0987654321' }, 300],
  ['EC', { bank_code: '10', bank_account: '0987654321' }, undefined],
  ['PE', { document_type: 'PASS', document_id: 'AB12345' }, undefined],
] as const)('%s with %j is answered by %s', (country, changes, code) => {
  expect(inCountry(country, changes)).toBe(code === undefined ? '200' : `412/${code}`);
});

const wrong = (text: string, index: number) =>
  text.slice(0, index) + String((Number(text[index]) + 1) % 10) + text.slice(index + 1);

test('check digits of the documents hold, and one wrong digit does not', () => {
  expect(['00219300153895206813', '00320001310356642337'].map(isCci)).toEqual([true, true]);
  expect(isClabe('021790064060296642')).toBe(true);
  expect(isCbu('0110599520000001235579')).toBe(true);
  expect(isCpf('52998224725')).toBe(true);
  for (let index = 0; index < 20; index += 1) expect(isCci(wrong('00219300153895206813', index))).toBe(false);
  for (let index = 0; index < 18; index += 1) expect(isClabe(wrong('021790064060296642', index))).toBe(false);
  for (let index = 0; index < 22; index += 1) expect(isCbu(wrong('0110599520000001235579', index))).toBe(false);
});

test('hundredths of an amount are exact', () => {
  expect([0.07, 1.1, 4.35, '4.35', 999_999_999.99, 1_234_567].map(minorOf)).toEqual([
    7, 110, 435, 435, 99_999_999_999, 123_456_700,
  ]);
});
