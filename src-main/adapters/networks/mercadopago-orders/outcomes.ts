/** What an HTTP outcome means: a delivery for a command, a reading for a question. Decides by status, table and order; no waiting, no retry. */
import type { Delivery, Reading } from '../../../core/application/ports/payment-network.ts';
import type { Evidence, OrderFact } from '../../../core/domain/network.ts';
import { unreachable } from '../../../core/domain/result.ts';
import type { HttpOutcome } from '../http/http-client.ts';
import { commandMeaning, readMeaning } from './failure-table.ts';
import { factOf } from './order-fact.ts';
import type { Asked } from './order-fact.ts';
import type { Operation } from './requests.ts';
import { readWireError } from '../mercadopago-shared/wire-error.ts';
import type { WireError } from '../mercadopago-shared/wire-error.ts';
import { readWireOrder } from './wire-order.ts';

type Answered = Extract<HttpOutcome, { kind: 'answered' }>;
type Wait = Readonly<{ retryAfterMs?: number }>;

export function deliveryOf(operation: Operation, outcome: HttpOutcome, asked: Asked): Delivery {
  switch (outcome.kind) {
    case 'not-sent':
      return { kind: 'not-sent', cause: outcome.cause };
    case 'no-answer':
      return { kind: 'unknown', cause: outcome.cause };
    case 'broken':
      return { kind: 'unknown', cause: outcome.cause, ...waitOf(outcome), evidence: outcome.evidence };
    case 'answered':
      return isSuccess(outcome) ? acceptedDelivery(outcome, asked) : failedDelivery(operation, outcome);
    default:
      return unreachable(outcome);
  }
}

export function readingOf(outcome: HttpOutcome, asked: Asked): Reading {
  switch (outcome.kind) {
    case 'not-sent':
    case 'no-answer':
      return { kind: 'unreachable', cause: outcome.cause };
    case 'broken':
      return { kind: 'unreadable', detail: outcome.cause, evidence: outcome.evidence };
    case 'answered':
      return isSuccess(outcome) ? acceptedReading(outcome, asked) : failedReading(outcome);
    default:
      return unreachable(outcome);
  }
}

function acceptedDelivery(outcome: Answered, asked: Asked): Delivery {
  const order = readOrder(outcome, asked);
  if (order) return { kind: 'answered', ...order };
  return { kind: 'unknown', cause: whyNoOrder(outcome), ...waitOf(outcome), evidence: outcome.evidence };
}

function failedDelivery(operation: Operation, outcome: Answered): Delivery {
  const { status, evidence } = outcome;
  const error = readWireError(outcome.json);
  const code = error?.code ?? `http-${status}`;
  const meaning = commandMeaning(operation, status, error?.code);
  switch (meaning) {
    case 'refused':
    case 'refused-here':
      return {
        kind: 'refused',
        code,
        detail: error?.detail ?? '',
        blocksNetwork: meaning === 'refused-here' || asksForPayments(error),
        evidence,
      };
    case 'conflict':
    case 'key-conflict':
      return { kind: meaning, code, evidence };
    case 'busy':
      return { kind: 'busy', code, ...waitOf(outcome), evidence };
    case 'unauthorized':
      return { kind: 'unauthorized', evidence };
    case 'unknown':
      return { kind: 'unknown', cause: code, ...waitOf(outcome), evidence };
    default:
      return unreachable(meaning);
  }
}

function acceptedReading(outcome: Answered, asked: Asked): Reading {
  const order = readOrder(outcome, asked);
  return order
    ? { kind: 'answered', ...order }
    : { kind: 'unreadable', detail: whyNoOrder(outcome), evidence: outcome.evidence };
}

function failedReading(outcome: Answered): Reading {
  const { status, evidence } = outcome;
  const error = readWireError(outcome.json);
  const code = error?.code ?? `http-${status}`;
  const meaning = readMeaning(status, error?.code);
  switch (meaning) {
    case 'refused':
      return { kind: 'refused', code, evidence };
    case 'not-found':
    case 'unauthorized':
      return { kind: meaning, evidence };
    case 'busy':
      return { kind: 'busy', code, ...waitOf(outcome) };
    case 'unreachable':
      return { kind: 'unreachable', cause: code, ...waitOf(outcome) };
    case 'unreadable':
      return { kind: 'unreadable', detail: code, evidence };
    default:
      return unreachable(meaning);
  }
}

function readOrder({ json, evidence }: Answered, asked: Asked): { fact: OrderFact; evidence: Evidence } | undefined {
  const order = readWireOrder(json);
  if (!order) return undefined;
  const fact = factOf(order, asked);
  return {
    fact,
    evidence: fact.updatedAtMs === undefined ? evidence : { ...evidence, orderUpdatedAtMs: fact.updatedAtMs },
  };
}

function whyNoOrder({ json, status }: Answered): string {
  if (json === undefined) return 'not-json';
  const error = readWireError(json);
  return error ? `${error.code}-inside-${status}` : 'no-order-in-answer';
}

/** An account without the cash-out product is told that `payments` are missing; a pure cash-out never has any. */
function asksForPayments(error: WireError | undefined): boolean {
  return error?.code === 'required_properties' && error.detail.includes('payments');
}

function isSuccess({ status }: Answered): boolean {
  return status >= 200 && status < 300;
}

function waitOf({ retryAfterMs }: Wait): Wait {
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}
