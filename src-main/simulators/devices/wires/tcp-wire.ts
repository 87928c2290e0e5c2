/**
 * A network printer's side of port 9100: one till at a time, and the bad manners of such printers where they are asked for.
 * Without power, or unplugged, nobody answers at its address.
 */
import net from 'node:net';
import type { Recorder } from './recorder.ts';
import { createRecorder } from './recorder.ts';
import type { Wire, WiredDevice } from './wire.ts';
import { createFlow } from './wire.ts';

export type TcpManners = Readonly<{
  /** Whoever comes second is sent away, or waits until the first has gone. */
  secondTill?: 'refused' | 'waits';
  /** Takes the connection and never a byte. */
  neverReads?: boolean;
  /** Breaks the connection off when it has had so many bytes, with a reset. */
  resetsAfterBytes?: number;
  /** Resets the connection when nothing has come for so long: after the last byte of a job. */
  resetsAfterSilenceMs?: number;
}>;

export type TcpWireOptions = Readonly<{
  device: WiredDevice;
  /** 0 takes any free one; after that it stays the same. */
  port?: number;
  host?: string;
  manners?: TcpManners;
  recorder?: Recorder;
}>;

export type TcpWire = Wire & Readonly<{ host: string; port: number; setManners: (manners: TcpManners) => void }>;

/** Resolves when it listens; rejects when the port cannot be had. */
export async function createTcpWire(options: TcpWireOptions): Promise<TcpWire> {
  const { device, host = '127.0.0.1', recorder = createRecorder() } = options;
  let manners = options.manners ?? {};
  let isPlugged = true;
  const tills = createTills(device, recorder, () => manners);
  const address = createAddress(host, options.port ?? 0, tills);
  const follow = () => address.setOpen(isPlugged && device.isPowered);

  const forget = device.onChange(() => {
    // An address that somebody else has taken meanwhile is asked for again at the next change; a person would look at the cable.
    follow().catch(() => undefined);
  });
  await follow();
  return {
    kind: 'tcp',
    host,
    recorder,
    get port() {
      return address.port();
    },
    get address() {
      return `${host}:${address.port()}`;
    },
    get isPlugged() {
      return isPlugged;
    },
    setManners(change) {
      manners = change;
    },
    async plug() {
      isPlugged = true;
      await follow();
    },
    async unplug() {
      isPlugged = false;
      await follow();
    },
    async close() {
      forget();
      isPlugged = false;
      await follow();
    },
  };
}

type Tills = ReturnType<typeof createTills>;

/** Somebody answers there, or nobody; one change after the other, and always at the same port. */
function createAddress(host: string, firstPort: number, tills: Tills) {
  let port = firstPort;
  let server: net.Server | undefined;
  let isWanted = false;
  let lastChange: Promise<void> = Promise.resolve();

  async function open(): Promise<void> {
    const opening = net.createServer((socket) => tills.welcome(socket));
    await new Promise<void>((resolve, reject) => {
      opening.once('error', reject);
      opening.listen(port, host, resolve);
    });
    server = opening;
    port = (opening.address() as net.AddressInfo).port;
  }

  /** From one moment to the next, as a cable that is pulled: whatever was on its way is lost. */
  async function shut(closing: net.Server): Promise<void> {
    server = undefined;
    const closed = new Promise((resolve) => void closing.close(resolve));
    tills.dismiss();
    await closed;
  }

  async function change(): Promise<void> {
    if (isWanted && !server) await open();
    else if (!isWanted && server) await shut(server);
  }

  return {
    port: () => port,
    setOpen(isOpen: boolean): Promise<void> {
      isWanted = isOpen;
      lastChange = lastChange.then(change, change);
      return lastChange;
    },
  };
}

/** Whose turn it is. */
function createTills(device: WiredDevice, recorder: Recorder, manners: () => TcpManners) {
  const waiting: net.Socket[] = [];
  let current: net.Socket | undefined;

  function serve(socket: net.Socket): void {
    current = socket;
    const end = talk(socket, device, recorder, manners());
    socket.once('close', () => {
      end();
      if (current !== socket) return;
      current = undefined;
      const next = waiting.shift();
      if (next && !next.destroyed) serve(next);
    });
  }

  return {
    welcome(socket: net.Socket): void {
      socket.on('error', () => undefined);
      if (current === undefined) serve(socket);
      else if (manners().secondTill === 'waits') waiting.push(socket);
      else socket.resetAndDestroy();
    },
    dismiss(): void {
      for (const socket of [current, ...waiting.splice(0)]) socket?.resetAndDestroy();
      current = undefined;
    },
  };
}

/** One connection for as long as it lasts. Answers how to end the device's part in it. */
function talk(socket: net.Socket, device: WiredDevice, recorder: Recorder, manners: TcpManners): () => void {
  const { neverReads, resetsAfterBytes = Infinity, resetsAfterSilenceMs } = manners;
  let byteCount = 0;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  const flow = createFlow(device, { pause: () => socket.pause(), resume: () => socket.resume() });
  const stopReplies = device.onReply?.((bytes) => {
    recorder.record('device', bytes);
    socket.write(bytes);
  });

  if (neverReads === true) socket.pause();
  else {
    socket.on('data', (chunk) => {
      const bytes = chunk.subarray(0, Math.max(0, resetsAfterBytes - byteCount));
      byteCount += bytes.length;
      recorder.record('till', bytes);
      flow.deliver(bytes);
      if (byteCount >= resetsAfterBytes) socket.resetAndDestroy();
      if (resetsAfterSilenceMs === undefined) return;
      clearTimeout(quiet);
      quiet = setTimeout(() => socket.resetAndDestroy(), resetsAfterSilenceMs);
    });
  }
  return () => {
    clearTimeout(quiet);
    flow.stop();
    stopReplies?.();
  };
}
