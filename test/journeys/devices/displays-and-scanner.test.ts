/** Displays and a scanner of the real till, at the end of serial lines that somebody pulls out. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAnnouncements } from '../../../src-main/bridge/announcements.ts';
import type { ScanFinding } from '../../../src-main/core/domain/scan.ts';
import { createVirtualDisplay } from '../../../src-main/simulators/devices/virtual-display/virtual-display.ts';
import { createVirtualQrDisplay } from '../../../src-main/simulators/devices/virtual-display/virtual-qr-display.ts';
import { createVirtualScanner } from '../../../src-main/simulators/devices/virtual-scanner.ts';
import { createPtyWire } from '../../../src-main/simulators/devices/wires/pty-wire.ts';
import type { Wire, WiredDevice } from '../../../src-main/simulators/devices/wires/wire.ts';
import { openDeviceShop, value } from '../../support/device-shop.ts';
import type { DeviceShop } from '../../support/device-shop.ts';
import { worked } from '../../support/till-bench.ts';

let folder: string;
let shop: DeviceShop;
const cleanUps: (() => void | Promise<void>)[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-poles-'));
  shop = openDeviceShop();
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});

async function wired(name: string, device: WiredDevice): Promise<Wire> {
  const wire = await createPtyWire({ device, path: path.join(folder, name) });
  cleanUps.push(() => wire.close());
  return wire;
}

function lineOf(wire: Wire) {
  return { kind: 'serial', path: wire.address, baudRate: 9_600, flow: 'none' } as const;
}

const PATIENCE = { timeout: 20_000 };

test('all displays show what the till says, each in its own language of bytes, and again after a cable was out', async () => {
  const pole = createVirtualDisplay({ dialect: 'cd5220' });
  const screen = createVirtualQrDisplay({ dialect: 'mertech' });
  const poleWire = await wired('pole', pole);
  const screenWire = await wired('screen', screen);
  for (const device of [
    { role: 'display', name: 'Pole', profileId: 'cd5220-2x20', line: lineOf(poleWire) },
    { role: 'qr-display', name: 'Code', profileId: 'qr-mertech', line: lineOf(screenWire) },
  ] as const) {
    value(await shop.handlers['devices.pair']({ device }));
  }
  const { till } = shop.composed;
  shop.composed.devices.start();
  const announcements = createAnnouncements(till);
  cleanUps.push(() => announcements.close());
  await expect.poll(() => pole.lines()[1]?.trim(), PATIENCE).toBe('Caja cerrada');
  worked(till.openShift({ cashierCode: 1042, floatMinor: 500_000 }));
  await expect.poll(() => pole.lines()[1]?.trim(), PATIENCE).toBe('Bienvenido');

  await poleWire.unplug();
  pole.write(Uint8Array.of(0x0c));
  await poleWire.plug();
  await expect.poll(() => pole.lines()[1]?.trim(), PATIENCE).toBe('Bienvenido');
  expect([pole.unknown(), screen.unknown()]).toEqual([[], []]);
  expect(screen.screen().shows).not.toBe('code');
});

test('a scanner on a line of its own tells the cashier’s window, also after its cable was out', async () => {
  const scanner = createVirtualScanner({ ending: '\r\n' });
  const wire = await wired('scanner', scanner);
  const device = {
    role: 'scanner',
    name: 'Gun',
    profileId: 'serial-scanner',
    line: lineOf(wire),
  } as const;
  const { id } = value(await shop.handlers['devices.pair']({ device }));
  const { till } = shop.composed;
  shop.composed.devices.start();
  const findings: ScanFinding[] = [];
  const announcements = createAnnouncements(till);
  announcements.listen((frame) => {
    if (frame.name === 'scan.happened') findings.push(frame.event);
  });
  cleanUps.push(() => announcements.close());
  const isThere = () => shop.composed.devices.parts.rack.state(id)?.connected;
  await expect.poll(isThere, PATIENCE).toBe('yes');
  scanner.scan('7501055363513');
  await expect.poll(() => findings.length, PATIENCE).toBe(1);
  await wire.unplug();
  await expect.poll(isThere, PATIENCE).toBe('no');
  await wire.plug();
  await expect.poll(isThere, PATIENCE).toBe('yes');
  scanner.scan('VP-hola');
  await expect
    .poll(() => findings.map((finding) => 'shown' in finding && finding.shown), PATIENCE)
    .toEqual(['7501055363513', 'VP-hola']);
});
