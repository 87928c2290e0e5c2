/**
 * The simulated legacy in-store API of Mercado Pago without a socket: pure, synchronous, repeatable from its seed.
 *
 * Source  Mercado Pago instore orders V2, dynamic QR, merchant orders, cash-out confirmation, stores and POS references.
 * Units   times in epoch milliseconds, amounts as the wire writes them.
 * Errors  never throws for what a request contains; a control method answers what is wrong in words.
 */
import type { SimulatedExchange, SimulatedRequest } from '../exchange.ts';
import type { Customers } from '../mercadopago-orders/settings.ts';
import { createRequestLog } from '../request-log.ts';
import type { RecordedRequest } from '../request-log.ts';
import type { ScriptEntry } from '../script.ts';
import { carry } from '../transport-faults.ts';
import type { Weather } from '../weather.ts';
import * as actions from './actions.ts';
import type { ActionOutcome, OrderSummary } from './actions.ts';
import { dialectOf, NO_SUCH_ENDPOINT } from './answers.ts';
import { readCall } from './call.ts';
import type { InstoreFault, Operation } from './faults.ts';
import { advance } from './happenings.ts';
import type { Notice } from './notices.ts';
import type { PointOfSale, Store } from './places.ts';
import type { InstoreSettings } from './settings.ts';
import { createState, vaneOf } from './state.ts';
import type { EngineOptions, NetworkState } from './state.ts';
import { takeTurn } from './turn.ts';

export type InstoreScriptEntry = ScriptEntry<InstoreFault, Operation>;
export type InstoreWeather = Weather<InstoreFault>;

/**
 * `ref` is what a person has at hand: a merchant order id, an in_store_order_id, an external reference, the text of a
 * code, or an external POS id for what waits at its sticker.
 */
export interface InstoreEngine {
  handle(request: SimulatedRequest): SimulatedExchange;
  /** Lets everything happen that is due by now; `handle` and every control method do so first. */
  advance(): void;

  /** Another merchant order, opened. */
  customerScans(ref: string, how?: { force?: boolean }): ActionOutcome;
  /** From now a delete is refused, until the customer pays, walks away or takes too long. */
  customerStartsPaying(ref: string): ActionOutcome;
  /** The scan stays opened. */
  customerWalksAway(ref: string): ActionOutcome;
  customerIsRejected(ref: string): ActionOutcome;
  /** Scans first where nobody has. `force`: also what is deleted, replaced, expired or paid. */
  customerPays(ref: string, how?: { force?: boolean }): ActionOutcome;
  /** Two merchant orders closed. */
  customerPaysTwice(ref: string): ActionOutcome;
  /** From the seller's own panel, behind the till's back. `force`: even after the confirmation. */
  sellerRefunds(ref: string, how?: { force?: boolean }): ActionOutcome;
  /** Nobody confirmed: the money goes back now. */
  endWindow(ref: string): ActionOutcome;
  /** Money on its way back arrives. */
  endReturn(ref: string): ActionOutcome;
  expire(ref: string): ActionOutcome;

  script(...entries: readonly InstoreScriptEntry[]): void;
  clearScript(): void;
  scripted(): readonly InstoreScriptEntry[];
  /** Throws RangeError when the rates that can hit one operation add up to more than 1. */
  setWeather(weather: InstoreWeather): void;
  weather(): InstoreWeather;
  setNetwork(network: 'up' | 'down'): void;
  readonly network: 'up' | 'down';
  setCustomers(customers: Customers | 'none'): void;
  /** From now on 401 for this token. */
  revokeToken(token: string): void;
  restoreToken(token: string): void;
  change(settings: Partial<InstoreSettings>): void;
  readonly settings: InstoreSettings;

  orders(): readonly OrderSummary[];
  order(ref: string): OrderSummary | undefined;
  stores(): readonly Readonly<Store>[];
  pointsOfSale(): readonly Readonly<PointOfSale>[];
  requests(): readonly RecordedRequest[];
  requestCount(): number;
  clearRequests(): void;
  notices(): readonly Notice[];
  /** Notifications still to be posted; the caller has them now. */
  takeUnsentNotices(): readonly Notice[];
  /** Forgets one order with its scans. */
  forget(ref: string): boolean;
  /** Forgets every order that nothing more happens to by itself, and did not for this long; answers how many. */
  forgetFinished(idleForMs?: number): number;
}

export function createInstoreEngine(options: EngineOptions): InstoreEngine {
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
    customerScans: acting(actions.customerScans),
    customerStartsPaying: acting(actions.customerStartsPaying),
    customerWalksAway: acting(actions.customerWalksAway),
    customerIsRejected: acting(actions.customerIsRejected),
    customerPays: acting(actions.customerPays),
    customerPaysTwice: acting(actions.customerPaysTwice),
    sellerRefunds: acting(actions.sellerRefunds),
    endWindow: acting(actions.endWindow),
    endReturn: acting(actions.endReturn),
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
  const dialect = dialectOf(state.settings.errorShape);
  const exchange = carry(chosen, latencyMs, dialect, () => takeTurn(state, call, chosen, nowMs));
  if (!('answer' in exchange)) return exchange;
  const headers = {
    ...exchange.answer.headers,
    date: new Date(nowMs).toUTCString(),
    'x-request-id': state.random.requestIds.uuid(),
  };
  return { ...exchange, answer: { ...exchange.answer, headers } };
}
