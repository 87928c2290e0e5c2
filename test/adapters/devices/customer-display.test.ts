import * as fc from 'fast-check';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { remainingText } from '../../../src-main/adapters/devices/displays/display-lines.ts';
import { DISPLAY_WORDS } from '../../../src-main/adapters/devices/displays/display-words.ts';
import { encodeDisplayView } from '../../../src-main/adapters/devices/displays/line-display-bytes.ts';
import type { DisplayView } from '../../../src-main/core/application/ports/customer-display.ts';
import { LOCALES } from '../../../src-main/core/domain/locale.ts';
import { CURRENCY_CODES, money } from '../../../src-main/core/domain/money.ts';
import { renderDisplay } from '../../../src-main/simulators/devices/virtual-display/render-display.ts';
import { createVirtualDisplay } from '../../../src-main/simulators/devices/virtual-display/virtual-display.ts';
import { lineProfile, STATES, view } from './display-bench.ts';

const ASCII = lineProfile('escpos-2x20');
const CP858 = { ...ASCII, codePage: { number: 19, name: 'CP858' } } as const;

function shown(what: DisplayView, profile = ASCII): readonly string[] {
  const display = createVirtualDisplay();
  for (const piece of encodeDisplayView(what, profile, true)) display.write(piece);
  expect(display.unknown()).toEqual([]);
  expect(display.isCursorShown()).toBe(false);
  return display.lines();
}

test.each([
  ['idle', ['    Abarrotes La    ', 'Esperanza de Puebla ']],
  ['closed', ['    La Esperanza    ', '    Caja cerrada    ']],
  ['amount', ['Retiro de efectivo  ', '          $ 1,500.50']],
  ['pay', ['Escanee y pague     ', '14:34     $ 1,500.50']],
  ['paid', ['Pago recibido       ', '          $ 1,500.50']],
  ['take-notes', ['Tome sus billetes   ', '          $ 1,500.50']],
  ['cancelled', ['Retiro cancelado    ', 'No se cobro nada    ']],
] as const)('the customer reads what happens: %s', (state, lines) => {
  expect(shown(view(state))).toEqual(lines);
});

test('once a page was confirmed the accents are shown', () => {
  expect(shown(view('expired'), CP858)[0]).toBe('El código venció    ');
  expect(shown(view('take-notes', 'pt'), CP858)[0]).toBe('Retire suas cédulas ');
});

test('the display is never blank, in any state and language', () => {
  for (const state of STATES) {
    for (const locale of LOCALES) {
      const lines = shown(view(state, locale), CP858);
      expect(
        lines.every((text) => text.trim() !== '' && text.length === 20),
        `${state} ${locale}`,
      ).toBe(true);
    }
  }
});

test('no word of any language is too long for its line', () => {
  const tooLong = LOCALES.flatMap((locale) => Object.values(DISPLAY_WORDS[locale])).filter(
    (words) => words.length > 20,
  );
  expect(tooLong).toEqual([]);
});

test('an amount is never cut, however large', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CURRENCY_CODES), fc.nat({ max: Number.MAX_SAFE_INTEGER }), (currency, minor) => {
      const [, lower = ''] = shown({ locale: 'es', state: 'pay', amount: money(currency, minor), remainingMs: 5_000 });
      const digits = lower.replace(/^0:05 /, '').replaceAll(/\D/g, '');
      const decimals = currency === 'CLP' ? 0 : 2;
      expect([String(minor), String(Math.floor(minor / 10 ** decimals))]).toContain(digits.replace(/^0+(?=\d)/, ''));
    }),
  );
});

test('a byte lost on the way is healed by the next update', () => {
  const display = createVirtualDisplay();
  const bytes = Buffer.concat(encodeDisplayView(view('paid'), ASCII, true));
  display.write(bytes.filter((_, index) => index !== 15));
  for (const piece of encodeDisplayView(view('take-notes'), ASCII, false)) display.write(piece);
  expect(display.lines()).toEqual(['Tome sus billetes   ', '          $ 1,500.50']);
});

test('a display on the printer’s line shows only what is meant for it', () => {
  const display = createVirtualDisplay();
  for (const piece of encodeDisplayView(view('paid'), { ...ASCII, sharesLineWithPrinter: true }, true)) {
    display.write(piece);
    display.write(Buffer.from('slip text for the printer'));
  }
  expect(display.lines()[0]).toBe('Pago recibido       ');
});

test('the time left is rounded up and never below nothing', () => {
  expect([873_200, 60_000, 59_001, 1, 0, -5].map(remainingText)).toEqual([
    '14:34',
    '1:00',
    '1:00',
    '0:01',
    '0:00',
    '0:00',
  ]);
});

test('the drawn display glows', async () => {
  const picture = PNG.sync.read(Buffer.from(await renderDisplay(shown(view('pay')))));
  const litCount = picture.data.filter((value, index) => index % 4 === 1 && value > 240).length;
  expect(litCount).toBeGreaterThan(3_000);
});
