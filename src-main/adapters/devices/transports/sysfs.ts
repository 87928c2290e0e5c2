/**
 * What Linux knows of a device file or serial port without asking the device: the USB device behind it.
 *
 * Source  Documentation/ABI/stable/sysfs-bus-usb: a USB device's folder has `idVendor`, `idProduct` (hex) and may have `serial`,
 *         `manufacturer`, `product`; its name is its place on the bus, e.g. `1-1.2`. The `device` link of a class entry leads to an
 *         interface, whose parents are searched.
 */
import { readFileSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { DeviceIdentity } from '../../../core/domain/devices/device.ts';

export type SystemDevice = Readonly<{
  /** Name below /dev without folder, e.g. `ttyUSB0`, `lp0`. */
  name: string;
  identity?: DeviceIdentity;
  /** Maker and product as the device itself says them. */
  label?: string;
}>;

/** Serial ports that are there: the kernel keeps entries for built-in ports that were never soldered in. */
export function serialDevices(sysfs = '/sys'): readonly SystemDevice[] {
  const folder = path.join(sysfs, 'class/tty');
  return namesIn(folder)
    .filter((name) => /^(tty(S|ACM|USB|AMA|XRUSB|O)|rfcomm)\d+$/.test(name))
    .filter((name) => !name.startsWith('ttyS') || (readText(path.join(folder, name, 'type')) ?? '0') !== '0')
    .map((name) => systemDevice(name, path.join(folder, name, 'device')));
}

/** Printers that the kernel's usblp driver holds: `/dev/usb/lpN`. */
export function printerDevices(sysfs = '/sys'): readonly SystemDevice[] {
  const folder = path.join(sysfs, 'class/usbmisc');
  return namesIn(folder)
    .filter((name) => /^lp\d+$/.test(name))
    .map((name) => systemDevice(name, path.join(folder, name, 'device')));
}

/** The same device as before: by serial number where it has one, else by its place on the bus, else by what it is. */
export function isSameDevice(wanted: DeviceIdentity, found: DeviceIdentity | undefined): boolean {
  if (found === undefined || wanted.vendorId !== found.vendorId || wanted.productId !== found.productId) return false;
  if (wanted.serialNumber !== undefined) return wanted.serialNumber === found.serialNumber;
  return true;
}

/**
 * Which of the devices is the wanted one. Two of the same make without serial numbers are told apart by the socket they are in; one alone may
 * have moved to another socket.
 */
export function findSameDevice<Found extends Readonly<{ identity?: DeviceIdentity }>>(
  wanted: DeviceIdentity,
  devices: readonly Found[],
): Found | undefined {
  const same = devices.filter(({ identity }) => isSameDevice(wanted, identity));
  const inPlace = same.find(({ identity }) => wanted.busPath !== undefined && identity?.busPath === wanted.busPath);
  return inPlace ?? (same.length === 1 ? same[0] : undefined);
}

function systemDevice(name: string, link: string): SystemDevice {
  const folder = usbFolder(link);
  if (folder === undefined) return { name };
  const serialNumber = readText(path.join(folder, 'serial'));
  const words = [readText(path.join(folder, 'manufacturer')), readText(path.join(folder, 'product'))];
  const label = words.filter((word) => word !== undefined).join(' ');
  return {
    name,
    identity: {
      vendorId: Number.parseInt(readText(path.join(folder, 'idVendor')) ?? '', 16),
      productId: Number.parseInt(readText(path.join(folder, 'idProduct')) ?? '', 16),
      ...(serialNumber !== undefined && { serialNumber }),
      busPath: path.basename(folder),
    },
    ...(label !== '' && { label }),
  };
}

const PARENTS_MAX = 6;

function usbFolder(link: string): string | undefined {
  let folder: string;
  try {
    folder = realpathSync(link);
  } catch {
    return undefined;
  }
  for (let climbed = 0; climbed < PARENTS_MAX; climbed += 1) {
    if (/^[0-9a-f]{4}$/i.test(readText(path.join(folder, 'idVendor')) ?? '')) return folder;
    folder = path.dirname(folder);
  }
  return undefined;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort(byNumber);
  } catch {
    return [];
  }
}

function byNumber(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}
