/**
 * What an order must contain, and the terms it becomes. One refusal names one key, the first that is wrong.
 *
 * A nested property that is absent is `invalid_<name>`; one of the wrong kind is `invalid_<parent>.<name>`.
 *
 * Source  Mercado Pago instore orders V2 reference, errors; dynamic QR reference for the notification address.
 */
import { isRecord } from '../body-rules.ts';
import type { Country } from '../mercadopago-orders/countries.ts';
import { minorOfNumber, numberOfMinor } from './amounts.ts';
import type { OrderTerms } from './instore-order.ts';
import type { InstoreSettings } from './settings.ts';

/** What the till asks for. */
export type Wish = Pick<
  OrderTerms,
  | 'externalReference'
  | 'title'
  | 'description'
  | 'notificationUrl'
  | 'expirationDate'
  | 'sponsorId'
  | 'items'
  | 'purchaseMinor'
  | 'cashOutMinor'
  | 'hasCashOut'
  | 'statedTotalMinor'
  | 'expiresAtMs'
>;

import type { Problem } from '../mercadopago-places/refusals.ts';

export type { Problem } from '../mercadopago-places/refusals.ts';
type Reading<Value> = Readonly<{ value: Value }> | Readonly<{ problem: Problem }>;

export type RuleBook = Readonly<{
  settings: InstoreSettings;
  nowMs: number;
  /** What the older header asked for. */
  lifeMs: number;
  /** The dynamic calls check the notification address; the sticker call does not. */
  checksNotificationUrl: boolean;
}>;

const REFERENCE = /^[A-Za-z0-9_-]{1,64}$/;
/** ISO 8601 with an offset: without one, nobody knows which moment is meant. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

export function readWish(body: unknown, rules: RuleBook): Reading<Wish> {
  if (!isRecord(body)) return wrong('error_creating_seller_qr_order', 'the body is not an object');
  const { settings } = rules;
  const problem = headProblem(body, rules);
  if (problem !== undefined) return { problem };
  const sponsor = readSponsor(body['sponsor']);
  if ('problem' in sponsor) return sponsor;
  const cashOut = readCashOut(body['cash_out'], settings.country);
  if ('problem' in cashOut) return cashOut;
  const items = readItems(body['items'], settings.country);
  if ('problem' in items) return items;
  const { list, sumMinor } = items.value;
  if (list.length === 0 && cashOut.value === undefined) {
    return wrong('error_creating_seller_qr_order', 'an order without items must have a cash_out');
  }
  const isPure = list.length === 0;
  const cashOutMinor = cashOut.value ?? 0;
  const statedTotalMinor = minorOfNumber(body['total_amount'], settings.country);
  const dueMinor = isPure && settings.pureCashoutTotal === 'zero' ? 0 : sumMinor + cashOutMinor;
  if (statedTotalMinor !== dueMinor) {
    const due = numberOfMinor(dueMinor, settings.country);
    return wrong('invalid_total_amount', `total_amount must be a number and ${due} here`);
  }
  const expirationDate = textOf(body, 'expiration_date');
  return {
    value: {
      externalReference: textOf(body, 'external_reference') ?? '',
      title: textOf(body, 'title') ?? '',
      description: textOf(body, 'description'),
      notificationUrl: textOf(body, 'notification_url'),
      expirationDate,
      sponsorId: sponsor.value,
      items: list,
      purchaseMinor: sumMinor,
      cashOutMinor,
      hasCashOut: cashOut.value !== undefined,
      statedTotalMinor,
      expiresAtMs: expirationDate === undefined ? rules.nowMs + rules.lifeMs : Date.parse(expirationDate),
    },
  };
}

function headProblem(body: Record<string, unknown>, rules: RuleBook): Problem | undefined {
  const reference = body['external_reference'];
  if (typeof reference !== 'string' || !REFERENCE.test(reference)) {
    return named('invalid_external_reference', 'external_reference must be 1 to 64 letters, digits, - or _');
  }
  const title = body['title'];
  if (typeof title !== 'string' || title.trim() === '') return named('invalid_title', 'title must be a text');
  const description = body['description'];
  if (description !== undefined && typeof description !== 'string') {
    return named('invalid_description', 'description must be a text');
  }
  const url = body['notification_url'];
  const isUrl = typeof url === 'string' && /^https?:/.test(url) && URL.canParse(url);
  if (rules.checksNotificationUrl && url !== undefined && !isUrl) {
    return named('invalid_notification_url', 'notification_url must be an address');
  }
  const expiration = body['expiration_date'];
  if (expiration === undefined) return undefined;
  const isMoment = typeof expiration === 'string' && MOMENT.test(expiration) && !Number.isNaN(Date.parse(expiration));
  if (!isMoment) return named('invalid_expiration_date', 'expiration_date must be a date and time with an offset');
  if (Date.parse(expiration) > rules.nowMs) return undefined;
  return named('invalid_expiration_date', 'expiration_date must be in the future');
}

function readSponsor(sponsor: unknown): Reading<number | undefined> {
  if (sponsor === undefined || sponsor === null) return { value: undefined };
  const id = isRecord(sponsor) ? sponsor['id'] : undefined;
  if (id === undefined) return wrong('invalid_id', 'a sponsor has an id');
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return wrong('invalid_sponsor.id', 'sponsor.id is a number');
  return { value: id };
}

/** Undefined for an order without one. */
function readCashOut(cashOut: unknown, country: Country): Reading<number | undefined> {
  if (cashOut === undefined || cashOut === null) return { value: undefined };
  const amount = isRecord(cashOut) ? cashOut['amount'] : undefined;
  if (amount === undefined || amount === null) return wrong('invalid_amount', 'a cash_out has an amount');
  const minor = minorOfNumber(amount, country);
  if (minor === undefined || minor === 0) {
    return wrong('invalid_cash_out.amount', 'cash_out.amount must be a number above zero');
  }
  return { value: minor };
}

