/** Views of devices as a till would send them. */
import type {
  DevicesView,
  DeviceView,
  DiscoveryView,
  DeviceProfileView,
} from '../../../../src-main/core/contract/device-views.ts';

const CP858 = { number: 19, name: 'CP858' };

export const PROFILES: readonly DeviceProfileView[] = [
  ...[
    ['epson-tm-t20iii', 'Epson TM-T20III', 48],
    ['epson-tm-t88', 'Epson TM-T88', 42],
    ['bematech-mp-4200', 'Bematech MP-4200 TH', 48],
    ['elgin-i9', 'Elgin i9', 48],
    ['bixolon-srp-350', 'Bixolon SRP-350', 42],
    ['citizen-ct-e351', 'Citizen CT-E351', 48],
    ['star-tsp650ii', 'Star TSP650II', 48],
    ['star-mc-print3', 'Star mC-Print3', 48],
    ['generic-80mm', 'Generic 80 mm', 48],
    ['generic-58mm', 'Generic 58 mm', 32],
  ].map(
    ([id, name, columns]) =>
      ({
        id,
        role: 'printer',
        name,
        columns,
        codePages: [CP858, { number: 16, name: 'CP1252' }, { number: 2, name: 'CP850' }, { number: 3, name: 'CP860' }],
        codePage: CP858,
        qr: 'native',
        status: 'dle',
        confirm: 'process-id',
        drawerPin: 0,
        usualBaudRate: 9_600,
        sharesLine: false,
        isExperimental: false,
      }) as DeviceProfileView,
  ),
  {
    id: 'cd5220-2x20',
    role: 'display',
    name: 'CD5220 2×20',
    usualBaudRate: 9_600,
    sharesLine: false,
    isExperimental: false,
  },
  {
    id: 'mertech',
    role: 'qr-display',
    name: 'Mertech QR-Pay',
    usualBaudRate: 115_200,
    sharesLine: false,
    isExperimental: true,
  },
  {
    id: 'serial-scanner',
    role: 'scanner',
    name: 'Serial scanner',
    usualBaudRate: 9_600,
    sharesLine: false,
    isExperimental: false,
  },
];

export function printerView(over: Partial<DeviceView> = {}, state: Partial<DeviceView['state']> = {}): DeviceView {
  return {
    id: '01PRINTER',
    role: 'printer',
    name: 'Epson TM-T20III',
    profileId: 'epson-tm-t20iii',
    profileName: 'Epson TM-T20III',
    line: { kind: 'serial', path: '/dev/ttyUSB0', baudRate: 19_200, flow: 'rts-cts' },
    lineText: 'serial /dev/ttyUSB0 19200',
    printer: { drawer: { pin: 0, openLevel: 'high' } },
    state: {
      connected: 'yes',
      online: 'yes',
      paper: 'ok',
      cover: 'closed',
      drawer: 'closed',
      sinceMs: Date.UTC(2026, 2, 2, 14, 5),
      ...state,
    },
    ...over,
  };
}

export function devicesView(over: Partial<DevicesView> = {}): DevicesView {
  return {
    canPair: true,
    devices: [],
    profiles: PROFILES,
    spoolFolder: '/home/caja/.config/ventanilla/spool/printer',
    ...over,
  };
}

export function discoveryView(over: Partial<DiscoveryView> = {}): DiscoveryView {
  return {
    lines: [
      {
        line: { kind: 'devfile', path: '/dev/usb/lp0' },
        identity: { vendorId: 0x04b8, productId: 0x0e28, serialNumber: 'X7LM004711' },
        label: 'EPSON TM-T20III',
        suggested: { role: 'printer', profileId: 'epson-tm-t20iii' },
        lineText: 'file /dev/usb/lp0',
      },
      {
        line: { kind: 'serial', path: '/dev/ttyUSB0', baudRate: 9_600, flow: 'none' },
        identity: { vendorId: 0x1a86, productId: 0x7523, busPath: '1-1.3' },
        label: 'QinHeng Electronics CH340 serial converter',
        lineText: 'serial /dev/ttyUSB0 9600',
      },
      {
        line: { kind: 'tcp', host: '192.168.1.50', port: 9_100 },
        label: '192.168.1.50',
        lineText: 'tcp 192.168.1.50:9100',
      },
    ],
    problems: [],
    ...over,
  };
}
