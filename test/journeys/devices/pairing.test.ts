/** Pairing and testing from the command line, end to end, on a pseudo-terminal, a socket and a FIFO: what a technician types and sees. */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createVirtualDrawer } from '../../../src-main/simulators/devices/virtual-drawer.ts';
import { PRINTER_MODELS } from '../../../src-main/simulators/devices/virtual-printer/printer-models.ts';
import { openNetworkPrinter, openTerminalPrinter } from '../../support/device-shop.ts';
import type { FarPrinter } from '../../support/device-shop.ts';
import { expectGolden, openDesk } from './bench.ts';
import type { Desk, Person } from './bench.ts';

let desk: Desk;
const ends: (() => Promise<void> | void)[] = [];

beforeEach(() => {
  // A test slip says when it was printed.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 31, 12) });
  desk = openDesk();
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  desk.close();
  vi.useRealTimers();
});

async function opened(printer: Promise<FarPrinter>): Promise<FarPrinter> {
  const far = await printer;
  ends.push(() => far.close());
  return far;
}

/** Somebody who looks at the virtual printer and does as he is told. */
function technicianAt({ printer, drawer }: FarPrinter, change: Readonly<Record<string, string>> = {}): Person {
  return (question) => {
    const [key = '', answer] =
      Object.entries({ ...ANSWERS, ...change }).find(([words]) => question.includes(words)) ?? [];
    if (key === 'Open the cover') printer.setCondition({ cover: 'open' });
    if (key === 'Close it') printer.setCondition({ cover: 'closed' });
    if (key === 'Push the drawer') drawer.close();
    return answer;
  };
}

const ANSWERS: Readonly<Record<string, string>> = {
  'Did a slip': 'yes',
  'Up to which number': '42',
  'Which line of letters': '1',
  'Which is the first code': 'a',
  'Open the cover': 'opened',
  'Close it': '1',
  'stray letters': 'n',
  'Does a cash drawer': 'y',
  'Did the drawer spring': 'y',
  'Push the drawer': '1',
};

test('a printer on a pseudo-terminal is paired by what the technician sees, and its bytes are those that were looked at', async () => {
  const far = await opened(openTerminalPrinter(desk.folder));
  const line = `serial:${path.join(desk.folder, 'tty')},115200`;
  const whole = openDesk(true);
  ends.push(() => whole.close());
  const paired = await whole.run(
    ['devices', 'pair', '--line', line, '--profile', 'epson-tm-t88', '--name', 'Counter'],
    technicianAt(far),
  );
  expect(paired.err).not.toContain('try:');
  expect(paired).toMatchObject({ exit: 0 });
  expect(paired.out).toContain('Counter is paired');
  expectGolden('pair-terminal', far.received());

  const before = far.received().length;
  const tested = await whole.run(['devices', 'test', 'printer']);
  expect(tested).toMatchObject({ exit: 0, out: 'printed: the device says that it is on paper\n' });
  expectGolden('test-terminal', far.received().subarray(before));
  expect(far.printer.unknown()).toEqual([]);
  expect(far.printer.troubles()).toEqual([]);

  expect(await whole.json('devices', 'list')).toMatchObject([
    {
      role: 'printer',
      name: 'Counter',
      profileId: 'epson-tm-t88',
      printer: { status: 'asb', confirm: 'process-id', drawer: { pin: 0, openLevel: 'high' } },
    },
  ]);
});

test('a printer on the network says what it is; its drawer is found on the other pin, and its state tells of an open cover', async () => {
  const drawer = createVirtualDrawer({ pin: 5, sensor: 'low-when-open' });
  const far = await openNetworkPrinter({ maker: 'EPSON', name: 'TM-T20III', widthDots: 576, drawer });
  ends.push(() => far.close());
  const person = technicianAt(far, {
    'Up to which number': '48',
    'Did the drawer spring': 'n',
    'And now': 'y',
    'Push the drawer': 'shut',
  });
  const paired = await desk.run(['devices', 'pair', '--line', `tcp:127.0.0.1:${far.port}`], person);
  expect(paired).toMatchObject({ exit: 0 });
  expect(paired.err).toContain('answers: EPSON TM-T20III');
  expect(paired.err).toContain('profile: epson-tm-t20 ');
  expectGolden('pair-network', far.received());
  const before = far.received().length;
  const tested = await desk.run(['devices', 'test', 'printer']);
  expect(tested).toMatchObject({ exit: 0, out: 'printed: the device says that it is on paper\n' });
  expectGolden('test-network', far.received().subarray(before));
  expect(await desk.json('devices', 'list')).toMatchObject([{ printer: { drawer: { pin: 1, openLevel: 'low' } } }]);
  expect(await desk.run(['devices', 'state'])).toMatchObject({ exit: 0 });
  far.printer.setCondition({ cover: 'open' });
  const state = await desk.run(['devices', 'state']);
  expect(state.exit).toBe(1);
  expect(state.out).toContain('cover-open');
});

test('a Star printer is paired with its drawer: what it says of both is found out and kept', async () => {
  const drawer = createVirtualDrawer({ sensor: 'low-when-open' });
  const far = await openNetworkPrinter({ ...PRINTER_MODELS.star, startMs: 0, drawer });
  ends.push(() => far.close());
  const line = `tcp:127.0.0.1:${far.port}`;
  const pair = ['devices', 'pair', '--line', line, '--profile', 'star-tsp650ii', '--name', 'Star'];
  const paired = await desk.run(pair, technicianAt(far, { 'Up to which number': '48' }));
  expect(paired).toMatchObject({ exit: 0 });
  expect(await desk.json('devices', 'list')).toMatchObject([
    { printer: { status: 'star-asb', confirm: 'star-etb', drawer: { pin: 0, openLevel: 'low' } } },
  ]);
  expect(drawer.openings).toBe(1);
  expect(drawer.isOpen).toBe(false);
});

