/** Scanners on lines of their own as data (`assets/devices/scanner-*.json`). */
import { z } from 'zod';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';

const profileSchema = z.strictObject({
  kind: z.literal('scanner'),
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  /** In front of each reading; taken off. */
  prefix: z.string().max(8).exactOptional(),
  /** Absent: CR, LF or both · empty: a reading ends by silence. */
  suffix: z.string().max(8).exactOptional(),
  /** As it leaves the factory. */
  baudRate: z.int().min(1_200).max(921_600),
});

export type ScannerProfile = Readonly<z.infer<typeof profileSchema>>;

/** Errors: one line per thing that is wrong with it. */
export function readScannerProfile(raw: unknown): Result<ScannerProfile, string> {
  const read = profileSchema.safeParse(raw);
  return read.success ? ok(read.data) : err(z.prettifyError(read.error));
}
