/**
 * The receipt of one cash-out: notes handed over, money returned, or nothing happened. It says which, in its largest words.
 */
import type { Notes } from '../cash-out.ts';
import type { Money } from '../money.ts';
import { formatMoney } from '../money.ts';
import type { Purchase } from '../purchase.ts';
import { unreachable } from '../result.ts';
import { chargeOf, itemParts, sumParts } from './purchase-parts.ts';
import type { SlipDocument, SlipPart } from './slip-document.ts';
import { RULE, centred, feed, pair } from './slip-document.ts';
import type { SlipFrame } from './slip-frame.ts';
import { denominationPairs, framed, title } from './slip-frame.ts';
import { slipDateTime } from './slip-time.ts';
import type { SlipWords } from './slip-words.ts';
import { SLIP_WORDS } from './slip-words.ts';

export type ReceiptOutcome = 'dispensed' | 'returned' | 'cancelled';

export type ReceiptFacts = Readonly<{
  outcome: ReceiptOutcome;
  /** The notes. */
  amount: Money;
  /** Goods that the same payment paid for. */
  purchase?: Purchase;
  /** The network as the customer knows it, which is also the wallet: `Mercado Pago`. */
  networkName: string;
  networkOrderId: string;
  /** The number on the customer's phone; absent when nobody paid or the network does not tell it. */
  paymentReference?: string;
  externalReference: string;
  /** When the outcome became true. */
  atMs: number;
  cashierName: string;
  /** Journal entry that records the outcome. */
  journalSeq: number;
  /** What was counted into the customer's hand, when it was counted by denomination. Only of a dispensed cash-out. */
  notes?: Notes;
}>;

export function cashOutReceipt(facts: ReceiptFacts, frame: SlipFrame): SlipDocument {
  const words = SLIP_WORDS[frame.locale];
  const { heading, note } = outcomeWords(facts, words);
  return framed('receipt', frame, [
    ...title(heading),
    centred(formatMoney(heroOf(facts)), { size: 'hero', weight: 'bold' }),
    ...notesOf(facts, words),
    ...purchaseOf(facts, words),
    RULE,
    pair(words.network, facts.networkName),
    pair(words.order, facts.networkOrderId),
    ...(facts.paymentReference === undefined ? [] : [pair(words.payment, facts.paymentReference, { weight: 'bold' })]),
    pair(words.reference, facts.externalReference),
    pair(words.dateTime, slipDateTime(facts.atMs, frame.timeZone, frame.locale)),
    pair(words.cashier, facts.cashierName),
    pair(words.journalEntry, String(facts.journalSeq)),
    RULE,
    centred(note),
  ]);
}

function outcomeWords(facts: ReceiptFacts, words: SlipWords): Readonly<{ heading: string; note: string }> {
  switch (facts.outcome) {
    case 'dispensed':
      return { heading: words.receiptDispensed, note: words.receiptDispensedNote };
    case 'returned':
      return {
        heading: words.receiptReturned,
        note: facts.purchase
          ? words.receiptBothReturnedNote(facts.networkName)
          : words.receiptReturnedNote(facts.networkName),
      };
    case 'cancelled':
      return { heading: words.receiptCancelled, note: words.receiptCancelledNote };
    default:
      return unreachable(facts.outcome);
  }
}

/** The notes where notes changed hands; else all that the payment was to be. */
function heroOf({ outcome, amount, purchase }: ReceiptFacts): Money {
  return outcome === 'dispensed' ? amount : chargeOf(amount, purchase);
}

function purchaseOf({ amount, purchase }: ReceiptFacts, words: SlipWords): readonly SlipPart[] {
  if (!purchase) return [];
  return [...itemParts(purchase, amount, words), RULE, ...sumParts(purchase, amount, words)];
}

function notesOf(facts: ReceiptFacts, words: SlipWords): readonly SlipPart[] {
  if (facts.notes === undefined || facts.outcome !== 'dispensed') return [];
  return [
    feed(0.25),
    { kind: 'heading', align: 'left', text: words.notes },
    ...denominationPairs(facts.notes, facts.amount),
  ];
}
