/** What a serial driver may do to a till, by a double of its port: silence, errors out of nowhere, another device under the old name. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { createSerialDriver, serialTrouble } from '../../../../src-main/adapters/devices/transports/serial-driver.ts';
import type {
  SerialAddress,
  SerialPortLike,
  SerialSettings,
  SerialSystem,
} from '../../../../src-main/adapters/devices/transports/serial-driver.ts';
import { createSteadyLine } from '../../../../src-main/adapters/devices/transports/steady-line.ts';
import {
  findSameDevice,
  printerDevices,
  serialDevices,
} from '../../../../src-main/adapters/devices/transports/sysfs.ts';
import { createBench, pattern, statesOf, until } from './line-bench.ts';

const bench = createBench();
afterEach(() => bench.end());
afterAll(bench.remove);

const ADDRESS: SerialAddress = { kind: 'serial', path: '/dev/ttyUSB0', baudRate: 19_200, flow: 'rts-cts' };
const JOB = { label: 'a job', timeoutMs: 200 };

class PortDouble extends EventEmitter implements SerialPortLike {
  isOpen = false;
  readonly steps: string[] = [];
  /** How a write ends: by itself, or by the test. */
  onWrite: (bytes: Uint8Array, done: (error?: Error | null) => void) => void = (_, done) => done();
  openError: Error | null = null;

  open(done: (error: Error | null) => void): void {
    this.isOpen = this.openError === null;
    done(this.openError);
  }
  write(bytes: Uint8Array, done: (error?: Error | null) => void): void {
    this.steps.push(`write ${bytes.length}`);
    this.onWrite(bytes, done);
  }
  flush(done: (error: Error | null) => void): void {
    this.steps.push('flush');
    done(null);
  }
  close(done: (error: Error | null) => void): void {
    this.steps.push('close');
    this.isOpen = false;
    done(null);
    this.emit('close', null);
  }
}

function lineOn(
  ports: PortDouble[],
  others: Partial<SerialSystem> = {},
  identity?: { vendorId: number; productId: number },
) {
  const asked: SerialSettings[] = [];
  const system: SerialSystem = {
    create(settings) {
      asked.push(settings);
      const port = ports[Math.min(asked.length, ports.length) - 1];
      return port === undefined ? Promise.reject(new Error('no port')) : Promise.resolve(port);
    },
    ports: () => Promise.resolve([]),
    ...others,
  };
  const line = createSteadyLine(createSerialDriver(ADDRESS, identity, system), { retryFirstMs: 20 });
  return { line: bench.atEnd(line, (one) => one.close()), asked };
}

test('a write that never calls back ends with its time, in doubt; what the driver holds is flushed away before the port is opened anew', async () => {
  const dead = new PortDouble();
  dead.onWrite = () => undefined;
  const { line } = lineOn([dead, new PortDouble()]);
  const outcome = await line.write(pattern(100), JOB);
  expect(outcome).toMatchObject({ ok: false, error: { code: 'timeout', sent: 'unknown' } });
  await until(() => dead.steps.length === 3, 'the end of the old port');
  expect(dead.steps).toEqual(['write 100', 'flush', 'close']);
  expect(await line.write(pattern(100), JOB)).toMatchObject({ ok: true });
});

test('a cancel while the first piece is with the driver is in doubt; after a taken piece the slip is certainly not whole', async () => {
  const port = new PortDouble();
  let count = 0;
  port.onWrite = (_, done) => void ((count += 1) < 2 && done());
  const { line } = lineOn([port]);
  const cancel = new AbortController();
  const job = line.write(pattern(1_000), { ...JOB, cancel: cancel.signal });
  await until(() => count === 2, 'the second piece');
  cancel.abort();
  expect(await job).toMatchObject({ ok: false, error: { code: 'cancelled', sent: 'some' } });
});

test('a port that says it is open no more refuses the job although nobody told of the unplug', async () => {
  const port = new PortDouble();
  const { line } = lineOn([port]);
  const states = statesOf(line);
  await until(() => states.at(-1) === 'yes', 'connected');
  port.isOpen = false;
  expect(await line.write(pattern(10), JOB)).toMatchObject({ ok: false, error: { code: 'unplugged', sent: 'none' } });
  expect(port.steps).toEqual([]);
});

test('an error out of nowhere ends nothing, and a close tells the state', async () => {
  const port = new PortDouble();
  const { line } = lineOn([port]);
  const states = statesOf(line);
  await until(() => states.at(-1) === 'yes', 'connected');
  port.emit('error', new Error('Canceled'));
  expect(states).toEqual(['unknown', 'yes']);
  port.isOpen = false;
  port.emit('close', new Error('disconnected'));
  expect(states).toEqual(['unknown', 'yes', 'no']);
});

