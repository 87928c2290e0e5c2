/** The simulated Cashouts API on a loopback port: engine, control plane, and notifications posted where they should go. */
import type { ServerOptions, SimulatorServer } from '../http-server.ts';
import { createNetworkServer } from '../network-server.ts';
import { createD24Control } from './control.ts';
import type { D24Engine } from './engine.ts';

/** Documented: up to five more attempts; their spacing is printed on the deposit pages. */
const ATTEMPTS = 6;
const RETRY_AFTER_MS = [5, 25, 125, 625].map((minutes) => minutes * 60_000);
/** Not documented. */
const ANSWER_WITHIN_MS = 30_000;

export function createD24Server(
  engine: D24Engine,
  options: ServerOptions & { noticeRetryAfterMs?: number } = {},
): Promise<SimulatorServer> {
  const retryAfterMs = options.noticeRetryAfterMs ?? RETRY_AFTER_MS;
  const network = {
    engine,
    control: createD24Control(engine),
    repeats: { answerWithinMs: ANSWER_WITHIN_MS, retryAfterMs, attempts: ATTEMPTS },
    takeOutgoing: () =>
      engine
        .takeUnsentNotices()
        .flatMap(({ url, headers, bodyText }) => (url === null ? [] : [{ url, headers, bodyText }])),
  };
  return createNetworkServer(network, options);
}
