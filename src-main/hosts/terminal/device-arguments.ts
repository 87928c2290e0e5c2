/** Reads lines, roles and answers of guided pairing as a technician types them. */
import path from 'node:path';
import { DEVICE_ROLES, lineText } from '../../core/domain/devices/device.ts';
import type { DeviceRole, LineAddress } from '../../core/domain/devices/device.ts';
import { TRY_OUT_JOBS } from '../../core/domain/devices/try-out.ts';
import type { TryOutJob } from '../../core/domain/devices/try-out.ts';
import type { Fault } from '../../core/domain/fault.ts';
import { err, ok } from '../../core/domain/result.ts';
import type { Result } from '../../core/domain/result.ts';
import { usage } from './answer.ts';
import { shown } from './arguments.ts';

export const LINE_FORMS =
  'serial:/dev/ttyUSB0[,9600[,rts-cts|xon-xoff]], tcp:192.168.1.40[:9100], file:/dev/usb/lp0, usb:04b8:0202[:serial], queue:NAME or folder:PATH';

/** A serial speed that nobody typed is the profile's. */
export type TypedLine = Readonly<{ line: LineAddress; isSpeedTyped: boolean }>;

const USUAL_BAUD_RATE = 9_600;
const PRINTER_PORT = 9_100;

export function readLine(text: string): Result<TypedLine, Fault> {
  const [, kind = '', rest = ''] = /^([a-z]+):(.+)$/.exec(text.trim()) ?? [];
  const line = READERS[kind]?.(rest);
  return line ? ok(line) : err(usage(`"${shown(text)}" is no line; write ${LINE_FORMS}`));
}

const READERS: Readonly<Record<string, (rest: string) => TypedLine | undefined>> = {
  serial: readSerial,
  tcp: readTcp,
  file: (rest) => typed({ kind: 'devfile', path: path.resolve(rest) }),
  usb: readUsb,
  queue: (queue) => typed({ kind: 'spooler', queue }),
  folder: (rest) => typed({ kind: 'folder', path: path.resolve(rest) }),
};

function typed(line: LineAddress): TypedLine {
  return { line, isSpeedTyped: true };
}

function readSerial(rest: string): TypedLine | undefined {
  const [port = '', speed, flow = 'none', ...more] = rest.split(',').map((part) => part.trim());
  const baudRate = speed === undefined ? USUAL_BAUD_RATE : Number(speed);
  if (port === '' || more.length > 0 || !Number.isInteger(baudRate) || baudRate < 300 || baudRate > 1_000_000)
    return undefined;
  if (flow !== 'none' && flow !== 'rts-cts' && flow !== 'xon-xoff') return undefined;
  // A name like COM3 is no path.
  const place = port.startsWith('.') ? path.resolve(port) : port;
  return { line: { kind: 'serial', path: place, baudRate, flow }, isSpeedTyped: speed !== undefined };
}

function readTcp(rest: string): TypedLine | undefined {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]{1,253}))(?::(\d{1,5}))?$/.exec(rest);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3] ?? PRINTER_PORT);
  return host === undefined || port < 1 || port > 65_535 ? undefined : typed({ kind: 'tcp', host, port });
}

function readUsb(rest: string): TypedLine | undefined {
  const match = /^([0-9a-f]{4}):([0-9a-f]{4})(?::(.+))?$/i.exec(rest);
  if (!match) return undefined;
  const [, vendor = '', product = '', serialNumber] = match;
  const ids = { vendorId: Number.parseInt(vendor, 16), productId: Number.parseInt(product, 16) };
  return typed({ kind: 'usb', ...ids, ...(serialNumber !== undefined && { serialNumber }) });
}

/** As `readLine` reads it again. */
export function lineArgument(line: LineAddress): string {
  switch (line.kind) {
    case 'serial':
      return `serial:${line.path},${line.baudRate}${line.flow === 'none' ? '' : `,${line.flow}`}`;
    case 'tcp':
      return `tcp:${line.host.includes(':') ? `[${line.host}]` : line.host}:${line.port}`;
    case 'devfile':
      return `file:${line.path}`;
    case 'usb':
      return lineText(line).replace(' ', ':').replace(' ', ':');
    case 'spooler':
      return `queue:${line.queue}`;
    case 'folder':
      return `folder:${line.path}`;
    default:
      return lineText(line);
  }
}

export function readRole(text: string): Result<DeviceRole, Fault> {
  const role = DEVICE_ROLES.find((known) => known === text);
  return role ? ok(role) : err(usage(`there is no role "${shown(text)}"; there are ${DEVICE_ROLES.join(', ')}`));
}

export function readJob(text: string): Result<TryOutJob, Fault> {
  const job = TRY_OUT_JOBS.find((known) => known === text);
  return job ? ok(job) : err(usage(`there is no job "${shown(text)}"; there are ${TRY_OUT_JOBS.join(', ')}`));
}

export function readDeviceName(text: string): Result<string, Fault> {
  const name = text.trim();
  if (name !== '' && name.length <= 60 && !/[\p{C}\p{Zl}\p{Zp}]/u.test(name)) return ok(name);
  return err(usage('--name is one line of 1 to 60 characters'));
}

/** `question=answer`, each question once. */
export function readAnswers(list: readonly string[] = []): Result<Readonly<Record<string, string>>, Fault> {
  const answers: Record<string, string> = {};
  for (const text of list) {
    const [, question = '', answer = ''] = /^([a-z-]+)=(.+)$/.exec(text.trim()) ?? [];
    if (question === '') return err(usage(`"${shown(text)}" is no answer; write --answer columns=42`));
    if (answers[question] !== undefined) return err(usage(`--answer ${question}=… is given twice`));
    answers[question] = answer;
  }
  return ok(answers);
}
