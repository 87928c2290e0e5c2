/** What a technician is shown before pairing: found without a byte to any device, or, on the network, with one harmless question. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Bonjour } from 'bonjour-service';
import { afterAll, afterEach, expect, test } from 'vitest';
import { listLines } from '../../../../src-main/adapters/devices/transports/listing/list-lines.ts';
import type { MachineParts } from '../../../../src-main/adapters/devices/transports/listing/list-lines.ts';
import {
  ownNetworkHosts,
  searchNetwork,
} from '../../../../src-main/adapters/devices/transports/listing/network-search.ts';
import { KNOWN_DEVICES, suggest } from '../../../../src-main/adapters/devices/transports/listing/suggestions.ts';
import { createLocalLines } from '../../../../src-main/adapters/devices/transports/local-lines.ts';
import type { UsbDeviceLike } from '../../../../src-main/adapters/devices/transports/usb-system.ts';
import { createBench, listen } from './line-bench.ts';

const bench = createBench();
afterEach(() => bench.end());
afterAll(bench.remove);

/** Announcements from one loopback address to another, by real datagrams that never leave the machine. */
const MDNS_PORT = 54_353;
const LOOPBACK = { multicast: false, bind: '127.0.0.1', ip: '127.0.0.2', port: MDNS_PORT };
const fourHosts = (): readonly string[] => ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'];
const broken = (): Promise<never> => Promise.reject(new Error('broken'));
const address = (ip: string, cidr: string, internal = false) => [
  { address: ip, netmask: '', family: 'IPv4' as const, mac: '', internal, cidr },
];

const NONE: MachineParts = {
  serialPorts: () => Promise.resolve([]),
  printerFiles: () => [],
  usbDevices: () => Promise.resolve([]),
  queues: () => Promise.resolve([]),
};

function usbPrinter(bus: string, others: Partial<UsbDeviceLike> = {}): UsbDeviceLike {
  const endpoints = [{ endpointNumber: 1, direction: 'out', type: 'bulk' }] as const;
  const alternates = [{ alternateSetting: 0, interfaceClass: 7, interfaceProtocol: 1, endpoints }];
  return {
    vendorId: 0x04b8,
    productId: 0x0e15,
    bus,
    configuration: { interfaces: [{ interfaceNumber: 0, alternates }] },
    ...others,
  } as UsbDeviceLike;
}

test('serial ports, kernel printers, USB printers and queues are listed with what they are called and what they may be', async () => {
  const adapter = { vendorId: 0x067b, productId: 0x2303, busPath: '1-3' };
  const epson = { vendorId: 0x04b8, productId: 0x0202, serialNumber: 'J5', busPath: '1-1' };
  const lines = await listLines({
    serialPorts: () => Promise.resolve([{ path: '/dev/ttyS0' }, { path: '/dev/ttyUSB0', identity: adapter }]),
    printerFiles: () => [{ name: 'lp0', identity: epson, label: 'EPSON TM-T88V' }],
    usbDevices: () => Promise.resolve([usbPrinter('1-2', { productName: 'TM-T20II', serialNumber: 'X1' })]),
    queues: () => Promise.resolve(['Star TSP100IV (front)', 'Fax']),
  });
  const serial = { kind: 'serial', baudRate: 9_600, flow: 'none' };
  expect(lines).toEqual([
    {
      line: { kind: 'devfile', path: '/dev/usb/lp0' },
      identity: epson,
      label: 'EPSON TM-T88V',
      suggested: { role: 'printer', profileId: 'epson-tm-t88' },
    },
    { line: { ...serial, path: '/dev/ttyS0' }, label: '/dev/ttyS0' },
    { line: { ...serial, path: '/dev/ttyUSB0' }, identity: adapter, label: 'PL2303 serial adapter' },
    {
      line: { kind: 'spooler', queue: 'Star TSP100IV (front)' },
      label: 'Star TSP100IV (front)',
      suggested: { role: 'printer', profileId: 'star-tsp100iv' },
    },
    { line: { kind: 'spooler', queue: 'Fax' }, label: 'Fax' },
    {
      line: { kind: 'usb', vendorId: 0x04b8, productId: 0x0e15, serialNumber: 'X1' },
      identity: { vendorId: 0x04b8, productId: 0x0e15, serialNumber: 'X1', busPath: '1-2' },
      label: 'TM-T20II',
      suggested: { role: 'printer', profileId: 'epson-tm-t20' },
    },
  ]);
});

