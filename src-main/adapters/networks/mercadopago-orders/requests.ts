/**
 * The three commands as frozen bytes. Field order is fixed here and never changes for a saved command.
 *
 * Source  Mercado Pago Orders API, qr-code-ca: create, cancel and refund an order.
 * Units   amounts as decimal text (`500.00`; `5000` for CLP), life as an ISO 8601 duration of whole minutes or seconds.
 * Errors  terms that this network cannot be asked are a refusal in words; nothing is sent for them.
 */
import type { RequestRefusal } from '../../../core/application/ports/payment-network.ts';
import type { Order, Terms } from '../../../core/domain/cash-out.ts';
import type { FrozenRequest } from '../../../core/domain/command.ts';
import { money, toDecimalText } from '../../../core/domain/money.ts';
import { err, invariant, ok } from '../../../core/domain/result.ts';
import type { Result } from '../../../core/domain/result.ts';
import type { MercadoPagoOrdersSettings } from '../../../core/domain/settings.ts';
import { COUNTRIES } from './countries.ts';

export const ORDERS_PATH = '/v1/orders';

/** ORD and 26 characters, test orders ORDTST and 26; loose, because the documents promise no length. */
const ORDER_ID = /^ORD[0-9A-Z]{20,40}$/;

export const SHORTEST_LIFE_MS = 30_000;
/** The documents allow more, but disagree on whether a sticker's order lives longer than this. */
export const LONGEST_LIFE_MS = 600_000;

export type Operation = 'create' | 'cancel' | 'refund';

export function isOrderId(text: string): boolean {
  return ORDER_ID.test(text);
}

export function createRequest(
  terms: Terms,
  settings: MercadoPagoOrdersSettings,
): Result<FrozenRequest, RequestRefusal> {
  const refusal = refusalOf(terms, settings);
  if (refusal) return err(refusal);
  const country = COUNTRIES[settings.country];
  const amount = toDecimalText(money(terms.currency, terms.amountMinor));
  const additionalInfo = country.additionalInfo(terms, settings);
  const body = {
    type: 'qr',
    external_reference: terms.externalReference,
    description: country.description,
    total_amount: amount,
    expiration_time: isoDuration(terms.lifetimeMs),
    config: { qr: { external_pos_id: settings.externalPosId, mode: terms.mode } },
    transactions: { cash_outs: [{ amount, ...(additionalInfo && { additional_info: additionalInfo }) }] },
  };
  return ok({ method: 'POST', path: ORDERS_PATH, body: JSON.stringify(body) });
}

export function cancelRequest(order: Order): FrozenRequest {
  return { method: 'POST', path: `${orderPath(order)}/cancel`, body: '' };
}

/** Without a body: that is what makes it a full refund, the only one a cash-out has. */
export function refundRequest(order: Order): FrozenRequest {
  return { method: 'POST', path: `${orderPath(order)}/refund`, body: '' };
}

export function orderPath(order: Order): string {
  invariant(isOrderId(order.networkOrderId), `not an order id: ${order.networkOrderId}`);
  return `${ORDERS_PATH}/${order.networkOrderId}`;
}

/** Which of the three a frozen request is. Throws for one that this adapter did not make. */
export function operationOf(request: FrozenRequest): Operation {
  if (request.path === ORDERS_PATH) return 'create';
  const last = /^\/v1\/orders\/[0-9A-Z]+\/(cancel|refund)$/.exec(request.path)?.[1];
  invariant(last === 'cancel' || last === 'refund', `not a request of the Orders API: ${request.path}`);
  return last;
}

function refusalOf(terms: Terms, settings: MercadoPagoOrdersSettings): RequestRefusal | undefined {
  const { currency } = COUNTRIES[settings.country];
  if (terms.currency !== currency) {
    return {
      code: 'currency-of-another-country',
      detail: `${settings.country} pays out ${currency}, not ${terms.currency}`,
    };
  }
  if (terms.purchase) return { code: 'purchase-unsupported', detail: 'an order of this network is one withdrawal' };
  if (!Number.isSafeInteger(terms.amountMinor) || terms.amountMinor <= 0) {
    return { code: 'amount-not-positive', detail: `${terms.amountMinor} minor units` };
  }
  if (!/^[A-Za-z0-9]{1,64}$/.test(terms.externalReference)) {
    return { code: 'reference-not-alphanumeric', detail: 'the external reference is 1 to 64 letters and digits' };
  }
  if (!(terms.lifetimeMs >= SHORTEST_LIFE_MS && terms.lifetimeMs <= LONGEST_LIFE_MS)) {
    return { code: 'lifetime-out-of-range', detail: `${terms.lifetimeMs} ms is not within 30 s and 10 min` };
  }
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(settings.externalPosId)) {
    return {
      code: 'pos-not-paired',
      detail: 'the external id of the point of sale is missing or not letters and digits',
    };
  }
  if (settings.country === 'MX' && !(Number.isSafeInteger(terms.cashierCode) && terms.cashierCode >= 0)) {
    return { code: 'cashier-code-not-numeric', detail: 'Mexico wants a numeric cashier code' };
  }
  if (settings.country === 'BR' && settings.brazil.bankServiceCode.trim() === '') {
    return { code: 'bank-service-code-missing', detail: 'Brazil wants a bank service code' };
  }
  return undefined;
}

/** `PT5M`, or `PT90S` where it is not whole minutes. A part of a second is dropped: never longer than asked. */
function isoDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return seconds % 60 === 0 ? `PT${seconds / 60}M` : `PT${seconds}S`;
}
