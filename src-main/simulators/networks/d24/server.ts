/** The simulated Cashouts API on a loopback port: engine, control plane, and notifications posted where they should go. */
import { createSimulatorServer } from '../http-server.ts';
import type { ServerOptions, SimulatorServer } from '../http-server.ts';
import { createNoticeSender } from '../notice-sender.ts';
import { MACHINE_TIMERS } from '../timers.ts';
import { createD24Control } from './control.ts';
import type { D24Engine } from './engine.ts';

/** Documented: up to five more attempts; their spacing is printed on the deposit pages. */
const ATTEMPTS = 6;
const RETRY_AFTER_MS = [5, 25, 125, 625].map((minutes) => minutes * 60_000);
/** Not documented. */
const ANSWER_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 100;

export async function createD24Server(
  engine: D24Engine,
  options: ServerOptions & { noticeRetryAfterMs?: number } = {},
): Promise<SimulatorServer> {
  const timers = options.timers ?? MACHINE_TIMERS;
  const sender = createNoticeSender({
    timers,
    answerWithinMs: ANSWER_WITHIN_MS,
    retryAfterMs: options.noticeRetryAfterMs ?? RETRY_AFTER_MS,
    attempts: ATTEMPTS,
  });
  const server = await createSimulatorServer(
    {
      handle: (request) => engine.handle(request),
      control: createD24Control(engine),
      isUp: () => engine.network === 'up',
    },
    { ...options, timers },
  );
  let stopLooking = timers.after(LOOK_EVERY_MS, look);

  /** Time passes without requests too: banks pay and refuse, and the merchant's address hears of it. */
  function look(): void {
    for (const { url, headers, bodyText } of engine.takeUnsentNotices()) {
      if (url !== null) sender.send({ url, headers, bodyText });
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
