/** Far sides of real lines for tests: pseudo-terminals that can be unplugged, network peers with bad manners, FIFOs. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, constants, existsSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { ByteTransport, LineState } from '../../../../src-main/adapters/devices/transports/byte-transport.ts';

export function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, durationMs);
  });
}

export async function until(isSo: () => boolean, what: string, limitMs = 10_000): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!isSo()) {
    if (performance.now() > endMs) throw new Error(`never happened: ${what}`);
    await pause(5);
  }
}

/** Bytes that are the same nowhere twice in a row, so that a lost or doubled piece shows. */
export function pattern(length: number, seed = 1): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8) * 7 + seed * 13) & 0xff);
}

export function statesOf(line: ByteTransport): LineState['connected'][] {
  const states: LineState['connected'][] = [];
  line.onState?.(({ connected }) => states.push(connected));
  return states;
}

/** Cleans up after each test whatever it opened, last first. */
export function createBench() {
  const ends: (() => Promise<void> | void)[] = [];
  const folder = mkdtempSync(path.join(os.tmpdir(), 'lines-'));
  return {
    folder,
    file: (name: string): string => path.join(folder, name),
    atEnd<Thing>(thing: Thing, end: (thing: Thing) => Promise<void> | void): Thing {
      ends.push(() => end(thing));
      return thing;
    },
    async end(): Promise<void> {
      for (const end of ends.toReversed()) await end();
      ends.length = 0;
    },
    remove: (): void => rmSync(folder, { recursive: true, force: true }),
  };
}
export type Bench = ReturnType<typeof createBench>;

export interface FarTerminal {
  readonly path: string;
  /** All that the far side has received. */
  received(): Buffer;
  say(bytes: Uint8Array): void;
  /** The far side stops reading, or reads again. */
  hold(isHeld: boolean): void;
  /** Pulls the cable: the terminal is gone. */
  unplug(): Promise<void>;
}

/** A pseudo-terminal made by socat at `path`, whose far side ends in this test. */
export async function plugIn(bench: Bench, name: string): Promise<FarTerminal> {
  const link = bench.file(name);
  const socketPath = bench.file(`${name}-${Math.trunc(performance.now() * 1000)}.sock`);
  const chunks: Buffer[] = [];
  const { promise: joined, resolve: join } = Promise.withResolvers<net.Socket>();
  const server = net.createServer((socket) => {
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    join(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(socketPath, resolve);
  });
  const socat = spawn('socat', [`pty,raw,echo=0,link=${link}`, `unix-connect:${socketPath}`], { stdio: 'ignore' });
  const far = await joined;
  await until(() => existsSync(link), 'a terminal');
  // While somebody holds it, a till that lets go does not end the terminal.
  const holder = openSync(link, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  let isIn = true;
  async function unplug(): Promise<void> {
    if (!isIn) return;
    isIn = false;
    await kill(socat);
    closeSync(holder);
    far.destroy();
    server.close();
    rmSync(link, { force: true });
  }
  bench.atEnd(undefined, unplug);
  return {
    path: link,
    received: () => Buffer.concat(chunks),
    say: (bytes) => void far.write(bytes),
    hold: (isHeld) => void (isHeld ? far.pause() : far.resume()),
    unplug,
  };
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  child.kill('SIGKILL');
  await gone;
}

/** Another program that holds a serial port: `flock` takes the same lock as any well-behaved one. The answer ends it. */
export async function holdPort(bench: Bench, file: string): Promise<() => Promise<void>> {
  const holder = spawn('flock', [file, 'sh', '-c', 'echo held; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  await new Promise((resolve) => {
    holder.stdout.once('data', resolve);
  });
  const free = async (): Promise<void> => {
    if (holder.exitCode !== null || holder.signalCode !== null || holder.pid === undefined) return;
    const gone = new Promise((resolve) => {
      holder.once('exit', resolve);
    });
    process.kill(-holder.pid, 'SIGKILL');
    await gone;
  };
  bench.atEnd(undefined, free);
  return free;
}

export interface FarPeer {
  readonly port: number;
  received(): Buffer;
  connections(): number;
  /** Sockets that are open now. */
  sockets: Set<net.Socket>;
}

/** A network printer on loopback; `greet` decides on its manners. By default it reads everything. */
export async function listen(
  bench: Bench,
  greet?: (socket: net.Socket) => void,
  port = 0,
  host = '127.0.0.1',
): Promise<FarPeer> {
  const chunks: Buffer[] = [];
  const sockets = new Set<net.Socket>();
  let connections = 0;
  const server = net.createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    if (greet === undefined) socket.on('data', (chunk) => chunks.push(chunk));
    else greet(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(port, host, resolve);
  });
  bench.atEnd(server, async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, received: () => Buffer.concat(chunks), connections: () => connections, sockets };
}

export function makeFifo(bench: Bench, name: string): string {
  const file = bench.file(name);
  execFileSync('mkfifo', [file]);
  return file;
}

/** Opens the reading end without waiting for a writer; `drain` takes all that is in it now. */
export function readFifo(bench: Bench, file: string): { drain: () => Buffer; close: () => void } {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(descriptor);
    isOpen = false;
  };
  bench.atEnd(undefined, close);
  return {
    close,
    drain() {
      const parts: Buffer[] = [];
      for (;;) {
        const buffer = Buffer.alloc(65_536);
        let count = 0;
        try {
          count = readSync(descriptor, buffer);
        } catch {
          count = 0;
        }
        if (count === 0) return Buffer.concat(parts);
        parts.push(buffer.subarray(0, count));
      }
    },
  };
}
