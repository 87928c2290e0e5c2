/**
 * Printer profiles: what a model can do, as data (`assets/devices/printer-*.json`). An id on the USB bus never proves a model;
 * the test slip of pairing does.
 *
 * Units  dots of the print head; `dpi` dots per inch; drawer times in ms; `cutFeedDots` beyond the cutter (with a cutter) or up to the tear bar.
 */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import { CODE_PAGE_NAMES } from '../text/code-pages.ts';

const profileSchema = z.strictObject({
  kind: z.literal('printer'),
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  dialect: z.literal('escpos'),
  columns: z.int().min(24).max(64),
  dots: z.int().min(256).max(832).multipleOf(8),
  dpi: z.int().min(150).max(300),
  /** Steps of vertical motion per dot: 1 on most printers, 2 where a step is 1/360 inch and a dot 1/180. */
  verticalStepsPerDot: z.int().min(1).max(4),
  /** From one line to the next; a cell is 24 dots high. */
  lineSpacingDots: z.int().min(24).max(60),
  codePage: z.strictObject({ number: z.int().min(0).max(255), name: z.enum(CODE_PAGE_NAMES) }),
  /** FS . first: models sold in China start in a two-byte character mode that eats accents. */
  leaveKanjiMode: z.boolean(),
  qr: z.enum(['native', 'raster-quad']),
  /** Largest module that GS ( k accepts, in dots. */
  qrMaxModuleDots: z.int().min(3).max(16),
  cut: z.enum(['partial', 'full', 'none']),
  cutFeedDots: z.int().min(0).max(255),
  status: z.enum(['none', 'dle']),
  confirm: z.enum(['process-id', 'gs-r', 'none']),
  drawer: z.strictObject({
    pin: z.union([z.literal(0), z.literal(1)]),
    onMs: z.int().min(2).max(510).multipleOf(2),
    offMs: z.int().min(2).max(510).multipleOf(2),
  }),
});

export type PrinterProfile = Readonly<z.infer<typeof profileSchema>>;

/** Errors: one line per thing that is wrong with it. */
export function readPrinterProfile(raw: unknown): Result<PrinterProfile, string> {
  const read = profileSchema.safeParse(raw);
  return read.success ? ok(read.data) : err(z.prettifyError(read.error));
}

/** All printer profiles of a folder, by file name. Errors: the file and what is wrong with it. */
export async function loadPrinterProfiles(folder: string): Promise<Result<readonly PrinterProfile[], string>> {
  const names = (await readdir(folder)).filter((name) => /^printer-.*\.json$/.test(name)).sort();
  const profiles: PrinterProfile[] = [];
  for (const name of names) {
    const read = readPrinterProfile(parseJson(await readFile(path.join(folder, name), 'utf8')));
    if (!read.ok) return err(`${name}: ${read.error}`);
    profiles.push(read.value);
  }
  return ok(profiles);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
