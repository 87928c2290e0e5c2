/** A simulated Cashouts API on a clock that a test moves by hand, and the requests of a well-behaved till. */
import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import type { Brand } from '../../../../src-main/simulators/networks/d24/brands.ts';
import { createD24Engine } from '../../../../src-main/simulators/networks/d24/engine.ts';
import type { D24Engine } from '../../../../src-main/simulators/networks/d24/engine.ts';
import type { EngineOptions } from '../../../../src-main/simulators/networks/d24/state.ts';
import type { SimulatedAnswer, SimulatedExchange } from '../../../../src-main/simulators/networks/exchange.ts';

export const NOON_MS = Date.UTC(2025, 10, 21, 12);
export const LOGIN = 'cashout_login';
export const PASS = 'cashout_pass';
export const SIGNATURE = 'cashout_secret_key';
export const KEYS = { login: LOGIN, pass: PASS };

export type Bench = Readonly<{
  engine: D24Engine;
  clock: { nowMs: number };
  /** Signed, whatever the body says. */
  send: (method: string, path: string, body: unknown, headers?: Record<string, string>) => SimulatedExchange;
  get: (path: string, query?: Record<string, string>, headers?: Record<string, string>) => SimulatedExchange;
  create: (body?: Record<string, unknown>) => SimulatedExchange;
  status: (ids: Record<string, unknown>) => SimulatedExchange;
  cancel: (ids: Record<string, unknown>) => SimulatedExchange;
  update: (cashoutId: number, status: string) => SimulatedExchange;
}>;

export function createBench(options: Partial<Omit<EngineOptions, 'nowMs'>> = {}): Bench {
  const clock = { nowMs: NOON_MS };
  const engine = createD24Engine({ seed: 7, brand: 'tupay', ...options, nowMs: () => clock.nowMs });
  const send: Bench['send'] = (method, path, body, headers = {}) => {
    const bodyText = typeof body === 'string' ? body : JSON.stringify(body);
    const own = tillHeaders(bodyText);
    return engine.handle({ method, path, query: {}, headers: { ...own, ...headers }, bodyText });
  };
  return {
    engine,
    clock,
    send,
    get: (path, query = {}, headers = {}) =>
      engine.handle({ method: 'GET', path, query, headers: { 'user-agent': 'till/1.0', ...headers }, bodyText: '' }),
    create: (body = payoutOf(options.brand ?? 'tupay')) => send('POST', '/v3/cashout', body),
    status: (ids) => send('POST', '/v3/cashout/status', { ...KEYS, ...ids }),
    cancel: (ids) => send('DELETE', '/v3/cashout/cancel', { ...KEYS, ...ids }),
    update: (cashoutId, status) => send('PUT', '/v3/cashout/status', { ...KEYS, cashout_id: cashoutId, status }),
  };
}

export function tillHeaders(bodyText: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'till/1.0',
    'payload-signature': createHmac('sha256', SIGNATURE).update(bodyText).digest('hex'),
  };
}

/** 250.50 soles for Ana, or 250.50 reais for her by PIX e-mail key. */
export function payoutOf(brand: Brand, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const common = { ...KEYS, external_id: 'T07-20250301-000412', amount: 250.5, beneficiary_name: 'Ana' };
  const peru = {
    country: 'PE',
    currency: 'PEN',
    document_id: '71594743',
    document_type: 'DNI',
    bank_account: '00219300153895206813',
    account_type: 'S',
  };
  const brazil = {
    country: 'BR',
    currency: 'BRL',
    document_id: '52998224725',
    email: 'ana@example.com',
    bank_code: '10001',
    bank_account: '',
    bank_branch: '',
    account_type: 'C',
  };
  const own = brand === 'tupay' ? peru : brazil;
  return { ...common, ...own, beneficiary_lastname: 'Rojas', type: 'json', ...changes };
}

/** 250.50 reais to an account at Banco do Brasil. */
export function accountInBrazil(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const account = { bank_code: '001', bank_account: '123456-7', bank_branch: '0001', account_type: 'C' };
  return payoutOf('onekey', { ...account, ...changes });
}

/** A waiting payout, and both its ids as a status wants them. */
export function openPayout(bench: Bench, body?: Record<string, unknown>): { cashout_id: number; external_id: string } {
  const { cashout_id: id } = jsonOf(bench.create(body)) as { cashout_id: string };
  const payout = bench.engine.payout(id);
  if (payout === undefined) throw new Error(`no payout ${id}`);
  return { cashout_id: payout.cashoutId, external_id: payout.externalId };
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

/** `412/509`, or the bare status of a success, or how the answer was lost. */
export function outcomeOf(exchange: SimulatedExchange): string {
  if (exchange.delivery !== 'whole') return exchange.delivery;
  const { code } = jsonOf(exchange) as { code?: number };
  return code === undefined ? String(exchange.answer.status) : `${exchange.answer.status}/${code}`;
}

/** `4 Delivered`. */
export function wordsOf(exchange: SimulatedExchange): string {
  const wire = jsonOf(exchange) as { cashout_status: number; cashout_status_description: string };
  return `${wire.cashout_status} ${wire.cashout_status_description}`;
}
