/**
 * A whole simulated network on a loopback port: engine, control plane, and its notifications posted. Time passes without requests too:
 * customers pay, banks refuse, windows end, and somebody's address hears of it.
 */
import { createSimulatorServer } from './http-server.ts';
import type { ServerOptions, SimulatedNetwork, SimulatorServer } from './http-server.ts';
import { createNoticeSender } from './notice-sender.ts';
import type { NoticeSenderOptions, OutgoingNotice } from './notice-sender.ts';
import { MACHINE_TIMERS } from './timers.ts';

export type PostingNetwork = Readonly<{
  engine: Pick<SimulatedNetwork, 'handle'> & Readonly<{ network: 'up' | 'down' }>;
  control: SimulatedNetwork['control'];
  /** Takes what is to be posted now. */
  takeOutgoing: () => readonly OutgoingNotice[];
  /** How this network repeats itself when nobody says 2xx. */
  repeats: Omit<NoticeSenderOptions, 'timers'>;
}>;

const LOOK_EVERY_MS = 100;

export async function createNetworkServer(
  { engine, control, takeOutgoing, repeats }: PostingNetwork,
  options: ServerOptions,
): Promise<SimulatorServer> {
  const timers = options.timers ?? MACHINE_TIMERS;
  const sender = createNoticeSender({ ...repeats, timers });
  const server = await createSimulatorServer(
    { handle: (request) => engine.handle(request), control, isUp: () => engine.network === 'up' },
    { ...options, timers },
  );
  let stopLooking = timers.after(LOOK_EVERY_MS, look);

  function look(): void {
    takeOutgoing().forEach((notice) => sender.send(notice));
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
