/**
 * The payout slip: what the customer takes home and brings back to ask. Its code is the voucher's text, not a payment; the beneficiary is
 * masked, for paper lies about.
 */
import type { Money } from '../money.ts';
import { formatMoney } from '../money.ts';
import type { PayoutState } from '../payouts/payout.ts';
import { groupedVoucher } from '../payouts/voucher.ts';
import type { SlipDocument, SlipPart } from './slip-document.ts';
import { RULE, centred, pair } from './slip-document.ts';
import type { SlipFrame } from './slip-frame.ts';
import { framed, title } from './slip-frame.ts';
import { slipDateTime } from './slip-time.ts';
import { SLIP_WORDS } from './slip-words.ts';

export type PayoutSlipFacts = Readonly<{
  amount: Money;
  /** As `voucherText` makes it. */
  voucher: string;
  networkName: string;
  /** Masked. */
  beneficiary: string;
  /** Masked; absent where the money goes to no account. */
  account?: string;
  state: PayoutState | 'replaced';
  cashoutId?: string;
  /** What the customer says where cash is collected. */
  pickupReference?: string;
  requestedAtMs: number;
  /** When this state was known. */
  atMs: number;
  cashierName: string;
}>;

function optional(label: string, value: string | undefined): readonly SlipPart[] {
  return value === undefined ? [] : [pair(label, value)];
}

export function payoutSlip(facts: PayoutSlipFacts, frame: SlipFrame): SlipDocument {
  const { locale, timeZone } = frame;
  const words = SLIP_WORDS[locale];
  return framed('payout', frame, [
    ...title(words.payoutTitle),
    centred(formatMoney(facts.amount), { size: 'hero', weight: 'bold' }),
    centred(words.payoutStates[facts.state], { weight: 'bold' }),
    { kind: 'qr', payload: facts.voucher },
    centred(groupedVoucher(facts.voucher), { weight: 'bold' }),
    centred(words.payoutKeep),
    RULE,
    pair(words.payoutTo, facts.beneficiary),
    ...optional(words.payoutAccount, facts.account),
    ...optional(words.payoutPickup, facts.pickupReference),
    pair(words.network, facts.networkName),
    ...optional(words.payoutNumber, facts.cashoutId),
    pair(words.payoutAsked, slipDateTime(facts.requestedAtMs, timeZone, locale)),
    pair(words.payoutKnown, slipDateTime(facts.atMs, timeZone, locale)),
    pair(words.cashier, facts.cashierName),
    centred(words.payoutNotReceipt),
  ]);
}
