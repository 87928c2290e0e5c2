/** The faults that any network over HTTP can suffer, and what each makes of an exchange. */
import { textAnswer } from './exchange.ts';
import type { SimulatedAnswer, SimulatedExchange } from './exchange.ts';
import type { ChosenFault } from './script.ts';

export const TRANSPORT_FAULTS = [
  'delay',
  'drop-before-commit',
  'drop-after-commit',
  'server-error-before-commit',
  'server-error-after-commit',
  'rate-limited',
  'cut-body',
  'not-json',
] as const;
export type TransportFault = (typeof TRANSPORT_FAULTS)[number];

/** How one network words its own refusals. */
export type Dialect = Readonly<{
  serverError: (status: number) => SimulatedAnswer;
  tooManyRequests: (retryAfterSeconds: number) => SimulatedAnswer;
}>;

const DEFAULT_DELAY_MS = 5_000;
const DEFAULT_RETRY_AFTER_SECONDS = 2;

/**
 * Carries one request through its fault.
 *
 * @param commit what the network does and answers; not called where the fault strikes before it.
 */
export function carry(
  chosen: ChosenFault<string> | undefined,
  latencyMs: number,
  dialect: Dialect,
  commit: () => SimulatedAnswer,
): SimulatedExchange {
  const fault = chosen?.fault;
  const status = chosen?.status ?? 500;
  const delayMs = latencyMs + (chosen?.delayMs ?? (fault === 'delay' ? DEFAULT_DELAY_MS : 0));
  const how = { delayMs, ...(fault !== undefined && { fault }) };
  switch (fault) {
    case 'drop-before-commit':
      return { ...how, delivery: 'dropped-before-commit' };
    case 'drop-after-commit':
      return { ...how, delivery: 'dropped-after-commit', answer: commit() };
    case 'server-error-before-commit':
      return { ...how, delivery: 'whole', answer: dialect.serverError(status) };
    case 'server-error-after-commit':
      commit();
      return { ...how, delivery: 'whole', answer: dialect.serverError(status) };
    case 'rate-limited': {
      const seconds = chosen?.retryAfterSeconds ?? DEFAULT_RETRY_AFTER_SECONDS;
      return { ...how, delivery: 'whole', answer: dialect.tooManyRequests(seconds) };
    }
    case 'cut-body':
      return { ...how, delivery: 'cut', answer: commit() };
    case 'not-json': {
      const { status: committedStatus } = commit();
      return { ...how, delivery: 'whole', answer: textAnswer(committedStatus, NOT_JSON, 'text/html') };
    }
    default:
      return { ...how, delivery: 'whole', answer: commit() };
  }
}

const NOT_JSON =
  '<!doctype html><html><head><title>Just a moment</title></head><body>Checking the connection</body></html>';
