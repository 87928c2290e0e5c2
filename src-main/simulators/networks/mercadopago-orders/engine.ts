/**
 * The simulated Mercado Pago Orders API without a socket: pure, synchronous, repeatable from its seed.
 *
 * Source  Mercado Pago qr-code-ca, payment processing, and Orders API reference (`/v1/orders`, type `qr`).
 * Units   times in epoch milliseconds, amounts as the wire writes them.
 * Errors  never throws for what a request contains; a control method answers what is wrong in words.
 */
import type { PointOfSale, Store } from '../mercadopago-places/places.ts';
import { vaneOf } from '../network-core.ts';
import { actingOn, createNetworkEngine } from '../network-engine.ts';
import type { NetworkEngine, NetworkTrade } from '../network-engine.ts';
import type { ScriptEntry } from '../script.ts';
import type { Weather } from '../weather.ts';
import * as actions from './actions.ts';
import type { ActionOutcome, OrderSummary } from './actions.ts';
import { DIALECT, NO_SUCH_ENDPOINT } from './answers.ts';
import { readCall } from './call.ts';
import type { Call } from './call.ts';
import type { MercadoPagoFault, Operation } from './faults.ts';
import { advance } from './happenings.ts';
import type { Notice } from './notices.ts';
import type { Customers, MercadoPagoSettings } from './settings.ts';
import { createState, FAULT_MAP } from './state.ts';
import type { EngineOptions, NetworkState } from './state.ts';
import { takeTurn } from './turn.ts';

export type MercadoPagoScriptEntry = ScriptEntry<MercadoPagoFault, Operation>;
export type MercadoPagoWeather = Weather<MercadoPagoFault>;

export interface MercadoPagoEngine extends NetworkEngine<MercadoPagoSettings, MercadoPagoFault, Operation, Notice> {
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

  setCustomers(customers: Customers | 'none'): void;
  /** From now on 401 for this token. */
  revokeToken(token: string): void;
  restoreToken(token: string): void;

  orders(): readonly OrderSummary[];
  order(ref: string): OrderSummary | undefined;
  stores(): readonly Readonly<Store>[];
  pointsOfSale(): readonly Readonly<PointOfSale>[];
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
  const engine = createNetworkEngine(state, TRADE, options.keepRequests);
  const acting = actingOn(state, advance);
  return Object.assign(engine, {
    customerPays: acting(actions.customerPays),
    customerStartsPaying: acting(actions.customerStartsPaying),
    customerGivesUp: acting(actions.customerGivesUp),
    customerScansSticker: acting(actions.customerScansSticker),
    sellerRefunds: acting(actions.sellerRefunds),
    endRefund: acting(actions.endRefund),
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

const TRADE: NetworkTrade<NetworkState, MercadoPagoFault, Operation, Call> = {
  advance,
  vaneOf: (weather) => vaneOf(weather, FAULT_MAP),
  readCall,
  takeTurn,
  dialectOf: () => DIALECT,
  noSuchEndpoint: NO_SUCH_ENDPOINT,
  headersOf: ({ random }) => ({ 'x-request-id': random.requestIds.uuid() }),
};
