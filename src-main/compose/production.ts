/** The till with real networks and real money. */
import type { StartDeviceProcess } from '../adapters/devices/process/device-process.ts';
import type { DeviceLines } from '../adapters/devices/transports/device-lines.ts';
import { createAnnouncements } from '../bridge/announcements.ts';
import { createHandlers } from '../bridge/handlers.ts';
import type { Log } from '../core/application/ports/system.ts';
import { createTill } from '../core/application/till.ts';
import type { Till } from '../core/application/till.ts';
import { createBackupService } from './backup-service.ts';
import type { BackupService, BackupTrouble } from './backup-service.ts';
import { createTillDevices } from './devices/till-devices.ts';
import type { TillDevices } from './devices/till-devices.ts';
import { createGate } from './gate.ts';
import { createJournalWatch } from './journal-watch.ts';
import { layFoundation } from './foundation.ts';
import type { Foundation } from './foundation.ts';
import { createRelayEar } from './relay-ear.ts';
import type { RelayEar } from './relay-ear.ts';
import { createNetworks, createPairingParts, createPayoutNetworks } from './networks.ts';
import type { WindowTill } from './window-till.ts';

export type ComposedTill = Readonly<{
  foundation: Foundation;
  till: Till;
  /** Hears of notifications from the relay in the settings, once it is started; follows the settings. */
  ear: RelayEar;
  backups: BackupService;
  /** Printers, displays, scanner: opened when a job needs them, or all once they are started. */
  devices: TillDevices;
  close(): Promise<void>;
}>;

export type ProductionOptions = Readonly<{
  dataDirectory?: string;
  /** The host's way to start the process that owns the device drivers; by default Node's. */
  startDeviceProcess?: StartDeviceProcess;
}>;

/** The engine alone: for the command line, and below the windows. */
export function composeProduction(options: ProductionOptions = {}): ComposedTill {
  const { startDeviceProcess, ...place } = options;
  const foundation = layFoundation({ mode: 'production', ...place });
  const { store, directory, appVersion, clock, timers, ids, random, log } = foundation;
  const devices = createTillDevices(foundation, () => openRemoteLines(log, startDeviceProcess));
  const networks: Parameters<typeof createTill>[0]['networks'] = (settings, hearClock) =>
    createNetworks(foundation, settings, hearClock);
  const payoutNetworks: Parameters<typeof createTill>[0]['payoutNetworks'] = (settings, hearClock) =>
    createPayoutNetworks(foundation, settings, hearClock);
  const till = createTill({
    mode: 'production',
    appVersion,
    store,
    networks,
    payoutNetworks,
    clock,
    timers,
    ids,
    random,
    log,
    ...devices.parts,
    pairing: createPairingParts(foundation, directory.pictures),
  });
  const ear = createRelayEar(foundation, [till.sync.hints]);
  const backups = createBackupService(foundation, (trouble) => showTrouble(till, trouble));
  return {
    foundation,
    till,
    ear,
    backups,
    devices,
    async close() {
      await ear.stop();
      await backups.stop();
      await till.stop();
      await devices.close();
      foundation.close();
    },
  };
}

async function openRemoteLines(log: Log, start: StartDeviceProcess | undefined): Promise<DeviceLines> {
  const { createRemoteLines } = await import('../adapters/devices/process/remote-lines.ts');
  const { forkDeviceProcess } = await import('../adapters/devices/process/fork-process.ts');
  return createRemoteLines({ startProcess: start ?? (() => forkDeviceProcess()), log });
}

/** Also for the screens: who closes the shop looks there, not into a log. */
function showTrouble({ context }: Till, trouble: BackupTrouble | undefined): void {
  const wasShown = context.warnings.delete('backup');
  if (trouble) context.warnings.set('backup', { kind: 'backup', ...trouble });
  if (trouble || wasShown) context.touched();
}

export function composeWindowTill(options: ProductionOptions = {}): WindowTill & Readonly<{ till: Till }> {
  const { foundation, till, ear, backups, devices, close } = composeProduction(options);
  const announcements = createAnnouncements(till);
  const gate = createGate(createHandlers(till));
  const watch = createJournalWatch(foundation, (why) => {
    gate.shut(why);
    // Windows ask again, and hear why. What is on the line may end; nothing new is sent.
    till.context.touched();
    void till.sync.stop();
  });
  till.start();
  ear.start();
  backups.start();
  devices.start();
  watch.start();
  return {
    mode: 'production',
    till,
    handlers: gate.handlers,
    events: (hear) => announcements.listen((frame) => gate.pass(frame) && hear(frame)),
    clock: foundation.clock,
    log: foundation.log,
    dataDirectory: foundation.directory.root,
    async close() {
      announcements.close();
      await watch.stop();
      await close();
    },
  };
}
