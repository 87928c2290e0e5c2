/**
 * Orders that wait to be scanned: on the sticker, behind a one-time code, or both.
 *
 * Source  Mercado Pago instore orders V2 (PUT, GET, DELETE) and dynamic QR references. None of these calls knows an
 *         idempotency key: PUT overwrites, and every POST is another order.
 */
import { jsonAnswer } from '../exchange.ts';
import type { SimulatedAnswer } from '../exchange.ts';
import { COUNTRIES } from '../mercadopago-orders/countries.ts';
import { qrDataOf } from '../mercadopago-orders/emv-qr.ts';
import { amountText, numberOfMinor } from './amounts.ts';
import { emptyAnswer } from './answers.ts';
import { spoilQr } from './distort.ts';
import { endOrder, isHeld } from './happenings.ts';
import type { InstoreOrder, QrMode } from './instore-order.ts';
import { readWish } from './order-rules.ts';
import type { Problem, Wish } from './order-rules.ts';
import { keepOrder, orderAtSticker } from './state.ts';
import type { NetworkState } from './state.ts';
import type { Done, Turn } from './turn-types.ts';
import { refusal } from './turn-types.ts';

const POS_ID = /^[A-Za-z0-9_-]{1,40}$/;

export function putOrder(state: NetworkState, turn: Turn): Done {
  const { answer, order } = make(state, turn, 'sticker');
  if (order === undefined) return { answer };
  const isEmpty = state.settings.putAnswer === 'no-content';
  return { answer: isEmpty ? emptyAnswer(204) : jsonAnswer(200, wireWaitingOrderOf(order)), order };
}

export function makeQr(state: NetworkState, turn: Turn): Done {
  const { answer, order } = make(state, turn, 'dynamic');
  return order === undefined ? { answer } : { answer: jsonAnswer(200, qrAnswerOf(state, turn, order)), order };
}

export function makeHybrid(state: NetworkState, turn: Turn): Done {
  const { answer, order } = make(state, turn, 'hybrid');
  if (order === undefined) return { answer };
  const isEmpty = state.settings.hybridAnswer === 'empty';
  return { answer: isEmpty ? emptyAnswer(201) : jsonAnswer(201, qrAnswerOf(state, turn, order)), order };
}

/** Paid, deleted, expired and never made look the same from here. */
export function readOrder(state: NetworkState, turn: Turn): Done {
  const found = findWaiting(state, turn);
  if ('problem' in found) return { answer: refusal(state, found.problem) };
  const { order } = found;
  if (order === undefined || turn.chosen?.fault === 'waiting-order-hidden') {
    const code = 'point_of_sale_in_store_order_not_found';
    return { answer: refusal(state, { code, message: 'No order waits at this point of sale.' }) };
  }
  const wire = wireWaitingOrderOf(order);
  return { answer: jsonAnswer(200, state.settings.waitingOrderShape === 'list' ? [wire] : wire), order };
}

export function deleteOrder(state: NetworkState, turn: Turn): Done {
  const found = findWaiting(state, turn);
  if ('problem' in found) return { answer: refusal(state, found.problem) };
  const { order } = found;
  const cannot = (message: string): Done => ({
    answer: refusal(state, { code: 'in_store_order_delete_error', message }),
    ...(order !== undefined && { order }),
  });
  if (order === undefined) {
    if (state.settings.deleteOfNothing === 'no-content') return { answer: emptyAnswer(204) };
    return cannot('No order waits at this point of sale.');
  }
  if (isHeld(state, order)) return cannot('A payment of this order is under way.');
  endOrder(state, order, 'deleted', turn.nowMs);
  return { answer: emptyAnswer(204), order };
}

function findWaiting(
  state: NetworkState,
  { call, userId }: Turn,
): Readonly<{ problem: Problem }> | Readonly<{ order: InstoreOrder | undefined }> {
  const problem = placeProblem(state, call.parts, userId);
  return problem === undefined ? { order: orderAtSticker(state, userId, call.parts.externalPosId ?? '') } : { problem };
}

function placeProblem(state: NetworkState, parts: Turn['call']['parts'], userId: string): Problem | undefined {
  const { userId: collector, externalPosId = '', externalStoreId } = parts;
  if (collector !== userId) {
    return { code: 'invalid_collectorId', message: 'The collector is not the owner of this access token.' };
  }
  const pos = [...state.pointsOfSale.values()].find(
    (candidate) => candidate.userId === userId && candidate.externalId === externalPosId,
  );
  const mustExist = state.settings.knownPos === 'created';
  const isMissing = pos === undefined ? mustExist || !POS_ID.test(externalPosId) : false;
  const store = pos === undefined ? undefined : state.stores.get(pos.storeId);
  // A store that was never made here is no contradiction as long as any point of sale will do.
  const isElsewhere = pos !== undefined && externalStoreId !== undefined && store?.externalId !== externalStoreId;
  if (!isMissing && !isElsewhere) return undefined;
  return { code: 'invalid_externalPosId', message: 'There is no such point of sale in this store.' };
}

