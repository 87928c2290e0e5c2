/** The five operations, as the network performs them when nothing but its own rules stands in the way. */
import { jsonAnswer } from '../exchange.ts';
import type { SimulatedAnswer } from '../exchange.ts';
import type { ChosenFault } from '../script.ts';
import { refuse } from './answers.ts';
import type { Call } from './call.ts';
import { COUNTRIES } from './countries.ts';
import { readWish } from './create-rules.ts';
import type { Wish } from './create-rules.ts';
import { anotherId, distort } from './distort.ts';
import { qrDataOf } from './emv-qr.ts';
import type { MercadoPagoFault } from './faults.ts';
import { happen, startRefund } from './happenings.ts';
import type { RefundFate } from './happenings.ts';
import { makeId, ORDER_ID } from './ids.ts';
import { isRefunding } from './order.ts';
import type { Order } from './order.ts';
import type { NetworkState } from './state.ts';
import { wireOrderOf, wireRefundAnswerOf } from './wire-order.ts';
import type { WireOrder } from './wire-order.ts';

export type Turn = Readonly<{
  call: Call;
  userId: string;
  nowMs: number;
  chosen: ChosenFault<MercadoPagoFault> | undefined;
}>;

/** An answer, and the order that a success was about. */
export type Done = Readonly<{ answer: SimulatedAnswer; order?: Order }>;

const POS_ID = /^[A-Z0-9]{1,40}$/;

export function create(state: NetworkState, turn: Turn): Done {
  const { settings } = state;
  const { body } = turn.call;
  if (body.kind === 'empty') return { answer: refuse('bad_request') };
  if (body.kind === 'broken') return { answer: refuse('json_syntax_error') };
  const reading = readWish(body.value, settings.country);
  if ('refusal' in reading) return { answer: reading.refusal };
  const { wish } = reading;
  if (!settings.isSellerEnabled) return { answer: refuse('seller_configuration') };
  if (!isKnownPos(state, turn.userId, wish.externalPosId))
    return { answer: refuse('pos_not_found', [wish.externalPosId]) };
  const other = state.byReference.get(wish.externalReference);
  if (settings.isReferenceUnique && other?.terms.userId === turn.userId) {
    return { answer: refuse('property_value', ['external_reference']) };
  }
  const order = open(state, wish, turn);
  return { answer: orderAnswer(state, 201, order, turn), order };
}

function isKnownPos({ settings, pointsOfSale }: NetworkState, userId: string, externalId: string): boolean {
  if (settings.knownPos === 'any') return POS_ID.test(externalId);
  if (settings.knownPos !== 'created') return settings.knownPos.includes(externalId);
  return [...pointsOfSale.values()].some((pos) => pos.userId === userId && pos.externalId === externalId);
}

export function read(state: NetworkState, turn: Turn): Done {
  const found = find(state, turn);
  if ('answer' in found) return found;
  const { order } = found;
  const isArchived = turn.nowMs - order.terms.createdAtMs > state.settings.readableForMs;
  if (isArchived) return { answer: refuse('order_not_found', ['archived']) };
  return { answer: orderAnswer(state, 200, order, turn), order };
}

export function cancel(state: NetworkState, turn: Turn): Done {
  if (hasContent(turn.call)) return { answer: refuse('unsupported_properties', ['the body of a cancel is empty']) };
  const found = find(state, turn);
  if ('answer' in found) return found;
  const { order } = found;
  const { life } = order.moment;
  if (life.state === 'created' && life.isCustomerPaying) return { answer: refuse('instore_order_locked_error') };
  if (!happen(state, order, { type: 'canceled' }, turn.nowMs)) {
    const isOneCode = state.settings.cancelConflictCode === 'order_already_canceled' || life.state === 'canceled';
    return { answer: refuse(isOneCode ? 'order_already_canceled' : 'cannot_cancel_order', [life.state]) };
  }
  return { answer: orderAnswer(state, 200, order, turn), order };
}

