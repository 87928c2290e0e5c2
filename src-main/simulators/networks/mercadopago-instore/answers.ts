/**
 * How this network words its refusals: one older envelope, with two spellings of its keys.
 *
 * Source  Mercado Pago instore orders V2, dynamic QR, merchant orders, cash-out confirmation, stores and POS references.
 */
import { jsonAnswer, textAnswer } from '../exchange.ts';
import type { SimulatedAnswer } from '../exchange.ts';
import type { Dialect } from '../transport-faults.ts';
import type { InstoreSettings } from './settings.ts';

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

export type ErrorShape = InstoreSettings['errorShape'];

export function refuse(shape: ErrorShape, code: string, message: string): SimulatedAnswer {
  const status = STATUS_OF[code] ?? 400;
  return jsonAnswer(status, errorBody(shape, code, status, message));
}

/** The trap: a refusal in the body under a status of success. */
export function refuseInsideOk(shape: ErrorShape): SimulatedAnswer {
  return jsonAnswer(200, errorBody(shape, 'internal_error', 500, 'Internal error.'));
}

export function emptyAnswer(status: number): SimulatedAnswer {
  return { status, headers: {}, bodyText: '' };
}

export function dialectOf(shape: ErrorShape): Dialect {
  return {
    serverError(status) {
      if (status === 500) return refuse(shape, 'internal_error', 'Internal error.');
      // Gateways answer for the network with a page of their own.
      const reason = status === 502 ? 'Bad Gateway' : status === 503 ? 'Service Unavailable' : 'Gateway Time-out';
      return textAnswer(status, `<html><body><h1>${status} ${reason}</h1></body></html>`, 'text/html');
    },
    tooManyRequests: (retryAfterSeconds) =>
      jsonAnswer(429, errorBody(shape, 'too_many_requests', 429, 'Too many requests.'), {
        'retry-after': String(retryAfterSeconds),
      }),
  };
}

export const NO_SUCH_ENDPOINT: SimulatedAnswer = jsonAnswer(404, {
  status: 404,
  error: 'resource not found',
  message: 'This network has no such endpoint.',
});

function errorBody(shape: ErrorShape, code: string, status: number, message: string): unknown {
  return shape === 'error-causes' ? { error: code, status, message, causes: [] } : { code, status, message, cause: [] };
}
