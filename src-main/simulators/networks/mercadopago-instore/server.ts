/** The simulated in-store API on a loopback port: engine, control plane, and notifications posted where orders say. */
import { createSimulatorServer } from '../http-server.ts';
import type { ServerOptions, SimulatorServer } from '../http-server.ts';
import { createNoticeSender } from '../notice-sender.ts';
import { MACHINE_TIMERS } from '../timers.ts';
import { createInstoreControl } from './control.ts';
import type { InstoreEngine } from './engine.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A simulated network keeps to this machine, and to the one address that its settings name. */
function mayPostTo(url: string, webhookUrl: string | null): boolean {
  if (webhookUrl !== null && url.startsWith(webhookUrl)) return true;
  return URL.canParse(url) && LOOPBACK.has(new URL(url).hostname);
}

/** Older text: a receiver has 22 s; repetitions after 30 s, 5 min and 30 min. */
const ANSWER_WITHIN_MS = 22_000;
const RETRIES_AFTER_MS = [30_000, 5 * 60_000, 30 * 60_000];
const LOOK_EVERY_MS = 100;

export async function createInstoreServer(
  engine: InstoreEngine,
  options: ServerOptions & { noticeRetriesAfterMs?: readonly number[] } = {},
): Promise<SimulatorServer> {
  const timers = options.timers ?? MACHINE_TIMERS;
  const retryAfterMs = options.noticeRetriesAfterMs ?? RETRIES_AFTER_MS;
  const sender = createNoticeSender({
    timers,
    answerWithinMs: ANSWER_WITHIN_MS,
    retryAfterMs,
    attempts: 1 + retryAfterMs.length,
  });
  const server = await createSimulatorServer(
    {
      handle: (request) => engine.handle(request),
      control: createInstoreControl(engine),
      isUp: () => engine.network === 'up',
    },
    { ...options, timers },
  );
  let stopLooking = timers.after(LOOK_EVERY_MS, look);

  /** Time passes without requests too: customers pay, windows end, and the seller's address hears of it. */
  function look(): void {
    for (const { url, headers, bodyText } of engine.takeUnsentNotices()) {
      if (url !== null && mayPostTo(url, engine.settings.webhookUrl)) sender.send({ url, headers, bodyText });
    }
    stopLooking = timers.after(LOOK_EVERY_MS, look);
  }

  return {
    baseUrl: server.baseUrl,
    controlUrl: server.controlUrl,
    async close() {
      stopLooking();
      sender.close();
      await server.close();
    },
  };
}
