/** A real till on a data directory of its own, and the far sides of its devices: virtual printers on loopback sockets and pseudo-terminals. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { DeviceProcess } from '../../src-main/adapters/devices/process/device-process.ts';
import { serveLines } from '../../src-main/adapters/devices/process/serve-lines.ts';
import { createLocalLines } from '../../src-main/adapters/devices/transports/local-lines.ts';
import { createHandlers } from '../../src-main/bridge/handlers.ts';
import { composeProduction } from '../../src-main/compose/production.ts';
import type { ComposedTill, ProductionOptions } from '../../src-main/compose/production.ts';
import type { Handlers } from '../../src-main/core/contract/contract.ts';
import type { Fault } from '../../src-main/core/domain/fault.ts';
import type { LineAddress } from '../../src-main/core/domain/devices/device.ts';
import type { Result } from '../../src-main/core/domain/result.ts';
import type { DeviceDraft } from '../../src-main/core/domain/devices/try-out.ts';
import { createVirtualDrawer } from '../../src-main/simulators/devices/virtual-drawer.ts';
import type { VirtualDrawer } from '../../src-main/simulators/devices/virtual-drawer.ts';
import { createVirtualPrinter } from '../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import type {
  VirtualPrinter,
  VirtualPrinterOptions,
} from '../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import { benchSettings } from './till-bench.ts';

export type DeviceShop = Readonly<{
  composed: ComposedTill;
  handlers: Handlers;
  /** Names of the files in the spool, oldest first. */
  spooled(): readonly string[];
  /** Closes the program and starts it again on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}>;

/** Without a way to start the device process, lines are opened in this very process: quicker, and the same to everybody above. */
export function openDeviceShop(options: Pick<ProductionOptions, 'startDeviceProcess'> = {}): DeviceShop {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-devices-'));
  const open = (): { composed: ComposedTill; handlers: Handlers } => {
    const composed = composeProduction({ startDeviceProcess: linesInProcess, ...options, dataDirectory: folder });
    if (!composed.till.context.store.settings())
      composed.till.changeSettings(benchSettings('http://127.0.0.1:9'), 'bench');
    return { composed, handlers: createHandlers(composed.till) };
  };
  let now = open();
  return {
    get composed() {
      return now.composed;
    },
    get handlers() {
      return now.handlers;
    },
    spooled() {
      const { spoolFolder } = now.composed.devices.parts;
      try {
        return readdirSync(spoolFolder).toSorted();
      } catch {
        return [];
      }
    },
    async restart() {
      await now.composed.close();
      now = open();
    },
    async close() {
      await now.composed.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The device process without a process: the same messages, cloned as on their way across. */
export function linesInProcess(): DeviceProcess {
  const hearers = new Set<(message: unknown) => void>();
  const exits = new Set<(why: string) => void>();
  let obey: ((order: unknown) => void) | undefined;
  const end = (): void => exits.forEach((listener) => listener('ended'));
  const port = {
    post: (report: unknown) => void setImmediate(() => hearers.forEach((hear) => hear(structuredClone(report)))),
    onMessage: (listener: (order: unknown) => void) => void (obey = listener),
  };
  serveLines(port, createLocalLines(), end);
  return {
    pid: undefined,
    post: (order) => void setImmediate(() => obey?.(structuredClone(order))),
    onMessage: (listener) => void hearers.add(listener),
    onExit: (listener) => void exits.add(listener),
    kill: end,
  };
}

export function value<Value>(result: Result<Value, Fault>): Value {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail}`);
  return result.value;
}

/** A printer at the end of a line. `received`: every byte, of all connections, in their order. */
export type FarPrinter = Readonly<{
  line: LineAddress;
  printer: VirtualPrinter;
  drawer: VirtualDrawer;
  received(): Buffer;
  draft(change?: Partial<DeviceDraft>): DeviceDraft;
  close(): Promise<void>;
}>;

export type NetworkPrinter = FarPrinter & Readonly<{ port: number }>;

export async function openNetworkPrinter(options: VirtualPrinterOptions = {}): Promise<NetworkPrinter> {
  const far = createFarEnd(options);
  far.server.listen(0, '127.0.0.1');
  await once(far.server, 'listening');
  const address = far.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  return { ...far.at({ kind: 'tcp', host: '127.0.0.1', port }), port, close: () => far.close() };
}

/** A printer on a pseudo-terminal that socat makes; between the two stands a recorder of every byte. */
export async function openTerminalPrinter(folder: string, options: VirtualPrinterOptions = {}): Promise<FarPrinter> {
  const far = createFarEnd(options);
  const [link, socketPath] = [path.join(folder, 'tty'), path.join(folder, 'far.sock')];
  far.server.listen(socketPath);
  await once(far.server, 'listening');
  const socat = spawn('socat', [`pty,raw,echo=0,link=${link}`, `unix-connect:${socketPath}`], { stdio: 'ignore' });
  while (!existsSync(link)) await setTimeout(10);
  // While somebody holds it, a till that lets go does not end the terminal.
  const holder = openSync(link, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  return {
    ...far.at({ kind: 'serial', path: link, baudRate: 115_200, flow: 'none' }),
    async close() {
      closeSync(holder);
      socat.kill('SIGKILL');
      await once(socat, 'exit');
      await far.close();
    },
  };
}

function createFarEnd(options: VirtualPrinterOptions) {
  const { drawer = createVirtualDrawer() } = options;
  const printer = createVirtualPrinter({ ...options, drawer });
  const sockets = new Set<net.Socket>();
  const chunks: Buffer[] = [];
  printer.onReply((bytes) => sockets.forEach((socket) => socket.write(bytes)));
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      printer.write(chunk);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  return {
    server,
    at: (line: LineAddress) => ({
      line,
      printer,
      drawer,
      received: () => Buffer.concat(chunks),
      draft: (change: Partial<DeviceDraft> = {}): DeviceDraft => ({
        role: 'printer',
        name: 'Counter',
        profileId: 'epson-tm-t88',
        line,
        ...change,
      }),
    }),
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
