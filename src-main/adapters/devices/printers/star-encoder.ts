/**
 * Star: a slip document as the bytes for a printer in StarPRNT or Star Line Mode, from the same lines as ESC/POS. Pure.
 *
 * `@point-of-sale/receipt-printer-encoder` builds the text: bold, inverse, size, code page. It is given lines that fit, composed, free of
 * control characters and within the one page chosen at the start, so it never wraps, pads or changes pages. Alignment, QR, feed, cut and
 * drawer pulse are complete commands of ours.
 *
 * Source  Star Line Mode and StarPRNT command specifications, by command name.
 */
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import type { Result } from '../../../core/domain/result.ts';
import { err, invariant, ok, unreachable } from '../../../core/domain/result.ts';
import type { Bitmap, SlipAlign, SlipDocument } from '../../../core/domain/slips/slip-document.ts';
import type { CodePageName } from '../text/code-pages.ts';
import { bitmapOfQr, printedPictureDots } from './picture-commands.ts';
import type { PrinterProfile } from './printer-profile.ts';
import type { EncodeProblem } from './escpos-encoder.ts';
import type { QrSymbol } from './qr-symbol.ts';
import { QUIET_ZONE_MODULES, qrSymbol } from './qr-symbol.ts';
import type { LaidLine, TextLine } from './slip-layout.ts';
import { NORMAL, layOutFor } from './slip-layout.ts';

type Page = Readonly<{ number: number; name: string }>;
/** A job under way. The builder remembers style and page from line to line; `align` is what the printer was told last. */
type Job = { readonly profile: PrinterProfile; builder: ReceiptPrinterEncoder; page: Page; align: SlipAlign };

const ESC = 0x1b;
const GS = 0x1d;
const FEED_STEPS_MAX = 255;
/** The builder's names of our code pages. */
const PAGE_NAMES = {
  CP858: 'cp858',
  CP1252: 'windows1252',
  CP850: 'cp850',
  CP860: 'cp860',
  CP437: 'cp437',
} as const satisfies Record<CodePageName, string>;
/** The builder knows a few paper widths only; a line that fits a narrower paper fits this one. */
const BUILDER_COLUMNS = 48;
const ALIGNS = { left: 0, center: 1, right: 2 } as const satisfies Record<SlipAlign, number>;
/** ESC GS P 0, 1: into page mode and out of it, upon which a StarPRNT printer prints what it holds. A cut does the same. */
const PRINT_WHAT_YOU_HOLD = [ESC, GS, 0x50, 0x30, ESC, GS, 0x50, 0x31];

/** Errors: a QR or a picture that this paper cannot carry. Nothing else about a document can fail. */
export function encodeStar(document: SlipDocument, profile: PrinterProfile): Result<Uint8Array, EncodeProblem> {
  const job: Job = { profile, builder: builderFor(profile, profile.codePage), page: profile.codePage, align: 'left' };
  const pieces: Uint8Array[] = [startJob(job)];
  for (const line of layOutFor(document, profile)) {
    const piece = encodeLine(line, job);
    if (!piece.ok) return piece;
    pieces.push(piece.value);
  }
  if (profile.dialect === 'star-prnt' && profile.cut === 'none') pieces.push(Uint8Array.from(PRINT_WHAT_YOU_HOLD));
  return ok(Uint8Array.from(Buffer.concat(pieces)));
}

/** ESC BEL sets both times, in units of 10 ms; BEL or SUB then drives connector 1 or 2. */
export function encodeStarDrawerPulse({ drawer }: PrinterProfile): Uint8Array {
  return Uint8Array.of(ESC, 0x07, tens(drawer.onMs), tens(drawer.offMs), drawer.pin === 0 ? 0x07 : 0x1a);
}

function tens(durationMs: number): number {
  return Math.max(1, Math.min(127, Math.round(durationMs / 10)));
}

function builderFor({ dialect }: PrinterProfile, { number, name }: Page): ReceiptPrinterEncoder {
  const page = builderPage(name);
  const builder = new ReceiptPrinterEncoder({
    language: dialect === 'star-line' ? 'star-line' : 'star-prnt',
    columns: BUILDER_COLUMNS,
    newline: '\n',
    autoFlush: false,
    errors: 'strict',
    codepageMapping: { [page]: number },
  });
  return builder.codepage(page);
}

function builderPage(name: string): (typeof PAGE_NAMES)[CodePageName] {
  return Object.entries(PAGE_NAMES).find(([known]) => known === name)?.[1] ?? 'cp437';
}

/** ESC @ CAN: from power-on settings, with nothing left of an earlier job; ESC R 0: country set USA; lines of 3 or 4 mm. */
function startJob({ profile }: Job): Uint8Array {
  return Uint8Array.of(ESC, 0x40, 0x18, ESC, 0x52, 0, ...lineSpacing(profile));
}

function lineSpacing({ lineSpacingDots }: PrinterProfile): readonly number[] {
  return lineSpacingDots > 24 ? [ESC, 0x7a, 1] : [ESC, 0x30];
}

