import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { canonical } from '../../../src-main/core/domain/canonical.ts';

const text = fc.string({ unit: 'binary' }).filter((candidate) => candidate.isWellFormed());
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', maxDepth: 5 },
    fc.constantFrom(null, true, false, 0, -0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
    fc.maxSafeInteger(),
    text,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.oneof(text, fc.constantFrom('__proto__', 'é', 'e\u0301', '\u20ac', '\ud83d\ude00', '\ufb33', '1', '10', '2')),
      tie('value'),
    ),
  ),
}));

test('I4: every value that the journal can hold is encoded as RFC 8785 says', () => {
  fc.assert(
    fc.property(value, (given) => {
      expect(canonical(given)).toBe(canonicalize(given));
    }),
    { numRuns: 3000 },
  );
});

test('I4: what was encoded reads back as the same value, and encodes to the same text again', () => {
  fc.assert(
    fc.property(value, (given) => {
      const encoded = canonical(given);
      expect(canonical(JSON.parse(encoded))).toBe(encoded);
    }),
    { numRuns: 1000 },
  );
});

test('I4: the order in which fields were set makes no difference', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(text, fc.integer()), { selector: ([key]) => key }),
      fc.integer(),
      (fields, seed) => {
        const shuffled = fields.toSorted(
          ([left], [right]) => ((left.length * 31 + seed) % 7) - ((right.length * 31 + seed) % 7),
        );
        expect(canonical(Object.fromEntries(shuffled))).toBe(canonical(Object.fromEntries(fields)));
      },
    ),
  );
});

test('fields sort by UTF-16 code units, as the example of RFC 8785 does', () => {
  const example = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
  expect(canonical(example)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}');
});

test.each([
  ['a fraction', 0.5],
  ['a number that is not exact any more', 2 ** 53],
  ['infinity', Infinity],
  ['not a number', Number.NaN],
  ['nothing', undefined],
  ['nothing in a field', { amount: undefined }],
  ['a hole in a list', [1, undefined]],
  ['a function', () => 1],
  ['a big integer', 1n],
  ['a symbol', Symbol('s')],
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['bytes', new Uint8Array(2)],
  ['half of a surrogate pair', 'x\ud800'],
  ['half of a surrogate pair in a name', { 'x\udc00': 1 }],
])('I5: %s never reaches the journal', (_, given) => {
  expect(() => canonical(given)).toThrow(TypeError);
});
