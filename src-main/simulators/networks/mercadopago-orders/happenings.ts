/** What happens to orders: every change goes through `happen`, and time brings its own. */
import { advanceCore } from '../network-core.ts';
import { makeId, makeReferenceId } from './ids.ts';
import { post, tell } from './notices.ts';
import { nextLife } from './order.ts';
import type { Order, OrderEvent } from './order.ts';
import type { DueThing, NetworkState } from './state.ts';

/** Moves an order on. False when its life does not allow the event; then nothing changed. */
export function happen(state: NetworkState, order: Order, event: OrderEvent, atMs: number): boolean {
  const before = order.moment;
  const life = nextLife(before.life, event);
  if (life === undefined) return false;
  const isVisible = life.state !== 'created';
  // A customer who is only about to pay leaves no trace on the wire.
  order.moment = { life, updatedAtMs: isVisible ? Math.max(before.updatedAtMs, atMs) : before.updatedAtMs };
  if (isVisible) {
    order.previous = before;
    order.version += 1;
  }
  if (life.state !== before.life.state) tell(state, order, atMs);
  follow(state, order, event, atMs);
  return true;
}

/** A customer pays now; by force even what is cancelled or expired. */
export function pay(
  state: NetworkState,
  order: Order,
  atMs: number,
  how: { amount?: string; isForced: boolean },
): boolean {
  const referenceId = makeReferenceId(state.random.customers);
  const amount = how.amount ?? order.terms.cashOut.amount;
  return happen(state, order, { type: 'paid', amount, referenceId, atMs, isForced: how.isForced }, atMs);
}

/** How a refund ends by itself; `never` waits for a command. */
export type RefundFate = 'processed' | 'failed' | 'never';

/** The seller's money starts on its way back, asked for by the till or in the seller's own panel. */
export function startRefund(state: NetworkState, order: Order, atMs: number, fate: RefundFate): boolean {
  const id = makeId('REF', atMs, state.random.ids);
  const paid = 'payment' in order.moment.life ? order.moment.life.payment.referenceId : '';
  const isStarted = happen(state, order, { type: 'refund-started', id, referenceId: paid }, atMs);
  const { refundTakesMs } = state.settings;
  if (isStarted && fate !== 'never' && refundTakesMs !== 'on-command') {
    state.due.add(atMs + refundTakesMs, { kind: 'refund-ends', orderId: order.terms.id, outcome: fate });
  }
  return isStarted;
}

/** Brings the network to the present: everything that was due happens, in its order and at its own time. */
export function advance(state: NetworkState): number {
  return advanceCore(state, (thing, atMs) => come(state, thing, atMs));
}

/** What one event brings about later. */
function follow(state: NetworkState, order: Order, event: OrderEvent, atMs: number): void {
  const { settings, due, random } = state;
  const orderId = order.terms.id;
  switch (event.type) {
    case 'customer-started-paying':
      due.add(atMs + settings.payingLastsMs, { kind: 'gives-up', orderId });
      return;
    case 'customer-gave-up':
      // Expiry waited for this customer; it waits no longer.
      if (atMs >= order.terms.expiresAtMs) happen(state, order, { type: 'expired' }, atMs);
      return;
    case 'canceled':
    case 'expired':
      if (settings.customers !== 'none' && random.customers.chance(settings.customers.lateRate)) {
        due.add(atMs + random.customers.between(0, 5_000), { kind: 'pays-by-force', orderId });
      }
      return;
    case 'refund-started':
    case 'paid':
    case 'refund-ended':
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
  const order = state.orders.get(thing.orderId);
  if (order === undefined) return;
  switch (thing.kind) {
    case 'expires': {
      const { life } = order.moment;
      const isHeld = life.state === 'created' && life.isCustomerPaying;
      if (!isHeld) happen(state, order, { type: 'expired' }, atMs);
      return;
    }
    case 'starts-paying':
      happen(state, order, { type: 'customer-started-paying' }, atMs);
      return;
    case 'gives-up':
      happen(state, order, { type: 'customer-gave-up' }, atMs);
      return;
    case 'pays':
    case 'pays-by-force':
      pay(state, order, atMs, { isForced: thing.kind === 'pays-by-force' });
      return;
    case 'refund-ends':
      happen(state, order, { type: 'refund-ended', outcome: thing.outcome }, atMs);
      return;
    case 'seller-refunds':
      startRefund(state, order, atMs, 'processed');
      return;
    default:
      thing satisfies never;
  }
}
