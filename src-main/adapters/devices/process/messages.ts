/**
 * What the till and its device process say to each other, and the readers of it: both ends check every message, since a process that has
 * gone wrong may say anything. Bytes cross as `Uint8Array` (structured clone).
 */
import { z } from 'zod';
import { DEVICE_FAULT_CODES } from '../../../core/domain/devices/device-fault.ts';
import { DEVICE_ROLES } from '../../../core/domain/devices/device.ts';

const number = z.int().nonnegative();
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const path = z.string().min(1).max(4_096);
const usbId = z.int().min(0).max(0xffff);

const fault = z.strictObject({
  code: z.enum(DEVICE_FAULT_CODES),
  sent: z.enum(['none', 'some', 'all', 'unknown']),
  detail: z.string(),
});

const identity = z.strictObject({
  vendorId: usbId.exactOptional(),
  productId: usbId.exactOptional(),
  serialNumber: z.string().exactOptional(),
  busPath: z.string().exactOptional(),
});

const address = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('serial'),
    path,
    baudRate: z.int().positive(),
    flow: z.enum(['none', 'rts-cts', 'xon-xoff']),
  }),
  z.strictObject({ kind: z.literal('tcp'), host: z.string().min(1).max(253), port: z.int().min(1).max(65_535) }),
  z.strictObject({ kind: z.literal('devfile'), path }),
  z.strictObject({
    kind: z.literal('usb'),
    vendorId: usbId,
    productId: usbId,
    serialNumber: z.string().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('spooler'), queue: z.string().min(1).max(1_024) }),
  z.strictObject({ kind: z.literal('folder'), path }),
]);

const found = z.strictObject({
  line: address,
  identity: identity.exactOptional(),
  label: z.string(),
  suggested: z.strictObject({ role: z.enum(DEVICE_ROLES), profileId: z.string() }).exactOptional(),
});

const state = z.strictObject({ connected: z.enum(['yes', 'no', 'unknown']), fault: fault.exactOptional() });
const outcome = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({ ok: z.literal(false), fault }),
]);
const findings = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), lines: z.array(found).readonly() }),
  z.strictObject({ ok: z.literal(false), fault }),
]);

const toProcess = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('line'),
    line: number,
    address,
    identity: identity.exactOptional(),
    stayConnected: z.boolean(),
  }),
  /** A part of a job that is too long for one message; the job begins with its `write`. */
  z.strictObject({ kind: z.literal('piece'), job: number, bytes }),
  z.strictObject({
    kind: z.literal('write'),
    job: number,
    line: number,
    label: z.string(),
    timeoutMs: z.number().nonnegative(),
    bytes,
  }),
  z.strictObject({ kind: z.literal('cancel'), job: number }),
  z.strictObject({ kind: z.literal('close-line'), line: number }),
  z.strictObject({ kind: z.literal('list'), call: number }),
  z.strictObject({ kind: z.literal('search'), call: number, scan: z.boolean(), timeoutMs: z.number().positive() }),
  z.strictObject({ kind: z.literal('ping') }),
  z.strictObject({ kind: z.literal('end') }),
]);

const fromProcess = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('pong') }),
  z.strictObject({ kind: z.literal('data'), line: number, bytes }),
  z.strictObject({ kind: z.literal('state'), line: number, state, canRead: z.boolean() }),
  z.strictObject({ kind: z.literal('written'), job: number, outcome }),
  z.strictObject({ kind: z.literal('line-closed'), line: number }),
  z.strictObject({ kind: z.literal('found'), call: number, findings }),
]);

/** To the device process. */
export type Order = z.infer<typeof toProcess>;
/** From the device process. */
export type Report = z.infer<typeof fromProcess>;
export type Findings = z.infer<typeof findings>;

/** Undefined: not a message of ours. */
export function readOrder(raw: unknown): Order | undefined {
  return toProcess.safeParse(raw).data;
}

export function readReport(raw: unknown): Report | undefined {
  return fromProcess.safeParse(raw).data;
}
