/** Real sockets, terminals and files with virtual devices at their ends. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { appendFile, open } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { SerialPort } from 'serialport';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { SerialPortLike } from '../../../src-main/adapters/devices/transports/serial-driver.ts';
import { createSerialSystem } from '../../../src-main/adapters/devices/transports/serial-system.ts';
import { MACHINE_TIME } from '../../../src-main/simulators/devices/device-time.ts';
import { createVirtualDisplay } from '../../../src-main/simulators/devices/virtual-display/virtual-display.ts';
import { PRINTER_MODELS } from '../../../src-main/simulators/devices/virtual-printer/printer-models.ts';
import { createVirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import { createVirtualScanner } from '../../../src-main/simulators/devices/virtual-scanner.ts';
import { createFileWire } from '../../../src-main/simulators/devices/wires/file-wire.ts';
import { createPtyWire } from '../../../src-main/simulators/devices/wires/pty-wire.ts';
import { recordingText } from '../../../src-main/simulators/devices/wires/recorder.ts';
import { createTcpWire } from '../../../src-main/simulators/devices/wires/tcp-wire.ts';
import type { Wire } from '../../../src-main/simulators/devices/wires/wire.ts';

const CUT = '\u001dVB\u0000';
const folder = mkdtempSync(path.join(os.tmpdir(), 'wires-'));
const ends: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function kept<Made extends Wire>(wire: Made): Made {
  ends.push(() => wire.close());
  return wire;
}

function printerOnTcp(options = {}) {
  const printer = createVirtualPrinter({ ...PRINTER_MODELS['epson-tm-t88'], startMs: 0, ...options });
  return { printer, make: (manners = {}) => createTcpWire({ device: printer, manners }).then(kept) };
}

type Call = Readonly<{ socket: net.Socket; heard: () => string; closed: Promise<'reset' | 'ended'> }>;

async function call(port: number): Promise<Call> {
  const socket = net.connect(port, '127.0.0.1');
  ends.push(() => void socket.destroy());
  let heard = '';
  let wasReset = false;
  socket.on('data', (chunk) => (heard += chunk.toString('hex')));
  const closed = new Promise<'reset' | 'ended'>((resolve) => {
    socket.on('error', () => (wasReset = true));
    socket.on('close', () => resolve(wasReset ? 'reset' : 'ended'));
  });
  await new Promise<void>((resolve) => {
    socket.once('connect', () => resolve());
    socket.once('close', () => resolve());
  });
  return { socket, heard: () => heard, closed };
}

test('a printer on the network prints, answers, and every byte is on record', async () => {
  const { printer, make } = printerOnTcp();
  const wire = await make();
  const { socket, heard } = await call(wire.port);
  socket.write(Buffer.from(`slip\n${CUT}\u001d(H\u0006\u000000A1b2`, 'latin1'));
  await expect.poll(heard).toBe('37224131623200');
  expect(printer.papers()[0]?.text).toBe('slip');
  expect(Buffer.from(wire.recorder.bytes('till')).toString('latin1')).toBe(`slip\n${CUT}\u001d(H\u0006\u000000A1b2`);
  expect(Buffer.from(wire.recorder.bytes('device')).toString('hex')).toBe('37224131623200');
  expect(recordingText(wire.recorder.entries())).toMatch(/0 ms {2}→ {2}73 6c 69 70 0a .*\|slip\..*\n.*← {2}37 22 41/);
});

test('the network printer takes one till at a time', async () => {
  const { make } = printerOnTcp();
  const wire = await make();
  const first = await call(wire.port);
  first.socket.write('\u0010\u0004\u0001');
  await expect.poll(first.heard).toBe('12');
  const second = await call(wire.port);
  expect(await second.closed).toBe('reset');
  wire.setManners({ secondTill: 'waits' });
  const third = await call(wire.port);
  third.socket.write('\u0010\u0004\u0001');
  first.socket.end();
  await expect.poll(third.heard).toBe('12');
});

test('a printer that accepts and never reads leaves the till’s bytes in the air', async () => {
  const { printer, make } = printerOnTcp();
  const wire = await make({ neverReads: true });
  const { socket, heard } = await call(wire.port);
  socket.write('\u0010\u0004\u0001');
  await new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
  expect([heard(), printer.receivedByteCount()]).toEqual(['', 0]);
});

test('a connection is reset at a byte, or when the job is over', async () => {
  const { printer, make } = printerOnTcp();
  const wire = await make({ resetsAfterBytes: 3 });
  const early = await call(wire.port);
  early.socket.write('slip\n');
  expect(await early.closed).toBe('reset');
  expect(printer.receivedByteCount()).toBe(3);
  wire.setManners({ resetsAfterSilenceMs: 20 });
  const late = await call(wire.port);
  late.socket.write('p\n');
  expect(await late.closed).toBe('reset');
  expect(printer.strip().text).toBe('slip');
});

test('without paper a network printer makes the till wait, and takes the rest afterwards', async () => {
  const { printer, make } = printerOnTcp({ bufferBytes: 1_000 });
  printer.setCondition({ paper: 'out' });
  const wire = await make();
  const { socket } = await call(wire.port);
  socket.write(`${'line\n'.repeat(30_000)}${CUT}`);
  await expect.poll(() => printer.receivedByteCount()).toBe(1_000);
  expect(printer.lineByteCount()).toBeGreaterThan(0);
  expect(printer.lineByteCount()).toBeLessThan(100_000);
  printer.setCondition({ paper: 'ok' });
  await expect.poll(() => printer.papers().length).toBe(1);
  expect(printer.receivedByteCount()).toBe(150_000 + CUT.length);
});

test('a network printer without power is not there, and comes back at the same address', async () => {
  const { printer, make } = printerOnTcp();
  const wire = await make();
  const first = await call(wire.port);
  printer.powerOff();
  expect(await first.closed).toBe('reset');
  const nobody = await call(wire.port);
  expect(await nobody.closed).toBe('reset');
  printer.powerOn();
  printer.powerOff();
  printer.powerOn();
  await wire.plug();
  const again = await call(wire.port);
  again.socket.write('\u0010\u0004\u0001');
  await expect.poll(again.heard).toBe('12');
});

/** Open when it resolves, the way the till does it: it notices when the terminal hangs up. */
async function openPort(link: string, baudRate: number): Promise<SerialPortLike> {
  const port = await createSerialSystem().create({ path: link, baudRate, rtscts: false, xon: false, xoff: false });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error ? reject(error) : resolve()));
  });
  return port;
}

