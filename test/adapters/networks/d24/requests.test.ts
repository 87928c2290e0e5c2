import { afterEach, expect, test } from 'vitest';
import { createD24 } from '../../../../src-main/adapters/networks/d24/d24.ts';
import { PAYOUT_METHODS } from '../../../../src-main/core/domain/payouts/country-forms.ts';
import type { PayoutNetworkSettings } from '../../../../src-main/core/domain/payouts/payout-settings.ts';
import type { PayoutTerms } from '../../../../src-main/core/domain/payouts/payout.ts';
import { SOUND_FORMS } from '../../../unit/domain/payouts/sound-forms.ts';
import { countingIds, machineClock } from '../machine.ts';
import { always, startRawServer, wire } from '../raw-server.ts';
import type { RawServer } from '../raw-server.ts';
import { COMMANDS, fixture, KEY, network, prepared, requestFor, SECRETS, SETTINGS, TERMS } from './bench.ts';

let server: RawServer | undefined;
afterEach(() => server?.close());

/** The request as bytes on the wire, from its fixture: the documents' method, path, headers and body, signed by another program. */
function expectedBytes(name: string, host: string): string {
  const [head = '', body = ''] = fixture(`requests/${name}.http`).replace(/\n$/, '').split('\n\n');
  return `${head.trimEnd().replace('{{HOST}}', host).replaceAll('\n', '\r\n')}\r\n\r\n${body}`;
}

function bytesOf({ seen }: RawServer): string[] {
  return seen.map(({ head, body }) => `${head}\r\n\r\n${body}`);
}

type Creation = readonly [string, Partial<PayoutTerms>, Partial<PayoutNetworkSettings>];

const BR = { country: 'BR', currency: 'BRL' } as const;
const CO = { country: 'CO', currency: 'COP' } as const;
const CREATIONS: readonly Creation[] = [
  ['create-pe', {}, { notificationUrl: 'https://pay.example.com/d24' }],
  ['create-pe-usd', { currency: 'USD', amountMinor: 100_00 }, {}],
  ['create-br-bank', { ...BR, method: 'br-bank', amountMinor: 250_05, onHold: true }, {}],
  ['create-br-pix-phone', { ...BR, method: 'br-pix-phone' }, {}],
  ['create-br-pix-email', { ...BR, method: 'br-pix-email' }, {}],
  ['create-br-pix-cpf', { ...BR, method: 'br-pix-cpf' }, {}],
  ['create-mx', { country: 'MX', currency: 'MXN', method: 'mx-bank' }, {}],
  ['create-co-bank', { ...CO, method: 'co-bank' }, {}],
  ['create-co-nequi', { ...CO, method: 'co-nequi' }, {}],
  ['create-co-daviplata', { ...CO, method: 'co-daviplata' }, {}],
  ['create-co-efecty', { ...CO, method: 'co-efecty' }, {}],
  ['create-co-punto-red', { ...CO, method: 'co-punto-red' }, {}],
  ['create-cl', { country: 'CL', currency: 'CLP', method: 'cl-bank', amountMinor: 5_000 }, {}],
  ['create-ar', { country: 'AR', currency: 'ARS', method: 'ar-bank' }, {}],
  ['create-ec-bank', { country: 'EC', currency: 'USD', method: 'ec-bank', amountMinor: 1 }, {}],
  ['create-ec', { country: 'EC', currency: 'USD', method: 'ec-payphone', amountMinor: 1 }, {}],
];

test('every way of paying out has its request', () => {
  const shown = CREATIONS.map(([, { method = TERMS.method }]) => method);
  expect(new Set(shown)).toEqual(new Set(PAYOUT_METHODS.map(({ id }) => id)));
});

function termsWith(changes: Partial<PayoutTerms>): PayoutTerms {
  return { ...TERMS, beneficiary: SOUND_FORMS[changes.method ?? TERMS.method], ...changes };
}

test.each(CREATIONS)('%s leaves the till byte for byte as documented, signed over those bytes', async (...creation) => {
  const [name, changes, settings] = creation;
  server = await startRawServer(always(wire(500, '')));
  const till = network({ ...settings, baseUrl: server.baseUrl });
  const terms = termsWith(changes);

  await till.deliver({ request: prepared(till.prepareCreate(terms)), terms });

  expect(bytesOf(server)).toEqual([expectedBytes(name, server.host)]);
});

