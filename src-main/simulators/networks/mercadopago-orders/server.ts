/** The simulated Orders API on a loopback port: engine, control plane, and notifications posted where the settings say. */
import type { ServerOptions, SimulatorServer } from '../http-server.ts';
import { createNetworkServer } from '../network-server.ts';
import { createMercadoPagoControl } from './control.ts';
import type { MercadoPagoEngine } from './engine.ts';

/** Documented: a receiver has 22 s; the first repetitions come after 15 minutes. */
const ANSWER_WITHIN_MS = 22_000;
const RETRY_AFTER_MS = 15 * 60_000;
const ATTEMPTS = 4;

export function createMercadoPagoServer(
  engine: MercadoPagoEngine,
  options: ServerOptions & { noticeRetryAfterMs?: number } = {},
): Promise<SimulatorServer> {
  const retryAfterMs = options.noticeRetryAfterMs ?? RETRY_AFTER_MS;
  const network = {
    engine,
    control: createMercadoPagoControl(engine),
    repeats: { answerWithinMs: ANSWER_WITHIN_MS, retryAfterMs, attempts: ATTEMPTS },
    takeOutgoing: () =>
      engine.takeUnsentNotices().flatMap(({ query, headers, bodyText }) => {
        const { webhookUrl } = engine.settings;
        if (webhookUrl === null) return [];
        return [{ url: `${webhookUrl}${webhookUrl.includes('?') ? '&' : '?'}${query}`, headers, bodyText }];
      }),
  };
  return createNetworkServer(network, options);
}
