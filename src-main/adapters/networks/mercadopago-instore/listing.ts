/**
 * The account's merchant orders of a time, page after page. Several scans of one order are one line, judged together as a read would.
 *
 * Source  Mercado Pago merchant orders reference: search by date of creation, limit and offset.
 */
import type { ListedOrder, Listing } from '../../../core/application/ports/payment-network.ts';
import type { MercadoPagoInstoreSettings } from '../../../core/domain/settings.ts';
import type { HttpClient } from '../http/http-client.ts';
import { isSuccess } from '../http/outcome.ts';
import { minorOf } from '../http/wire-amount.ts';
import { plainText } from '../http/wire-fields.ts';
import { COUNTRIES } from './countries.ts';
import { verdictOf } from './verdict.ts';
import { readPage } from './wire-merchant-order.ts';
import type { WireMerchantOrder } from './wire-merchant-order.ts';

const PAGE_SIZE = 50;
/** A till asks for days, not for an account's history. */
const MOST_PAGES = 100;

export async function listMerchantOrders(
  http: HttpClient,
  settings: MercadoPagoInstoreSettings,
  { fromMs, toMs }: Readonly<{ fromMs: number; toMs: number }>,
  deadlineMs: number,
): Promise<Listing> {
  const byReference = new Map<string, WireMerchantOrder[]>();
  const from = `date_created_from=${isoOf(fromMs)}&date_created_to=${isoOf(toMs)}`;
  for (let page = 0, seen = 0; page < MOST_PAGES; page += 1) {
    const path = `/merchant_orders/search?${from}&limit=${PAGE_SIZE}&offset=${seen}`;
    const outcome = await http.send({ method: 'GET', path, headers: {}, body: '', deadlineMs });
    if (outcome.kind !== 'answered') return { kind: 'failed', why: outcome.cause };
    if (!isSuccess(outcome)) return { kind: 'failed', why: `HTTP ${outcome.status}` };
    const read = readPage(outcome.json);
    if (!read) return { kind: 'failed', why: 'no list in the answer' };
    for (const order of read.merchantOrders) {
      const reference = order.externalReference ?? '';
      byReference.set(reference, [...(byReference.get(reference) ?? []), order]);
    }
    seen += read.merchantOrders.length;
    if (!read.hasMore(seen)) {
      return {
        kind: 'answered',
        orders: [...byReference].flatMap(([reference, all]) => listed(reference, all, settings)),
      };
    }
    if (read.merchantOrders.length === 0) return { kind: 'failed', why: 'the list ends before its end' };
  }
  return { kind: 'failed', why: 'more orders than a till can use' };
}

function listed(
  reference: string,
  merchantOrders: readonly WireMerchantOrder[],
  settings: MercadoPagoInstoreSettings,
): readonly ListedOrder[] {
  const verdict = verdictOf(merchantOrders);
  if (reference === '' || verdict.kind === 'no-money') return [];
  const { deciding } = verdict;
  const { currency } = COUNTRIES[settings.country];
  const amountMinor = minorOf(deciding.paidAmount, currency);
  return [
    {
      networkOrderId: plainText(deciding.id ?? '', 64),
      externalReference: plainText(reference, 64),
      status: verdict.kind === 'twice' ? 'unclear' : verdict.kind,
      statusText: plainText(`${deciding.status}/${deciding.orderStatus ?? ''}`, 64),
      ...(amountMinor !== undefined && { amountMinor, currency }),
    },
  ];
}

function isoOf(ms: number): string {
  return encodeURIComponent(new Date(ms).toISOString());
}
