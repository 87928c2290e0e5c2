/**
 * Printers on USB without a driver of the system: for clones that the kernel's own driver refuses.
 *
 * A transfer that runs into its limit is told as cancelled and not how much of it had gone: that piece is in doubt. Pieces are therefore
 * small, and none is sent twice. Where the kernel's driver holds the interface it is asked to let go, and given it back at the end.
 */
import type { DeviceIdentity, LineAddress } from '../../../core/domain/devices/device.ts';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { FarEnd, LineDriver, LineTrouble, OpenLine, Sent } from './line-driver.ts';
import { addressId } from './line-names.ts';
import { findSameDevice } from './sysfs.ts';
import { systemCode, systemTrouble } from './system-errors.ts';
import type { PrinterInterface, UsbDeviceLike, UsbSystem } from './usb-system.ts';
import { findPrinterInterface } from './usb-system.ts';

export type UsbAddress = Extract<LineAddress, { kind: 'usb' }>;

const PIECE_BYTES = 4_096;
/** A printer that takes nothing for so long has no paper or an open cover; what then happens to the piece nobody knows. */
const SEND_LIMIT_MS = 10_000;
/** How long a question for bytes stays open; also what closing may have to wait. */
const LISTEN_MS = 1_000;
const READ_BYTES = 512;

export function createUsbDriver(
  address: UsbAddress,
  identity: DeviceIdentity | undefined,
  system: UsbSystem,
): LineDriver {
  const { id, kind } = addressId(address);
  let canRead = true;
  return {
    id,
    kind,
    canRead: () => canRead,
    pieceBytes: PIECE_BYTES,
    async open(far) {
      const device = await findDevice(address, identity, system);
      if (device === undefined) return err({ code: 'not-found', detail: `${id} is not plugged in` });
      const opened = await openPrinter(device, id);
      if (!opened.ok) return opened;
      canRead = opened.value.printer.inEndpoint !== undefined;
      return ok(openLine(opened.value, id, far, system));
    },
    watch: (mayBeThere) =>
      system.onChange((change, device) => {
        if (change === 'plugged' && device.vendorId === address.vendorId) mayBeThere();
      }),
  };
}

async function findDevice(
  { vendorId, productId, serialNumber }: UsbAddress,
  identity: DeviceIdentity | undefined,
  system: UsbSystem,
): Promise<UsbDeviceLike | undefined> {
  const devices = await system.devices().catch(() => []);
  const known = devices.map((device) => ({ device, identity: usbIdentity(device) }));
  const wanted = { vendorId, productId, ...(serialNumber !== undefined && { serialNumber }) };
  const busPath = identity?.busPath;
  const same = { ...wanted, ...(busPath !== undefined && { busPath }) };
  return findSameDevice(same, known)?.device;
}

export function usbIdentity({ vendorId, productId, serialNumber, bus }: UsbDeviceLike): DeviceIdentity {
  const isNumbered = serialNumber !== undefined && serialNumber !== null && serialNumber !== '';
  return { vendorId, productId, ...(isNumbered && { serialNumber }), busPath: bus };
}

type OpenPrinter = Readonly<{ device: UsbDeviceLike; printer: PrinterInterface; hadKernelDriver: boolean }>;

async function openPrinter(device: UsbDeviceLike, where: string): Promise<Result<OpenPrinter, LineTrouble>> {
  try {
    await device.open();
  } catch (error) {
    return err(usbTrouble(error, where));
  }
  try {
    const printer = findPrinterInterface(device);
    if (printer === undefined) throw new Error('unsupported: no printer interface');
    const hadKernelDriver = await claim(device, printer.interfaceNumber);
    if (printer.alternateSetting !== 0) {
      await device.selectAlternateInterface(printer.interfaceNumber, printer.alternateSetting);
    }
    return ok({ device, printer, hadKernelDriver });
  } catch (error) {
    await device.close().catch(() => undefined);
    return err(usbTrouble(error, where));
  }
}

/** Whether the kernel's driver had to be asked to let go. Only Linux has one that does. */
async function claim(device: UsbDeviceLike, interfaceNumber: number): Promise<boolean> {
  try {
    await device.claimInterface(interfaceNumber);
    return false;
  } catch (error) {
    if (usbTrouble(error, '').code !== 'busy') throw error;
  }
  await device.detachKernelDriver(interfaceNumber);
  await device.claimInterface(interfaceNumber);
  return true;
}

function openLine(opened: OpenPrinter, where: string, far: FarEnd, system: UsbSystem): OpenLine {
  const { device, printer, hadKernelDriver } = opened;
  const closing = new AbortController();
  const endWatch = system.onChange((change, other) => {
    const isThis = other.bus === device.bus && other.productId === device.productId;
    if (change === 'unplugged' && isThis) far.lost({ code: 'unplugged', detail: `${where} was unplugged` });
  });
  const reading =
    printer.inEndpoint === undefined ? undefined : read(device, printer.inEndpoint, where, far, closing.signal);

  async function close(): Promise<void> {
    if (closing.signal.aborted) return;
    closing.abort();
    endWatch();
    await reading;
    await quietly(() => device.releaseInterface(printer.interfaceNumber));
    if (hadKernelDriver) await quietly(() => device.attachKernelDriver(printer.interfaceNumber));
    await quietly(() => device.close());
  }

  return {
    async send(piece): Promise<Sent> {
      try {
        const { bytesWritten, status } = await device.transferOut(printer.outEndpoint, piece, SEND_LIMIT_MS);
        if (status === 'stall')
          return { took: 'unknown', trouble: { code: 'printer-error', detail: `${where} stalls` } };
        return { took: bytesWritten };
      } catch (error) {
        return { took: 'unknown', trouble: usbTrouble(error, where) };
      }
    },
    close,
    abandon: close,
  };
}

async function read(
  device: UsbDeviceLike,
  endpoint: number,
  where: string,
  far: FarEnd,
  closing: AbortSignal,
): Promise<void> {
  while (!closing.aborted) {
    try {
      const { data } = await device.transferIn(endpoint, READ_BYTES, LISTEN_MS);
      if (data === undefined || data.byteLength === 0) await pause();
      else far.heard(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    } catch (error) {
      const trouble = usbTrouble(error, where);
      // Nobody had anything to say.
      if (trouble.code === 'timeout') continue;
      if (!closing.aborted) far.lost(trouble);
      return;
    }
  }
}

/** Some printers answer with nothing at once, for ever. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 15);
  });
}

async function quietly(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch {
    // The device has gone; there is nothing left to give back.
  }
}

/** The package speaks in words. Source  `nusb` 0.2, TransferError and Error; measured on a virtual device. */
const WORDS: readonly (readonly [RegExp, LineTrouble['code']])[] = [
  [/cancell?ed|timed? ?out/i, 'timeout'],
  [/busy|in use|exclusive/i, 'busy'],
  [/permission|access/i, 'permission'],
  [/unsupported/i, 'unsupported'],
  [/disconnected|no such device|not found|fault|no device/i, 'unplugged'],
  [/stall/i, 'printer-error'],
];

export function usbTrouble(error: unknown, where: string): LineTrouble {
  const words = error instanceof Error ? error.message : String(error);
  const code = WORDS.find(([pattern]) => pattern.test(words))?.[1];
  if (code === undefined || systemCode(error)?.startsWith('E') === true) return systemTrouble(error, where);
  return { code, detail: `${where}: ${words.slice(0, 200)}` };
}
