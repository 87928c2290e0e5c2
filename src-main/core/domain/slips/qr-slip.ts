/**
 * The QR slip: what the customer scans when there is no screen to show the code on.
 *
 * I7   `qrData` goes onto the paper byte for byte as the network sent it; only an order that awaits payment may be printed,
 *      which is the caller's knowledge.
 */
import type { Money } from '../money.ts';
import { formatMoney } from '../money.ts';
import type { Purchase } from '../purchase.ts';
import { chargeOf, itemParts, sumParts } from './purchase-parts.ts';
import type { SlipDocument } from './slip-document.ts';
import { RULE, centred, pair } from './slip-document.ts';
import type { SlipFrame } from './slip-frame.ts';
import { framed, title } from './slip-frame.ts';
import { slipDateTime, slipHourMinute } from './slip-time.ts';
import { SLIP_WORDS } from './slip-words.ts';

export type QrSlipFacts = Readonly<{
  /** The notes. */
  amount: Money;
  /** Goods that the same payment pays for. */
  purchase?: Purchase;
  qrData: string;
  /** What the customer calls the wallet: `Mercado Pago`. */
  walletName: string;
  externalReference: string;
  offeredAtMs: number;
  expiresAtMs: number;
}>;

export function qrSlip(facts: QrSlipFacts, frame: SlipFrame): SlipDocument {
  const { locale, timeZone } = frame;
  const words = SLIP_WORDS[locale];
  const { purchase } = facts;
  const charge = formatMoney(chargeOf(facts.amount, purchase));
  return framed('qr', frame, [
    ...title(words.qrTitle),
    centred(charge, { size: 'hero', weight: 'bold' }),
    ...(purchase ? sumParts(purchase, facts.amount, words) : []),
    centred(words.qrScan(facts.walletName)),
    { kind: 'qr', payload: facts.qrData },
    centred(words.qrExpiresAt(slipHourMinute(facts.expiresAtMs, timeZone, locale)), { size: 'big', weight: 'bold' }),
    RULE,
    { kind: 'step', marker: '1.', text: words.qrStepOpen(facts.walletName) },
    { kind: 'step', marker: '2.', text: words.qrStepScan(charge) },
    { kind: 'step', marker: '3.', text: words.qrStepWait },
    ...(purchase ? itemParts(purchase, facts.amount, words) : []),
    RULE,
    pair(words.reference, facts.externalReference),
    pair(words.dateTime, slipDateTime(facts.offeredAtMs, timeZone, locale)),
    centred(words.qrNotReceipt),
  ]);
}
