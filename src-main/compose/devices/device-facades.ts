/** Printer, drawer and displays as use cases hold them: they stand for whatever is paired at the moment of a call. */
import type { DisplayGroup } from '../../adapters/devices/displays/display-group.ts';
import { paperOf } from '../../adapters/devices/printers/printer-profile.ts';
import type { PrinterProfile } from '../../adapters/devices/printers/printer-profile.ts';
import { UNKNOWN_STATUS } from '../../adapters/devices/printers/printer-status.ts';
import type { ProfileShelf } from '../../adapters/devices/workshop/profile-shelf.ts';
import type { CashDrawer } from '../../core/application/ports/cash-drawer.ts';
import type { DeviceFault } from '../../core/application/ports/device-fault.ts';
import type { DeviceWorkshop } from '../../core/application/ports/device-workshop.ts';
import type { SlipPrinter } from '../../core/application/ports/slip-printer.ts';
import type { Log } from '../../core/application/ports/system.ts';
import { lineText } from '../../core/domain/devices/device.ts';
import type { PairedDevice } from '../../core/domain/devices/device.ts';
import type { SlipDocument } from '../../core/domain/slips/slip-document.ts';
import type { Lazily } from '../lazily.ts';
import type { Rack } from './device-rack.ts';

export type PrinterParts = Readonly<{
  /** Prints while no printer is paired. */
  spool: Lazily<SlipPrinter>;
  spoolProfile: PrinterProfile;
  /** Undefined: this program does not have the profile. */
  profileOf: (printer: PairedDevice) => PrinterProfile | undefined;
  previewOn: (paper: PrinterProfile, document: SlipDocument) => ReturnType<SlipPrinter['preview']>;
}>;

/** What slips have to know of their paper is known without a driver; a preview and a print load them. */
export function printerOf(rack: Rack, { spool, spoolProfile, profileOf, previewOn }: PrinterParts): SlipPrinter {
  const profile = (): PrinterProfile => {
    const paired = rack.paired('printer');
    return (paired && profileOf(paired)) ?? spoolProfile;
  };
  return {
    get name() {
      return paperOf(profile()).name;
    },
    get columns() {
      return paperOf(profile()).columns;
    },
    get codePageName() {
      return paperOf(profile()).codePageName;
    },
    preview: (document) => previewOn(profile(), document),
    async print(job, cancel) {
      const paired = rack.paired('printer');
      if (!paired) return (await spool()).print(job, cancel);
      const held = await rack.held('printer');
      const { printer } = held?.driver ?? {};
      if (!held || !printer) return { state: 'refused', fault: whyNot(rack, paired) };
      return held.busy(async () => {
        const ready = await held.ready();
        return ready.ok ? printer.print(job, cancel) : { state: 'refused', fault: { ...ready.error, sent: 'none' } };
      });
    },
    async status() {
      const held = await rack.held('printer');
      return (await held?.driver.printer?.status()) ?? UNKNOWN_STATUS;
    },
    onLateWord: (listener) => rack.onHeld(({ driver }) => void driver.printer?.onLateWord?.(listener)),
    close: async () => (await spool.sofar())?.close(),
  };
}

/** Without a drawer on the paired printer, and without a printer, the key opens the box. */
export function drawerOf(rack: Rack): CashDrawer {
  const hasDrawer = (): boolean => rack.paired('printer')?.printer?.drawer !== undefined;
  return {
    async open(request, cancel) {
      const paired = rack.paired('printer');
      if (!paired || !hasDrawer()) return { state: 'none' };
      const held = await rack.held('printer');
      const { drawer } = held?.driver ?? {};
      // Not as a job of the printer: a box must open also while it prints.
      return drawer ? drawer.open(request, cancel) : { state: 'refused', fault: whyNot(rack, paired) };
    },
    async state() {
      const drawer = hasDrawer() ? (await rack.held('printer'))?.driver.drawer : undefined;
      return drawer?.state() ?? 'unknown';
    },
  };
}

function whyNot(rack: Rack, { id, line, name }: PairedDevice): DeviceFault {
  const fault = rack.state(id)?.fault;
  if (fault?.code === 'unsupported') return fault;
  return { code: 'busy', sent: 'none', detail: `${name}: a technician is at work on ${lineText(line)}` };
}

/** The technician's bench, which is set up when it is used; the profiles lie beside it. */
export function workshopOf(shelf: ProfileShelf, bench: () => Promise<DeviceWorkshop>): DeviceWorkshop {
  return {
    profiles: () => shelf.all(),
    discover: async (network) => (await bench()).discover(network),
    identify: async (line) => (await bench()).identify(line),
    tryOut: async (draft, job, cancel) => (await bench()).tryOut(draft, job, cancel),
  };
}

/** Displays come and go in the group as they are paired, borrowed and forgotten. */
export function joinDisplays(rack: Rack, group: DisplayGroup, log: Log): void {
  rack.onHeld(({ driver: { display }, device }) => {
    if (!display) return;
    void group.add(display).then((shown) => {
      if (!shown.ok) log.warn('customer display', { role: device.role, code: shown.error.code });
      return shown;
    });
  });
  rack.onReleased(({ driver: { display } }) => {
    if (display) void group.remove(display);
  });
}
