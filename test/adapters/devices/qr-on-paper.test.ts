import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PrinterProfile } from '../../../src-main/adapters/devices/printers/printer-profile.ts';
import { hasRealTimeCommand, rasterQr } from '../../../src-main/adapters/devices/printers/qr-commands.ts';
import { qrSymbol } from '../../../src-main/adapters/devices/printers/qr-symbol.ts';
import { renderPaper } from '../../../src-main/simulators/devices/virtual-printer/render-paper.ts';
import { readWithJsQr, readWithZbar } from '../../support/qr-readers.ts';
import { QR_DATA, SAMPLE_SLIPS, frame } from '../../unit/domain/slips/slip-samples.ts';
import { PROFILES, WIDE, printed, slipOf } from './printer-bench.ts';

const PRINTERS = PROFILES.flatMap((base) =>
  (['native', 'raster-quad'] as const).map((qr) => {
    const profile: PrinterProfile = { ...base, qr };
    return { name: `${profile.columns} columns, ${qr}`, profile };
  }),
);

test.each(PRINTERS)('I7: the QR slip of a real order reads back byte for byte ($name)', async ({ profile }) => {
  const make = SAMPLE_SLIPS['qr'];
  if (!make) throw new Error('no sample');
  const png = await renderPaper(printed(make(frame({ mode: 'training' })), profile).paper);
  expect(readWithZbar(png)).toBe(QR_DATA);
  expect(readWithJsQr(png)).toBe(QR_DATA);
});

/** Printable ASCII, blanks included. */
const payloads = (size: number) =>
  fc.sample(
    fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: size,
      maxLength: size,
    }),
    {
      numRuns: 1,
      seed: size,
    },
  );

test.each(PRINTERS)(
  'I7: payloads of 50 to 512 characters read back with zbarimg and jsqr ($name)',
  async ({ profile }) => {
    for (const payload of [50, 217, 512].flatMap(payloads)) {
      const png = await renderPaper(printed(slipOf({ kind: 'qr', payload }, { kind: 'cut' }), profile).paper);
      expect(readWithZbar(png)).toBe(payload);
      expect(readWithJsQr(png)).toBe(payload);
    }
  },
);

test.each(PRINTERS)('I7: payloads of many more sizes read back with jsqr ($name)', async ({ profile }) => {
  for (const payload of [64, 96, 133, 158, 181, 256, 301, 350, 407, 449, 505].flatMap(payloads)) {
    const png = await renderPaper(printed(slipOf({ kind: 'qr', payload }, { kind: 'cut' }), profile).paper);
    expect(readWithJsQr(png)).toBe(payload);
  }
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

test('no QR picture holds bytes that a printer obeys on reception', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 512 }),
      fc.constantFrom(...PROFILES),
      (payload, profile) => {
        const symbol = qrSymbol(payload, profile);
        expect(symbol.ok && hasRealTimeCommand(rasterQr(symbol.value, 'raster-quad'))).toBe(false);
      },
    ),
    { numRuns: 60 },
  );
});
