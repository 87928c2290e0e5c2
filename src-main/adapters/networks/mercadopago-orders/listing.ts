/**
 * The account's orders of a time, as far as this network tells them: it may leave QR orders out, so what is missing here proves nothing.
 *
 * Source  Mercado Pago Orders API reference, search orders: begin and end date required, page numbers answered as text.
 */
import type { ListedOrder, Listing } from '../../../core/application/ports/payment-network.ts';
import type { MercadoPagoOrdersSettings } from '../../../core/domain/settings.ts';
import type { HttpClient } from '../http/http-client.ts';
import { isSuccess } from '../http/outcome.ts';
import { minorOf } from '../http/wire-amount.ts';
import { asObject, objectIn, objectsIn, plainText, textIn } from '../http/wire-fields.ts';
import { COUNTRIES } from './countries.ts';
import { statusOf } from './order-status.ts';
import { ORDERS_PATH } from './requests.ts';
import { readWireOrder } from './wire-order.ts';

const PAGE_SIZE = 50;
/** A till asks for days, not for an account's history. */
const MOST_PAGES = 100;

export async function listOrders(
  http: HttpClient,
  settings: MercadoPagoOrdersSettings,
  { fromMs, toMs }: Readonly<{ fromMs: number; toMs: number }>,
  deadlineMs: number,
): Promise<Listing> {
  const orders: ListedOrder[] = [];
  for (let page = 0, seen = 0; page < MOST_PAGES; page += 1) {
    const path = `${ORDERS_PATH}?begin_date=${isoOf(fromMs)}&end_date=${isoOf(toMs)}&type=qr&limit=${PAGE_SIZE}&offset=${seen}`;
    const outcome = await http.send({ method: 'GET', path, headers: {}, body: '', deadlineMs });
    if (outcome.kind !== 'answered') return { kind: 'failed', why: outcome.cause };
    if (!isSuccess(outcome)) return { kind: 'failed', why: `HTTP ${outcome.status}` };
    const answer = asObject(outcome.json);
    const rows = objectsIn(answer, 'data');
    const total = Number(textIn(objectIn(answer, 'paging'), 'total') ?? 'NaN');
    if (rows === undefined || !Number.isSafeInteger(total)) return { kind: 'failed', why: 'no list in the answer' };
    orders.push(...rows.flatMap((row) => listed(row, settings)));
    seen += rows.length;
    if (seen >= total) return { kind: 'answered', orders };
    if (rows.length === 0) return { kind: 'failed', why: 'the list ends before its end' };
  }
  return { kind: 'failed', why: 'more orders than a till can use' };
}

function listed(row: unknown, settings: MercadoPagoOrdersSettings): readonly ListedOrder[] {
  const order = readWireOrder(row);
  if (!order) return [];
  const { currency } = COUNTRIES[settings.country];
  const amountMinor = minorOf(order.totalAmount, currency);
  return [
    {
      networkOrderId: order.id,
      status: statusOf(order),
      statusText: plainText(order.detail === undefined ? order.status : `${order.status}/${order.detail}`, 64),
      ...(order.externalReference !== undefined && { externalReference: plainText(order.externalReference, 64) }),
      ...(amountMinor !== undefined && { amountMinor, currency }),
      ...(order.externalPosId !== undefined && { isAtThisPos: order.externalPosId === settings.externalPosId }),
    },
  ];
}

function isoOf(ms: number): string {
  return encodeURIComponent(new Date(ms).toISOString());
}
