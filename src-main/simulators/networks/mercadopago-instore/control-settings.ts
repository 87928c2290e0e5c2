/** What a person at the control plane may set, script and conjure: the shapes of those bodies. */
import { z } from 'zod';
import { tokensShape } from '../bearer-tokens.ts';
import { milliseconds, scriptEntryShape } from '../common-shapes.ts';
import { customers, serverErrorStatus } from '../mercadopago-orders/control-settings.ts';
import { COUNTRY_NAMES } from '../mercadopago-orders/countries.ts';
import { placeSettings } from '../mercadopago-places/control-settings.ts';
import { INSTORE_FAULTS, OPERATIONS } from './faults.ts';

/** Merchant order ids are numbers on the wire, and are welcome as such. */
export const ref = z.union([z.string().min(1), z.int().positive().transform(String)]);

export const scriptEntry = scriptEntryShape(INSTORE_FAULTS, OPERATIONS, {
  ref,
  status: serverErrorStatus,
  details: { amount: z.string().optional() },
});

export const settings = z
  .strictObject({
    country: z.enum(COUNTRY_NAMES),
    userId: z.string().regex(/^\d+$/),
    applicationId: z.string().min(1),
    tokens: tokensShape,
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
    ...placeSettings,
    hasAmountInQr: z.boolean(),
    isTest: z.boolean(),
    customers,
    webhookUrl: z.url().nullable(),
  })
  .partial();
