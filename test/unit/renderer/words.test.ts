import { expect, test } from 'vitest';
import type { WindowFault } from '../../../src-renderer/bridge/till-client.ts';
import { refusalFamily } from '../../../src-renderer/text/refusal-family.ts';
import { faultWords, WORDS } from '../../../src-renderer/text/words.ts';
import { LOCALES } from '../../../src-main/core/domain/locale.ts';

/** Every text of a table by its path; functions are called with sample values. */
function textsOf(table: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof table === 'string') return [[path, table]];
  if (typeof table === 'function') {
    const sample = path.includes('faults.')
      ? {}
      : path.match(/count|attempts|copy|shiftNumber|overviewTitle/i)
        ? 2
        : '§';
    return [[path, (table as (...values: unknown[]) => string)(sample, '§', '§')]];
  }
  return Object.entries(table as object).flatMap(([key, value]) =>
    textsOf(value, path === '' ? key : `${path}.${key}`),
  );
}

test.each(LOCALES)('no text in %s is empty, untrimmed, or lets a missing value through', (language) => {
  const texts = textsOf(WORDS[language]);
  expect(texts.length).toBeGreaterThan(350);
  const bad = texts.filter(
    ([, text]) => text.trim() !== text || text === '' || /undefined|NaN|\[object|\{\w*\}/.test(text),
  );
  expect(bad).toEqual([]);
});

test('the lists of the languages have the same length: screens pair them with pictures and reasons', () => {
  const lengths = LOCALES.map((language) => textsOf(WORDS[language]).map(([path]) => path));
  expect(lengths[1]).toEqual(lengths[0]);
  expect(lengths[2]).toEqual(lengths[0]);
});

test('a sentence is not left in another language', () => {
  const spanish = new Map(textsOf(WORDS.es));
  for (const language of ['pt', 'en'] as const) {
    const same = textsOf(WORDS[language]).filter(([path, text]) => text.length > 24 && spanish.get(path) === text);
    expect(same).toEqual([]);
  }
});

test('Spanish speaks to the cashier as usted, Portuguese as você', () => {
  const spanish = textsOf(WORDS.es).map(([, text]) => text);
  expect(spanish.filter((text) => /\b(tú|tu|tus|vos|puedes|tienes|quieres)\b/i.test(text))).toEqual([]);
  const portuguese = textsOf(WORDS.pt).map(([, text]) => text);
  expect(portuguese.filter((text) => /\b(tu|teu|tua|vós|ecrã|utilizador)\b/i.test(text))).toEqual([]);
});

test('a fault says what happened and what to do, with its values where it has them', () => {
  const tooMuch: WindowFault = { code: 'amount.above-maximum', detail: '', values: { limit: '$ 8,000' } };
  expect(faultWords(WORDS.es, tooMuch)).toEqual({ title: 'El monto es demasiado alto', todo: 'El máximo es $ 8,000.' });
  for (const language of LOCALES) {
    const titles = Object.values(WORDS[language].faults).map(({ title }) => title);
    expect(new Set(titles).size, 'each fault has its own title').toBe(titles.length);
  }
});

test('whatever a fault says about money in doubt, it never says “try again” without a look first', () => {
  for (const language of LOCALES) {
    for (const code of ['cash-out.in-doubt', 'window.no-answer', 'internal', 'cash-out.not-paid-now'] as const) {
      const { todo } = faultWords(WORDS[language], { code, detail: '' });
      expect(todo).not.toMatch(/otra vez|de novo|again$/i);
    }
  }
});

test.each([
  ['cancelled-before-it-left', 'withdrawn'],
  ['network-unreachable', 'unreachable'],
  ['seller_configuration', 'configuration'],
  ['pos_not_found', 'configuration'],
  ['property_value', 'configuration'],
  ['required_properties', 'configuration'],
  ['minimum_items', 'configuration'],
  ['unauthorized', 'credentials'],
  ['invalid_amount', 'amount'],
  ['too_many_requests', 'busy'],
  ['idempotency_key_already_used', 'conflict'],
  ['something_new', 'other'],
  ['', 'other'],
] as const)('the refusal “%s” is told as %s', (code, family) => {
  expect(refusalFamily(code)).toBe(family);
});
