/** One request from the door to the answer: token, faults that refuse, what customers do in between, then the operation. */
import { sellerOf, tokenOf } from '../bearer-tokens.ts';
import type { SimulatedAnswer } from '../exchange.ts';
import { refuseInsideOk } from './answers.ts';
import type { Call, RequestOperation } from './call.ts';
import { confirm } from './confirmation.ts';
import type { InstoreFault } from './faults.ts';
import { lapse, payableScan, pay } from './happenings.ts';
import type { InstoreOrder } from './instore-order.ts';
import { findScan, readMerchantOrder, searchMerchantOrders } from './merchant-order-operations.ts';
import { PERFORM_AT_PLACES } from '../mercadopago-places/place-calls.ts';
import * as orders from './order-operations.ts';
import type { Problem } from './order-rules.ts';
import { orderAtSticker, orderOf } from './state.ts';
import type { NetworkState } from './state.ts';
import { refusal } from './turn-types.ts';
import type { Done, Turn } from './turn-types.ts';

const PERFORM: Readonly<Record<RequestOperation, (state: NetworkState, turn: Turn) => Done>> = {
  'put-order': orders.putOrder,
  'make-qr': orders.makeQr,
  'make-hybrid': orders.makeHybrid,
  'read-order': orders.readOrder,
  'delete-order': orders.deleteOrder,
  'search-merchant-orders': searchMerchantOrders,
  'read-merchant-order': readMerchantOrder,
  confirm,
  ...PERFORM_AT_PLACES,
};

const BAD_TOKEN: Problem = { code: 'unauthorized', message: 'The access token is not valid.' };
const BAD_TOKEN_OF_SEARCH: Problem = { code: 'invalid_token', message: 'The access token is not valid.' };

const REFUSING_FAULTS: Partial<Record<InstoreFault, Problem>> = {
  unauthorized: BAD_TOKEN,
  'creation-fails': { code: 'in_store_order_creation_error', message: 'The order could not be created.' },
  'delete-refused': { code: 'in_store_order_delete_error', message: 'The order could not be deleted.' },
};

export function takeTurn(state: NetworkState, call: Call, chosen: Turn['chosen'], nowMs: number): SimulatedAnswer {
  if (chosen?.fault === 'token-expires') {
    const token = tokenOf(call.request);
    if (token !== undefined) state.endedTokens.add(token);
  }
  // Stickers are public: a print shop has no token.
  const isPublic = call.operation === 'sticker';
  const userId = sellerOf(state, call.request, nowMs) ?? (isPublic ? '' : undefined);
  const isMerchantOrder = call.operation === 'search-merchant-orders' || call.operation === 'read-merchant-order';
  if (userId === undefined) return refusal(state, isMerchantOrder ? BAD_TOKEN_OF_SEARCH : BAD_TOKEN);
  const problem = chosen === undefined ? undefined : REFUSING_FAULTS[chosen.fault];
  if (problem !== undefined) return refusal(state, problem);
  const turn = { call, userId, nowMs, chosen };
  before(state, turn);
  const done = PERFORM[call.operation](state, turn);
  after(state, turn, done);
  return chosen?.fault === 'error-inside-ok' ? refuseInsideOk(state.settings.errorShape) : done.answer;
}

/** Faults that strike when the request is already on its way. */
function before(state: NetworkState, turn: Turn): void {
  const { chosen, nowMs } = turn;
  if (chosen?.fault === 'window-ends-first') {
    const scan = findScan(state, turn);
    if (scan !== undefined) lapse(state, scan, nowMs);
  }
  if (chosen?.fault !== 'customer-pays-first') return;
  const order = waitingSubjectOf(state, turn);
  const scan = order === undefined ? undefined : payableScan(state, order, nowMs, false);
  if (scan !== undefined) pay(state, scan, nowMs, false);
}

/** Faults that strike when the answer is already on its way. */
function after(state: NetworkState, { chosen, nowMs }: Turn, { order, scan }: Done): void {
  const atMs = nowMs + (chosen?.afterMs ?? 0);
  const scanned = order ?? (scan === undefined ? undefined : orderOf(state, scan));
  switch (chosen?.fault) {
    case 'customer-pays-after':
    case 'customer-pays-again-after':
      if (scanned !== undefined) state.due.add(atMs, { kind: 'somebody-pays-by-force', orderId: scanned.terms.id });
      return;
    case 'seller-refunds-after':
      if (scan !== undefined) state.due.add(atMs, { kind: 'seller-refunds', merchantOrderId: scan.id });
      return;
    default:
      return;
  }
}

function waitingSubjectOf(state: NetworkState, { call, userId }: Turn): InstoreOrder | undefined {
  const { externalPosId } = call.parts;
  if (externalPosId !== undefined) return orderAtSticker(state, userId, externalPosId);
  const found = state.ordersByReference.get(call.request.query['external_reference'] ?? '') ?? [];
  return found.findLast(({ state: life }) => life === 'waiting');
}
