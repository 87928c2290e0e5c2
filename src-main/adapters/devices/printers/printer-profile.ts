/**
 * Printer profiles: what a model can do, as data (`assets/devices/printer-*.json`). An id on the USB bus never proves a model;
 * the test slip of pairing does.
 *
 * Units  dots of the print head; `dpi` dots per inch; drawer times in ms; `cutFeedDots` beyond the cutter (with a cutter) or up to the tear bar.
 */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { PrinterTraits } from '../../../core/domain/devices/device.ts';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import { CODE_PAGE_NAMES } from '../text/code-pages.ts';

const STAR_COLUMNS_MAX = 48;

const codePageSchema = z.strictObject({ number: z.int().min(0).max(255), name: z.enum(CODE_PAGE_NAMES) });

const profileSchema = z
  .strictObject({
    kind: z.literal('printer'),
    id: z.string().regex(/^[a-z0-9-]+$/),
    name: z.string().min(1),
    dialect: z.enum(['escpos', 'star-line', 'star-prnt']),
    columns: z.int().min(24).max(64),
    dots: z.int().min(256).max(832).multipleOf(8),
    dpi: z.int().min(150).max(300),
    /** Steps of vertical motion per dot: 1 on most printers, 2 where a step is 1/360 inch and a dot 1/180. */
    verticalStepsPerDot: z.int().min(1).max(4),
    /** From one line to the next; a cell is 24 dots high. */
    lineSpacingDots: z.int().min(24).max(60),
    codePage: codePageSchema,
    /** Pages under other numbers that this model may have as well or instead: candidates for the test slip. */
    otherCodePages: z.array(codePageSchema).max(12).readonly(),
    /** HT jumps to the stops that ESC D has set. */
    tabs: z.boolean(),
    /** FS . first: models sold in China start in a two-byte character mode that eats accents. */
    leaveKanjiMode: z.boolean(),
    /** By the printer's own means; as a picture of half the resolution that it doubles; as a picture dot for dot. */
    qr: z.enum(['native', 'raster-quad', 'raster']),
    /** Model and level are always told; false where ESC @ is known to bring back model 2 and level L. */
    qrSettingsTold: z.boolean(),
    /** Largest module that the printer's own QR command accepts, in dots. */
    qrMaxModuleDots: z.int().min(3).max(16),
    cut: z.enum(['partial', 'full', 'none']),
    cutFeedDots: z.int().min(0).max(255),
    /** `dle`: answers DLE EOT; `asb`: also tells each change by itself, once GS a has asked for it. */
    status: z.enum(['none', 'dle', 'asb', 'star-asb']),
    confirm: z.enum(['none', 'gs-r', 'process-id', 'star-etb']),
    drawer: z.strictObject({
      pin: z.union([z.literal(0), z.literal(1)]),
      onMs: z.int().min(2).max(510).multipleOf(2),
      offMs: z.int().min(2).max(510).multipleOf(2),
      /** Obeys DLE DC4: a pulse at once, also while it is busy or offline. */
      realTime: z.boolean().optional(),
    }),
    /** How far the figures can be trusted: seen on such a printer, read in its maker's manual, or taken over from its relatives. */
    source: z.strictObject({ basis: z.enum(['measured', 'manual', 'assumed']), note: z.string().min(1) }),
  })
  .superRefine((profile, context) => {
    for (const [field, message] of starProblems(profile)) context.addIssue({ code: 'custom', path: [field], message });
  });

type Fields = Readonly<{ dialect: string; columns: number; lineSpacingDots: number; status: string; confirm: string }>;

/** Star printers feed lines of 3 or 4 mm only, answer in their own way, and know no process ID. */
function starProblems({
  dialect,
  columns,
  lineSpacingDots,
  status,
  confirm,
}: Fields): readonly (readonly [string, string])[] {
  const isStar = dialect !== 'escpos';
  const problems: (readonly [string, string])[] = [];
  if (isStar && columns > STAR_COLUMNS_MAX) problems.push(['columns', `at most ${STAR_COLUMNS_MAX} on a Star printer`]);
  if (isStar && ![24, 32].includes(lineSpacingDots)) problems.push(['lineSpacingDots', '24 or 32 on a Star printer']);
  if (status !== 'none' && isStar !== (status === 'star-asb')) problems.push(['status', `not of ${dialect}`]);
  if (confirm !== 'none' && isStar !== (confirm === 'star-etb')) problems.push(['confirm', `not of ${dialect}`]);
  return problems;
}

export type PrinterProfile = Readonly<z.infer<typeof profileSchema>>;

/** What slips have to know of a printer's paper. */
export function paperOf({ name, columns, codePage }: PrinterProfile): Readonly<{
  name: string;
  columns: number;
  codePageName: string;
}> {
  return { name, columns, codePageName: codePage.name };
}

/**
 * The profile with what a technician saw of this one printer laid over it. Traits that do not belong to the profile's dialect, or name a
 * page that the till does not know, change nothing: settings from another till must not make a printer mute.
 */
export function profileWith(profile: PrinterProfile, traits: PrinterTraits = {}): PrinterProfile {
  const { status, confirm, codePage, qr, columns, drawer } = traits;
  const wished = {
    ...profile,
    ...(qr && { qr }),
    ...(drawer && { drawer: { ...profile.drawer, pin: drawer.pin } }),
  };
  const changes: readonly Partial<PrinterProfile>[] = [
    { ...(status && { status }) },
    { ...(confirm && { confirm }) },
    { ...(columns !== undefined && { columns }) },
    knownPage(codePage),
  ];
  return changes.reduce<PrinterProfile>((whole, change) => {
    const read = profileSchema.safeParse({ ...whole, ...change });
    return read.success ? read.data : whole;
  }, wished);
}

function knownPage(page: PrinterTraits['codePage']): Partial<PrinterProfile> {
  const name = CODE_PAGE_NAMES.find((known) => known === page?.name);
  return page && name ? { codePage: { number: page.number, name } } : {};
}

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
