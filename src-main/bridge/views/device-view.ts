/** Devices as they are shown: what is paired, and how it stands. */
import type { Till } from '../../core/application/till.ts';
import type { DeviceState } from '../../core/application/ports/device-rack.ts';
import type { Discovered } from '../../core/application/ports/device-workshop.ts';
import type {
  DeviceFileView,
  DevicesView,
  DeviceStateView,
  DeviceView,
  DiscoveryView,
} from '../../core/contract/device-views.ts';
import { writeDeviceFile } from '../../core/contract/device-readers.ts';
import { isSameDevice, lineKey } from '../../core/domain/devices/device-rules.ts';
import { lineText } from '../../core/domain/devices/device.ts';
import type { FoundLine, PairedDevice } from '../../core/domain/devices/device.ts';

export function devicesView(till: Till): DevicesView {
  const { canPair, spoolFolder } = till.devices;
  const devices = till.devices.paired().map((device) => deviceView(till, device));
  const hasPrinter = devices.some(({ role }) => role === 'printer');
  return {
    canPair,
    devices,
    profiles: till.devices.profiles(),
    ...(!hasPrinter && spoolFolder !== undefined && { spoolFolder }),
  };
}

export function deviceView(till: Till, device: PairedDevice): DeviceView {
  const profile = till.devices.profiles().find(({ id, role }) => id === device.profileId && role === device.role);
  return {
    ...device,
    profileName: profile?.name ?? device.profileId,
    lineText: lineText(device.line),
    state: stateView(device, till.devices.state(device.id)),
  };
}

function stateView({ printer }: PairedDevice, state: DeviceState | undefined): DeviceStateView {
  const { status, fault } = state ?? {};
  return {
    connected: state?.connected ?? 'unknown',
    online: status?.online ?? 'unknown',
    paper: status?.paper ?? 'unknown',
    cover: status?.cover ?? 'unknown',
    drawer: drawerView(printer, state),
    ...(fault && { fault: fault.code, detail: fault.detail }),
    sinceMs: state?.sinceMs ?? 0,
  };
}

function drawerView(printer: PairedDevice['printer'], state: DeviceState | undefined): DeviceStateView['drawer'] {
  if (printer?.drawer === undefined) return 'none';
  return printer.drawer.openLevel === undefined ? 'no-sensor' : (state?.drawer ?? 'unknown');
}

export function discoveryView(till: Till, { lines, problems }: Discovered): DiscoveryView {
  const paired = till.devices.paired();
  const holder = (found: FoundLine): PairedDevice | undefined =>
    paired.find(
      ({ line, identity }) => lineKey(line) === lineKey(found.line) || isSameDevice(identity, found.identity),
    );
  return {
    lines: lines.map((found) => {
      const device = holder(found);
      return { ...found, lineText: lineText(found.line), ...(device && { pairedAs: device.id }) };
    }),
    problems,
  };
}

/** What a QR of level L holds at most, with room to spare. */
const QR_BYTES_MAX = 1_500;

export function deviceFileView({ id: _id, ...draft }: PairedDevice): DeviceFileView {
  const text = writeDeviceFile(draft);
  const fits = new TextEncoder().encode(text).length <= QR_BYTES_MAX;
  return { fileName: `${draft.role}-${draft.profileId}.json`, text, ...(fits && { qrData: text }) };
}
