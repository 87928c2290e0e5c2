/** The simulated in-store network of training mode, beside the first: it takes a purchase with the notes (I10: in this very process). */
import { createInstoreEngine } from '../simulators/networks/mercadopago-instore/engine.ts';
import type { InstoreEngine } from '../simulators/networks/mercadopago-instore/engine.ts';
import { createInstoreServer } from '../simulators/networks/mercadopago-instore/server.ts';

export type SimulatedInstore = Readonly<{ instore: InstoreEngine; baseUrl: string; close(): Promise<void> }>;

export async function simulateInstore(
  options: Readonly<{ seed: number; nowMs: () => number; returnTakesMs: number }>,
): Promise<SimulatedInstore> {
  const { seed, nowMs, returnTakesMs } = options;
  const instore = createInstoreEngine({ seed, nowMs, settings: { country: 'MX', returnTakesMs } });
  const server = await createInstoreServer(instore, { port: 0 });
  return { instore, baseUrl: server.baseUrl, close: () => server.close() };
}
