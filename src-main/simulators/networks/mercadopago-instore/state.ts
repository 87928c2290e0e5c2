/** Everything the simulated network holds in its head. The modules beside this one are functions over it. */
import { createSeededRandom } from '../../seeded-random.ts';
import type { SeededRandom } from '../../seeded-random.ts';
import { createDueQueue } from '../due-queue.ts';
import type { DueQueue } from '../due-queue.ts';
import { createScript } from '../script.ts';
import type { Script } from '../script.ts';
import { createWeatherVane } from '../weather.ts';
import type { Weather, WeatherVane } from '../weather.ts';
import { faultApplies, OPERATIONS } from './faults.ts';
import type { InstoreFault, Operation } from './faults.ts';
import { FIRST_NUMBERS } from './ids.ts';
import type { LastNumbers } from './ids.ts';
import type { InstoreOrder } from './instore-order.ts';
import { waitsAtSticker } from './instore-order.ts';
import type { MerchantOrder } from './merchant-order.ts';
import type { Notice } from './notices.ts';
import type { PointOfSale, Store } from './places.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import type { InstoreSettings } from './settings.ts';

/** Things that will happen by themselves. */
export type DueThing =
  | Readonly<{ kind: 'order-expires' | 'somebody-scans' | 'somebody-pays' | 'somebody-pays-by-force'; orderId: string }>
  | Readonly<{
      kind: 'starts-paying' | 'gives-up' | 'pays' | 'window-lapses' | 'return-ends' | 'seller-refunds';
      merchantOrderId: number;
    }>
  | Readonly<{ kind: 'notice'; notice: Notice }>;

export type NetworkState = {
  settings: InstoreSettings;
  readonly orders: Map<string, InstoreOrder>;
  /** Newest last. */
  readonly ordersByReference: Map<string, InstoreOrder[]>;
  /** What a scan of the sticker finds, by `user pos`. */
  readonly atSticker: Map<string, InstoreOrder>;
  readonly merchantOrders: Map<number, MerchantOrder>;
  /** By waiting order, oldest first. */
  readonly scansOf: Map<string, MerchantOrder[]>;
  readonly stores: Map<number, Store>;
  readonly pointsOfSale: Map<number, PointOfSale>;
  readonly endedTokens: Set<string>;
  readonly lastNumbers: LastNumbers;
  readonly due: DueQueue<DueThing>;
  readonly script: Script<InstoreFault, Operation>;
  readonly random: Readonly<Record<'ids' | 'requestIds' | 'weather' | 'noticeWeather' | 'customers', SeededRandom>>;
  vane: WeatherVane<InstoreFault, Operation>;
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
  settings?: Partial<InstoreSettings>;
  weather?: Weather<InstoreFault>;
  /** How many requests are kept for reading; 1000 when absent, 0 for none. */
  keepRequests?: number;
  /** How many notifications are kept; 1000 when absent, 0 for none. */
  keepNotices?: number;
}>;

export function createState(options: EngineOptions): NetworkState {
  const stream = (name: string): SeededRandom => createSeededRandom(options.seed, `mercadopago-instore ${name}`);
  let latestMs = Number.NEGATIVE_INFINITY;
  return {
    settings: { ...DEFAULT_SETTINGS, ...options.settings },
    orders: new Map(),
    ordersByReference: new Map(),
    atSticker: new Map(),
    merchantOrders: new Map(),
    scansOf: new Map(),
    stores: new Map(),
    pointsOfSale: new Map(),
    endedTokens: new Set(),
    lastNumbers: { ...FIRST_NUMBERS },
    due: createDueQueue(),
    script: createScript<InstoreFault, Operation>(faultApplies),
    random: {
      ids: stream('ids'),
      requestIds: stream('request ids'),
      weather: stream('weather'),
      noticeWeather: stream('notice weather'),
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
export function vaneOf(weather: Weather<InstoreFault>): WeatherVane<InstoreFault, Operation> {
  return createWeatherVane(weather, OPERATIONS, faultApplies);
}

export function stickerKey(userId: string, externalPosId: string): string {
  return `${userId} ${externalPosId}`;
}

/** What a customer finds who scans this point of sale's sticker now. */
export function orderAtSticker(state: NetworkState, userId: string, externalPosId: string): InstoreOrder | undefined {
  const order = state.atSticker.get(stickerKey(userId, externalPosId));
  return order !== undefined && waitsAtSticker(order) ? order : undefined;
}

export function scansOf(state: NetworkState, order: InstoreOrder): readonly MerchantOrder[] {
  return state.scansOf.get(order.terms.id) ?? [];
}

export function orderOf(state: NetworkState, merchantOrder: MerchantOrder): InstoreOrder | undefined {
  return state.orders.get(merchantOrder.orderId);
}

export function keepOrder(state: NetworkState, order: InstoreOrder): void {
  const { id, externalReference, userId, externalPosId, mode } = order.terms;
  state.orders.set(id, order);
  const others = state.ordersByReference.get(externalReference);
  if (others === undefined) state.ordersByReference.set(externalReference, [order]);
  else others.push(order);
  if (mode !== 'dynamic') state.atSticker.set(stickerKey(userId, externalPosId), order);
}

export function keepScan(state: NetworkState, merchantOrder: MerchantOrder): void {
  state.merchantOrders.set(merchantOrder.id, merchantOrder);
  const others = state.scansOf.get(merchantOrder.orderId);
  if (others === undefined) state.scansOf.set(merchantOrder.orderId, [merchantOrder]);
  else others.push(merchantOrder);
}

/** As if it had never been, with every scan of it. */
export function forgetOrder(state: NetworkState, order: InstoreOrder): void {
  const { id, externalReference, userId, externalPosId } = order.terms;
  for (const scan of scansOf(state, order)) state.merchantOrders.delete(scan.id);
  state.scansOf.delete(id);
  state.orders.delete(id);
  const others = (state.ordersByReference.get(externalReference) ?? []).filter((other) => other !== order);
  if (others.length === 0) state.ordersByReference.delete(externalReference);
  else state.ordersByReference.set(externalReference, others);
  const key = stickerKey(userId, externalPosId);
  if (state.atSticker.get(key) === order) state.atSticker.delete(key);
}
