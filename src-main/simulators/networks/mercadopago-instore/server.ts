/** The simulated in-store API on a loopback port: engine, control plane, and notifications posted where orders say. */
import type { ServerOptions, SimulatorServer } from '../http-server.ts';
import { createNetworkServer } from '../network-server.ts';
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

export function createInstoreServer(
  engine: InstoreEngine,
  options: ServerOptions & { noticeRetriesAfterMs?: readonly number[] } = {},
): Promise<SimulatorServer> {
  const retryAfterMs = options.noticeRetriesAfterMs ?? RETRIES_AFTER_MS;
  const network = {
    engine,
    control: createInstoreControl(engine),
    repeats: { answerWithinMs: ANSWER_WITHIN_MS, retryAfterMs, attempts: 1 + retryAfterMs.length },
    takeOutgoing: () =>
      engine
        .takeUnsentNotices()
        .flatMap(({ url, headers, bodyText }) =>
          url !== null && mayPostTo(url, engine.settings.webhookUrl) ? [{ url, headers, bodyText }] : [],
        ),
  };
  return createNetworkServer(network, options);
}
