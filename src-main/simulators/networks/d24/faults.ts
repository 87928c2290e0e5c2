/** Everything that can go wrong with this network, by name, and the operations each can happen to. */
import { TRANSPORT_FAULTS } from '../transport-faults.ts';
import type { TransportFault } from '../transport-faults.ts';

export const OPERATIONS = [
  'create',
  'status',
  'cancel',
  'update',
  'banks',
  'rates',
  'login',
  'list',
  'balance',
  'notify',
] as const;
export type Operation = (typeof OPERATIONS)[number];

const REQUESTS = OPERATIONS.filter((operation) => operation !== 'notify');
const SIGNED = ['create', 'status', 'cancel', 'update'] as const;
const BY_ID = ['status', 'cancel', 'update'] as const;
const REPORTS = ['list', 'balance'] as const;
const NOTICES = ['notify'] as const;

const OWN_FAULTS = {
  /** 401 with 401 for this one request. */
  unauthorized: [...SIGNED, 'banks', 'rates', ...REPORTS],
  /** The panel takes the credentials back now: 401 until others come. */
  'credentials-revoked': SIGNED,
  /** 401 with 402. */
  'unregistered-ip': SIGNED,
  /** 524. */
  'contact-support': SIGNED,
  /** 302, however well it was signed. */
  'signature-refused': SIGNED,
  /** Refused with `code` (537 when absent), and nothing is done. */
  refused: SIGNED,
  /** Done, and refused with `code` all the same (703 when absent). */
  'refused-after-commit': SIGNED,
  /** Made, and not found by status, cancel, update and list for a while. */
  'hidden-after-create': ['create'],
  'missing-cashout-id': ['create'],
  'numeric-cashout-id': ['create'],
  'another-cashout-id': ['create'],
  /** The documents' refusal of an identity, printed without a comma. */
  'sample-kyc': ['create'],
  /** 509 for this one request. */
  'not-found': BY_ID,
  /** The payout as it was before its last change. */
  'stale-answer': ['status'],
  'unknown-status': ['status'],
  'missing-status': ['status'],
  /** The number in quotation marks. */
  'quoted-status': ['status'],
  'text-does-not-fit': ['status', 'cancel'],
  'rejection-code-zero': ['status'],
  'rejection-code-absent': ['status'],
  'bank-as-object': ['status'],
  'bank-as-array': ['status'],
  'bank-absent': ['status'],
  /** The documents' samples: two JSON documents in one, commas missing or too many. */
  'sample-two-documents': ['status'],
  'sample-completed': ['status'],
  'sample-rejected': ['status'],
  /** A hold or release that answers with the sample of another page: completed. */
  'sample-update': ['update'],
  /** The bank has it just before the network looks at the request. */
  'bank-accepts-first': BY_ID,
  'merchant-cancels-first': BY_ID,
  /** What happens when the answer is already on its way. */
  'bank-accepts-after': ['create', 'status', 'update'],
  'bank-completes-after': ['create', 'status', 'update'],
  'bank-rejects-after': ['create', 'status', 'update'],
  'bank-returns-after': ['status'],
  'merchant-cancels-after': ['create', 'status', 'update'],
  'merchant-holds-after': ['create', 'status'],
  /** The token of the merchants API ends now. */
  'token-expires': REPORTS,
  /** 403 with 83. */
  'ip-not-allowed': ['login', ...REPORTS],
  'notice-lost': NOTICES,
  'notice-twice': NOTICES,
  /** Kept back until after later ones. */
  'notice-late': NOTICES,
  'notice-wrong-control': NOTICES,
  /** The control word does not cover the payout's id. */
  'notice-another-cashout-id': NOTICES,
} as const satisfies Record<string, readonly Operation[]>;

export type D24Fault = TransportFault | keyof typeof OWN_FAULTS;

export const D24_FAULTS = [...TRANSPORT_FAULTS, ...Object.keys(OWN_FAULTS)] as [D24Fault, ...D24Fault[]];

const OPERATIONS_OF = new Map<string, readonly Operation[]>([
  ...TRANSPORT_FAULTS.map((fault) => [fault, REQUESTS] as const),
  ...Object.entries(OWN_FAULTS),
]);

export function faultApplies(fault: D24Fault, operation: Operation): boolean {
  return OPERATIONS_OF.get(fault)?.includes(operation) === true;
}
