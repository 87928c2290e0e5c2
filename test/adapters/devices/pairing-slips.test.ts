/** The slips of pairing on printers that differ: what the technician sees is what he must tap. */
import { expect, test } from 'vitest';
import { CODE_PAGE_SAMPLE, codePageSlip, qrFormsSlip } from '../../../src-main/core/domain/slips/pairing-slip.ts';
import type { Paper } from '../../../src-main/simulators/devices/virtual-printer/paper.ts';
import type { PrinterModel } from '../../../src-main/simulators/devices/virtual-printer/printer-model.ts';
import { PRINTER_MODELS } from '../../../src-main/simulators/devices/virtual-printer/printer-models.ts';
import { renderPaper } from '../../../src-main/simulators/devices/virtual-printer/render-paper.ts';
import { createVirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import { goldenSlips } from '../../fixtures/slips/golden-slips.ts';
import { readAllWithZbar } from '../../support/qr-readers.ts';
import { frame } from '../../unit/domain/slips/slip-samples.ts';
import { EPSON, WIDE, encoded, printed, profile } from './printer-bench.ts';

function paperFrom(bytes: Uint8Array, model: PrinterModel): Paper {
  const { bufferBytes: _bounded, ...measures } = model;
  const printer = createVirtualPrinter({ ...measures, bufferBytes: undefined, startMs: 0 });
  printer.write(bytes);
  const [paper] = printer.papers();
  if (!paper) throw new Error('no paper');
  return paper;
}

/** The pages whose line reads as it shall, as the slip labels them. */
function rightPages({ text }: Paper): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line.endsWith(` ${CODE_PAGE_SAMPLE}`))
    .map((line) => line.slice(0, line.length - CODE_PAGE_SAMPLE.length).trim());
}

test('on a printer with the usual numbers the letters are right on the usual pages', () => {
  const { codePage, otherCodePages } = EPSON;
  const { paper } = printed(codePageSlip([codePage, ...otherCodePages], frame()), EPSON);
  expect(rightPages(paper)).toEqual(['19 CP858', '16 CP1252']);
});

test('on a printer with numbers of its own they are right on another one, and the slip says on which', () => {
  const elgin = profile('elgin-i9');
  const slip = codePageSlip([elgin.codePage, ...elgin.otherCodePages], frame());
  expect(rightPages(paperFrom(encoded(slip, elgin), PRINTER_MODELS['clone-pages']))).toEqual(['5 CP858']);
});

test('the page of one line does not reach into the next, nor into the rest of the slip', () => {
  const slip = codePageSlip([{ number: 3, name: 'CP860' }], frame({ shopName: 'Ñandú €' }));
  const document = {
    ...slip,
    parts: [...slip.parts.slice(0, -1), ...slip.parts.slice(0, 1), { kind: 'cut' } as const],
  };
  const lines = printed(document, WIDE).paper.text.split('\n');
  expect([lines.at(0), lines.at(-1)]).toEqual(['Ñandú €', 'Ñandú €']);
});

/** The letters of the forms that a reader found, in the order of the alphabet. */
function marks(read: readonly string[]): readonly string[] {
  const text = read.join(' ');
  return ['A', 'B', 'C'].filter((mark) => text.includes(`TEST ${mark} `));
}

test('each form of the code says which one it is; a printer without a QR of its own shows the pictures only', async () => {
  const bytes = encoded(qrFormsSlip(['native', 'raster-quad', 'raster'], frame()), WIDE);
  const able = readAllWithZbar([await renderPaper(paperFrom(bytes, PRINTER_MODELS['generic-80mm']))]);
  expect(marks(able)).toEqual(['A', 'B', 'C']);
  const unable = paperFrom(bytes, PRINTER_MODELS['clone-no-qr']);
  expect(marks(readAllWithZbar([await renderPaper(unable)]))).toEqual(['B', 'C']);
});

test('the widest ruler that ends on its own line is the width of the paper', () => {
  for (const [folder, columns] of [
    ['32', 32],
    ['42', 42],
    ['48', 48],
    ['star-48', 48],
  ] as const) {
    const slip = goldenSlips().find(({ file }) => file === `${folder}/guided.es.bin`);
    if (!slip) throw new Error('no golden slip');
    const lines = printed(slip.document, slip.profile).paper.text.split('\n');
    const whole = lines.flatMap((line) => {
      const [, end] = /^\.\.\.\.:.*>(\d+)$/.exec(line) ?? [];
      return end !== undefined && line.length === Number(end) ? [Number(end)] : [];
    });
    expect(Math.max(...whole)).toBe(columns);
  }
});
