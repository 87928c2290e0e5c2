/** Where tills wait for hints: one answer at a time (long poll), or a stream of server-sent events. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from './keys.ts';
import type { HintPage, QueuedHint } from './queue.ts';
import type { WaitingRoom } from './waiting-room.ts';

const WAIT_USUAL_S = 25;
const WAIT_MAX_S = 55;
const HEARTBEAT_EVERY_MS = 15_000;
/** A till that reconnects may leave its old wait behind for a while. */
const WAITS_PER_TILL = 4;
const LONGEST_CURSOR = 64;
/** A reader that takes nothing for so long is gone. */
const UNREAD_MAX_BYTES = 262_144;

export type HintsDesk = Readonly<{
  answer(caller: Caller, request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void>;
  waiting(): number;
}>;

/** `stopping`: every wait ends at once, with what there is. */
export function createHintsDesk(room: WaitingRoom, stopping: AbortSignal): HintsDesk {
  const waits = new Map<string, AbortController[]>();

  /** The oldest wait of the same till makes room. */
  function begin({ shop, till }: Caller, response: ServerResponse): Readonly<{ signal: AbortSignal; end: () => void }> {
    const name = `${shop} ${till}`;
    const mine = new AbortController();
    const others = waits.get(name) ?? [];
    waits.set(name, [...others, mine]);
    if (others.length >= WAITS_PER_TILL) others[0]?.abort();
    const gone = (): void => mine.abort();
    response.once('close', gone);
    stopping.addEventListener('abort', gone, { once: true });
    if (stopping.aborted) gone();
    return {
      signal: mine.signal,
      end() {
        stopping.removeEventListener('abort', gone);
        response.removeListener('close', gone);
        const left = (waits.get(name) ?? []).filter((each) => each !== mine);
        if (left.length === 0) waits.delete(name);
        else waits.set(name, left);
      },
    };
  }

  return {
    async answer(caller, request, response, query) {
      const isStream = /\btext\/event-stream\b/i.test(request.headers.accept ?? '');
      const named = query.get('after') ?? (isStream ? request.headers['last-event-id'] : undefined);
      const cursor = typeof named === 'string' && named !== '' ? named.slice(0, LONGEST_CURSOR) : undefined;
      const { signal, end } = begin(caller, response);
      try {
        if (isStream) await stream(room, response, { shop: caller.shop, cursor, signal });
        else {
          const waitMs = secondsIn(query.get('wait')) * 1_000;
          const page = await room.next({ shop: caller.shop, cursor, waitMs, signal });
          sendPage(response, page);
        }
      } finally {
        end();
      }
    },
    waiting: () => [...waits.values()].reduce((sum, each) => sum + each.length, 0),
  };
}

function secondsIn(text: string | null): number {
  return text !== null && /^\d{1,3}$/.test(text) ? Math.min(WAIT_MAX_S, Number(text)) : WAIT_USUAL_S;
}

function sendPage(response: ServerResponse, page: HintPage): void {
  if (response.destroyed) return;
  const hints = page.kind === 'gap' ? [] : page.hints.map(wireHint);
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ cursor: page.cursor, gap: page.kind === 'gap', hints }));
}

function wireHint({ hint, isVerified, receivedAtMs }: QueuedHint): object {
  return { network: hint.network, subjects: hint.subjects, verified: isVerified, receivedAtMs };
}

async function stream(
  room: WaitingRoom,
  response: ServerResponse,
  reader: Readonly<{ shop: string; cursor: string | undefined; signal: AbortSignal }>,
): Promise<void> {
  const { shop, signal } = reader;
  let { cursor } = reader;
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    // nginx would otherwise keep events until its buffer is full.
    'x-accel-buffering': 'no',
  });
  response.write('retry: 3000\n\n');
  while (!signal.aborted && response.writableLength < UNREAD_MAX_BYTES) {
    const page = await room.next({ shop, cursor, waitMs: HEARTBEAT_EVERY_MS, signal });
    if (signal.aborted) break;
    if (page.kind === 'gap') response.write(`event: gap\nid: ${page.cursor}\ndata: {}\n\n`);
    else if (page.hints.length === 0) response.write(': still here\n\n');
    else {
      for (const hint of page.hints)
        response.write(`event: hint\nid: ${hint.cursor}\ndata: ${JSON.stringify(wireHint(hint))}\n\n`);
    }
    cursor = page.cursor;
  }
  response.end();
}
