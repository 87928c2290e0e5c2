/** Readers of the calls about payouts, as shapes. */
import { z } from 'zod';
import { CURRENCY_CODES } from '../domain/money.ts';
import { FIELD_NAMES, PAYOUT_COUNTRIES, PAYOUT_METHODS } from '../domain/payouts/country-forms.ts';
import { PAYOUT_NETWORK_IDS } from '../domain/payouts/payout.ts';
import type { PayoutCalls } from './payout-contract.ts';

const id = z.string().regex(/^[0-9A-Z]{1,40}$/);
const minor = z.int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);
const reason = z.string().trim().min(1).max(200);
const notes = z.record(z.string().regex(/^[1-9]\d{0,11}$/), z.int().min(0).max(100_000));
const requestId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const code = z.int().min(0).max(2_147_483_647);
const payoutNetwork = z.enum(PAYOUT_NETWORK_IDS);
/** Wider than any form: what is wrong with a value is said by the form's own rules, field by field. */
const beneficiary = z.partialRecord(z.enum(FIELD_NAMES), z.string().max(300));
const METHOD_IDS = PAYOUT_METHODS.map(({ id: methodId }) => methodId);

export const PAYOUT_SCHEMAS = {
  'payout.start': z.strictObject({
    network: payoutNetwork,
    country: z.enum(PAYOUT_COUNTRIES),
    method: z.enum(METHOD_IDS),
    currency: z.enum(CURRENCY_CODES),
    amountMinor: minor,
    beneficiary,
    hold: z.boolean().optional(),
    reissueOf: id.optional(),
    requestId: requestId.optional(),
  }),
  'payout.show': z.strictObject({ id }),
  'payout.list': z.strictObject({
    sinceMs: minor,
    limit: z.int().min(1).max(1000),
    open: z.boolean().optional(),
  }),
  'payout.find': z.strictObject({ text: z.string().max(300), network: payoutNetwork.optional() }),
  'payout.refresh': z.strictObject({ id }),
  'payout.cancel': z.strictObject({ id, reason }),
  'payout.hold': z.strictObject({ id, reason }),
  'payout.release': z.strictObject({ id, supervisorCode: code }),
  'payout.reviewed': z.strictObject({
    id,
    supervisorCode: code,
    reason,
    cashoutId: z
      .string()
      .regex(/^[1-9]\d{0,17}$/)
      .optional(),
  }),
  'payout.notes-start': z.strictObject({ id, supervisorCode: code.optional() }),
  'payout.notes-given': z.strictObject({ id, notes: notes.optional() }),
  'payout.notes-not-given': z.strictObject({ id, reason }),
  'payout.banks': z.strictObject({ network: payoutNetwork, country: z.enum(PAYOUT_COUNTRIES) }),
  'payout.rate': z.strictObject({
    network: payoutNetwork,
    country: z.enum(PAYOUT_COUNTRIES),
    usdMinor: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
  }),
} as const satisfies Record<keyof PayoutCalls, z.ZodType>;
