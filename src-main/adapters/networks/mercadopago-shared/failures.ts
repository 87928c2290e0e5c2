/**
 * What both products of Mercado Pago make of a failure: the words of their tables, what holds where no document names a code, and
 * how a failed command is told.
 */
import type { Delivery } from '../../../core/application/ports/payment-network.ts';
import { unreachable } from '../../../core/domain/result.ts';
import { waitOf } from '../http/outcome.ts';
import type { Answered } from '../http/outcome.ts';
import { readWireError } from './wire-error.ts';
import type { WireError } from './wire-error.ts';

/**
 * refused: a definite no · refused-here: a definite no that every later order would meet too (configuration) · conflict: the order's
 * state decides, read it · key-conflict: the key belongs to another request · busy: nothing done, ask again · unknown: may have been
 * done · unauthorized: the token.
 */
export type CommandMeaning =
  'refused' | 'refused-here' | 'conflict' | 'key-conflict' | 'busy' | 'unknown' | 'unauthorized';
export type QuestionMeaning = 'refused' | 'busy' | 'unreachable' | 'unauthorized' | 'unreadable';

/** `code` is undefined when the answer carried no error that could be read: only what gateways answer by themselves means something then. */
type Failed = Readonly<{ status: number; code: string | undefined }>;

/** Of a command whose failure no document names. */
export function undocumentedCommand(isCreate: boolean, { status, code }: Failed): CommandMeaning {
  if (status === 401) return 'unauthorized';
  if (status === 423 || status === 425 || status === 429) return 'busy';
  if (status === 408 || status < 400 || status >= 500 || code === undefined) return 'unknown';
  if (status === 403) return 'refused';
  if (!isCreate) return 'conflict';
  // A create has no order to read yet, so a conflict that we cannot name settles nothing.
  return status === 409 ? 'unknown' : 'refused';
}

/** Of a question whose failure no document names. */
export function undocumentedQuestion({ status, code }: Failed): QuestionMeaning {
  if (status === 401) return 'unauthorized';
  if (status === 409 || status === 423 || status === 425 || status === 429) return 'busy';
  if (status === 408 || status >= 500) return 'unreachable';
  return status < 400 || code === undefined ? 'unreadable' : 'refused';
}

/** The network's own code, or `http-502` where it said nothing. */
export function codeIn({ status }: Answered, error: WireError | undefined): string {
  return error?.code ?? `http-${status}`;
}

export function failedCommand(meaning: CommandMeaning, outcome: Answered, error: WireError | undefined): Delivery {
  const { evidence } = outcome;
  const code = codeIn(outcome, error);
  switch (meaning) {
    case 'refused':
    case 'refused-here': {
      const blocksNetwork = meaning === 'refused-here';
      return { kind: 'refused', code, detail: error?.detail ?? '', blocksNetwork, evidence };
    }
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

/** Why a status of success brought nothing that can be used; `otherwise`: it is JSON without an error. */
export function whyNothing({ json, status }: Answered, otherwise: string): string {
  if (json === undefined) return 'not-json';
  const error = readWireError(json);
  return error ? `${error.code}-inside-${status}` : otherwise;
}
