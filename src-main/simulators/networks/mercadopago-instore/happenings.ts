/** What happens to orders and scans: every change goes through here, and time brings its own. */
import { advanceCore } from '../network-core.ts';
import { nextNumber } from './ids.ts';
import type { InstoreOrder, InstoreOrderState } from './instore-order.ts';
import { nextLife } from './merchant-order.ts';
import type { MerchantOrder, MerchantOrderEvent, MerchantOrderLife, MoneyReturn } from './merchant-order.ts';
import { post, tell } from './notices.ts';
import { keepScan, orderOf, scansOf } from './state.ts';
import type { DueThing, NetworkState } from './state.ts';

/** A waiting order ends without payment. False when it does not wait any more. */
export function endOrder(
  state: NetworkState,
  order: InstoreOrder,
  how: Extract<InstoreOrderState, 'replaced' | 'deleted' | 'expired'>,
  atMs: number,
): boolean {
  if (order.state !== 'waiting') return false;
  order.state = how;
  order.updatedAtMs = atMs;
  if (state.settings.abandonedOrders === 'expired') {
    for (const scan of scansOf(state, order)) happen(state, scan, { type: 'expired' }, atMs);
  }
  const { customers } = state.settings;
  if (customers !== 'none' && state.random.customers.chance(customers.lateRate)) {
    const paysAtMs = atMs + state.random.customers.between(0, 5_000);
    state.due.add(paysAtMs, { kind: 'somebody-pays-by-force', orderId: order.terms.id });
  }
  return true;
}

/** Someone scans: another merchant order, whatever became of earlier ones. Undefined when nothing is there to scan. */
export function startScan(
  state: NetworkState,
  order: InstoreOrder,
  atMs: number,
  isForced: boolean,
): MerchantOrder | undefined {
  if (order.state !== 'waiting' && !isForced) return undefined;
  const merchantOrder: MerchantOrder = {
    id: nextNumber(state.lastNumbers, 'merchant-order', state.random.customers),
    orderId: order.terms.id,
    payerId: state.random.customers.between(100_000_000, 999_999_999),
    createdAtMs: atMs,
    moment: { life: { state: 'opened', isCustomerPaying: false }, rejectedPaymentIds: [], updatedAtMs: atMs },
    previous: undefined,
    version: 1,
  };
  keepScan(state, merchantOrder);
  tell(state, merchantOrder, atMs);
  return merchantOrder;
}

/** Moves a scan on. False when its life does not allow the event; then nothing changed. */
export function happen(state: NetworkState, scanned: MerchantOrder, event: MerchantOrderEvent, atMs: number): boolean {
  const before = scanned.moment;
  const life = nextLife(before.life, event);
  if (life === undefined) return false;
  const { rejectedPaymentIds: rejected } = before;
  scanned.previous = before;
  scanned.version += 1;
  scanned.moment = {
    life,
    rejectedPaymentIds: event.type === 'rejected' ? [...rejected, event.paymentId] : rejected,
    updatedAtMs: Math.max(before.updatedAtMs, atMs),
  };
  // Nobody is told that a customer looks at the phone, nor that notes left a drawer.
  if (life.state !== before.life.state && life.state !== 'confirmed') tell(state, scanned, atMs);
  follow(state, scanned, event, atMs);
  return true;
}

/**
 * The customer of this scan pays now. Without force only what still waits, or what this customer was already paying
 * when it stopped to wait; what another customer has paid in the meantime is nobody's to pay.
 */
export function pay(state: NetworkState, scanned: MerchantOrder, atMs: number, isForced: boolean): boolean {
  const order = orderOf(state, scanned);
  if (order === undefined) return false;
  const { life } = scanned.moment;
  const isUnderWay = life.state === 'opened' && life.isCustomerPaying;
  const mayPay = order.state === 'waiting' || (isUnderWay && order.state !== 'paid');
  if (!mayPay && !isForced) return false;
  const isLate = order.state !== 'waiting';
  const id = nextNumber(state.lastNumbers, 'payment', state.random.customers);
  if (!happen(state, scanned, { type: 'paid', payment: { id, atMs, isLate } }, atMs)) return false;
  order.isLate ||= isLate && order.state !== 'paid';
  order.state = 'paid';
  order.updatedAtMs = atMs;
  for (const other of scansOf(state, order)) happen(state, other, { type: 'customer-gave-up' }, atMs);
  return true;
}

/** How the way back ends; `on-command` waits for one. */
export type ReturnTime = number | 'on-command';

/** Money starts on its way back to the payer. */
export function sendBack(
  state: NetworkState,
  scanned: MerchantOrder,
  back: MoneyReturn,
  time: ReturnTime,
  isForced = false,
): boolean {
  if (!happen(state, scanned, { type: 'return-started', back, isForced }, back.atMs)) return false;
  if (time !== 'on-command') state.due.add(back.atMs + time, { kind: 'return-ends', merchantOrderId: scanned.id });
  return true;
}

