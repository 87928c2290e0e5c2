/** A purchase beside the notes, on paper: each item, what they make, the notes, and the sum that the phone shows. */
import type { Money } from '../money.ts';
import { formatMoney, money } from '../money.ts';
import type { Purchase, PurchaseItem } from '../purchase.ts';
import { chargeMinorOf } from '../purchase.ts';
import type { SlipPart } from './slip-document.ts';
import { feed, pair } from './slip-document.ts';
import type { SlipWords } from './slip-words.ts';

/** All that the wallet pays: the notes and any purchase. */
export function chargeOf(cash: Money, purchase: Purchase | undefined): Money {
  return money(cash.currency, chargeMinorOf({ amountMinor: cash.minor, ...(purchase && { purchase }) }));
}

export function itemParts({ items }: Purchase, cash: Money, words: SlipWords): readonly SlipPart[] {
  return [
    feed(0.25),
    { kind: 'heading', align: 'left', text: words.purchase },
    ...items.flatMap((item) => itemLines(item, cash, words)),
  ];
}

/** Purchase + notes = total. */
export function sumParts(purchase: Purchase, cash: Money, words: SlipWords): readonly SlipPart[] {
  const show = (minor: number): string => formatMoney(money(cash.currency, minor));
  return [
    pair(words.purchase, show(purchase.totalMinor)),
    pair(words.cashPart, show(cash.minor)),
    pair(words.total, formatMoney(chargeOf(cash, purchase)), { weight: 'bold' }),
  ];
}

function itemLines(item: PurchaseItem, cash: Money, words: SlipWords): readonly SlipPart[] {
  const { title, quantity, measure, unitPriceMinor, totalMinor } = item;
  const show = (minor: number): string => formatMoney(money(cash.currency, minor));
  const pieces = measure === 'pack' ? `${quantity} ${words.pack} ×` : `${quantity} ×`;
  const line = pair(`${pieces} ${title}`, show(totalMinor));
  return quantity === 1 ? [line] : [line, { kind: 'step', marker: ' ', text: words.each(show(unitPriceMinor)) }];
}
