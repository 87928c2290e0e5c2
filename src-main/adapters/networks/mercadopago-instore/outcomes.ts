/** What the answer to a command means. Decides by status, table and body; no waiting, no retry. */
import type { Delivery } from '../../../core/application/ports/payment-network.ts';
import { unreachable } from '../../../core/domain/result.ts';
import type { HttpOutcome } from '../http/http-client.ts';
import { isSuccess, unansweredCommand, waitOf } from '../http/outcome.ts';
import type { Answered } from '../http/outcome.ts';
import { asObject, fieldOf, textIn } from '../http/wire-fields.ts';
import { codeIn, failedCommand } from '../mercadopago-shared/failures.ts';
import { readWireError } from '../mercadopago-shared/wire-error.ts';
import type { WireError } from '../mercadopago-shared/wire-error.ts';
import { commandMeaning } from './failure-table.ts';
import type { CommandMeaning } from './failure-table.ts';
import { plainFact } from './order-fact.ts';
import type { Asked } from './order-fact.ts';
import type { Operation } from './requests.ts';

/** Longer than any QR symbol can carry: not kept. */
const LONGEST_QR_DATA = 4_296;

/** `confirmationId`: the merchant order that a third leg named. */
export type AskedOf = Asked & Readonly<{ confirmationId?: string }>;

export function deliveryOf(operation: Operation, outcome: HttpOutcome, asked: AskedOf): Delivery {
  if (outcome.kind !== 'answered') return unansweredCommand(outcome);
  return isSuccess(outcome) ? acceptedDelivery(operation, outcome, asked) : failedDelivery(operation, outcome, asked);
}

function acceptedDelivery(operation: Operation, outcome: Answered, asked: AskedOf): Delivery {
  const { evidence } = outcome;
  const doubt = doubtIn(operation, outcome, asked);
  if (doubt !== undefined) return { kind: 'unknown', cause: doubt, ...waitOf(outcome), evidence };
  return { kind: 'answered', fact: acceptedFact(operation, outcome, asked), evidence };
}

function acceptedFact(operation: Operation, { json }: Answered, asked: AskedOf): ReturnType<typeof plainFact> {
  switch (operation) {
    case 'create': {
      const qrData = usableQrData(textIn(asObject(json), 'qr_data'));
      return plainFact(asked, 'awaiting', 'accepted', qrData === undefined ? {} : { qrData });
    }
    case 'cancel':
      return plainFact(asked, 'cancelled', 'deleted');
    case 'confirm':
      return plainFact(asked, 'paid', 'confirmed', idOf(asked));
    case 'refund':
      return plainFact(asked, 'returning', `${textIn(asObject(json), 'status') ?? ''}: no notes given`, idOf(asked));
    default:
      return unreachable(operation);
  }
}

/** The words of a confirmation were not known, so nothing was done. */
export function isWordRefused(outcome: HttpOutcome): boolean {
  if (outcome.kind !== 'answered' || outcome.status !== 400) return false;
  return ['invalid_status', 'invalid_status_detail'].includes(readWireError(outcome.json)?.code ?? '');
}

/** Why a status of success is not believed; undefined when it is. */
function doubtIn(operation: Operation, outcome: Answered, { terms, confirmationId }: AskedOf): string | undefined {
  const { json, status, evidence } = outcome;
  const mayBeEmpty = operation === 'cancel' || (operation === 'create' && terms.mode !== 'dynamic');
  if (mayBeEmpty && evidence.body.trim() === '') return undefined;
  if (json === undefined) return 'not-json';
  const error = readWireError(json);
  if (error) return `${error.code}-inside-${status}`;
  const body = asObject(json);
  if (operation === 'create' && terms.mode === 'dynamic') {
    const isOrder = textIn(body, 'in_store_order_id') !== undefined || textIn(body, 'qr_data') !== undefined;
    return isOrder ? undefined : 'no-order-in-answer';
  }
  if (operation !== 'confirm' && operation !== 'refund') return undefined;
  const said = textIn(body, 'status');
  const named = fieldOf(body, 'order_id') === undefined ? confirmationId : textIn(body, 'order_id');
  if (named !== confirmationId) return 'answer-about-another-order';
  const isSaid = operation === 'confirm' ? said === 'confirmed' : said === 'cancelled' || said === 'fail';
  return isSaid ? undefined : 'answer-does-not-say-so';
}

function failedDelivery(operation: Operation, outcome: Answered, asked: AskedOf): Delivery {
  const error = readWireError(outcome.json);
  const meaning = meaningOf(operation, outcome.status, error);
  if (meaning !== 'done') return failedCommand(meaning, outcome, error);
  return {
    kind: 'answered',
    fact: plainFact(asked, 'paid', codeIn(outcome, error), idOf(asked)),
    evidence: outcome.evidence,
  };
}

/** `already_notified` names the earlier word in its text. Should that be "confirmed", the money does not go back: the order decides. */
function meaningOf(operation: Operation, status: number, error: WireError | undefined): CommandMeaning {
  const isConfirmed =
    error?.code === 'already_notified' && /confirmed/i.test(error.detail) && !/cancel|fail/i.test(error.detail);
  return operation === 'confirm' && isConfirmed ? 'conflict' : commandMeaning(operation, status, error?.code);
}

function idOf({ confirmationId }: AskedOf): Readonly<{ confirmationId?: string }> {
  return confirmationId === undefined ? {} : { confirmationId };
}

function usableQrData(qrData: string | undefined): string | undefined {
  return qrData !== undefined && qrData !== '' && qrData.length <= LONGEST_QR_DATA && qrData.isWellFormed()
    ? qrData
    : undefined;
}
