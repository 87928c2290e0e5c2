import * as fc from 'fast-check';
import { ThermalPrinter, characterSet, types } from 'node-thermal-printer';
import { expect, test } from 'vitest';
import { encodeDrawerPulse, encodeEscPos } from '../../../src-main/adapters/devices/printers/escpos-encoder.ts';
import { nativeQr } from '../../../src-main/adapters/devices/printers/qr-commands.ts';
import {
  loadPrinterProfiles,
  profileWith,
  readPrinterProfile,
} from '../../../src-main/adapters/devices/printers/printer-profile.ts';
import { qrSymbol } from '../../../src-main/adapters/devices/printers/qr-symbol.ts';
import { RULE, centred, feed, pair, text } from '../../../src-main/core/domain/slips/slip-document.ts';
import { QR_DATA } from '../../unit/domain/slips/slip-samples.ts';
import { EPSON, NARROW, PROFILES, PROFILE_FOLDER, WIDE, encoded, printed, slipOf } from './printer-bench.ts';

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

test('a slip’s bytes, command by command', () => {
  const document = slipOf(
    centred('Ñandú', { weight: 'bold' }),
    centred('$\u00a0500', { size: 'hero', weight: 'bold' }),
    pair('Fecha', '21 nov'),
    RULE,
    { kind: 'band', text: 'COPIA 1' },
    feed(),
    { kind: 'qr', payload: 'ABC' },
    { kind: 'cut' },
  );
  const narrow = { ...NARROW, columns: 24, cut: 'partial', cutFeedDots: 8 } as const;
  expect(hex(encoded(document, narrow))).toBe(
    [
      '1b40', // ESC @: start from power-on settings
      '1c2e', // FS .: leave two-byte characters
      '1b5200', // ESC R 0: country set USA
      '1b7413', // ESC t 19: CP858
      '1b331c', // ESC 3 28: line spacing
      '1b441200', // ESC D 18: a tab stop where the date begins
      '1b6101', // ESC a 1: centre
      '1b4501', // ESC E 1: bold
      'a5616e64a3', // Ñandú
      '0a',
      '1d2122', // GS !: three by three
      '2420353030', // $ 500, the no-break space as a space
      '0a',
      '1b6100', // ESC a 0: left
      '1d2100', // GS ! 0: normal size
      '1b4500', // ESC E 0
      '4665636861093231206e6f76', // Fecha, HT, 21 nov
      '0a',
      'c4'.repeat(24), // the rule
      '0a',
      '1d4201', // GS B 1: white on black
      '1b2138', // ESC !: bold, two by two
      '2020434f5049412031202020', // COPIA 1 on a bar as wide as the paper
      '0a',
      '1b4a1c', // ESC J 28: one line of blank paper
      '1b6101', // centre
      '1b4a20', // ESC J 32: quiet zone
      '1d286b040031413200', // GS ( k: model 2
      '1d286b0300314308', // module of 8 dots
      '1d286b0300314531', // level M
      '1d286b0600315030414243', // data: 3 bytes + 3
      '1d286b0300315130', // print
      '1b4a20',
      '1d564208', // GS V 66 8: feed to the cutter, cut
    ].join(''),
  );
});

test('the native QR block is the same as the one of an independent encoder', () => {
  const symbol = qrSymbol(QR_DATA, WIDE);
  if (!symbol.ok) throw new Error(symbol.error.kind);
  const other = new ThermalPrinter({ type: types.EPSON, interface: '' });
  other.printQR(QR_DATA, { cellSize: symbol.value.moduleDots, correction: symbol.value.level, model: 2 });
  expect(hex(nativeQr(symbol.value, true))).toBe(hex(other.getBuffer()));
});

test('texts in CP858 are the same bytes as those of an independent encoder', () => {
  const other = new ThermalPrinter({ type: types.EPSON, interface: '', characterSet: characterSet.PC858_EURO });
  other.setBuffer(Buffer.alloc(0));
  const words = 'áéíóúüñ ÁÉÍÓÚÜÑ ¿¡ € ãõâêôç ÃÕÂÊÔÇ';
  other.print(words);
  expect(hex(encoded(slipOf(text(words)), WIDE))).toContain(hex(other.getBuffer()));
});

test('a QR payload with letters beyond ASCII keeps all its bytes, and nothing of it is printed as text', () => {
  const { paper } = printed(slipOf({ kind: 'qr', payload: 'Ñandú 東京 €' }, text('x'), { kind: 'cut' }), WIDE);
  const pictures = paper.printed.flatMap((item) => (item.kind === 'picture' ? [item] : []));
  expect(Buffer.from(pictures[0]?.qrPayload ?? []).toString('utf8')).toBe('Ñandú 東京 €');
  expect(paper.text).toBe('x');
});

