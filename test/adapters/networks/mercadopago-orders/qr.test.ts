import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksumOf, readEmvQr } from '../../../../src-main/adapters/networks/mercadopago-shared/emv-qr.ts';
import type { Terms } from '../../../../src-main/core/domain/cash-out.ts';
import type { Country } from '../../../../src-main/core/domain/settings.ts';
import { QR_MX, TERMS, till } from './bench.ts';

const QR_AR =
  '00020101021243650016com.mercadolibre0201306360f3d2c1b-1111-4222-8333-9444455556665204000053030325802AR5914CAJA DE PRUEBA6007ROSARIO62070503***63040BC0';
const QR_UY =
  '00020101021243650016com.mercadolibre0201306360f3d2c1b-1111-4222-8333-944445555666520400005303858540412005802UY5914CAJA DE PRUEBA6005SALTO62070503***63043B1A';
const MX = { terms: TERMS, country: 'MX' } as const;
const AR = { terms: { ...TERMS, currency: 'ARS', amountMinor: 2_000_000 }, country: 'AR' } as const;
const UY = { terms: { ...TERMS, currency: 'UYU', amountMinor: 120_000 }, country: 'UY' } as const;

type Shop = Readonly<{ terms: Terms; country: Country }>;

function check(shop: Shop, qrData: string, qrValidation: 'strict' | 'warn' = 'strict'): string {
  const verdict = till({ country: shop.country, qrValidation }).checkQr(shop.terms, qrData);
  return verdict.verdict === 'good' ? 'good' : `${verdict.verdict}: ${verdict.detail}`;
}

/** The same text with a part exchanged and its checksum made right again. */
function resealed(qrData: string, from: string, to: string): string {
  const body = qrData.slice(0, -4).replace(from, to);
  return body + checksumOf(body);
}

test('the checksum is the one of the standard', () => {
  expect(checksumOf('123456789')).toBe('29B1');
  expect(checksumOf('')).toBe('FFFF');
});

test.each<[string, Shop, string]>([
  ['Mexico, 500 pesos', MX, QR_MX],
  ['Argentina, no amount in it', AR, QR_AR],
  ['Uruguay, 1200 without decimals', UY, QR_UY],
  ['a name with accents', MX, resealed(QR_MX, '5914CAJA DE PRUEBA', '5914CAJÓN DE MÉXIC')],
  ['an amount with one decimal', MX, resealed(QR_MX, '5406500.00', '5405500.0')],
])('%s is good in both settings', (_what, shop, qrData) => {
  expect([check(shop, qrData, 'strict'), check(shop, qrData, 'warn')]).toEqual(['good', 'good']);
});

test.each<[string, string, string]>([
  ['an appended space', `${QR_MX} `, 'no object begins at character'],
  ['a line break at the end', `${QR_MX}\n`, 'no object begins at character'],
  ['a space in front', ` ${QR_MX}`, 'no object begins at character 0'],
  ['no checksum object', QR_MX.slice(0, -8), 'does not end with a checksum'],
  ['a lower-case checksum', QR_MX.slice(0, -4) + QR_MX.slice(-4).toLowerCase(), 'checksum does not match'],
  ['a cut checksum', QR_MX.slice(0, -1), 'object 63 is longer than the text'],
  ['the first object twice', resealed(`000201${QR_MX}`, '', ''), 'object 00 occurs twice'],
  ['an object after the checksum', `${QR_MX}9103abc`, 'does not end with a checksum'],
  ['another format version', resealed(QR_MX, '000201', '000202'), 'does not begin with the payload format'],
  ['the format not first', resealed(QR_MX, '000201010212', '010212000201'), 'does not begin with the payload format'],
  ['an accent outside of the names', resealed(QR_MX, '0503***', '0503é**'), 'object 62 holds characters'],
  ['a control character in a name', resealed(QR_MX, 'CAJA DE', 'CAJA\u0000DE'), 'object 59 holds characters'],
  ['half a surrogate in a name', resealed(QR_MX, 'CAJA DE', 'CAJA\ud800DE'), 'object 59 holds characters'],
  ['too short', '00020163041D3D', '14 characters long'],
  ['too long', `${QR_MX}${'9'.repeat(400)}`, 'characters long'],
  ['nothing', '', '0 characters long'],
])('%s is never shown when strict, and shown with a case when set to warn', (_what, qrData, detail) => {
  expect(check(MX, qrData, 'strict')).toContain(`block: `);
  expect(check(MX, qrData, 'strict')).toContain(detail);
  expect(check(MX, qrData, 'warn')).toContain('warn: ');
});

test.each<[string, Shop, string, string]>([
  [
    'another amount',
    { ...MX, terms: { ...TERMS, amountMinor: 50_001 } },
    QR_MX,
    'block: QR is for 500.00, not for 50001 minor units of MXN',
  ],
  [
    'an amount that is none',
    MX,
    resealed(QR_MX, '5406500.00', '5406500,00'),
    'block: QR is for 500,00, not for 50000 minor units of MXN',
  ],
  ['another currency', { ...MX, terms: { ...TERMS, currency: 'ARS' } }, QR_MX, 'block: QR is in currency 484, not ARS'],
  ['another country', { ...MX, country: 'UY' }, QR_MX, 'block: QR is of country MX, not UY'],
  [
    'another amount under a broken checksum',
    MX,
    QR_MX.replace('5406500.00', '5406900.00'),
    'block: QR is for 900.00, not for 50000 minor units of MXN',
  ],
])('%s is never shown, whatever the setting', (_what, shop, qrData, verdict) => {
  expect([check(shop, qrData, 'strict'), check(shop, qrData, 'warn')]).toEqual([verdict, verdict]);
});

test('any one character changed is refused', () => {
  const printable = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code));
  fc.assert(
    fc.property(
      fc.constantFrom<[Shop, string]>([MX, QR_MX], [AR, QR_AR], [UY, QR_UY]),
      fc.nat(),
      printable,
      ([shop, qr], at, letter) => {
        const index = at % qr.length;
        fc.pre(qr[index] !== letter);
        const altered = qr.slice(0, index) + letter + qr.slice(index + 1);
        expect(check(shop, altered)).toMatch(/^block: /);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('any one character missing, doubled or exchanged with its neighbour is refused', () => {
  for (const [shop, qr] of [
    [MX, QR_MX],
    [AR, QR_AR],
    [UY, QR_UY],
  ] as const) {
    for (let at = 0; at < qr.length; at += 1) {
      const letter = qr[at] ?? '';
      const next = qr[at + 1] ?? '';
      const altered = [qr.slice(0, at) + qr.slice(at + 1), qr.slice(0, at) + letter + qr.slice(at)];
      if (next !== '' && next !== letter) altered.push(qr.slice(0, at) + next + letter + qr.slice(at + 2));
      for (const text of altered) expect([text, check(shop, text)]).toEqual([text, expect.stringMatching(/^block: /)]);
    }
  }
});

test('any text at all gets a verdict and never an exception', () => {
  const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), fc.stringMatching(/^[0-9]{0,300}$/));
  fc.assert(
    fc.property(anything, (text) => {
      expect(readEmvQr(text).fault).toBeDefined();
      expect(check(MX, text)).toMatch(/^block: /);
    }),
    { numRuns: 2_000 },
  );
});
