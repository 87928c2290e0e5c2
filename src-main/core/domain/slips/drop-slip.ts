/** The drop slip: travels with the notes from the drawer to the safe, signed by both who saw them go. */
import type { Notes } from '../cash-out.ts';
import type { Money } from '../money.ts';
import { formatMoney } from '../money.ts';
import type { SlipDocument } from './slip-document.ts';
import { RULE, centred, pair } from './slip-document.ts';
import type { SlipFrame } from './slip-frame.ts';
import { denominationPairs, framed, title } from './slip-frame.ts';
import { slipDateTime } from './slip-time.ts';
import { SLIP_WORDS } from './slip-words.ts';

export type DropFacts = Readonly<{
  amount: Money;
  notes?: Notes;
  shiftNumber: number;
  cashierName: string;
  reason: string;
  /** Number of the sealed bag, where the shop uses them. */
  bag?: string;
  atMs: number;
  journalSeq: number;
}>;

export function dropSlip(facts: DropFacts, frame: SlipFrame): SlipDocument {
  const words = SLIP_WORDS[frame.locale];
  return framed('drop', frame, [
    ...title(words.dropTitle),
    centred(formatMoney(facts.amount), { size: 'hero', weight: 'bold' }),
    RULE,
    ...(facts.notes === undefined ? [] : [...denominationPairs(facts.notes, facts.amount), RULE]),
    pair(words.shift, String(facts.shiftNumber)),
    pair(words.cashier, facts.cashierName),
    pair(words.dateTime, slipDateTime(facts.atMs, frame.timeZone, frame.locale)),
    ...(facts.bag === undefined ? [] : [pair(words.bag, facts.bag)]),
    pair(words.reason, facts.reason),
    pair(words.journalEntry, String(facts.journalSeq)),
    { kind: 'signature', label: words.signCashier },
    { kind: 'signature', label: words.signWitness },
  ]);
}
