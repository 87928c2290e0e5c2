/** How a line is called in the log, the same whichever process it runs in. */
import type { LineAddress } from '../../../core/domain/devices/device.ts';
import { lineText } from '../../../core/domain/devices/device.ts';
import { unreachable } from '../../../core/domain/result.ts';
import type { ByteTransport } from './byte-transport.ts';

export function addressId(address: LineAddress): Pick<ByteTransport, 'id' | 'kind'> {
  switch (address.kind) {
    case 'serial':
    case 'devfile':
      return { id: address.path, kind: address.kind };
    case 'folder':
      return { id: address.path, kind: 'file' };
    case 'tcp':
      return { id: `${address.host}:${address.port}`, kind: 'tcp' };
    case 'usb':
      return { id: lineText(address), kind: 'usb' };
    case 'spooler':
      return { id: address.queue, kind: 'spooler' };
    default:
      return unreachable(address);
  }
}
