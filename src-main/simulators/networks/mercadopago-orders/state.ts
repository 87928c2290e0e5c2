/** Everything the simulated network holds in its head. The modules beside this one are functions over it. */
import { createSeededRandom } from '../../seeded-random.ts';
import type { SeededRandom } from '../../seeded-random.ts';
import type { PointOfSale, Store } from '../mercadopago-places/places.ts';
import { FIRST_PLACE_NUMBERS } from '../mercadopago-places/places-state.ts';
import type { PlaceNumbers } from '../mercadopago-places/places-state.ts';
import { createCore } from '../network-core.ts';
import type { CoreOptions, DueNotice, FaultMap, NetworkCore } from '../network-core.ts';
import { faultApplies, OPERATIONS } from './faults.ts';
import type { MercadoPagoFault, Operation } from './faults.ts';
import type { Notice } from './notices.ts';
import type { Order } from './order.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import type { MercadoPagoSettings } from './settings.ts';

/** Things that will happen by themselves. */
type DueEvent =
  | Readonly<{
      kind: 'expires' | 'starts-paying' | 'gives-up' | 'pays' | 'pays-by-force' | 'seller-refunds';
      orderId: string;
    }>
  | Readonly<{ kind: 'refund-ends'; orderId: string; outcome: 'processed' | 'failed' }>;

export type DueThing = DueEvent | DueNotice<Notice>;

type Core = NetworkCore<MercadoPagoSettings, MercadoPagoFault, Operation, DueEvent, Notice>;

/** What a spent idempotency key stands for. */
export type SpentKey = Readonly<{
  fingerprint: string;
  orderId: string;
  status: number;
  snapshotText: string;
  atMs: number;
  lockedUntilMs: number;
}>;

export type NetworkState = Core & {
  readonly orders: Map<string, Order>;
  readonly byReference: Map<string, Order>;
  readonly spentKeys: Map<string, SpentKey>;
  readonly stores: Map<number, Store>;
  readonly pointsOfSale: Map<number, PointOfSale>;
  readonly lastNumbers: PlaceNumbers;
  readonly endedTokens: Set<string>;
  readonly random: Readonly<
    Record<'ids' | 'requestIds' | 'weather' | 'noticeWeather' | 'notices' | 'customers', SeededRandom>
  >;
};

export type EngineOptions = CoreOptions<MercadoPagoSettings, MercadoPagoFault>;

export const FAULT_MAP: FaultMap<MercadoPagoFault, Operation> = { operations: OPERATIONS, faultApplies };

export function createState(options: EngineOptions): NetworkState {
  const stream = (name: string): SeededRandom => createSeededRandom(options.seed, `mercadopago-orders ${name}`);
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  return {
    ...createCore<MercadoPagoSettings, MercadoPagoFault, Operation, DueEvent, Notice>(options, settings, FAULT_MAP),
    orders: new Map(),
    byReference: new Map(),
    spentKeys: new Map(),
    stores: new Map(),
    pointsOfSale: new Map(),
    lastNumbers: { ...FIRST_PLACE_NUMBERS },
    endedTokens: new Set(),
    random: {
      ids: stream('ids'),
      requestIds: stream('request ids'),
      weather: stream('weather'),
      noticeWeather: stream('notice weather'),
      notices: stream('notices'),
      customers: stream('customers'),
    },
  };
}

/** By the network's id or the till's reference. */
export function findOrder(state: NetworkState, ref: string): Order | undefined {
  return state.orders.get(ref) ?? state.byReference.get(ref);
}

/** As if it had never been: its reference and its keys are free again. */
export function forgetOrder(state: NetworkState, order: Order): void {
  state.orders.delete(order.terms.id);
  if (state.byReference.get(order.terms.externalReference) === order) {
    state.byReference.delete(order.terms.externalReference);
  }
  for (const key of order.idempotencyKeys) state.spentKeys.delete(key);
}
