/**
 * The older envelope of refusals, with two spellings of its keys: stores, points of sale and the in-store API speak it, and so does the
 * host of the Orders API when it is asked for a store.
 *
 * Source  Mercado Pago instore orders V2, dynamic QR, merchant orders, cash-out confirmation, stores and POS references.
 */
import { jsonAnswer } from '../exchange.ts';
import type { SimulatedAnswer } from '../exchange.ts';

export type Problem = Readonly<{ code: string; message: string }>;

/** `{error, causes}` or `{code, cause}`. */
export type ErrorShape = 'error-causes' | 'code-cause';

/** Codes that are not 400. */
const STATUS_OF: Readonly<Record<string, number>> = {
  unauthorized: 401,
  invalid_token: 401,
  invalid_caller_id: 401,
  forbidden: 403,
  not_found: 404,
  order_not_found: 404,
  merchant_order_not_found: 404,
  point_of_sale_in_store_order_not_found: 404,
  already_confirmed: 409,
  already_notified: 409,
  conflict: 409,
  internal_error: 500,
  in_store_order_creation_error: 500,
};

export function refuse(shape: ErrorShape, code: string, message: string): SimulatedAnswer {
  const status = STATUS_OF[code] ?? 400;
  return jsonAnswer(status, errorBody(shape, code, status, message));
}

export function emptyAnswer(status: number): SimulatedAnswer {
  return { status, headers: {}, bodyText: '' };
}

export function errorBody(shape: ErrorShape, code: string, status: number, message: string): unknown {
  return shape === 'error-causes' ? { error: code, status, message, causes: [] } : { code, status, message, cause: [] };
}
