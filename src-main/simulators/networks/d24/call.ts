/** A request as this network reads it: which operation, on which payout. */
import { isRecord } from '../body-rules.ts';
import type { SimulatedRequest } from '../exchange.ts';
import { BRANDS } from './brands.ts';
import type { Operation } from './faults.ts';
import { findPayout } from './state.ts';
import type { NetworkState } from './state.ts';

export type CallBody = Readonly<{ kind: 'broken' }> | Readonly<{ kind: 'object'; value: Record<string, unknown> }>;

export type Call = Readonly<{
  operation: Exclude<Operation, 'notify'>;
  request: SimulatedRequest;
  /** Not read where the method carries none. */
  body: CallBody;
  /** What a script may call this payout by. */
  refs: readonly string[];
}>;

const OPERATION_OF: Readonly<Record<string, Call['operation']>> = {
  'POST /v3/cashout': 'create',
  'POST /v3/cashout/status': 'status',
  'DELETE /v3/cashout/cancel': 'cancel',
  'PUT /v3/cashout/status': 'update',
  'GET /v3/banks': 'banks',
  'GET /v1/country/BR/authorized-banks': 'banks',
  'GET /v3/exchange_rates': 'rates',
  'POST /v1/auth/login': 'login',
  'GET /v1/cashouts': 'list',
  'GET /v1/balance': 'balance',
};

/** Undefined when this network has no such endpoint. */
export function readCall(state: NetworkState, request: SimulatedRequest): Call | undefined {
  const path = request.path.replace(/\/$/, '');
  const operation = OPERATION_OF[`${request.method} ${path}`];
  if (operation === undefined || !isOffered(state, operation, path)) return undefined;
  const body = readBody(request);
  return { operation, request, body, refs: refsOf(state, body) };
}

function isOffered({ brand, settings }: NetworkState, operation: Operation, path: string): boolean {
  if (operation === 'cancel') return settings.hasCancel;
  if (operation === 'update') return settings.hasHold;
  // One brand has its own list in place of the platform's.
  if (operation === 'banks') return path.endsWith('authorized-banks') === BRANDS[brand].hasAuthorizedBanks;
  return true;
}

function readBody({ bodyText }: SimulatedRequest): CallBody {
  try {
    const value: unknown = JSON.parse(bodyText);
    return isRecord(value) ? { kind: 'object', value } : { kind: 'broken' };
  } catch {
    return { kind: 'broken' };
  }
}

function refsOf(state: NetworkState, body: CallBody): readonly string[] {
  if (body.kind === 'broken') return [];
  const named = [body.value['external_id'], body.value['cashout_id']].flatMap((id) =>
    typeof id === 'string' || typeof id === 'number' ? [String(id)] : [],
  );
  const known = named.map((ref) => findPayout(state, ref)).find((payout) => payout !== undefined);
  const own = known === undefined ? [] : [String(known.terms.cashoutId), known.terms.externalId];
  return [...new Set([...named, ...own])];
}
