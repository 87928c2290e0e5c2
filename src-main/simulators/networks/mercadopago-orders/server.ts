/** The simulated Orders API on a loopback port: engine, control plane, and notifications posted where the settings say. */
import { createSimulatorServer } from '../http-server.ts';
import type { ServerOptions, SimulatorServer } from '../http-server.ts';
import { createNoticeSender } from '../notice-sender.ts';
import { MACHINE_TIMERS } from '../timers.ts';
import { createMercadoPagoControl } from './control.ts';
import type { MercadoPagoEngine } from './engine.ts';

/** Documented: a receiver has 22 s; the first repetitions come after 15 minutes. */
const ANSWER_WITHIN_MS = 22_000;
const RETRY_AFTER_MS = 15 * 60_000;
const ATTEMPTS = 4;
const LOOK_EVERY_MS = 100;

export async function createMercadoPagoServer(
  engine: MercadoPagoEngine,
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
      control: createMercadoPagoControl(engine),
      isUp: () => engine.network === 'up',
    },
    { ...options, timers },
  );
  let stopLooking = timers.after(LOOK_EVERY_MS, look);

  /** Time passes without requests too: customers pay, orders expire, and the seller's address hears of it. */
  function look(): void {
    for (const { query, headers, bodyText } of engine.takeUnsentNotices()) {
      const { webhookUrl } = engine.settings;
      if (webhookUrl !== null)
        sender.send({ url: `${webhookUrl}${webhookUrl.includes('?') ? '&' : '?'}${query}`, headers, bodyText });
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
