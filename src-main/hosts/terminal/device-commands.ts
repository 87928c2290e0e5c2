/** `devices …`: what is found, paired, tested, forgotten and moved. Pairing itself is in device-pairing.ts. */
import type { DeviceView, DevicesView } from '../../core/contract/device-views.ts';
import type { DeviceRole } from '../../core/domain/devices/device.ts';
import type { TryOutJob, TryOutResult } from '../../core/domain/devices/try-out.ts';
import { fault } from '../../core/domain/fault.ts';
import type { Fault } from '../../core/domain/fault.ts';
import { err, ok } from '../../core/domain/result.ts';
import type { Result } from '../../core/domain/result.ts';
import { all, answered, EXIT, failed, usage } from './answer.ts';
import type { ExitCode, Plan } from './answer.ts';
import { optional, readReason, shown } from './arguments.ts';
import { readDeviceName, readJob, readLine } from './device-arguments.ts';
import { deviceFacts, deviceTable, discoveryText, profileTable, resultText, stateTable } from './device-text.ts';
import { qrText } from './cash-out-text.ts';
import { speakerFor } from './speaker.ts';
import type { TerminalTill } from './terminal-till.ts';

export function discoverDevices({ network }: Readonly<{ network?: string }>): Plan {
  const how = network ?? 'none';
  if (how !== 'none' && how !== 'announced' && how !== 'scan')
    return err(usage('--network is announced (those that say so by themselves) or scan (the shop’s own network)'));
  return ok(async (till, { note }) => {
    if (how === 'scan') note('asking the hosts of this network on port 9100; nothing is printed');
    return answered(await till.handlers['devices.discover']({ network: how }), discoveryText);
  });
}

export function listProfiles(): Plan {
  return ok(async (till) => {
    const view = await till.handlers['devices.view']({});
    if (!view.ok) return failed(view.error);
    const { profiles } = view.value;
    return { exit: EXIT.done, value: profiles, text: profileTable(profiles) };
  });
}

export function listDevices(): Plan {
  return ok(async (till) => {
    const view = await till.handlers['devices.view']({});
    if (!view.ok) return failed(view.error);
    return { exit: EXIT.done, value: view.value.devices, text: deviceTable(view.value) };
  });
}

export function stateOfDevices(): Plan {
  return ok(async (till) => {
    const view = await till.handlers['devices.look']({});
    if (!view.ok) return failed(view.error);
    const { devices } = view.value;
    const isWrong = devices.some(({ state }) => state.fault !== undefined || state.connected === 'no');
    const text = stateTable(view.value, speakerFor(till));
    return { exit: isWrong ? EXIT.refused : EXIT.done, value: devices, text };
  });
}

const USUAL_JOB: Readonly<Record<DeviceRole, TryOutJob>> = {
  printer: 'test-slip',
  display: 'display-page',
  'qr-display': 'display-page',
  scanner: 'scan',
};

export function testDevice(which: string, options: Readonly<{ job?: string }>): Plan {
  const job = optional(options.job, readJob);
  if (!job.ok) return job;
  return ok(async (till, { note }) => {
    const device = await deviceBy(till, which);
    if (!device.ok) return failed(device.error);
    const { id, role } = device.value;
    const chosen = job.value ?? USUAL_JOB[role];
    if (chosen === 'scan') note('scan something now; it waits for 30 seconds');
    return answered(await till.handlers['devices.test']({ deviceId: id, job: chosen }), resultText, exitOf);
  });
}

export function exitOf({ outcome }: TryOutResult): ExitCode {
  if (outcome === 'unknown') return EXIT.inDoubt;
  return outcome === 'refused' || outcome === 'silent' ? EXIT.refused : EXIT.done;
}

export function forgetDevice(which: string, reason: string): Plan {
  const words = readReason(reason);
  if (!words.ok) return words;
  return ok(async (till) => {
    const device = await deviceBy(till, which);
    if (!device.ok) return failed(device.error);
    const { id, name } = device.value;
    const left = await till.handlers['devices.forget']({ deviceId: id, reason: words.value });
    return answered(left, (view: DevicesView) => `${name} is forgotten.\n${deviceTable(view)}`);
  });
}

export type ExportOptions = Readonly<{ output?: string; qr?: boolean }>;

export function exportDevice(which: string, { output, qr }: ExportOptions): Plan {
  return ok(async (till, { shell }) => {
    const device = await deviceBy(till, which);
    if (!device.ok) return failed(device.error);
    const file = await till.handlers['devices.export']({ deviceId: device.value.id });
    if (!file.ok) return failed(file.error);
    const { text, qrData } = file.value;
    if (output !== undefined) {
      const written = shell.writeNewFile(output, [text]);
      if (!written.ok) return failed(usage(written.error));
    }
    const picture = qr === true && qrData !== undefined ? await till.drawQr(qrData) : undefined;
    if (qr === true && !picture) return failed(fault('device.file-invalid', 'it is too long for a QR: use --output'));
    const said = output === undefined ? text : `${device.value.name} written to ${output}`;
    const value = { ...file.value, ...(output !== undefined && { file: output }) };
    return { exit: EXIT.done, value, text: picture ? `${said}\n${qrText(picture)}` : said };
  });
}

export type ImportOptions = Readonly<{ line?: string; name?: string }>;

export function importDevice(file: string, options: ImportOptions): Plan {
  const read = all({ line: optional(options.line, readLine), name: optional(options.name, readDeviceName) });
  if (!read.ok) return read;
  const { line, name } = read.value;
  return ok(async (till, { shell }) => {
    const json = await shell.readJson(file);
    if (!json.ok) return failed(fault('device.file-invalid', json.error));
    const imported = await till.handlers['devices.import']({ text: JSON.stringify(json.value) });
    if (!imported.ok) return failed(imported.error);
    const { identity, ...device } = imported.value.device;
    // On another line it is perhaps another device of the same kind: what it was known by does not hold.
    const here = line ? { ...device, line: line.line } : { ...device, ...(identity && { identity }) };
    const paired = await till.handlers['devices.pair']({ device: { ...here, ...(name !== undefined && { name }) } });
    return answered(paired, (view) =>
      deviceFacts(`${view.name} is paired; ventanilla devices test ${view.role}`, view),
    );
  });
}

/** By id, or by its role: a till has one of each. */
async function deviceBy(till: TerminalTill, which: string): Promise<Result<DeviceView, Fault>> {
  const view = await till.handlers['devices.view']({});
  if (!view.ok) return view;
  const device = view.value.devices.find(({ id, role }) => id === which || role === which);
  return device ? ok(device) : err(fault('device.unknown', `no device is paired as "${shown(which)}"`));
}
