/**
 * HTTP for network adapters: one base URL, one attempt per call, and for every end a value that says whether anything may have reached
 * the network. Two kinds: with one bearer token for every call, or bare, where each call brings what authorises it (a signed body).
 *
 * Reads reuse connections. Commands open their own: on a fresh connection "not sent" can be proven, and a command that is in doubt
 * blocks a customer; on a reused one every failure is a doubt. The cost is one handshake per command, shortened by TLS session tickets.
 *
 * Nothing here logs. Headers never leave this module but for the request id, Retry-After and a session cookie that was asked for.
 */
import type { Agent, IncomingHttpHeaders } from 'node:http';
import type { Clock, Ids } from '../../../core/application/ports/system.ts';
import { fault, FaultError } from '../../../core/domain/fault.ts';
import type { Evidence } from '../../../core/domain/network.ts';
import type { FarClock } from '../../../core/domain/warning.ts';
import { below, readBaseUrl } from './base-url.ts';
import { witness } from './evidence.ts';
import { exchange } from './exchange.ts';
import type { BrokenCause, Exchange, Exchanged, NoAnswerCause, NotSentCause } from './exchange.ts';
import { nodeHttp } from './node-http.ts';
import { readHttpDateMs, readRetryAfterMs } from './retry-after.ts';
import { secretFilter } from './secret-filter.ts';
import type { SecretFilter } from './secret-filter.ts';

export const MAX_ANSWER_BYTES = 1_048_576;
const IDLE_CONNECTION_MS = 30_000;

export type HttpCall = Readonly<{
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base URL, beginning with a slash. */
  path: string;
  /** Written in this order, after Authorization and User-Agent. */
  headers: Readonly<Record<string, string>>;
  /** Sent byte for byte, text as UTF-8; empty means none. Bytes, where a signature was made over them. */
  body: string | Uint8Array;
  deadlineMs: number;
  /** Values of this call alone that must never be kept from its answer, e.g. its signature. */
  secrets?: readonly string[];
  /** Name of a cookie whose value the answer shall tell. It is a secret, and removed from the evidence. */
  sessionCookie?: string;
}>;

export type HttpOutcome =
  /** The whole answer. `json` is undefined when the body is not JSON. */
  | Readonly<{
      kind: 'answered';
      status: number;
      json: unknown;
      retryAfterMs?: number;
      /** The far side's own clock (Date header), whole seconds: what it judges its deadlines by. */
      farClockMs?: number;
      /** The cookie that was asked for. */
      cookie?: string;
      evidence: Evidence;
    }>
  /** A status came, but its body was cut or too large. */
  | Readonly<{ kind: 'broken'; cause: BrokenCause; retryAfterMs?: number; evidence: Evidence }>
  | Readonly<{ kind: 'no-answer'; cause: NoAnswerCause }>
  | Readonly<{ kind: 'not-sent'; cause: NotSentCause | 'no-token' }>;

export type HttpClient = Readonly<{
  send(call: HttpCall): Promise<HttpOutcome>;
  /** Drops idle connections. */
  close(): void;
}>;

export type HttpClientOptions = BareHttpClientOptions &
  Readonly<{
    /** Asked at every call: it may have been renewed. */
    token: () => string | undefined;
  }>;

export type BareHttpClientOptions = Readonly<{
  baseUrl: string;
  /** Values that must never be kept from an answer, besides the token. */
  otherSecrets?: () => readonly string[];
  userAgent: string;
  clock: Clock;
  ids: Ids;
  /** Told what each answer's Date header says, beside our own clock before and after. */
  hearClock?: (seen: FarClock) => void;
  /** Carries each request. This machine's own line when absent; a simulation has its own, in its own time. */
  exchange?: Exchange;
}>;

/** Throws FaultError `settings.invalid` for a base URL that may not be used. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const line = createLine(options);
  return {
    async send(call) {
      const token = options.token();
      if (!isUsableToken(token)) return { kind: 'not-sent', cause: 'no-token' };
      return line.send(call, { Authorization: `Bearer ${token}` }, [token]);
    },
    close: line.close,
  };
}

/** Without a token: the headers of each call are all there are. Throws as `createHttpClient` does. */
export function createBareHttpClient(options: BareHttpClientOptions): HttpClient {
  const line = createLine(options);
  return { send: (call) => line.send(call, {}, []), close: line.close };
}

