/** A real till on a data directory of its own, and the far sides of its devices: virtual printers on loopback sockets and pseudo-terminals. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHandlers } from '../../src-main/bridge/handlers.ts';
import { composeProduction } from '../../src-main/compose/production.ts';
import type { ComposedTill } from '../../src-main/compose/production.ts';
import type { Handlers } from '../../src-main/core/contract/contract.ts';
import type { Fault } from '../../src-main/core/domain/fault.ts';
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

export function openDeviceShop(): DeviceShop {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-devices-'));
  const open = (): { composed: ComposedTill; handlers: Handlers } => {
    const composed = composeProduction({ dataDirectory: folder });
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

export function value<Value>(result: Result<Value, Fault>): Value {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail}`);
  return result.value;
}

/** A printer on the shop's network. `received`: every byte, of all connections, in their order. */
export type NetworkPrinter = Readonly<{
  port: number;
  printer: VirtualPrinter;
  drawer: VirtualDrawer;
  received(): Buffer;
  draft(change?: Partial<DeviceDraft>): DeviceDraft;
  close(): Promise<void>;
}>;

export async function openNetworkPrinter(options: VirtualPrinterOptions = {}): Promise<NetworkPrinter> {
  const drawer = createVirtualDrawer();
  const printer = createVirtualPrinter({ drawer, ...options });
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
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  return {
    port,
    printer,
    drawer,
    received: () => Buffer.concat(chunks),
    draft: (change = {}) => ({
      role: 'printer',
      name: 'Counter',
      profileId: 'epson-tm-t88',
      line: { kind: 'tcp', host: '127.0.0.1', port },
      ...change,
    }),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
