/** A request as this network reads it: which operation, on what, by whom. */
import { readBody, textIn } from '../call-body.ts';
import type { CallBody } from '../call-body.ts';
import type { SimulatedRequest } from '../exchange.ts';
import { readPlaceCall } from '../mercadopago-places/place-calls.ts';
import type { Operation } from './faults.ts';
import type { NetworkState } from './state.ts';

export type RequestOperation = Exclude<Operation, 'notify'>;
type PathPart = 'userId' | 'externalStoreId' | 'externalPosId' | 'id' | 'file';
export type PathParts = Readonly<Partial<Record<PathPart, string>>>;

export type Call = Readonly<{
  operation: RequestOperation;
  request: SimulatedRequest;
  body: CallBody;
  parts: PathParts;
  /** What a script may call the subject by. */
  refs: readonly string[];
}>;

type Route = Readonly<{ method: string; pattern: RegExp; operation: RequestOperation }>;

const SELLER = String.raw`/instore/qr/seller/collectors/(?<userId>[^/]+)`;
const STORE_PART = String.raw`(?:/stores/(?<externalStoreId>[^/]+))?`;
const POS_PART = String.raw`/pos/(?<externalPosId>[^/]+)`;

function route(method: string, path: string, operation: RequestOperation): Route {
  return { method, pattern: new RegExp(`^${path}/?$`), operation };
}

const ROUTES: readonly Route[] = [
  route('PUT', `${SELLER}${STORE_PART}${POS_PART}/orders`, 'put-order'),
  route('GET', `${SELLER}${POS_PART}/orders`, 'read-order'),
  route('DELETE', `${SELLER}${POS_PART}/orders`, 'delete-order'),
  route('POST', `/instore/orders/qr/seller/collectors/(?<userId>[^/]+)${POS_PART}/qrs`, 'make-qr'),
  route('PUT', `/instore/orders/qr/seller/collectors/(?<userId>[^/]+)${POS_PART}/qrs`, 'make-hybrid'),
  route('POST', '/instore/orders/(?<id>[^/]+)/confirmation', 'confirm'),
  route('GET', '/merchant_orders/search', 'search-merchant-orders'),
  route('GET', '/merchant_orders/(?<id>[^/]+)', 'read-merchant-order'),
];

/** Undefined when this network has no such endpoint, or does not offer it where it is set to be. */
export function readCall(state: NetworkState, request: SimulatedRequest): Call | undefined {
  const place = readPlaceCall(request);
  if (place !== undefined) return callOf(state, request, place.operation, place.parts);
  for (const { method, pattern, operation } of ROUTES) {
    const match = method === request.method ? pattern.exec(request.path) : null;
    if (match === null) continue;
    if (!isOffered(state, operation)) return undefined;
    return callOf(state, request, operation, { ...match.groups });
  }
  return undefined;
}

function callOf(state: NetworkState, request: SimulatedRequest, operation: RequestOperation, parts: PathParts): Call {
  const body = readBody(request);
  return { operation, request, body, parts, refs: refsOf(state, operation, request, parts, body) };
}

function isOffered({ settings }: NetworkState, operation: RequestOperation): boolean {
  if (operation === 'make-qr' || operation === 'make-hybrid') return settings.offersQrs;
  return operation !== 'confirm' || settings.offersConfirmation;
}

function refsOf(
  state: NetworkState,
  operation: RequestOperation,
  request: SimulatedRequest,
  parts: PathParts,
  body: CallBody,
): string[] {
  const isMerchantOrder = operation === 'read-merchant-order' || operation === 'confirm';
  const scan = isMerchantOrder ? state.merchantOrders.get(Number(parts.id)) : undefined;
  const scanned = scan === undefined ? undefined : state.orders.get(scan.orderId);
  return [
    parts.id,
    parts.externalPosId,
    scanned?.terms.externalReference,
    request.query['external_reference'],
    request.query['external_id'],
    textIn(body, 'external_reference'),
    textIn(body, 'external_id'),
  ].filter((ref) => ref !== undefined && ref !== '') as string[];
}
