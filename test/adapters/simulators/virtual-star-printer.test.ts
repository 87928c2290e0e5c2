/** A Star printer, and an encoder that is not ours on the other end of its line. */
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import { expect, test } from 'vitest';
import { createManualTime } from '../../../src-main/simulators/devices/device-time.ts';
import { PRINTER_MODELS } from '../../../src-main/simulators/devices/virtual-printer/printer-models.ts';
import { createVirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';

const ESC = '\u001b';
const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

function bench() {
  const time = createManualTime();
  const printer = createVirtualPrinter({ ...PRINTER_MODELS.star, time });
  const replies: number[] = [];
  printer.onReply((answer) => replies.push(...answer));
  return {
    time,
    printer,
    send: (text: string) => printer.write(bytes(text)),
    heard: () => Buffer.from(replies.splice(0)).toString('hex'),
  };
}

function dots(text: string) {
  const { time, printer, send } = bench();
  send(text);
  time.settle();
  return printer
    .strip()
    .printed.map((item) =>
      item.kind === 'picture' ? [item.widthDots, item.heightDots, item.isDark(9, 1), item.isDark(8, 1)] : [],
    );
}

test('a receipt of another encoder comes out as it was meant', () => {
  const { time, printer } = bench();
  const encoder = new ReceiptPrinterEncoder({ language: 'star-prnt', columns: 48, codepageMapping: 'star' });
  const receipt = encoder
    .initialize()
    .codepage('cp858')
    .size(2, 2)
    .line('Año')
    .size(1, 1)
    .bold(true)
    .line('Retiro € 100')
    .bold(false)
    .qrcode('00020101021226', { model: 2, size: 6, errorlevel: 'l' })
    .newline(6)
    .cut('partial')
    .pulse(0, 100, 500)
    .encode();
  printer.write(receipt);
  time.settle();
  const [slip] = printer.papers();
  expect(printer.unknown()).toEqual([]);
  expect(slip?.text).toBe('Año\nRetiro € 100');
  const [title, amount, symbol] = slip?.printed ?? [];
  expect(title).toMatchObject({ cells: [{ widthDots: 24, heightDots: 48, x: 0 }, {}, {}] });
  expect(amount?.kind === 'line' && amount.cells.every(({ isBold }) => isBold)).toBe(true);
  expect(symbol).toMatchObject({ kind: 'picture', widthDots: 21 * 6, qrPayload: bytes('00020101021226') });
  expect(printer.pulses()).toEqual([{ source: 'BEL', pin: 2, onMs: 100, offMs: 500 }]);
});

test('a line stands left, in the middle or right', () => {
  const { time, printer, send } = bench();
  send(`${ESC}\u001da\u0000ab\n${ESC}\u001da\u0001ab\n${ESC}\u001da\u0002ab\n`);
  time.settle();
  const starts = printer.strip().printed.map((item) => (item.kind === 'line' ? item.cells[0]?.x : undefined));
  expect(starts).toEqual([0, 276, 552]);
});

test('two short words of state come at once, and nine bytes on request', () => {
  const { printer, send, heard } = bench();
  send('\u0005\u0004');
  expect(heard()).toBe('2010');
  printer.setCondition({ paper: 'out', cover: 'open', isDrawerPinHigh: true });
  send('\u0005\u0004');
  expect(heard()).toBe('ac1c');
  expect(printer.waitingByteCount()).toBe(2);
  send(`${ESC}\u0006\u0001`);
  expect(heard()).toBe('23062c00000c000000');
  printer.setCondition({ paper: 'low', cover: 'closed', fault: 'cutter' });
  send(`${ESC}\u0006\u0001`);
  expect(heard()).toBe('23060c080004000000');
});

test('the counter goes up when what stands before it is on paper, and begins again when it is told to', () => {
  const { time, send, heard } = bench();
  send(`${ESC}\u001ea\u0001`);
  expect(heard()).toBe('230600000000000000');
  send(`${ESC}\u001eE\u0000slip\n\u0017`);
  expect(heard()).toBe('');
  time.settle();
  expect(heard()).toBe('230602000000000200');
  send('\u0017'.repeat(8));
  time.settle();
  expect(heard().slice(-18)).toBe('230602000000002200');
  send('\u0017'.repeat(22));
  time.settle();
  expect(heard().slice(-18)).toBe('230602000000006e00');
  send('\u0017');
  expect(heard()).toBe('230602000000000000');
  send(`\u0017${ESC}\u001eE\u0000`);
  heard();
  send(`${ESC}\u0006\u0001`);
  expect(heard()).toBe('230600000000000000');
});

test('automatic status comes with each change, once it is switched on', () => {
  const { printer, send, heard } = bench();
  printer.setCondition({ cover: 'open' });
  expect(heard()).toBe('');
  printer.setCondition({ cover: 'closed' });
  send(`${ESC}\u001ea1`);
  heard();
  printer.setCondition({ cover: 'open' });
  expect(heard()).toBe('230628000000000000');
  printer.setCondition({ cover: 'open' });
  expect(heard()).toBe('');
});

test('without paper the counter stands still, and after power off it is forgotten', () => {
  const { time, printer, send, heard } = bench();
  send(`${ESC}\u001ea\u0001`);
  printer.setCondition({ paper: 'out' });
  heard();
  send('slip\n\u0017');
  time.settle();
  expect(heard()).toBe('');
  printer.powerOff();
  printer.powerOn();
  printer.loadPaper();
  time.settle();
  send(`${ESC}\u0006\u0001`);
  expect(heard()).toBe('230600000000000000');
  expect(printer.strip().text).toBe('');
});

test('pictures in bands and whole pictures leave the same dots', () => {
  const rows = Array.from({ length: 24 }, (_, row) => (row === 9 ? '\u0040' : '\u0000')).join('');
  const columns = Array.from({ length: 8 }, (_, column) => (column === 1 ? '\0\u0040\0' : '\0\0\0')).join('');
  const expected = [[8, 24, true, false]];
  expect(dots(`${ESC}k\u0001\u0000${rows}`)).toEqual(expected);
  expect(dots(`${ESC}X\u0008\u0000${columns}`)).toEqual(expected);
  expect(dots(`${ESC}\u001dS\u0001\u0001\u0000\u0018\u0000\u0000${rows}`)).toEqual(expected);
});
