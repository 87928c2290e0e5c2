import { expect, test } from 'vitest';
import { canCarry, holderOf, isSameDevice, lineKey } from '../../../../src-main/core/domain/devices/device-rules.ts';
import { lineText } from '../../../../src-main/core/domain/devices/device.ts';
import type { LineAddress, PairedDevice } from '../../../../src-main/core/domain/devices/device.ts';

const SERIAL: LineAddress = { kind: 'serial', path: '/dev/ttyUSB0', baudRate: 9_600, flow: 'none' };
const PRINTER: PairedDevice = { id: 'P', role: 'printer', name: 'Counter', profileId: 'generic-80mm', line: SERIAL };

test('a line is one line whatever its speed: two devices on it are one too many', () => {
  const faster: LineAddress = { ...SERIAL, baudRate: 115_200 };
  expect(lineKey(faster)).toBe(lineKey(SERIAL));
  expect(holderOf({ role: 'display', line: faster }, [PRINTER])).toBe(PRINTER);
  expect(holderOf({ role: 'display', line: { ...SERIAL, path: '/dev/ttyUSB1' } }, [PRINTER])).toBeUndefined();
});

test('a printer may take the line of the printer that it replaces, and a device keeps its own', () => {
  expect(holderOf({ role: 'printer', line: SERIAL }, [PRINTER])).toBeUndefined();
  expect(holderOf({ id: 'P', role: 'printer', line: SERIAL }, [PRINTER])).toBeUndefined();
});

test('only a display that is made to share stands on the printer’s line', () => {
  expect(holderOf({ role: 'display', line: SERIAL, sharesLine: true }, [PRINTER])).toBeUndefined();
  expect(holderOf({ role: 'scanner', line: SERIAL }, [PRINTER])).toBe(PRINTER);
});

test('a serial number tells a device wherever it hangs; without one its place on the bus does', () => {
  const ids = { vendorId: 0x04b8, productId: 0x0e28 };
  expect(
    isSameDevice({ ...ids, serialNumber: 'A', busPath: '1-1' }, { ...ids, serialNumber: 'A', busPath: '3-2' }),
  ).toBe(true);
  expect(isSameDevice({ ...ids, serialNumber: 'A' }, { ...ids, serialNumber: 'B' })).toBe(false);
  expect(isSameDevice({ ...ids, serialNumber: 'A', busPath: '1-1' }, { ...ids, busPath: '1-1' })).toBe(false);
  expect(isSameDevice({ ...ids, busPath: '1-1' }, { ...ids, busPath: '1-1' })).toBe(true);
  expect(isSameDevice({ ...ids, busPath: '1-1' }, { ...ids, busPath: '1-2' })).toBe(false);
  expect(isSameDevice(ids, ids)).toBe(false);
  expect(isSameDevice(undefined, undefined)).toBe(false);
});

test('a scanner is read, so no queue and no folder can carry it; slips go to a folder too', () => {
  const folder: LineAddress = { kind: 'folder', path: '/var/spool/till' };
  const queue: LineAddress = { kind: 'spooler', queue: 'POS-80' };
  expect([canCarry('printer', folder), canCarry('printer', queue)]).toEqual([true, true]);
  expect([canCarry('scanner', folder), canCarry('scanner', queue), canCarry('display', folder)]).toEqual([
    false,
    false,
    false,
  ]);
});

test('each kind of line has a name for lists and logs', () => {
  const lines: readonly LineAddress[] = [
    SERIAL,
    { kind: 'tcp', host: '10.0.0.7', port: 9_100 },
    { kind: 'devfile', path: '/dev/usb/lp0' },
    { kind: 'usb', vendorId: 0x04b8, productId: 0x202, serialNumber: 'X1' },
    { kind: 'spooler', queue: 'POS-80' },
    { kind: 'folder', path: '/spool' },
  ];
  expect(lines.map(lineText)).toEqual([
    'serial /dev/ttyUSB0 9600',
    'tcp 10.0.0.7:9100',
    'file /dev/usb/lp0',
    'usb 04b8:0202 X1',
    'queue POS-80',
    'folder /spool',
  ]);
});
