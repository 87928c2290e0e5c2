/**
 * HTTP for network adapters: one base URL, one bearer token, one attempt per call, and for every end a value that says
 * whether anything may have reached the network.
 *
 * Reads reuse connections. Commands open their own: on a fresh connection "not sent" can be proven, and a command that is in doubt
 * blocks a customer; on a reused one every failure is a doubt. The cost is one handshake per command, shortened by TLS session tickets.
 *
 * Nothing here logs. Headers never leave this module but for the request id and Retry-After.
 */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Clock, Ids } from '../../../core/application/ports/system.ts';
import { fault, FaultError } from '../../../core/domain/fault.ts';
import type { Evidence } from '../../../core/domain/network.ts';
import { below, readBaseUrl } from './base-url.ts';
import { witness } from './evidence.ts';
import { exchange } from './exchange.ts';
import type { BrokenCause, Exchanged, NoAnswerCause, NotSentCause } from './exchange.ts';
import { readRetryAfterMs } from './retry-after.ts';
import { secretFilter } from './secret-filter.ts';

export const MAX_ANSWER_BYTES = 1_048_576;
const IDLE_CONNECTION_MS = 30_000;

export type HttpCall = Readonly<{
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base URL, beginning with a slash. */
  path: string;
  /** Written in this order, after Authorization and User-Agent. */
  headers: Readonly<Record<string, string>>;
  /** Sent byte for byte as UTF-8; empty means none. */
  body: string;
  deadlineMs: number;
}>;

export type HttpOutcome =
  /** The whole answer. `json` is undefined when the body is not JSON. */
  | Readonly<{ kind: 'answered'; status: number; json: unknown; retryAfterMs?: number; evidence: Evidence }>
  /** A status came, but its body was cut or too large. */
  | Readonly<{ kind: 'broken'; cause: BrokenCause; retryAfterMs?: number; evidence: Evidence }>
  | Readonly<{ kind: 'no-answer'; cause: NoAnswerCause }>
  | Readonly<{ kind: 'not-sent'; cause: NotSentCause | 'no-token' }>;

export type HttpClient = Readonly<{
  send(call: HttpCall): Promise<HttpOutcome>;
  /** Drops idle connections. */
  close(): void;
}>;

export type HttpClientOptions = Readonly<{
  baseUrl: string;
  /** Asked at every call: it may have been renewed. */
  token: () => string | undefined;
  /** Values besides the token that must never be kept from an answer. */
  otherSecrets?: () => readonly string[];
  userAgent: string;
  clock: Clock;
  ids: Ids;
}>;

/** Throws FaultError `settings.invalid` for a base URL that may not be used. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const base = readBaseUrl(options.baseUrl);
  if (!base.ok) throw new FaultError(fault('settings.invalid', `base URL: ${base.error}`));
  const Agent = base.value.protocol === 'https:' ? HttpsAgent : HttpAgent;
  const readAgent = new Agent({ keepAlive: true, maxSockets: 4, maxFreeSockets: 1, timeout: IDLE_CONNECTION_MS });
  const commandAgent = new Agent({ keepAlive: false });

  return {
    async send(call) {
      const token = options.token();
      if (!isUsableToken(token)) return { kind: 'not-sent', cause: 'no-token' };
      const sentAtMs = options.clock.nowMs();
      const outcome = await exchange({
        method: call.method,
        url: below(base.value, call.path),
        headers: headersOf(call, token, options.userAgent),
        body: call.body,
        deadlineMs: call.deadlineMs,
        maxAnswerBytes: MAX_ANSWER_BYTES,
        agent: call.method === 'GET' ? readAgent : commandAgent,
      });
      return describe(outcome, sentAtMs, [token, ...(options.otherSecrets?.() ?? [])], options);
    },
    close() {
      readAgent.destroy();
      commandAgent.destroy();
    },
  };
}

function describe(
  outcome: Exchanged,
  sentAtMs: number,
  secrets: readonly string[],
  { clock, ids }: HttpClientOptions,
): HttpOutcome {
  if (outcome.kind === 'no-answer' || outcome.kind === 'not-sent') return outcome;
  const answeredAtMs = clock.nowMs();
  const { evidence, json } = witness(
    {
      httpStatus: outcome.status,
      networkRequestId: firstOf(outcome.headers['x-request-id']),
      ownRequestId: ids.next(),
      sentAtMs,
      answeredAtMs,
      body: outcome.body,
    },
    secretFilter(secrets),
  );
  const retryAfterMs = readRetryAfterMs(outcome.headers['retry-after'] ?? '', answeredAtMs, outcome.headers.date ?? '');
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (outcome.kind === 'broken') return { kind: 'broken', cause: outcome.cause, ...wait, evidence };
  return { kind: 'answered', status: outcome.status, json, ...wait, evidence };
}

function headersOf(call: HttpCall, token: string, userAgent: string): Record<string, string> {
  const length = call.method === 'GET' ? {} : { 'Content-Length': String(Buffer.byteLength(call.body, 'utf8')) };
  return { Authorization: `Bearer ${token}`, 'User-Agent': userAgent, ...call.headers, ...length };
}

/** One line of printable ASCII. Anything else Node would refuse to write, with an error that we would have to keep out of logs. */
export function isUsableToken(token: string | undefined): token is string {
  return token !== undefined && /^[\u0021-\u007e]+$/.test(token);
}

function firstOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
