/**
 * The commands as frozen bytes, and the question that stands for reading an order. Field order never changes for a saved command.
 *
 * Source  Mercado Pago instore orders V2 (PUT, DELETE), dynamic QR (POST and PUT `/qrs`), merchant orders search, cash-out confirmation.
 * Units   amounts as JSON numbers (`20000`, `199.9`), the order's end as ISO 8601 with an offset.
 * Errors  terms that this network cannot be asked are a refusal in words; nothing is sent for them.
 *
 * An order has no id of its own here: a static one is answered without a body, and the id of a dynamic one is accepted by no call. The
 * till names it `<point of sale>-<external reference>`, which never changes and says all that a DELETE and a search need.
 */
import type { RequestRefusal } from '../../../core/application/ports/payment-network.ts';
import type { Order, Terms } from '../../../core/domain/cash-out.ts';
import type { FrozenRequest } from '../../../core/domain/command.ts';
import { money, toDecimalText } from '../../../core/domain/money.ts';
import type { Currency } from '../../../core/domain/money.ts';
import { chargeMinorOf } from '../../../core/domain/purchase.ts';
import type { PurchaseItem } from '../../../core/domain/purchase.ts';
import { err, invariant, ok } from '../../../core/domain/result.ts';
import type { Result } from '../../../core/domain/result.ts';
import type { MercadoPagoInstoreSettings } from '../../../core/domain/settings.ts';
import { COUNTRIES } from './countries.ts';

export type Operation = 'create' | 'cancel' | 'confirm' | 'refund';

export const SHORTEST_LIFE_MS = 30_000;
/** Older text gives an order at a sticker ten minutes; a longer one is documented nowhere. */
export const LONGEST_LIFE_MS = 600_000;

/** A JSON number of up to 15 digits comes out of any parser as it went in. */
const LARGEST_MINOR = 10 ** 15 - 1;

const ORDER_ID = /^([A-Za-z0-9_-]{1,64})-([A-Za-z0-9]{1,64})$/;

export function orderIdOf(externalPosId: string, externalReference: string): string {
  return `${externalPosId}-${externalReference}`;
}

export function createRequest(
  terms: Terms,
  settings: MercadoPagoInstoreSettings,
): Result<FrozenRequest, RequestRefusal> {
  const refusal = refusalOf(terms, settings) ?? settingsRefusalOf(settings);
  if (refusal) return err(refusal);
  const { title, description, utcOffset } = COUNTRIES[settings.country];
  const { notificationUrl, sponsorId } = settings;
  const amount = (minor: number): number => Number(toDecimalText(money(terms.currency, minor)));
  const body = {
    external_reference: terms.externalReference,
    title,
    description,
    ...(notificationUrl !== undefined && { notification_url: notificationUrl }),
    expiration_date: isoWithOffset(terms.requestedAtMs + terms.lifetimeMs, utcOffset),
    total_amount: amount(statedTotalMinorOf(terms, settings)),
    items: (terms.purchase?.items ?? []).map((item) => wireItemOf(item, terms.currency, amount)),
    ...(sponsorId !== undefined && { sponsor: { id: sponsorId } }),
    cash_out: { amount: amount(terms.amountMinor) },
  };
  const { method, path } = createTarget(terms, settings);
  return ok({ method, path, body: JSON.stringify(body) });
}

/** The stated total of a withdrawal alone is documented nowhere; beside a purchase it is the sum of both. */
export function statedTotalMinorOf(
  terms: Pick<Terms, 'amountMinor' | 'purchase'>,
  { pureCashoutTotal }: Pick<MercadoPagoInstoreSettings, 'pureCashoutTotal'>,
): number {
  return terms.purchase === undefined && pureCashoutTotal === 'zero' ? 0 : chargeMinorOf(terms);
}

function wireItemOf(item: PurchaseItem, currency: Currency, amount: (minor: number) => number): unknown {
  const { sku, category, title, description, unitPriceMinor, quantity, measure, totalMinor } = item;
  return {
    sku_number: sku,
    category,
    title,
    description,
    unit_price: amount(unitPriceMinor),
    quantity,
    unit_measure: measure,
    total_amount: amount(totalMinor),
    currency_id: currency,
  };
}

/**
 * Deletes what waits at the sticker: right for static and hybrid orders. A dynamic order does not wait there, and no call reaches it:
 * the adapter never lets this request leave for one, because it would take away the order of the next customer.
 */