function encodeLine(line: LaidLine, job: Job): Result<Uint8Array, EncodeProblem> {
  switch (line.kind) {
    case 'text':
      return ok(encodeText(line, job));
    case 'rule':
      return ok(encodeText({ ...NORMAL, text: line.text }, job));
    case 'feed':
      return ok(feed(Math.round(line.lines * job.profile.lineSpacingDots)));
    case 'qr':
      return encodeQr(line, job);
    case 'picture':
      return encodeDocumentPicture(line.bitmap, job);
    case 'cut':
      return ok(encodeCut(job.profile));
    default:
      return unreachable(line);
  }
}

function encodeText(line: TextLine, job: Job): Uint8Array {
  const aligned = alignTo(line.align, job);
  const { codePage = job.profile.codePage } = line;
  if (codePage.number !== job.page.number || codePage.name !== job.page.name) {
    job.builder = builderFor(job.profile, codePage);
    job.page = codePage;
  }
  const { builder } = job;
  builder.bold(line.isBold).invert(line.isInverse).size(line.widthScale, line.heightScale);
  const bytes = builder.text(line.text).newline().encode();
  invariant(bytes.filter((byte) => byte === 0x0a).length === 1, 'a line became more than one');
  return Uint8Array.from([...aligned, ...bytes]);
}

function alignTo(align: SlipAlign, job: Job): readonly number[] {
  if (align === job.align) return [];
  job.align = align;
  return [ESC, GS, 0x61, ALIGNS[align]];
}

function encodeQr({ payload, form }: Extract<LaidLine, { kind: 'qr' }>, job: Job): Result<Uint8Array, EncodeProblem> {
  const symbol = qrSymbol(payload, job.profile);
  if (!symbol.ok) return symbol;
  const quiet = feed(QUIET_ZONE_MODULES * symbol.value.moduleDots);
  const isNative = (form ?? job.profile.qr) === 'native';
  const drawn = isNative
    ? [...alignTo('center', job), ...starQr(symbol.value)]
    : encodePicture(bitmapOfQr(symbol.value), 1, job);
  return ok(Uint8Array.from([...quiet, ...drawn, ...quiet]));
}

/** ESC GS y S 0/1/2: model 2, level, module; D 1: data by its length; P: print. */
function starQr({ bytes, moduleDots, level }: QrSymbol): readonly number[] {
  return [
    [ESC, GS, 0x79, 0x53, 0x30, 2],
    [ESC, GS, 0x79, 0x53, 0x31, level === 'L' ? 0 : 1],
    [ESC, GS, 0x79, 0x53, 0x32, moduleDots],
    [ESC, GS, 0x79, 0x44, 0x31, 0, bytes.length & 0xff, bytes.length >> 8, ...bytes],
    [ESC, GS, 0x79, 0x50],
  ].flat();
}

/** A picture as large as on other printers. Errors: one that does not fit the paper. */
function encodeDocumentPicture(bitmap: Bitmap, job: Job): Result<Uint8Array, EncodeProblem> {
  const dots = printedPictureDots(bitmap, job.profile);
  if (dots === undefined) return err({ kind: 'picture-too-large' });
  return ok(encodePicture(bitmap, dots / bitmap.widthDots, job));
}

/** Strips of 24 dots (ESC X), by a builder of its own: it leaves line spacing and alignment changed. */
function encodePicture({ widthDots, heightDots, bits }: Bitmap, scale: number, job: Job): Uint8Array {
  const [width, height] = [widthDots * scale, heightDots * scale];
  const rowBytes = Math.ceil(widthDots / 8);
  const data = new Uint8Array(width * height * 4).fill(0xff);
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [Math.floor((at % width) / scale), Math.floor(at / width / scale)];
    const isDark = ((bits[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
    if (isDark) data.fill(0, at * 4, at * 4 + 3);
  }
  const drawn = builderFor(job.profile, job.page)
    .align('center')
    .image({ data, width, height }, { width, height })
    .encode();
  const aligned = [ESC, GS, 0x61, ALIGNS[job.align]];
  return Uint8Array.from([...drawn, ...aligned, ...lineSpacing(job.profile)]);
}

/** ESC d 2/3 feeds to the cutter first. Without a cutter the paper moves to the tear bar. */
function encodeCut({ cut, cutFeedDots }: PrinterProfile): Uint8Array {
  if (cut === 'none') return feed(cutFeedDots);
  return Uint8Array.from([...feed(cutFeedDots), ESC, 0x64, cut === 'partial' ? 3 : 2]);
}

/** ESC I n: n/8 mm, which is a dot of these printers. */
function feed(dots: number): Uint8Array {
  const bytes: number[] = [];
  for (let left = dots; left > 0; left -= FEED_STEPS_MAX) bytes.push(ESC, 0x49, Math.min(left, FEED_STEPS_MAX));
  return Uint8Array.from(bytes);
}
