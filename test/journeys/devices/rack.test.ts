/** The till's devices follow what is paired, without a restart. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createVirtualDrawer } from '../../../src-main/simulators/devices/virtual-drawer.ts';
import { openDeviceShop, openNetworkPrinter, openTerminalPrinter, value } from '../../support/device-shop.ts';
import type { DeviceShop, NetworkPrinter } from '../../support/device-shop.ts';

let shop: DeviceShop;
let counter: NetworkPrinter;

beforeEach(async () => {
  shop = openDeviceShop();
  counter = await openNetworkPrinter();
});
afterEach(async () => {
  await shop.close();
  await counter.close();
});

const testSlip = () => shop.handlers['slip.print']({ kind: 'test', subjectId: '' });

test('slips go to the spool until a printer is paired, onto its paper from then on, and back to the spool when it is forgotten', async () => {
  expect(value(await testSlip())).toMatchObject({ state: 'sent' });
  expect(shop.spooled()).toHaveLength(1);
  expect(value(await shop.handlers['devices.view']({}))).toMatchObject({ devices: [], canPair: true });

  const paired = value(await shop.handlers['devices.pair']({ device: counter.draft() }));
  expect(value(await testSlip())).toMatchObject({ state: 'printed' });
  expect([shop.spooled().length, counter.printer.papers().length]).toEqual([1, 1]);

  const after = value(await shop.handlers['devices.forget']({ deviceId: paired.id, reason: 'broke' }));
  expect(after.devices).toEqual([]);
  expect(after.spoolFolder).toContain('spool');
  expect(value(await testSlip())).toMatchObject({ state: 'sent' });
  expect([shop.spooled().length, counter.printer.papers().length]).toEqual([2, 1]);
});

test('what was paired is there after a restart, and no line is opened before a job needs it', async () => {
  value(await shop.handlers['devices.pair']({ device: counter.draft() }));
  await shop.restart();
  expect(value(await shop.handlers['devices.view']({})).devices).toMatchObject([
    { name: 'Counter', profileName: 'Epson TM-T88', lineText: `tcp 127.0.0.1:${counter.port}` },
  ]);
  expect(counter.received()).toHaveLength(0);
  value(await testSlip());
  expect(counter.printer.papers()).toHaveLength(1);
});

test('another printer takes the place of the first: one printer a till', async () => {
  const other = await openNetworkPrinter();
  const first = value(await shop.handlers['devices.pair']({ device: counter.draft() }));
  const second = value(await shop.handlers['devices.pair']({ device: other.draft({ name: 'New one' }) }));
  expect(second.id).not.toBe(first.id);
  value(await testSlip());
  expect([counter.printer.papers().length, other.printer.papers().length]).toEqual([0, 1]);
  expect(value(await shop.handlers['devices.view']({})).devices).toMatchObject([{ name: 'New one' }]);
  await shop.close();
  await other.close();
  shop = openDeviceShop();
});

test('traits that change are obeyed by the next slip', async () => {
  const paired = value(await shop.handlers['devices.pair']({ device: counter.draft() }));
  const { id } = paired;
  value(await shop.handlers['devices.pair']({ device: { ...counter.draft({ printer: { columns: 32 } }), id } }));
  const before = counter.received().length;
  value(await testSlip());
  const ruler = counter.received().subarray(before).toString('latin1');
  expect(ruler).toContain('....:....1....:....2....:....>32\n');
  expect(ruler).not.toContain('....3');
});

test('paper and cover are told as they are, and every change is announced once', async () => {
  const printer = { status: 'dle', drawer: { pin: 0, openLevel: 'high' } } as const;
  value(await shop.handlers['devices.pair']({ device: counter.draft({ printer }) }));
  let changes = 0;
  shop.composed.till.devices.onChange(() => (changes += 1));
  const look = async () => value(await shop.handlers['devices.look']({})).devices[0]?.state;
  expect(await look()).toMatchObject({ connected: 'yes', online: 'yes', paper: 'ok', cover: 'closed' });
  counter.printer.setCondition({ paper: 'out' });
  expect(await look()).toMatchObject({ online: 'no', paper: 'out', fault: 'paper-out' });
  const seen = changes;
  await look();
  expect(changes).toBe(seen);
  counter.printer.setCondition({ paper: 'ok', cover: 'open' });
  expect(await look()).toMatchObject({ cover: 'open', fault: 'cover-open' });
  counter.printer.setCondition({ cover: 'closed' });
  expect(await look()).not.toHaveProperty('fault');
});

test('the drawer is told open or closed as its calibrated sensor sees it, whatever its polarity; without one that is said', async () => {
  const terminals = await mkdtemp(path.join(tmpdir(), 'ventanilla-drawer-'));
  const drawer = createVirtualDrawer({ sensor: 'low-when-open' });
  const far = await openTerminalPrinter(terminals, { drawer });
  const pairedWith = (openLevel?: 'low') => {
    const printer = { status: 'dle', drawer: { pin: 0, ...(openLevel && { openLevel }) } } as const;
    return shop.handlers['devices.pair']({ device: far.draft({ printer }) });
  };
  const look = async () => value(await shop.handlers['devices.look']({})).devices[0]?.state.drawer;
  const viewed = async () => value(await shop.handlers['devices.view']({})).devices[0]?.state.drawer;
  value(await shop.handlers['shift.open']({ cashierCode: 1042, floatMinor: 1_000_00 }));

  value(await pairedWith('low'));
  expect(await look()).toBe('closed');
  value(await shop.handlers['drawer.open']({ reason: 'change' }));
  expect([drawer.isOpen, await look(), await viewed()]).toEqual([true, 'open', 'open']);
  drawer.close();
  expect(await look()).toBe('closed');

  drawer.setLocked(true);
  value(await shop.handlers['drawer.open']({ reason: 'change' }));
  expect(value(await shop.handlers['till.view']({})).drawerNotice).toMatchObject({ kind: 'use-key' });
  const { store } = shop.composed.foundation;
  expect(store.drawerOpenings(store.openShift()?.id ?? '').map(({ outcome }) => outcome)).toEqual(['opened', 'manual']);

  await far.close();
  expect(await look()).toBe('unknown');
  value(await pairedWith());
  expect(await look()).toBe('no-sensor');
  await shop.close();
  await rm(terminals, { recursive: true, force: true });
  shop = openDeviceShop();
});

test('a printer that is not there refuses with nothing sent, and says so in its state', async () => {
  value(await shop.handlers['devices.pair']({ device: counter.draft() }));
  await counter.close();
  expect(value(await testSlip())).toMatchObject({ state: 'refused' });
  const { devices } = value(await shop.handlers['devices.view']({}));
  expect(devices[0]?.state).toMatchObject({ connected: 'no', fault: 'offline' });
  counter = await openNetworkPrinter();
});

test('without a drawer on the printer no pulse is sent, and the record says that the key opened it', async () => {
  value(await shop.handlers['shift.open']({ cashierCode: 1042, floatMinor: 1_000_00 }));
  value(await shop.handlers['drawer.open']({ reason: 'change' }));
  value(await shop.handlers['devices.pair']({ device: counter.draft() }));
  value(await shop.handlers['drawer.open']({ reason: 'change' }));
  value(await shop.handlers['devices.pair']({ device: counter.draft({ printer: { drawer: { pin: 0 } } }) }));
  value(await shop.handlers['drawer.open']({ reason: 'change' }));
  const { store } = shop.composed.foundation;
  const shiftId = store.openShift()?.id ?? '';
  expect(store.drawerOpenings(shiftId).map(({ outcome }) => outcome)).toEqual(['manual', 'manual', 'opened']);
  await vi.waitFor(() => expect(counter.drawer.openings).toBe(1));
  expect(shop.spooled()).toEqual([]);
});

test('while a technician tries a line out, slips are refused as busy and none is printed later', async () => {
  value(await shop.handlers['devices.pair']({ device: counter.draft() }));
  counter.printer.setCondition({ cover: 'open' });
  const line = { kind: 'tcp', host: '127.0.0.1', port: counter.port } as const;
  const asking = shop.handlers['devices.identify']({ line });
  await new Promise((resolve) => setTimeout(resolve, 20));
  const refused = value(await testSlip());
  expect(refused.state).toBe('refused');
  expect(refused.detail).toContain('a technician is at work on tcp');
  expect(value(await asking)).toMatchObject({ answer: 'escpos' });
  counter.printer.setCondition({ cover: 'closed' });
  expect(counter.printer.papers()).toHaveLength(0);
  expect(value(await testSlip())).toMatchObject({ state: 'printed' });
});

test('one line, one device: a display on the printer’s line is refused, unless it is made to share it', async () => {
  value(await shop.handlers['devices.pair']({ device: counter.draft() }));
  const display = counter.draft({ role: 'display', profileId: 'escpos-2x20', name: 'Pole' });
  const refused = await shop.handlers['devices.pair']({ device: display });
  expect(refused).toMatchObject({ ok: false, error: { code: 'device.line-taken', values: { name: 'Counter' } } });
});

test('a printer that another program paired by a profile of its own is not driven, and that is said', async () => {
  const device = { ...counter.draft({ profileId: 'of-another-program' }), id: 'D1' };
  shop.composed.foundation.store.commit([{ type: 'device.paired', v: 1, device }]);
  const refused = value(await testSlip());
  expect(refused.state).toBe('refused');
  const { devices } = value(await shop.handlers['devices.view']({}));
  expect(devices[0]?.state).toMatchObject({
    fault: 'unsupported',
    detail: 'this program has no printer profile "of-another-program"',
  });
  expect(counter.received()).toHaveLength(0);
});

test('what cannot be a device is refused in words', async () => {
  const codeOf = async (change: Parameters<typeof counter.draft>[0], id?: string) => {
    const device = { ...counter.draft(change), ...(id !== undefined && { id }) };
    const paired = await shop.handlers['devices.pair']({ device });
    return paired.ok ? 'paired' : paired.error.code;
  };
  expect(await codeOf({ profileId: 'no-such' })).toBe('device.profile-unknown');
  expect(await codeOf({ role: 'display', profileId: 'epson-tm-t88' })).toBe('device.profile-unknown');
  expect(await codeOf({ role: 'scanner', profileId: 'serial-scanner', line: { kind: 'folder', path: '/tmp' } })).toBe(
    'device.line-wrong',
  );
  expect(await codeOf({}, 'NOBODY')).toBe('device.unknown');
  expect(await shop.handlers['devices.forget']({ deviceId: 'NOBODY', reason: 'x' })).toMatchObject({
    error: { code: 'device.unknown' },
  });
});