type Items = Readonly<{ list: readonly Readonly<Record<string, unknown>>[]; sumMinor: number }>;

function readItems(items: unknown, country: Country): Reading<Items> {
  if (items === undefined || items === null) return { value: { list: [], sumMinor: 0 } };
  if (!Array.isArray(items)) return wrong('invalid_items', 'items must be a list');
  const list: Record<string, unknown>[] = [];
  let sumMinor = 0;
  for (const item of items as readonly unknown[]) {
    if (!isRecord(item)) return wrong('invalid_items', 'an item must be an object');
    const problem = itemProblem(item, country);
    if (problem !== undefined) return { problem };
    list.push(item);
    sumMinor += minorOfNumber(item['total_amount'], country) ?? 0;
  }
  return { value: { list, sumMinor } };
}

const TEXTS_OF_ITEM = ['sku_number', 'category', 'title', 'description', 'currency_id'] as const;
const NEEDED_OF_ITEM = ['unit_measure', 'quantity', 'unit_price'] as const;

function itemProblem(item: Record<string, unknown>, country: Country): Problem | undefined {
  const missing = NEEDED_OF_ITEM.find((name) => item[name] === undefined || item[name] === null);
  if (missing !== undefined) return named(`invalid_${missing}`, `an item has a ${missing}`);
  const notText = TEXTS_OF_ITEM.find((name) => item[name] !== undefined && typeof item[name] !== 'string');
  if (notText !== undefined) return named(`invalid_items.${notText}`, `${notText} of an item must be a text`);
  if (item['title'] === undefined) return named('invalid_items.title', 'an item has a title');
  const { unit_measure: measure, quantity, unit_price: price } = item;
  if (measure !== 'unit' && measure !== 'pack') return named('invalid_items.unit_measure', 'unit or pack');
  if (typeof quantity !== 'number' || !(quantity > 0)) return named('invalid_items.quantity', 'above zero');
  const priceMinor = minorOfNumber(price, country);
  if (priceMinor === undefined) return named('invalid_items.unit_price', 'a number');
  const totalMinor = minorOfNumber(item['total_amount'], country);
  if (totalMinor === undefined || totalMinor !== Math.round(priceMinor * quantity)) {
    return named('invalid_items.total_amount', 'unit_price times quantity');
  }
  return undefined;
}

function textOf(body: Record<string, unknown>, name: string): string | undefined {
  const text = body[name];
  return typeof text === 'string' ? text : undefined;
}

function named(code: string, message: string): Problem {
  return { code, message };
}

function wrong(code: string, message: string): { problem: Problem } {
  return { problem: named(code, message) };
}
