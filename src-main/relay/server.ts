/**
 * The relay's HTTP: notifications in, hints out. It speaks plain HTTP behind a reverse proxy that has the certificate (docs/relay.md).
 *
 *   POST /notify/<shop>/<network>   200 kept (or known already, or of no interest) · 400 unreadable · 401 forged · 404 no such shop or
 *                                   network · 413 too large · 429 too many · 500 not kept: come again
 *   GET  /hints?after=&wait=        with a till's key; JSON, or text/event-stream. 401 for anything that is no key, always in the same words
 *   GET  /health                    200 or 503
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RelayConfig } from './config.ts';
import { createHintsDesk } from './hints-desk.ts';
import type { HintsDesk } from './hints-desk.ts';
import { callerOf } from './keys.ts';
import type { RelayLog } from './log.ts';
import { createNotifyDesk } from './notify-desk.ts';
import type { Counts, NotifyDesk } from './notify-desk.ts';
import type { HintQueue } from './queue.ts';
import { createRate } from './rates.ts';
import { readBody } from './request-body.ts';
import { createWaitingRoom } from './waiting-room.ts';

export type RelayServer = Readonly<{
  /** `http://127.0.0.1:8080` */
  url: string;
  counts(): Readonly<Counts>;
  /** Tills that wait at the moment. */
  waiting(): number;
  /** Lets what is under way come to its end, and closes the queue. */
  close(): Promise<void>;
}>;

export type RelayParts = Readonly<{ config: RelayConfig; queue: HintQueue; log: RelayLog; nowMs?: () => number }>;

const BODY_MAX_BYTES = 65_536;
const HEADER_MAX_BYTES = 16_384;
const HEADERS_MAX = 64;
const HEADERS_WITHIN_MS = 10_000;
const REQUEST_WITHIN_MS = 20_000;
/** Longer than proxies keep theirs, so that none writes to a connection that we are closing. */
const IDLE_MS = 75_000;
const CONNECTIONS_MAX = 4_000;
const STOP_WITHIN_MS = 5_000;
const KEY_FAILURES_PER_MINUTE = 20;
const EXPIRE_EVERY_MS = 10 * 60_000;
const COUNT_EVERY_MS = 60_000;

const WORDS: Readonly<Record<number, string>> = {
  200: 'ok',
  400: 'not a notification',
  401: 'not authorised',
  404: 'nothing here',
  405: 'not this method',
  413: 'too large',
  429: 'too many',
  500: 'not kept, come again',
  503: 'not now',
};

export async function startRelay(parts: RelayParts): Promise<RelayServer> {
  const { config, queue, log } = parts;
  const nowMs = parts.nowMs ?? Date.now;
  const room = createWaitingRoom(queue);
  const stopping = new AbortController();
  const notify = createNotifyDesk({ config, queue, log, nowMs });
  const hints = createHintsDesk(room, stopping.signal);
  const route = createRoutes({ config, queue, log, notify, hints });
  const server = createServer(
    { maxHeaderSize: HEADER_MAX_BYTES, headersTimeout: HEADERS_WITHIN_MS, requestTimeout: REQUEST_WITHIN_MS },
    (request, response) => {
      route(request, response).catch((error: unknown) => {
        log.error('a request failed', { error: error instanceof Error ? error.message : String(error) });
        answer(response, 503);
      });
    },
  );
  server.maxHeadersCount = HEADERS_MAX;
  server.keepAliveTimeout = IDLE_MS;
  server.maxConnections = CONNECTIONS_MAX;
  const url = await listen(server, config);
  const stopChores = startChores({ config, queue, log, nowMs, counts: notify.counts });
  return {
    url,
    counts: notify.counts,
    waiting: hints.waiting,
    async close() {
      stopChores();
      stopping.abort();
      await stopServer(server);
      room.close();
      await queue.close();
    },
  };
}

