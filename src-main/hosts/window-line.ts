/**
 * A window's line, as both hosts build it: a `Connection` for the till over whatever carries frames, and the moment of the hello.
 *
 * A page asks its first question right after its hello, before the till has attached its bridge: frames wait for the first listener.
 */
import type { Connection, DownFrame, WindowRole } from '../core/contract/contract.ts';
import type { HostLog } from './window-host.ts';

export interface WindowLine {
  readonly connection: Connection;
  /** Resolves at the first hello that names the right role. */
  readonly hello: Promise<void>;
  /** A frame from the page whose sender the host has already checked; its content is still anybody's. */
  arrive(frame: unknown): void;
  /** Nothing is heard or sent any more. */
  end(): void;
}

type Parts = Readonly<{ role: WindowRole; log: HostLog; send: (frame: DownFrame) => void }>;

const WAITING_FRAMES_MAX = 64;

export function createWindowLine({ role, log, send }: Parts): WindowLine {
  const listeners = new Set<(frame: unknown) => void>();
  const { promise: hello, resolve: sayHello } = Promise.withResolvers<void>();
  let waiting: unknown[] = [];
  let isOpen = true;

  function deliver(frame: unknown): void {
    for (const listen of listeners) listen(frame);
  }

  return {
    connection: {
      send(frame) {
        if (isOpen) send(frame);
      },
      onFrame(listen) {
        listeners.add(listen);
        const held = waiting;
        waiting = [];
        for (const frame of held) deliver(frame);
        return () => listeners.delete(listen);
      },
    },
    hello,
    arrive(frame) {
      if (!isOpen) return;
      if (isHello(frame, role)) sayHello();
      if (listeners.size > 0) deliver(frame);
      else if (waiting.length < WAITING_FRAMES_MAX) waiting.push(frame);
      else log.warn('a window sent too much before the till listened', { role });
    },
    end() {
      isOpen = false;
      waiting = [];
      listeners.clear();
    },
  };
}

function isHello(frame: unknown, role: WindowRole): boolean {
  if (typeof frame !== 'object' || frame === null) return false;
  return 'kind' in frame && frame.kind === 'hello' && 'role' in frame && frame.role === role;
}

/** Rejects when `promise` takes longer; the timer does not keep the process alive. */
export async function within<Value>(promise: Promise<Value>, limitMs: number, what: string): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${what}: not within ${limitMs} ms`)), limitMs);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
