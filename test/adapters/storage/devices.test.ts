/** Paired devices as facts of the journal. */
import { expect, test } from 'vitest';
import { openDatabase } from '../../../src-main/adapters/storage/database.ts';
import { migrate } from '../../../src-main/adapters/storage/migrate.ts';
import { MIGRATIONS } from '../../../src-main/adapters/storage/migrations/index.ts';
import { compareTables, replay } from '../../../src-main/adapters/storage/replay.ts';
import { createTillStore } from '../../../src-main/adapters/storage/till-store.ts';
import type { PairedDevice } from '../../../src-main/core/domain/devices/device.ts';
import type { JournalEvent } from '../../../src-main/core/domain/journal-event.ts';
import Database from 'better-sqlite3';

const PRINTER: PairedDevice = {
  id: 'D1',
  role: 'printer',
  name: 'Epson on the counter',
  profileId: 'epson-tm-t88',
  line: { kind: 'serial', path: '/dev/ttyUSB0', baudRate: 9_600, flow: 'rts-cts' },
  identity: { vendorId: 0x0403, productId: 0x6001, serialNumber: 'A50285BI' },
  printer: { columns: 42, drawer: { pin: 0, openLevel: 'high' } },
};
const DISPLAY: PairedDevice = {
  id: 'D2',
  role: 'display',
  name: 'Pole',
  profileId: 'escpos-2x20',
  line: { kind: 'tcp', host: '192.168.1.9', port: 9100 },
};

const paired = (device: PairedDevice): JournalEvent => ({ type: 'device.paired', v: 1, device });
const forgotten = (deviceId: string): JournalEvent => ({ type: 'device.forgotten', v: 1, deviceId, reason: 'broke' });

function open() {
  const db = openDatabase(':memory:');
  return { db, store: createTillStore(db, { clock: { nowMs: () => 1_000 } }) };
}

test('a paired device is kept as it was paired last, and a forgotten one is gone', () => {
  const { store } = open();
  store.commit([paired(PRINTER), paired(DISPLAY)]);
  expect(store.devices()).toEqual([DISPLAY, PRINTER]);
  const moved = { ...PRINTER, name: 'Epson at the door', line: { kind: 'devfile', path: '/dev/usb/lp0' } } as const;
  store.commit([paired(moved)]);
  expect(store.devices()).toEqual([DISPLAY, moved]);
  store.commit([forgotten('D1')]);
  expect(store.devices()).toEqual([DISPLAY]);
  expect(store.entriesAbout('D1').map(({ event }) => event.type)).toEqual([
    'device.paired',
    'device.paired',
    'device.forgotten',
  ]);
});

test('one device a role: another one takes its place only when the first is forgotten in the same commit', () => {
  const { store } = open();
  const second = { ...PRINTER, id: 'D3' };
  store.commit([paired(PRINTER)]);
  expect(() => store.commit([paired(second)])).toThrow(/D3 paired as printer beside D1/);
  expect(() => store.commit([paired({ ...DISPLAY, id: 'D1' })])).toThrow(/D1 is a printer, never a display/);
  expect(() => store.commit([forgotten('D9')])).toThrow(/D9 was never paired/);
  expect(store.devices()).toEqual([PRINTER]);
  store.commit([forgotten('D1'), paired(second)]);
  expect(store.devices()).toEqual([second]);
});

test('replaying the journal gives the same devices', () => {
  const { db, store } = open();
  store.commit([paired(PRINTER), paired(DISPLAY)]);
  store.commit([forgotten('D1'), paired({ ...PRINTER, id: 'D4' })]);
  store.commit([forgotten('D2')]);
  const again = openDatabase(':memory:');
  expect(replay(db, again)).toBe(5);
  expect(compareTables(db, again)).toEqual([]);
  db.prepare("UPDATE device SET detail = replace(detail, 'counter', 'door')").run();
  expect(compareTables(db, again)).toMatchObject([{ table: 'device', column: 'detail' }]);
});

test('a till from before has no devices, and can pair one', () => {
  const db = new Database(':memory:');
  migrate(db, MIGRATIONS.slice(0, 3));
  migrate(db, MIGRATIONS);
  const store = createTillStore(db, { clock: { nowMs: () => 1_000 } });
  expect(store.devices()).toEqual([]);
  store.commit([paired(PRINTER)]);
  expect(store.devices()).toEqual([PRINTER]);
});