type Desks = Readonly<{ config: RelayConfig; queue: HintQueue; log: RelayLog; notify: NotifyDesk; hints: HintsDesk }>;

function createRoutes({ config, queue, log, notify, hints }: Desks) {
  const failures = createRate(KEY_FAILURES_PER_MINUTE, () => performance.now());

  async function takeNotice(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (request.method !== 'POST') return answer(response, 405, { allow: 'POST' });
    const [, , shop = '', network = ''] = url.pathname.split('/');
    if (!notify.knows(shop, network)) return answer(response, await notify.receive(shop, network, NOTHING));
    const body = await readBody(request, BODY_MAX_BYTES);
    if (body.kind === 'too-large') return answer(response, 413, { connection: 'close' });
    if (body.kind === 'cut') return;
    const status = await notify.receive(shop, network, {
      query: url.search.slice(1),
      header: (name) => onlyValue(request.headersDistinct[name]),
      bodyText: body.text,
    });
    answer(response, status, status === 429 ? { 'retry-after': '60' } : {});
  }

  async function giveHints(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const caller = callerOf(request.headers.authorization, config.shops);
    if (!caller) {
      const from = addressOf(request, config.trustProxy);
      if (!failures.take(from)) return answer(response, 429, { 'retry-after': '60' });
      log.warn('a key that is none', { from });
      return answer(response, 401, { 'www-authenticate': 'Bearer' });
    }
    if (request.method !== 'GET') return answer(response, 405, { allow: 'GET' });
    return hints.answer(caller, request, response, url.searchParams);
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = `http://relay${request.url ?? '/'}`;
    if (!URL.canParse(target)) return answer(response, 404);
    const url = new URL(target);
    if (/^\/notify\/[^/]+\/[^/]+$/.test(url.pathname)) return takeNotice(request, response, url);
    if (url.pathname === '/hints') return giveHints(request, response, url);
    if (url.pathname !== '/health') return answer(response, 404);
    const isWell = await queue.check().then(
      () => true,
      () => false,
    );
    answer(response, isWell ? 200 : 503);
  };
}

const NOTHING = { query: '', header: () => undefined, bodyText: '' } as const;

/** Two of one header are none: a proxy and a checker may read different ones. */
function onlyValue(values: readonly string[] | undefined): string | undefined {
  return values === undefined || values.length === 1 ? values?.[0] : '';
}

function answer(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  if (response.destroyed || response.headersSent) return void response.destroy();
  const body = JSON.stringify({ status: WORDS[status] ?? 'no' });
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers });
  response.end(body);
}

function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? request.headersDistinct['x-forwarded-for']?.at(-1)?.split(',').at(-1)?.trim() : '';
  return (forwarded !== undefined && forwarded !== '' ? forwarded : request.socket.remoteAddress) ?? 'unknown';
}

function listen(server: Server, { host, port }: RelayConfig): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      const { port: actual } = server.address() as AddressInfo;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${actual}`);
    });
  });
}

function stopServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS);
    // A connection whose last answer has just left is idle only a moment later.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(limit);
      clearInterval(sweep);
      resolve();
    });
  });
}

type Chores = RelayParts & Readonly<{ nowMs: () => number; counts: () => Readonly<Counts> }>;

function startChores({ config, queue, log, nowMs, counts }: Chores): () => void {
  const expire = (): void => {
    queue.expire(nowMs() - config.retentionMs).then(
      (gone) => void (gone > 0 && log.info('old hints forgotten', { gone })),
      (error: unknown) => log.warn('old hints could not be forgotten', { error: String(error) }),
    );
  };
  let last = '';
  const tell = (): void => {
    const facts = counts();
    const text = JSON.stringify(facts);
    if (text !== last) log.info('notifications so far', facts);
    last = text;
  };
  expire();
  const timers = [setInterval(expire, EXPIRE_EVERY_MS), setInterval(tell, COUNT_EVERY_MS)];
  return () => timers.forEach((timer) => clearInterval(timer));
}
