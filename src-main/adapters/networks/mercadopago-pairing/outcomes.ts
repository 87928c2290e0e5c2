/**
 * What an HTTP outcome means for pairing, by status and code. No waiting, no retry.
 *
 * Source  Mercado Pago stores reference (VALIDATION_ERROR: the external id is taken) and POS reference (409: the same); gateway statuses.
 */
import type { PairingAnswer } from '../../../core/application/ports/network-pairing.ts';
import type { Evidence } from '../../../core/domain/network.ts';
import type { PairingEvidence } from '../../../core/domain/pairing.ts';
import { unreachable } from '../../../core/domain/result.ts';
import type { HttpOutcome } from '../http/http-client.ts';
import { readWireError } from '../mercadopago-shared/wire-error.ts';

type Failure = Exclude<PairingAnswer<never>, { kind: 'answered' }>;

/** `read` answers undefined for a body that is not what was asked for: then nothing is known. */
export function answerOf<Value>(
  outcome: HttpOutcome,
  read: (json: unknown) => Value | undefined,
): PairingAnswer<Value> {
  switch (outcome.kind) {
    case 'not-sent':
      return { kind: 'not-sent', cause: outcome.cause };
    case 'no-answer':
      return { kind: 'unknown', cause: outcome.cause };
    case 'broken':
      return { kind: 'unknown', cause: outcome.cause, ...waitOf(outcome) };
    case 'answered': {
      if (outcome.status < 200 || outcome.status >= 300) return failureOf(outcome);
      const value = read(outcome.json);
      if (value !== undefined) return { kind: 'answered', value, evidence: witnessOf(outcome.evidence) };
      const error = readWireError(outcome.json);
      const what = outcome.json === undefined ? 'not-json' : 'not-what-was-asked';
      return { kind: 'unknown', cause: error ? `${error.code}-inside-${outcome.status}` : what };
    }
    default:
      return unreachable(outcome);
  }
}

/** All but the body: accounts and stores hold people's data. */
export function witnessOf({ httpStatus, requestId, answeredAtMs, bodySha256 }: Evidence): PairingEvidence {
  return { httpStatus, requestId, answeredAtMs, bodySha256 };
}

function failureOf(outcome: Extract<HttpOutcome, { kind: 'answered' }>): Failure {
  const { status, json } = outcome;
  const error = readWireError(json);
  const code = error?.code ?? `http-${status}`;
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

function waitOf({ retryAfterMs }: Readonly<{ retryAfterMs?: number }>): Readonly<{ retryAfterMs?: number }> {
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}