test('a serial printer answers over its terminal, is gone when it is pulled out, and there again under the same name', async () => {
  const link = path.join(folder, 'printer');
  const printer = createVirtualPrinter({
    ...PRINTER_MODELS['epson-tm-t88'],
    whenBufferIsFull: 'lose',
    time: MACHINE_TIME,
    baud: 115_200,
  });
  const wire = kept(await createPtyWire({ device: printer, path: link }));
  for (let round = 1; round <= 2; round += 1) {
    const port = await openPort(link, 115_200);
    const closed = new Promise<void>((resolve) => port.on('close', () => resolve()));
    let heard = '';
    port.on('data', (chunk: Buffer) => (heard += chunk.toString('hex')));
    port.write(Buffer.from(`slip\n\u001d(H\u0006\u000000A1b${round}`, 'latin1'), () => undefined);
    await expect.poll(() => heard).toBe(`3722413162${round === 1 ? '31' : '32'}00`);
    await wire.unplug();
    await closed;
    expect([wire.isPlugged, existsSync(link)]).toEqual([false, false]);
    await wire.plug();
  }
  expect(printer.strip().text).toBe('slip\nslip');
  await wire.close();
  expect(existsSync(link)).toBe(false);
});

test('every byte value passes the terminal unchanged in both directions', async () => {
  const link = path.join(folder, 'echo');
  const listeners = new Set<(bytes: Uint8Array) => void>();
  const echo = {
    isPowered: true,
    write: (bytes: Uint8Array) => {
      for (const listener of listeners) listener(bytes);
    },
    onReply: (listener: (bytes: Uint8Array) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onChange: () => () => undefined,
  };
  const wire = kept(await createPtyWire({ device: echo, path: link }));
  const port = new SerialPort({ path: link, baudRate: 9_600 });
  ends.push(() => port.close());
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const heard: Buffer[] = [];
  port.on('data', (chunk: Buffer) => heard.push(chunk));
  port.write(all);
  await expect.poll(() => Buffer.concat(heard).length).toBe(256);
  expect(Buffer.concat(heard).equals(all)).toBe(true);
  expect(Buffer.from(wire.recorder.bytes('till')).equals(all)).toBe(true);
});

test('a scanner says what it reads, with its prefix and its end', async () => {
  const link = path.join(folder, 'scanner');
  const scanner = createVirtualScanner({ prefix: '\u0002', suffix: '\u0003' });
  kept(await createPtyWire({ device: scanner, path: link }));
  const port = new SerialPort({ path: link, baudRate: 9_600 });
  ends.push(() => port.close());
  let heard = '';
  port.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
  await new Promise((resolve) => port.once('open', resolve));
  scanner.scan('V7K2-0001');
  await expect.poll(() => heard).toBe('\u0002V7K2-0001\u0003\r');
});

test('a link cannot be made where there is no folder, and says so', async () => {
  const display = createVirtualDisplay();
  await expect(createPtyWire({ device: display, path: path.join(folder, 'none/display') })).rejects.toThrow(
    'none/display',
  );
});

test('a FIFO stands for a device file: it takes jobs one after the other and goes with its device', async () => {
  const file = path.join(folder, 'lp0');
  const printer = createVirtualPrinter(PRINTER_MODELS['generic-80mm']);
  const wire = kept(await createFileWire({ kind: 'fifo', device: printer, path: file }));
  for (const job of ['one', 'two']) {
    const handle = await open(file, 'w');
    await handle.writeFile(`${job}\n${CUT}`, 'latin1');
    await handle.close();
  }
  await expect.poll(() => printer.papers().map(({ text }) => text)).toEqual(['one', 'two']);
  expect(Buffer.from(wire.recorder.bytes('till')).toString('latin1')).toBe(`one\n${CUT}two\n${CUT}`);
  await wire.unplug();
  expect(existsSync(file)).toBe(false);
});

test('a plain file stands for one too, and only what is appended is printed', async () => {
  const file = path.join(folder, 'spool.bin');
  await appendFile(file, 'of yesterday\n');
  const printer = createVirtualPrinter(PRINTER_MODELS['generic-80mm']);
  kept(await createFileWire({ kind: 'file', device: printer, path: file }));
  await appendFile(file, `today\n${CUT}`);
  await expect.poll(() => printer.papers().map(({ text }) => text)).toEqual(['today']);
  expect(existsSync(file)).toBe(true);
});