type Line = Readonly<{
  send(call: HttpCall, first: Readonly<Record<string, string>>, secrets: readonly string[]): Promise<HttpOutcome>;
  close(): void;
}>;

function createLine(options: BareHttpClientOptions): Line {
  const base = readBaseUrl(options.baseUrl);
  if (!base.ok) throw new FaultError(fault('settings.invalid', `base URL: ${base.error}`));
  let agents: Agents | undefined;
  const carry = options.exchange ?? exchange;
  const filterFor = latestFilter();

  return {
    async send(call, first, secrets) {
      const sentAtMs = options.clock.nowMs();
      agents ??= createAgents(base.value.protocol);
      const outcome = await carry({
        method: call.method,
        url: below(base.value, call.path),
        headers: { ...first, 'User-Agent': options.userAgent, ...call.headers, ...lengthOf(call) },
        body: call.body,
        deadlineMs: call.deadlineMs,
        maxAnswerBytes: MAX_ANSWER_BYTES,
        agent: call.method === 'GET' ? agents.read : agents.command,
      });
      return describe(outcome, call, { ...options, sentAtMs, secrets, filterFor });
    },
    close() {
      agents?.read.destroy();
      agents?.command.destroy();
    },
  };
}

type Agents = Readonly<{ read: Agent; command: Agent }>;

function createAgents(protocol: string): Agents {
  const { Agent } = nodeHttp(protocol);
  return {
    read: new Agent({ keepAlive: true, maxSockets: 4, maxFreeSockets: 1, timeout: IDLE_CONNECTION_MS }),
    command: new Agent({ keepAlive: false }),
  };
}

type Seen = BareHttpClientOptions &
  Readonly<{ sentAtMs: number; secrets: readonly string[]; filterFor: (secrets: readonly string[]) => SecretFilter }>;

/** The same few secrets come with call after call: their filter is made when one of them changes. */
function latestFilter(): Seen['filterFor'] {
  let latest: Readonly<{ secrets: readonly string[]; filter: SecretFilter }> | undefined;
  return (secrets) => {
    const isSame =
      latest?.secrets.length === secrets.length && latest.secrets.every((secret, index) => secret === secrets[index]);
    if (!latest || !isSame) latest = { secrets, filter: secretFilter(secrets) };
    return latest.filter;
  };
}

function describe(outcome: Exchanged, call: HttpCall, seen: Seen): HttpOutcome {
  if (outcome.kind === 'no-answer' || outcome.kind === 'not-sent') return outcome;
  const answeredAtMs = seen.clock.nowMs();
  const cookie = call.sessionCookie === undefined ? undefined : cookieIn(outcome.headers, call.sessionCookie);
  const secrets = [...seen.secrets, ...(call.secrets ?? []), ...(seen.otherSecrets?.() ?? []), cookie ?? ''];
  const { evidence, json } = witness(
    {
      httpStatus: outcome.status,
      networkRequestId: firstOf(outcome.headers['x-request-id']),
      ownRequestId: seen.ids.next(),
      sentAtMs: seen.sentAtMs,
      answeredAtMs,
      body: outcome.body,
    },
    seen.filterFor(secrets),
  );
  const farClockMs = readHttpDateMs(outcome.headers.date ?? '');
  if (farClockMs !== undefined) seen.hearClock?.({ farMs: farClockMs, sentAtMs: seen.sentAtMs, answeredAtMs });
  const retryAfterMs = readRetryAfterMs(outcome.headers['retry-after'] ?? '', answeredAtMs, outcome.headers.date ?? '');
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (outcome.kind === 'broken') return { kind: 'broken', cause: outcome.cause, ...wait, evidence };
  const far = farClockMs === undefined ? {} : { farClockMs };
  const session = cookie === undefined ? {} : { cookie };
  return { kind: 'answered', status: outcome.status, json, ...wait, ...far, ...session, evidence };
}

function lengthOf({ method, body }: HttpCall): Record<string, string> {
  return method === 'GET' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
}

function cookieIn(headers: IncomingHttpHeaders, name: string): string | undefined {
  const pairs = (headers['set-cookie'] ?? []).map((line) => line.split(';', 1)[0] ?? '');
  const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return value === '' ? undefined : value;
}

/** One line of printable ASCII. Anything else Node would refuse to write, with an error that we would have to keep out of logs. */
export function isUsableToken(token: string | undefined): token is string {
  return token !== undefined && /^[\u0021-\u007e]+$/.test(token);
}

function firstOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
