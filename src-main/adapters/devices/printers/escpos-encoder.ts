/**
 * ESC/POS: a slip document as the bytes for one printer. Pure; each call uses a fresh builder.
 *
 * `node-thermal-printer` builds bytes only (no interface, so no file or socket is ever touched) and is given nothing that it handles badly:
 * text arrives composed, free of control characters and within the one code page chosen at the start; sizes, QR, cut, feed and drawer pulse
 * are complete commands of ours.
 *
 * Source  Epson ESC/POS reference, by command name.
 */
import { ThermalPrinter, breakLine, types } from 'node-thermal-printer';
import type { Result } from '../../../core/domain/result.ts';
import { err, invariant, ok, unreachable } from '../../../core/domain/result.ts';
import type { Bitmap, QrForm, SlipAlign, SlipDocument } from '../../../core/domain/slips/slip-document.ts';
import { CODE_PAGE_NAMES } from '../text/code-pages.ts';
import { CHARACTER_SETS, encodeText as textBytes } from '../text/encode-text.ts';
import { rasterPicture } from './picture-commands.ts';
import type { PictureProblem } from './picture-commands.ts';
import type { PrinterProfile } from './printer-profile.ts';
import { hasRealTimeCommand, nativeQr, rasterQr } from './qr-commands.ts';
import type { QrProblem, QrSymbol } from './qr-symbol.ts';
import { QUIET_ZONE_MODULES, qrSymbol } from './qr-symbol.ts';
import type { LaidLine, TextLine } from './slip-layout.ts';
import { NORMAL, layOutFor } from './slip-layout.ts';
import { tabStopsFor, withTabs } from './tab-stops.ts';

export type EncodeProblem = QrProblem | PictureProblem;

/** What the printer has been told last, so that nothing is told twice. */
type PrinterState = {
  align: SlipAlign;
  widthScale: number;
  heightScale: number;
  isBold: boolean;
  isInverse: boolean;
  readonly tabStops: readonly number[];
  /** Whether model and level must be told before the next symbol. */
  qrSettingsTold: boolean;
};
const FRESH = { align: 'left', widthScale: 1, heightScale: 1, isBold: false, isInverse: false } as const;

const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const LF = 0x0a;
/** ESC J feeds at most so many steps at once. */
const FEED_STEPS_MAX = 255;

/** Errors: a QR or a picture that this paper cannot carry. Nothing else about a document can fail. */
export function encodeEscPos(document: SlipDocument, profile: PrinterProfile): Result<Uint8Array, EncodeProblem> {
  const lines = layOutFor(document, profile);
  const tabStops = profile.tabs ? tabStopsFor(lines) : [];
  const builder = startJob(profile, tabStops);
  const state: PrinterState = { ...FRESH, tabStops, qrSettingsTold: profile.qrSettingsTold };
  for (const line of lines) {
    const problem = encodeLine(builder, line, state, profile);
    if (problem) return err(problem);
  }
  const bytes = Uint8Array.from(builder.getBuffer());
  invariant(!hasRealTimeCommand(bytes), 'a slip holds bytes that a printer obeys on reception');
  return ok(bytes);
}

/** ESC @ forgets the code page, so the page follows it; ESC R 0 takes back a country set that would turn `$` or `#` into something else. */
function startJob(profile: PrinterProfile, tabStops: readonly number[]): ThermalPrinter {
  const builder = new ThermalPrinter({
    type: types.EPSON,
    interface: '',
    width: profile.columns,
    characterSet: CHARACTER_SETS[profile.codePage.name],
    breakLine: breakLine.NONE,
  });
  const { number } = profile.codePage;
  const spacing = profile.lineSpacingDots * profile.verticalStepsPerDot;
  const commands = [
    [ESC, 0x40],
    profile.leaveKanjiMode ? [FS, 0x2e] : [],
    [ESC, 0x52, 0],
    [ESC, 0x74, number],
    [ESC, 0x33, spacing],
    tabStops.length > 0 ? [ESC, 0x44, ...tabStops, 0] : [],
  ];
  builder.setBuffer(Buffer.from(commands.flat()));
  return builder;
}

function encodeLine(
  builder: ThermalPrinter,
  line: LaidLine,
  state: PrinterState,
  profile: PrinterProfile,
): EncodeProblem | undefined {
  switch (line.kind) {
    case 'text':
      encodeText(builder, line, state, profile);
      return undefined;
    case 'rule':
      encodeText(builder, { ...NORMAL, text: line.text }, state, profile);
      return undefined;
    case 'feed':
      feedDots(builder, Math.round(line.lines * profile.lineSpacingDots), profile);
      return undefined;
    case 'qr':
      return encodeQr(builder, line, state, profile);
    case 'picture':
      return encodePicture(builder, line.bitmap, state, profile);
    case 'cut':
      encodeCut(builder, profile);
      return undefined;
    default:
      return unreachable(line);
  }
}

function encodeText(builder: ThermalPrinter, line: TextLine, state: PrinterState, profile: PrinterProfile): void {
  setAlign(builder, line.align, state);
  setStyle(builder, line, state);
  if (line.codePage) {
    encodeSample(builder, line.text, line.codePage, profile);
    return;
  }
  const lengthBefore = builder.getBuffer().length;
  const words = withTabs(line, state.tabStops);
  builder.println(words);
  invariant(builder.getBuffer().length - lengthBefore === words.length + 1, 'a character did not become one byte');
}

