/** Everything that can go wrong with this network, by name, and the operations each can happen to. */
import { PLACE_OPERATIONS, POS_OPERATIONS, STORE_OPERATIONS } from '../mercadopago-places/place-calls.ts';
import { TRANSPORT_FAULTS } from '../transport-faults.ts';
import type { TransportFault } from '../transport-faults.ts';

export const OPERATIONS = ['create', 'read', 'cancel', 'refund', 'search', ...PLACE_OPERATIONS, 'notify'] as const;
export type Operation = (typeof OPERATIONS)[number];

const PLACES = ['read-account', ...STORE_OPERATIONS, ...POS_OPERATIONS] as const;
const REQUESTS = ['create', 'read', 'cancel', 'refund', 'search', ...PLACES] as const;
const COMMANDS = ['create', 'cancel', 'refund'] as const;
const ORDER_ANSWERS = ['create', 'read', 'cancel'] as const;
const BY_ID = ['read', 'cancel', 'refund'] as const;
const NOTICES = ['notify'] as const;

const OWN_FAULTS = {
  /** 401 for this one request. */
  unauthorized: REQUESTS,
  /** The token expires now: 401 until another one comes. */
  'token-expires': REQUESTS,
  'resource-locked': COMMANDS,
  'idempotency-key-used': COMMANDS,
  'idempotency-validation-failed': COMMANDS,
  'error-inside-ok': REQUESTS,
  'seller-not-enabled': ['create'],
  'pos-not-found': ['create'],
  /** What was made is not found by readers and searches for a while. */
  'hidden-after-create': ['create', 'create-store', 'create-pos'],
  'order-not-found': BY_ID,
  'another-order-id': ['create', 'read', 'cancel', 'refund'],
  'another-amount': ORDER_ANSWERS,
  'another-reference': ORDER_ANSWERS,
  'another-pos': ORDER_ANSWERS,
  'another-user': ORDER_ANSWERS,
  'another-currency': ORDER_ANSWERS,
  'missing-currency': ORDER_ANSWERS,
  'two-cash-outs': ORDER_ANSWERS,
  'unknown-status': ORDER_ANSWERS,
  /** The order says processed, its cash-out does not. */
  'cash-out-not-processed': ['read'],
  'cancelled-spelling': ORDER_ANSWERS,
  'detail-processed': ORDER_ANSWERS,
  'detail-accredited': ORDER_ANSWERS,
  'missing-qr': ORDER_ANSWERS,
  'wrong-qr-checksum': ORDER_ANSWERS,
  'wrong-qr-amount': ORDER_ANSWERS,
  'no-qr-amount': ORDER_ANSWERS,
  /** The order as it was before its last change. */
  'stale-answer': ['read'],
  'order-locked': ['cancel'],
  /** The customer pays just before the network looks at the request. */
  'customer-pays-first': BY_ID,
  /** The customer pays after the answer, even a cancelled or expired order. */
  'customer-pays-after': ['create', 'read', 'cancel'],
  'seller-refunds-after': ['read'],
  'refund-fails': ['refund'],
  'refund-sticks': ['refund'],
  'refund-in-progress': ['refund'],
  'refund-window-closed': ['refund'],
  'notice-lost': NOTICES,
  'notice-twice': NOTICES,
  /** Kept back until after later ones. */
  'notice-late': NOTICES,
  'notice-wrong-signature': NOTICES,
} as const satisfies Record<string, readonly Operation[]>;

export type MercadoPagoFault = TransportFault | keyof typeof OWN_FAULTS;

export const MERCADO_PAGO_FAULTS = [...TRANSPORT_FAULTS, ...Object.keys(OWN_FAULTS)] as [
  MercadoPagoFault,
  ...MercadoPagoFault[],
];

const OPERATIONS_OF = new Map<string, readonly Operation[]>([
  ...TRANSPORT_FAULTS.map((fault) => [fault, [...REQUESTS, 'sticker']] as const),
  ...Object.entries(OWN_FAULTS),
]);

export function faultApplies(fault: MercadoPagoFault, operation: Operation): boolean {
  return OPERATIONS_OF.get(fault)?.includes(operation) === true;
}