export function refund(state: NetworkState, turn: Turn): Done {
  if (hasContent(turn.call)) return { answer: refuse('partial_refund_not_allowed_with_cashout') };
  const found = find(state, turn);
  if ('answer' in found) return found;
  const { order } = found;
  const { life } = order.moment;
  if (life.state === 'refunded') return { answer: refuse('order_already_refunded') };
  if (life.state === 'created') return { answer: refuse('invalid_order_status', [life.state]) };
  if (life.state !== 'processed') return { answer: refuse('cannot_refund_order', [life.state]) };
  if (isRefunding(life)) return { answer: refuse('refund_in_progress') };
  if (turn.nowMs - life.payment.atMs > state.settings.refundWindowMs) {
    return { answer: refuse('in_store_payment_refund_order') };
  }
  startRefund(state, order, turn.nowMs, refundFateOf(turn.chosen?.fault));
  const wire = wireRefundAnswerOf(order, state.settings);
  const id = turn.chosen?.fault === 'another-order-id' ? anotherId(wire.id) : wire.id;
  return { answer: jsonAnswer(201, { ...wire, id }), order };
}

/**
 * Best effort, as in reality: `begin_date` and `end_date` are required, and QR orders may not be found at all.
 *
 * Source  Mercado Pago openapi, search orders; page numbers are text there.
 */
export function search(state: NetworkState, turn: Turn): Done {
  const { query } = turn.call.request;
  const [beginMs, endMs] = [Date.parse(query['begin_date'] ?? ''), Date.parse(query['end_date'] ?? '')];
  const missing = ['begin_date', 'end_date'].filter((name) => (query[name] ?? '') === '');
  if (missing.length > 0) return { answer: refuse('required_properties', missing) };
  if (Number.isNaN(beginMs) || Number.isNaN(endMs))
    return { answer: refuse('property_value', ['begin_date', 'end_date']) };
  const wanted = { reference: query['external_reference'], status: query['status'], type: query['type'] ?? 'qr' };
  const found = [...(state.settings.findsQrOrders ? state.orders.values() : [])].filter(
    ({ terms, visibleFromMs }) =>
      terms.userId === turn.userId &&
      terms.createdAtMs >= beginMs &&
      terms.createdAtMs <= endMs &&
      visibleFromMs <= turn.nowMs &&
      wanted.type === 'qr' &&
      (wanted.reference === undefined || terms.externalReference === wanted.reference),
  );
  const wires = found
    .map((order) => wireOrderOf(order, state.settings))
    .filter(({ status }) => wanted.status === undefined || status === wanted.status);
  const limit = Math.max(1, Number(query['limit'] ?? query['page_size'] ?? '30') || 30);
  const offset = Math.max(0, Number(query['offset'] ?? '0') || 0);
  const paging = {
    total: String(wires.length),
    total_pages: String(Math.ceil(wires.length / limit)),
    offset: String(offset),
    limit: String(limit),
  };
  return { answer: jsonAnswer(200, { data: wires.slice(offset, offset + limit), paging }) };
}

function refundFateOf(fault: MercadoPagoFault | undefined): RefundFate {
  if (fault === 'refund-fails') return 'failed';
  return fault === 'refund-sticks' ? 'never' : 'processed';
}

function find(state: NetworkState, { call, userId, nowMs }: Turn): Done | { order: Order } {
  if (!ORDER_ID.test(call.orderId)) return { answer: refuse('invalid_path_param', ['order_id']) };
  const order = state.orders.get(call.orderId);
  if (order === undefined || order.visibleFromMs > nowMs) return { answer: refuse('order_not_found') };
  if (order.terms.userId === userId) return { order };
  return { answer: refuse(call.operation === 'refund' ? 'invalid_order_owner' : 'order_not_found') };
}

function hasContent({ body }: Call): boolean {
  return body.kind !== 'empty';
}

