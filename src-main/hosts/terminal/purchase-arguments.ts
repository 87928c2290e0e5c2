/**
 * A purchase as a person or a script writes it: `--item 'title=Leche,price=28.90,quantity=2'` as often as there are lines, or a file
 * `{ "currency": "ARS", "items": [{ "title": "Leche", "price": "28.90", "quantity": 2 }], "total": "57.80" }`.
 */
import { fault } from '../../core/domain/fault.ts';
import type { Fault } from '../../core/domain/fault.ts';
import { isCurrency } from '../../core/domain/money.ts';
import type { Currency } from '../../core/domain/money.ts';
import { UNIT_MEASURES } from '../../core/domain/purchase.ts';
import type { AskedItem } from '../../core/domain/purchase.ts';
import type { Result } from '../../core/domain/result.ts';
import { err, ok } from '../../core/domain/result.ts';
import { readAmount } from './arguments.ts';
import type { Shell } from './terminal-till.ts';

export type PurchaseWords = Readonly<{ items: readonly AskedItem[]; purchaseMinor?: number }>;
export type PurchaseOptions = Readonly<{ item?: readonly string[]; itemsFile?: string }>;

const KEYS = ['sku', 'category', 'title', 'description', 'price', 'quantity', 'measure', 'total'] as const;
type Key = (typeof KEYS)[number];
type Fields = Partial<Record<Key, string>>;

/** A comma stands between two fields only where the name of a field follows: titles may have commas. */
const BETWEEN = new RegExp(`,\\s*(?=(?:${KEYS.join('|')})=)`);

/** Undefined: notes alone. */
export async function readPurchaseWords(
  { item, itemsFile }: PurchaseOptions,
  currency: Currency,
  shell: Shell,
): Promise<Result<PurchaseWords | undefined, Fault>> {
  if (itemsFile !== undefined && item !== undefined)
    return wrong('items are given one by one with --item, or together in --items-file, not both');
  if (itemsFile !== undefined) return readItemsFile(itemsFile, currency, shell);
  if (item === undefined) return ok(undefined);
  return itemsOf(
    item.map((text, index) => fieldsIn(text, index + 1)),
    currency,
  );
}

async function readItemsFile(path: string, currency: Currency, shell: Shell): Promise<Result<PurchaseWords, Fault>> {
  const json = await shell.readJson(path);
  if (!json.ok) return wrong(json.error);
  const raw = json.value;
  if (typeof raw !== 'object' || raw === null)
    return wrong(`${path}: it holds a list of items, or an object with "items"`);
  const fields = new Map<string, unknown>(Array.isArray(raw) ? [['items', raw]] : Object.entries(raw));
  for (const key of fields.keys())
    if (!['currency', 'items', 'total'].includes(key)) return wrong(`${path}: an items file has no "${key}"`);
  const itsCurrency = fields.get('currency') ?? currency;
  if (typeof itsCurrency !== 'string' || !isCurrency(itsCurrency)) return wrong(`${path}: unknown currency`);
  if (itsCurrency !== currency)
    return wrong(`${path}: the items are in ${itsCurrency}, this till works in ${currency}`);
  const list = fields.get('items');
  if (!Array.isArray(list)) return wrong(`${path}: "items" is a list`);
  const items = itemsOf(
    list.map((entry, index) => textsIn(entry, index + 1)),
    currency,
  );
  if (!items.ok) return items;
  const total = fields.get('total');
  if (total === undefined) return items;
  const minor = typeof total === 'string' ? readAmount(total, currency) : wrong('"total" is a text, e.g. "57.80"');
  return minor.ok ? ok({ ...items.value, purchaseMinor: minor.value }) : wrong(`${path}: ${minor.error.detail}`);
}

function fieldsIn(text: string, number: number): Result<Fields, Fault> {
  const fields: Fields = {};
  for (const part of text.split(BETWEEN)) {
    const at = part.indexOf('=');
    const key = KEYS.find((name) => name === part.slice(0, at).trim());
    if (at < 0 || key === undefined)
      return wrong(`item ${number}: write title=…,price=…,quantity=…; there are ${KEYS.join(', ')}`);
    if (fields[key] !== undefined) return wrong(`item ${number}: ${key} is given twice`);
    fields[key] = part.slice(at + 1);
  }
  return ok(fields);
}

/** Quantities may be numbers in a file; money is a text, so that no decimals are lost. */
function textsIn(entry: unknown, number: number): Result<Fields, Fault> {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return wrong(`item ${number}: an object`);
  const fields: Fields = {};
  for (const [name, value] of Object.entries(entry)) {
    const key = KEYS.find((known) => known === name);
    if (key === undefined) return wrong(`item ${number}: no "${name}"; there are ${KEYS.join(', ')}`);
    if (typeof value !== 'string' && !(key === 'quantity' && typeof value === 'number'))
      return wrong(`item ${number}: "${key}" is a text`);
    fields[key] = String(value);
  }
  return ok(fields);
}

function itemsOf(
  read: readonly Result<Fields, Fault>[],
  currency: Currency,
): Result<Pick<PurchaseWords, 'items'>, Fault> {
  const items: AskedItem[] = [];
  for (const [index, fields] of read.entries()) {
    if (!fields.ok) return fields;
    const item = itemOf(fields.value, index + 1, currency);
    if (!item.ok) return item;
    items.push(item.value);
  }
  return ok({ items });
}

function itemOf(fields: Fields, number: number, currency: Currency): Result<AskedItem, Fault> {
  const { title, price, quantity = '1', measure, total, sku, category, description } = fields;
  if (title === undefined || price === undefined) return wrong(`item ${number}: it has a title and a price`);
  const unit = readAmount(price, currency);
  if (!unit.ok) return wrong(`item ${number}: price: ${unit.error.detail}`);
  const sum = total === undefined ? undefined : readAmount(total, currency);
  if (sum && !sum.ok) return wrong(`item ${number}: total: ${sum.error.detail}`);
  if (!/^\d{1,6}$/.test(quantity.trim())) return wrong(`item ${number}: the quantity is a whole number, e.g. 2`);
  const isMeasured = UNIT_MEASURES.find((known) => known === measure);
  if (measure !== undefined && isMeasured === undefined)
    return wrong(`item ${number}: the measure is ${UNIT_MEASURES.join(' or ')}`);
  return ok({
    title,
    unitPriceMinor: unit.value,
    quantity: Number(quantity),
    ...(sku !== undefined && { sku }),
    ...(category !== undefined && { category }),
    ...(description !== undefined && { description }),
    ...(isMeasured !== undefined && { measure: isMeasured }),
    ...(sum?.ok === true && { totalMinor: sum.value }),
  });
}

function wrong(detail: string): Result<never, Fault> {
  return err(fault('purchase.invalid', detail));
}
