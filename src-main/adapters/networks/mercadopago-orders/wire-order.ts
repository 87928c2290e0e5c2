/**
 * An order as it came, field by field: known fields read, everything else left to the evidence. No judgement here.
 *
 * Source  Mercado Pago Orders API, qr-code-ca: order object, and the short order that answers a refund.
 */
import { isOrderId } from './requests.ts';
import { asObject, fieldOf, objectIn, objectsIn, textIn } from '../http/wire-fields.ts';
import type { WireObject } from '../http/wire-fields.ts';
import { readIsoMs } from '../mercadopago-shared/wire-time.ts';

export type WireTransaction = Readonly<{
  /** As it came: text or number. */
  amount: unknown;
  status: string | undefined;
  detail: string | undefined;
  reference: string | undefined;
}>;

export type WireOrder = Readonly<{
  id: string;
  type: string | undefined;
  externalReference: string | undefined;
  /** As it came: text or number. */
  totalAmount: unknown;
  userId: string | undefined;
  status: string;
  detail: string | undefined;
  currency: string | undefined;
  updatedAtMs: number | undefined;
  externalPosId: string | undefined;
  qrData: string | undefined;
  /** Undefined: the answer has no such list. */
  cashOuts: readonly WireTransaction[] | undefined;
  refunds: readonly WireTransaction[];
  payments: readonly WireTransaction[];
}>;

/** Undefined: this is no order (no usable id, no status, or an error dressed as success). */
export function readWireOrder(json: unknown): WireOrder | undefined {
  const order = asObject(json);
  const id = textIn(order, 'id');
  const status = textIn(order, 'status');
  if (id === undefined || status === undefined || !isOrderId(id) || carriesError(order)) return undefined;
  const transactions = objectIn(order, 'transactions');
  const qr = objectIn(objectIn(order, 'config'), 'qr');
  return {
    id,
    type: textIn(order, 'type'),
    externalReference: textIn(order, 'external_reference'),
    totalAmount: fieldOf(order, 'total_amount'),
    userId: textIn(order, 'user_id'),
    status,
    detail: textIn(order, 'status_detail'),
    currency: textIn(order, 'currency'),
    updatedAtMs: readIsoMs(textIn(order, 'last_updated_date')),
    externalPosId: textIn(qr, 'external_pos_id'),
    qrData: textIn(objectIn(order, 'type_response'), 'qr_data'),
    cashOuts: objectsIn(transactions, 'cash_outs')?.map(readTransaction),
    refunds: objectsIn(transactions, 'refunds')?.map(readTransaction) ?? [],
    payments: objectsIn(transactions, 'payments')?.map(readTransaction) ?? [],
  };
}

function carriesError(order: WireObject | undefined): boolean {
  const errors = objectsIn(order, 'errors');
  return (errors !== undefined && errors.length > 0) || typeof fieldOf(order, 'error') === 'string';
}

function readTransaction(wire: WireObject): WireTransaction {
  return {
    amount: fieldOf(wire, 'amount'),
    status: textIn(wire, 'status'),
    detail: textIn(wire, 'status_detail'),
    // A read answers `reference_id`, a notification `reference.id`.
    reference: textIn(wire, 'reference_id') ?? textIn(objectIn(wire, 'reference'), 'id'),
  };
}
