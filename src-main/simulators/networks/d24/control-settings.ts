/** The shape of settings that arrive over the control plane. */
import { z } from 'zod';
import { milliseconds, rangeMs, rate } from '../common-shapes.ts';
import { COUNTRY_NAMES } from './countries.ts';

const amount = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/);

export const bankHabits = z.union([
  z.literal('none'),
  z.strictObject({
    accept: rangeMs,
    settle: rangeMs,
    rejectRate: rate,
    rejectionCodes: z.array(z.int().nullable()),
    lateReturnRate: rate,
    lateReturn: rangeMs,
  }),
]);

const country = z.enum(COUNTRY_NAMES);
const text = z.string().min(1);

export const settings = z
  .strictObject({
    login: text,
    pass: text,
    signature: text,
    readOnlyKey: text,
    merchantsAccessKey: text,
    merchantsSecretKey: text,
    merchantsTokenLifeMs: milliseconds,
    isIpRegistered: z.boolean(),
    isMerchantsIpAllowed: z.boolean(),
    isMerchantEnabled: z.boolean(),
    needsUserAgent: z.boolean(),
    countries: z.array(country),
    ids: z.enum(['both', 'either']),
    statusByExternalIdAlone: z.boolean(),
    cancelByOneId: z.boolean(),
    acceptsQuotedIds: z.boolean(),
    hasCancel: z.boolean(),
    hasHold: z.boolean(),
    cancelsOnHold: z.boolean(),
    transitionRefusalStatus: z.literal([400, 412]),
    burnsDeclinedIds: z.boolean(),
    bankShape: z.enum(['object', 'array', 'absent']),
    hasProviderReference: z.boolean(),
    limits: z.strictObject({
      minimum: amount,
      transactionMaximum: amount.nullable(),
      dailyMaximum: amount.nullable(),
    }),
    kycRefusals: z.record(z.string(), z.int()),
    blockedDocuments: z.array(z.string()),
    blockedAccounts: z.array(z.string()),
    checksContactOwners: z.boolean(),
    fxRates: z.record(country, z.string().regex(/^\d{1,12}(\.\d{1,8})?$/)),
    listLagMs: milliseconds,
    controlWords: z.strictObject({ before: z.string(), after: z.string() }),
    notificationUrl: z.url().nullable(),
    banks: bankHabits,
  })
  .partial();
