/** Lines opened in this very process: in the device process, in tools and in tests. Native packages are loaded by the first line that needs one. */
import type { LineAddress } from '../../../core/domain/devices/device.ts';
import { ok, unreachable } from '../../../core/domain/result.ts';
import { createDeviceFileDriver } from './device-file-driver.ts';
import type { DeviceLines, LineOptions } from './device-lines.ts';
import { createFileTransport } from './file-transport.ts';
import type { ConnectionTimes } from './line-connection.ts';
import { listLines } from './listing/list-lines.ts';
import type { MachineParts } from './listing/list-lines.ts';
import { searchNetwork } from './listing/network-search.ts';
import type { NetworkParts } from './listing/network-search.ts';
import type { LineDriver } from './line-driver.ts';
import { createSerialDriver } from './serial-driver.ts';
import { createSerialSystem } from './serial-system.ts';
import { createSharedLines } from './shared-lines.ts';
import { createSpoolerDriver } from './spooler-driver.ts';
import type { SpoolerSystem } from './spooler-driver.ts';
import { createSteadyLine } from './steady-line.ts';
import { printerDevices } from './sysfs.ts';
import type { TcpTimes } from './tcp-driver.ts';
import { createTcpDriver } from './tcp-driver.ts';
import { createUsbDriver } from './usb-driver.ts';
import { createUsbSystem } from './usb-system.ts';
import type { UsbSystem } from './usb-system.ts';
import { createWindowsSpooler } from './winspool.ts';
import type { WindowsSpooler } from './winspool.ts';

export type LocalLinesOptions = Readonly<{
  times?: Partial<ConnectionTimes & TcpTimes>;
  /** Another root than `/sys`, for tests. */
  sysfs?: string;
  usb?: UsbSystem;
  spooler?: SpoolerSystem;
  network?: NetworkParts;
}>;

export function createLocalLines(options: LocalLinesOptions = {}): DeviceLines {
  const serial = createSerialSystem(options.sysfs);
  const usb = options.usb ?? createUsbSystem();
  const spooler = options.spooler ?? machineSpooler();
  const machine: MachineParts = {
    serialPorts: () => serial.ports(),
    printerFiles: () => printerDevices(options.sysfs),
    usbDevices: () => usb.devices(),
    queues: async () => (await spooler())?.queues() ?? [],
  };

  function driverOf(address: SteadyAddress, { identity, stayConnected = false }: LineOptions): LineDriver {
    switch (address.kind) {
      case 'serial':
        return createSerialDriver(address, identity, serial);
      case 'tcp':
        return createTcpDriver(address, { stayConnected, ...options });
      case 'devfile':
        return createDeviceFileDriver(address, identity, options.sysfs);
      case 'usb':
        return createUsbDriver(address, identity, usb);
      case 'spooler':
        return createSpoolerDriver(address, spooler);
      default:
        return unreachable(address);
    }
  }

  const lines = createSharedLines((address, lineOptions) =>
    address.kind === 'folder'
      ? createFileTransport(address.path)
      : createSteadyLine(driverOf(address, lineOptions), options.times),
  );
  return {
    line: (address, lineOptions) => lines.line(address, lineOptions),
    ready: () => Promise.resolve(),
    list: async () => ok(await listLines(machine)),
    searchNetwork: async (search) => ok(await searchNetwork(search, options.network)),
    close: () => lines.close(),
  };
}

type SteadyAddress = Exclude<LineAddress, { kind: 'folder' }>;

function machineSpooler(): SpoolerSystem {
  let spooler: Promise<WindowsSpooler> | undefined;
  return async () => (process.platform === 'win32' ? (spooler ??= createWindowsSpooler()) : undefined);
}
