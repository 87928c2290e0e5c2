/**
 * The simulated Mercado Pago Orders API without a socket: pure, synchronous, repeatable from its seed.
 *
 * Source  Mercado Pago qr-code-ca, payment processing, and Orders API reference (`/v1/orders`, type `qr`).
 * Units   times in epoch milliseconds, amounts as the wire writes them.
 * Errors  never throws for what a request contains; a control method answers what is wrong in words.
 */
import type { SimulatedExchange, SimulatedRequest } from '../exchange.ts';
import type { PointOfSale, Store } from '../mercadopago-places/places.ts';
import { createRequestLog } from '../request-log.ts';
import type { RecordedRequest } from '../request-log.ts';
import type { ScriptEntry } from '../script.ts';
import { carry } from '../transport-faults.ts';
import type { Weather } from '../weather.ts';
import * as actions from './actions.ts';
import type { ActionOutcome, OrderSummary } from './actions.ts';
import { DIALECT, NO_SUCH_ENDPOINT } from './answers.ts';
import { readCall } from './call.ts';
import type { MercadoPagoFault, Operation } from './faults.ts';
import { advance } from './happenings.ts';
import type { Notice } from './notices.ts';
import type { Customers, MercadoPagoSettings } from './settings.ts';
import { createState, vaneOf } from './state.ts';
import type { EngineOptions, NetworkState } from './state.ts';
import { takeTurn } from './turn.ts';

export type MercadoPagoScriptEntry = ScriptEntry<MercadoPagoFault, Operation>;
export type MercadoPagoWeather = Weather<MercadoPagoFault>;

export interface MercadoPagoEngine {
  handle(request: SimulatedRequest): SimulatedExchange;
  /** Lets everything happen that is due by now; `handle` and every control method do so first. */
  advance(): void;

  /** `amount`: what a payer chose, only where the order lets the payer choose, or by force. `force`: also after cancel or expiry. */
  customerPays(ref: string, how?: { amount?: string; force?: boolean }): ActionOutcome;
  /** From now a cancel meets a locked order, until the customer pays, gives up or takes too long. */
  customerStartsPaying(ref: string): ActionOutcome;
  customerGivesUp(ref: string): ActionOutcome;
  /** Pays the newest waiting static or hybrid order of this POS. */
  customerScansSticker(externalPosId: string): ActionOutcome;
  /** From the seller's own panel, behind the till's back. */
  sellerRefunds(ref: string): ActionOutcome;
  endRefund(ref: string, outcome: 'processed' | 'failed'): ActionOutcome;
  expire(ref: string): ActionOutcome;

  script(...entries: readonly MercadoPagoScriptEntry[]): void;
  clearScript(): void;
  scripted(): readonly MercadoPagoScriptEntry[];
  /** Throws RangeError when the rates that can hit one operation add up to more than 1. */
  setWeather(weather: MercadoPagoWeather): void;
  weather(): MercadoPagoWeather;
  setNetwork(network: 'up' | 'down'): void;
  readonly network: 'up' | 'down';
  setCustomers(customers: Customers | 'none'): void;
  /** From now on 401 for this token. */
  revokeToken(token: string): void;
  restoreToken(token: string): void;
  change(settings: Partial<MercadoPagoSettings>): void;
  readonly settings: MercadoPagoSettings;

  orders(): readonly OrderSummary[];
  order(ref: string): OrderSummary | undefined;
  stores(): readonly Readonly<Store>[];
  pointsOfSale(): readonly Readonly<PointOfSale>[];
  requests(): readonly RecordedRequest[];
  requestCount(): number;
  clearRequests(): void;
  notices(): readonly Notice[];
  /** Notifications still to be posted to the webhook address; the caller has them now. */
  takeUnsentNotices(): readonly Notice[];
  /** Forgets one order with its keys and its reference. */
  forget(ref: string): boolean;
  /**
   * Forgets every order that neither waits for a customer nor for a refund, and has not changed for this long (0 when
   * absent); answers how many. A processed order can then no longer be refunded, nor a cancelled one be paid late.
   */
  forgetFinished(idleForMs?: number): number;
}

