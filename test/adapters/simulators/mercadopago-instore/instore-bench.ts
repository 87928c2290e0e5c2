/** A simulated in-store API on a clock that a test moves by hand, and the requests of a well-behaved till. */
import { createInstoreEngine } from '../../../../src-main/simulators/networks/mercadopago-instore/engine.ts';
import type { InstoreEngine } from '../../../../src-main/simulators/networks/mercadopago-instore/engine.ts';
import type { EngineOptions } from '../../../../src-main/simulators/networks/mercadopago-instore/state.ts';
import type { WireMerchantOrder } from '../../../../src-main/simulators/networks/mercadopago-instore/wire-merchant-order.ts';
import type { SimulatedAnswer, SimulatedExchange } from '../../../../src-main/simulators/networks/exchange.ts';

export const NOON_MS = Date.UTC(2025, 10, 21, 15);
export const TOKEN = 'APP_USR-test-token';
export const USER = '700100200';
export const POS = 'SUC01CAJA07';
export const REFERENCE = 'COT0701K9ZZ7H4Q2V8D';
export const MINUTE_MS = 60_000;

export const SELLER_PATH = `/instore/qr/seller/collectors/${USER}`;
export const PUT_PATH = `${SELLER_PATH}/stores/SUC01/pos/${POS}/orders`;
export const WAITING_PATH = `${SELLER_PATH}/pos/${POS}/orders`;
export const QRS_PATH = `/instore/orders/qr/seller/collectors/${USER}/pos/${POS}/qrs`;

export type SendOptions = Readonly<{
  headers?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  bodyText?: string;
}>;

export type SearchAnswer = { elements: WireMerchantOrder[] | null; next_offset: number; total: number };

export type Bench = Readonly<{
  engine: InstoreEngine;
  clock: { nowMs: number };
  send: (method: string, path: string, options?: SendOptions) => SimulatedExchange;
  put: (body?: Record<string, unknown>) => SimulatedExchange;
  makeQr: (body?: Record<string, unknown>) => SimulatedExchange;
  waiting: () => SimulatedExchange;
  remove: () => SimulatedExchange;
  /** The merchant orders that a search by reference finds. */
  search: (reference?: string) => WireMerchantOrder[];
  confirm: (id: number, status?: string, detail?: string) => SimulatedExchange;
}>;

export function createBench(options: Omit<Partial<EngineOptions>, 'nowMs'> = {}): Bench {
  const clock = { nowMs: NOON_MS };
  const engine = createInstoreEngine({ seed: 7, ...options, nowMs: () => clock.nowMs });
  const send: Bench['send'] = (method, path, { headers = {}, query = {}, body, bodyText } = {}) =>
    engine.handle({
      method,
      path,
      query,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
      bodyText: bodyText ?? (body === undefined ? '' : JSON.stringify(body)),
    });
  return {
    engine,
    clock,
    send,
    put: (body = withdrawal()) => send('PUT', PUT_PATH, { body }),
    makeQr: (body = withdrawal()) => send('POST', QRS_PATH, { body }),
    waiting: () => send('GET', WAITING_PATH),
    remove: () => send('DELETE', WAITING_PATH),
    search: (reference = REFERENCE) => {
      const exchange = send('GET', '/merchant_orders/search', { query: { external_reference: reference } });
      return (jsonOf(exchange) as SearchAnswer).elements ?? [];
    },
    confirm: (id, status = 'confirmed', detail = 'confirmed') =>
      send('POST', `/instore/orders/${id}/confirmation`, { body: { status, status_detail: detail } }),
  };
}

/** 20000 pesos in notes, no purchase, good for five minutes. */
export function withdrawal(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    external_reference: REFERENCE,
    title: 'Retiro de efectivo',
    description: 'Retiro en caja 7',
    notification_url: 'https://relay.example.test/mp',
    expiration_date: '2025-11-21T12:05:00.000-03:00',
    total_amount: 20_000,
    items: [],
    cash_out: { amount: 20_000 },
    ...changes,
  };
}

/** A purchase of 1190 with 200 in notes on top. */
export function purchaseWithWithdrawal(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return withdrawal({ total_amount: 1_390, items: [item()], cash_out: { amount: 200 }, ...changes });
}

export function item(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    sku_number: 'KS955RUR',
    category: 'FOOD',
    title: 'Alfajores',
    description: 'Caja de alfajores',
    unit_price: 238,
    quantity: 5,
    unit_measure: 'unit',
    total_amount: 1_190,
    ...changes,
  };
}

export function answerOf(exchange: SimulatedExchange): SimulatedAnswer {
  if (!('answer' in exchange)) throw new Error(`there is no answer: ${exchange.delivery}`);
  return exchange.answer;
}

export function jsonOf(exchange: SimulatedExchange): unknown {
  return JSON.parse(answerOf(exchange).bodyText);
}

/** `409 already_confirmed`, the bare status of a success, or how it came to nothing. */
export function outcomeOf(exchange: SimulatedExchange): string {
  if (exchange.delivery !== 'whole') return exchange.delivery;
  const { status, headers, bodyText } = exchange.answer;
  const isJson = headers['content-type']?.startsWith('application/json') === true;
  const body = (isJson ? JSON.parse(bodyText) : {}) as { error?: string; code?: string };
  const code = body.error ?? body.code;
  return code === undefined ? String(status) : `${status} ${code}`;
}

export function messageOf(exchange: SimulatedExchange): string {
  return (jsonOf(exchange) as { message: string }).message;
}

/** A paid withdrawal, and its merchant order's id. */
export function paidScan(bench: Bench, body?: Record<string, unknown>): number {
  bench.put(body);
  const paid = bench.engine.customerPays(REFERENCE);
  if (!paid.ok || paid.merchantOrderId === null) throw new Error('the order could not be paid');
  return paid.merchantOrderId;
}

export function scanOf(bench: Bench, id: number) {
  const found = bench.engine.orders().flatMap(({ merchantOrders }) => merchantOrders);
  const scan = found.find((candidate) => candidate.id === id);
  if (scan === undefined) throw new Error(`no merchant order ${id}`);
  return scan;
}
