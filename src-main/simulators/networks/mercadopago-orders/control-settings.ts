/** What a person at the control plane may set and script: the shapes of those bodies. */
import { z } from 'zod';
import { tokensShape } from '../bearer-tokens.ts';
import { milliseconds, rangeMs, rate, scriptEntryShape } from '../common-shapes.ts';
import { placeSettings } from '../mercadopago-places/control-settings.ts';
import { COUNTRY_NAMES } from './countries.ts';
import { MERCADO_PAGO_FAULTS, OPERATIONS } from './faults.ts';

export const ref = z.string().min(1);

export const serverErrorStatus = z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(504)]);

export const scriptEntry = scriptEntryShape(MERCADO_PAGO_FAULTS, OPERATIONS, {
  ref,
  status: serverErrorStatus,
  details: { amount: z.string().optional() },
});

export const customers = z.union([
  z.literal('none'),
  z.strictObject({ payAfter: rangeMs, payingMs: milliseconds, walkAwayRate: rate, lateRate: rate }),
]);

export const settings = z
  .strictObject({
    country: z.enum(COUNTRY_NAMES),
    userId: z.string().min(1),
    applicationId: z.string().min(1),
    tokens: tokensShape,
    knownPos: z.union([z.enum(['any', 'created']), z.array(z.string())]),
    isSellerEnabled: z.boolean(),
    hasSandboxIds: z.boolean(),
    replay: z.enum(['snapshot', 'current']),
    idempotencyWindowMs: milliseconds,
    isReferenceUnique: z.boolean(),
    findsQrOrders: z.boolean(),
    cancelConflictCode: z.enum(['by-status', 'order_already_canceled']),
    processedDetail: z.enum(['accredited', 'processed']),
    createdDetail: z.enum(['ready_to_process', 'created']),
    canceledSpelling: z.enum(['canceled', 'cancelled']),
    refundTakesMs: z.union([milliseconds, z.literal('on-command')]),
    refundWindowMs: milliseconds,
    readableForMs: milliseconds,
    payingLastsMs: milliseconds,
    ...placeSettings,
    hasAmountInQr: z.boolean(),
    customers,
    webhookSecret: z.string(),
    webhookIdCase: z.enum(['lower', 'as-received']),
    webhookUrl: z.url().nullable(),
  })
  .partial();
