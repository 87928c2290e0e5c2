/**
 * What an HTTP outcome means before anybody looks into an answer: the same for every network. No waiting, no retry.
 */
import type { Evidence } from '../../../core/domain/network.ts';
import { unreachable } from '../../../core/domain/result.ts';
import type { HttpOutcome } from './http-client.ts';

/** A whole answer came, of whatever status. */
export type Answered = Extract<HttpOutcome, { kind: 'answered' }>;
export type Unanswered = Exclude<HttpOutcome, Answered>;

/** How long the network asks to wait, where it does. */
export type Wait = Readonly<{ retryAfterMs?: number }>;

export type CommandInDoubt =
  | Readonly<{ kind: 'not-sent'; cause: string }>
  | (Readonly<{ kind: 'unknown'; cause: string; evidence?: Evidence }> & Wait);

export type QuestionInVain =
  | Readonly<{ kind: 'unreachable'; cause: string }>
  | Readonly<{ kind: 'unreadable'; detail: string; evidence: Evidence }>;

/** Not sent, where that is proven; else it may have been done. */
export function unansweredCommand(outcome: Unanswered): CommandInDoubt {
  switch (outcome.kind) {
    case 'not-sent':
      return { kind: 'not-sent', cause: outcome.cause };
    case 'no-answer':
      return { kind: 'unknown', cause: outcome.cause };
    case 'broken':
      return { kind: 'unknown', cause: outcome.cause, ...waitOf(outcome), evidence: outcome.evidence };
    default:
      return unreachable(outcome);
  }
}

/** Whether it left or not: nothing is learnt. */
export function unansweredQuestion(outcome: Unanswered): QuestionInVain {
  switch (outcome.kind) {
    case 'not-sent':
    case 'no-answer':
      return { kind: 'unreachable', cause: outcome.cause };
    case 'broken':
      return { kind: 'unreadable', detail: outcome.cause, evidence: outcome.evidence };
    default:
      return unreachable(outcome);
  }
}

export function isSuccess({ status }: Answered): boolean {
  return status >= 200 && status < 300;
}

export function waitOf({ retryAfterMs }: Wait): Wait {
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}
