/**
 * How this network words its refusals.
 *
 * Source  Mercado Pago Orders API reference, errors of create, get, cancel and refund: `{"errors":[{code,message,details}]}`;
 *         the gateway in front of it speaks the older `{status,error,message}`.
 */
import { jsonAnswer, textAnswer } from '../exchange.ts';
import type { SimulatedAnswer } from '../exchange.ts';
import type { Dialect } from '../transport-faults.ts';

const REFUSALS = {
  bad_request: [400, 'The request could not be read.'],
  json_syntax_error: [400, 'The body is not valid JSON.'],
  empty_required_header: [400, 'A required header is missing or empty.'],
  invalid_idempotency_key_length: [400, 'The idempotency key is too long.'],
  unsupported_properties: [400, 'The body has properties that are not supported.'],
  required_properties: [400, 'The body lacks required properties.'],
  property_type: [400, 'A property has the wrong type.'],
  property_value: [400, 'A property has a value that is not allowed.'],
  minimum_properties: [400, 'An object has too few properties.'],
  minimum_items: [400, 'A list has too few items.'],
  maximum_items: [400, 'A list has too many items.'],
  invalid_order_type: [400, 'The order type is not valid.'],
  invalid_path_param: [400, 'The order id in the path is not valid.'],
  seller_configuration: [400, 'The seller is not configured for this kind of order.'],
  invalid_order_owner: [400, 'The order belongs to another seller.'],
  partial_refund_not_allowed_with_cashout: [400, 'An order with a cash-out can only be refunded in full.'],
  in_store_payment_refund_order: [400, 'The time in which this order could be refunded is over.'],
  unauthorized: [401, 'The access token is not valid.'],
  pos_not_found: [404, 'The point of sale does not exist.'],
  order_not_found: [404, 'The order does not exist.'],
  idempotency_key_already_used: [409, 'The idempotency key was used with another request.'],
  order_already_canceled: [409, 'The order is already canceled.'],
  cannot_cancel_order: [409, 'The order cannot be canceled in its present status.'],
  instore_order_locked_error: [409, 'The order is locked: a payment is under way.'],
  order_already_refunded: [409, 'The order is already refunded.'],
  refund_in_progress: [409, 'A refund of this order is in progress.'],
  invalid_order_status: [409, 'The order is not in a status that allows this.'],
  cannot_refund_order: [409, 'The order cannot be refunded.'],
  resource_locked: [423, 'The resource is being processed.'],
  internal_error: [500, 'Internal error.'],
  idempotency_validation_failed: [500, 'The idempotency key could not be checked.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type RefusalCode = keyof typeof REFUSALS;

export function refuse(code: RefusalCode, details: readonly string[] = []): SimulatedAnswer {
  const [status, message] = REFUSALS[code];
  return jsonAnswer(status, errorBody(code, message, details));
}

/** The trap: a refusal in the body under a status of success. */
export function refuseInsideOk(): SimulatedAnswer {
  return jsonAnswer(200, errorBody('internal_error', REFUSALS.internal_error[1], []));
}

export const DIALECT: Dialect = {
  serverError(status) {
    if (status === 500) return refuse('internal_error');
    // Gateways answer for the network with a page of their own.
    const reason = status === 502 ? 'Bad Gateway' : status === 503 ? 'Service Unavailable' : 'Gateway Time-out';
    return textAnswer(status, `<html><body><h1>${status} ${reason}</h1></body></html>`, 'text/html');
  },
  tooManyRequests: (retryAfterSeconds) =>
    jsonAnswer(
      429,
      { status: 429, error: 'too_many_requests', message: 'Too many requests.' },
      { 'retry-after': String(retryAfterSeconds) },
    ),
};

export const NO_SUCH_ENDPOINT: SimulatedAnswer = jsonAnswer(404, {
  status: 404,
  error: 'resource not found',
  message: 'This network has no such endpoint.',
});

function errorBody(code: string, message: string, details: readonly string[]): unknown {
  return { errors: [{ code, message, ...(details.length > 0 && { details }) }] };
}