test.each(['tupay', 'onekey'] as const)('%s is asked with our id alone when that is all there is', async (brand) => {
  server = await startRawServer(always(wire(500, '')));
  await network({ baseUrl: server.baseUrl }, { brand }).read({ externalId: 's2kdfm39494' });
  expect(bytesOf(server)).toEqual([expectedBytes('status-own-id', server.host)]);
});

test.each(['tupay', 'onekey'] as const)(
  '%s is asked with its own number alone for a voucher that bears it',
  async (brand) => {
    server = await startRawServer(always(wire(500, '')));
    await network({ baseUrl: server.baseUrl }, { brand }).read({ cashoutId: '8405147' });
    expect(bytesOf(server)).toEqual([expectedBytes('status-their-id', server.host)]);
  },
);

test('no frozen request holds a credential, and the same one sends the same bytes every time', async () => {
  server = await startRawServer(always(wire(500, '')));
  const till = network({ baseUrl: server.baseUrl });
  for (const command of COMMANDS) {
    const request = requestFor(till, command);
    for (const secret of Object.values(SECRETS)) expect(JSON.stringify(request)).not.toContain(secret);
    await till.deliver({ request, terms: TERMS });
    const later = network({ baseUrl: server.baseUrl, notificationUrl: 'https://elsewhere.example.com' });
    await later.deliver({ request: structuredClone(request), terms: TERMS });
  }
  const bytes = bytesOf(server);
  expect(bytes.length).toBe(2 * COMMANDS.length);
  expect(bytes.filter((_sent, index) => index % 2 === 0)).toEqual(bytes.filter((_sent, index) => index % 2 === 1));
});

test('renewed credentials sign the same frozen request anew', async () => {
  server = await startRawServer(always(wire(500, '')));
  const { baseUrl } = server;
  const request = requestFor(network({ baseUrl }), 'cancel');
  const renewed = { ...SECRETS, pass: 'a "quoted" \\ pass, ñ' };
  await network({ baseUrl }, { secrets: () => renewed }).deliver({ request, terms: TERMS });
  expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({
    login: 'cashout_login',
    pass: 'a "quoted" \\ pass, ñ',
    cashout_id: 8405147,
    external_id: TERMS.externalId,
  });
});

test('ids are sent digit for digit, beyond what a floating-point number can hold', () => {
  const key = { externalId: 'X', cashoutId: '900719925474099301' };
  expect(requestFor(network(), 'cancel', key).body).toBe('{"cashout_id":900719925474099301,"external_id":"X"}');
});

test.each<[string, Partial<PayoutTerms>, Partial<PayoutNetworkSettings>]>([
  ['country-not-available', {}, { countries: ['BR'] }],
  ['method-of-another-country', { country: 'MX', currency: 'MXN' }, {}],
  ['amount-currency', { currency: 'BRL' }, {}],
  ['amount-not-positive', { amountMinor: 0 }, {}],
  ['amount-not-positive', { amountMinor: -5 }, {}],
  ['amount-not-whole-units', { amountMinor: 0.5 }, {}],
  ['reference-not-alphanumeric', { externalId: 'T07-1' }, {}],
  ['reference-not-alphanumeric', { externalId: '' }, {}],
  ['reference-not-alphanumeric', { externalId: 'X'.repeat(101) }, {}],
  ['hold-not-available', { onHold: true }, { hold: false }],
  ['form-not-tidied', { beneficiary: { ...SOUND_FORMS['pe-bank'], documentId: '71-594-743' } }, {}],
  ['form-not-tidied', { beneficiary: { ...SOUND_FORMS['pe-bank'], bankBranch: '1' } }, {}],
  ['form-refused', { beneficiary: { ...SOUND_FORMS['pe-bank'], bankAccount: '00219300153895206814' } }, {}],
  ['form-refused', { beneficiary: {} }, {}],
  ['notification-url-unusable', {}, { notificationUrl: 'https://pay.example.com:8443/d24' }],
  ['notification-url-unusable', {}, { notificationUrl: 'ftp://pay.example.com' }],
  ['notification-url-unusable', {}, { notificationUrl: 'pay' }],
])('terms that this network cannot be asked are refused: %s', (code, changes, settings) => {
  expect(network(settings).prepareCreate({ ...TERMS, ...changes })).toMatchObject({ ok: false, error: { code } });
});

test('what TuPay takes fewer characters of is refused there and taken by OneKey', () => {
  const beneficiary = { ...SOUND_FORMS['co-bank'], documentType: 'NIT', documentId: '1'.repeat(15) };
  const terms = { ...TERMS, country: 'CO', currency: 'COP', method: 'co-bank', beneficiary } as const;
  expect(network({}, { brand: 'tupay' }).prepareCreate(terms)).toEqual({
    ok: false,
    error: { code: 'form-refused', detail: 'documentId: tupay takes 12 characters' },
  });
  expect(network().prepareCreate(terms).ok).toBe(true);
});

