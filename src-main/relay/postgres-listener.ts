/**
 * One connection that listens, for as long as the relay lives: when it breaks, another is opened, listens again, and everybody looks, since
 * nobody knows what was said meanwhile.
 */
import type { Client } from 'pg';

const CHANNEL = 'ventanilla_hints';
/** A line that a router has forgotten looks open: a question now and then finds out. */
const PROBE_EVERY_MS = 10_000;
const PROBE_WITHIN_MS = 5_000;
const RETRY_FIRST_MS = 250;
const RETRY_LAST_MS = 10_000;

export type ListenerParts = Readonly<{
  connect: () => Client;
  look: () => void;
  onLine: ((state: 'lost' | 'back', words: string) => void) | undefined;
}>;

export function listenForever({ connect, look, onLine }: ListenerParts): Readonly<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  let wasLost = false;

  /** Resolves when the line is over, with the reason. */
  async function listenOnce(): Promise<string> {
    const client = connect();
    const { promise: over, resolve: end } = Promise.withResolvers<string>();
    client.on('error', (error) => end(error.message));
    client.on('end', () => end('the connection was closed'));
    client.on('notification', look);
    stopping.signal.addEventListener('abort', () => end('stopped'), { once: true });
    let probe: NodeJS.Timeout | undefined;
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      if (wasLost) onLine?.('back', 'listening again');
      wasLost = false;
      look();
      probe = setInterval(() => {
        const late = setTimeout(() => end('no answer'), PROBE_WITHIN_MS);
        client.query('SELECT 1').then(
          () => clearTimeout(late),
          () => clearTimeout(late), // The error has ended the line already.
        );
      }, PROBE_EVERY_MS);
      return await over;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      clearInterval(probe);
      client.end().catch(() => undefined);
    }
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const startedMs = performance.now();
      const words = await listenOnce();
      if (stopping.signal.aborted) return;
      if (!wasLost) onLine?.('lost', words);
      wasLost = true;
      failures = performance.now() - startedMs > RETRY_LAST_MS ? 0 : failures + 1;
      await pause(Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.min(failures, 10)), stopping.signal);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, delayMs);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });
}
