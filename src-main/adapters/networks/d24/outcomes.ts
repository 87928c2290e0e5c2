/** What an HTTP outcome means: a delivery for a command, a reading for a question. Decides by status, table and answer; no waiting, no retry. */
import type { PayoutDelivery, PayoutReading } from '../../../core/application/ports/payout-network.ts';
import { withoutPersonalData } from '../../../core/domain/payouts/masking.ts';
import type { BeneficiaryForm } from '../../../core/domain/payouts/country-forms.ts';
import { unreachable } from '../../../core/domain/result.ts';
import type { HttpOutcome } from '../http/http-client.ts';
import { isSuccess, unansweredCommand, unansweredQuestion, waitOf } from '../http/outcome.ts';
import type { Answered } from '../http/outcome.ts';
import { commandMeaning, readMeaning } from './failure-table.ts';
import type { Operation } from './requests.ts';
import { readCreated, readError, readStatus } from './wire-answer.ts';

export function deliveryOf(operation: Operation, outcome: HttpOutcome, beneficiary: BeneficiaryForm): PayoutDelivery {
  if (outcome.kind !== 'answered') return unansweredCommand(outcome);
  return isSuccess(outcome) ? successOf(operation, outcome) : failureOf(operation, outcome, beneficiary);
}

function successOf(operation: Operation, outcome: Answered): PayoutDelivery {
  const { json, evidence } = outcome;
  if (operation === 'create') {
    const cashoutId = readCreated(json);
    if (cashoutId !== undefined) return { kind: 'accepted', cashoutId, evidence };
  }
  if (operation === 'cancel') {
    const fact = readStatus(json);
    if (fact) return { kind: 'answered', fact, evidence };
  }
  // The documented answer to hold and release is the status page's sample: whatever it says is not about this payout.
  if (operation === 'update' && json !== undefined && !readError(json)) return { kind: 'done', evidence };
  return { kind: 'unknown', cause: whyNothing(outcome), ...waitOf(outcome), evidence };
}

function failureOf(operation: Operation, outcome: Answered, beneficiary: BeneficiaryForm): PayoutDelivery {
  const { status, evidence } = outcome;
  const error = readError(outcome.json);
  const code = codeText(outcome);
  const meaning = commandMeaning(operation, status, error?.code);
  switch (meaning) {
    case 'fix-data':
    case 'top-up':
    case 'another-way':
    case 'supervisor':
    case 'no':
    case 'configuration':
    case 'our-bug': {
      const detail = withoutPersonalData(error?.detail ?? '', beneficiary);
      return { kind: 'refused', code, detail, advice: meaning, evidence };
    }
    case 'duplicate':
    case 'not-found':
      return { kind: meaning, evidence };
    case 'conflict':
    case 'account-stop':
      return { kind: meaning, code, evidence };
    case 'busy':
      return { kind: 'busy', code, ...waitOf(outcome), evidence };
    case 'unknown':
      return { kind: 'unknown', cause: code, ...waitOf(outcome), evidence };
    default:
      return unreachable(meaning);
  }
}

const PARAMETER_ERROR = 300;

/** `byOneId`: asked by our id alone, which a brand that wants both may answer as a wrong parameter. */
export function readingOf(outcome: HttpOutcome, byOneId: boolean): PayoutReading {
  if (outcome.kind !== 'answered') return unansweredQuestion(outcome);
  return isSuccess(outcome) ? statusReading(outcome) : failedReading(outcome, byOneId);
}

function statusReading(outcome: Answered): PayoutReading {
  const { json, evidence } = outcome;
  const fact = readStatus(json);
  return fact ? { kind: 'answered', fact, evidence } : { kind: 'unreadable', detail: whyNothing(outcome), evidence };
}

function failedReading(outcome: Answered, byOneId: boolean): PayoutReading {
  const { status, evidence } = outcome;
  const error = readError(outcome.json);
  const code = codeText(outcome);
  const meaning = readMeaning(status, error?.code);
  switch (meaning) {
    case 'refused':
      if (byOneId && error?.code === PARAMETER_ERROR) return { kind: 'needs-both-ids', evidence };
      return { kind: 'refused', code, detail: error?.detail ?? '', evidence };
    case 'not-found':
      return { kind: 'not-found', evidence };
    case 'account-stop':
      return { kind: 'account-stop', code, evidence };
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

function whyNothing({ json, status }: Answered): string {
  if (json === undefined) return 'not-json';
  const error = readError(json);
  return error ? `${error.code}-inside-${status}` : 'nothing-in-answer';
}

/** `412/509`, or `http-502` where the network itself said nothing. */
export function codeText({ json, status }: Answered): string {
  const error = readError(json);
  return error ? `${status}/${error.code}` : `http-${status}`;
}
