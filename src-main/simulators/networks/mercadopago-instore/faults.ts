/** Everything that can go wrong with this network, by name, and the operations each can happen to. */
import { POS_OPERATIONS, STORE_OPERATIONS } from '../mercadopago-places/place-calls.ts';
import { TRANSPORT_FAULTS } from '../transport-faults.ts';
import type { TransportFault } from '../transport-faults.ts';

const ORDER_COMMANDS = ['put-order', 'make-qr', 'make-hybrid'] as const;
const ORDERS = [...ORDER_COMMANDS, 'read-order', 'delete-order'] as const;
const MERCHANT_ORDERS = ['search-merchant-orders', 'read-merchant-order'] as const;
const REQUESTS = [
  ...ORDERS,
  ...MERCHANT_ORDERS,
  'confirm',
  'read-account',
  ...STORE_OPERATIONS,
  ...POS_OPERATIONS,
] as const;
const PICTURES = ['sticker'] as const;
const NOTICES = ['notify'] as const;

export const OPERATIONS = [...REQUESTS, ...PICTURES, ...NOTICES] as const;
export type Operation = (typeof OPERATIONS)[number];

const OWN_FAULTS = {
  /** 401 for this one request. */
  unauthorized: REQUESTS,
  /** The token expires now: 401 until another one comes. */
  'token-expires': REQUESTS,
  'error-inside-ok': REQUESTS,
  /** 500 `in_store_order_creation_error`, and nothing was made. */
  'creation-fails': ORDER_COMMANDS,
  /** The one-time code lacks, or is wrong; the order is as it should be. */
  'missing-qr': ['make-qr', 'make-hybrid'],
  'wrong-qr-checksum': ['make-qr', 'make-hybrid'],
  'wrong-qr-amount': ['make-qr', 'make-hybrid'],
  'no-qr-amount': ['make-qr', 'make-hybrid'],
  /** 404 although an order waits. */
  'waiting-order-hidden': ['read-order'],
  /** 400 `in_store_order_delete_error` although nothing stands in the way. */
  'delete-refused': ['delete-order'],
  /** As if nobody had scanned yet: no elements, or 404. */
  'merchant-order-hidden': MERCHANT_ORDERS,
  /** Merchant orders as they were before their last change. */
  'stale-answer': MERCHANT_ORDERS,
  'another-amount': MERCHANT_ORDERS,
  'another-reference': MERCHANT_ORDERS,
  'another-collector': MERCHANT_ORDERS,
  'another-currency': MERCHANT_ORDERS,
  'missing-payments': MERCHANT_ORDERS,
  /** Part of the money, under an order that is still open. */
  'partly-paid': MERCHANT_ORDERS,
  /** The order says closed, its payment is in process. */
  'payment-not-approved': MERCHANT_ORDERS,
  'unknown-status': MERCHANT_ORDERS,
  'two-closed': ['search-merchant-orders'],
  /** The customer pays just before the network looks at the request. */
  'customer-pays-first': [...ORDERS, 'search-merchant-orders'],
  /** The customer pays after the answer, even an order that is deleted, replaced or expired. */
  'customer-pays-after': [...ORDERS, 'search-merchant-orders'],
  /** A second customer, or the same one again, pays what is paid already. */
  'customer-pays-again-after': [...MERCHANT_ORDERS, 'confirm'],
  'seller-refunds-after': [...MERCHANT_ORDERS, 'confirm'],
  /** The five minutes end, and the money goes back, just before the network looks at the confirmation. */
  'window-ends-first': ['confirm'],
  /** 400 `invalid_status_detail` for this one confirmation. */
  'detail-refused': ['confirm'],
  /** The money stays on its way back until a command ends it. */
  'return-sticks': ['confirm'],
  /** What was made is not found by searches for a while. */
  'hidden-after-create': ['create-store', 'create-pos'],
  'notice-lost': NOTICES,
  'notice-twice': NOTICES,
  /** Kept back until after later ones. */
  'notice-late': NOTICES,
} as const satisfies Record<string, readonly Operation[]>;

export type InstoreFault = TransportFault | keyof typeof OWN_FAULTS;

export const INSTORE_FAULTS = [...TRANSPORT_FAULTS, ...Object.keys(OWN_FAULTS)] as [InstoreFault, ...InstoreFault[]];

const OPERATIONS_OF = new Map<string, readonly Operation[]>([
  ...TRANSPORT_FAULTS.map((fault) => [fault, [...REQUESTS, ...PICTURES]] as const),
  ...Object.entries(OWN_FAULTS),
]);

export function faultApplies(fault: InstoreFault, operation: Operation): boolean {
  return OPERATIONS_OF.get(fault)?.includes(operation) === true;
}
