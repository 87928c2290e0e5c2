/** USB without USB: the faults of real transfers, as measured, on a double of the package's device. */
import { afterAll, afterEach, expect, test } from 'vitest';
import { createSteadyLine } from '../../../../src-main/adapters/devices/transports/steady-line.ts';
import { createUsbDriver, usbTrouble } from '../../../../src-main/adapters/devices/transports/usb-driver.ts';
import type { UsbDeviceLike, UsbSystem } from '../../../../src-main/adapters/devices/transports/usb-system.ts';
import { createUsbSystem, findPrinterInterface } from '../../../../src-main/adapters/devices/transports/usb-system.ts';
import { createBench, pattern, pause, statesOf, until } from './line-bench.ts';

const bench = createBench();
afterEach(() => bench.end());
afterAll(bench.remove);

const JOB = { label: 'a job', timeoutMs: 2_000 };
const ADDRESS = { kind: 'usb', vendorId: 0x04b8, productId: 0x0202 } as const;

type Endpoint = Readonly<{ endpointNumber: number; direction: 'in' | 'out'; type: string }>;
const OUT: Endpoint = { endpointNumber: 1, direction: 'out', type: 'bulk' };
const IN: Endpoint = { endpointNumber: 2, direction: 'in', type: 'bulk' };

function alternate(interfaceClass: number, endpoints: readonly Endpoint[], alternateSetting = 0) {
  return { alternateSetting, interfaceClass, interfaceProtocol: 2, endpoints };
}

class UsbDouble implements UsbDeviceLike {
  readonly vendorId = 0x04b8;
  readonly productId = 0x0202;
  readonly bus: string;
  readonly steps: string[] = [];
  readonly received: number[] = [];
  configuration: UsbDeviceLike['configuration'] = {
    interfaces: [{ interfaceNumber: 0, alternates: [alternate(7, [OUT, IN])] }],
  };
  isHeldByKernel = false;
  openError: Error | undefined;
  /** How many bytes of the next transfer arrive, and how it ends. */
  onTransfer: (bytes: Uint8Array) => Promise<{ bytesWritten: number; status?: string }> = (bytes) => {
    this.received.push(...bytes);
    return Promise.resolve({ bytesWritten: bytes.length, status: 'ok' });
  };
  answers: Uint8Array[] = [];

  constructor(bus = '1-1') {
    this.bus = bus;
  }
  async open(): Promise<void> {
    if (this.openError !== undefined) throw this.openError;
    this.steps.push('open');
  }
  async close(): Promise<void> {
    this.steps.push('close');
  }
  async claimInterface(): Promise<void> {
    if (this.isHeldByKernel) throw new Error('claimInterface error: Device or resource busy (os error 16)');
    this.steps.push('claim');
  }
  async releaseInterface(): Promise<void> {
    this.steps.push('release');
  }
  async selectAlternateInterface(_: number, setting: number): Promise<void> {
    this.steps.push(`alternate ${setting}`);
  }
  async transferIn(): Promise<{ data?: DataView }> {
    const answer = this.answers.shift();
    if (answer !== undefined) return { data: new DataView(answer.buffer) };
    await pause(20);
    throw new Error('transferIn error: Cancelled');
  }
  transferOut(_: number, bytes: Uint8Array): Promise<{ bytesWritten: number; status?: string }> {
    return this.onTransfer(bytes);
  }
  async detachKernelDriver(): Promise<void> {
    this.isHeldByKernel = false;
    this.steps.push('detach');
  }
  async attachKernelDriver(): Promise<void> {
    this.steps.push('attach');
  }
}

type Listener = Parameters<UsbSystem['onChange']>[0];