test('no refusal repeats personal data', () => {
  const beneficiary = { ...SOUND_FORMS['pe-bank'], documentId: '71-594-743', bankAccount: '99999999999999999999' };
  for (const form of [beneficiary, { ...beneficiary, documentId: '71594743' }]) {
    const refused = network().prepareCreate({ ...TERMS, beneficiary: form });
    expect(refused.ok).toBe(false);
    expect(JSON.stringify(refused)).not.toMatch(/71|99999/);
  }
});

test('a payout whose network id is unknown can be asked about, not cancelled or held', () => {
  const till = network();
  for (const refused of [
    till.prepareCancel({ externalId: 'X' }),
    till.prepareHold({ externalId: 'X' }),
    till.prepareRelease({ externalId: 'X' }),
  ]) {
    expect(refused).toMatchObject({ ok: false, error: { code: 'cashout-id-unknown' } });
  }
});

test.each(['login', 'pass', 'signatureKey'] as const)(
  'without its %s nothing is prepared and nothing leaves',
  async (name) => {
    server = await startRawServer(always(wire(200, '{"cashout_id":"1"}')));
    const { baseUrl } = server;
    const request = requestFor(network({ baseUrl }), 'create');
    for (const missing of [{}, { [name]: '' }, { [name]: ' ' }]) {
      const { [name]: _lost, ...rest } = SECRETS;
      const till = network({ baseUrl }, { secrets: () => ({ ...rest, ...missing }) });
      expect(till.prepareCreate(TERMS)).toMatchObject({ ok: false, error: { code: 'no-credentials' } });
      expect(await till.deliver({ request, terms: TERMS })).toEqual({ kind: 'not-sent', cause: 'no-token' });
      expect(await till.read(KEY)).toEqual({ kind: 'unreachable', cause: 'no-token' });
      expect(till.readNotice('external_id=X&control=Y')).toMatchObject({ kind: 'unreadable' });
    }
    expect(server.seen).toEqual([]);
  },
);

test('a request that this adapter did not make, or that carries credentials, is our bug', async () => {
  const till = network({ baseUrl: 'http://127.0.0.1:9' });
  const foreign = { method: 'POST', path: '/v3/other', body: '{"external_id":"X"}' } as const;
  await expect(till.deliver({ request: foreign, terms: TERMS })).rejects.toThrow(/not a request of the cashouts API/);
  for (const body of ['', '{}', '[1]', '{"login":"x"}', '{"pass":"x"}', ' {"external_id":"X"}']) {
    const request = { method: 'POST', path: '/v3/cashout', body } as const;
    await expect(till.deliver({ request, terms: TERMS })).rejects.toThrow(/frozen body/);
  }
});

test.each(['http://api-stg.tupayonline.com', 'https://user:pass@api.example.test', 'nonsense'])(
  'the base URL %s may not be used, for payouts or for the list',
  (url) => {
    expect(() => network({ baseUrl: url })).toThrow(/settings.invalid/);
    expect(() => network({ listBaseUrl: url })).toThrow(/settings.invalid/);
  },
);

test('what a brand can do is told as data, and settings know better', () => {
  expect(network({}, { brand: 'tupay' }).traits).toEqual({
    countries: ['PE', 'BR', 'MX', 'CO', 'CL', 'AR', 'EC'],
    hold: false,
    cancel: true,
    requireBothIds: true,
    reconciliation: false,
    banks: true,
    exchangeRate: true,
  });
  const known = { hold: true, cancel: false, listBaseUrl: 'https://list.example.test' };
  expect(network(known, { brand: 'tupay' }).traits).toMatchObject({
    hold: true,
    cancel: false,
    reconciliation: true,
  });
  expect(network().traits).toMatchObject({ hold: true, requireBothIds: false });
});

test('without a word in the settings a brand pays to the countries that it is known for', () => {
  const { countries: _all, ...settings } = SETTINGS;
  const shared = { settings, secrets: () => SECRETS, clock: machineClock, ids: countingIds() };
  expect(createD24({ ...shared, brand: 'tupay' }).traits.countries).toEqual(['PE']);
  expect(createD24({ ...shared, brand: 'onekey' }).traits.countries).toEqual(['BR']);
});
