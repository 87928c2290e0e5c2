/**
 * The line between an adapter and a simulated network: every request is kept as bytes, and the one that is meant meets its fault.
 * The network behind it is an engine without a socket, so what it did stands in its own books, whatever the line made of its answer.
 */
import type { SimulatedExchange, SimulatedRequest } from '../../../../src-main/simulators/networks/exchange.ts';
import { startRawServer } from '../raw-server.ts';
import type { Seen } from '../raw-server.ts';
import { answerBytes, LINE_FAULTS } from './line-faults.ts';
import type { FaultName } from './line-faults.ts';

export type Line = Readonly<{
  baseUrl: string;
  host: string;
  /** Every request that arrived, oldest first. */
  seen: readonly Seen[];
  /** The request number `index` (from 0) of those still to come meets the fault, and so do the ones after it, `times` in all. */
  strike(index: number, fault: FaultName, times?: number): void;
  /** How often a fault has met a request; one that nobody listened to counts from then on. */
  strikes(): number;
  /** The line is whole again. */
  mend(): Promise<void>;
  close(): Promise<void>;
}>;

type Network = Readonly<{ handle(request: SimulatedRequest): SimulatedExchange }>;

export async function layLine(network: Network): Promise<Line> {
  let struck: Readonly<{ from: number; until: number; fault: FaultName }> | undefined;
  let isListening = true;
  let strikes = 0;
  const hangUp = (): void => {
    isListening = false;
    strikes += 1;
    server.stopListening();
  };
  const server = await startRawServer((seen, socket) => {
    const number = server.seen.length - 1;
    // A connection is refused before its request is known: nobody listens from the answer before it.
    if (struck?.fault === 'refused' && struck.from === number + 1) hangUp();
    const fault = struck && number >= struck.from && number < struck.until ? LINE_FAULTS[struck.fault] : undefined;
    if (fault) strikes += 1;
    if (fault && !fault.isDone) return fault.strike({ seen, socket, honest: NOTHING });
    const exchange = network.handle(requestOf(seen));
    if (!('answer' in exchange)) throw new Error('the simulated network has weather of its own');
    if (fault) return fault.strike({ seen, socket, honest: exchange.answer });
    return void socket.end(answerBytes(exchange.answer));
  });
  return {
    baseUrl: server.baseUrl,
    host: server.host,
    seen: server.seen,
    strike(index, fault, times = 1) {
      const from = server.seen.length + index;
      struck = { from, until: from + times, fault };
      if (fault === 'refused' && index === 0) hangUp();
    },
    strikes: () => strikes,
    async mend() {
      struck = undefined;
      if (!isListening) await server.listenAgain();
      isListening = true;
    },
    close: () => server.close(),
  };
}

const NOTHING = { status: 500, headers: {}, bodyText: '' };

function requestOf({ head, body }: Seen): SimulatedRequest {
  const [first = '', ...lines] = head.split('\r\n');
  const [method = '', target = ''] = first.split(' ');
  const [path = '', search = ''] = target.split('?');
  const headers = lines.map((line) => {
    const at = line.indexOf(': ');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 2)] as const;
  });
  return {
    method,
    path,
    query: Object.fromEntries(new URLSearchParams(search)),
    headers: Object.fromEntries(headers),
    bodyText: body,
  };
}
