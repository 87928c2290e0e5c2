/** The obedient till's answers about devices: everything that is tried works, and a printer tells of its open cover. */
import type { CallRequest, Calls } from '../../../../src-main/core/contract/contract.ts';
import type { DeviceCalls } from '../../../../src-main/core/contract/device-views.ts';
import { writeDeviceFile } from '../../../../src-main/core/contract/device-readers.ts';
import { lineText } from '../../../../src-main/core/domain/devices/device.ts';
import type { TryOutJob, TryOutResult } from '../../../../src-main/core/domain/devices/try-out.ts';
import { PROFILES } from './device-views.ts';
import type { FakeTill } from './fake-till.ts';

type Usual = { [Name in keyof DeviceCalls]?: (till: FakeTill, request: CallRequest<Name>) => Calls[Name]['reply'] };

/** Asked a second time the printer stands open, as the guide has just asked for it. */
function tried(till: FakeTill, job: TryOutJob): TryOutResult {
  const asked = till.callsOf('devices.try').filter(({ request }) => (request as { job: TryOutJob }).job === job);
  switch (job) {
    case 'status':
      return {
        outcome: 'answered',
        status: { online: 'yes', paper: 'ok', cover: asked.length % 2 === 0 ? 'open' : 'closed' },
      };
    case 'proof-printed':
      return { outcome: 'printed' };
    case 'proof-processed':
      return { outcome: 'processed' };
    case 'drawer-level':
      return { outcome: 'answered', level: asked.length % 2 === 0 ? 'low' : 'high' };
    case 'scan':
      return { outcome: 'answered', text: 'VENTANILLA 0123456789' };
    default:
      return { outcome: 'sent' };
  }
}

export const USUAL_DEVICES: Usual = {
  'devices.view': (till) => till.devices,
  'devices.discover': (till) => till.discovery,
  'devices.identify': () => ({ answer: 'silent' }),
  'devices.try': (till, { job }) => tried(till, job),
  'devices.test': (till, { job }) => tried(till, job),
  'devices.stop': () => ({}),
  'devices.pair': (till, { device }) => {
    const paired = {
      id: `01DEVICE${till.calls.length}`,
      ...device,
      profileName: PROFILES.find(({ id }) => id === device.profileId)?.name ?? '',
      lineText: lineText(device.line),
      state: {
        connected: 'yes',
        online: 'yes',
        paper: 'ok',
        cover: 'closed',
        drawer: device.printer?.drawer ? 'closed' : 'none',
        sinceMs: Date.now(),
      },
    } as const;
    const others = till.devices.devices.filter(({ role }) => role !== device.role);
    till.devices = { ...till.devices, devices: [...others, paired] };
    return paired;
  },
  'devices.forget': (till, { deviceId }) => {
    till.devices = { ...till.devices, devices: till.devices.devices.filter(({ id }) => id !== deviceId) };
    return till.devices;
  },
  'devices.export': (till, { deviceId }) => {
    const device = till.devices.devices.find(({ id }) => id === deviceId);
    if (!device) throw new Error(`the test knows no device ${deviceId}`);
    const { id: _id, profileName: _name, lineText: _line, state: _state, ...draft } = device;
    const text = writeDeviceFile(draft);
    return { fileName: `${device.role}-${device.profileId}.json`, text, qrData: text };
  },
  'devices.import': (_till, { text }) => ({ device: (JSON.parse(text) as { device: never }).device }),
};
