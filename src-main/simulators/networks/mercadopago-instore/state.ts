/** Everything the simulated network holds in its head. The modules beside this one are functions over it. */
import { createSeededRandom } from '../../seeded-random.ts';
import type { SeededRandom } from '../../seeded-random.ts';
import { createCore } from '../network-core.ts';
import type { CoreOptions, DueNotice, FaultMap, NetworkCore } from '../network-core.ts';
import { faultApplies, OPERATIONS } from './faults.ts';
import type { InstoreFault, Operation } from './faults.ts';
import { FIRST_NUMBERS } from './ids.ts';
import type { LastNumbers } from './ids.ts';
import type { InstoreOrder } from './instore-order.ts';
import { waitsAtSticker } from './instore-order.ts';
import type { MerchantOrder } from './merchant-order.ts';
import type { Notice } from './notices.ts';
import type { PointOfSale, Store } from '../mercadopago-places/places.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import type { InstoreSettings } from './settings.ts';

/** Things that will happen by themselves. */
type DueEvent =
  | Readonly<{ kind: 'order-expires' | 'somebody-scans' | 'somebody-pays' | 'somebody-pays-by-force'; orderId: string }>
  | Readonly<{
      kind: 'starts-paying' | 'gives-up' | 'pays' | 'window-lapses' | 'return-ends' | 'seller-refunds';
      merchantOrderId: number;
    }>;

export type DueThing = DueEvent | DueNotice<Notice>;

type Core = NetworkCore<InstoreSettings, InstoreFault, Operation, DueEvent, Notice>;

export type NetworkState = Core & {
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
  readonly random: Readonly<Record<'ids' | 'requestIds' | 'weather' | 'noticeWeather' | 'customers', SeededRandom>>;
};

export type EngineOptions = CoreOptions<InstoreSettings, InstoreFault>;

export const FAULT_MAP: FaultMap<InstoreFault, Operation> = { operations: OPERATIONS, faultApplies };

export function createState(options: EngineOptions): NetworkState {
  const stream = (name: string): SeededRandom => createSeededRandom(options.seed, `mercadopago-instore ${name}`);
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  return {
    ...createCore<InstoreSettings, InstoreFault, Operation, DueEvent, Notice>(options, settings, FAULT_MAP),
    orders: new Map(),
    ordersByReference: new Map(),
    atSticker: new Map(),
    merchantOrders: new Map(),
    scansOf: new Map(),
    stores: new Map(),
    pointsOfSale: new Map(),
    endedTokens: new Set(),
    lastNumbers: { ...FIRST_NUMBERS },
    random: {
      ids: stream('ids'),
      requestIds: stream('request ids'),
      weather: stream('weather'),
      noticeWeather: stream('notice weather'),
      customers: stream('customers'),
    },
  };
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
