/** A request as this network reads it: which operation, on which order, by whom. */
import { readBody, textIn } from '../call-body.ts';
import type { CallBody } from '../call-body.ts';
import type { SimulatedRequest } from '../exchange.ts';
import type { Operation } from './faults.ts';
import type { NetworkState } from './state.ts';

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
  const reference =
    operation === 'create' ? textIn(body, 'external_reference') : state.orders.get(orderId)?.terms.externalReference;
  return { operation, request, body, orderId, refs: [orderId, reference ?? ''].filter((ref) => ref !== '') };
}

function operationOf(method: string, orderId: string, command: string | undefined): Call['operation'] | undefined {
  if (method === 'POST') {
    if (command === 'cancel' || command === 'refund') return command;
    return orderId === '' ? 'create' : undefined;
  }
  if (method !== 'GET' || command !== undefined) return undefined;
  return orderId === '' ? 'search' : 'read';
}
