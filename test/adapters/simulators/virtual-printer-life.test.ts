/** A printer with memory, mechanics and mishaps, in time that only the test moves. */
import { expect, test } from 'vitest';
import { createDaisyChain } from '../../../src-main/simulators/devices/daisy-chain.ts';
import { createManualTime } from '../../../src-main/simulators/devices/device-time.ts';
import { createVirtualDisplay } from '../../../src-main/simulators/devices/virtual-display/virtual-display.ts';
import { createVirtualDrawer } from '../../../src-main/simulators/devices/virtual-drawer.ts';
import { PRINTER_MODELS } from '../../../src-main/simulators/devices/virtual-printer/printer-models.ts';
import type { VirtualPrinterOptions } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import { createVirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';

const ESC = '\u001b';
const GS = '\u001d';
const CUT = `${GS}VB\u0000`;
const ALL_CHANGES = `${GS}a\u000f`;
const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const processId = (token: string) => `${GS}(H\u0006\u000000${token}`;
const qr = (payload: string) => {
  const length = payload.length + 3;
  return `${GS}(k\u0004\u00001A2\u0000${GS}(k\u0003\u00001C\u0006${GS}(k${String.fromCharCode(length, 0)}1P0${payload}${GS}(k\u0003\u00001Q0`;
};
const SLIP = `${ESC}@Abarrotes La Esquina\n\n${'Retiro de efectivo      $ 1,500.50\n'.repeat(3)}${qr('00020101021226')}\nGracias\n${CUT}`;
const SLIP_LINES = ['Abarrotes La Esquina', ...Array<string>(3).fill('Retiro de efectivo      $ 1,500.50'), 'Gracias'];

function bench(options: VirtualPrinterOptions = PRINTER_MODELS['epson-tm-t88']) {
  const time = createManualTime();
  const printer = createVirtualPrinter({ ...options, time });
  const replies: number[] = [];
  printer.onReply((answer) => replies.push(...answer));
  const send = (text: string) => printer.write(bytes(text));
  /** What was answered since the last look. */
  const heard = () => Buffer.from(replies.splice(0)).toString('hex');
  const printedLines = () => printer.papers().flatMap(({ text }) => text.split('\n').filter((line) => line !== ''));
  return { time, printer, send, heard, printedLines };
}

test('a slip takes the time that its paper takes', () => {
  const { time, printer, send } = bench({ ...PRINTER_MODELS['epson-tm-t88'], speedMmPerSecond: 100, cutMs: 300 });
  send(`${'line\n'.repeat(10)}${CUT}`);
  const linesMs = (10 * 30 + 120) / (180 / 25.4) / 0.1;
  expect(printer.papers()).toHaveLength(0);
  expect(time.settle()).toBeCloseTo(linesMs + 300, 3);
  expect(printer.papers()).toHaveLength(1);
});

test('what was understood is told before what is on paper', () => {
  const { time, send, heard } = bench();
  send(`one line\n${GS}r\u0001${processId('A1b2')}`);
  expect(heard()).toBe('00');
  time.advance(10);
  expect(heard()).toBe('');
  time.settle();
  expect(heard()).toBe('37224131623200');
});

test('a till that answers an answer at once is heard', () => {
  const printer = createVirtualPrinter(PRINTER_MODELS['epson-tm-t88']);
  const questions = ['\u0010\u0004\u0002', `${GS}r\u0001`, '\u0010\u0004\u0004'];
  let replies = 0;
  printer.onReply(() => {
    replies += 1;
    printer.write(bytes(questions.shift() ?? ''));
  });
  printer.write(bytes('\u0010\u0004\u0001'));
  expect([replies, printer.waitingByteCount()]).toEqual([4, 0]);
});

test('over a slow line the bytes come one after the other', () => {
  const { time, printer, send } = bench({ ...PRINTER_MODELS['epson-tm-t88'], baud: 9_600 });
  send('x'.repeat(960));
  time.advance(500);
  expect(printer.receivedByteCount()).toBeGreaterThan(475);
  expect(printer.receivedByteCount()).toBeLessThanOrEqual(480);
  time.advance(500);
  expect(printer.receivedByteCount()).toBe(960);
});

test('automatic status comes at once, and then with each change', () => {
  const { printer, send, heard } = bench();
  printer.setCondition({ paper: 'low' });
  expect(heard()).toBe('');
  send(ALL_CHANGES);
  expect(heard()).toBe('1000030f');
  printer.setCondition({ cover: 'open' });
  expect(heard()).toBe('3800030f');
  printer.setCondition({ cover: 'closed', paper: 'out' });
  expect(heard()).toBe('18000f0f');
  printer.setCondition({ paper: 'ok', fault: 'overheat' });
  expect(heard()).toBe('1840000f');
  printer.setCondition({ fault: 'none', isDrawerPinHigh: true });
  expect(heard()).toBe('1400000f');
  printer.setCondition({ isDrawerPinHigh: true });
  expect(heard()).toBe('');
  send(`${GS}a\u0001`);
  expect(heard()).toBe('1400000f');
  printer.setCondition({ cover: 'open' });
  expect(heard()).toBe('');
});

test('the printer says who it is', () => {
  const { send, heard } = bench();
  send(`${GS}I\u0043${GS}I\u0042`);
  expect(heard()).toBe(`5f${Buffer.from('TM-T88V').toString('hex')}005f${Buffer.from('EPSON').toString('hex')}00`);
});

test('every cause of standstill has its bit, and is told while nothing else is', () => {
  const { printer, send, heard } = bench();
  const causes = [
    [{ cover: 'open' }, '1a161212'],
    [{ paper: 'out' }, '1a32127e'],
    [{ fault: 'cutter' }, '1a521a12'],
    [{ fault: 'overheat' }, '1a525212'],
    [{ fault: 'unrecoverable' }, '1a523212'],
    [{ paper: 'low' }, '1212121e'],
  ] as const;
  const told = causes.map(([condition]) => {
    printer.setCondition({ paper: 'ok', cover: 'closed', fault: 'none', ...condition });
    send('\u0010\u0004\u0001\u0010\u0004\u0002\u0010\u0004\u0003\u0010\u0004\u0004');
    return [condition, heard()];
  });
  expect(told).toEqual(causes);
});

test('power off at any byte: nothing of the job comes out later, and a new job is whole', () => {
  const job = SLIP + processId('0001');
  for (let position = 0; position <= job.length; position += 1) {
    const { time, printer, send, heard, printedLines } = bench();
    printer.afterReceiving(position, () => printer.powerOff());
    send(job);
    time.settle();
    expect(heard(), `byte ${position}`).toBe('');
    printer.powerOn();
    time.settle();
    expect(heard(), `byte ${position}`).toBe('3b');
    expect(printer.waitingByteCount()).toBe(0);
    send(job);
    time.settle();
    expect(printedLines().slice(-SLIP_LINES.length), `byte ${position}`).toEqual(SLIP_LINES);
    expect(printer.papers()).toHaveLength(1);
    expect(printer.unknown()).toEqual([]);
  }
});

test.each([
  ['the paper ends', { paper: 'out' }, { paper: 'ok' }],
  ['the cover is opened', { cover: 'open' }, { cover: 'closed' }],
  ['the head is too hot', { fault: 'overheat' }, { fault: 'none' }],
] as const)('%s at any byte: the printer stands still, and prints the rest once it can', (_words, trouble, remedy) => {
  const job = SLIP + processId('0001');
  for (let position = 0; position < job.length; position += 1) {
    const { time, printer, send, heard, printedLines } = bench();
    printer.afterReceiving(position, () => printer.setCondition(trouble));
    send(job);
    time.settle();
    expect(heard(), `byte ${position}`).toBe('');
    printer.setCondition(remedy);
    time.settle();
    expect(heard(), `byte ${position}`).toBe('37223030303100');
    expect(printedLines(), `byte ${position}`).toEqual(SLIP_LINES);
    expect(printer.unknown()).toEqual([]);
  }
});

test('a cover opened in the middle of a symbol leaves two parts of it that nobody can read', () => {
  const { time, printer, send } = bench();
  send(`${qr('a payload')}\n${CUT}`);
  time.advance(20);
  printer.setCondition({ cover: 'open' });
  printer.setCondition({ cover: 'closed' });
  time.settle();
  const pictures = printer.papers()[0]?.printed.filter(({ kind }) => kind === 'picture') ?? [];
  expect(pictures).toHaveLength(2);
  expect(pictures.some((picture) => 'qrPayload' in picture)).toBe(false);
  expect(pictures.reduce((sum, { heightDots }) => sum + heightDots, 0)).toBe(21 * 6);
});

test('a roll that ends in the middle of a slip leaves it in two pieces', () => {
  const { time, printer, send, heard, printedLines } = bench();
  printer.loadPaper(20);
  send(ALL_CHANGES);
  heard();
  send(SLIP);
  time.settle();
  expect(printer.condition.paper).toBe('out');
  expect(heard()).toBe('18000f0f');
  printer.loadPaper();
  time.settle();
  expect(printer.papers()).toHaveLength(2);
  expect(printedLines()).toEqual(SLIP_LINES);
});

test('a stuck blade is found at the cut, and a freed one goes on when the cover is closed or the till says so', () => {
  for (const remedy of ['cover', 'DLE ENQ 1', 'DLE ENQ 2'] as const) {
    const { time, printer, send, printedLines } = bench();
    printer.setCutter('jammed');
    send(`one\n${CUT}two\n${CUT}`);
    time.settle();
    expect(printer.condition.fault).toBe('cutter');
    send('\u0010\u0005\u0001');
    time.settle();
    expect(printer.condition.fault).toBe('cutter');
    printer.setCutter('free');
    if (remedy === 'cover') printer.setCondition({ cover: 'open' });
    if (remedy === 'cover') printer.setCondition({ cover: 'closed' });
    else send(`\u0010\u0005${remedy === 'DLE ENQ 1' ? '\u0001' : '\u0002'}`);
    time.settle();
    expect(printer.condition.fault).toBe('none');
    send(`three\n${CUT}`);
    time.settle();
    expect(printedLines()).toEqual(remedy === 'DLE ENQ 2' ? ['one', 'three'] : ['one', 'two', 'three']);
  }
});

test('a small buffer on a serial line loses what the till sends on regardless, and says stop before', () => {
  const { time, printer, send, heard } = bench({
    ...PRINTER_MODELS['epson-tm-t88'],
    bufferBytes: 45,
    whenBufferIsFull: 'lose',
    sendsXonXoff: true,
  });
  printer.setCondition({ paper: 'out' });
  send('a'.repeat(28));
  expect(heard()).toBe('');
  send('b');
  expect(heard()).toBe('13');
  send('c'.repeat(40));
  expect(printer.troubles()).toEqual(['bytes were lost: the receive buffer is full']);
  send('\u0010\u0004\u0004');
  expect(heard(), 'obeyed on reception, even with a full buffer').toBe('7e');
  printer.setCondition({ paper: 'ok' });
  expect(heard()).toBe('11');
  send(`\n${CUT}`);
  time.settle();
  expect(printer.papers()[0]?.text).toBe(`${'a'.repeat(28)}b${'c'.repeat(13)}\n${'c'.repeat(3)}`);
});

test('on a line that can wait nothing is lost, and questions wait as well', () => {
  const { time, printer, send, heard } = bench({ ...PRINTER_MODELS['epson-tm-t88'], bufferBytes: 45 });
  printer.setCondition({ paper: 'out' });
  send(`${'a'.repeat(40)}\n${CUT}\u0010\u0004\u0004`);
  expect(printer.lineByteCount()).toBe(3);
  expect(heard()).toBe('');
  printer.setCondition({ paper: 'ok' });
  time.settle();
  expect(heard()).toBe('12');
  expect(printer.papers()[0]?.text).toBe('a'.repeat(40));
});

test('a command longer than the buffer is printed all the same', () => {
  const { time, printer, send } = bench({
    ...PRINTER_MODELS['epson-tm-t88'],
    bufferBytes: 45,
    whenBufferIsFull: 'lose',
  });
  send(`${GS}v0\u0000\u0008\u0000\u0020\u0000${'\u00aa'.repeat(256)}${CUT}`);
  time.settle();
  expect(printer.papers()[0]?.printed).toMatchObject([{ kind: 'picture', widthDots: 64, heightDots: 32 }]);
});

test('the drawer opens on its pin, tells in its own polarity, and is pushed shut', () => {
  for (const sensor of ['high-when-open', 'low-when-open'] as const) {
    const time = createManualTime();
    const drawer = createVirtualDrawer({ sensor, time, closesAfterMs: 4_000 });
    const printer = createVirtualPrinter({ ...PRINTER_MODELS['epson-tm-t88'], time, drawer });
    const replies: number[] = [];
    printer.onReply((answer) => replies.push(answer[0] ?? 0));
    printer.write(bytes(ALL_CHANGES));
    printer.write(bytes(`${ESC}p\u0001\u0019\u00fa`));
    time.advance(100);
    expect(drawer.isOpen, 'the other pin').toBe(false);
    printer.write(bytes(`${ESC}p\u0000\u0019\u00fa`));
    time.advance(100);
    expect(drawer.isOpen).toBe(true);
    time.advance(4_000);
    expect(drawer.isOpen).toBe(false);
    expect(replies).toEqual(sensor === 'high-when-open' ? [0x10, 0x14, 0x10] : [0x14, 0x10, 0x14]);
  }
});

test('a pulse at once opens the drawer even without paper, and not while it is switched off for picture data', () => {
  const drawer = createVirtualDrawer();
  const printer = createVirtualPrinter({ ...PRINTER_MODELS['epson-tm-t88'], drawer });
  printer.write(bytes(`${GS}(D\u0003\u0000\u0014\u0001\u0000`));
  printer.write(bytes('\u0010\u0014\u0001\u0000\u0001'));
  expect(drawer.openings).toBe(0);
  printer.write(bytes(`${GS}(D\u0003\u0000\u0014\u0001\u0001`));
  printer.setCondition({ paper: 'out' });
  printer.write(bytes('\u0010\u0014\u0001\u0000\u0001'));
  expect(drawer.openings).toBe(1);
});

test('a pulse at once that comes while another one runs is nothing', () => {
  const { time, printer, send } = bench();
  send('\u0010\u0014\u0001\u0000\u0002');
  time.advance(399);
  send('\u0010\u0014\u0001\u0000\u0002');
  expect(printer.pulses()).toHaveLength(1);
  time.advance(1);
  send('\u0010\u0014\u0001\u0000\u0002');
  expect(printer.pulses()).toHaveLength(2);
});

test('a mute clone prints and never says a word', () => {
  const { time, printer, send, heard, printedLines } = bench(PRINTER_MODELS['clone-mute']);
  send(`${ALL_CHANGES}${GS}I\u0043${SLIP}${GS}r\u0001${processId('0001')}\u0010\u0004\u0001`);
  printer.setCondition({ cover: 'open' });
  time.settle();
  printer.setCondition({ cover: 'closed' });
  time.settle();
  expect(heard()).toBe('');
  expect(printedLines()).toEqual(SLIP_LINES);
});

test('a late clone answers when the question is nearly forgotten, and a shy one only while all is well', () => {
  const late = bench(PRINTER_MODELS['clone-late']);
  late.send('\u0010\u0004\u0001');
  late.time.advance(899);
  expect(late.heard()).toBe('');
  late.time.advance(1);
  expect(late.heard()).toBe('12');
  const shy = bench(PRINTER_MODELS['clone-shy']);
  shy.send('\u0010\u0004\u0001');
  expect(shy.heard()).toBe('12');
  shy.printer.setCondition({ paper: 'out' });
  shy.send('\u0010\u0004\u0001');
  expect(shy.heard()).toBe('');
});

test('a clone that does not know a command puts its letters on paper', () => {
  const { time, send, printedLines } = bench(PRINTER_MODELS['clone-letters']);
  send(`slip\n${processId('A1b2')}\n${CUT}`);
  time.settle();
  expect(printedLines()).toEqual(['slip', '(H00A1b2']);
});

test('clones number their code pages as they like, and some take accents for Chinese', () => {
  const pages = bench(PRINTER_MODELS['clone-pages']);
  pages.send(`${ESC}t\u0013\u00a4${ESC}t\u0005\u00d5\n${CUT}`);
  pages.time.settle();
  expect(pages.printer.unknown()).toEqual(['code page 19']);
  expect(pages.printedLines()).toEqual(['ñ€']);
  const kanji = bench(PRINTER_MODELS['clone-kanji']);
  kanji.send(`a\u00a4o \u00a4o${ESC}@\u001c.a\u00a4o\n${CUT}`);
  kanji.time.settle();
  expect(kanji.printedLines()).toEqual(['año']);
  const untold = bench(PRINTER_MODELS['clone-kanji']);
  untold.send(`\u00b0\u00a1\n${CUT}`);
  untold.time.settle();
  expect(untold.printedLines()).toEqual(['啊']);
});

test('a clone without QR leaves the place empty, and one with a small limit prints it small', () => {
  const none = bench(PRINTER_MODELS['clone-no-qr']);
  none.send(`above\n${qr('payload')}below\n${CUT}`);
  none.time.settle();
  expect(none.printer.papers()[0]?.printed.map(({ kind }) => kind)).toEqual(['line', 'line']);
  const small = bench(PRINTER_MODELS['clone-small-qr']);
  small.send(`${qr('payload')}${CUT}`);
  small.time.settle();
  expect(small.printer.papers()[0]?.printed).toMatchObject([{ widthDots: 21 * 3 }]);
});

test('tab stops and positions put text where it belongs', () => {
  const { time, send, printedLines } = bench();
  send(`${ESC}D\u000a\u0014\u0000a\tb\tc\n${ESC}$\u0018\u0000x\n${CUT}`);
  time.settle();
  expect(printedLines()).toEqual(['a         b         c', 'x']);
});

test('a margin and a print area hold text and pictures between them', () => {
  const { time, printer, send } = bench();
  send(`${GS}L\u0018\u0000${GS}W\u0060\u0000123456789\n${ESC}a\u0002ab\n`);
  time.settle();
  const lines = printer.strip().printed.flatMap((item) => (item.kind === 'line' ? [item.cells[0]?.x] : []));
  expect(printer.strip().text).toBe('12345678\n9\nab');
  expect(lines).toEqual([24, 24, 24 + 96 - 24]);
});

test('a picture is stored first and printed when it is asked for', () => {
  const { time, printer, send } = bench();
  const dots = '\u0080'.repeat(4);
  send(`${GS}(L\u000e\u00000p0\u0001\u00021\u0008\u0000\u0004\u0000${dots}`);
  time.settle();
  expect(printer.strip().printed).toEqual([]);
  send(
    `${GS}(L\u0002\u000002${GS}8L\u000e\u0000\u0000\u00000p0\u0001\u00011\u0008\u0000\u0004\u0000${dots}${GS}(L\u0002\u000002`,
  );
  time.settle();
  expect(printer.strip().printed).toMatchObject([
    { kind: 'picture', widthDots: 8, heightDots: 8 },
    { kind: 'picture', widthDots: 8, heightDots: 4 },
  ]);
  expect(printer.unknown()).toEqual([]);
});

test('on one cable with a display, each prints or shows only what is meant for it', () => {
  const printer = createVirtualPrinter(PRINTER_MODELS['epson-tm-t88']);
  const display = createVirtualDisplay();
  const chain = createDaisyChain(printer, display);
  const replies: number[] = [];
  chain.onReply?.((answer) => replies.push(...answer));
  chain.write(bytes(`${ESC}=\u0002\u000cHola${ESC}=\u0001slip\n${ESC}=\u0002!${ESC}=\u0001\u0010\u0004\u0001`));
  expect(display.lines()[0]).toBe('Hola!'.padEnd(20));
  expect(printer.strip().text).toBe('slip');
  expect(replies).toEqual([0x12]);
});

test('a printer that runs for weeks forgets its oldest papers, and still knows how many there were', () => {
  const printer = createVirtualPrinter({ ...PRINTER_MODELS['generic-80mm'], remembers: 2 });
  for (const word of ['one', 'two', 'three']) printer.write(bytes(`${word}\n${CUT}${ESC}Z`));
  expect(printer.papers().map(({ text }) => text)).toEqual(['two', 'three']);
  expect([printer.paperCount, printer.unknown().length, printer.commands().length]).toEqual([3, 2, 2]);
});
