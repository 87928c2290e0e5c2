/**
 * The simulated legacy in-store API of Mercado Pago without a socket: pure, synchronous, repeatable from its seed.
 *
 * Source  Mercado Pago instore orders V2, dynamic QR, merchant orders, cash-out confirmation, stores and POS references.
 * Units   times in epoch milliseconds, amounts as the wire writes them.
 * Errors  never throws for what a request contains; a control method answers what is wrong in words.
 */
import type { Customers } from '../mercadopago-orders/settings.ts';
import { vaneOf } from '../network-core.ts';
import { actingOn, createNetworkEngine } from '../network-engine.ts';
import type { NetworkEngine, NetworkTrade } from '../network-engine.ts';
import type { ScriptEntry } from '../script.ts';
import type { Weather } from '../weather.ts';
import * as actions from './actions.ts';
import type { ActionOutcome, OrderSummary } from './actions.ts';
import { dialectOf, NO_SUCH_ENDPOINT } from './answers.ts';
import { readCall } from './call.ts';
import type { Call } from './call.ts';
import type { InstoreFault, Operation } from './faults.ts';
import { advance } from './happenings.ts';
import type { Notice } from './notices.ts';
import type { PointOfSale, Store } from '../mercadopago-places/places.ts';
import type { InstoreSettings } from './settings.ts';
import { createState, FAULT_MAP } from './state.ts';
import type { EngineOptions, NetworkState } from './state.ts';
import { takeTurn } from './turn.ts';

export type InstoreScriptEntry = ScriptEntry<InstoreFault, Operation>;
export type InstoreWeather = Weather<InstoreFault>;

/**
 * `ref` is what a person has at hand: a merchant order id, an in_store_order_id, an external reference, the text of a
 * code, or an external POS id for what waits at its sticker.
 */
export interface InstoreEngine extends NetworkEngine<InstoreSettings, InstoreFault, Operation, Notice> {
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

  setCustomers(customers: Customers | 'none'): void;
  /** From now on 401 for this token. */
  revokeToken(token: string): void;
  restoreToken(token: string): void;

  orders(): readonly OrderSummary[];
  order(ref: string): OrderSummary | undefined;
  stores(): readonly Readonly<Store>[];
  pointsOfSale(): readonly Readonly<PointOfSale>[];
  /** Forgets one order with its scans. */
  forget(ref: string): boolean;
  /** Forgets every order that nothing more happens to by itself, and did not for this long; answers how many. */
  forgetFinished(idleForMs?: number): number;
}

export function createInstoreEngine(options: EngineOptions): InstoreEngine {
  const state = createState(options);
  const engine = createNetworkEngine(state, TRADE, options.keepRequests);
  const acting = actingOn(state, advance);
  return Object.assign(engine, {
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
    setCustomers: (customers: Customers | 'none') => void (state.settings = { ...state.settings, customers }),
    revokeToken: (token: string) => void state.endedTokens.add(token),
    restoreToken: (token: string) => void state.endedTokens.delete(token),
    orders: acting(actions.summaries),
    order: acting(actions.summary),
    stores: () => [...state.stores.values()].map((store) => ({ ...store })),
    pointsOfSale: () => [...state.pointsOfSale.values()].map((pos) => ({ ...pos })),
    forget: acting(actions.forget),
    forgetFinished: acting(actions.forgetFinished),
  });
}

const TRADE: NetworkTrade<NetworkState, InstoreFault, Operation, Call> = {
  advance,
  vaneOf: (weather) => vaneOf(weather, FAULT_MAP),
  readCall,
  takeTurn,
  dialectOf: ({ settings }) => dialectOf(settings.errorShape),
  noSuchEndpoint: NO_SUCH_ENDPOINT,
  headersOf: ({ random }) => ({ 'x-request-id': random.requestIds.uuid() }),
};
