/**
 * What each documented failure means for the till, per operation, as data.
 *
 * Source  Mercado Pago Orders API reference: errors of create, get, cancel and refund; qr-code-ca, resources: refund errors.
 *         Codes are the network's; a blank means that the documents do not name the code for that operation.
 */
import { undocumentedCommand, undocumentedQuestion } from '../mercadopago-shared/failures.ts';
import type { CommandMeaning, QuestionMeaning } from '../mercadopago-shared/failures.ts';
import type { Operation } from './requests.ts';

/** not-found: no such order. */
export type ReadMeaning = QuestionMeaning | 'not-found';

export type FailureRow = Readonly<{
  status: number;
  code: string;
  create?: CommandMeaning;
  cancel?: CommandMeaning;
  refund?: CommandMeaning;
  read?: ReadMeaning;
}>;

export const FAILURES: readonly FailureRow[] = [
  // Our request is wrong: no order was made, and the same bytes can only fail again.
  { status: 400, code: 'empty_required_header', create: 'refused', cancel: 'refused', refund: 'refused' },
  { status: 400, code: 'bad_request', create: 'refused' },
  { status: 400, code: 'json_syntax_error', create: 'refused' },
  { status: 400, code: 'required_properties', create: 'refused' },
  { status: 400, code: 'property_type', create: 'refused' },
  { status: 400, code: 'property_value', create: 'refused' },
  { status: 400, code: 'unsupported_properties', create: 'refused' },
  { status: 400, code: 'minimum_properties', create: 'refused' },
  { status: 400, code: 'minimum_items', create: 'refused' },
  { status: 400, code: 'maximum_items', create: 'refused' },
  { status: 400, code: 'invalid_properties', create: 'refused' },
  { status: 400, code: 'order_builder_without_transactions', create: 'refused' },
  { status: 400, code: 'invalid_order_type', create: 'refused' },
  { status: 400, code: 'invalid_idempotency_key_length', create: 'refused', cancel: 'refused', refund: 'refused' },
  { status: 400, code: 'invalid_email_for_sandbox', create: 'refused' },
  { status: 400, code: 'invalid_path_param', read: 'refused', cancel: 'refused', refund: 'refused' },

  // The account or the pairing is wrong: a technician must act before anything works.
  { status: 400, code: 'seller_configuration', create: 'refused-here' },
  { status: 400, code: 'unsupported_site', create: 'refused-here' },
  { status: 400, code: 'marketplace_not_valid', create: 'refused-here' },
  { status: 400, code: 'sponsor_id_not_valid', create: 'refused-here' },
  { status: 400, code: 'discounts_not_allowed_with_installments', create: 'refused-here' },
  { status: 404, code: 'pos_not_found', create: 'refused-here' },
  { status: 404, code: 'marketplace_fee_not_allowed', create: 'refused-here' },

  // A refund that will never be given this way: the money must be returned by another.
  { status: 400, code: 'invalid_order_owner', refund: 'refused' },
  { status: 400, code: 'partial_refund_not_allowed_with_cashout', refund: 'refused' },
  { status: 400, code: 'unsupported_partially_refunds', refund: 'refused' },
  { status: 400, code: 'refund_amount_exceeds', refund: 'refused' },
  { status: 400, code: 'in_store_payment_refund_order', refund: 'refused' },
  { status: 403, code: 'partial_refund_forbidden_with_tips', refund: 'refused' },
  { status: 403, code: 'forbidden', create: 'refused', read: 'refused', cancel: 'refused', refund: 'refused' },

  {
    status: 401,
    code: 'unauthorized',
    create: 'unauthorized',
    read: 'unauthorized',
    cancel: 'unauthorized',
    refund: 'unauthorized',
  },
  {
    status: 401,
    code: 'user_not_authorized',
    create: 'unauthorized',
    read: 'unauthorized',
    cancel: 'unauthorized',
    refund: 'unauthorized',
  },

  { status: 402, code: 'failed', create: 'refused' },

  { status: 404, code: 'order_not_found', read: 'not-found', cancel: 'conflict', refund: 'conflict' },
  { status: 404, code: 'transaction_not_found', read: 'not-found', cancel: 'conflict', refund: 'conflict' },

  {
    status: 409,
    code: 'idempotency_key_already_used',
    create: 'key-conflict',
    cancel: 'key-conflict',
    refund: 'key-conflict',
  },
  { status: 409, code: 'order_already_canceled', cancel: 'conflict', refund: 'conflict' },
  { status: 409, code: 'order_already_cancelled', cancel: 'conflict', refund: 'conflict' },
  { status: 409, code: 'cannot_cancel_order', cancel: 'conflict' },
  // The customer is paying at this moment.
  { status: 409, code: 'instore_order_locked_error', cancel: 'busy', refund: 'busy' },
  { status: 409, code: 'order_already_refunded', cancel: 'conflict', refund: 'conflict' },
  { status: 409, code: 'refund_in_progress', cancel: 'conflict', refund: 'busy' },
  { status: 409, code: 'invalid_order_status', cancel: 'conflict', refund: 'conflict' },
  { status: 409, code: 'cannot_refund_order', refund: 'conflict' },
  { status: 409, code: 'operation_not_supported', cancel: 'conflict', refund: 'conflict' },

  { status: 423, code: 'resource_locked', create: 'busy', read: 'busy', cancel: 'busy', refund: 'busy' },
  { status: 429, code: 'too_many_requests', create: 'busy', read: 'busy', cancel: 'busy', refund: 'busy' },

  // The documents advise a new key here; a new key could make a second order, so the old one is kept.
  { status: 500, code: 'idempotency_validation_failed', create: 'unknown', cancel: 'unknown', refund: 'unknown' },
  { status: 500, code: 'internal_error', create: 'unknown', read: 'unreachable', cancel: 'unknown', refund: 'unknown' },
];

/** `code` is undefined when the answer carried no error that could be read. */
export function commandMeaning(operation: Operation, status: number, code: string | undefined): CommandMeaning {
  return rowOf(status, code)?.[operation] ?? undocumentedCommand(operation === 'create', { status, code });
}

export function readMeaning(status: number, code: string | undefined): ReadMeaning {
  const documented = rowOf(status, code)?.read;
  if (documented !== undefined) return documented;
  return status === 404 && code !== undefined ? 'not-found' : undocumentedQuestion({ status, code });
}

function rowOf(status: number, code: string | undefined): FailureRow | undefined {
  return FAILURES.find((row) => row.status === status && row.code === code);
}
