/** A request as this network reads it: which operation, on which order, by whom. */
import { readBody, textIn } from '../call-body.ts';
import type { CallBody } from '../call-body.ts';
import type { SimulatedRequest } from '../exchange.ts';
import { readPlaceCall } from '../mercadopago-places/place-calls.ts';
import type { PlaceCall } from '../mercadopago-places/place-calls.ts';
import type { Operation } from './faults.ts';
import type { NetworkState } from './state.ts';

export type Call = Readonly<{
  operation: Exclude<Operation, 'notify'>;
  request: SimulatedRequest;
  body: CallBody;
  /** As in the path; empty for create and search. */
  orderId: string;
  /** Of a request about a store, a point of sale or a sticker. */
  parts: PlaceCall['parts'];
  /** What a script may call this order by. */
  refs: readonly string[];
}>;

const PATH = /^\/v1\/orders(?:\/([^/]+)(?:\/(cancel|refund))?)?\/?$/;

/** Undefined when this network has no such endpoint. */
export function readCall(state: NetworkState, request: SimulatedRequest): Call | undefined {
  const place = readPlaceCall(request);
  if (place !== undefined) return placeCallOf(request, place);
  const match = PATH.exec(request.path);
  if (match === null) return undefined;
  const [, orderId = '', command] = match;
  const operation = operationOf(request.method, orderId, command);
  if (operation === undefined) return undefined;
  const body = readBody(request);
  const reference =
    operation === 'create' ? textIn(body, 'external_reference') : state.orders.get(orderId)?.terms.externalReference;
  return { operation, request, body, orderId, parts: {}, refs: [orderId, reference ?? ''].filter((ref) => ref !== '') };
}

function placeCallOf(request: SimulatedRequest, { operation, parts }: PlaceCall): Call {
  const body = readBody(request);
  const refs = [parts.id, request.query['external_id'], textIn(body, 'external_id')];
  return {
    operation,
    request,
    body,
    orderId: '',
    parts,
    refs: refs.flatMap((ref) => (ref === undefined || ref === '' ? [] : [ref])),
  };
}

function operationOf(method: string, orderId: string, command: string | undefined): Call['operation'] | undefined {
  if (method === 'POST') {
    if (command === 'cancel' || command === 'refund') return command;
    return orderId === '' ? 'create' : undefined;
  }
  if (method !== 'GET' || command !== undefined) return undefined;
  return orderId === '' ? 'search' : 'read';
}
