/** What a device must be before it is paired: pure rules over what was asked and what is paired already. */
import { lineText } from './device.ts';
import type { DeviceIdentity, DeviceRole, LineAddress, LineKind, PairedDevice } from './device.ts';
import type { DeviceDraft } from './try-out.ts';

/** On which lines a device of this role can be. A folder takes slips alone. */
export const LINES_OF_ROLE: Readonly<Record<DeviceRole, readonly LineKind[]>> = {
  printer: ['devfile', 'serial', 'tcp', 'usb', 'spooler', 'folder'],
  display: ['serial', 'tcp', 'devfile', 'usb'],
  'qr-display': ['serial', 'tcp', 'devfile', 'usb'],
  scanner: ['serial', 'tcp', 'devfile'],
};

export function canCarry(role: DeviceRole, line: LineAddress): boolean {
  return LINES_OF_ROLE[role].includes(line.kind);
}

/** Two addresses with one key are one line: a port is opened once, whoever asks for it. */
export function lineKey(line: LineAddress): string {
  switch (line.kind) {
    case 'serial':
    case 'devfile':
    case 'folder':
      return line.path;
    default:
      return lineText(line);
  }
}

/** The device that holds a line already, itself apart. A display behind a printer may share the printer's. */
export function holderOf(
  draft: Pick<DeviceDraft, 'role' | 'line'> & Readonly<{ id?: string; sharesLine?: boolean }>,
  paired: readonly PairedDevice[],
): PairedDevice | undefined {
  return paired.find((device) => {
    if (device.id === draft.id || device.role === draft.role) return false;
    if (lineKey(device.line) !== lineKey(draft.line)) return false;
    return !(draft.sharesLine === true && device.role === 'printer');
  });
}

/** Same device by what does not change when a cable moves: serial number, else the place on the bus. */
export function isSameDevice(one: DeviceIdentity | undefined, other: DeviceIdentity | undefined): boolean {
  if (!one || !other) return false;
  if (one.vendorId !== other.vendorId || one.productId !== other.productId) return false;
  if (one.serialNumber !== undefined || other.serialNumber !== undefined)
    return one.serialNumber === other.serialNumber;
  return one.busPath !== undefined && one.busPath === other.busPath;
}
