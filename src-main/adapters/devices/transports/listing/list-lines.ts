/**
 * What this machine has at its lines, without sending a byte to any of them: serial ports, printers of the kernel, printers on USB, print
 * queues. A pseudo-terminal or a FIFO is in no list; its path is typed.
 *
 * A part that cannot be asked (no spooler, no USB) is an empty one: what is found elsewhere must not be lost with it.
 */
import type { FoundLine } from '../../../../core/domain/devices/device.ts';
import type { SerialPortFound } from '../serial-system.ts';
import { isSameDevice } from '../sysfs.ts';
import type { SystemDevice } from '../sysfs.ts';
import { usbIdentity } from '../usb-driver.ts';
import { findPrinterInterface } from '../usb-system.ts';
import type { UsbDeviceLike } from '../usb-system.ts';
import { suggest } from './suggestions.ts';

export type MachineParts = Readonly<{
  serialPorts: () => Promise<readonly SerialPortFound[]>;
  printerFiles: () => readonly SystemDevice[];
  usbDevices: () => Promise<readonly UsbDeviceLike[]>;
  queues: () => Promise<readonly string[]>;
}>;

/** What most displays and older printers are set to when they are new; the technician sees and may change it. */
const USUAL_BAUD_RATE = 9_600;

export async function listLines(parts: MachineParts): Promise<readonly FoundLine[]> {
  const [ports, devices, queues] = await Promise.all([
    orNone(parts.serialPorts),
    orNone(parts.usbDevices),
    orNone(parts.queues),
  ]);
  const files = parts.printerFiles();
  return [
    ...files.map(fileLine),
    ...ports.map(portLine),
    ...queues.map(queueLine),
    ...devices.flatMap((device) => usbLine(device, files)),
  ];
}

function fileLine({ name, identity, label }: SystemDevice): FoundLine {
  return found({ kind: 'devfile', path: `/dev/usb/${name}` }, identity, label, `/dev/usb/${name}`);
}

function portLine({ path, identity, label }: SerialPortFound): FoundLine {
  return found({ kind: 'serial', path, baudRate: USUAL_BAUD_RATE, flow: 'none' }, identity, label, path);
}

function queueLine(queue: string): FoundLine {
  return found({ kind: 'spooler', queue }, undefined, queue, queue);
}

/** One device, one entry: a printer that the kernel's driver holds is used through its file. */
function usbLine(device: UsbDeviceLike, files: readonly SystemDevice[]): readonly FoundLine[] {
  const identity = usbIdentity(device);
  const isFile = files.some(
    (file) => isSameDevice(identity, file.identity) && file.identity?.busPath === identity.busPath,
  );
  if (isFile || findPrinterInterface(device) === undefined) return [];
  const { vendorId, productId, serialNumber, manufacturerName, productName } = device;
  const label = [manufacturerName, productName].filter((word) => word !== null && word !== undefined).join(' ');
  const number = serialNumber === null || serialNumber === undefined || serialNumber === '' ? {} : { serialNumber };
  const line = { kind: 'usb', vendorId, productId, ...number } as const;
  return [found(line, identity, label === '' ? undefined : label, 'USB printer')];
}

function found(
  line: FoundLine['line'],
  identity: FoundLine['identity'],
  name: string | undefined,
  fallback: string,
): FoundLine {
  const { label = fallback, suggested } = suggest(identity, name);
  return { line, ...(identity && { identity }), label, ...(suggested && { suggested }) };
}

async function orNone<Thing>(ask: () => Promise<readonly Thing[]>): Promise<readonly Thing[]> {
  try {
    return await ask();
  } catch {
    return [];
  }
}
