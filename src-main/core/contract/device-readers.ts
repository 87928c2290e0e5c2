/** Readers of the calls about devices. A draft is read here by its shape; whether it can be is for the till to say, in words. */
import { z } from 'zod';
import { DEVICE_ROLES } from '../domain/devices/device.ts';
import type { DeviceDraft } from '../domain/devices/try-out.ts';
import { TRY_OUT_JOBS } from '../domain/devices/try-out.ts';
import type { DeviceCalls } from './device-views.ts';

const id = z.string().regex(/^[0-9A-Z]{1,40}$/);
const words = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u);
const usbId = z.int().min(0).max(0xffff);
const codePage = z.strictObject({ number: z.int().min(0).max(255), name: words(20) });

const line = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('serial'),
    path: words(255),
    baudRate: z.int().min(300).max(1_000_000),
    flow: z.enum(['none', 'rts-cts', 'xon-xoff']),
  }),
  z.strictObject({
    kind: z.literal('tcp'),
    host: z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/),
    port: z.int().min(1).max(65_535),
  }),
  z.strictObject({ kind: z.literal('devfile'), path: words(255) }),
  z.strictObject({
    kind: z.literal('usb'),
    vendorId: usbId,
    productId: usbId,
    serialNumber: words(126).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('spooler'), queue: words(220) }),
  z.strictObject({ kind: z.literal('folder'), path: words(1_000) }),
]);

const draft = z.strictObject({
  role: z.enum(DEVICE_ROLES),
  name: words(60),
  profileId: z.string().regex(/^[a-z0-9-]{1,60}$/),
  line,
  identity: z
    .strictObject({
      vendorId: usbId.exactOptional(),
      productId: usbId.exactOptional(),
      serialNumber: words(126).exactOptional(),
      busPath: words(255).exactOptional(),
    })
    .exactOptional(),
  printer: z
    .strictObject({
      status: z.enum(['none', 'dle', 'asb', 'star-asb']).exactOptional(),
      confirm: z.enum(['none', 'gs-r', 'process-id', 'star-etb']).exactOptional(),
      codePage: codePage.exactOptional(),
      qr: z.enum(['native', 'raster-quad', 'raster']).exactOptional(),
      columns: z.int().min(24).max(64).exactOptional(),
      drawer: z
        .strictObject({
          pin: z.union([z.literal(0), z.literal(1)]),
          openLevel: z.enum(['high', 'low']).exactOptional(),
        })
        .exactOptional(),
    })
    .exactOptional(),
  display: z.strictObject({ codePage: codePage.exactOptional() }).exactOptional(),
  scanner: z
    .strictObject({ prefix: z.string().max(8).exactOptional(), suffix: z.string().max(8).exactOptional() })
    .exactOptional(),
});
const job = z.enum(TRY_OUT_JOBS);
const nothing = z.strictObject({});

export const DEVICE_SCHEMAS = {
  'devices.view': nothing,
  'devices.look': nothing,
  'devices.discover': z.strictObject({ network: z.enum(['none', 'announced', 'scan']) }),
  'devices.identify': z.strictObject({ line }),
  'devices.try': z.strictObject({ device: draft, job }),
  'devices.test': z.strictObject({ deviceId: id, job }),
  'devices.stop': nothing,
  'devices.pair': z.strictObject({ device: draft.extend({ id: id.exactOptional() }) }),
  'devices.forget': z.strictObject({ deviceId: id, reason: words(200) }),
  'devices.export': z.strictObject({ deviceId: id }),
  'devices.import': z.strictObject({ text: z.string().max(8_192) }),
} as const satisfies Record<keyof DeviceCalls, z.ZodType>;

const FORMAT = 'ventanilla-device';
const file = z.strictObject({ format: z.literal(FORMAT), version: z.literal(1), device: draft });

/** A device as text: one line of JSON, short enough for a QR. */
export function writeDeviceFile(device: DeviceDraft): string {
  return JSON.stringify({ format: FORMAT, version: 1, device } satisfies z.infer<typeof file>);
}

/** Undefined: it is no such text, or of a newer program. */
export function readDeviceFile(text: string): DeviceDraft | undefined {
  try {
    const read = file.safeParse(JSON.parse(text.replace(/^\uFEFF/, '')));
    return read.success ? read.data.device : undefined;
  } catch {
    return undefined; // No JSON.
  }
}
