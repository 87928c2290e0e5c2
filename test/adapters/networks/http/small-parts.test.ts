import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { below, readBaseUrl } from '../../../../src-main/adapters/networks/http/base-url.ts';
import { readRetryAfterMs } from '../../../../src-main/adapters/networks/http/retry-after.ts';
import { witness } from '../../../../src-main/adapters/networks/http/evidence.ts';
import { plainText } from '../../../../src-main/adapters/networks/http/wire-fields.ts';
import { REMOVED, secretFilter } from '../../../../src-main/adapters/networks/http/secret-filter.ts';

test.each([
  ['https://api.mercadopago.com', true],
  ['https://api.mercadopago.com/', true],
  ['http://127.0.0.1:8080/mp', true],
  ['http://localhost:8080', true],
  ['http://[::1]:8080', true],
  ['http://127.0.0.1.example.com', false],
  ['http://localhost.example.com', false],
  ['http://10.0.0.7', false],
  ['ws://127.0.0.1', false],
])('base URL %s may be used: %s', (text, usable) => {
  expect(readBaseUrl(text).ok).toBe(usable);
});

test('a path is put below the base, with one slash between', () => {
  const bases = ['https://a.test', 'https://a.test/', 'https://a.test/x', 'https://a.test/x/'];
  expect(bases.map((base) => below(new URL(base), '/v1/orders').href)).toEqual([
    'https://a.test/v1/orders',
    'https://a.test/v1/orders',
    'https://a.test/x/v1/orders',
    'https://a.test/x/v1/orders',
  ]);
});

test('a date to wait for is measured on our clock when the answer has no date of its own', () => {
  const nowMs = Date.UTC(2025, 10, 21, 15);
  expect(readRetryAfterMs('Fri, 21 Nov 2025 15:00:30 GMT', nowMs)).toBe(30_000);
  expect(readRetryAfterMs('Fri, 21 Nov 2025 15:00:30 GMT', nowMs, 'nonsense')).toBe(30_000);
  expect(readRetryAfterMs('', nowMs)).toBeUndefined();
});

test('a secret is found wherever it stands, also when the text ends in the middle of it', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9_-]{8,60}$/);
  const around = fc.string({ maxLength: 40 });
  fc.assert(
    fc.property(secret, around, around, fc.integer({ min: 4, max: 60 }), (value, before, after, length) => {
      const filter = secretFilter([value]);
      const cut = value.slice(0, Math.min(length, value.length - 1));
      const cleaned = filter.clean(`${before} ${value} ${after} ${cut}`);
      expect([cleaned.includes(value), filter.finds(cleaned), cleaned.endsWith(REMOVED)]).toEqual([false, false, true]);
    }),
  );
});

test('text without a secret stays as it is, and what is too short to be one removes nothing', () => {
  expect(secretFilter(['abcdefgh']).clean('abcdefg of abc')).toBe('abcdefg of abc');
  expect(secretFilter(['', 'a', 'abc']).clean('abcabc')).toBe('abcabc');
  expect(secretFilter([]).clean('abc')).toBe('abc');
});

test('a secret is removed in the forms that an address or a header would give it', () => {
  const secret = 'key+with/odd=signs';
  const { clean } = secretFilter([secret]);
  expect(clean(`a ${encodeURIComponent(secret)} b`)).toBe('a [removed] b');
  expect(clean(`a ${Buffer.from(secret).toString('base64')} b`)).toBe('a [removed] b');
});

/** One of its letters written as an escape. */
function escaped(text: string, at: number): string {
  const index = at % text.length;
  const code = text.charCodeAt(index).toString(16).padStart(4, '0');
  return `${text.slice(0, index)}\\u${code}${text.slice(index + 1)}`;
}

test('I11: a secret that JSON writes in another manner stands neither in the evidence nor in what is read from it', () => {
  // No letter of it can be a part of an escape.
  const secret = fc.stringMatching(/^[G-Z]{8,30}$/);
  fc.assert(
    fc.property(secret, fc.nat(), fc.boolean(), (hidden, at, isEscaped) => {
      const body = Buffer.from(
        `{"detail":"the token ${isEscaped ? escaped(hidden, at) : hidden} has ended","count":3}`,
      );
      const seen = {
        httpStatus: 401,
        networkRequestId: 'r-1',
        ownRequestId: 'o-1',
        sentAtMs: 1,
        answeredAtMs: 2,
        body,
      };
      const { evidence, json } = witness(seen, secretFilter([hidden]));
      expect(evidence.body).not.toContain(hidden);
      expect(JSON.stringify(JSON.parse(evidence.body))).not.toContain(hidden);
      expect(json).toEqual({ detail: `the token ${REMOVED} has ended`, count: 3 });
    }),
  );
});

test('what is plain already stays as it is, and anything else becomes one line that is no longer than asked', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.integer({ min: 1, max: 20 }), (text, longest) => {
      const plain = plainText(text, longest);
      expect(Array.from(plain).length).toBeLessThanOrEqual(longest);
      expect(plain).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(plainText(plain, longest)).toBe(plain);
    }),
  );
  expect(plainText('  processed/accredited ', 64)).toBe('processed/accredited');
  expect(plainText('two\n lines', 64)).toBe('two  lines');
});
