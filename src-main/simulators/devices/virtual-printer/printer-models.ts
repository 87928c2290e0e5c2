/**
 * The printers that can be stood on the counter. Makers' sheets give the measures; the clones each have one habit that users of such
 * printers complain about, so that the till meets one trouble at a time.
 */
import type { CodePageName } from './code-pages.ts';
import type { PrinterModel } from './printer-model.ts';
import { IDEAL_PRINTER } from './printer-model.ts';
import { STAR_CODE_PAGES } from './star/star-firmware.ts';

const EVERY_QUESTION = ['DLE EOT', 'GS r', 'GS a', 'GS I', 'GS ( H'];

const GENERIC: PrinterModel = {
  ...IDEAL_PRINTER,
  maker: 'PRINTER',
  name: 'POS-80',
  speedMmPerSecond: 200,
  cutMs: 300,
  bufferBytes: 4_096,
  startMs: 1_500,
  largestQrModuleDots: 8,
  lacks: ['GS ( H'],
  unknownCommands: 'skipped',
};

/** Numbers of ESC t in a family of printers that is common in Brazil. */
const OWN_PAGES: ReadonlyMap<number, CodePageName> = new Map([
  [2, 'CP850'],
  [3, 'CP437'],
  [4, 'CP860'],
  [5, 'CP858'],
]);

export const PRINTER_MODELS = {
  'generic-80mm': GENERIC,
  'generic-58mm': {
    ...GENERIC,
    name: 'POS-58',
    widthDots: 384,
    hasCutter: false,
    speedMmPerSecond: 90,
    startsInKanjiMode: true,
    lacks: ['GS ( H', 'GS a', 'GS I'],
  },
  'epson-tm-t88': {
    ...GENERIC,
    maker: 'EPSON',
    name: 'TM-T88V',
    widthDots: 512,
    dotsPerMm: 180 / 25.4,
    stepsPerDot: 2,
    speedMmPerSecond: 300,
    tellsPowerOn: true,
    largestQrModuleDots: 16,
    lacks: [],
  },
  star: {
    ...GENERIC,
    dialect: 'star',
    maker: 'STAR',
    name: 'TSP650II',
    fonts: { A: { widthDots: 12, heightDots: 24 }, B: { widthDots: 9, heightDots: 24 } },
    speedMmPerSecond: 300,
    codePages: STAR_CODE_PAGES,
    lacks: [],
  },
  /** Takes everything and says nothing. */
  'clone-mute': { ...GENERIC, name: 'POS-80M', lacks: EVERY_QUESTION },
  /** Answers when nobody listens any more. */
  'clone-late': { ...GENERIC, name: 'POS-80L', answerDelayMs: 900 },
  /** Falls silent as soon as something is wrong with it. */
  'clone-shy': { ...GENERIC, name: 'POS-80S', answersStatus: 'when-online' },
  /** Puts commands that it does not know on paper. */
  'clone-letters': { ...GENERIC, name: 'POS-80W', unknownCommands: 'one-byte-dropped' },
  'clone-pages': { ...GENERIC, name: 'MP-80', codePages: OWN_PAGES },
  /** Takes accented letters for halves of Chinese ones until FS `.`. */
  'clone-kanji': { ...GENERIC, name: 'XP-80', startsInKanjiMode: true },
  'clone-no-qr': { ...GENERIC, name: 'POS-80N', lacks: ['GS ( H', 'GS ( k'] },
  'clone-small-qr': { ...GENERIC, name: 'POS-80Q', largestQrModuleDots: 4 },
} as const satisfies Readonly<Record<string, PrinterModel>>;

export type PrinterModelName = keyof typeof PRINTER_MODELS;

export function isPrinterModelName(text: string): text is PrinterModelName {
  return Object.hasOwn(PRINTER_MODELS, text);
}
