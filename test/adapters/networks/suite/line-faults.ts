/**
 * What can happen to one request on any line, as data: whether the network does it, what comes back, and what the adapter must say.
 * Every answer of a broken line repeats the whole request, so that what is kept of it can be searched for secrets.
 */
import type { Socket } from 'node:net';
import { vi } from 'vitest';
import type { SimulatedAnswer } from '../../../../src-main/simulators/networks/exchange.ts';
import type { Seen } from '../raw-server.ts';
import { wire } from '../raw-server.ts';

export const FAULT_NAMES = [
  'lost-before',
  'lost-after',
  'hangs-up',
  'not-http',
  'cut',
  'error-before',
  'error-after',
  'too-many',
  'bad-token',
  'garbage',
  'slow',
  'refused',
  'redirect',
  'wrong-type',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

/** Asked for by the line's 429 and by its 503. */
export const RETRY_AFTER_MS = 7_000;

/** Longer than any deadline of an adapter. */
const LONGEST_DEADLINE_MS = 120_000;

export type Struck = Readonly<{ seen: Seen; socket: Socket; honest: SimulatedAnswer }>;

export type LineFault = Readonly<{
  /** Follows the operation in a test's name. */
  words: string;
  /** Whether the network does what it is asked. */
  isDone: boolean;
  /** `honest` is what the network said, or would have said. */
  strike(struck: Struck): void;
}>;

export const LINE_FAULTS: Readonly<Record<FaultName, LineFault>> = {
  'lost-before': {
    words: 'that is lost before the network sees it',
    isDone: false,
    strike: ({ socket }) => void socket.resetAndDestroy(),
  },
  'lost-after': {
    words: 'whose answer is lost after the network did it',
    isDone: true,
    strike: ({ socket }) => void socket.resetAndDestroy(),
  },
  'hangs-up': {
    words: 'that ends in a line closed without a word',
    isDone: true,
    strike: ({ socket }) => void socket.end(),
  },
  'not-http': {
    words: 'whose answer is another protocol’s',
    isDone: true,
    strike: ({ socket }) => void socket.end('SSH-2.0-hello\r\n\r\n'),
  },
  cut: {
    words: 'whose answer is cut in its middle',
    isDone: true,
    strike: ({ socket, seen, honest }) => {
      const whole = honest.bodyText === '' ? echoOf(seen) : honest.bodyText;
      socket.end(wire(200, whole, CLOSING).slice(0, -Math.ceil(whole.length / 2)));
    },
  },
  'error-before': {
    words: 'that meets a server error before anything is done',
    isDone: false,
    strike: ({ socket, seen }) =>
      void socket.end(wire(503, echoOf(seen), { ...CLOSING, 'Retry-After': String(RETRY_AFTER_MS / 1_000) })),
  },
  'error-after': {
    words: 'that meets a gateway’s error after it is done',
    isDone: true,
    strike: ({ socket, seen }) => void socket.end(wire(502, echoOf(seen), CLOSING)),
  },
  'too-many': {
    words: 'that is one too many',
    isDone: false,
    strike: ({ socket, seen }) =>
      void socket.end(wire(429, echoOf(seen), { ...CLOSING, 'Retry-After': String(RETRY_AFTER_MS / 1_000) })),
  },
  'bad-token': {
    words: 'whose credentials end in the middle',
    isDone: false,
    strike: ({ socket, seen }) => void socket.end(wire(401, echoOf(seen), CLOSING)),
  },
  garbage: {
    words: 'whose answer is garbage',
    isDone: true,
    strike: ({ socket, seen }) => void socket.end(wire(200, echoOf(seen), CLOSING)),
  },
  slow: {
    words: 'whose answer comes after the deadline',
    isDone: true,
    // The clock of timers is the test's own: the deadline passes at once.
    strike: () => void vi.advanceTimersByTime(LONGEST_DEADLINE_MS),
  },
  refused: {
    words: 'that finds nobody listening',
    isDone: false,
    strike: () => undefined,
  },
  redirect: {
    words: 'that is told to go elsewhere',
    isDone: false,
    strike: ({ socket, seen }) => {
      const elsewhere = `http://${seen.header('host')}/elsewhere`;
      socket.end(wire(307, echoOf(seen), { ...CLOSING, Location: elsewhere }));
    },
  },
  'wrong-type': {
    words: 'whose answer calls itself a page',
    isDone: true,
    strike: ({ socket, honest }) => void socket.end(answerBytes(honest, { 'content-type': 'text/html' })),
  },
};

const CLOSING = { Connection: 'close' };

/** No JSON, and in it all that was sent. */
function echoOf({ head, body }: Seen): string {
  return `<html>${head}\n\n${body}</html>`;
}

/** A simulated answer as bytes on the wire. */
export function answerBytes(answer: SimulatedAnswer, changes: Readonly<Record<string, string>> = {}): string {
  const { status, headers, bodyText } = answer;
  // A 204 has no body, so not even the length of one (RFC 9110, 8.6).
  const length = status === 204 ? {} : { 'content-length': String(Buffer.byteLength(bodyText)) };
  const lines = Object.entries({ ...headers, ...changes, ...length, connection: 'close' });
  return [`HTTP/1.1 ${status} Whatever`, ...lines.map(([name, value]) => `${name}: ${value}`), '', bodyText].join(
    '\r\n',
  );
}

/**
 * Who speaks: a command, a question about one cash-out or payout, a question that moves nothing, and the two questions that the in-store
 * API needs around its commands.
 */
export type Role = 'command' | 'read' | 'inquiry' | 'before-command' | 'after-delete';

/** `stopped`: as the network's port calls it. `honest`: as if nothing had happened. */
const KINDS = `
              command   read         inquiry      before-command  after-delete
lost-before   unknown   unreachable  unreachable  not-sent       unknown
lost-after    unknown   unreachable  unreachable  not-sent       unknown
hangs-up      unknown   unreachable  unreachable  not-sent       unknown
not-http      unknown   unreachable  unreachable  not-sent       unknown
cut           unknown   unreadable   unreadable   not-sent       unknown
error-before  unknown   unreachable  unreachable  not-sent       unknown
error-after   unknown   unreachable  unreachable  not-sent       unknown
too-many      busy      busy         unreachable  busy           unknown
bad-token     stopped   stopped      refused      stopped        unknown
garbage       unknown   unreadable   unreadable   not-sent       unknown
slow          unknown   unreachable  unreachable  not-sent       unknown
refused       not-sent  unreachable  unreachable  not-sent       unknown
redirect      unknown   unreadable   unreadable   not-sent       unknown
wrong-type    honest    honest       honest       honest         honest
`;

export function expectedKind(fault: FaultName, role: Role): string {
  const [heads = [], ...rows] = KINDS.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const kind = rows.find(([name]) => name === fault)?.[heads.indexOf(role) + 1];
  if (kind === undefined) throw new Error(`no word for ${fault} of ${role}`);
  return kind;
}

/** The word that an outcome gives for its fault, whoever spoke; `bad-token` has one only where it is a code among others. */
export const CAUSES: Readonly<Record<Exclude<FaultName, 'wrong-type'>, string>> = {
  'lost-before': 'reset',
  'lost-after': 'reset',
  'hangs-up': 'reset',
  'not-http': 'not-http',
  cut: 'answer-cut',
  'error-before': 'http-503',
  'error-after': 'http-502',
  'too-many': 'http-429',
  'bad-token': 'http-401',
  garbage: 'not-json',
  slow: 'timeout',
  refused: 'connection-refused',
  redirect: 'http-307',
};