export function createMercadoPagoEngine(options: EngineOptions): MercadoPagoEngine {
  const state = createState(options);
  const log = createRequestLog(options.keepRequests ?? 1_000);
  const acting =
    <Arguments extends readonly unknown[], Answer>(
      act: (state: NetworkState, nowMs: number, ...given: Arguments) => Answer,
    ) =>
    (...given: Arguments): Answer =>
      act(state, advance(state), ...given);

  return {
    handle: (request) => handle(state, request, log),
    advance: () => void advance(state),
    customerPays: acting(actions.customerPays),
    customerStartsPaying: acting(actions.customerStartsPaying),
    customerGivesUp: acting(actions.customerGivesUp),
    customerScansSticker: acting(actions.customerScansSticker),
    sellerRefunds: acting(actions.sellerRefunds),
    endRefund: acting(actions.endRefund),
    expire: acting(actions.expire),
    script: (...entries) => entries.forEach((entry) => state.script.add(entry)),
    clearScript: () => state.script.clear(),
    scripted: () => state.script.entries(),
    setWeather: (weather) => void (state.vane = vaneOf(weather)),
    weather: () => state.vane.weather,
    setNetwork: (network) => void (state.isUp = network === 'up'),
    get network() {
      return state.isUp ? 'up' : 'down';
    },
    setCustomers: (customers) => void (state.settings = { ...state.settings, customers }),
    revokeToken: (token) => void state.endedTokens.add(token),
    restoreToken: (token) => void state.endedTokens.delete(token),
    change: (settings) => void (state.settings = { ...state.settings, ...settings }),
    get settings() {
      return state.settings;
    },
    orders: acting(actions.summaries),
    order: acting(actions.summary),
    stores: () => [...state.stores.values()].map((store) => ({ ...store })),
    pointsOfSale: () => [...state.pointsOfSale.values()].map((pos) => ({ ...pos })),
    requests: () => log.list(),
    requestCount: () => log.count(),
    clearRequests: () => log.clear(),
    notices: acting(() => state.notices.slice(-Math.max(1, state.keepNotices))),
    takeUnsentNotices: acting(() => state.unsentNotices.splice(0)),
    forget: acting(actions.forget),
    forgetFinished: acting(actions.forgetFinished),
  };
}

function handle(
  state: NetworkState,
  request: SimulatedRequest,
  log: ReturnType<typeof createRequestLog>,
): SimulatedExchange {
  const nowMs = advance(state);
  const call = state.isUp ? readCall(state, request) : undefined;
  const exchange = state.isUp ? exchangeOf(state, call, nowMs) : DOWN;
  log.record({ atMs: nowMs, operation: call?.operation ?? 'unknown', request, exchange });
  return exchange;
}

const DOWN: SimulatedExchange = { delivery: 'refused', delayMs: 0 };

function exchangeOf(state: NetworkState, call: ReturnType<typeof readCall>, nowMs: number): SimulatedExchange {
  if (call === undefined) return { delivery: 'whole', delayMs: 0, answer: NO_SUCH_ENDPOINT };
  const chosen = state.script.take(call) ?? state.vane.draw(call.operation, state.random.weather);
  const latencyMs = state.vane.drawLatencyMs(state.random.weather);
  const exchange = carry(chosen, latencyMs, DIALECT, () => takeTurn(state, call, chosen, nowMs));
  if (!('answer' in exchange)) return exchange;
  const headers = {
    ...exchange.answer.headers,
    date: new Date(nowMs).toUTCString(),
    'x-request-id': state.random.requestIds.uuid(),
  };
  return { ...exchange, answer: { ...exchange.answer, headers } };
}
