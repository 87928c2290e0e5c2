/**
 * A search for merchant orders as it came, field by field; everything else is left to the evidence. No judgement here.
 *
 * Source  Mercado Pago merchant orders reference, search. `elements` is null or empty until somebody scans.
 */
import { asObject, fieldOf, objectIn, objectsIn, textIn } from '../http/wire-fields.ts';
import type { WireObject } from '../http/wire-fields.ts';
import { readIsoMs } from '../mercadopago-shared/wire-time.ts';

export type WirePayment = Readonly<{
  id: string | undefined;
  status: string | undefined;
  currency: string | undefined;
  createdAtMs: number | undefined;
  approvedAtMs: number | undefined;
}>;

export type WireMerchantOrder = Readonly<{
  id: string | undefined;
  /** `opened`, `closed` or `expired`. */
  status: string;
  orderStatus: string | undefined;
  externalReference: string | undefined;
  collectorId: string | undefined;
  cancelled: boolean;
  /** As they came: numbers, by the documents. */
  totalAmount: unknown;
  paidAmount: unknown;
  refundedAmount: unknown;
  createdAtMs: number | undefined;
  updatedAtMs: number | undefined;
  payments: readonly WirePayment[];
}>;

export type WirePage = Readonly<{ merchantOrders: readonly WireMerchantOrder[]; hasMore(soFar: number): boolean }>;

/** Undefined: this is no answer to a search. */
export function readPage(json: unknown): WirePage | undefined {
  const page = asObject(json);
  const list = page === undefined ? undefined : fieldOf(page, 'elements');
  if (list === null) return { merchantOrders: [], hasMore: () => false };
  const elements = objectsIn(page, 'elements');
  if (elements === undefined) return undefined;
  const merchantOrders = elements.map(readMerchantOrder);
  if (!merchantOrders.every((order) => order !== undefined)) return undefined;
  const total = fieldOf(page, 'total');
  const nextOffset = fieldOf(page, 'next_offset');
  return {
    merchantOrders,
    hasMore: (soFar) => (typeof total === 'number' ? soFar < total : typeof nextOffset === 'number' && nextOffset > 0),
  };
}

function readMerchantOrder(wire: WireObject): WireMerchantOrder | undefined {
  const status = textIn(wire, 'status');
  if (status === undefined) return undefined;
  return {
    id: textIn(wire, 'id'),
    status,
    orderStatus: textIn(wire, 'order_status'),
    externalReference: textIn(wire, 'external_reference'),
    collectorId: textIn(objectIn(wire, 'collector'), 'id'),
    cancelled: fieldOf(wire, 'cancelled') === true,
    totalAmount: fieldOf(wire, 'total_amount'),
    paidAmount: fieldOf(wire, 'paid_amount'),
    refundedAmount: fieldOf(wire, 'refunded_amount'),
    createdAtMs: readIsoMs(textIn(wire, 'date_created')),
    updatedAtMs: readIsoMs(textIn(wire, 'last_updated')),
    payments: objectsIn(wire, 'payments')?.map(readPayment) ?? [],
  };
}

function readPayment(wire: WireObject): WirePayment {
  return {
    id: textIn(wire, 'id'),
    status: textIn(wire, 'status'),
    currency: textIn(wire, 'currency_id'),
    createdAtMs: readIsoMs(textIn(wire, 'date_created')),
    approvedAtMs: readIsoMs(textIn(wire, 'date_approved')),
  };
}
