import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { withDisplayTraits } from '../../../src-main/adapters/devices/displays/display-profile.ts';
import { encodeDisplayView, encodeTestPage } from '../../../src-main/adapters/devices/displays/line-display-bytes.ts';
import { readHexBytes } from '../../../src-main/core/domain/devices/hex-bytes.ts';
import { LOCALES } from '../../../src-main/core/domain/locale.ts';
import { ascii, DISPLAY_IDS, hex, LINE_IDS, lineProfile, qrProfile, STATES, view } from './display-bench.ts';

const PAID = ascii('Pago recibido       ');
const SUM = ascii('          $ 1,500.50');

test.each([
  ['escpos-2x20', `1b401b52001f011f43001f240101${PAID} 1f240102${SUM}`, `1f011f43001f240101${PAID} 1f240102${SUM}`],
  ['cd5220-2x20', `0c1b401b66411b111b5f001b5141${PAID}0d 1b5142${SUM}0d`, `1b5141${PAID}0d 1b5142${SUM}0d`],
  ['utc-2x20', `1f11141000${PAID} 1014${SUM}`, `11141000${PAID} 1014${SUM}`],
  ['utc-enhanced-2x20', `1b641b7541${PAID}0d 1b7542${SUM}0d`, `1b7541${PAID}0d 1b7542${SUM}0d`],
  ['aedex-2x20', `212331${PAID}0d 212332${SUM}0d`, `212331${PAID}0d 212332${SUM}0d`],
])('%s: the bytes of the manual, first and every further time', (id, first, further) => {
  const profile = lineProfile(id);
  expect(hex(...encodeDisplayView(view('paid'), profile, true))).toBe(first);
  expect(hex(...encodeDisplayView(view('paid'), profile, false))).toBe(further);
});

test('every profile is named as its file, and those that nobody has seen say that they are experiments', () => {
  expect(DISPLAY_IDS.length).toBeGreaterThanOrEqual(9);
  for (const id of LINE_IDS) expect(lineProfile(id).id).toBe(id);
  for (const id of DISPLAY_IDS.filter((each) => !LINE_IDS.includes(each))) {
    expect(qrProfile(id)).toMatchObject({ id, isExperimental: true });
  }
});

test('in every dialect, state and language both lines are written in full, with nothing in them that a display could obey', () => {
  for (const id of LINE_IDS) {
    const profile = lineProfile(id);
    for (const state of STATES) {
      for (const locale of LOCALES) {
        const bytes = Buffer.concat(encodeDisplayView(view(state, locale), profile, false)).toString('latin1');
        const lines = bytes.match(/[\x20-\x7e]{20}/g) ?? [];
        expect(lines, `${id} ${state} ${locale}`).toHaveLength(2);
      }
    }
  }
});

test('a shop’s name cannot command a display', () => {
  fc.assert(
    fc.property(fc.constantFrom(...LINE_IDS), fc.string({ unit: 'binary', maxLength: 40 }), (id, shopName) => {
      const profile = lineProfile(id);
      const plain = Buffer.concat(
        encodeDisplayView({ locale: 'es', state: 'idle', shopName: 'La Esquina' }, profile, false),
      );
      const named = Buffer.concat(encodeDisplayView({ locale: 'es', state: 'idle', shopName }, profile, false));
      expect(controlsOf(named)).toEqual(controlsOf(plain));
      expect(named).toHaveLength(plain.length);
    }),
    { numRuns: 30 },
  );
});

function controlsOf(bytes: Buffer): readonly number[] {
  return Array.from(bytes).filter((byte) => byte < 0x20 || byte > 0x7e);
}

test('a display with forty bytes of buffer is never sent more at once, and no command is cut in two', () => {
  const profile = { ...lineProfile('cd5220-2x20'), sharesLineWithPrinter: true };
  const pieces = encodeDisplayView(view('paid'), profile, true);
  expect(pieces.every((piece) => piece.length <= 40)).toBe(true);
  expect(pieces.every((piece) => hex(piece).startsWith('1b3d02') && hex(piece).endsWith('1b3d01'))).toBe(true);
  const bare = pieces.map((piece) => hex(piece.subarray(3, -3))).join('');
  const whole = { ...profile, sharesLineWithPrinter: false, pacing: null };
  expect(bare).toBe(hex(...encodeDisplayView(view('paid'), whole, true)));
});

test('brightness and a confirmed page are set in the words of each dialect', () => {
  const look = { brightness: 2, codePage: { number: 0x41, name: 'CP437' } } as const;
  const first = (id: string): string => hex(...encodeDisplayView(view('idle'), { ...lineProfile(id), ...look }, true));
  expect(first('escpos-2x20')).toContain('1f5802');
  expect(first('escpos-2x20')).toContain('1b7441');
  expect(first('cd5220-2x20')).toContain('1b2a02');
  expect(first('cd5220-2x20')).toContain('1b6341');
  expect(first('utc-2x20')).toContain('0440');
});

test('what the technician saw is kept: a page by a known name, and nothing by a name of which we have no letters', () => {
  const profile = lineProfile('epson-dm-d');
  expect(withDisplayTraits(profile, { codePage: { number: 19, name: 'CP858' } }).codePage?.number).toBe(19);
  expect(withDisplayTraits(profile, { codePage: { number: 99, name: 'KATAKANA' } }).codePage).toBe(null);
  expect(withDisplayTraits(profile, undefined)).toBe(profile);
});

function ruled(id: string, page: Parameters<typeof encodeTestPage>[0]): string {
  return Buffer.concat(encodeTestPage(page, lineProfile(id))).toString('latin1');
}

test('letters that a font lacks are spelt, so that a line keeps its width', () => {
  expect(ruled('utc-2x20', { page: 'letters' })).toContain('aeiouunN?! $ EUR % 0');
  expect(ruled('utc-2x20', { page: 'letters' })).toContain('aoaeoacAOC # @ [ ] |');
  const confirmed = { page: 'letters', codePage: { number: 19, name: 'CP858' } } as const;
  expect(hex(...encodeTestPage(confirmed, lineProfile('epson-dm-d')))).toContain('1b7413');
  expect(hex(...encodeTestPage(confirmed, lineProfile('epson-dm-d')))).toContain('a082a1a2a381a4a5a8ad202420d5');
  expect(ruled('aedex-2x20', { page: 'ruler' })).toBe('!#112345678901234567890\r!#2ABCDEFGHIJKLMNOPQRST\r');
  expect(hex(...encodeTestPage({ page: 'brightness', level: 4 }, lineProfile('utc-2x20')))).toContain('04ff');
});

function typedBytes(typed: string): unknown {
  const read = readHexBytes(typed);
  return read.ok ? hex(read.value) : read.error;
}

test('a technician types bytes as the manual prints them', () => {
  expect(typedBytes('1B 40 0c')).toBe('1b400c');
  expect(typedBytes('0x1f,0x24; 0101 "HI, you"')).toBe('1f24010148492c20796f75');
  expect(typedBytes('  ')).toEqual({ kind: 'empty' });
  expect(typedBytes('1B 4')).toEqual({ kind: 'unreadable', piece: '4' });
  expect(typedBytes('1B zz')).toEqual({ kind: 'unreadable', piece: 'zz' });
  expect(typedBytes('"open')).toEqual({ kind: 'unreadable', piece: '"' });
  expect(typedBytes('00'.repeat(257))).toEqual({ kind: 'too-long' });
});
