/**
 * Whose order waits at the sticker. It is never proof of a payment: paid, deleted, expired and never made look the same there. It only
 * keeps a delete from taking away an order that is not ours.
 *
 * Source  Mercado Pago instore orders V2, get order: the field table reads like one object, the sample is a list of one.
 */
import type { Evidence } from '../../../core/domain/network.ts';
import type { HttpClient } from '../http/http-client.ts';
import { isSuccess, unansweredQuestion } from '../http/outcome.ts';
import { whyNothing } from '../mercadopago-shared/failures.ts';
import { asObject, textIn } from '../http/wire-fields.ts';
import { readWireError } from '../mercadopago-shared/wire-error.ts';
import { failedQuestion } from './search.ts';
import type { SearchFailure } from './search.ts';

const NOTHING_WAITS = 'point_of_sale_in_store_order_not_found';

export type Waiting =
  | Readonly<{ kind: 'waiting'; externalReference: string; evidence: Evidence }>
  | Readonly<{ kind: 'nothing'; evidence: Evidence }>
  | SearchFailure;

/** `path` is that of the sticker's order, the same that a delete names. */
export async function readWaitingOrder(http: HttpClient, path: string, deadlineMs: number): Promise<Waiting> {
  const outcome = await http.send({ method: 'GET', path, headers: {}, body: '', deadlineMs });
  if (outcome.kind !== 'answered') return unansweredQuestion(outcome);
  const { json, status, evidence } = outcome;
  if (status === 404 && readWireError(json)?.code === NOTHING_WAITS) return { kind: 'nothing', evidence };
  if (!isSuccess(outcome)) return failedQuestion(outcome);
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  const [only, ...others] = list.map(asObject);
  const externalReference = others.length === 0 ? textIn(only, 'external_reference') : undefined;
  if (externalReference === undefined) {
    return { kind: 'unreadable', detail: whyNothing(outcome, 'no-order-in-answer'), evidence };
  }
  return { kind: 'waiting', externalReference, evidence };
}