test.each([
  ['', 'qr-empty'],
  ['with\u001bcontrol', 'qr-control-character'],
  ['x'.repeat(3000), 'qr-too-large'],
])('a QR payload that cannot go on paper is refused before anything is sent (%#)', (payload, kind) => {
  expect(encodeEscPos(slipOf({ kind: 'qr', payload }), WIDE)).toMatchObject({ ok: false, error: { kind } });
});

test('the drawer pulse carries both of its times', () => {
  expect(hex(encodeDrawerPulse(WIDE))).toBe('1b700019fa');
  expect(hex(encodeDrawerPulse({ ...WIDE, drawer: { ...WIDE.drawer, pin: 1, onMs: 100, offMs: 400 } }))).toBe(
    '1b700132c8',
  );
});

test('no text of any kind can make the printer do more than print it', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom('\u001bp0', '\u0010\u0014\u0001\u0000\u0001', '\u001d(k'),
  );
  fc.assert(
    fc.property(anyText, anyText, fc.constantFrom(...PROFILES), (left, right, profile) => {
      const { printer } = printed(
        slipOf(
          pair(left, right),
          centred(left, { size: 'hero' }),
          { kind: 'band', text: right },
          { kind: 'step', marker: '1.', text: left },
          { kind: 'signature', label: right },
          { kind: 'heading', text: left, align: 'center' },
          { kind: 'cut' },
        ),
        profile,
      );
      expect(printer.pulses()).toEqual([]);
      expect(printer.unknown()).toEqual([]);
      expect(printer.troubles()).toEqual([]);
      const used = new Set(printer.commands());
      for (const command of [
        'ESC @',
        'ESC R',
        'ESC t',
        'ESC 3',
        'ESC a',
        'ESC E',
        'GS !',
        'GS B',
        'ESC J',
        'GS V',
        'LF',
        'HT',
        'ESC D',
        'ESC !',
        'FS .',
      ])
        used.delete(command);
      expect([...used]).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('all profiles that come with the till can be read, and say where their figures are from', async () => {
  const profiles = await loadPrinterProfiles(PROFILE_FOLDER);
  expect(profiles.ok && profiles.value.map(({ id, source }) => [id, source.basis])).toEqual([
    ['3nstar-80mm', 'assumed'],
    ['bematech-mp-4200-th', 'assumed'],
    ['bixolon-srp-350', 'assumed'],
    ['bixolon-srp-350iii', 'assumed'],
    ['citizen-ct-e351', 'assumed'],
    ['daruma-dr800', 'assumed'],
    ['elgin-i9', 'assumed'],
    ['epson-tm-m30', 'manual'],
    ['epson-tm-t20', 'manual'],
    ['epson-tm-t88', 'manual'],
    ['generic-58mm', 'assumed'],
    ['generic-80mm', 'assumed'],
    ['star-mc-print2', 'manual'],
    ['star-mc-print3', 'manual'],
    ['star-tsp100iv', 'manual'],
    ['star-tsp650ii', 'manual'],
    ['xprinter-58mm', 'assumed'],
    ['xprinter-80mm', 'assumed'],
  ]);
});

function problemOf(changes: object): string {
  const read = readPrinterProfile({ ...EPSON, ...changes });
  return read.ok ? 'none' : read.error;
}

test('a profile that promises what no printer has is refused with the field’s name', () => {
  expect(problemOf({})).toBe('none');
  expect(problemOf({ dots: 500 })).toContain('dots');
  expect(problemOf({ confirm: 'star-etb' })).toContain('confirm');
  expect(problemOf({ dialect: 'star-prnt' })).toContain('lineSpacingDots');
  expect(problemOf({ status: 'star-asb' })).toContain('status');
});

test('what the technician saw goes before what the profile says; what cannot be is left out', () => {
  const traits = {
    status: 'asb',
    confirm: 'none',
    codePage: { number: 16, name: 'CP1252' },
    qr: 'raster-quad',
    columns: 44,
    drawer: { pin: 1, openLevel: 'high' },
  } as const;
  const { source: _source, ...seen } = profileWith(EPSON, traits);
  expect(seen).toMatchObject({
    status: 'asb',
    confirm: 'none',
    codePage: { number: 16, name: 'CP1252' },
    qr: 'raster-quad',
    columns: 44,
    drawer: { pin: 1, onMs: 50, offMs: 500 },
  });
  expect(profileWith(EPSON)).toEqual(EPSON);
  expect(profileWith(EPSON, { status: 'star-asb', codePage: { number: 7, name: 'CP-UNKNOWN' }, columns: 7 })).toEqual(
    EPSON,
  );
});
