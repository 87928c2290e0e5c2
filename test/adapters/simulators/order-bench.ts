/** A simulated Orders API on a clock that a test moves by hand, and the requests of a well-behaved till. */
import { expect } from 'vitest';
import { createMercadoPagoEngine } from '../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import type { MercadoPagoEngine } from '../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import type { EngineOptions } from '../../../src-main/simulators/networks/mercadopago-orders/state.ts';
import type { WireOrder } from '../../../src-main/simulators/networks/mercadopago-orders/wire-order.ts';
import type { SimulatedAnswer, SimulatedExchange } from '../../../src-main/simulators/networks/exchange.ts';

export const NOON_MS = Date.UTC(2025, 10, 21, 12);
export const TOKEN = 'APP_USR-test-token';

export type Bench = Readonly<{
  engine: MercadoPagoEngine;
  clock: { nowMs: number };
  send: (method: string, path: string, options?: SendOptions) => SimulatedExchange;
  create: (body?: Record<string, unknown>, options?: SendOptions) => SimulatedExchange;
  read: (id: string) => SimulatedExchange;
  cancel: (id: string, key?: string) => SimulatedExchange;
  refund: (id: string, key?: string) => SimulatedExchange;
}>;

export type SendOptions = Readonly<{
  key?: string;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  bodyText?: string;
}>;

export function createBench(options: Omit<Partial<EngineOptions>, 'nowMs'> = {}): Bench {
  const clock = { nowMs: NOON_MS };
  const engine = createMercadoPagoEngine({ seed: 7, ...options, nowMs: () => clock.nowMs });
  let keyCount = 0;

  const send: Bench['send'] = (method, path, { key, headers = {}, query = {}, bodyText = '' } = {}) => {
    keyCount += 1;
    const own: Record<string, string> = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    if (method === 'POST') own['x-idempotency-key'] = key ?? `key-${keyCount}`;
    return engine.handle({ method, path, query, headers: { ...own, ...headers }, bodyText });
  };
  return {
    engine,
    clock,
    send,
    create: (body = cashOut(), how = {}) => send('POST', '/v1/orders', { ...how, bodyText: JSON.stringify(body) }),
    read: (id) => send('GET', `/v1/orders/${id}`),
    cancel: (id, key) => send('POST', `/v1/orders/${id}/cancel`, key === undefined ? {} : { key }),
    refund: (id, key) => send('POST', `/v1/orders/${id}/refund`, key === undefined ? {} : { key }),
  };
}

/** A Mexican cash-out of 500.00 by dynamic QR, good for five minutes. */
export function cashOut(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'qr',
    external_reference: 'COT0701K9ZZ7H4Q2V8D',
    description: 'Retiro de efectivo',
    total_amount: '500.00',
    expiration_time: 'PT5M',
    config: { qr: { external_pos_id: 'SUC01CAJA07', mode: 'dynamic' } },
    transactions: { cash_outs: [{ amount: '500.00', additional_info: { external_cashier_id: 1042 } }] },
    ...changes,
  };
}

/** `expect.stringMatching`, without its type of anything. */
export function like(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

export function answerOf(exchange: SimulatedExchange): SimulatedAnswer {
  if (!('answer' in exchange)) throw new Error(`there is no answer: ${exchange.delivery}`);
  return exchange.answer;
}

export function jsonOf(exchange: SimulatedExchange): unknown {
  return JSON.parse(answerOf(exchange).bodyText);
}

export function orderOf(exchange: SimulatedExchange): WireOrder {
  return jsonOf(exchange) as WireOrder;
}

/** `409 cannot_cancel_order`, or the bare status of a success. */
export function outcomeOf(exchange: SimulatedExchange): string {
  if (!('answer' in exchange)) return exchange.delivery;
  const body = jsonOf(exchange) as { errors?: { code: string }[] };
  const code = body.errors?.[0]?.code;
  return code === undefined ? String(exchange.answer.status) : `${exchange.answer.status} ${code}`;
}

export function detailsOf(exchange: SimulatedExchange): readonly string[] {
  return (jsonOf(exchange) as { errors: { details?: string[] }[] }).errors[0]?.details ?? [];
}

/** A waiting order, and its id. */
export function openOrder(bench: Bench, body?: Record<string, unknown>): string {
  return orderOf(bench.create(body)).id;
}

/** A paid order, and its id. */
export function paidOrder(bench: Bench): string {
  const id = openOrder(bench);
  bench.engine.customerPays(id);
  return id;
}
