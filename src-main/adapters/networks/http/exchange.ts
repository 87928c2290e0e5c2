/**
 * One request over Node's own http or https, and what provably came of it.
 *
 * Not-sent is a proof, not a guess: the request is written only once the connection (with TLS: the handshake) is up, so an end before
 * that means that no byte of it left. Any later end may have reached the network. A reused connection is always "may have left".
 * Redirects are not followed (the token would travel to another place) and nothing is retried.
 *
 * Errors  none thrown for what a line or a peer can do; a header that Node refuses to write is our own bug and is thrown.
 */
import type { Agent as HttpAgent, ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { nodeHttp } from './node-http.ts';

export type ExchangeRequest = Readonly<{
  method: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** Empty: no body. */
  body: string | Uint8Array;
  /** For everything together: address, connection, request and the whole answer. */
  deadlineMs: number;
  maxAnswerBytes: number;
  agent: HttpAgent;
}>;

export type NotSentCause =
  'no-address' | 'connection-refused' | 'no-route' | 'connect-timeout' | 'tls' | 'not-connected';
export type NoAnswerCause = 'timeout' | 'reset' | 'not-http';
export type BrokenCause = 'answer-cut' | 'answer-too-large' | 'timeout';

export type Exchanged =
  | Readonly<{ kind: 'whole'; status: number; headers: IncomingHttpHeaders; body: Buffer }>
  /** A status came, but not all of its body: never read as an answer. `body` is what did come. */
  | Readonly<{ kind: 'broken'; cause: BrokenCause; status: number; headers: IncomingHttpHeaders; body: Buffer }>
  | Readonly<{ kind: 'no-answer'; cause: NoAnswerCause }>
  | Readonly<{ kind: 'not-sent'; cause: NotSentCause }>;

export type Exchange = (request: ExchangeRequest) => Promise<Exchanged>;

export function exchange(request: ExchangeRequest): Promise<Exchanged> {
  return new Promise((resolve) => {
    let mayHaveLeft = false;
    let answer: Answer | undefined;
    const call = nodeHttp(request.url.protocol).request(request.url, {
      method: request.method,
      headers: request.headers,
      agent: request.agent,
    });

    const settle = (outcome: Exchanged): void => {
      clearTimeout(deadline);
      resolve(outcome);
      if (outcome.kind !== 'whole') call.destroy();
    };
    const deadline = setTimeout(() => {
      if (answer) return settle(answer.broken('timeout'));
      settle(mayHaveLeft ? { kind: 'no-answer', cause: 'timeout' } : { kind: 'not-sent', cause: 'connect-timeout' });
    }, request.deadlineMs);

    call.on('socket', (socket) => {
      whenWritable(call, socket, () => {
        mayHaveLeft = true;
      });
    });
    call.on('error', (error) => {
      if (answer) return settle(answer.broken('answer-cut'));
      settle(
        mayHaveLeft
          ? { kind: 'no-answer', cause: noAnswerCause(error) }
          : { kind: 'not-sent', cause: notSentCause(error) },
      );
    });
    call.on('response', (response) => {
      answer = collect(response, request.maxAnswerBytes, settle);
    });
    call.end(request.body);
  });
}

type Answer = Readonly<{ broken(cause: BrokenCause): Exchanged }>;

function collect(response: IncomingMessage, maxBytes: number, settle: (outcome: Exchanged) => void): Answer {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const received = () => ({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
  const broken = (cause: BrokenCause): Exchanged => ({ kind: 'broken', cause, ...received() });
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) return settle(broken('answer-too-large'));
    chunks.push(chunk);
  });
  response.on('end', () => settle(response.complete ? { kind: 'whole', ...received() } : broken('answer-cut')));
  response.on('error', () => settle(broken('answer-cut')));
  response.on('close', () => {
    if (!response.complete) settle(broken('answer-cut'));
  });
  return { broken };
}

/** Calls `now` in the same turn in which the first byte of the request can be written, never later. */
function whenWritable(call: ClientRequest, socket: Socket, now: () => void): void {
  if (call.reusedSocket || !socket.connecting) return now();
  socket.prependOnceListener('encrypted' in socket ? 'secureConnect' : 'connect', now);
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const NOT_SENT_CAUSES: Readonly<Record<string, NotSentCause>> = {
  ENOTFOUND: 'no-address',
  EAI_AGAIN: 'no-address',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  ENETDOWN: 'no-route',
  ETIMEDOUT: 'connect-timeout',
  ECONNRESET: 'not-connected',
};

function notSentCause(error: Error): NotSentCause {
  const code = codeOf(error);
  return NOT_SENT_CAUSES[code] ?? (/TLS|SSL|CERT|EPROTO|SIGNATURE|ISSUER/.test(code) ? 'tls' : 'not-connected');
}

function noAnswerCause(error: Error): NoAnswerCause {
  return codeOf(error).startsWith('HPE_') ? 'not-http' : 'reset';
}
