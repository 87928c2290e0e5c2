/**
 * Devices of a till: what they are for, at the end of which line they are, and by what they are known again. Plain data.
 *
 * An id on a bus never proves what a device understands (generic ids cover dozens of printers): it suggests a profile, and the
 * technician's answers at pairing decide.
 */
import { unreachable } from '../result.ts';

/** One device a role. The drawer hangs on the printer and has no line of its own. */
export const DEVICE_ROLES = ['printer', 'display', 'qr-display', 'scanner'] as const;
export type DeviceRole = (typeof DEVICE_ROLES)[number];

/** Where the bytes go. A path may be another one after a reboot; `DeviceIdentity` finds the device again. */
export type LineAddress =
  | Readonly<{ kind: 'serial'; path: string; baudRate: number; flow: 'none' | 'rts-cts' | 'xon-xoff' }>
  | Readonly<{ kind: 'tcp'; host: string; port: number }>
  /** Linux `/dev/usb/lpN`; also a FIFO or a file that stands for one. */
  | Readonly<{ kind: 'devfile'; path: string }>
  | Readonly<{ kind: 'usb'; vendorId: number; productId: number; serialNumber?: string }>
  /** A Windows print queue, written to as RAW: it takes the bytes and says nothing of the paper. */
  | Readonly<{ kind: 'spooler'; queue: string }>
  /** Each job becomes a file in a folder: for spools that another program empties, and until a device is paired. */
  | Readonly<{ kind: 'folder'; path: string }>;

export type LineKind = LineAddress['kind'];

/** What stays the same when a cable goes into another socket: vendor, product and serial number; else the socket itself. */
export type DeviceIdentity = Readonly<{
  vendorId?: number;
  productId?: number;
  serialNumber?: string;
  /** Place on the bus, for devices without a serial number. */
  busPath?: string;
}>;

/** What the technician saw, over what the profile says. */
export type PrinterTraits = Readonly<{
  /** What it answered while somebody watched; `none`: it says nothing, or lies. */
  status?: 'none' | 'dle' | 'asb' | 'star-asb';
  confirm?: 'none' | 'gs-r' | 'process-id' | 'star-etb';
  /** Number of the code page on which the test letters were right. */
  codePage?: Readonly<{ number: number; name: string }>;
  /** The QR was not there, or could not be read. */
  qr?: 'native' | 'raster-quad' | 'raster';
  columns?: number;
  /** Absent: no drawer hangs on it. `openLevel`: level of the sensor when open; absent: no sensor, or nobody has calibrated it. */
  drawer?: Readonly<{ pin: 0 | 1; openLevel?: 'high' | 'low' }>;
}>;

export type DisplayTraits = Readonly<{ codePage?: Readonly<{ number: number; name: string }> }>;

export type ScannerTraits = Readonly<{ prefix?: string; suffix?: string }>;

/** A device as it was paired: all that is needed to find it again and to speak to it. */
export type PairedDevice = Readonly<{
  id: string;
  role: DeviceRole;
  /** For people, e.g. `Epson TM-T20III on the counter`. */
  name: string;
  /** Id of its profile in assets/devices. */
  profileId: string;
  line: LineAddress;
  identity?: DeviceIdentity;
  printer?: PrinterTraits;
  display?: DisplayTraits;
  scanner?: ScannerTraits;
}>;

/** A line at whose end something may be, and what the machine knows of it without asking the device. */
export type FoundLine = Readonly<{
  line: LineAddress;
  identity?: DeviceIdentity;
  /** What the machine calls it: maker and product, queue name, or path. */
  label: string;
  /** From the table of known ids; a suggestion only. */
  suggested?: Readonly<{ role: DeviceRole; profileId: string }>;
}>;

/** One line for logs and lists, e.g. `serial /dev/ttyUSB0 9600`. */
export function lineText(line: LineAddress): string {
  switch (line.kind) {
    case 'serial':
      return `serial ${line.path} ${line.baudRate}`;
    case 'tcp':
      return `tcp ${line.host}:${line.port}`;
    case 'devfile':
      return `file ${line.path}`;
    case 'usb':
      return `usb ${hex(line.vendorId)}:${hex(line.productId)}${line.serialNumber === undefined ? '' : ` ${line.serialNumber}`}`;
    case 'spooler':
      return `queue ${line.queue}`;
    case 'folder':
      return `folder ${line.path}`;
    default:
      return unreachable(line);
  }
}

function hex(id: number): string {
  return id.toString(16).padStart(4, '0');
}
