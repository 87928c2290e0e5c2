/**
 * A simulated network on a loopback socket. It does to real bytes what the exchange says: delays them, cuts them,
 * or ends the connection instead. The control plane shares the port and works whatever the network's weather.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CONTROL_PATH } from './control-plane.ts';
import type { SimulatedAnswer, SimulatedExchange, SimulatedRequest } from './exchange.ts';
import { MACHINE_TIMERS } from './timers.ts';
import type { SimulatorTimers } from './timers.ts';

export type SimulatedNetwork = Readonly<{
  handle: (request: SimulatedRequest) => SimulatedExchange;
  control: (request: SimulatedRequest) => SimulatedAnswer;
  isUp: () => boolean;
}>;

export type ServerOptions = Readonly<{
  /** 0, the default, takes any free port. */
  port?: number;
  host?: string;
  timers?: SimulatorTimers;
}>;

export type SimulatorServer = Readonly<{ baseUrl: string; controlUrl: string; close: () => Promise<void> }>;

const LARGEST_BODY_BYTES = 1_000_000;

/** Resolves when it listens; rejects when the port cannot be had. */
export async function createSimulatorServer(
  network: SimulatedNetwork,
  options: ServerOptions,
): Promise<SimulatorServer> {
  const { port = 0, host = '127.0.0.1', timers = MACHINE_TIMERS } = options;
  const pending = new Set<() => void>();
  const wait = (delayMs: number, run: () => void): void => {
    if (delayMs <= 0) {
      run();
      return;
    }
    const takeBack = timers.after(delayMs, () => {
      pending.delete(takeBack);
      run();
    });
    pending.add(takeBack);
  };

  const server = createServer((incoming, response) => {
    const isControl = isControlPath(incoming.url ?? '/');
    if (!isControl && !network.isUp()) {
      incoming.socket.resetAndDestroy();
      return;
    }
    readRequest(incoming, (request) => {
      if (isControl) answerWith(response, network.control(request));
      else deliver(response, network.handle(request), wait);
    });
  });
  server.keepAliveTimeout = 5_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  const shownHost = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  const baseUrl = `http://${shownHost}:${address.port}`;

  return {
    baseUrl,
    controlUrl: baseUrl + CONTROL_PATH,
    close() {
      for (const takeBack of pending) takeBack();
      pending.clear();
      return new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      });
    },
  };
}

function isControlPath(url: string): boolean {
  return url === CONTROL_PATH || url.startsWith(`${CONTROL_PATH}/`) || url.startsWith(`${CONTROL_PATH}?`);
}

function readRequest(incoming: IncomingMessage, whenRead: (request: SimulatedRequest) => void): void {
  const chunks: Buffer[] = [];
  let byteCount = 0;
  incoming.on('data', (chunk: Buffer) => {
    byteCount += chunk.length;
    if (byteCount > LARGEST_BODY_BYTES) incoming.socket.destroy();
    else chunks.push(chunk);
  });
  incoming.on('end', () => {
    // Split by hand: a URL parser throws at paths that a faulty client may well send.
    const [path = '/', ...search] = (incoming.url ?? '/').split('?');
    const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as const);
    whenRead({
      method: incoming.method ?? 'GET',
      path,
      query: Object.fromEntries(new URLSearchParams(search.join('?'))),
      headers: Object.fromEntries(headers),
      bodyText: Buffer.concat(chunks).toString('utf8'),
    });
  });
  // A till that hangs up mid-request is no fault of ours.
  incoming.on('error', () => undefined);
}

function deliver(
  response: ServerResponse,
  exchange: SimulatedExchange,
  wait: (delayMs: number, run: () => void) => void,
): void {
  wait(exchange.delayMs, () => {
    switch (exchange.delivery) {
      case 'whole':
        answerWith(response, exchange.answer);
        return;
      case 'cut':
        cut(response, exchange.answer);
        return;
      case 'dropped-after-commit':
      case 'dropped-before-commit':
        response.socket?.destroy();
        return;
      case 'refused':
        response.socket?.resetAndDestroy();
        return;
      default:
        exchange satisfies never;
    }
  });
}

function answerWith(response: ServerResponse, answer: SimulatedAnswer): void {
  begin(response, answer);
  response.end(bytesOf(answer));
}

/** Promises the whole body, sends half of it, and closes the connection. */
function cut(response: ServerResponse, answer: SimulatedAnswer): void {
  begin(response, answer);
  const body = bytesOf(answer);
  const { socket } = response;
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => socket?.destroySoon());
}

function begin(response: ServerResponse, answer: SimulatedAnswer): void {
  // The network's own clock dates its answers, not this machine's.
  response.sendDate = answer.headers['date'] === undefined;
  // A 204 has no body, so not even the length of one (RFC 9110, 8.6).
  const length = answer.status === 204 ? {} : { 'content-length': bytesOf(answer).length };
  response.writeHead(answer.status, { ...answer.headers, ...length });
}

function bytesOf({ bodyText, bodyEncoding }: SimulatedAnswer): Buffer {
  return Buffer.from(bodyText, bodyEncoding ?? 'utf8');
}