test('one device is listed once: a printer that the kernel holds is used through its file', async () => {
  const identity = { vendorId: 0x04b8, productId: 0x0e15, busPath: '1-2' };
  const lines = await listLines({
    ...NONE,
    printerFiles: () => [{ name: 'lp1', identity }],
    usbDevices: () => Promise.resolve([usbPrinter('1-2'), usbPrinter('1-7')]),
  });
  expect(lines.map(({ line, identity: known }) => `${line.kind} ${known?.busPath}`)).toEqual([
    'devfile 1-2',
    'usb 1-7',
  ]);
});

test('a part of the machine that cannot be asked takes nothing away from the rest', async () => {
  const lines = await listLines({ ...NONE, usbDevices: broken, queues: broken, printerFiles: () => [{ name: 'lp0' }] });
  expect(lines).toHaveLength(1);
});

test('this very machine can be listed', async () => {
  const lines = bench.atEnd(createLocalLines(), (all) => all.close());
  expect(await lines.list()).toMatchObject({ ok: true });
});

test('every suggestion leads to a profile that exists, and a name says more than an id', () => {
  const assets = path.resolve(import.meta.dirname, '../../../../assets/devices');
  const all = [...KNOWN_DEVICES.ids, ...KNOWN_DEVICES.names].filter(({ profileId }) => profileId !== undefined);
  const missing = all.filter(({ role, profileId }) => !existsSync(path.join(assets, `${role}-${profileId}.json`)));
  expect(missing).toEqual([]);
  expect(KNOWN_DEVICES.ids.length).toBeGreaterThan(25);
  const epson = { vendorId: 0x04b8, productId: 0x0202 };
  expect(suggest(epson, undefined).suggested?.profileId).toBe('epson-tm-t88');
  expect(suggest(epson, 'EPSON TM-T20X').suggested?.profileId).toBe('epson-tm-t20');
  expect(suggest({ vendorId: 1, productId: 2 }, undefined)).toEqual({});
});

test('a scan lists only who answers DLE EOT as a receipt printer does, and sends nobody anything else', async () => {
  const heard: number[] = [];
  const printer = await listen(bench, (socket) => {
    socket.on('data', (bytes) => {
      heard.push(...bytes);
      socket.write(Uint8Array.of(0x16));
    });
  });
  const laser: number[] = [];
  await listen(bench, (socket) => socket.on('data', (bytes) => laser.push(...bytes)), printer.port, '127.0.0.2');
  await listen(bench, (socket) => void socket.write('220 mail ready'), printer.port, '127.0.0.3');
  const lines = await searchNetwork(
    { scan: true, timeoutMs: 1_000 },
    { hosts: fourHosts, port: printer.port, mdns: LOOPBACK },
  );
  expect(lines).toEqual([
    {
      line: { kind: 'tcp', host: '127.0.0.1', port: printer.port },
      label: `127.0.0.1:${printer.port}`,
      suggested: { role: 'printer', profileId: 'generic-80mm' },
    },
  ]);
  expect(heard).toEqual([0x10, 0x04, 0x01]);
  expect(laser).toEqual([0x10, 0x04, 0x01]);
});

test('a printer that announces itself is found without a scan, by its model', async () => {
  const bonjour = new Bonjour({ multicast: false, bind: '127.0.0.2', ip: '127.0.0.1', port: MDNS_PORT } as object);
  bench.atEnd(bonjour, (one) => new Promise<void>((resolve) => one.destroy(resolve)));
  bonjour.publish({
    name: 'Impresora de caja',
    type: 'pdl-datastream',
    port: 9_100,
    txt: { ty: 'EPSON TM-m30III' },
    probe: false,
  });
  const asked: string[] = [];
  const lines = await searchNetwork(
    { scan: false, timeoutMs: 1_500 },
    { mdns: LOOPBACK, hosts: () => (asked.push('scan'), []) },
  );
  expect(lines).toMatchObject([
    {
      line: { kind: 'tcp', port: 9_100 },
      label: 'Impresora de caja (EPSON TM-m30III)',
      suggested: { role: 'printer', profileId: 'epson-tm-m30' },
    },
  ]);
  expect(asked).toEqual([]);
});

test('a scan stays in the own network, and in 256 addresses of it', () => {
  const hosts = ownNetworkHosts({
    lo: address('127.0.0.1', '127.0.0.1/8', true),
    eth0: address('192.168.1.7', '192.168.1.7/24'),
    vpn: address('10.9.8.129', '10.9.8.129/30'),
    office: address('172.16.5.4', '172.16.5.4/16'),
  });
  expect(hosts).toHaveLength(253 + 1 + 253);
  expect(hosts).not.toContain('192.168.1.7');
  expect(hosts.filter((host) => host.startsWith('10.'))).toEqual(['10.9.8.130']);
  expect(hosts.filter((host) => host.startsWith('172.16.5.'))).toHaveLength(253);
});
