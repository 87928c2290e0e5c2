/** All devices of the real till: the rack, what use cases hold of it, and the technician's workshop. */
import path from 'node:path';
import { createDisplayGroup } from '../../adapters/devices/displays/display-group.ts';
import { profileWith } from '../../adapters/devices/printers/printer-profile.ts';
import type { PrinterProfile } from '../../adapters/devices/printers/printer-profile.ts';
import type { DeviceLines } from '../../adapters/devices/transports/device-lines.ts';
import { createProfileShelf } from '../../adapters/devices/workshop/profile-shelf.ts';
import type { Log } from '../../core/application/ports/system.ts';
import type { TillParts } from '../../core/application/till-parts.ts';
import type { PairedDevice } from '../../core/domain/devices/device.ts';
import type { SlipFrame } from '../../core/domain/slips/slip-frame.ts';
import { loadPrinterProfile, PROFILE_FOLDER } from '../devices.ts';
import type { Foundation } from '../foundation.ts';
import { lazily } from '../lazily.ts';
import { drawerOf, joinDisplays, printerOf, workshopOf } from './device-facades.ts';
import { createRack } from './device-rack.ts';

export type TillDevices = Readonly<{
  parts: Required<Pick<TillParts, 'printer' | 'drawer' | 'display' | 'rack' | 'workshop' | 'spoolFolder'>>;
  /**
   * Opens what is paired and looks at it from now on; before, a line is opened when a job needs it. Loads the drivers also where nothing is
   * paired, so that no customer waits for that at the first slip.
   */
  start(): void;
  close(): Promise<void>;
}>;

/** Loaded once, whoever asks first. */
const drivers = () => import('./drivers.ts');

const SPOOL_PROFILE = 'generic-80mm';

export function createTillDevices(
  foundation: Foundation,
  /** Called once, when the first line is needed. */
  openLines: () => Promise<DeviceLines>,
): TillDevices {
  const { store, directory, clock, timers, ids, log } = foundation;
  const shelf = createProfileShelf(PROFILE_FOLDER);
  // Until a printer is paired, slips wait as files in the spool, where a technician can look at them.
  const spoolFolder = path.join(directory.spool, 'printer');
  const spoolProfile = loadPrinterProfile(store.settings()?.printerProfile ?? SPOOL_PROFILE);
  const spool = lazily(async () => {
    const { createEscPosPrinter, createFileTransport } = await drivers();
    return createEscPosPrinter(spoolProfile, createFileTransport(spoolFolder));
  });
  const rack = createRack({
    store,
    clock,
    timers,
    log,
    openLines,
    async drivers() {
      const { driveDevice } = await drivers();
      return (device, transport) => driveDevice(device, transport, { shelf, clock, timers });
    },
  });
  const display = createDisplayGroup();
  let warm: Promise<void> | undefined;
  joinDisplays(rack, display, log);
  const bench = lazily(async () =>
    (await drivers()).createDeviceWorkshop({
      shelf,
      clock,
      timers,
      ids,
      lines: () => rack.lines(),
      lend: (line) => rack.lend(line),
      frame: () => frameOfSlips(foundation),
    }),
  );
  const profileOf = (device: PairedDevice): PrinterProfile | undefined => {
    const profile = shelf.printer(device.profileId);
    return profile && profileWith(profile, device.printer);
  };
  const printer = printerOf(rack, {
    spool,
    spoolProfile,
    profileOf,
    previewOn: async (paper, document) => (await drivers()).previewOn(paper, document),
  });
  return {
    parts: { printer, drawer: drawerOf(rack), display, rack, workshop: workshopOf(shelf, bench), spoolFolder },
    start() {
      rack.start();
      warm = warmUp(log);
    },
    async close() {
      // What loads a file of the program does not outlive it.
      await warm;
      await rack.close();
      await display.close();
      await printer.close();
    },
  };
}

async function warmUp(log: Log): Promise<void> {
  try {
    await drivers();
  } catch (error) {
    log.error('the drivers of devices cannot be loaded', { error: String(error) });
  }
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
