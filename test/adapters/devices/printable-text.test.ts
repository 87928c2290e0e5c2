import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CODE_PAGE_NAMES, canPrint, repertoireOf } from '../../../src-main/adapters/devices/text/code-pages.ts';
import { encodeText } from '../../../src-main/adapters/devices/text/encode-text.ts';
import { printableText } from '../../../src-main/adapters/devices/text/printable-text.ts';
import { decodeByte } from '../../../src-main/simulators/devices/virtual-printer/code-pages.ts';

const PAGE_NUMBERS = { CP858: 19, CP1252: 16, CP850: 2, CP860: 3, CP437: 0 } as const;
const onCp858 = (text: string) => printableText(text, (character) => canPrint(character, 'CP858'));
const onAscii = (text: string) => printableText(text, (character) => character >= ' ' && character <= '~');

test.each([
  ['Ñandú, avô, pão, €5 ¿sí? ¡no!', 'Ñandú, avô, pão, €5 ¿sí? ¡no!'],
  ['cafe\u0301 man\u0303ana', 'café mañana'],
  ['₡5.000 y ₲20.000', 'CRC5.000 y Gs.20.000'],
  ['Ana’s “shop” — best…', 'Ana\'s "shop" - best...'],
  ['$\u00a01,500\u202f00', '$ 1,500 00'],
  ['Fiesta 🎉👩🏽‍🚀🇲🇽!', 'Fiesta !'],
  ['Dvořák Łódź 東京', 'Dvorák LódZ ??'.replace('Z', 'z')],
  ['A\u200bB\u202eC\ufeffD', 'ABCD'],
  ['line\nbreak\ttab', 'line break tab'],
])('%j is printed on CP858 as %j', (text, expected) => {
  expect(onCp858(text)).toBe(expected);
});

test('a shop’s name cannot hold a command: escape, drawer pulse and real-time bytes vanish', () => {
  expect(onCp858('Tienda\u001bp\u0000\u0019\u00fa')).toBe('Tiendapú');
  expect(onCp858('A\u0010\u0014\u0001B\u001dC\u007fD\u009bE')).toBe('ABCDE');
});

test('on a display without a confirmed page everything becomes plain ASCII', () => {
  expect(onAscii('¡Código venció! ₡5 €7 ção')).toBe('!Codigo vencio! CRC5 EUR7 cao');
});

test.each(CODE_PAGE_NAMES)(
  'whatever text comes, on %s each character is one printable byte and reads back as itself',
  (page) => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const printable = printableText(text, (character) => canPrint(character, page));
        const bytes = encodeText(printable || 'x', page);
        expect(bytes.every((byte) => byte >= 0x20 && byte !== 0x7f)).toBe(true);
        expect([...bytes].map((byte) => decodeByte(byte, PAGE_NUMBERS[page])).join('')).toBe(printable || 'x');
      }),
      { numRuns: 300 },
    );
  },
);

test.each(CODE_PAGE_NAMES)('every character of %s that the till uses comes out of the printer as itself', (page) => {
  for (const character of repertoireOf(page)) {
    const [byte = 0] = encodeText(character, page);
    expect(decodeByte(byte, PAGE_NUMBERS[page])).toBe(character);
  }
});
