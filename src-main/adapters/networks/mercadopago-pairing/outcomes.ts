/**
 * What an HTTP outcome means for pairing, by status and code. No waiting, no retry.
 *
 * Source  Mercado Pago stores reference (VALIDATION_ERROR: the external id is taken) and POS reference (409: the same); gateway statuses.
 */
import type { PairingAnswer } from '../../../core/application/ports/network-pairing.ts';
import type { Evidence } from '../../../core/domain/network.ts';
import type { PairingEvidence } from '../../../core/domain/pairing.ts';
import type { HttpOutcome } from '../http/http-client.ts';
import { isSuccess, unansweredCommand, waitOf } from '../http/outcome.ts';
import type { Answered, CommandInDoubt } from '../http/outcome.ts';
import { codeIn, whyNothing } from '../mercadopago-shared/failures.ts';
import { readWireError } from '../mercadopago-shared/wire-error.ts';

type Failure = Exclude<PairingAnswer<never>, { kind: 'answered' }>;

/** `read` answers undefined for a body that is not what was asked for: then nothing is known. */
export function answerOf<Value>(
  outcome: HttpOutcome,
  read: (json: unknown) => Value | undefined,
): PairingAnswer<Value> {
  if (outcome.kind !== 'answered') return withoutBody(unansweredCommand(outcome));
  if (!isSuccess(outcome)) return failureOf(outcome);
  const value = read(outcome.json);
  return value === undefined
    ? { kind: 'unknown', cause: whyNothing(outcome, 'not-what-was-asked') }
    : { kind: 'answered', value, evidence: witnessOf(outcome.evidence) };
}

function withoutBody(doubt: CommandInDoubt): Failure {
  return doubt.kind === 'not-sent' ? doubt : { kind: 'unknown', cause: doubt.cause, ...waitOf(doubt) };
}

/** All but the body: accounts and stores hold people's data. */
export function witnessOf({ httpStatus, requestId, answeredAtMs, bodySha256 }: Evidence): PairingEvidence {
  return { httpStatus, requestId, answeredAtMs, bodySha256 };
}

function failureOf(outcome: Answered): Failure {
  const { status, json } = outcome;
  const error = readWireError(json);
  const code = codeIn(outcome, error);
  const detail = error?.detail ?? '';
  if (status === 401) return { kind: 'unauthorized' };
  if (status === 423 || status === 425 || status === 429) return { kind: 'busy', code, ...waitOf(outcome) };
  // An answer that names no error is a gateway's: it proves nothing about what stands behind it.
  if (status < 400 || status >= 500 || status === 408 || (error === undefined && status !== 403 && status !== 404))
    return { kind: 'unknown', cause: code, ...waitOf(outcome) };
  return status === 409 || code === 'VALIDATION_ERROR'
    ? { kind: 'taken', code, detail }
    : { kind: 'refused', code, detail };
}
