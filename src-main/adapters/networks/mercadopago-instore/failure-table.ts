/**
 * What each documented failure means for the till, per operation, as data.
 *
 * Source  Mercado Pago instore orders V2, dynamic QR, merchant orders and cash-out confirmation references: errors. The refused
 *         DELETE is in no document and was seen in practice. A blank means that the documents do not name the code there.
 */
import { undocumentedCommand, undocumentedQuestion } from '../mercadopago-shared/failures.ts';
import type { CommandMeaning as SharedMeaning, QuestionMeaning } from '../mercadopago-shared/failures.ts';
import type { Operation } from './requests.ts';

/** done: it was done before, by us. */
export type CommandMeaning = SharedMeaning | 'done';

export type FailureRow = Readonly<{
  status: number;
  code: string;
  create?: CommandMeaning;
  search?: QuestionMeaning;
  cancel?: CommandMeaning;
  confirm?: CommandMeaning;
  refund?: CommandMeaning;
}>;

/** Our order is wrong, and nothing was made. The same bytes can only fail again; another amount or a later end may not. */
const REFUSED_ORDERS = [
  'invalid_external_reference',
  'invalid_total_amount',
  'invalid_title',
  'invalid_description',
  'invalid_items.sku_number',
  'invalid_items.category',
  'invalid_items.title',
  'invalid_items.description',
  'invalid_items.unit_measure',
  'invalid_items.quantity',
  'invalid_items.currency_id',
  'invalid_items.unit_price',
  'invalid_items.total_amount',
  'invalid_unit_measure',
  'invalid_quantity',
  'invalid_unit_price',
  'invalid_cash_out.amount',
  'invalid_amount',
  'invalid_expiration_date',
];

/** Account, pairing or product: a technician must act before any order works. */
const REFUSED_HERE = ['error_creating_seller_qr_order', 'invalid_sponsor.id', 'invalid_id', 'invalid_notification_url'];

const ALL_UNAUTHORIZED = {
  create: 'unauthorized',
  search: 'unauthorized',
  cancel: 'unauthorized',
  confirm: 'unauthorized',
  refund: 'unauthorized',
} as const;

export const FAILURES: readonly FailureRow[] = [
  ...REFUSED_ORDERS.map((code) => ({ status: 400, code, create: 'refused' }) as const),
  ...REFUSED_HERE.map((code) => ({ status: 400, code, create: 'refused-here' }) as const),
  { status: 400, code: 'invalid_collectorId', create: 'refused-here', cancel: 'refused' },
  { status: 400, code: 'invalid_externalPosId', create: 'refused-here', cancel: 'refused' },
  { status: 500, code: 'in_store_order_creation_error', create: 'unknown' },

  { status: 400, code: 'invalid_access_token', ...ALL_UNAUTHORIZED },
  { status: 401, code: 'unauthorized', ...ALL_UNAUTHORIZED },
  { status: 401, code: 'invalid_token', ...ALL_UNAUTHORIZED },
  { status: 401, code: 'invalid_caller_id', ...ALL_UNAUTHORIZED },

  // Nothing to delete, paid already, or a payment is running: only the merchant orders tell which.
  { status: 400, code: 'in_store_order_delete_error', cancel: 'conflict' },
  { status: 404, code: 'point_of_sale_in_store_order_not_found', cancel: 'conflict' },

  { status: 400, code: 'ds_search_query', search: 'refused' },
  { status: 400, code: 'invalid_format', search: 'refused' },

  { status: 400, code: 'invalid_status', confirm: 'refused', refund: 'refused' },
  { status: 400, code: 'invalid_status_detail', confirm: 'refused', refund: 'refused' },
  // "Notes were given" stands: what we said before, or what keeps the money from going back.
  { status: 409, code: 'already_confirmed', confirm: 'done', refund: 'refused' },
  // "No notes were given", by us or by the network after its five minutes: the money is on its way back.
  { status: 409, code: 'already_notified', confirm: 'refused', refund: 'conflict' },

  {
    status: 500,
    code: 'internal_error',
    create: 'unknown',
    search: 'unreachable',
    cancel: 'unknown',
    confirm: 'unknown',
    refund: 'unknown',
  },
];

/** `code` is undefined when the answer carried no error that could be read. */
export function commandMeaning(operation: Operation, status: number, code: string | undefined): CommandMeaning {
  return rowOf(status, code)?.[operation] ?? undocumentedCommand(operation === 'create', { status, code });
}

export function searchMeaning(status: number, code: string | undefined): QuestionMeaning {
  return rowOf(status, code)?.search ?? undocumentedQuestion({ status, code });
}

function rowOf(status: number, code: string | undefined): FailureRow | undefined {
  return FAILURES.find((row) => row.status === status && row.code === code);
}
