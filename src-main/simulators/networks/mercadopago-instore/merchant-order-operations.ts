/**
 * How a till learns what its customers did: merchant orders by reference, and one by its id.
 *
 * Source  Mercado Pago merchant orders reference: search and get, filters, errors `ds_search_query` and `invalid_format`.
 */
import { jsonAnswer } from '../exchange.ts';
import { distort, withSecondClosed } from './distort.ts';
import type { MerchantOrder } from './merchant-order.ts';
import { orderOf } from './state.ts';
import type { NetworkState } from './state.ts';
import { refusal } from './turn-types.ts';
import type { Done, Turn } from './turn-types.ts';
import { wireMerchantOrderOf } from './wire-merchant-order.ts';
import type { WireMerchantOrder } from './wire-merchant-order.ts';

const DEFAULT_LIMIT = 30;

/** What a filter compares; each as text. */
const FILTERS: Readonly<Record<string, (wire: WireMerchantOrder) => string>> = {
  status: ({ status }) => status,
  preference_id: ({ preference_id }) => preference_id,
  application_id: ({ application_id }) => application_id,
  payer_id: ({ payer }) => String(payer?.id ?? ''),
  sponsor_id: ({ sponsor_id }) => String(sponsor_id ?? ''),
  external_reference: ({ external_reference }) => external_reference,
  site_id: ({ site_id }) => site_id,
  marketplace: ({ marketplace }) => marketplace,
};

const MOMENTS: Readonly<Record<string, (atMs: number, wire: WireMerchantOrder) => boolean>> = {
  date_created_from: (atMs, wire) => Date.parse(wire.date_created) >= atMs,
  date_created_to: (atMs, wire) => Date.parse(wire.date_created) <= atMs,
  last_updated_from: (atMs, wire) => Date.parse(wire.last_updated) >= atMs,
  last_updated_to: (atMs, wire) => Date.parse(wire.last_updated) <= atMs,
};

export function searchMerchantOrders(state: NetworkState, turn: Turn): Done {
  const { query } = turn.call.request;
  const limit = countIn(query['limit'], DEFAULT_LIMIT);
  const offset = countIn(query['offset'], 0);
  if (limit === undefined || offset === undefined || limit === 0) {
    return { answer: refusal(state, { code: 'ds_search_query', message: 'limit and offset are whole numbers.' }) };
  }
  const broken = Object.keys(MOMENTS).find(
    (name) => query[name] !== undefined && Number.isNaN(Date.parse(query[name])),
  );
  if (broken !== undefined) {
    return { answer: refusal(state, { code: 'invalid_format', message: `${broken} is not a date and time.` }) };
  }
  const found = candidatesOf(state, turn).filter(({ wire }) => isWanted(wire, query));
  const scan = found.findLast(({ wire }) => wire.status === 'closed')?.scan ?? found.at(-1)?.scan;
  const order = scan === undefined ? state.ordersByReference.get(query['external_reference'] ?? '')?.at(-1) : undefined;
  const wires = withSecondClosed(
    found.map(({ wire }) => distort(wire, turn.chosen)),
    turn.chosen,
  );
  const page = wires.slice(offset, offset + limit);
  const isEmpty = wires.length === 0;
  const answer = jsonAnswer(200, {
    elements: isEmpty && state.settings.emptyElements === 'null' ? null : page,
    next_offset: offset + page.length < wires.length ? offset + page.length : 0,
    total: wires.length,
  });
  return { answer, ...(scan !== undefined && { scan }), ...(order !== undefined && { order }) };
}

export function readMerchantOrder(state: NetworkState, turn: Turn): Done {
  const scan = findScan(state, turn);
  const wire = scan === undefined ? undefined : shownOf(state, scan, turn);
  if (scan === undefined || wire === undefined) {
    return { answer: refusal(state, { code: 'merchant_order_not_found', message: 'There is no such order.' }) };
  }
  return { answer: jsonAnswer(200, distort(wire, turn.chosen)), scan };
}

/** The scan that the path names, when it belongs to this seller. */
export function findScan(state: NetworkState, { call, userId }: Turn): MerchantOrder | undefined {
  const id = call.parts.id ?? '';
  const scan = /^\d{1,15}$/.test(id) ? state.merchantOrders.get(Number(id)) : undefined;
  return scan !== undefined && orderOf(state, scan)?.terms.userId === userId ? scan : undefined;
}

type Shown = Readonly<{ scan: MerchantOrder; wire: WireMerchantOrder }>;

function candidatesOf(state: NetworkState, turn: Turn): readonly Shown[] {
  const reference = turn.call.request.query['external_reference'];
  const orders = reference === undefined ? state.orders.values() : (state.ordersByReference.get(reference) ?? []);
  return [...orders]
    .filter(({ terms }) => terms.userId === turn.userId)
    .flatMap(({ terms }) => state.scansOf.get(terms.id) ?? [])
    .flatMap((scan) => {
      const wire = shownOf(state, scan, turn);
      return wire === undefined ? [] : [{ scan, wire }];
    });
}

/** As a reader sees it now; undefined for a copy of the network that has not heard of it. */
function shownOf(state: NetworkState, scan: MerchantOrder, { chosen }: Turn): WireMerchantOrder | undefined {
  const order = orderOf(state, scan);
  if (order === undefined || chosen?.fault === 'merchant-order-hidden') return undefined;
  const moment = chosen?.fault === 'stale-answer' ? scan.previous : scan.moment;
  return moment === undefined ? undefined : wireMerchantOrderOf(order, scan, state.settings, moment);
}

function isWanted(wire: WireMerchantOrder, query: Readonly<Record<string, string>>): boolean {
  const isEqual = Object.entries(FILTERS).every(
    ([name, read]) => query[name] === undefined || read(wire) === query[name],
  );
  if (!isEqual) return false;
  return Object.entries(MOMENTS).every(
    ([name, isWithin]) => query[name] === undefined || isWithin(Date.parse(query[name]), wire),
  );
}

function countIn(text: string | undefined, otherwise: number): number | undefined {
  if (text === undefined) return otherwise;
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