export function cancelRequest(order: Order, { userId }: MercadoPagoInstoreSettings): FrozenRequest {
  const externalPosId = ORDER_ID.exec(order.networkOrderId)?.[1];
  invariant(externalPosId !== undefined, `not an order id: ${order.networkOrderId}`);
  return { method: 'DELETE', path: `${sellerPath(userId)}/pos/${externalPosId}/orders`, body: '' };
}

export function searchPath({ externalReference }: Terms, offset: number): string {
  const path = `/merchant_orders/search?external_reference=${encodeURIComponent(externalReference)}`;
  return offset === 0 ? path : `${path}&offset=${offset}`;
}

/** Which of the four a frozen request is. Throws for one that this adapter did not make. */
export function operationOf({ method, path, body }: FrozenRequest): Operation {
  if (/^\/instore\/orders\/\d+\/confirmation$/.test(path)) {
    return body.startsWith('{"status":"confirmed"') ? 'confirm' : 'refund';
  }
  invariant(/^\/instore\/.*\/(orders|qrs)$/.test(path), `not a request of the in-store API: ${path}`);
  return method === 'DELETE' ? 'cancel' : 'create';
}

function createTarget({ mode }: Terms, settings: MercadoPagoInstoreSettings): Pick<FrozenRequest, 'method' | 'path'> {
  const { userId, externalStoreId, externalPosId } = settings;
  if (mode === 'static') {
    const store = externalStoreId === undefined ? '' : `/stores/${externalStoreId}`;
    return { method: 'PUT', path: `${sellerPath(userId)}${store}/pos/${externalPosId}/orders` };
  }
  const path = `/instore/orders/qr/seller/collectors/${userId}/pos/${externalPosId}/qrs`;
  return { method: mode === 'dynamic' ? 'POST' : 'PUT', path };
}

function sellerPath(userId: string): string {
  return `/instore/qr/seller/collectors/${userId}`;
}

function isoWithOffset(atMs: number, utcOffset: string): string {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(utcOffset) ?? [];
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return new Date(atMs + offsetMs).toISOString().replace('Z', utcOffset);
}

function refusalOf(terms: Terms, { country }: MercadoPagoInstoreSettings): RequestRefusal | undefined {
  const { currency, modes } = COUNTRIES[country];
  if (terms.currency !== currency) {
    return { code: 'currency-of-another-country', detail: `${country} pays out ${currency}, not ${terms.currency}` };
  }
  if (!modes.includes(terms.mode)) {
    return { code: 'mode-of-another-country', detail: `${country} has no ${terms.mode} orders` };
  }
  if (!Number.isSafeInteger(terms.amountMinor) || terms.amountMinor <= 0 || chargeMinorOf(terms) > LARGEST_MINOR) {
    return { code: 'amount-out-of-range', detail: `${terms.amountMinor} minor units` };
  }
  if (!/^[A-Za-z0-9]{1,64}$/.test(terms.externalReference)) {
    return { code: 'reference-not-alphanumeric', detail: 'the external reference is 1 to 64 letters and digits' };
  }
  if (!(terms.lifetimeMs >= SHORTEST_LIFE_MS && terms.lifetimeMs <= LONGEST_LIFE_MS)) {
    return { code: 'lifetime-out-of-range', detail: `${terms.lifetimeMs} ms is not within 30 s and 10 min` };
  }
  return undefined;
}

function settingsRefusalOf(settings: MercadoPagoInstoreSettings): RequestRefusal | undefined {
  const { userId, externalStoreId, externalPosId, notificationUrl, sponsorId } = settings;
  if (!/^\d{1,20}$/.test(userId)) {
    return { code: 'account-not-numeric', detail: 'the seller’s account is a number' };
  }
  if (!isPlaceId(externalPosId) || (externalStoreId !== undefined && !isPlaceId(externalStoreId))) {
    return {
      code: 'pos-not-paired',
      detail: 'the external id of the point of sale or of its store is missing or not letters and digits',
    };
  }
  if (notificationUrl !== undefined && !(URL.canParse(notificationUrl) && notificationUrl.startsWith('https://'))) {
    return { code: 'notification-url-not-https', detail: 'notifications are posted to an https address only' };
  }
  if (sponsorId !== undefined && !(Number.isSafeInteger(sponsorId) && sponsorId > 0)) {
    return { code: 'sponsor-not-numeric', detail: 'the integrator’s id is a whole number' };
  }
  return undefined;
}

function isPlaceId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text);
}
