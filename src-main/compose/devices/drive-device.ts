/** From a paired device and its line to what drives it: the one place where role and profile choose an implementation. */
import { createLineDisplay } from '../../adapters/devices/displays/line-display.ts';
import { withDisplayTraits } from '../../adapters/devices/displays/display-profile.ts';
import { createQrDisplay } from '../../adapters/devices/displays/qr-display.ts';
import { createEscPosCashDrawer } from '../../adapters/devices/drawers/escpos-cash-drawer.ts';
import { createEscPosPrinter, printerOptions } from '../../adapters/devices/printers/escpos-printer.ts';
import { obstacleIn } from '../../adapters/devices/printers/printer-status.ts';
import { profileWith } from '../../adapters/devices/printers/printer-profile.ts';
import type { PrinterProfile } from '../../adapters/devices/printers/printer-profile.ts';
import { createSerialScanner } from '../../adapters/devices/scanners/serial-scanner.ts';
import type { ByteTransport } from '../../adapters/devices/transports/byte-transport.ts';
import type { ProfileShelf } from '../../adapters/devices/workshop/profile-shelf.ts';
import type { SlipPrinter } from '../../core/application/ports/slip-printer.ts';
import type { Clock, Timers } from '../../core/application/ports/system.ts';
import type { PairedDevice } from '../../core/domain/devices/device.ts';
import { err, ok, unreachable } from '../../core/domain/result.ts';
import type { Result } from '../../core/domain/result.ts';
import type { SlipDocument } from '../../core/domain/slips/slip-document.ts';
import type { DeviceDriver } from './held-device.ts';

type Parts = Readonly<{ shelf: ProfileShelf; clock: Clock; timers: Timers }>;

/** Errors: the profile is not of this program. */
export function driveDevice(
  device: PairedDevice,
  transport: ByteTransport,
  { shelf, ...time }: Parts,
): Result<DeviceDriver, string> {
  const { role, profileId } = device;
  switch (role) {
    case 'printer': {
      const profile = shelf.printer(profileId);
      return profile ? ok(printerDriver(profileWith(profile, device.printer), device, transport)) : noProfile(device);
    }
    case 'display': {
      const profile = shelf.display(profileId);
      if (!profile) return noProfile(device);
      const display = createLineDisplay(withDisplayTraits(profile, device.display), transport, time);
      return ok({ display, close: () => display.close() });
    }
    case 'qr-display': {
      const profile = shelf.qrDisplay(profileId);
      if (!profile) return noProfile(device);
      const display = createQrDisplay(profile, transport, time);
      return ok({ display, close: () => display.close() });
    }
    case 'scanner': {
      const scanner = createSerialScanner(device.scanner ?? {}, transport, time);
      return ok({ onScan: (listener) => scanner.onScan(listener), close: () => scanner.close() });
    }
    default:
      return unreachable(role);
  }
}

function printerDriver(profile: PrinterProfile, device: PairedDevice, transport: ByteTransport): DeviceDriver {
  const printer = createEscPosPrinter(profile, transport, printerOptions(device.line));
  const { drawer: hung } = device.printer ?? {};
  const sensor = hung?.openLevel === undefined ? {} : { openLevel: hung.openLevel };
  const drawer = hung && createEscPosCashDrawer(profile, transport, sensor);
  return { printer, ...(drawer && { drawer }), obstacle: obstacleIn, close: () => printer.close() };
}

function noProfile({ role, profileId }: PairedDevice): Result<never, string> {
  return err(`this program has no ${role} profile "${profileId}"`);
}

/** A slip as it would be printed on this paper, whatever line the printer is on. Errors: as of `SlipPrinter.preview`. */
export function previewOn(profile: PrinterProfile, document: SlipDocument): ReturnType<SlipPrinter['preview']> {
  return createEscPosPrinter(profile, NO_LINE).preview(document);
}

const NO_LINE: ByteTransport = {
  id: 'none',
  kind: 'file',
  canRead: false,
  write: () => Promise.resolve(err({ code: 'unsupported', sent: 'none', detail: 'no line' })),
  onData: () => () => undefined,
  close: () => Promise.resolve(),
};
