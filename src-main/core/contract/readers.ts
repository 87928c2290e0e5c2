/** Readers: one for each call; what a window sends is unknown until its reader has accepted it. */
import { z } from 'zod';
import { PAIRING_NETWORKS } from '../domain/pairing.ts';
import { NETWORK_IDS, QR_MODES } from '../domain/network.ts';
import { LOCALES } from '../domain/locale.ts';
import { UNIT_MEASURES } from '../domain/purchase.ts';
import { SCAN_CHARACTERS_MAX } from '../domain/scan.ts';
import type { CallName, CallRequest } from './contract.ts';
import { CASE_SCHEMAS } from './case-readers.ts';
import { DEVICE_SCHEMAS } from './device-readers.ts';
import { PAYOUT_SCHEMAS } from './payout-readers.ts';

const id = z.string().regex(/^[0-9A-Z]{1,40}$/);
const minor = z.int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);
const reason = z.string().trim().min(1).max(200);
const nothing = z.strictObject({});
const notes = z.record(z.string().regex(/^[1-9]\d{0,11}$/), z.int().min(0).max(100_000));
/** Only the shape: what an item may say is the till's to judge, in words. */
const item = z.strictObject({
  title: z.string().max(1_000),
  unitPriceMinor: minor,
  quantity: z.number(),
  sku: z.string().max(1_000).exactOptional(),
  category: z.string().max(1_000).exactOptional(),
  description: z.string().max(1_000).exactOptional(),
  measure: z.enum(UNIT_MEASURES).exactOptional(),
  totalMinor: minor.exactOptional(),
});

const pairingNetwork = z.enum(PAIRING_NETWORKS);
const placeNumber = z.string().regex(/^\d{1,15}$/);
const externalId = z.string().regex(/^[A-Za-z0-9]{1,40}$/);
const line = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u);
const placeName = line.max(44);
const address = z
  .strictObject({
    streetName: line,
    streetNumber: line.max(20),
    cityName: line,
    stateName: line,
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    reference: line.optional(),
  })
  .transform(given);

/** Absent stays absent: our types know no undefined. */
type Given<Shape> = { [Name in keyof Shape]: Exclude<Shape[Name], undefined> };
function given<Shape extends object>(shape: Shape): Given<Shape> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Given<Shape>;
}
const scanned = z.string().min(1).max(SCAN_CHARACTERS_MAX);
const requestId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

const slip = z.strictObject({
  kind: z.enum(['qr', 'receipt', 'x-report', 'z-report', 'drop', 'payout', 'test']),
  subjectId: z.union([id, z.literal('')]),
});

const SCHEMAS = {
  ...PAYOUT_SCHEMAS,
  ...CASE_SCHEMAS,
  ...DEVICE_SCHEMAS,
  'till.view': nothing,
  'customer.view': nothing,
  'till.preferences': z.strictObject({
    language: z.enum(LOCALES).optional(),
    theme: z.enum(['light', 'dark', 'system']).optional(),
  }),
  'shift.open': z.strictObject({ cashierCode: z.int().min(0), floatMinor: minor }),
  'shift.drop': z.strictObject({ amountMinor: minor, reason }),
  'shift.report': z.strictObject({ shiftId: id.optional() }),
  'shift.close': z.strictObject({ totalMinor: minor, notes: notes.optional() }),
  'cash-out.start': z.strictObject({
    network: z.enum(NETWORK_IDS),
    amountMinor: minor,
    mode: z.enum(QR_MODES).optional(),
    requestId: requestId.optional(),
    items: z.array(item).max(1_000).optional(),
    purchaseMinor: minor.optional(),
  }),
  'cash-out.show': z.strictObject({ id }),
  'cash-out.list': z.strictObject({ sinceMs: minor, limit: z.int().min(1).max(1000) }),
  'cash-out.cancel': z.strictObject({ id }),
  'cash-out.hand-over': z.strictObject({ id }),
  'cash-out.given': z.strictObject({ id, notes: notes.optional() }),
  'cash-out.not-given': z.strictObject({ id, reason }),
  'cash-out.return': z.strictObject({ id, reason }),
  'cash-out.dismiss': z.strictObject({ id }),
  'slip.print': slip,
  'slip.preview': slip,
  'slip.cancel': z.strictObject({ jobId: id }),
  'slip.seen': z.strictObject({ jobId: id }),
  'drawer.open': z.strictObject({ reason }),
  'drawer.seen': z.strictObject({ sinceMs: minor }),
  'pairing.view': z.strictObject({ network: pairingNetwork }),
  'pairing.look': z.strictObject({ network: pairingNetwork, storeId: placeNumber.optional() }),
  'pairing.start': z.strictObject({
    network: pairingNetwork,
    store: z
      .strictObject({
        id: placeNumber.optional(),
        externalId: externalId.optional(),
        name: placeName.optional(),
        address: address.optional(),
      })
      .transform(given),
    pos: z.strictObject({ externalId: externalId.optional(), name: placeName.optional() }).transform(given),
    takeOver: z.strictObject({ reason }).optional(),
  }),
  'pairing.sticker': z.strictObject({ network: pairingNetwork }),
  'pairing.print-sticker': z.strictObject({ network: pairingNetwork }),
  'reconcile.last': nothing,
  'reconcile.run': z.strictObject({
    day: z
      .string()
      .regex(/^\d{4}-\d\d-\d\d$/)
      .optional(),
  }),
  'scan.read': z.strictObject({ text: scanned, usText: scanned.optional() }).transform(given),
  'sync.now': nothing,
  'training.customer': z.strictObject({ cashOutId: id, act: z.enum(['pay', 'start-paying', 'walk-away']) }),
  'training.network': z.strictObject({ state: z.enum(['up', 'down']) }),
} as const satisfies Record<CallName, z.ZodType>;

export type Readers = { readonly [Name in CallName]: (raw: unknown) => CallRequest<Name> | undefined };

function reader<Output>(schema: z.ZodType<Output>): (raw: unknown) => Output | undefined {
  return (raw) => {
    const read = schema.safeParse(raw);
    return read.success ? dropUndefined(read.data) : undefined;
  };
}

/** zod keeps an optional key that was sent as undefined; our types say absent. */
function dropUndefined<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const [key, field] of Object.entries(value)) if (field === undefined) Reflect.deleteProperty(value, key);
  return value;
}

export const READERS = Object.fromEntries(
  Object.entries(SCHEMAS).map(([name, schema]) => [name, reader<unknown>(schema)]),
) as Readers;

const callFrame = z.strictObject({
  kind: z.literal('call'),
  id: z.int().min(0),
  name: z.string(),
  request: z.unknown(),
});
const helloFrame = z.strictObject({ kind: z.literal('hello'), role: z.enum(['cashier', 'customer']) });
const upFrame = z.union([callFrame, helloFrame]);

/** A frame from a window, still with an unread request; undefined when it is no frame of ours. */
export function readUpFrame(raw: unknown): z.infer<typeof upFrame> | undefined {
  const read = upFrame.safeParse(raw);
  return read.success ? read.data : undefined;
}

export function isCallName(name: string): name is CallName {
  return Object.hasOwn(SCHEMAS, name);
}
