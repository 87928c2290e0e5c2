/**
 * Networks refuse with dozens of codes; a cashier needs to know which of a few things to do.
 *
 * Source  Codes of the Mercado Pago Orders API reference (create order, errors), of in-store orders V2, and the till's own `cancelled-before-it-left`,
 *         `network-unreachable`. A code that nobody knows is `other`: nothing was charged, show the code.
 */
export type RefusalFamily =
  'configuration' | 'credentials' | 'amount' | 'busy' | 'clock' | 'conflict' | 'unreachable' | 'withdrawn' | 'other';

const EXACT: Readonly<Record<string, RefusalFamily>> = {
  'cancelled-before-it-left': 'withdrawn',
  'network-unreachable': 'unreachable',
  seller_configuration: 'configuration',
  pos_not_found: 'configuration',
  unsupported_site: 'configuration',
  invalid_order_type: 'configuration',
  order_builder_without_transactions: 'configuration',
  marketplace_not_valid: 'configuration',
  marketplace_fee_not_allowed: 'configuration',
  sponsor_id_not_valid: 'configuration',
  json_syntax_error: 'configuration',
  bad_request: 'configuration',
  empty_required_header: 'configuration',
  unauthorized: 'credentials',
  user_not_authorized: 'credentials',
  forbidden: 'credentials',
  invalid_token: 'credentials',
  // The moment at which the order ends is in the past over there: one of the two clocks is wrong.
  invalid_expiration_date: 'clock',
  too_many_requests: 'busy',
  resource_locked: 'busy',
};

const BY_PATTERN: readonly (readonly [RegExp, RefusalFamily])[] = [
  [/amount|value_limit|limit_exceeded/, 'amount'],
  [/propert(y|ies)|_items$/, 'configuration'],
  [/idempotency/, 'conflict'],
  [/unreachable|timeout/, 'unreachable'],
];

export function refusalFamily(code: string): RefusalFamily {
  return EXACT[code] ?? BY_PATTERN.find(([pattern]) => pattern.test(code))?.[1] ?? 'other';
}
