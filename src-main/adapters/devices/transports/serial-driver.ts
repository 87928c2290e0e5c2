/**
 * Serial ports through `serialport`, which is loaded when the first one is opened.
 *
 * What the package does not do by itself (measured, and its issues 1465, 2351): an unplug is noticed only while somebody reads, a write
 * after it never calls back, and closing under a write emits an `error` that ends the process when nobody listens. So there is always a
 * reader and an error listener, and waits are bounded above. `drain` is never asked: it returns before a byte is on paper, and under XOFF
 * it holds a thread for good.
 */
import type { DeviceIdentity, LineAddress } from '../../../core/domain/devices/device.ts';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import { watchForFile } from './hotplug.ts';
import { addressId } from './line-names.ts';
import type { FarEnd, LineDriver, LineTrouble, OpenLine, Sent } from './line-driver.ts';
import { findSameDevice, isSameDevice } from './sysfs.ts';
import { systemCode, systemTrouble } from './system-errors.ts';

export type SerialAddress = Extract<LineAddress, { kind: 'serial' }>;

/** The part of a serial port that is used: one by one, so that a double can stand for it. */
export interface SerialPortLike {
  readonly isOpen: boolean;
  open(done: (error: Error | null) => void): void;
  write(bytes: Uint8Array, done: (error: Error | null | undefined) => void): unknown;
  flush(done: (error: Error | null) => void): void;
  close(done: (error: Error | null) => void): void;
  on(event: 'data', listener: (bytes: Buffer) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'close', listener: (error: Error | null) => void): unknown;
}

export type SerialSettings = Readonly<{
  path: string;
  baudRate: number;
  rtscts: boolean;
  xon: boolean;
  xoff: boolean;
}>;

export type SerialSystem = Readonly<{
  create: (settings: SerialSettings) => Promise<SerialPortLike>;
  /** Ports with what is known of the device behind them; for finding one again. */
  ports: () => Promise<readonly Readonly<{ path: string; identity?: DeviceIdentity }>[]>;
}>;

/** Small: at 9600 baud these are a quarter of a second, and the most that is in doubt. */
const PIECE_BYTES = 256;
const FLUSH_LIMIT_MS = 200;

export function createSerialDriver(
  address: SerialAddress,
  identity: DeviceIdentity | undefined,
  system: SerialSystem,
): LineDriver {
  return {
    ...addressId(address),
    canRead: () => true,
    pieceBytes: PIECE_BYTES,
    async open(far) {
      const path = await findPath(address.path, identity, system);
      return path.ok ? openPort(address, path.value, far, system) : path;
    },
    watch: (mayBeThere) =>
      watchForFile(address.path, (name) => identity !== undefined && /^(tty|cu)/.test(name), mayBeThere),
  };
}

/** A path that now leads to another device is never opened: a receipt must not end up on the customer display. */
async function findPath(
  path: string,
  identity: DeviceIdentity | undefined,
  system: SerialSystem,
): Promise<Result<string, LineTrouble>> {
  if (identity?.vendorId === undefined) return ok(path);
  const ports = await system.ports().catch(() => []);
  const found = findSameDevice(identity, ports);
  if (found !== undefined) return ok(found.path);
  const there = ports.find((port) => port.path === path);
  if (there === undefined || isSameDevice(identity, there.identity)) return ok(path);
  return err({ code: 'not-found', detail: `${path} now leads to another device` });
}

async function openPort(
  { baudRate, flow }: SerialAddress,
  path: string,
  far: FarEnd,
  system: SerialSystem,
): Promise<Result<OpenLine, LineTrouble>> {
  let port: SerialPortLike;
  try {
    const software = flow === 'xon-xoff';
    port = await system.create({ path, baudRate, rtscts: flow === 'rts-cts', xon: software, xoff: software });
  } catch (error) {
    return err(serialTrouble(error, path));
  }
  port.on('error', () => undefined);
  port.on('data', (bytes) => far.heard(bytes));
  port.on('close', (error) => far.lost({ code: 'unplugged', detail: `${path}: ${error?.message ?? 'closed'}` }));
  const { promise, resolve } = Promise.withResolvers<Result<OpenLine, LineTrouble>>();
  port.open((error) => resolve(error === null ? ok(openLine(port, path)) : err(serialTrouble(error, path))));
  return promise;
}

function openLine(port: SerialPortLike, path: string): OpenLine {
  async function close(): Promise<void> {
    if (!port.isOpen) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    port.close(() => resolve());
    await promise;
  }
  return {
    send(piece) {
      if (!port.isOpen)
        return Promise.resolve({ took: 0, trouble: { code: 'unplugged', detail: `${path} is closed` } });
      const { promise, resolve } = Promise.withResolvers<Sent>();
      port.write(piece, (error) =>
        resolve(error ? { took: 'unknown', trouble: serialTrouble(error, path) } : { took: piece.length }),
      );
      return promise;
    },
    close,
    async abandon() {
      if (!port.isOpen) return;
      // Without it, what waits behind XOFF or CTS is sent when the printer wakes up, long after the job was given up.
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, FLUSH_LIMIT_MS);
      port.flush(() => resolve());
      await promise;
      clearTimeout(timer);
      await close();
    },
  };
}

/** The binding's errors carry no code: the words are all there is. Source: serialport_linux.cpp, serialport_win.cpp of bindings-cpp. */
const WORDS: readonly (readonly [RegExp, LineTrouble['code']])[] = [
  [/cannot lock port|resource busy|access denied/i, 'busy'],
  [/no such file|file not found|no such device or address/i, 'not-found'],
  [/permission denied/i, 'permission'],
  [/unsupported baud|invalid baud|inappropriate ioctl|invalid argument/i, 'unsupported'],
  [/no such device|input\/output error|bad file descriptor|not open|canceled|unknown error/i, 'unplugged'],
];

export function serialTrouble(error: unknown, path: string): LineTrouble {
  const words = error instanceof Error ? error.message : String(error);
  const code = WORDS.find(([pattern]) => pattern.test(words))?.[1];
  if (code === undefined || systemCode(error) !== undefined) return systemTrouble(error, path);
  return { code, detail: `${path}: ${words.slice(0, 200)}` };
}
