/**
 * The third leg of a withdrawal: the till says whether notes were handed over.
 *
 * Source  Mercado Pago cash-out confirmation reference: `POST /instore/orders/{merchant_order_id}/confirmation`, only
 *         within five minutes of the transaction; 400 `invalid_status` and `invalid_status_detail`, 409
 *         `already_confirmed` and `already_notified`. What answers after the window is in no document.
 */
import { isRecord } from '../body-rules.ts';
import { jsonAnswer } from '../exchange.ts';
import { happen, sendBack } from './happenings.ts';
import { findScan } from './merchant-order-operations.ts';
import type { MerchantOrder, MerchantOrderLife } from './merchant-order.ts';
import type { Problem } from './order-rules.ts';
import type { InstoreSettings } from './settings.ts';
import { orderOf } from './state.ts';
import type { NetworkState } from './state.ts';
import { refusal } from './turn-types.ts';
import type { Done, Turn } from './turn-types.ts';

type ConfirmationStatus = 'confirmed' | 'cancelled' | 'fail';

export function confirm(state: NetworkState, turn: Turn): Done {
  const { body } = turn.call;
  const wish = readConfirmation(body.kind === 'json' ? body.value : undefined, state.settings);
  if ('code' in wish) return { answer: refusal(state, wish) };
  if (turn.chosen?.fault === 'detail-refused') return { answer: refusal(state, BAD_DETAIL) };
  const scan = findScan(state, turn);
  const problem = scan === undefined ? NO_ORDER : obstacleOf(state, scan, turn.nowMs);
  if (scan === undefined || problem !== undefined) {
    return { answer: refusal(state, problem ?? NO_ORDER), ...(scan !== undefined && { scan }) };
  }
  apply(state, scan, wish, turn);
  return { answer: jsonAnswer(200, { order_id: scan.id, status: wish.status }), scan };
}

const NO_ORDER: Problem = { code: 'order_not_found', message: 'There is no withdrawal under this order.' };
const BAD_DETAIL: Problem = {
  code: 'invalid_status_detail',
  message: 'The status_detail does not go with the status.',
};

type Confirmation = Readonly<{ status: ConfirmationStatus; detail: string }>;

function readConfirmation(body: unknown, settings: InstoreSettings): Confirmation | Problem {
  const status = isRecord(body) ? body['status'] : undefined;
  const detail = isRecord(body) ? body['status_detail'] : undefined;
  const details = detailsOf(settings);
  if (!isStatus(status) || details[status].length === 0) {
    return { code: 'invalid_status', message: 'The status is none of confirmed, cancelled and fail.' };
  }
  if (typeof detail !== 'string' || !details[status].includes(detail)) return BAD_DETAIL;
  return { status, detail };
}

function isStatus(value: unknown): value is ConfirmationStatus {
  return value === 'confirmed' || value === 'cancelled' || value === 'fail';
}

/** Which details go with which status. The guides spell one of them differently from the reference. */
function detailsOf({
  failDetailSpelling,
  acceptsFail,
}: InstoreSettings): Record<ConfirmationStatus, readonly string[]> {
  const oneM = failDetailSpelling === 'two-m' ? [] : ['internal_comunication_error'];
  const twoM = failDetailSpelling === 'one-m' ? [] : ['internal_communication_error'];
  return {
    confirmed: ['confirmed'],
    cancelled: ['manually_cancelled', 'confirmation_not_received', 'merchant_order_not_found', 'other'],
    fail: acceptsFail ? [...oneM, ...twoM, 'other'] : [],
  };
}

/** Why this order cannot be confirmed now; undefined when it can. */
function obstacleOf(state: NetworkState, scan: MerchantOrder, nowMs: number): Problem | undefined {
  const { life } = scan.moment;
  const { confirmWithinMs, lateConfirmation } = state.settings;
  if (orderOf(state, scan)?.terms.hasCashOut !== true) return NO_ORDER;
  if (life.state === 'paid') {
    const isInTime = nowMs < life.payment.atMs + confirmWithinMs || lateConfirmation === 'accepted_until_returned';
    if (isInTime) return undefined;
    return lateConfirmation === 'not_found' ? NO_ORDER : notified('cancelled');
  }
  return alreadyOf(life, lateConfirmation);
}

function alreadyOf(life: MerchantOrderLife, late: InstoreSettings['lateConfirmation']): Problem {
  switch (life.state) {
    case 'confirmed':
      return { code: 'already_confirmed', message: 'This order was already notified with status confirmed.' };
    case 'returning':
    case 'returned':
      return life.back.by === 'network' && late === 'not_found' ? NO_ORDER : notified(life.back.status);
    case 'opened':
    case 'expired':
    case 'paid':
      return NO_ORDER;
    default:
      return life satisfies never;
  }
}

function notified(status: string): Problem {
  return { code: 'already_notified', message: `This order was already notified with status ${status}.` };
}

function apply(
  state: NetworkState,
  scan: MerchantOrder,
  { status, detail }: Confirmation,
  { nowMs, chosen }: Turn,
): void {
  if (status === 'confirmed') {
    happen(state, scan, { type: 'confirmed', atMs: nowMs }, nowMs);
    return;
  }
  const time = chosen?.fault === 'return-sticks' ? 'on-command' : state.settings.returnTakesMs;
  sendBack(state, scan, { by: 'till', status, detail, atMs: nowMs }, time);
}
