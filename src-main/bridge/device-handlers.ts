/** The till's side of the calls about devices. */
import type { Till } from '../core/application/till.ts';
import type { Handlers } from '../core/contract/contract.ts';
import { readDeviceFile } from '../core/contract/device-readers.ts';
import type { DeviceCalls } from '../core/contract/device-views.ts';
import { fault } from '../core/domain/fault.ts';
import { err, ok } from '../core/domain/result.ts';
import { deviceFileView, devicesView, deviceView, discoveryView } from './views/device-view.ts';

export function deviceHandlers(till: Till): Pick<Handlers, keyof DeviceCalls> {
  const { devices } = till;
  return {
    'devices.view': async () => ok(devicesView(till)),
    'devices.look': async () => {
      await devices.look();
      return ok(devicesView(till));
    },
    'devices.discover': async ({ network }) => {
      const found = await devices.discover(network);
      return found.ok ? ok(discoveryView(till, found.value)) : found;
    },
    'devices.identify': ({ line }) => devices.identify(line),
    'devices.try': ({ device, job }) => devices.tryOut(device, job),
    'devices.test': ({ deviceId, job }) => devices.test(deviceId, job),
    'devices.stop': async () => {
      devices.stopTrying();
      return ok({});
    },
    'devices.pair': async ({ device }) => {
      const paired = devices.pair(device);
      return paired.ok ? ok(deviceView(till, paired.value)) : paired;
    },
    'devices.forget': async ({ deviceId, reason }) => {
      const forgotten = devices.forget(deviceId, reason);
      return forgotten.ok ? ok(devicesView(till)) : forgotten;
    },
    'devices.export': async ({ deviceId }) => {
      const device = devices.paired().find(({ id }) => id === deviceId);
      if (!device) return err(fault('device.unknown', `no device has the id ${deviceId}`, { id: deviceId }));
      return ok(deviceFileView(device));
    },
    'devices.import': async ({ text }) => {
      const device = readDeviceFile(text);
      if (device) return ok({ device });
      return err(fault('device.file-invalid', 'this is no device of a till, or one of a newer program'));
    },
  };
}
