/** Customer displays as data (`assets/devices/display-*.json`): two lines of text, or a QR display. Units: character cells, bytes, ms. */
import { z } from 'zod';
import type { DisplayTraits } from '../../../core/domain/devices/device.ts';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import { CODE_PAGE_NAMES } from '../text/code-pages.ts';

export const LINE_DIALECTS = ['escpos', 'cd5220', 'utc', 'utc-enhanced', 'aedex'] as const;
export type LineDialectName = (typeof LINE_DIALECTS)[number];
export const QR_PROTOCOLS = ['bonrix', 'mertech'] as const;
export type QrProtocolName = (typeof QR_PROTOCOLS)[number];

const codePage = z.strictObject({ number: z.int().min(0).max(255), name: z.enum(CODE_PAGE_NAMES) });

const lineSchema = z.strictObject({
  kind: z.literal('display'),
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  dialect: z.enum(LINE_DIALECTS),
  columns: z.literal(20),
  lines: z.literal(2),
  /** null: ASCII only, which every model shows alike; a page is set once a test on the device has confirmed it. */
  codePage: codePage.nullable(),
  /** Pages that this model may have, the likeliest first: what pairing tries. */
  codePagesToTry: z.array(codePage).readonly(),
  /** 1 (dim) to 4; null: as the display is set. */
  brightness: z.int().min(1).max(4).nullable(),
  /** Daisy-chained with a printer: the display is selected before each update and the printer after it. */
  sharesLineWithPrinter: z.boolean(),
  /** Small input buffers: at most so many bytes at once, then a pause. A command is never cut in two. */
  pacing: z.strictObject({ chunkBytes: z.int().min(24).max(4_096), pauseMs: z.int().min(1).max(500) }).nullable(),
  /** As it leaves the factory. */
  baudRate: z.int().min(1_200).max(921_600),
});

const qrSchema = z.strictObject({
  kind: z.literal('qr-display'),
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  protocol: z.enum(QR_PROTOCOLS),
  /** No device of this kind has been seen by us: the protocol is from documents. */
  isExperimental: z.boolean(),
  maxPayloadBytes: z.int().min(50).max(65_535),
  baudRate: z.int().min(1_200).max(921_600),
});

export type DisplayProfile = Readonly<z.infer<typeof lineSchema>>;
export type QrDisplayProfile = Readonly<z.infer<typeof qrSchema>>;

/** Errors: one line per thing that is wrong with it. */
export function readDisplayProfile(raw: unknown): Result<DisplayProfile, string> {
  const read = lineSchema.safeParse(raw);
  return read.success ? ok(read.data) : err(z.prettifyError(read.error));
}

/** Errors: one line per thing that is wrong with it. */
export function readQrDisplayProfile(raw: unknown): Result<QrDisplayProfile, string> {
  const read = qrSchema.safeParse(raw);
  return read.success ? ok(read.data) : err(z.prettifyError(read.error));
}

/** The profile with what the technician saw. A page by a name that is not ours changes nothing. */
export function withDisplayTraits(profile: DisplayProfile, traits: DisplayTraits | undefined): DisplayProfile {
  const name = CODE_PAGE_NAMES.find((known) => known === traits?.codePage?.name);
  if (traits?.codePage === undefined || name === undefined) return profile;
  return { ...profile, codePage: { number: traits.codePage.number, name } };
}
