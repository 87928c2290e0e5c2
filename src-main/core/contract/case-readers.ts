/** Readers of the calls about cases. */
import { z } from 'zod';
import { CASE_DECISIONS } from '../domain/case-rules.ts';
import type { CaseCalls } from './case-views.ts';

const id = z.string().regex(/^[0-9A-Z]{1,40}$/);
/** One line: it stands in the journal, on reports and on paper. */
const reason = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u);

export const CASE_SCHEMAS = {
  'case.list': z.strictObject({ which: z.enum(['open', 'all']), limit: z.int().min(1).max(1000).optional() }),
  'case.show': z.strictObject({ id }),
  'case.look-again': z.strictObject({ id }),
  'case.resolve': z.strictObject({
    id,
    decision: z.enum(CASE_DECISIONS),
    reason,
    supervisorCode: z.int().min(0).optional(),
  }),
} as const satisfies Record<keyof CaseCalls, z.ZodType>;
