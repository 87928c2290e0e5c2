import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import type { DisplayState, DisplayView } from '../../../src-main/core/application/ports/customer-display.ts';
import { remainingText } from '../../../src-main/adapters/devices/displays/display-lines.ts';
import { readDisplayProfile } from '../../../src-main/adapters/devices/displays/display-profile.ts';
import { DISPLAY_WORDS } from '../../../src-main/adapters/devices/displays/display-words.ts';
import { createEscPosDisplay, encodeDisplayView } from '../../../src-main/adapters/devices/displays/escpos-display.ts';
import type { ByteTransport } from '../../../src-main/adapters/devices/transports/byte-transport.ts';
import { LOCALES } from '../../../src-main/core/domain/locale.ts';
import { CURRENCY_CODES, money } from '../../../src-main/core/domain/money.ts';
import { err, ok } from '../../../src-main/core/domain/result.ts';
import { renderDisplay } from '../../../src-main/simulators/devices/virtual-display/render-display.ts';
import type { VirtualDisplay } from '../../../src-main/simulators/devices/virtual-display/virtual-display.ts';
import { createVirtualDisplay } from '../../../src-main/simulators/devices/virtual-display/virtual-display.ts';
import { PROFILE_FOLDER } from './printer-bench.ts';

const raw: unknown = JSON.parse(readFileSync(path.join(PROFILE_FOLDER, 'display-escpos-2x20.json'), 'utf8'));
const read = readDisplayProfile(raw);
if (!read.ok) throw new Error(read.error);
const ASCII = read.value;
const CP858 = { ...ASCII, codePage: { number: 19, name: 'CP858' } } as const;

const amount = money('MXN', 150_050);
const VIEWS: { readonly [State in DisplayState]: Omit<Extract<DisplayView, { state: State }>, 'locale'> } = {
  idle: { state: 'idle', shopName: 'Abarrotes La Esperanza de Puebla' },
  closed: { state: 'closed', shopName: 'La Esperanza' },
  amount: { state: 'amount', amount },
  pay: { state: 'pay', amount, qrData: 'x', remainingMs: 873_200 },
  paid: { state: 'paid', amount },
  'take-notes': { state: 'take-notes', amount },
  done: { state: 'done', amount },
  returning: { state: 'returning', amount },
  returned: { state: 'returned', amount },
  cancelled: { state: 'cancelled' },
  expired: { state: 'expired' },
  'please-wait': { state: 'please-wait' },
};

function view(state: DisplayState, locale: DisplayView['locale'] = 'es'): DisplayView {
  return { ...VIEWS[state], locale };
}

function shown(what: DisplayView, profile = ASCII): readonly string[] {
  const display = createVirtualDisplay();
  display.write(encodeDisplayView(what, profile, true));
  expect(display.unknown()).toEqual([]);
  expect(display.isCursorShown()).toBe(false);
  return display.lines();
}

function line(display: VirtualDisplay, sent: string[] = []): ByteTransport {
  return {
    id: 'virtual',
    kind: 'serial',
    canRead: false,
    async write(bytes, { label }) {
      await Promise.resolve();
      sent.push(label);
      display.write(bytes);
      return ok(undefined);
    },
    onData: () => () => undefined,
    close: () => Promise.resolve(),
  };
}

test.each([
  ['idle', ['Abarrotes La Esperan', '     Bienvenido     ']],
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
  for (const state of Object.keys(VIEWS) as DisplayState[]) {
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
  const bytes = encodeDisplayView(view('paid'), ASCII, true);
  display.write(bytes.filter((_, index) => index !== 12));
  display.write(encodeDisplayView(view('take-notes'), ASCII, false));
  expect(display.lines()).toEqual(['Tome sus billetes   ', '          $ 1,500.50']);
});

test('a display on the printer’s line shows only what is meant for it', () => {
  const display = createVirtualDisplay();
  display.write(encodeDisplayView(view('paid'), { ...ASCII, sharesLineWithPrinter: true }, true));
  display.write(Uint8Array.from('slip text for the printer', (character) => character.charCodeAt(0)));
  expect(display.lines()[0]).toBe('Pago recibido       ');
});

test('views that come too fast for the display are overtaken by the newest, and every caller gets an answer', async () => {
  const device = createVirtualDisplay();
  const sent: string[] = [];
  const display = createEscPosDisplay(ASCII, line(device, sent));
  const states = ['amount', 'pay', 'paid', 'take-notes'] as const;
  const answers = await Promise.all(states.map((state) => display.show(view(state))));
  expect(answers.every(({ ok: isShown }) => isShown)).toBe(true);
  expect(device.lines()[0]).toBe('Tome sus billetes   ');
  expect(sent).toEqual(['display-amount', 'display-take-notes']);
  await display.close();
});

test('after a failed update the display is set up from the start again', async () => {
  const device = createVirtualDisplay();
  const working = line(device);
  const writes: Uint8Array[] = [];
  let isPlugged = false;
  const display = createEscPosDisplay(ASCII, {
    ...working,
    write(bytes, options) {
      writes.push(bytes);
      if (isPlugged) return working.write(bytes, options);
      return Promise.resolve(err({ code: 'unplugged', sent: 'none', detail: 'test' }));
    },
  });
  expect(await display.show(view('paid'))).toMatchObject({ ok: false, error: { code: 'unplugged' } });
  isPlugged = true;
  expect(await display.show(view('paid'))).toMatchObject({ ok: true });
  expect(writes.map((bytes) => Buffer.from(bytes.subarray(0, 2)).toString('hex'))).toEqual(['1b40', '1b40']);
  await display.close();
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