function make(
  state: NetworkState,
  turn: Turn,
  mode: QrMode,
): Readonly<{ answer: SimulatedAnswer; order?: InstoreOrder }> {
  const { call, userId, nowMs } = turn;
  const { settings } = state;
  const problem = placeProblem(state, call.parts, userId);
  if (problem !== undefined) return { answer: refusal(state, problem) };
  if (call.body.kind !== 'json') {
    const message = call.body.kind === 'empty' ? 'The body is empty.' : 'The body is not JSON.';
    return { answer: refusal(state, { code: 'error_creating_seller_qr_order', message }) };
  }
  const askedSeconds = Number(call.request.headers['x-ttl-store-preference'] ?? '');
  const reading = readWish(call.body.value, {
    settings,
    nowMs,
    lifeMs: askedSeconds > 0 ? askedSeconds * 1_000 : settings.defaultLifeMs,
    checksNotificationUrl: mode !== 'sticker',
  });
  if ('problem' in reading) return { answer: refusal(state, reading.problem) };
  const { value: wish } = reading;
  if (wish.hasCashOut && !settings.isSellerEnabled) {
    const message = 'This seller is not enabled for withdrawals.';
    return { answer: refusal(state, { code: 'error_creating_seller_qr_order', message }) };
  }
  const order = open(state, wish, turn, mode);
  return { answer: emptyAnswer(204), order };
}

function open(state: NetworkState, wish: Wish, { call, userId, nowMs }: Turn, mode: QrMode): InstoreOrder {
  const { settings } = state;
  const { parts } = call;
  const externalPosId = parts.externalPosId ?? '';
  const { numeric, alpha2, city } = COUNTRIES[settings.country];
  const { ids } = state.random;
  const id = ids.uuid();
  const chargedMinor = wish.purchaseMinor + wish.cashOutMinor;
  const qrData = qrDataOf({
    uuid: ids.uuid(),
    numericCurrency: numeric,
    amount: settings.hasAmountInQr ? amountText(chargedMinor, settings.country) : null,
    alpha2,
    merchantName: settings.merchantName,
    city,
  });
  const earlier = mode === 'dynamic' ? undefined : orderAtSticker(state, userId, externalPosId);
  if (earlier !== undefined) endOrder(state, earlier, 'replaced', nowMs);
  const order: InstoreOrder = {
    terms: {
      ...wish,
      id,
      userId,
      country: settings.country,
      externalPosId,
      externalStoreId: parts.externalStoreId,
      mode,
      qrData: mode === 'sticker' ? undefined : qrData,
      createdAtMs: nowMs,
    },
    state: 'waiting',
    isLate: false,
    updatedAtMs: nowMs,
  };
  keepOrder(state, order);
  state.due.add(order.terms.expiresAtMs, { kind: 'order-expires', orderId: id });
  sendCustomer(state, order, nowMs);
  return order;
}

/** The customer in front of the till, when customers act by themselves. Who walks away has scanned all the same. */
function sendCustomer(state: NetworkState, order: InstoreOrder, nowMs: number): void {
  const { customers } = state.settings;
  if (customers === 'none') return;
  const random = state.random.customers;
  const walksAway = random.chance(customers.walkAwayRate);
  const paysAtMs = nowMs + random.between(customers.payAfter.minimumMs, customers.payAfter.maximumMs);
  const orderId = order.terms.id;
  state.due.add(Math.max(nowMs, paysAtMs - customers.payingMs), { kind: 'somebody-scans', orderId });
  if (!walksAway) state.due.add(paysAtMs, { kind: 'somebody-pays', orderId });
}

function qrAnswerOf(state: NetworkState, { chosen }: Turn, order: InstoreOrder): unknown {
  const { id, qrData = '' } = order.terms;
  const shown = spoilQr(qrData, chosen, order.terms, state.settings);
  return { ...(shown !== undefined && { qr_data: shown }), in_store_order_id: id };
}

function wireWaitingOrderOf(order: InstoreOrder): unknown {
  const { terms } = order;
  const amount = (minor: number): number => numberOfMinor(minor, terms.country);
  return {
    in_store_order_id: terms.id,
    external_reference: terms.externalReference,
    title: terms.title,
    ...(terms.description !== undefined && { description: terms.description }),
    ...(terms.notificationUrl !== undefined && { notification_url: terms.notificationUrl }),
    ...(terms.expirationDate !== undefined && { expiration_date: terms.expirationDate }),
    total_amount: amount(terms.statedTotalMinor),
    items: terms.items,
    ...(terms.sponsorId !== undefined && { sponsor: { id: terms.sponsorId } }),
    ...(terms.hasCashOut && { cash_out: { amount: amount(terms.cashOutMinor) } }),
  };
}
