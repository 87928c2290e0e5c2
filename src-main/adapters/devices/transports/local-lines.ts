/** Lines opened in this very process: in the device process, in tools and in tests. Native packages are loaded by the first line that needs one. */
import type { LineAddress } from '../../../core/domain/devices/device.ts';
import { lineText } from '../../../core/domain/devices/device.ts';
import { err } from '../../../core/domain/result.ts';
import type { ByteTransport } from './byte-transport.ts';
import { createDeviceFileDriver } from './device-file-driver.ts';
import type { DeviceLines, LineOptions } from './device-lines.ts';
import { createFileTransport } from './file-transport.ts';
import type { ConnectionTimes } from './line-connection.ts';
import type { LineDriver } from './line-driver.ts';
import { createSerialDriver } from './serial-driver.ts';
import { createSerialSystem } from './serial-system.ts';
import { createSharedLines } from './shared-lines.ts';
import { createSteadyLine } from './steady-line.ts';
import type { TcpTimes } from './tcp-driver.ts';
import { createTcpDriver } from './tcp-driver.ts';

export type LocalLinesOptions = Readonly<{
  times?: Partial<ConnectionTimes & TcpTimes>;
  /** Another root than `/sys`, for tests. */
  sysfs?: string;
}>;

export function createLocalLines(options: LocalLinesOptions = {}): DeviceLines {
  const serial = createSerialSystem(options.sysfs);

  function open(address: LineAddress, { identity, stayConnected = false }: LineOptions): ByteTransport {
    switch (address.kind) {
      case 'serial':
        return createSteadyLine(createSerialDriver(address, identity, serial), options.times);
      case 'tcp':
        return createSteadyLine(createTcpDriver(address, { stayConnected, ...options }), options.times);
      case 'devfile':
        return createSteadyLine(createDeviceFileDriver(address, identity, options.sysfs), options.times);
      case 'folder':
        return createFileTransport(address.path);
      default:
        return createSteadyLine(createUnsupportedDriver(address));
    }
  }

  const lines = createSharedLines(open);
  return {
    line: (address, lineOptions) => lines.line(address, lineOptions),
    list: () => Promise.resolve(err({ code: 'unsupported', sent: 'none', detail: 'listing' })),
    searchNetwork: () => Promise.resolve(err({ code: 'unsupported', sent: 'none', detail: 'searching' })),
    close: () => lines.close(),
  };
}

function createUnsupportedDriver(address: LineAddress): LineDriver {
  const id = lineText(address);
  const open: LineDriver['open'] = () => Promise.resolve(err({ code: 'unsupported', detail: id }));
  return { id, kind: 'usb', canRead: () => false, pieceBytes: 1, lingerMs: 0, open };
}
