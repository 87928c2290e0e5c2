/** Everything the simulated network holds in its head. The modules beside this one are functions over it. */
import { createSeededRandom } from '../../seeded-random.ts';
import type { SeededRandom } from '../../seeded-random.ts';
import { createDueQueue } from '../due-queue.ts';
import type { DueQueue } from '../due-queue.ts';
import type { PointOfSale, Store } from '../mercadopago-places/places.ts';
import { FIRST_PLACE_NUMBERS } from '../mercadopago-places/places-state.ts';
import type { PlaceNumbers } from '../mercadopago-places/places-state.ts';
import { createScript } from '../script.ts';
import type { Script } from '../script.ts';
import { createWeatherVane } from '../weather.ts';
import type { Weather, WeatherVane } from '../weather.ts';
import { faultApplies, OPERATIONS } from './faults.ts';
import type { MercadoPagoFault, Operation } from './faults.ts';
import type { Notice } from './notices.ts';
import type { Order } from './order.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import type { MercadoPagoSettings } from './settings.ts';

/** Things that will happen by themselves. */
export type DueThing =
  | Readonly<{
      kind: 'expires' | 'starts-paying' | 'gives-up' | 'pays' | 'pays-by-force' | 'seller-refunds';
      orderId: string;
    }>
  | Readonly<{ kind: 'refund-ends'; orderId: string; outcome: 'processed' | 'failed' }>
  | Readonly<{ kind: 'notice'; notice: Notice }>;

/** What a spent idempotency key stands for. */
export type SpentKey = Readonly<{
  fingerprint: string;
  orderId: string;
  status: number;
  snapshotText: string;
  atMs: number;
  lockedUntilMs: number;
}>;

export type NetworkState = {
  settings: MercadoPagoSettings;
  readonly orders: Map<string, Order>;
  readonly byReference: Map<string, Order>;
  readonly spentKeys: Map<string, SpentKey>;
  readonly stores: Map<number, Store>;
  readonly pointsOfSale: Map<number, PointOfSale>;
  readonly lastNumbers: PlaceNumbers;
  readonly endedTokens: Set<string>;
  readonly due: DueQueue<DueThing>;
  readonly script: Script<MercadoPagoFault, Operation>;
  readonly random: Readonly<
    Record<'ids' | 'requestIds' | 'weather' | 'noticeWeather' | 'notices' | 'customers', SeededRandom>
  >;
  vane: WeatherVane<MercadoPagoFault, Operation>;
  isUp: boolean;
  notices: Notice[];
  unsentNotices: Notice[];
  noticeCount: number;
  readonly keepNotices: number;
  /** Time as the network has seen it: never backwards. */
  now: () => number;
};

export type EngineOptions = Readonly<{
  seed: number;
  /** Epoch milliseconds; the only clock there is. */
  nowMs: () => number;
  settings?: Partial<MercadoPagoSettings>;
  weather?: Weather<MercadoPagoFault>;
  /** How many requests are kept for reading; 1000 when absent, 0 for none. */
  keepRequests?: number;
  /** How many notifications are kept; 1000 when absent, 0 for none (then none are made either). */
  keepNotices?: number;
}>;

export function createState(options: EngineOptions): NetworkState {
  const stream = (name: string): SeededRandom => createSeededRandom(options.seed, `mercadopago-orders ${name}`);
  let latestMs = Number.NEGATIVE_INFINITY;
  return {
    settings: { ...DEFAULT_SETTINGS, ...options.settings },
    orders: new Map(),
    byReference: new Map(),
    spentKeys: new Map(),
    stores: new Map(),
    pointsOfSale: new Map(),
    lastNumbers: { ...FIRST_PLACE_NUMBERS },
    endedTokens: new Set(),
    due: createDueQueue(),
    script: createScript<MercadoPagoFault, Operation>(faultApplies),
    random: {
      ids: stream('ids'),
      requestIds: stream('request ids'),
      weather: stream('weather'),
      noticeWeather: stream('notice weather'),
      notices: stream('notices'),
      customers: stream('customers'),
    },
    vane: vaneOf(options.weather ?? { rates: {} }),
    isUp: true,
    notices: [],
    unsentNotices: [],
    noticeCount: 0,
    keepNotices: options.keepNotices ?? 1_000,
    now() {
      latestMs = Math.max(latestMs, options.nowMs());
      return latestMs;
    },
  };
}

/** @throws RangeError for rates that make no sense. */
export function vaneOf(weather: Weather<MercadoPagoFault>): WeatherVane<MercadoPagoFault, Operation> {
  return createWeatherVane(weather, OPERATIONS, faultApplies);
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
