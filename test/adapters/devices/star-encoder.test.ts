import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { previewSlip } from '../../../src-main/adapters/devices/printers/preview-slip.ts';
import { drawerPulse, encodeSlip } from '../../../src-main/adapters/devices/printers/slip-encoder.ts';
import { centred, pair, text } from '../../../src-main/core/domain/slips/slip-document.ts';
import type { SlipDocument } from '../../../src-main/core/domain/slips/slip-document.ts';
import type { PrinterProfile } from '../../../src-main/adapters/devices/printers/printer-profile.ts';
import { readStarJob } from '../../support/star-reader.ts';
import type { StarJob } from '../../support/star-reader.ts';
import { LANGUAGES, QR_DATA, SAMPLE_SLIPS, frame } from '../../unit/domain/slips/slip-samples.ts';
import { profile, slipOf } from './printer-bench.ts';

const STARS = ['star-tsp100iv', 'star-mc-print2', 'star-tsp650ii'].map(profile);
const [TSP100, , TSP650] = STARS as [PrinterProfile, PrinterProfile, PrinterProfile];

function starJob(document: SlipDocument, star: PrinterProfile): StarJob {
  const bytes = encodeSlip(document, star);
  if (!bytes.ok) throw new Error(JSON.stringify(bytes.error));
  return readStarJob(bytes.value);
}

test('a slip’s bytes for a Star printer, command by command', () => {
  const document = slipOf(
    centred('Ñandú', { weight: 'bold' }),
    text('x'),
    { kind: 'qr', payload: 'ABC' },
    { kind: 'cut' },
  );
  const bytes = encodeSlip(document, TSP650);
  expect(bytes.ok && Buffer.from(bytes.value).toString('hex')).toBe(
    [
      '1b4018', // ESC @ CAN: power-on settings, nothing left of an earlier job
      '1b5200', // ESC R 0: country set USA
      '1b7a01', // ESC z 1: lines of 4 mm
      '1b1d6101', // ESC GS a 1: centre
      '1b45', // ESC E: bold
      '1b1d7404', // ESC GS t 4: CP858
      'a5616e64a3', // Ñandú
      '1b46', // ESC F
      '0a',
      '1b1d6100', // left
      '78',
      '0a',
      '1b4920', // ESC I 32: quiet zone
      '1b1d6101',
      '1b1d79533002', // model 2
      '1b1d79533101', // level M
      '1b1d79533208', // module of 8 dots
      '1b1d7944310003 00414243'.replace(' ', ''), // data: 3 bytes
      '1b1d7950', // print
      '1b4920',
      '1b6403', // ESC d 3: feed to the cutter, partial cut
    ].join(''),
  );
});

test.each(Object.keys(SAMPLE_SLIPS))(
  'a %s slip reads the same on a Star printer as its preview, in every language',
  (name) => {
    for (const star of STARS) {
      for (const locale of LANGUAGES) {
        const document = SAMPLE_SLIPS[name]?.(frame({ locale, mode: 'training', copyNumber: 2 })) ?? slipOf();
        const job = starJob(document, star);
        const preview = previewSlip(document, star);
        const shown = preview.ok ? preview.value.lines : [];
        expect(job.lines.map((line) => line.text)).toEqual(
          shown.flatMap((line) => (line.kind === 'text' || line.kind === 'rule' ? [line.text] : [])),
        );
        expect(job.lines.every((line) => line.text.length * line.width <= star.columns)).toBe(true);
        expect(job.qrPayloads).toEqual(shown.flatMap((line) => (line.kind === 'qr' ? [line.payload] : [])));
        expect(job.cuts).toEqual([3]);
        expect(job.pulses).toEqual([]);
      }
    }
  },
);

test('sizes, bold, inverse and alignment are those of the preview, line for line', () => {
  const document = SAMPLE_SLIPS['receipt']?.(frame({ mode: 'training', copyNumber: 1 })) ?? slipOf();
  const preview = previewSlip(document, TSP100);
  const lines = preview.ok ? preview.value.lines : [];
  expect(starJob(document, TSP100).lines).toEqual(
    lines.flatMap((line) =>
      line.kind === 'rule'
        ? [{ text: line.text, align: 0, width: 1, height: 1, bold: false, inverse: false }]
        : line.kind === 'text'
          ? [
              {
                text: line.text,
                align: { left: 0, center: 1, right: 2 }[line.align],
                width: line.widthScale,
                height: line.heightScale,
                bold: line.isBold,
                inverse: line.isInverse,
              },
            ]
          : [],
    ),
  );
});

test('I7: a QR payload keeps all its bytes', () => {
  for (const payload of [QR_DATA, 'Ñandú 東京 €', 'x'.repeat(512)])
    expect(starJob(slipOf({ kind: 'qr', payload }), TSP100).qrPayloads).toEqual([payload]);
});

test('no text of any kind can make a Star printer do more than print it', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom('\u0007', '\u001b\u0007\u000b\u0037\u0007'),
  );
  fc.assert(
    fc.property(anyText, anyText, fc.constantFrom(...STARS), (left, right, star) => {
      const job = starJob(
        slipOf(pair(left, right), centred(left, { size: 'hero' }), { kind: 'band', text: right }, { kind: 'cut' }),
        star,
      );
      expect(job.pulses).toEqual([]);
      expect(job.cuts).toEqual([3]);
      expect(job.lines.every((line) => line.text.length * line.width <= star.columns)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('the drawer pulse of a Star printer carries both times and names the connector', () => {
  expect(Buffer.from(drawerPulse(TSP100)).toString('hex')).toBe('1b070b3207');
  expect(Buffer.from(drawerPulse({ ...TSP100, drawer: { pin: 1, onMs: 200, offMs: 500 } })).toString('hex')).toBe(
    '1b0714321a',
  );
  expect(readStarJob(drawerPulse(TSP100)).pulses).toEqual([[11, 50, 7]]);
});