/** The network's own decision when nobody confirmed: as if it had been told that no confirmation came. */
export function lapse(state: NetworkState, scanned: MerchantOrder, atMs: number): boolean {
  const back = { by: 'network', status: 'cancelled', detail: 'confirmation_not_received', atMs } as const;
  if (!happen(state, scanned, { type: 'return-started', back, isForced: false }, atMs)) return false;
  return happen(state, scanned, { type: 'return-ended', atMs }, atMs);
}

export function sellerSendsBack(state: NetworkState, scanned: MerchantOrder, atMs: number, isForced: boolean): boolean {
  const back = { by: 'seller', status: 'cancelled', detail: 'other', atMs } as const;
  return sendBack(state, scanned, back, state.settings.returnTakesMs, isForced);
}

/** The newest scan that can still be paid; a new one when there is none. */
export function payableScan(
  state: NetworkState,
  order: InstoreOrder,
  atMs: number,
  isForced: boolean,
): MerchantOrder | undefined {
  const opened = scansOf(state, order).findLast(({ moment }) => moment.life.state === 'opened');
  return opened ?? startScan(state, order, atMs, isForced);
}

/** Brings the network to the present: everything that was due happens, in its order and at its own time. */
export function advance(state: NetworkState): number {
  return advanceCore(state, (thing, atMs) => come(state, thing, atMs));
}

export function hasPayer(life: MerchantOrderLife): boolean {
  return life.state !== 'opened' && life.state !== 'expired';
}

export function isHeld(state: NetworkState, order: InstoreOrder): boolean {
  return scansOf(state, order).some(({ moment }) => moment.life.state === 'opened' && moment.life.isCustomerPaying);
}

/** What one event brings about later. */
function follow(state: NetworkState, scanned: MerchantOrder, event: MerchantOrderEvent, atMs: number): void {
  const { settings, due } = state;
  const merchantOrderId = scanned.id;
  const order = orderOf(state, scanned);
  switch (event.type) {
    case 'customer-started-paying':
      due.add(atMs + settings.payingLastsMs, { kind: 'gives-up', merchantOrderId });
      return;
    case 'customer-gave-up':
    case 'rejected':
      // Expiry waited for this customer; it waits no longer.
      if (order !== undefined && atMs >= order.terms.expiresAtMs && !isHeld(state, order)) {
        endOrder(state, order, 'expired', atMs);
      }
      return;
    case 'paid': {
      const { automaticReturnAfterMs, confirmWithinMs } = settings;
      if (order?.terms.hasCashOut !== true || automaticReturnAfterMs === 'never') return;
      due.add(atMs + confirmWithinMs + automaticReturnAfterMs, { kind: 'window-lapses', merchantOrderId });
      return;
    }
    case 'confirmed':
    case 'expired':
    case 'return-started':
    case 'return-ended':
      return;
    default:
      event satisfies never;
  }
}

function come(state: NetworkState, thing: DueThing, atMs: number): void {
  if (thing.kind === 'notice') {
    post(state, thing.notice);
    return;
  }
  if ('orderId' in thing) {
    const order = state.orders.get(thing.orderId);
    if (order !== undefined) comeToOrder(state, order, thing.kind, atMs);
    return;
  }
  const scanned = state.merchantOrders.get(thing.merchantOrderId);
  if (scanned !== undefined) comeToScan(state, scanned, thing.kind, atMs);
}

type ToOrder = Extract<DueThing, { orderId: string }>['kind'];
type ToScan = Extract<DueThing, { merchantOrderId: number }>['kind'];

function comeToOrder(state: NetworkState, order: InstoreOrder, kind: ToOrder, atMs: number): void {
  switch (kind) {
    case 'order-expires':
      if (!isHeld(state, order)) endOrder(state, order, 'expired', atMs);
      return;
    case 'somebody-scans':
      startScan(state, order, atMs, false);
      return;
    case 'somebody-pays':
    case 'somebody-pays-by-force': {
      const isForced = kind === 'somebody-pays-by-force';
      const scanned = payableScan(state, order, atMs, isForced);
      if (scanned !== undefined) pay(state, scanned, atMs, isForced);
      return;
    }
    default:
      kind satisfies never;
  }
}

function comeToScan(state: NetworkState, scanned: MerchantOrder, kind: ToScan, atMs: number): void {
  switch (kind) {
    case 'starts-paying':
      happen(state, scanned, { type: 'customer-started-paying' }, atMs);
      return;
    case 'gives-up':
      happen(state, scanned, { type: 'customer-gave-up' }, atMs);
      return;
    case 'pays':
      pay(state, scanned, atMs, false);
      return;
    case 'window-lapses':
      lapse(state, scanned, atMs);
      return;
    case 'return-ends':
      happen(state, scanned, { type: 'return-ended', atMs }, atMs);
      return;
    case 'seller-refunds':
      sellerSendsBack(state, scanned, atMs, false);
      return;
    default:
      kind satisfies never;
  }
}
