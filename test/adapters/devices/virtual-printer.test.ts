import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createVirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import { SAMPLE_SLIPS, frame } from '../../unit/domain/slips/slip-samples.ts';
import { WIDE, encoded, printerFor } from './printer-bench.ts';

const ESC = '\u001b';
const GS = '\u001d';
const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const wide = () => createVirtualPrinter({ widthDots: 576 });

test('a cut without feed takes the last lines off the slip, as on a real printer', () => {
  const printer = wide();
  printer.write(bytes(`first line\n${'\n'.repeat(8)}last line\n${GS}V\u0000`));
  expect(printer.papers()[0]?.text).toBe('first line');
  expect(printer.troubles()).toEqual(['the last lines are below the cut']);
  printer.write(bytes(`${GS}VB\u0000`));
  expect(printer.papers()[1]?.text).toBe('last line');
});

test('a line that is wider than the paper goes on below, and is reported', () => {
  const printer = wide();
  printer.write(bytes(`${'x'.repeat(50)}\n${GS}VB\u0000`));
  expect(printer.papers()[0]?.text).toBe(`${'x'.repeat(48)}\nxx`);
  expect(printer.troubles()).toEqual(['a line is wider than the paper']);
});

test('a drawer command hidden in picture data is obeyed at once', () => {
  const printer = wide();
  printer.write(bytes(`${GS}v0\u0000\u0005\u0000\u0001\u0000\u0010\u0014\u0001\u0000\u0001`));
  expect(printer.pulses()).toEqual([{ source: 'DLE DC4', pin: 2, onMs: 100, offMs: 100 }]);
});

test('an incomplete drawer pulse swallows what follows it', () => {
  const printer = wide();
  printer.write(bytes(`${ESC}p\u0000AB\n${GS}VB\u0000`));
  expect(printer.pulses()).toMatchObject([{ onMs: 130, offMs: 132 }]);
  expect(printer.papers()[0]?.text).toBe('');
});

test('commands that the printer does not know are told by their bytes', () => {
  const printer = wide();
  printer.write(bytes(`${ESC}Zq\n${ESC}t\u0063${GS}VB\u0000`));
  expect(printer.unknown()).toEqual(['unknown 1b 5a', 'code page 99']);
  expect(printer.papers()[0]?.text).toBe('q');
});

test('settings do not survive ESC @, and the code page is then the first one', () => {
  const printer = wide();
  printer.write(bytes(`${ESC}t\u0013\u00d5\n${ESC}@\u00d5\n${GS}VB\u0000`));
  expect(printer.papers()[0]?.text).toBe('€\n╒');
});

test('how the line cuts the bytes makes no difference to the paper', () => {
  const make = SAMPLE_SLIPS['qr'];
  if (!make) throw new Error('no sample');
  const slip = encoded(make(frame()), { ...WIDE, qr: 'raster-quad' });
  const whole = printerFor(WIDE);
  whole.write(slip);
  fc.assert(
    fc.property(fc.array(fc.nat(slip.length), { maxLength: 12 }), (cuts) => {
      const printer = printerFor(WIDE);
      const edges = [0, ...cuts.toSorted((left, right) => left - right), slip.length];
      edges.slice(1).forEach((edge, index) => printer.write(slip.subarray(edges[index], edge)));
      expect(printer.papers()[0]?.text).toBe(whole.papers()[0]?.text);
      expect(printer.commands()).toEqual(whole.commands());
      expect(printer.unknown()).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('without paper the printer keeps the job, still tells its state, and prints after the roll was changed', () => {
  const printer = wide();
  const replies: number[] = [];
  printer.onReply((answer) => replies.push(...answer));
  printer.setCondition({ paper: 'out' });
  printer.write(bytes(`slip\n${GS}VB\u0000\u0010\u0004\u0001\u0010\u0004\u0004`));
  expect(printer.papers()).toEqual([]);
  expect(replies).toEqual([0x1a, 0x7e]);
  const papers: string[] = [];
  printer.onPaper(({ text }) => papers.push(text));
  printer.setCondition({ paper: 'ok' });
  expect(papers).toEqual(['slip']);
});

test('a process id is answered after the data before it', () => {
  const printer = wide();
  const replies: number[] = [];
  printer.onReply((answer) => replies.push(...answer));
  printer.write(bytes(`slip\n${GS}(H\u0006\u000000ABCD`));
  expect(replies).toEqual([0x37, 0x22, 0x41, 0x42, 0x43, 0x44, 0]);
});
