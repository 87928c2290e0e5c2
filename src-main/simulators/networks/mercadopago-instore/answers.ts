/**
 * How this network words its refusals.
 *
 * Source  Mercado Pago instore orders V2, dynamic QR, merchant orders, cash-out confirmation, stores and POS references.
 */
import { jsonAnswer, textAnswer } from '../exchange.ts';
import type { SimulatedAnswer } from '../exchange.ts';
import type { Dialect } from '../transport-faults.ts';
import { errorBody, refuse } from '../mercadopago-places/refusals.ts';
import type { ErrorShape } from '../mercadopago-places/refusals.ts';

export { emptyAnswer, refuse } from '../mercadopago-places/refusals.ts';
export type { ErrorShape } from '../mercadopago-places/refusals.ts';

/** The trap: a refusal in the body under a status of success. */
export function refuseInsideOk(shape: ErrorShape): SimulatedAnswer {
  return jsonAnswer(200, errorBody(shape, 'internal_error', 500, 'Internal error.'));
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
