/** The same receipt by us and by other public encoders: the same words and the same code, in fewer bytes. */
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { layOutFor } from '../../../src-main/adapters/devices/printers/slip-layout.ts';
import { createVirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import {
  RECEIPT,
  byNodeThermalPrinter,
  byReceiptPrinterEncoder,
  byReceiptline,
  textByReceiptline,
} from '../../support/other-encoders.ts';
import { readWithJsQr } from '../../support/qr-readers.ts';
import { RECEIPT_DOCUMENT, measureOf } from '../../support/receipt-document.ts';
import { EPSON, NARROW, WIDE, encoded, printed, profile } from './printer-bench.ts';

const BYTES_PER_CHARACTER_MAX = 1.15;

/** Words only: without rules, and with the blanks of a line as one. */
function wordsOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replaceAll(/ +/g, ' '))
    .filter((line) => !/^[-─]*$/.test(line));
}

function onPaper(bytes: Uint8Array): Readonly<{ words: readonly string[]; payloads: readonly string[] }> {
  const printer = createVirtualPrinter({ widthDots: EPSON.dots, stepsPerDot: EPSON.verticalStepsPerDot });
  printer.write(bytes);
  const [paper] = printer.papers();
  const payloads = (paper?.printed ?? []).flatMap((item) => (item.kind === 'picture' ? [item.qrPayload ?? []] : []));
  return {
    words: wordsOf(paper?.text ?? ''),
    payloads: payloads.map((payload) => Buffer.from(payload).toString('utf8')),
  };
}

const OURS = onPaper(encoded(RECEIPT_DOCUMENT, EPSON));

test('the receipt says what it shall, and its code is the payload', () => {
  expect(OURS.words).toEqual([
    RECEIPT.shop,
    ...RECEIPT.address,
    RECEIPT.till.join(' '),
    ...RECEIPT.items.map((item) => item.join(' ')),
    ...RECEIPT.sums.map((sum) => sum.join(' ')),
    RECEIPT.total.join(' '),
    RECEIPT.scan,
    RECEIPT.thanks,
  ]);
  expect(OURS.payloads).toEqual([RECEIPT.qr]);
});

test.each([
  ['node-thermal-printer', byNodeThermalPrinter],
  ['@point-of-sale/receipt-printer-encoder', byReceiptPrinterEncoder],
])('%s puts the same words and the same code on paper', (_name, encode) => {
  expect(onPaper(encode())).toEqual(OURS);
});

test('receiptline writes the same words and draws the same code', () => {
  expect(wordsOf(textByReceiptline())).toEqual(OURS.words);
  expect(readWithJsQr(graphicsOf(byReceiptline()))).toBe(RECEIPT.qr);
});

test('every width and both forms of QR say the same as every other, on Star printers too', () => {
  const printers = [
    WIDE,
    NARROW,
    { ...WIDE, qr: 'raster-quad' } as const,
    { ...NARROW, qr: 'raster' } as const,
    { ...EPSON, tabs: false },
    profile('star-tsp100iv'),
    profile('star-mc-print2'),
  ];
  for (const printer of printers)
    expect(wordsOf(printed(RECEIPT_DOCUMENT, printer).paper.text).join(' '), `words on ${printer.name}`).toBe(
      OURS.words.join(' '),
    );
});

test('a receipt of 42 columns costs at most 1.15 bytes for every character and every byte of its code', () => {
  const { characters, payloadBytes } = measureOf(layOutFor(RECEIPT_DOCUMENT, EPSON));
  expect({ payloadBytes, columns: EPSON.columns }).toEqual({ payloadBytes: 300, columns: 42 });
  const byteCount = encoded(RECEIPT_DOCUMENT, EPSON).length;
  expect(byteCount / (characters + payloadBytes)).toBeLessThanOrEqual(BYTES_PER_CHARACTER_MAX);
  for (const other of [byNodeThermalPrinter(), byReceiptPrinterEncoder(), byReceiptline()])
    expect(byteCount).toBeLessThan(other.length);
});

/** GS 8 L p1–p4 30h 70h a bx by c xL xH yL yH: the picture that follows, on white. Source: Epson ESC/POS reference. */
function graphicsOf(job: Uint8Array): Uint8Array {
  const at = Buffer.from(job).indexOf(Buffer.from([0x1d, 0x38, 0x4c])) + 10;
  const [scaleX = 1, scaleY = 1, , xLow = 0, xHigh = 0, yLow = 0, yHigh = 0] = job.subarray(at);
  const [width, height] = [xLow + xHigh * 256, yLow + yHigh * 256];
  const dots = job.subarray(at + 7);
  const margin = 32;
  const picture = new PNG({ width: width * scaleX + 2 * margin, height: height * scaleY + 2 * margin });
  picture.data.fill(0xff);
  for (let y = 0; y < height * scaleY; y += 1)
    for (let x = 0; x < width * scaleX; x += 1) {
      const [column, row] = [Math.floor(x / scaleX), Math.floor(y / scaleY)];
      const isDark = ((dots[row * Math.ceil(width / 8) + (column >> 3)] ?? 0) & (0x80 >> (column & 7))) !== 0;
      const pixel = ((y + margin) * picture.width + x + margin) * 4;
      if (isDark) picture.data.fill(0, pixel, pixel + 3);
    }
  return PNG.sync.write(picture);
}
