/** A native driver that crashes takes its process with it: none may ever be loaded into the till itself. */
import { expect, test } from 'vitest';
import { reachableFrom } from '../support/reachable.ts';

const DRIVERS = ['serialport', 'usb', 'koffi', 'bonjour-service'];

test.each(['src-main/entry/electron.ts', 'src-main/entry/chromium.ts', 'src-main/entry/cli.ts'])(
  'no device driver can be reached from %s',
  (entry) => {
    const { files, packages } = reachableFrom(entry, 'at once or later');
    expect(files.size).toBeGreaterThan(100);
    expect(DRIVERS.filter((name) => packages.has(name))).toEqual([]);
    expect([...files].filter((file) => file.endsWith('local-lines.ts'))).toEqual([]);
  },
);

test('the device process reaches them all', () => {
  const { packages } = reachableFrom('src-main/adapters/devices/process/device-process-main.ts', 'at once or later');
  expect(DRIVERS.filter((name) => !packages.has(name))).toEqual([]);
});
