/** A request as this network reads it: which operation, on which order, by whom. */
import type { SimulatedRequest } from '../exchange.ts';
import { isRecord } from '../body-rules.ts';
import type { Operation } from './faults.ts';
import type { NetworkState } from './state.ts';

export type CallBody =
  Readonly<{ kind: 'empty' }> | Readonly<{ kind: 'broken' }> | Readonly<{ kind: 'json'; value: unknown }>;

export type Call = Readonly<{
  operation: Exclude<Operation, 'notify'>;
  request: SimulatedRequest;
  body: CallBody;
  /** As in the path; empty for create and search. */
  orderId: string;
  /** What a script may call this order by. */
  refs: readonly string[];
}>;

const PATH = /^\/v1\/orders(?:\/([^/]+)(?:\/(cancel|refund))?)?\/?$/;

/** Undefined when this network has no such endpoint. */
export function readCall(state: NetworkState, request: SimulatedRequest): Call | undefined {
  const match = PATH.exec(request.path);
  if (match === null) return undefined;
  const [, orderId = '', command] = match;
  const operation = operationOf(request.method, orderId, command);
  if (operation === undefined) return undefined;
  const body = readBody(request);
  const reference = operation === 'create' ? referenceIn(body) : state.orders.get(orderId)?.terms.externalReference;
  return { operation, request, body, orderId, refs: [orderId, reference ?? ''].filter((ref) => ref !== '') };
}

/** The bearer's seller; undefined when the token is missing, unknown, expired or revoked. */
export function sellerOf(state: NetworkState, request: SimulatedRequest, nowMs: number): string | undefined {
  const token = tokenOf(request);
  if (token === undefined || state.endedTokens.has(token)) return undefined;
  const { tokens, userId } = state.settings;
  if (tokens === 'any') return userId;
  const known = tokens.find((candidate) => candidate.token === token);
  if (known === undefined || nowMs >= (known.expiresAtMs ?? Number.POSITIVE_INFINITY)) return undefined;
  return known.userId ?? userId;
}

export function tokenOf(request: SimulatedRequest): string | undefined {
  return /^Bearer ([^\s]+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
}

function operationOf(method: string, orderId: string, command: string | undefined): Call['operation'] | undefined {
  if (method === 'POST') {
    if (command === 'cancel' || command === 'refund') return command;
    return orderId === '' ? 'create' : undefined;
  }
  if (method !== 'GET' || command !== undefined) return undefined;
  return orderId === '' ? 'search' : 'read';
}

function readBody({ bodyText }: SimulatedRequest): CallBody {
  if (bodyText === '') return { kind: 'empty' };
  try {
    return { kind: 'json', value: JSON.parse(bodyText) };
  } catch {
    return { kind: 'broken' };
  }
}

function referenceIn(body: CallBody): string | undefined {
  if (body.kind !== 'json' || !isRecord(body.value)) return undefined;
  const reference = body.value['external_reference'];
  return typeof reference === 'string' ? reference : undefined;
}
