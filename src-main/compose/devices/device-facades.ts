/** Printer, drawer and displays as use cases hold them: they stand for whatever is paired at the moment of a call. */
import type { DisplayGroup } from '../../adapters/devices/displays/display-group.ts';
import type { CashDrawer } from '../../core/application/ports/cash-drawer.ts';
import type { DeviceFault } from '../../core/application/ports/device-fault.ts';
import type { SlipPrinter } from '../../core/application/ports/slip-printer.ts';
import type { Log } from '../../core/application/ports/system.ts';
import { lineText } from '../../core/domain/devices/device.ts';
import type { PairedDevice } from '../../core/domain/devices/device.ts';
import type { Rack } from './device-rack.ts';

/** What a slip has to know of its paper, without opening a line. */
export type Paper = Pick<SlipPrinter, 'name' | 'columns' | 'codePageName' | 'preview'>;

/** `spool` prints while no printer is paired. `paperOf`: undefined where the profile is gone. */
export function printerOf(
  rack: Rack,
  spool: SlipPrinter,
  paperOf: (printer: PairedDevice) => Paper | undefined,
): SlipPrinter {
  const paper = (): Paper => {
    const paired = rack.paired('printer');
    return (paired && paperOf(paired)) ?? spool;
  };
  return {
    get name() {
      return paper().name;
    },
    get columns() {
      return paper().columns;
    },
    get codePageName() {
      return paper().codePageName;
    },
    preview: (document) => paper().preview(document),
    async print(job, cancel) {
      const paired = rack.paired('printer');
      if (!paired) return spool.print(job, cancel);
      const held = await rack.held('printer');
      const { printer } = held?.driver ?? {};
      if (!held || !printer) return { state: 'refused', fault: whyNot(rack, paired) };
      return held.busy(async () => {
        const ready = await held.ready();
        return ready.ok ? printer.print(job, cancel) : { state: 'refused', fault: { ...ready.error, sent: 'none' } };
      });
    },
    async status() {
      const printer = rack.paired('printer') ? (await rack.held('printer'))?.driver.printer : spool;
      return (await printer?.status()) ?? { online: 'unknown', paper: 'unknown', cover: 'unknown' };
    },
    onLateWord: (listener) => rack.onHeld(({ driver }) => void driver.printer?.onLateWord?.(listener)),
    close: () => spool.close(),
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
