/** The commands about devices with their words, options and examples, as `--help` shows them. */
import type { Command } from 'commander';
import {
  discoverDevices,
  exportDevice,
  forgetDevice,
  importDevice,
  listDevices,
  listProfiles,
  stateOfDevices,
  testDevice,
} from './device-commands.ts';
import type { ExportOptions, ImportOptions } from './device-commands.ts';
import { pairDevice } from './device-pairing.ts';
import type { PairDeviceOptions } from './device-pairing.ts';
import { examples, ID, repeated, required, valued } from './options.ts';
import type { Does } from './options.ts';

export function addDevices(program: Command, does: Does): void {
  const devices = program.command('devices').description('printers, customer displays and scanners of this till');
  addFinding(devices, does);
  addPairing(devices, does);
  addPaired(devices, does);
  addMoving(devices, does);
}

function addFinding(devices: Command, does: Does): void {
  devices
    .command('discover')
    .description('lines at whose end something may be; nothing is printed')
    .addOption(valued('--network <how>', 'also network printers: announced, or scan the shop’s own network'))
    .addHelpText('after', examples('devices discover', 'devices discover --network scan --json'))
    .action((options: { network?: string }) => does(discoverDevices(options)));
  devices
    .command('profiles')
    .description('what a device can be paired as')
    .action(() => does(listProfiles()));
}

function addPairing(devices: Command, does: Does): void {
  devices
    .command('pair')
    .description('try a device out, ask what you see, and use it from then on')
    .addOption(valued('--role <role>', 'printer, display, qr-display or scanner', 'printer'))
    .addOption(
      valued('--line <line>', 'e.g. serial:/dev/ttyUSB0,9600 · tcp:192.168.1.40 · file:/dev/usb/lp0; else you choose'),
    )
    .addOption(valued('--profile <id>', 'else what the device says it is, where it says so'))
    .addOption(valued('--name <words>', 'for people; else the profile’s'))
    .addOption(repeated('--answer <question=answer>', 'what you would answer, for a script: columns=42, qr=native, …'))
    .option('--untested', 'use it as its profile says; nothing is tried')
    .addHelpText(
      'after',
      examples(
        'devices pair',
        'devices pair --line serial:/dev/ttyUSB0,9600,rts-cts --profile epson-tm-t88',
        'devices pair --line tcp:192.168.1.40 --answer slip-out=yes --answer columns=42 …',
        'devices pair --role display --line serial:/dev/ttyS0 --profile cd5220-2x20',
        'devices pair --line folder:/var/spool/till --profile generic-80mm --untested',
      ),
    )
    .action((options: PairDeviceOptions) => does(pairDevice(options)));
}

function addPaired(devices: Command, does: Does): void {
  devices
    .command('list')
    .description('what is paired')
    .action(() => does(listDevices()));
  devices
    .command('state')
    .description('ask every device how it stands; exit code 1 when something is wrong with one')
    .addHelpText('after', examples('devices state', 'devices state --json'))
    .action(() => does(stateOfDevices()));
  devices
    .command('test <device>')
    .description('a test on a paired device, by its id or role')
    .addOption(
      valued(
        '--job <job>',
        'test-slip, status, proof-printed, proof-processed, drawer-pulse, drawer-level, display-page, scan',
      ),
    )
    .addHelpText(
      'after',
      examples('devices test printer', 'devices test printer --job drawer-pulse', `devices test ${ID}`),
    )
    .action((device: string, options: { job?: string }) => does(testDevice(device, options)));
  devices
    .command('forget <device>')
    .description('it is used no longer; the reason stands in the journal')
    .addOption(required('--reason <words>', 'why'))
    .addHelpText('after', examples('devices forget display --reason "it broke"'))
    .action((device: string, { reason }: { reason: string }) => does(forgetDevice(device, reason)));
}

function addMoving(devices: Command, does: Does): void {
  devices
    .command('export <device>')
    .description('a device as a file, to be paired the same way on another till')
    .addOption(valued('--output <file>', 'a new file, instead of standard output'))
    .option('--qr', 'draw it as a QR too')
    .addHelpText('after', examples('devices export printer --output printer.json', 'devices export display --qr'))
    .action((device: string, options: ExportOptions) => does(exportDevice(device, options)));
  devices
    .command('import <file>')
    .description('pair the device of such a file; - reads standard input')
    .addOption(valued('--line <line>', 'where it is here; else as in the file'))
    .addOption(valued('--name <words>', 'for people; else as in the file'))
    .addHelpText(
      'after',
      examples('devices import printer.json', 'devices import printer.json --line serial:COM4,9600'),
    )
    .action((file: string, options: ImportOptions) => does(importDevice(file, options)));
}
