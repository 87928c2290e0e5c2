/** One request from the door to the answer: token, idempotency key, faults that refuse, repeated keys, then the operation. */
import { sellerOf, tokenOf } from '../bearer-tokens.ts';
import type { SimulatedAnswer } from '../exchange.ts';
import type { ChosenFault } from '../script.ts';
import { isPlaceOperation, PERFORM_AT_PLACES } from '../mercadopago-places/place-calls.ts';
import { refuse, refuseInsideOk } from './answers.ts';
import type { RefusalCode } from './answers.ts';
import type { Call } from './call.ts';
import { distort } from './distort.ts';
import type { MercadoPagoFault } from './faults.ts';
import { pay } from './happenings.ts';
import * as operations from './operations.ts';
import type { Turn } from './operations.ts';
import type { Order } from './order.ts';
import type { NetworkState, SpentKey } from './state.ts';
import { wireOrderOf, wireRefundAnswerOf } from './wire-order.ts';
import type { WireOrder } from './wire-order.ts';

const LONGEST_KEY = 128;

const REFUSING_FAULTS: Partial<Record<MercadoPagoFault, RefusalCode>> = {
  'resource-locked': 'resource_locked',
  'idempotency-key-used': 'idempotency_key_already_used',
  'idempotency-validation-failed': 'idempotency_validation_failed',
  'seller-not-enabled': 'seller_configuration',
  'pos-not-found': 'pos_not_found',
  'order-not-found': 'order_not_found',
  'order-locked': 'instore_order_locked_error',
  'refund-in-progress': 'refund_in_progress',
  'refund-window-closed': 'in_store_payment_refund_order',
};

export function takeTurn(
  state: NetworkState,
  call: Call,
  chosen: ChosenFault<MercadoPagoFault> | undefined,
  nowMs: number,
): SimulatedAnswer {
  if (chosen?.fault === 'token-expires') {
    const token = tokenOf(call.request);
    if (token !== undefined) state.endedTokens.add(token);
  }
  const { operation } = call;
  // Stickers are public: a print shop has no token.
  const userId = sellerOf(state, call.request, nowMs) ?? (operation === 'sticker' ? '' : undefined);
  if (userId === undefined || chosen?.fault === 'unauthorized') return refuse('unauthorized');
  if (isPlaceOperation(operation)) {
    const { answer } = PERFORM_AT_PLACES[operation](state, { call, userId, nowMs, chosen });
    return chosen?.fault === 'error-inside-ok' ? refuseInsideOk() : answer;
  }
  const key = call.request.headers['x-idempotency-key'] ?? '';
  const isCommand = call.request.method === 'POST';
  if (isCommand && key === '') return refuse('empty_required_header', ['X-Idempotency-Key']);
  if (isCommand && key.length > LONGEST_KEY) return refuse('invalid_idempotency_key_length');
  const refusal = chosen === undefined ? undefined : REFUSING_FAULTS[chosen.fault];
  if (refusal !== undefined) return refuse(refusal);

  const order = state.orders.get(call.orderId);
  if (chosen?.fault === 'customer-pays-first' && order !== undefined) pay(state, order, nowMs, { isForced: false });
  const turn = { call, userId, nowMs, chosen };
  const answer = isCommand ? command(state, turn, `${userId} ${key}`) : query(state, turn);
  return chosen?.fault === 'error-inside-ok' ? refuseInsideOk() : answer;
}

function query(state: NetworkState, turn: Turn): SimulatedAnswer {
  const { call, chosen, nowMs } = turn;
  const { answer, order } = call.operation === 'search' ? operations.search(state, turn) : operations.read(state, turn);
  if (order !== undefined) later(state, order, chosen, nowMs);
  return answer;
}

function command(state: NetworkState, turn: Turn, key: string): SimulatedAnswer {
  const { call, chosen, nowMs } = turn;
  const fingerprint = `${call.request.path}\n${call.request.bodyText}`;
  const spent = state.spentKeys.get(key);
  if (spent !== undefined) {
    if (spent.fingerprint === fingerprint) return replay(state, spent, turn);
    if (nowMs - spent.atMs < state.settings.idempotencyWindowMs) return refuse('idempotency_key_already_used');
  }
  const { answer, order } = perform(state, turn);
  // A refusal did nothing, so its key is as good as new: the same cancel may be sent again when the lock is gone.
  if (order === undefined) return answer;
  const isClean = !isDistorted(chosen);
  state.spentKeys.set(key, {
    fingerprint,
    orderId: order.terms.id,
    status: answer.status,
    snapshotText: isClean ? answer.bodyText : JSON.stringify(currentOf(state, call, order)),
    atMs: nowMs,
    lockedUntilMs: chosen?.fault === 'delay' ? nowMs + (chosen.delayMs ?? 0) : nowMs,
  });
  order.idempotencyKeys.push(key);
  later(state, order, chosen, nowMs);
  return answer;
}

function perform(state: NetworkState, turn: Turn): operations.Done {
  if (turn.call.operation === 'cancel') return operations.cancel(state, turn);
  if (turn.call.operation === 'refund') return operations.refund(state, turn);
  return operations.create(state, turn);
}

/** The resource that the key already made: as it was or as it is, by setting. */
function replay(state: NetworkState, spent: SpentKey, { call, chosen, nowMs }: Turn): SimulatedAnswer {
  if (nowMs < spent.lockedUntilMs) return refuse('resource_locked');
  const order = state.orders.get(spent.orderId);
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  if (order === undefined) return { status: spent.status, headers, bodyText: spent.snapshotText };
  const wire =
    state.settings.replay === 'current' ? currentOf(state, call, order) : (JSON.parse(spent.snapshotText) as unknown);
  const isFull = call.operation !== 'refund';
  const body = isFull ? distort(wire as WireOrder, chosen, order.terms, state.settings) : wire;
  later(state, order, chosen, nowMs);
  return { status: spent.status, headers, bodyText: JSON.stringify(body) };
}

function currentOf(state: NetworkState, call: Call, order: Order): unknown {
  return call.operation === 'refund' ? wireRefundAnswerOf(order, state.settings) : wireOrderOf(order, state.settings);
}

/** Faults that strike when the answer is already on its way. */
function later(
  state: NetworkState,
  order: Order,
  chosen: ChosenFault<MercadoPagoFault> | undefined,
  nowMs: number,
): void {
  const orderId = order.terms.id;
  const atMs = nowMs + (chosen?.afterMs ?? 0);
  if (chosen?.fault === 'customer-pays-after') state.due.add(atMs, { kind: 'pays-by-force', orderId });
  if (chosen?.fault === 'seller-refunds-after') state.due.add(atMs, { kind: 'seller-refunds', orderId });
}

function isDistorted(chosen: ChosenFault<MercadoPagoFault> | undefined): boolean {
  return chosen !== undefined && chosen.fault !== 'delay';
}