test('baud rate and handshake reach the port', async () => {
  const { line, asked } = lineOn([new PortDouble()]);
  await line.write(pattern(1), JOB);
  expect(asked).toEqual([{ path: '/dev/ttyUSB0', baudRate: 19_200, rtscts: true, xon: false, xoff: false }]);
});

test('a device that moved to another port is found by its identity; a path that leads to another device is never opened', async () => {
  const printer = { vendorId: 0x067b, productId: 0x2303 };
  const display = { vendorId: 0x1a86, productId: 0x7523 };
  let ports = [
    { path: '/dev/ttyUSB0', identity: display },
    { path: '/dev/ttyUSB1', identity: printer },
  ];
  const found = lineOn([new PortDouble()], { ports: () => Promise.resolve(ports) }, printer);
  expect(await found.line.write(pattern(1), JOB)).toMatchObject({ ok: true });
  expect(found.asked[0]?.path).toBe('/dev/ttyUSB1');
  ports = ports.slice(0, 1);
  const lost = lineOn([new PortDouble()], { ports: () => Promise.resolve(ports) }, printer);
  expect(await lost.line.write(pattern(1), JOB)).toMatchObject({
    ok: false,
    error: { code: 'not-found', sent: 'none' },
  });
  expect(lost.asked).toEqual([]);
});

test('what the binding says in words becomes a fault with a name', () => {
  const codes = [
    'Error: Error Resource temporarily unavailable Cannot lock port',
    'Opening COM3: Access denied',
    'Error: No such file or directory, cannot open /dev/ttyUSB0',
    'Error: Permission denied, cannot open /dev/ttyUSB0',
    'Opening COM3: File not found',
    'Error: Input/output error, cannot get',
    'Port is not open',
    'something else',
  ].map((words) => serialTrouble(new Error(words), '/dev/ttyUSB0').code);
  expect(codes).toEqual(['busy', 'busy', 'not-found', 'permission', 'not-found', 'unplugged', 'unplugged', 'io']);
});

test('Linux is asked for the device behind a port, and only for ports that are there', () => {
  const root = bench.file('sys');
  const device = path.join(root, 'devices/usb1/1-1.2');
  mkdirSync(path.join(device, '1-1.2:1.0/ttyUSB0'), { recursive: true });
  writeFileSync(path.join(device, 'idVendor'), '067b\n');
  writeFileSync(path.join(device, 'idProduct'), '2303\n');
  writeFileSync(path.join(device, 'product'), 'USB-Serial Controller\n');
  mkdirSync(path.join(root, 'class/tty/ttyUSB0'), { recursive: true });
  symlinkSync(path.join(device, '1-1.2:1.0/ttyUSB0'), path.join(root, 'class/tty/ttyUSB0/device'));
  for (const [name, type] of [
    ['ttyS0', '4'],
    ['ttyS1', '0'],
    ['tty1', ''],
  ] as const) {
    mkdirSync(path.join(root, 'class/tty', name), { recursive: true });
    writeFileSync(path.join(root, 'class/tty', name, 'type'), type);
  }
  mkdirSync(path.join(root, 'class/usbmisc/lp3'), { recursive: true });
  symlinkSync(path.join(device, '1-1.2:1.0'), path.join(root, 'class/usbmisc/lp3/device'));
  const identity = { vendorId: 0x067b, productId: 0x2303, busPath: '1-1.2' };
  expect(serialDevices(root)).toEqual([
    { name: 'ttyS0' },
    { name: 'ttyUSB0', identity, label: 'USB-Serial Controller' },
  ]);
  expect(printerDevices(root)).toEqual([{ name: 'lp3', identity, label: 'USB-Serial Controller' }]);
});

test('two of the same make are told apart by serial number or socket; one alone may have moved', () => {
  const make = { vendorId: 1, productId: 2 };
  const first = { identity: { ...make, busPath: '1-1' } };
  const second = { identity: { ...make, busPath: '1-2' } };
  const numbered = { identity: { ...make, busPath: '1-3', serialNumber: 'A' } };
  expect(findSameDevice({ ...make, busPath: '1-2' }, [first, second])).toBe(second);
  expect(findSameDevice({ ...make, busPath: '1-9' }, [first])).toBe(first);
  expect(findSameDevice({ ...make, busPath: '1-9' }, [first, second])).toBeUndefined();
  expect(findSameDevice({ ...make, serialNumber: 'A', busPath: '1-1' }, [first, numbered])).toBe(numbered);
  expect(findSameDevice({ ...make, serialNumber: 'B' }, [first, numbered])).toBeUndefined();
});
