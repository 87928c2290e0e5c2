/**
 * Purchase: the goods that one payment pays for beside the notes. Its money never touches the drawer: the wallet pays it to the shop's
 * account. What the till keeps of it is what the network is told, what the slips say, and the sum that the payment must come to.
 *
 * Units   whole minor units, whole quantities. Saved in the journal with the terms: add fields, never change the meaning of one.
 */
import { wholeMinor } from './money.ts';
import { err, ok } from './result.ts';
import type { Result } from './result.ts';

export const UNIT_MEASURES = ['unit', 'pack'] as const;
export type UnitMeasure = (typeof UNIT_MEASURES)[number];

export type PurchaseItem = Readonly<{
  sku: string;
  category: string;
  title: string;
  description: string;
  unitPriceMinor: number;
  quantity: number;
  measure: UnitMeasure;
  totalMinor: number;
}>;

export type Purchase = Readonly<{ items: readonly PurchaseItem[]; totalMinor: number }>;

/** An item as it is asked for. `totalMinor`: what the asker's own arithmetic makes; another result than ours is refused. */
export type AskedItem = Readonly<{
  title: string;
  unitPriceMinor: number;
  quantity: number;
  sku?: string;
  category?: string;
  description?: string;
  measure?: UnitMeasure;
  totalMinor?: number;
}>;

export type PurchaseRefusal = Readonly<{
  /** From 1; absent where the purchase as a whole is wrong. */
  itemNumber?: number;
  reason: 'no-items' | 'too-many-items' | 'text' | 'quantity' | 'price' | 'item-sum' | 'sum' | 'too-large';
  detail: string;
}>;

export const MOST_ITEMS = 50;
export const MOST_PIECES = 9_999;
/** What a JSON number of the wire, and a person, can still read. */
export const LARGEST_PURCHASE_MINOR = 10 ** 11;
const LONGEST = { sku: 40, category: 40, title: 80, description: 160 } as const;

/** One line without control characters: these go onto paper, displays and the customer's phone. */
const PLAIN_LINE = /^[^\p{C}\p{Zl}\p{Zp}]*$/u;

/** `statedMinor`: what the asker says that all items make together. */
export function readPurchase(
  asked: readonly AskedItem[],
  statedMinor: number | undefined,
): Result<Purchase, PurchaseRefusal> {
  if (asked.length === 0) return err({ reason: 'no-items', detail: 'a purchase has at least one item' });
  if (asked.length > MOST_ITEMS)
    return err({ reason: 'too-many-items', detail: `${asked.length} items; the most is ${MOST_ITEMS}` });
  const items: PurchaseItem[] = [];
  let totalMinor = 0;
  for (const [index, wish] of asked.entries()) {
    const item = readItem(wish, index + 1);
    if (!item.ok) return item;
    items.push(item.value);
    totalMinor = wholeMinor(totalMinor + item.value.totalMinor);
  }
  if (totalMinor > LARGEST_PURCHASE_MINOR)
    return err({ reason: 'too-large', detail: `the items make ${totalMinor} minor units` });
  if (statedMinor !== undefined && statedMinor !== totalMinor)
    return err({ reason: 'sum', detail: `the items make ${totalMinor} minor units, not ${statedMinor}` });
  return ok({ items, totalMinor });
}

function readItem(asked: AskedItem, itemNumber: number): Result<PurchaseItem, PurchaseRefusal> {
  const { unitPriceMinor, quantity, totalMinor } = asked;
  const refuse = (reason: PurchaseRefusal['reason'], detail: string) => err({ itemNumber, reason, detail });
  const title = asked.title.trim();
  const texts = {
    title,
    sku: asked.sku?.trim() || `ITEM${String(itemNumber).padStart(2, '0')}`,
    category: asked.category?.trim() || 'OTHERS',
    description: asked.description?.trim() || title,
  };
  if (title === '') return refuse('text', 'it has no title');
  for (const name of ['title', 'sku', 'category', 'description'] as const) {
    if (texts[name].length > LONGEST[name]) return refuse('text', `its ${name} is longer than ${LONGEST[name]}`);
    if (!texts[name].isWellFormed() || !PLAIN_LINE.test(texts[name]))
      return refuse('text', `its ${name} is not one plain line`);
  }
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > MOST_PIECES)
    return refuse('quantity', `its quantity is not a whole number from 1 to ${MOST_PIECES}`);
  if (!Number.isSafeInteger(unitPriceMinor) || unitPriceMinor < 1 || unitPriceMinor > LARGEST_PURCHASE_MINOR)
    return refuse('price', 'its unit price is not an amount above zero');
  const dueMinor = unitPriceMinor * quantity;
  if (dueMinor > LARGEST_PURCHASE_MINOR) return refuse('too-large', `it makes ${dueMinor} minor units`);
  if (totalMinor !== undefined && totalMinor !== dueMinor)
    return refuse('item-sum', `${quantity} at ${unitPriceMinor} make ${dueMinor} minor units, not ${totalMinor}`);
  return ok({ ...texts, unitPriceMinor, quantity, measure: asked.measure ?? 'unit', totalMinor: dueMinor });
}

/** What leaves the customer's wallet: the notes and, where there is one, the purchase. What is paid must be exactly this. */
export function chargeMinorOf(terms: Readonly<{ amountMinor: number; purchase?: Purchase }>): number {
  return wholeMinor(terms.amountMinor + (terms.purchase?.totalMinor ?? 0));
}
