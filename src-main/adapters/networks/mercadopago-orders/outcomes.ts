/** What an HTTP outcome means: a delivery for a command, a reading for a question. Decides by status, table and order; no waiting, no retry. */
import type { Delivery, Reading } from '../../../core/application/ports/payment-network.ts';
import type { Evidence, OrderFact } from '../../../core/domain/network.ts';
import { unreachable } from '../../../core/domain/result.ts';
import type { HttpOutcome } from '../http/http-client.ts';
import { isSuccess, unansweredCommand, unansweredQuestion, waitOf } from '../http/outcome.ts';
import type { Answered } from '../http/outcome.ts';
import { codeIn, failedCommand, whyNothing } from '../mercadopago-shared/failures.ts';
import { commandMeaning, readMeaning } from './failure-table.ts';
import { factOf } from './order-fact.ts';
import type { Asked } from './order-fact.ts';
import type { Operation } from './requests.ts';
import { readWireError } from '../mercadopago-shared/wire-error.ts';
import type { WireError } from '../mercadopago-shared/wire-error.ts';
import { readWireOrder } from './wire-order.ts';

const NO_ORDER = 'no-order-in-answer';

export function deliveryOf(operation: Operation, outcome: HttpOutcome, asked: Asked): Delivery {
  if (outcome.kind !== 'answered') return unansweredCommand(outcome);
  return isSuccess(outcome) ? acceptedDelivery(outcome, asked) : failedDelivery(operation, outcome);
}

export function readingOf(outcome: HttpOutcome, asked: Asked): Reading {
  if (outcome.kind !== 'answered') return unansweredQuestion(outcome);
  return isSuccess(outcome) ? acceptedReading(outcome, asked) : failedReading(outcome);
}

function acceptedDelivery(outcome: Answered, asked: Asked): Delivery {
  const order = readOrder(outcome, asked);
  if (order) return { kind: 'answered', ...order };
  return { kind: 'unknown', cause: whyNothing(outcome, NO_ORDER), ...waitOf(outcome), evidence: outcome.evidence };
}

function failedDelivery(operation: Operation, outcome: Answered): Delivery {
  const error = readWireError(outcome.json);
  const meaning = commandMeaning(operation, outcome.status, error?.code);
  return failedCommand(asksForPayments(error) && meaning === 'refused' ? 'refused-here' : meaning, outcome, error);
}

function acceptedReading(outcome: Answered, asked: Asked): Reading {
  const order = readOrder(outcome, asked);
  return order
    ? { kind: 'answered', ...order }
    : { kind: 'unreadable', detail: whyNothing(outcome, NO_ORDER), evidence: outcome.evidence };
}

function failedReading(outcome: Answered): Reading {
  const { status, evidence } = outcome;
  const error = readWireError(outcome.json);
  const code = codeIn(outcome, error);
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

/** An account without the cash-out product is told that `payments` are missing; a pure cash-out never has any. */
function asksForPayments(error: WireError | undefined): boolean {
  return error?.code === 'required_properties' && error.detail.includes('payments');
}