function orderAnswer(state: NetworkState, status: number, order: Order, { chosen }: Turn): SimulatedAnswer {
  const moment = chosen?.fault === 'stale-answer' ? (order.previous ?? order.moment) : order.moment;
  const wire = (): WireOrder => wireOrderOf(order, state.settings, moment);
  if (chosen === undefined) return { status, headers: JSON_HEADERS, bodyText: textOf(moment, state.settings, wire) };
  return jsonAnswer(status, distort(wire(), chosen, order.terms, state.settings));
}

const JSON_HEADERS = jsonAnswer(200, null).headers;
type Told = Readonly<{ settings: NetworkState['settings']; bodyText: string }>;
const told = new WeakMap<Order['moment'], Told>();

/** An order is asked for again and again while nothing happens to it: its words are made once for each moment of its life. */
function textOf(moment: Order['moment'], settings: NetworkState['settings'], wire: () => WireOrder): string {
  const known = told.get(moment);
  if (known?.settings === settings) return known.bodyText;
  const bodyText = JSON.stringify(wire());
  told.set(moment, { settings, bodyText });
  return bodyText;
}

function open(state: NetworkState, wish: Wish, { userId, nowMs, chosen }: Turn): Order {
  const { settings } = state;
  const { ids } = state.random;
  const { numeric, alpha2, city } = COUNTRIES[settings.country];
  const id = makeId(settings.hasSandboxIds ? 'ORDTST' : 'ORD', nowMs, ids);
  const cashOutId = makeId('CAS', nowMs, ids);
  const purchaseId = makeId('PAY', nowMs, ids);
  const qrData = qrDataOf({
    uuid: ids.uuid(),
    numericCurrency: numeric,
    amount: settings.hasAmountInQr ? wish.totalAmount : null,
    alpha2,
    merchantName: settings.merchantName,
    city,
  });
  const order: Order = {
    terms: {
      id,
      externalReference: wish.externalReference,
      description: wish.description,
      country: settings.country,
      userId,
      expirationTime: wish.expirationTime,
      externalPosId: wish.externalPosId,
      mode: wish.mode,
      cashOut: { id: cashOutId, amount: wish.amount, additionalInfo: wish.additionalInfo },
      purchase: wish.purchaseAmount === undefined ? undefined : { id: purchaseId, amount: wish.purchaseAmount },
      totalAmount: wish.totalAmount,
      integrationData: { application_id: settings.applicationId, ...wish.integrationData },
      qrData: wish.mode === 'static' ? undefined : qrData,
      createdAtMs: nowMs,
      expiresAtMs: nowMs + wish.lifeMs,
    },
    moment: { life: { state: 'created', isCustomerPaying: false }, updatedAtMs: nowMs },
    previous: undefined,
    version: 1,
    visibleFromMs: chosen?.fault === 'hidden-after-create' ? nowMs + (chosen.afterMs ?? 3_000) : nowMs,
    idempotencyKeys: [],
  };
  state.orders.set(id, order);
  state.byReference.set(wish.externalReference, order);
  state.due.add(order.terms.expiresAtMs, { kind: 'expires', orderId: id });
  sendCustomer(state, order, nowMs);
  return order;
}

/** The customer in front of the till, when customers act by themselves. */
function sendCustomer(state: NetworkState, order: Order, nowMs: number): void {
  const { customers } = state.settings;
  if (customers === 'none') return;
  const random = state.random.customers;
  const walksAway = random.chance(customers.walkAwayRate);
  const paysAtMs = nowMs + random.between(customers.payAfter.minimumMs, customers.payAfter.maximumMs);
  if (walksAway) return;
  const orderId = order.terms.id;
  if (customers.payingMs > 0) {
    state.due.add(Math.max(nowMs, paysAtMs - customers.payingMs), { kind: 'starts-paying', orderId });
  }
  state.due.add(paysAtMs, { kind: 'pays', orderId });
}
