/** What a person at the control plane may set about stores and points of sale. */
import { z } from 'zod';

export const placeSettings = {
  errorShape: z.enum(['error-causes', 'code-cause']),
  createdStatus: z.union([z.literal(200), z.literal(201)]),
  storeDateName: z.enum(['date_created', 'date_creation']),
  posShape: z.enum(['nested', 'flat']),
  acceptsFreeAmountPos: z.boolean(),
  posExternalIdAllows: z.enum(['letters-digits', 'dashes-too']),
  knownPlaces: z.union([z.literal('any'), z.array(z.strictObject({ state: z.string(), city: z.string() }))]),
  merchantName: z.string(),
} as const;
