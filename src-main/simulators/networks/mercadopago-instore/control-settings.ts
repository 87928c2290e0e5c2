/** What a person at the control plane may set, script and conjure: the shapes of those bodies. */
import { z } from 'zod';
import { COUNTRY_NAMES } from '../mercadopago-orders/countries.ts';
import { INSTORE_FAULTS, OPERATIONS } from './faults.ts';

const milliseconds = z.int().nonnegative();
const rate = z.number().min(0).max(1);
const rangeMs = z
  .strictObject({ minimumMs: milliseconds, maximumMs: milliseconds })
  .refine(({ minimumMs, maximumMs }) => minimumMs <= maximumMs, 'minimumMs is above maximumMs');
const fault = z.enum(INSTORE_FAULTS);

/** Merchant order ids are numbers on the wire, and are welcome as such. */
export const ref = z.union([z.string().min(1), z.int().positive().transform(String)]);

export const scriptEntry = z.strictObject({
  fault,
  operation: z.enum(['any', ...OPERATIONS]).optional(),
  ref: ref.optional(),
  count: z.union([z.int().positive(), z.literal('always')]).optional(),
  skip: milliseconds.optional(),
  status: z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(504)]).optional(),
  delayMs: milliseconds.optional(),
  retryAfterSeconds: milliseconds.optional(),
  afterMs: milliseconds.optional(),
  amount: z.string().optional(),
});

export const customers = z.union([
  z.literal('none'),
  z.strictObject({ payAfter: rangeMs, payingMs: milliseconds, walkAwayRate: rate, lateRate: rate }),
]);

export const weather = z.strictObject({
  rates: z.partialRecord(fault, rate),
  latency: rangeMs.optional(),
  delay: rangeMs.optional(),
  after: rangeMs.optional(),
});

export const settings = z
  .strictObject({
    country: z.enum(COUNTRY_NAMES),
    userId: z.string().regex(/^\d+$/),
    applicationId: z.string().min(1),
    tokens: z.union([
      z.literal('any'),
      z.array(z.strictObject({ token: z.string(), userId: z.string().optional(), expiresAtMs: z.int().optional() })),
    ]),
    knownPos: z.enum(['any', 'created']),
    isSellerEnabled: z.boolean(),
    offersQrs: z.boolean(),
    offersConfirmation: z.boolean(),
    pureCashoutTotal: z.enum(['sum', 'zero']),
    defaultLifeMs: milliseconds,
    putAnswer: z.enum(['no-content', 'with-data']),
    hybridAnswer: z.enum(['empty', 'with-data']),
    waitingOrderShape: z.enum(['list', 'object']),
    deleteOfNothing: z.enum(['refused', 'no-content']),
    payingLastsMs: milliseconds,
    emptyElements: z.enum(['list', 'null']),
    abandonedOrders: z.enum(['opened', 'expired']),
    orderStatusWords: z.enum(['reference', 'openapi']),
    withdrawalShownIn: z.enum(['payments', 'payouts']),
    confirmWithinMs: milliseconds,
    automaticReturnAfterMs: z.union([milliseconds, z.literal('never')]),
    lateConfirmation: z.enum(['already_notified', 'not_found', 'accepted_until_returned']),
    returnTakesMs: z.union([milliseconds, z.literal('on-command')]),
    failDetailSpelling: z.enum(['one-m', 'two-m', 'either']),
    acceptsFail: z.boolean(),
    errorShape: z.enum(['error-causes', 'code-cause']),
    createdStatus: z.union([z.literal(200), z.literal(201)]),
    storeDateName: z.enum(['date_created', 'date_creation']),
    posShape: z.enum(['nested', 'flat']),
    acceptsFreeAmountPos: z.boolean(),
    posExternalIdAllows: z.enum(['letters-digits', 'dashes-too']),
    knownPlaces: z.union([z.literal('any'), z.array(z.strictObject({ state: z.string(), city: z.string() }))]),
    merchantName: z.string(),
    hasAmountInQr: z.boolean(),
    isTest: z.boolean(),
    customers,
    webhookUrl: z.url().nullable(),
  })
  .partial();
