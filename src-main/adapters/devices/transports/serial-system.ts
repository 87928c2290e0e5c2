/** Serial ports of this machine. On Linux they are read from sysfs, which also tells the place on the bus and needs no helper program. */
import type { DeviceIdentity } from '../../../core/domain/devices/device.ts';
import type { SerialSystem } from './serial-driver.ts';
import { noticingHangUp } from './serial-hang-up.ts';
import { serialDevices } from './sysfs.ts';

export type SerialPortFound = Readonly<{ path: string; identity?: DeviceIdentity; label?: string }>;

export function createSerialSystem(
  sysfs?: string,
): SerialSystem & Readonly<{ ports: () => Promise<readonly SerialPortFound[]> }> {
  return {
    async create(settings) {
      const { SerialPort } = await import('serialport');
      const port = new SerialPort({ ...settings, autoOpen: false });
      // Before anybody listens for data: the first read must be ours already.
      port.on('open', () => port.port && noticingHangUp(port.port));
      return port;
    },
    async ports() {
      if (process.platform === 'linux') {
        return serialDevices(sysfs).map(({ name, ...known }) => ({ path: `/dev/${name}`, ...known }));
      }
      const { SerialPort } = await import('serialport');
      return (await SerialPort.list()).map(portOf);
    },
  };
}

type Listed = Readonly<{
  path: string;
  manufacturer?: string | undefined;
  serialNumber?: string | undefined;
  locationId?: string | undefined;
  vendorId?: string | undefined;
  productId?: string | undefined;
}>;

function portOf({ path, manufacturer, serialNumber, locationId, vendorId, productId }: Listed): SerialPortFound {
  const label = manufacturer === undefined ? {} : { label: manufacturer };
  if (vendorId === undefined || productId === undefined) return { path, ...label };
  return {
    path,
    identity: {
      vendorId: Number.parseInt(vendorId, 16),
      productId: Number.parseInt(productId, 16),
      ...(serialNumber !== undefined && { serialNumber }),
      ...(locationId !== undefined && { busPath: locationId }),
    },
    ...label,
  };
}
