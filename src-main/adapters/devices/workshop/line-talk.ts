/** Short questions over a line that can read. Every wait has an end; silence is an answer too. */
import type { CancelSignal, DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { Timers } from '../../../core/application/ports/system.ts';
import type { Result } from '../../../core/domain/result.ts';
import { ok } from '../../../core/domain/result.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';

export type Question = Readonly<{
  label: string;
  /** Empty: only listens. */
  bytes: readonly number[];
  /** Looked for in everything that has come since the question; undefined: not yet. */
  find: (heard: Uint8Array) => Uint8Array | undefined;
  timeoutMs: number;
}>;

const OPEN_TIMEOUT_MS = 4_000;
/** Nobody answers a short question with more than this. */
const HEARD_MAX = 4_096;

/** The answer; undefined when there was none in time. Errors: the question could not be sent. */
export async function ask(
  transport: ByteTransport,
  { label, bytes, find, timeoutMs }: Question,
  timers: Timers,
  cancel?: CancelSignal,
): Promise<Result<Uint8Array | undefined, DeviceFault>> {
  const { promise, resolve } = Promise.withResolvers<Uint8Array | undefined>();
  const giveUp = (): void => resolve(undefined);
  let heard: Uint8Array = new Uint8Array(0);
  const endData = transport.onData((piece) => {
    heard = Buffer.concat([heard, piece]).subarray(-HEARD_MAX);
    const found = find(heard);
    if (found) resolve(found);
  });
  cancel?.addEventListener('abort', giveUp);
  let endTimer: (() => void) | undefined;
  try {
    if (bytes.length > 0) {
      const options = { label, timeoutMs: OPEN_TIMEOUT_MS, ...(cancel && { cancel }) };
      const sent = await transport.write(Uint8Array.from(bytes), options);
      if (!sent.ok) return sent;
    }
    if (cancel?.aborted) return ok(undefined);
    endTimer = timers.after(timeoutMs, giveUp);
    return ok(await promise);
  } finally {
    endTimer?.();
    endData();
    cancel?.removeEventListener('abort', giveUp);
  }
}

export function pause(timers: Timers, durationMs: number): Promise<void> {
  return new Promise((resolve) => void timers.after(durationMs, resolve));
}

const REACH_TIMEOUT_MS = 10_000;

/** Waits until the line is open, or says why it cannot be; sends nothing. Where each job is a file or a document of its own, there is nothing to wait for. */
export async function reach(transport: ByteTransport): Promise<Result<void, DeviceFault>> {
  if (transport.kind === 'file' || transport.kind === 'spooler') return ok(undefined);
  return transport.write(new Uint8Array(0), { label: 'open', timeoutMs: REACH_TIMEOUT_MS });
}
