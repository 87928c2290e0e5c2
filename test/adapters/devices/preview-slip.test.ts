/** What is seen is what is printed: a preview is held against the paper of a virtual printer, cell by cell. */
import { expect, test } from 'vitest';
import { previewSlip } from '../../../src-main/adapters/devices/printers/preview-slip.ts';
import type { PrinterProfile } from '../../../src-main/adapters/devices/printers/printer-profile.ts';
import type { SlipDocument } from '../../../src-main/core/domain/slips/slip-document.ts';
import type { PreviewLine, SlipPreview } from '../../../src-main/core/domain/slips/slip-preview.ts';
import type { Paper } from '../../../src-main/simulators/devices/virtual-printer/paper.ts';
import { goldenSlips } from '../../fixtures/slips/golden-slips.ts';
import { QR_DATA } from '../../unit/domain/slips/slip-samples.ts';
import { EPSON, NARROW, WIDE, printed, profile, slipOf } from './printer-bench.ts';

const CELL_DOTS = 12;

type Row = Readonly<{ text: string; left: number; width: number; height: number; bold: boolean; inverse: boolean }>;

function previewOf(document: SlipDocument, printer: PrinterProfile): SlipPreview {
  const preview = previewSlip(document, printer);
  if (!preview.ok) throw new Error(JSON.stringify(preview.error));
  return preview.value;
}

/** Where the first letter stands, in dots, follows from alignment, size and the paper's width. */
function previewRow(line: PreviewLine, dots: number): readonly Row[] {
  if (line.kind !== 'text' && line.kind !== 'rule') return [];
  const shown =
    line.kind === 'text'
      ? line
      : { ...line, align: 'left', widthScale: 1, heightScale: 1, isBold: false, isInverse: false };
  const { text, align, widthScale: width, heightScale: height, isBold: bold, isInverse: inverse } = shown;
  const free = dots - text.length * width * CELL_DOTS;
  const edge = align === 'left' ? 0 : align === 'center' ? Math.floor(free / 2) : free;
  const blanks = text.length - text.trimStart().length;
  return [{ text: text.trim(), left: edge + blanks * width * CELL_DOTS, width, height, bold, inverse }];
}

function paperRows({ printed: items }: Paper): readonly Row[] {
  return items.flatMap((item): readonly Row[] => {
    if (item.kind !== 'line') return [];
    const inked = item.cells.filter(({ character }) => character !== ' ');
    const [first] = inked;
    if (!first) return [];
    const width = first.widthDots / CELL_DOTS;
    const text = inked.map(({ character, x }, index) => {
      const before = inked[index - 1];
      const gap = before ? Math.round((x - before.x) / first.widthDots) - 1 : 0;
      return `${' '.repeat(gap)}${character}`;
    });
    const { x: left, isBold: bold, isInverse: inverse } = first;
    return [{ text: text.join(''), left, width, height: first.heightDots / 24, bold, inverse }];
  });
}

/** Without the pages that the virtual printer does not have, and rulers that are too wide by intent. */
const SLIPS = goldenSlips().filter(({ file }) => !/\/(guided|pages)\./.test(file));

test.each(['32/', '42/', '48/', 'star-48/'])(
  '%s: every line of every preview stands on the paper where it shall',
  (folder) => {
    for (const { file, document, profile: printer } of SLIPS.filter((slip) => slip.file.startsWith(folder))) {
      const { columns, lines } = previewOf(document, printer);
      const { paper } = printed(document, printer);
      expect(columns).toBe(printer.columns);
      expect(paperRows(paper), `preview of ${file}`).toEqual(lines.flatMap((line) => previewRow(line, printer.dots)));
    }
  },
);

test('a symbol takes as much of the paper’s width on screen as on paper, whichever form it is printed in', () => {
  for (const printer of [WIDE, EPSON, NARROW, profile('star-tsp100iv')])
    for (const form of ['native', 'raster-quad', 'raster'] as const) {
      const document = slipOf({ kind: 'qr', payload: QR_DATA, form }, { kind: 'cut' });
      const [line] = previewOf(document, printer).lines;
      const [picture] = printed(document, printer).paper.printed;
      const share = line?.kind === 'qr' ? line.share : 0;
      const printedShare = picture?.kind === 'picture' ? picture.widthDots / printer.dots : 0;
      // A picture is made of whole bytes, and may be shifted by some dots.
      expect(share).toBeLessThanOrEqual(printedShare);
      expect(printedShare - share).toBeLessThan(32 / printer.dots);
    }
});

test('what cannot be printed has no preview, for the same reason', () => {
  expect(previewSlip(slipOf({ kind: 'qr', payload: 'x'.repeat(2_400) }), NARROW)).toEqual({
    ok: false,
    error: { kind: 'qr-too-large', byteCount: 2_400 },
  });
  const bitmap = { widthDots: 900, heightDots: 1, bits: new Uint8Array(113) };
  expect(previewSlip(slipOf({ kind: 'picture', bitmap }), WIDE)).toEqual({
    ok: false,
    error: { kind: 'picture-too-large' },
  });
});
