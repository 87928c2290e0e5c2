/** I7: what two independent readers find on the paper is the network's data, byte for byte, whichever printer and form it came by. */
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PrinterProfile } from '../../../src-main/adapters/devices/printers/printer-profile.ts';
import { hasRealTimeCommand, nativeQr, rasterQr } from '../../../src-main/adapters/devices/printers/qr-commands.ts';
import { qrSymbol } from '../../../src-main/adapters/devices/printers/qr-symbol.ts';
import { renderPaper } from '../../../src-main/simulators/devices/virtual-printer/render-paper.ts';
import { readAllWithZbar, readWithJsQr } from '../../support/qr-readers.ts';
import { QR_DATA, SAMPLE_SLIPS, frame } from '../../unit/domain/slips/slip-samples.ts';
import { EPSON, NARROW, PROFILES, WIDE, encoded, printed, profile, slipOf } from './printer-bench.ts';

const PRINTERS: readonly (readonly [string, PrinterProfile])[] = [
  ...PROFILES.flatMap((base) =>
    (['native', 'raster-quad'] as const).map((qr) => [`${base.columns} columns, ${qr}`, { ...base, qr }] as const),
  ),
  ['32 columns, raster', { ...NARROW, qr: 'raster' }],
  ['48 columns, Star', profile('star-tsp650ii')],
];

const SIGNS = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index));
const ALL_CHARACTERS = SIGNS.join('');

/** Every printable character, in any order, and as many more of them as the length asks for. */
const payloads = fc
  .record({
    size: fc.integer({ min: 95, max: 512 }),
    start: fc.shuffledSubarray(SIGNS, { minLength: 95 }),
    rest: fc.array(fc.constantFrom(...SIGNS), { minLength: 417, maxLength: 417 }),
  })
  .map(({ size, start, rest }) => [...start, ...rest].slice(0, size).join(''));
const shortPayloads = fc.string({ unit: fc.constantFrom(...SIGNS), minLength: 50, maxLength: 94 });

function sampled(seed: number): readonly string[] {
  const longest = ALL_CHARACTERS.repeat(6).slice(0, 512);
  return [longest, ...fc.sample(payloads, { numRuns: 1, seed }), ...fc.sample(shortPayloads, { numRuns: 1, seed })];
}

describe.each(PRINTERS)('%s', (name, printer) => {
  const wanted = [QR_DATA, ...sampled(name.length)];
  const pictures: Uint8Array[] = [];

  beforeAll(async () => {
    const make = SAMPLE_SLIPS['qr'];
    if (!make) throw new Error('no sample');
    const slips = [
      make(frame({ mode: 'training', copyNumber: 2 })),
      ...wanted.slice(1).map((payload) => slipOf({ kind: 'qr', payload }, { kind: 'cut' })),
    ];
    for (const slip of slips) pictures.push(await renderPaper(printed(slip, printer).paper));
  });

  test('zbarimg reads the payloads of 50 to 512 characters', () => {
    expect(readAllWithZbar(pictures)).toEqual(wanted);
  });

  test('jsqr reads the same', () => {
    expect(pictures.map(readWithJsQr)).toEqual(wanted);
  });
});

test('a reader finds no code on a slip whose symbol lost a row of modules', async () => {
  const { paper } = printed(slipOf({ kind: 'qr', payload: QR_DATA }, { kind: 'cut' }), WIDE);
  const spoilt = paper.printed.map((item) =>
    item.kind === 'picture'
      ? { ...item, isDark: (row: number, column: number) => row > 60 && item.isDark(row, column) }
      : item,
  );
  expect(readWithJsQr(await renderPaper({ ...paper, printed: spoilt }))).toBeUndefined();
});

function sizeOf(byteCount: number, printer: PrinterProfile): readonly unknown[] {
  const symbol = qrSymbol('A'.repeat(byteCount), printer);
  return symbol.ok ? [symbol.value.level, symbol.value.moduleDots] : [symbol.error.kind];
}

test('no module is smaller than a phone reads, and of two levels the one with larger modules is taken', () => {
  fc.assert(
    fc.property(fc.integer({ min: 50, max: 512 }), fc.constantFrom(...PROFILES), (size, printer) => {
      const symbol = qrSymbol('A'.repeat(size), printer);
      if (!symbol.ok) throw new Error(symbol.error.kind);
      expect(symbol.value.moduleDots).toBeGreaterThanOrEqual(3);
      expect((symbol.value.sideModules + 8) * symbol.value.moduleDots).toBeLessThanOrEqual(printer.dots + 48);
    }),
  );
  expect(sizeOf(159, EPSON)).toEqual(['M', 6]);
  expect(sizeOf(300, EPSON)).toEqual(['L', 5]);
  expect(sizeOf(512, NARROW)).toEqual(['M', 4]);
});

test('two symbols on one slip: the second does not inherit the level of the first', () => {
  const small = 'A'.repeat(159);
  const large = 'B'.repeat(300);
  const hex = Buffer.from(
    encoded(slipOf({ kind: 'qr', payload: small }, { kind: 'qr', payload: large }, { kind: 'cut' }), EPSON),
  ).toString('hex');
  const levels = [...hex.matchAll(/1d286b03003145(\d\d)/g)].map(([, level]) => level);
  expect(levels).toEqual(['31', '30']);
});

test('no QR holds bytes that a printer obeys on reception, however long it is', () => {
  const lengths = fc.integer({ min: 1, max: 1_100 });
  fc.assert(
    fc.property(lengths, fc.constantFrom(...PROFILES), (size, printer) => {
      const symbol = qrSymbol(ALL_CHARACTERS.repeat(12).slice(0, size), printer);
      if (!symbol.ok) return;
      for (const form of ['raster-quad', 'raster'] as const)
        expect(hasRealTimeCommand(rasterQr(symbol.value, form))).toBe(false);
    }),
    { numRuns: 25 },
  );
  // Announced as 10h 04h, and so drawn by us.
  const announced = qrSymbol('A'.repeat(1_037), WIDE);
  expect(announced.ok && hasRealTimeCommand(nativeQr(announced.value, true))).toBe(true);
  expect(hasRealTimeCommand(encoded(slipOf({ kind: 'qr', payload: 'A'.repeat(1_037) }), WIDE))).toBe(false);
});
