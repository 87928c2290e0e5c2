/** Two-line customer displays as data (`assets/devices/display-*.json`). Units: character cells. */
import { z } from 'zod';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import { CODE_PAGE_NAMES } from '../text/code-pages.ts';

const profileSchema = z.strictObject({
  kind: z.literal('display'),
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  dialect: z.literal('escpos'),
  columns: z.literal(20),
  lines: z.literal(2),
  /** null: ASCII only, which every model shows alike; a page is set once a test on the device has confirmed it. */
  codePage: z.strictObject({ number: z.int().min(0).max(255), name: z.enum(CODE_PAGE_NAMES) }).nullable(),
  /** Daisy-chained with a printer: the display is selected before each update and the printer after it. */
  sharesLineWithPrinter: z.boolean(),
});

export type DisplayProfile = Readonly<z.infer<typeof profileSchema>>;

/** Errors: one line per thing that is wrong with it. */
export function readDisplayProfile(raw: unknown): Result<DisplayProfile, string> {
  const read = profileSchema.safeParse(raw);
  return read.success ? ok(read.data) : err(z.prettifyError(read.error));
}
