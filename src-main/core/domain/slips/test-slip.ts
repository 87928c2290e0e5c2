/** The test slip of pairing: shows on paper what the profile promises: columns, letters, sizes, QR and cut. */
import type { SlipDocument } from './slip-document.ts';
import { RULE, centred, pair, text } from './slip-document.ts';
import type { SlipFrame } from './slip-frame.ts';
import { framed, title } from './slip-frame.ts';
import { slipDateTime } from './slip-time.ts';
import { SLIP_WORDS } from './slip-words.ts';

export type TestSlipFacts = Readonly<{
  printerName: string;
  codePageName: string;
  columns: number;
  atMs: number;
}>;

/** Letters that a wrong code page turns into others; the technician compares them with the screen. */
export const TEST_LETTERS = 'áéíóúüñ ÁÉÍÓÚÜÑ ¿¡ € ãõâêôç ÃÕÂÊÔÇ àº';

/** No wallet takes it for a payment: plain text, no payment format. */
export const TEST_QR = 'VENTANILLA PRINTER TEST 0123456789';

export function testSlip(facts: TestSlipFacts, frame: SlipFrame): SlipDocument {
  const words = SLIP_WORDS[frame.locale];
  return framed('test', frame, [
    ...title(words.testTitle),
    pair(words.testPrinter, facts.printerName),
    pair(words.testCodePage, facts.codePageName),
    pair(words.testColumns, String(facts.columns)),
    pair(words.dateTime, slipDateTime(facts.atMs, frame.timeZone, frame.locale)),
    { kind: 'ruler' },
    text(words.testLetters),
    text(TEST_LETTERS, { weight: 'bold' }),
    RULE,
    text(words.testNormal),
    text(words.testBold, { weight: 'bold' }),
    text(words.testTall, { size: 'tall' }),
    text(words.testBig, { size: 'big' }),
    RULE,
    centred(words.testQr),
    { kind: 'qr', payload: TEST_QR },
    centred(words.testEnd),
  ]);
}