test('a FIFO that stands for a device file is paired by answers alone, without a person', async () => {
  const fifo = path.join(desk.folder, 'lp0');
  execFileSync('mkfifo', [fifo]);
  const reader = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
  ends.push(() => closeSync(reader));
  const answers = ['slip-out=yes', 'columns=32', 'letters=19 CP858', 'qr=native', 'drawer=no'].flatMap((answer) => [
    '--answer',
    answer,
  ]);
  const words = ['devices', 'pair', '--line', `file:${fifo}`, '--profile', 'generic-58mm', ...answers];
  const paired = (await desk.json(...words)) as { remarks: unknown; device: unknown };
  expect(paired).toMatchObject({
    device: { printer: { status: 'none', confirm: 'none' }, line: { kind: 'devfile', path: fifo } },
    remarks: ['status-silent', 'confirm-none'],
  });
  expectGolden('pair-file', drain(reader));
  expect(await desk.run(['devices', 'test', 'printer'])).toMatchObject({
    exit: 0,
    out: 'sent: the device tells no more, so look at it\n',
  });
  expectGolden('test-file', drain(reader));
});

function drain(descriptor: number): Buffer {
  const parts: Buffer[] = [];
  const buffer = Buffer.alloc(65_536);
  for (;;) {
    let count = 0;
    try {
      count = readSync(descriptor, buffer);
    } catch {
      count = 0; // Nothing more now.
    }
    if (count === 0) return Buffer.concat(parts);
    parts.push(Buffer.from(buffer.subarray(0, count)));
  }
}

test('in a script a missing answer ends the command with its question, and nothing is paired', async () => {
  const folder = path.join(desk.folder, 'spool');
  const words = [
    'devices',
    'pair',
    '--line',
    `folder:${folder}`,
    '--profile',
    'generic-80mm',
    '--answer',
    'slip-out=yes',
  ];
  const said = await desk.run(words);
  expect(said.exit).toBe(2);
  expect(said.err).toContain('--answer columns=… is missing (32 | 42 | 48 | a number)');
  expect(await desk.json('devices', 'list')).toEqual([]);
});

test('a line that cannot be opened is named with the step, the cause and what to do', async () => {
  const missing = path.join(desk.folder, 'lp9');
  const said = await desk.run(['devices', 'pair', '--line', `file:${missing}`, '--profile', 'generic-80mm']);
  expect(said.exit).toBe(1);
  expect(said.err).toContain('nothing could be sent');
  expect(said.err).toContain(`could not open the line: not-found: `);
  expect(said.err).toContain('→ ventanilla devices discover');
  const json = await desk.run(['--json', 'devices', 'pair', '--line', `file:${missing}`, '--profile', 'generic-80mm']);
  expect(JSON.parse(json.out)).toMatchObject({
    error: { code: 'device.not-proven', values: { code: 'not-found', at: 'slip' } },
  });
});

test('a device moves to another till as a file, with what was seen of it', async () => {
  const spool = path.join(desk.folder, 'spool');
  const pair = [
    'devices',
    'pair',
    '--line',
    `folder:${spool}`,
    '--profile',
    'generic-80mm',
    '--name',
    'Spool',
    '--untested',
  ];
  expect(await desk.run(pair)).toMatchObject({ exit: 0 });
  const file = path.join(desk.folder, 'printer.json');
  const qr = await desk.run(['devices', 'export', 'printer', '--output', file, '--qr']);
  expect(qr).toMatchObject({ exit: 0 });
  expect(qr.out).toContain('█');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    format: 'ventanilla-device',
    version: 1,
    device: { role: 'printer', name: 'Spool', profileId: 'generic-80mm', line: { kind: 'folder', path: spool } },
  });
  const other = openDesk();
  ends.push(() => other.close());
  expect(await other.run(['devices', 'import', file, '--name', 'Moved'])).toMatchObject({ exit: 0 });
  expect(await other.json('devices', 'list')).toMatchObject([{ name: 'Moved', line: { path: spool } }]);
  expect(await other.run(['devices', 'import', path.join(desk.folder, 'none.json')])).toMatchObject({ exit: 2 });
});

async function exitOf(...words: readonly string[]): Promise<number> {
  return (await desk.run(['devices', ...words])).exit;
}

test('words that make no sense are refused before anything is opened or sent', async () => {
  expect(await exitOf('pair', '--line', 'parallel:lpt1')).toBe(2);
  expect(await exitOf('pair', '--line', 'tcp:10.0.0.1:99999')).toBe(2);
  expect(await exitOf('pair', '--line', 'serial:/dev/ttyS0,fast')).toBe(2);
  expect(await exitOf('pair', '--role', 'toaster')).toBe(2);
  expect(await exitOf('pair', '--answer', 'columns')).toBe(2);
  expect(await exitOf('test', 'printer', '--job', 'dance')).toBe(2);
  expect(await exitOf('test', 'printer')).toBe(1);
  expect(await exitOf('forget', 'printer', '--reason', 'x')).toBe(1);
  expect(await exitOf('discover', '--network', 'world')).toBe(2);
});
