/** Columns on a terminal: plain texts are counted in the quick way, all others as a person counts. */
import { expect, test } from 'vitest';
import { facts, table } from '../../../src-main/hosts/terminal/layout.ts';

test('a name is as wide as the characters that a person sees in it, however many code units they take', () => {
  const names = ['Rosa', 'Núñez', 'Nu\u0301n\u0303ez', '👩🏽‍🔧 José'];
  const rows = names.map((name) => [name, '5.00']);
  const lines = table([{ title: 'cashier' }, { title: 'float', right: true }], rows).split('\n');
  expect(lines).toEqual([
    'cashier   float',
    'Rosa       5.00',
    'Núñez      5.00',
    'Nu\u0301n\u0303ez      5.00',
    '👩🏽?🔧 José   5.00',
  ]);
});

test('facts stand under each other behind the longest label, and those without a value are left out', () => {
  expect(
    facts('Caja', [
      ['turno', '1'],
      ['cajón año', ['cerrado', 'contado']],
      ['nada', undefined],
    ]),
  ).toBe(['Caja', '  turno      1', '  cajón año  cerrado', '             contado'].join('\n'));
});
