/** All devices of the real till: the rack, what use cases hold of it, and the technician's workshop. */
import path from 'node:path';
import { createDisplayGroup } from '../../adapters/devices/displays/display-group.ts';
import { createEscPosPrinter } from '../../adapters/devices/printers/escpos-printer.ts';
import { createFileTransport } from '../../adapters/devices/transports/file-transport.ts';
import type { DeviceLines } from '../../adapters/devices/transports/device-lines.ts';
import { createDeviceWorkshop } from '../../adapters/devices/workshop/device-workshop.ts';
import { createProfileShelf } from '../../adapters/devices/workshop/profile-shelf.ts';
import type { TillParts } from '../../core/application/till-parts.ts';
import type { SlipFrame } from '../../core/domain/slips/slip-frame.ts';
import { loadPrinterProfile, PROFILE_FOLDER } from '../devices.ts';
import type { Foundation } from '../foundation.ts';
import { drawerOf, joinDisplays, printerOf } from './device-facades.ts';
import { createRack } from './device-rack.ts';
import { driveDevice, paperOf } from './drive-device.ts';

export type TillDevices = Readonly<{
  parts: Required<Pick<TillParts, 'printer' | 'drawer' | 'display' | 'rack' | 'workshop' | 'spoolFolder'>>;
  /** Opens what is paired and looks at it from now on. Before, a line is opened when a job needs it. */
  start(): void;
  close(): Promise<void>;
}>;

const SPOOL_PROFILE = 'generic-80mm';

export function createTillDevices(
  foundation: Foundation,
  /** Called once, when the first line is needed. */
  openLines: () => DeviceLines,
): TillDevices {
  const { store, directory, clock, timers, ids, log } = foundation;
  const shelf = createProfileShelf(PROFILE_FOLDER);
  // Until a printer is paired, slips wait as files in the spool, where a technician can look at them.
  const spoolFolder = path.join(directory.spool, 'printer');
  const spoolProfile = loadPrinterProfile(store.settings()?.printerProfile ?? SPOOL_PROFILE);
  const spool = createEscPosPrinter(spoolProfile, createFileTransport(spoolFolder));
  const rack = createRack({
    store,
    clock,
    timers,
    log,
    openLines,
    drive: (device, transport) => driveDevice(device, transport, { shelf, clock, timers }),
  });
  const display = createDisplayGroup();
  joinDisplays(rack, display, log);
  const workshop = createDeviceWorkshop({
    shelf,
    clock,
    timers,
    ids,
    lines: () => rack.lines(),
    lend: (line) => rack.lend(line),
    frame: () => frameOfSlips(foundation),
  });
  const printer = printerOf(rack, spool, (device) => paperOf(device, shelf));
  return {
    parts: { printer, drawer: drawerOf(rack), display, rack, workshop, spoolFolder },
    start: () => rack.start(),
    async close() {
      await rack.close();
      await display.close();
      await printer.close();
    },
  };
}

/** A device may be paired before the till has settings. */
function frameOfSlips({ store }: Foundation): SlipFrame {
  const settings = store.settings();
  return {
    locale: settings?.language ?? 'es',
    timeZone: settings?.timeZone ?? 'UTC',
    shopName: settings?.shopName ?? 'Ventanilla',
    tillName: settings?.tillId ?? '-',
    mode: 'live',
    copyNumber: 0,
  };
}