function lineTo(devices: UsbDouble[], identity?: { busPath: string }) {
  const listeners = new Set<Listener>();
  const system: UsbSystem = {
    devices: () => Promise.resolve([...devices]),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const driver = createUsbDriver(ADDRESS, identity, system);
  const line = bench.atEnd(createSteadyLine(driver, { retryFirstMs: 5_000 }), (one) => one.close());
  const tell: Listener = (change, device) => [...listeners].forEach((listener) => listener(change, device));
  return { line, tell, listeners };
}

test('a printer on USB receives a job in pieces of at most 4 kB, and is heard', async () => {
  const device = new UsbDouble();
  const lengths: number[] = [];
  const take = device.onTransfer;
  device.onTransfer = (bytes) => {
    lengths.push(bytes.length);
    return take(bytes);
  };
  device.answers.push(Uint8Array.of(0x12));
  const { line } = lineTo([device]);
  const heard: number[] = [];
  line.onData((bytes) => heard.push(...bytes));
  const bytes = pattern(10_000);
  expect(await line.write(bytes, JOB)).toMatchObject({ ok: true });
  expect(lengths).toEqual([4_096, 4_096, 1_808]);
  expect(Buffer.from(device.received).equals(bytes)).toBe(true);
  await until(() => heard.length === 1, 'the answer');
});

test('a cancelled piece is in doubt: nobody knows how much of it had gone, and it is never sent again', async () => {
  const device = new UsbDouble();
  const { line } = lineTo([device]);
  const take = device.onTransfer;
  let transfers = 0;
  device.onTransfer = async (bytes) => {
    transfers += 1;
    await take(bytes.subarray(0, 1_000));
    throw new Error('transferOut error: Cancelled');
  };
  expect(await line.write(pattern(3_000), JOB)).toMatchObject({
    ok: false,
    error: { code: 'timeout', sent: 'unknown' },
  });
  expect(transfers).toBe(1);
  device.onTransfer = (bytes) => (bytes.length === 4_096 ? take(bytes) : Promise.reject(new Error('Cancelled')));
  expect(await line.write(pattern(5_000), JOB)).toMatchObject({ ok: false, error: { sent: 'unknown' } });
  device.onTransfer = (bytes) =>
    device.received.length < 7_000 ? take(bytes) : Promise.reject(new Error('transferOut error: Cancelled'));
  expect(await line.write(pattern(20_000), JOB)).toMatchObject({ ok: false, error: { sent: 'some' } });
});

test('a transfer that never ends costs the job’s time, in doubt', async () => {
  const device = new UsbDouble();
  const { line } = lineTo([device]);
  device.onTransfer = () => new Promise(() => undefined);
  expect(await line.write(pattern(100), { label: 'stuck', timeoutMs: 100 })).toMatchObject({
    ok: false,
    error: { code: 'timeout', sent: 'unknown' },
  });
});

test('an unplug is noticed with and without traffic, and the printer is taken up again when it is plugged in', async () => {
  const device = new UsbDouble();
  const devices = [device];
  const { line, tell } = lineTo(devices);
  const states = statesOf(line);
  await until(() => states.at(-1) === 'yes', 'connected');
  devices.length = 0;
  tell('unplugged', device);
  expect(states.at(-1)).toBe('no');
  expect(await line.write(pattern(10), JOB)).toMatchObject({ ok: false, error: { code: 'not-found', sent: 'none' } });
  const again = new UsbDouble('1-4');
  devices.push(again);
  tell('plugged', again);
  await until(() => states.at(-1) === 'yes', 'connected again');
  again.onTransfer = () => Promise.reject(new Error('transferOut error: Disconnected'));
  expect(await line.write(pattern(10), JOB)).toMatchObject({
    ok: false,
    error: { code: 'unplugged', sent: 'unknown' },
  });
});

test('the kernel’s driver is asked to let go, and gets the printer back', async () => {
  const device = new UsbDouble();
  device.isHeldByKernel = true;
  const { line } = lineTo([device]);
  expect(await line.write(pattern(10), JOB)).toMatchObject({ ok: true });
  await line.close();
  expect(device.steps).toEqual(['open', 'detach', 'claim', 'release', 'attach', 'close']);
});

test('a device that may not be opened, and one that is no printer, refuse with nothing sent', async () => {
  const locked = new UsbDouble();
  locked.openError = new Error('open error: Permission denied (os error 13)');
  const refused = await lineTo([locked]).line.write(pattern(10), JOB);
  expect(refused).toMatchObject({ ok: false, error: { code: 'permission', sent: 'none' } });
  const other = new UsbDouble();
  other.configuration = { interfaces: [{ interfaceNumber: 0, alternates: [alternate(3, [OUT, IN])] }] };
  const unsupported = await lineTo([other]).line.write(pattern(10), JOB);
  expect(unsupported).toMatchObject({ ok: false, error: { code: 'unsupported', sent: 'none' } });
  expect(other.steps).toEqual(['open', 'close']);
});

test('of two alike the one in its socket is taken, and none when that cannot be told', async () => {
  const [first, second] = [new UsbDouble('1-1'), new UsbDouble('1-2')];
  expect(await lineTo([first, second], { busPath: '1-2' }).line.write(pattern(10), JOB)).toMatchObject({ ok: true });
  expect(first.received).toEqual([]);
  expect(second.received).toHaveLength(10);
  expect(await lineTo([first, second]).line.write(pattern(10), JOB)).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
});

test('a printer that answers is preferred among the interfaces, whatever its place', () => {
  const device = new UsbDouble();
  device.configuration = {
    interfaces: [
      { interfaceNumber: 0, alternates: [alternate(3, [IN])] },
      { interfaceNumber: 1, alternates: [alternate(7, [OUT]), alternate(7, [OUT, IN], 1)] },
    ],
  };
  const found = { interfaceNumber: 1, alternateSetting: 1, outEndpoint: 1, inEndpoint: 2 };
  expect(findPrinterInterface(device)).toEqual(found);
});

test('what the package says in words becomes a fault with a name', () => {
  const codes = ['Cancelled', 'Disconnected', 'Fault', 'Stall', 'resource busy', 'Access is denied', 'strange'].map(
    (words) => usbTrouble(new Error(words), 'usb').code,
  );
  expect(codes).toEqual(['timeout', 'unplugged', 'unplugged', 'printer-error', 'busy', 'permission', 'io']);
});

test('a machine without USB is one without devices, and nothing ends over it', async () => {
  const usb = createUsbSystem();
  const end = usb.onChange(() => undefined);
  expect(Array.isArray(await usb.devices())).toBe(true);
  await pause(20);
  end();
});
