/**
 * A server that keeps every byte it is sent and answers with exactly the bytes it is told to: what an HTTP library would smooth over
 * (a body that is cut, a reset, silence) can be shown to the code under test.
 */
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

export type Seen = Readonly<{
  /** Request line and headers, without the blank line. */
  head: string;
  body: string;
  header(name: string): string | undefined;
}>;

export type RawServer = Readonly<{
  baseUrl: string;
  host: string;
  seen: Seen[];
  /** From now on connections are refused; the ones that are open stay. */
  stopListening(): void;
  /** On the same port, with every old connection gone. */
  listenAgain(): Promise<void>;
  close(): Promise<void>;
}>;

/** Answers each request, in order of arrival. */
export type Answer = (seen: Seen, socket: Socket) => void;

export async function startRawServer(answer: Answer): Promise<RawServer> {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let received = '';
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      for (let split = splitRequest(received); split; split = splitRequest(received)) {
        received = split.rest;
        seen.push(split.request);
        answer(split.request, socket);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    seen,
    stopListening: () => void server.close(),
    async listenAgain() {
      await ended(server, sockets);
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', resolve);
      });
    },
    close: () => ended(server, sockets),
  };
}

/** Also where it has stopped listening before: then only the connections are left to end. */
function ended(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    for (const socket of sockets) socket.destroy();
    server.close(() => resolve());
  });
}

function splitRequest(received: string): { request: Seen; rest: string } | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = received.slice(0, end);
  const header = (name: string): string | undefined =>
    new RegExp(`^${name}: (.*)$`, 'im').exec(head.replaceAll('\r', ''))?.[1];
  const length = Number(header('content-length') ?? '0');
  const rest = received.slice(end + 4);
  if (rest.length < length) return undefined;
  const body = Buffer.from(rest.slice(0, length), 'latin1').toString('utf8');
  return { request: { head, body, header }, rest: rest.slice(length) };
}

/** An answer as bytes on the wire, with its true length. */
export function wire(status: number, body: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ 'Content-Type': 'application/json', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return [`HTTP/1.1 ${status} Whatever`, ...lines, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');
}

/** Always the same answer. */
export function always(bytes: string): Answer {
  return (_seen, socket) => void socket.write(bytes);
}
