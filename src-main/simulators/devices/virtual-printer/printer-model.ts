/**
 * What kinds of printers there are, as data: measures, speed, memory, and the habits by which one maker's firmware differs from another's.
 * A habit that users of real printers meet belongs here, so that the till can be tried against it.
 */
import type { CodePageName } from './code-pages.ts';
import { EPSON_CODE_PAGES } from './code-pages.ts';
import type { Fonts } from './line-composer.ts';

export type PrinterModel = Readonly<{
  dialect: 'escpos' | 'star';
  maker: string;
  /** What GS I 67 answers. */
  name: string;

  /** Dots of the print head: 576, 512 or 384. */
  widthDots: number;
  dotsPerMm: number;
  fonts: Fonts;
  /** Vertical steps per dot: 2 where a step is 1/360 inch and a dot 1/180. */
  stepsPerDot: number;
  /** From the print head up to the cutter, or to the tear bar. */
  cutterDistanceDots: number;
  hasCutter: boolean;
  speedMmPerSecond: number;
  cutMs: number;
  /** How many movements of the paper the firmware works out ahead of the mechanics. */
  movementsAhead: number;

  /** Undefined: more than anybody sends. */
  bufferBytes: number | undefined;
  /** `wait`: the rest stays on the line, as with USB and TCP. `lose`: a serial line has no place to keep it. */
  whenBufferIsFull: 'wait' | 'lose';
  /** XOFF and XON towards the till when the buffer fills and empties. */
  sendsXonXoff: boolean;
  /** Between power and the first byte that is listened to. */
  startMs: number;
  /** 3Bh when it is ready after power came on. */
  tellsPowerOn: boolean;

  /** Commands of the reference that this firmware lacks, by name: `GS ( H`, `GS r`, `DLE EOT` … */
  lacks: readonly string[];
  /** What becomes of commands that it lacks: taken and dropped, or only as much of them, and the rest comes out as letters. */
  unknownCommands: 'skipped' | 'two-bytes-dropped' | 'one-byte-dropped';
  /** From the question to the answer. */
  answerDelayMs: number;
  /** `when-online`: a printer that falls silent in the very moment when one would like to know why. */
  answersStatus: 'always' | 'when-online';
  codePages: ReadonlyMap<number, CodePageName>;
  /** Bytes from 81h up come in pairs and are Chinese until FS `.`; as after power-on again with each ESC @. */
  startsInKanjiMode: boolean;
  largestQrModuleDots: number;
}>;

/** Does everything at once and by the book: what the till's encoder is tried against. */
export const IDEAL_PRINTER: PrinterModel = {
  dialect: 'escpos',
  maker: 'VENTANILLA',
  name: 'VIRTUAL-80',
  widthDots: 576,
  dotsPerMm: 8,
  fonts: { A: { widthDots: 12, heightDots: 24 }, B: { widthDots: 9, heightDots: 17 } },
  stepsPerDot: 1,
  cutterDistanceDots: 120,
  hasCutter: true,
  speedMmPerSecond: 250,
  cutMs: 250,
  movementsAhead: 4,
  bufferBytes: undefined,
  whenBufferIsFull: 'wait',
  sendsXonXoff: false,
  startMs: 0,
  tellsPowerOn: false,
  lacks: [],
  unknownCommands: 'two-bytes-dropped',
  answerDelayMs: 0,
  answersStatus: 'always',
  codePages: EPSON_CODE_PAGES,
  startsInKanjiMode: false,
  largestQrModuleDots: 16,
};
