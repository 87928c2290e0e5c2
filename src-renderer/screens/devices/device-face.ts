/** How a device stands, as one word and a tone: what is wrong first, then whether it is there. */
import type { DeviceView } from '../../../src-main/core/contract/device-views.ts';
import type { DeviceFaultCode } from '../../../src-main/core/domain/devices/device-fault.ts';
import type { DeviceRole } from '../../../src-main/core/domain/devices/device.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Words } from '../../text/words.ts';

export type Face = Readonly<{ words: string; tone: 'paid' | 'danger' | 'doubt' | 'ended' }>;
export type FaultText = Readonly<{ title: string; todo: string }>;

export const ROLE_ICONS: Readonly<Record<DeviceRole, IconName>> = {
  printer: 'printer',
  display: 'screen',
  'qr-display': 'qr',
  scanner: 'scan',
};

/** A code that this window does not know is a failure of the line. */
export function deviceFaultText(words: Words, code: string): FaultText {
  // Every code that the till knows has words, or this does not compile.
  const known: Readonly<Record<DeviceFaultCode, FaultText> & Record<string, FaultText>> = words.devices.faults;
  return known[code] ?? known.io;
}

export function deviceFace(words: Words, device: DeviceView | undefined): Face {
  const text = words.devices;
  if (!device) return { words: text.notPaired, tone: 'ended' };
  const { fault, connected, paper } = device.state;
  if (fault !== undefined) return { words: deviceFaultText(words, fault).title, tone: 'danger' };
  if (connected === 'no') return { words: text.connected.no, tone: 'danger' };
  if (paper === 'low') return { words: text.paper.low, tone: 'doubt' };
  return { words: text.connected[connected], tone: connected === 'yes' ? 'paid' : 'ended' };
}
