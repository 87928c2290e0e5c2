/** The receipt of `other-encoders.ts` as the till's own slip document. */
import type { SlipDocument, SlipPart } from '../../src-main/core/domain/slips/slip-document.ts';
import { RULE, centred, pair } from '../../src-main/core/domain/slips/slip-document.ts';
import type { LaidLine } from '../../src-main/adapters/devices/printers/slip-layout.ts';
import { RECEIPT } from './other-encoders.ts';

export const RECEIPT_DOCUMENT: SlipDocument = {
  kind: 'receipt',
  parts: [
    centred(RECEIPT.shop, { weight: 'bold' }),
    ...RECEIPT.address.map((line) => centred(line)),
    pair(RECEIPT.till[0], RECEIPT.till[1]),
    RULE,
    ...RECEIPT.items.map(([name, price]): SlipPart => pair(name, price)),
    RULE,
    ...RECEIPT.sums.map(([name, sum]): SlipPart => pair(name, sum)),
    pair(RECEIPT.total[0], RECEIPT.total[1], { size: 'big', weight: 'bold' }),
    centred(RECEIPT.scan),
    { kind: 'qr', payload: RECEIPT.qr },
    centred(RECEIPT.thanks),
    { kind: 'cut' },
  ],
};

export type SlipMeasure = Readonly<{
  /** Characters with the blank between two words, without the blanks that only move them to their place. */
  characters: number;
  payloadBytes: number;
}>;

/** What of a slip has to be said: everything else among its bytes is the encoder's cost. */
export function measureOf(lines: readonly LaidLine[]): SlipMeasure {
  let [characters, payloadBytes] = [0, 0];
  for (const line of lines) {
    if (line.kind === 'text' || line.kind === 'rule') characters += line.text.trim().replaceAll(/ +/g, ' ').length;
    if (line.kind === 'qr') payloadBytes += Buffer.byteLength(line.payload);
  }
  return { characters, payloadBytes };
}
