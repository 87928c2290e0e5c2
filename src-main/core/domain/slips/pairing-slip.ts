/**
 * The slips that a technician answers while a printer is paired: how wide is it, on which code page are the letters right, which QR does a
 * phone read, where does the cut fall. The drawer's pulse and the process ID leave no mark on paper: pairing sends and hears them itself.
 */
import { PAIRING_WORDS } from './pairing-words.ts';
import type { QrForm, SlipDocument, SlipPart } from './slip-document.ts';
import { centred, feed, pair, text } from './slip-document.ts';
import type { SlipFrame } from './slip-frame.ts';
import { framed, title } from './slip-frame.ts';
import { slipDateTime } from './slip-time.ts';
import { SLIP_WORDS } from './slip-words.ts';

/** A page under the number that a printer may have it. The same name may stand under several numbers, and a number for several names. */
export type CandidatePage = Readonly<{ number: number; name: string }>;

/** What every line of the code page slip should read; the screen shows the same beside the numbers. */
export const CODE_PAGE_SAMPLE = 'áéíóúñÑ¿¡€ çãõ';

/** The widths that paper comes in; a ruler that is too wide for the printer goes on in the next line, or ends early. */
export const RULER_COLUMNS = [32, 42, 48] as const;

/** Each form of QR has its letter on paper, on the screen and in the code itself. */
export const QR_MARKS = { native: 'A', 'raster-quad': 'B', raster: 'C' } as const satisfies Record<QrForm, string>;

/** No wallet takes it for a payment: plain text, no payment format. */
export function qrTestPayload(form: QrForm): string {
  return `VENTANILLA PRINTER TEST ${QR_MARKS[form]} 0123456789`;
}

export type GuidedTestFacts = Readonly<{
  printerName: string;
  pages: readonly CandidatePage[];
  /** In the order in which they shall be tried. */
  qrForms: readonly QrForm[];
  atMs: number;
}>;

/** All questions on one paper. */
export function guidedTestSlip(facts: GuidedTestFacts, frame: SlipFrame): SlipDocument {
  const words = SLIP_WORDS[frame.locale];
  const { rulerAsk, cutAsk } = PAIRING_WORDS[frame.locale];
  return framed('test', frame, [
    ...title(words.testTitle),
    pair(words.testPrinter, facts.printerName),
    pair(words.dateTime, slipDateTime(facts.atMs, frame.timeZone, frame.locale)),
    feed(0.5),
    text(rulerAsk),
    ...RULER_COLUMNS.map((columns): SlipPart => ({ kind: 'ruler', columns })),
    ...pageParts(facts.pages, frame),
    ...qrParts(facts.qrForms, frame),
    centred(cutAsk),
  ]);
}

/** The letters alone, once for each page. */
export function codePageSlip(pages: readonly CandidatePage[], frame: SlipFrame): SlipDocument {
  return framed('test', frame, pageParts(pages, frame));
}

/** The QR codes alone, once for each form. */
export function qrFormsSlip(forms: readonly QrForm[], frame: SlipFrame): SlipDocument {
  return framed('test', frame, qrParts(forms, frame));
}

function pageParts(pages: readonly CandidatePage[], frame: SlipFrame): readonly SlipPart[] {
  const { pagesTitle, pagesAsk } = PAIRING_WORDS[frame.locale];
  return [
    feed(0.5),
    { kind: 'heading', align: 'left', text: pagesTitle },
    text(pagesAsk),
    feed(0.25),
    ...pages.map((page): SlipPart => ({ kind: 'code-page-sample', ...page, text: CODE_PAGE_SAMPLE })),
  ];
}

function qrParts(forms: readonly QrForm[], frame: SlipFrame): readonly SlipPart[] {
  const { qrTitle, qrAsk } = PAIRING_WORDS[frame.locale];
  return [
    feed(0.5),
    { kind: 'heading', align: 'left', text: qrTitle },
    text(qrAsk),
    ...forms.flatMap((form): readonly SlipPart[] => [
      feed(0.5),
      centred(QR_MARKS[form], { size: 'big', weight: 'bold' }),
      { kind: 'qr', payload: qrTestPayload(form), form },
    ]),
  ];
}
