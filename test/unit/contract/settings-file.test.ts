/** The settings file: what is left out, what a country brings, and what is never accepted. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSettingsFile } from '../../../src-main/core/contract/settings-file.ts';
import type { Settings } from '../../../src-main/core/domain/settings.ts';
import { formatMoney, money } from '../../../src-main/core/domain/money.ts';
import { refuseAmount } from '../../../src-main/core/domain/limits.ts';

function read(file: unknown): Settings {
  const result = readSettingsFile(file);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function problems(file: unknown): readonly string[] {
  const result = readSettingsFile(file);
  return result.ok ? [] : result.error.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const forCountry = (country: string): unknown => ({ networks: { 'mercadopago-orders': { country } } });

test('an address alone makes a whole till: Mexico, one cashier, dynamic QR, five minutes to pay', () => {
  const settings = read({ networks: { 'mercadopago-orders': { baseUrl: 'http://127.0.0.1:4010' } } });

  expect(settings).toMatchObject({
    language: 'es',
    timeZone: 'America/Mexico_City',
    tillId: 'CAJA01',
    currency: 'MXN',
    limits: { minMinor: 100, maxMinor: 1_000_000, stepMinor: 100 },
    people: [{ code: 1, role: 'cashier' }],
  });
  expect(settings.networks['mercadopago-orders']).toMatchObject({
    baseUrl: 'http://127.0.0.1:4010',
    tokenSecret: 'mercadopago-token',
    mode: 'dynamic',
    lifetimeMs: 300_000,
    qrValidation: 'strict',
    returnWindowMs: 71 * 3_600_000,
  });
});

test.each([
  ['AR', 'ARS', 'es', 'America/Argentina/Buenos_Aires', '$\u00a0500.000'],
  ['BR', 'BRL', 'pt', 'America/Sao_Paulo', 'R$\u00a03.000'],
  ['CL', 'CLP', 'es', 'America/Santiago', '$\u00a0500.000'],
  ['MX', 'MXN', 'es', 'America/Mexico_City', '$\u00a010,000'],
  ['UY', 'UYU', 'es', 'America/Montevideo', '$\u00a020.000'],
])('%s brings its money, language, clock and limit', (country, currency, language, timeZone, most) => {
  const settings = read(forCountry(country));

  expect(settings).toMatchObject({ currency, language, timeZone });
  expect(formatMoney(money(settings.currency, settings.limits.maxMinor))).toBe(most);
});

test('every key on the cashier’s screen can be used, whatever the limits', () => {
  const country = fc.constantFrom('AR', 'BR', 'CL', 'MX', 'UY');
  const whole = fc.integer({ min: 1, max: 3_000 });
  fc.assert(
    fc.property(country, whole, whole, whole, (name, min, max, step) => {
      const limits = { min: String(min), max: String(max), step: String(step) };
      const result = readSettingsFile({ networks: { 'mercadopago-orders': { country: name } }, limits });
      const keys = result.ok ? result.value.quickAmountsMinor : [];
      const refused = result.ok
        ? keys.filter((minor) => refuseAmount(minor, result.value.limits, Number.MAX_SAFE_INTEGER))
        : [];
      expect(refused).toEqual([]);
      expect(keys.length > 0).toBe(result.ok);
      // Refused exactly when no amount could ever be accepted.
      expect(result.ok).toBe(min <= max && Math.floor(max / step) * step >= min);
    }),
  );
});

test('whatever JSON a file holds, it is read or every problem has a place in it and words', () => {
  const key = fc.constantFrom(
    'language',
    'limits',
    'people',
    'networks',
    'mercadopago-orders',
    'baseUrl',
    'shop',
    'name',
    'x',
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.jsonValue(),
      fc.dictionary(key, tie('tree')),
      fc.array(tie('tree'), { maxLength: 3 }),
    ),
  }));
  fc.assert(
    fc.property(tree, (file) => {
      const result = readSettingsFile(file);
      const isExplained =
        result.ok || (result.error.length > 0 && result.error.every(({ message }) => message.length > 0));
      expect(isExplained).toBe(true);
    }),
  );
});

const at = (baseUrl: string): readonly string[] => problems({ networks: { 'mercadopago-orders': { baseUrl } } });

test('an address that could carry the token in the clear, or somewhere else, is refused', () => {
  for (const good of [
    'https://api.mercadopago.com',
    'http://localhost:4010',
    'http://127.0.0.1',
    'http://[::1]:9/a',
    'HTTPS://host',
  ])
    expect([good, at(good)]).toEqual([good, []]);
  for (const bad of [
    '',
    'api.mercadopago.com',
    'ftp://host',
    'http://host',
    'http://127.0.0.1.example.test',
    'http://localhost.example.test',
    'http://127.0.0.1@example.test',
    'https://user:pass@host',
    'https://host?x',
    'https://host#x',
    'https://a b',
    'https://host/a\nb',
    'javascript:alert(1)',
  ])
    expect([bad, at(bad).length]).toEqual([bad, 1]);
});

test('an unknown key is told with the names that there are', () => {
  expect(problems({ networks: { 'mercadopago-orders': { brazil: { agency: 'x' } } } })).toEqual([
    'networks.mercadopago-orders.brazil.agency: no setting has this name; there are agencyType, bankServiceCode',
  ]);
  expect(problems({ people: [{ code: 1, name: 'A', role: 'cashier', pin: '1234' }] })).toEqual([
    'people.0.pin: no setting has this name; there are code, name, role',
  ]);
  expect(problems(JSON.parse('{"__proto__":{"language":"es"}}'))).toHaveLength(1);
});

test('a relay needs an address that keeps the till’s key out of sight; the rest is usual', () => {
  expect(read({ relay: { url: 'https://relay.example.test' } }).relay).toEqual({
    url: 'https://relay.example.test',
    keySecret: 'relay-key',
    waitMs: 25_000,
  });
  expect(read({})).not.toHaveProperty('relay');
  for (const relay of [
    {},
    { url: 'http://relay.example.test' },
    { url: 'https://r', waitSeconds: 0 },
    { url: 'https://r', key: 'x' },
  ])
    expect([relay, problems({ relay }).length]).toEqual([relay, 1]);
});

test('an open drawer is told after a minute, or after as long as the file says', () => {
  expect(read({})).not.toHaveProperty('drawer');
  expect(read({ drawer: {} }).drawer).toEqual({ openTooLongMs: 60_000 });
  expect(read({ drawer: { openTooLongSeconds: 180 } }).drawer).toEqual({ openTooLongMs: 180_000 });
  for (const openTooLongSeconds of [0, 9, 3_601, 60.5, '60'])
    expect(problems({ drawer: { openTooLongSeconds } })).toHaveLength(1);
  expect(problems({ drawer: { openTooLong: 60 } })).toEqual([
    'drawer.openTooLong: no setting has this name; there are openTooLongSeconds',
  ]);
});