type Style = Pick<TextLine, 'widthScale' | 'heightScale' | 'isBold' | 'isInverse'>;

/** ESC ! sets bold and sizes up to two in one command; GS ! is for larger ones, and is taken back by itself. */
function setStyle(builder: ThermalPrinter, wished: Style, state: PrinterState): void {
  const { widthScale, heightScale, isBold, isInverse } = wished;
  if (isInverse !== state.isInverse) builder.invert(isInverse);
  if (isLarge(state) && !isLarge(wished)) setLargeSize(builder, { widthScale: 1, heightScale: 1 }, state);
  const isOtherSize = widthScale !== state.widthScale || heightScale !== state.heightScale;
  if (isOtherSize && !isLarge(wished)) {
    const mode = (isBold ? 0x08 : 0) | (heightScale === 2 ? 0x10 : 0) | (widthScale === 2 ? 0x20 : 0);
    builder.add(Buffer.from([ESC, 0x21, mode]));
  } else {
    if (isOtherSize) setLargeSize(builder, wished, state);
    if (isBold !== state.isBold) builder.bold(isBold);
  }
  Object.assign(state, { widthScale, heightScale, isBold, isInverse });
}

function isLarge({ widthScale, heightScale }: Pick<Style, 'widthScale' | 'heightScale'>): boolean {
  return Math.max(widthScale, heightScale) > 2;
}

/** GS ! n: width in the high half, height in the low half. */
function setLargeSize(
  builder: ThermalPrinter,
  { widthScale, heightScale }: Pick<Style, 'widthScale' | 'heightScale'>,
  state: PrinterState,
): void {
  builder.add(Buffer.from([GS, 0x21, ((widthScale - 1) << 4) | (heightScale - 1)]));
  Object.assign(state, { widthScale, heightScale });
}

/** The letters as bytes of one page while the printer is told of a number: on the right number they look right. */
function encodeSample(
  builder: ThermalPrinter,
  words: string,
  { number, name }: NonNullable<TextLine['codePage']>,
  profile: PrinterProfile,
): void {
  const page = CODE_PAGE_NAMES.find((known) => known === name) ?? profile.codePage.name;
  const there = [ESC, 0x74, number];
  const back = [ESC, 0x74, profile.codePage.number];
  builder.add(Buffer.from([...there, ...textBytes(words, page), ...back, LF]));
}

function setAlign(builder: ThermalPrinter, align: SlipAlign, state: PrinterState): void {
  if (align === state.align) return;
  state.align = align;
  if (align === 'left') builder.alignLeft();
  else if (align === 'center') builder.alignCenter();
  else builder.alignRight();
}

function encodeQr(
  builder: ThermalPrinter,
  { payload, form }: Extract<LaidLine, { kind: 'qr' }>,
  state: PrinterState,
  profile: PrinterProfile,
): EncodeProblem | undefined {
  const symbol = qrSymbol(payload, profile);
  if (!symbol.ok) return symbol.error;
  const quietDots = QUIET_ZONE_MODULES * symbol.value.moduleDots;
  setAlign(builder, 'center', state);
  feedDots(builder, quietDots, profile);
  builder.add(Buffer.from(qrBytes(symbol.value, form ?? profile.qr, state)));
  feedDots(builder, quietDots, profile);
  return undefined;
}

/** A payload of 1,037 bytes is announced as 10h 04h, which is a command: such a symbol is drawn by us. */
function qrBytes(symbol: QrSymbol, form: QrForm, state: PrinterState): Uint8Array {
  if (form !== 'native') return rasterQr(symbol, form);
  const native = nativeQr(symbol, state.qrSettingsTold);
  if (hasRealTimeCommand(native)) return rasterQr(symbol, 'raster-quad');
  if (symbol.level !== 'L') state.qrSettingsTold = true; // The next symbol of this slip must not inherit the level.
  return native;
}

function encodePicture(
  builder: ThermalPrinter,
  bitmap: Bitmap,
  state: PrinterState,
  profile: PrinterProfile,
): EncodeProblem | undefined {
  const picture = rasterPicture(bitmap, profile);
  if (!picture.ok) return picture.error;
  setAlign(builder, 'center', state);
  builder.add(Buffer.from(picture.value));
  return undefined;
}

/** GS V 65/66 feeds to the cutter first, so that the last lines are not cut off; without a cutter the paper moves to the tear bar. */
function encodeCut(builder: ThermalPrinter, profile: PrinterProfile): void {
  if (profile.cut === 'none') {
    feedDots(builder, profile.cutFeedDots, profile);
    return;
  }
  const steps = Math.min(FEED_STEPS_MAX, profile.cutFeedDots * profile.verticalStepsPerDot);
  builder.add(Buffer.from([GS, 0x56, profile.cut === 'partial' ? 66 : 65, steps]));
}

function feedDots(builder: ThermalPrinter, dots: number, profile: PrinterProfile): void {
  for (let steps = dots * profile.verticalStepsPerDot; steps > 0; steps -= FEED_STEPS_MAX) {
    builder.add(Buffer.from([ESC, 0x4a, Math.min(steps, FEED_STEPS_MAX)]));
  }
}

/** ESC p with both times: a shortened pulse makes the printer take the next bytes for times. */
export function encodeDrawerPulse({ drawer }: PrinterProfile): Uint8Array {
  return Uint8Array.of(ESC, 0x70, drawer.pin, drawer.onMs / 2, drawer.offMs / 2);
}
