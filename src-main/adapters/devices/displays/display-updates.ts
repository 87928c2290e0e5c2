/**
 * Keeps a display at what the till said last: the newest wins, no faster than the display can follow, and again after the line was gone.
 *
 * Nothing is queued for a line that is not there: what is shown after a reconnect is what should be shown then, at once.
 */
import type { DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { Clock, Timers } from '../../../core/application/ports/system.ts';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';

export type DisplayTime = Readonly<{ clock: Pick<Clock, 'monotonicMs'>; timers: Timers }>;

export type Picture = Readonly<{
  label: string;
  /**
   * The bytes that show it, in pieces. `isFresh`: the display may be in any state. `ageMs`: since the till asked for it.
   * `fault`: this display cannot show it; the pieces are then what it shows in its place.
   */
  encode: (isFresh: boolean, ageMs: number) => Encoded;
  /** When it has to be drawn anew by itself, e.g. because a code is payable no longer. */
  changesAfterMs?: number;
  /** It leaves the display in a state of its own: what comes next begins from scratch. */
  isTrial?: boolean;
}>;

export type Encoded = Readonly<{ pieces: readonly Uint8Array[]; fault?: DeviceFault }>;

export type UpdateRules = Readonly<{
  /** At least so long from one update to the next. */
  everyMs: number;
  pauseMs: number;
  /** Draws the same again after so long: heals a display that was switched off and on. Absent: what is shown already is not sent again. */
  refreshMs?: number;
}>;

export interface DisplayUpdates {
  show(picture: Picture): Promise<Result<void, DeviceFault>>;
  /** Bytes as they are; then nothing more until the next picture, which begins from scratch. */
  sendRaw(bytes: Uint8Array): Promise<Result<void, DeviceFault>>;
  close(): Promise<void>;
}

type Waiter = PromiseWithResolvers<Result<void, DeviceFault>>;
type Wanted = Readonly<{ picture: Picture; sinceMs: number }>;

const SEND_TIMEOUT_MS = 2_000;
/** For lines that cannot tell when they are back. */
const RETRY_MS = 2_000;
const CLOSED: DeviceFault = { code: 'cancelled', sent: 'none', detail: 'the display is closed' };

export function createDisplayUpdates(
  transport: ByteTransport,
  rules: UpdateRules,
  { clock, timers }: DisplayTime,
): DisplayUpdates {
  let wanted: Wanted | undefined;
  let waiters: Waiter[] = [];
  let isAsked = false;
  let isFresh = true;
  let isClosed = false;
  let isLineGone = false;
  let shown: string | undefined;
  let updating: Promise<void> | undefined;
  const alarms = new Map<'again' | 'change', () => void>();
  const { promise: closing, resolve: stopPauses } = Promise.withResolvers<void>();

  function alarm(name: 'again' | 'change', delayMs: number): void {
    alarms.get(name)?.();
    alarms.set(name, timers.after(delayMs, ask));
  }

  function quiet(): void {
    for (const cancel of alarms.values()) cancel();
    alarms.clear();
  }

  function ask(): void {
    if (isClosed || wanted === undefined) return;
    isAsked = true;
    updating ??= update();
  }

  const endState = transport.onState?.(({ connected }) => {
    const wasGone = isLineGone;
    isLineGone = connected === 'no';
    if (connected !== 'yes' || !wasGone) return;
    isFresh = true;
    ask();
  });

  async function pause(durationMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = timers.after(durationMs, resolve);
    await Promise.race([promise, closing]);
    cancel();
  }

  async function update(): Promise<void> {
    while (isAsked && wanted) {
      isAsked = false;
      const told = waiters;
      waiters = [];
      try {
        const result = await draw(wanted);
        for (const { resolve } of told) resolve(result);
      } catch (error) {
        isFresh = true;
        for (const { reject } of told) reject(error);
      }
      await pause(rules.everyMs);
    }
    updating = undefined;
  }

  async function draw({ picture, sinceMs }: Wanted): Promise<Result<void, DeviceFault>> {
    const { pieces, fault } = picture.encode(isFresh, clock.monotonicMs() - sinceMs);
    const key = pieces.map((piece) => Buffer.from(piece).toString('latin1')).join('\n');
    const isShown = !isFresh && rules.refreshMs === undefined && key === shown;
    const sent = isShown ? ok(undefined) : await send(pieces, picture.label);
    shown = sent.ok ? key : undefined;
    isFresh = !sent.ok || picture.isTrial === true;
    if (!sent.ok && !isLineGone) alarm('again', RETRY_MS);
    if (sent.ok && rules.refreshMs !== undefined) alarm('again', rules.refreshMs);
    return sent.ok && fault !== undefined ? err(fault) : sent;
  }

  async function send(pieces: readonly Uint8Array[], label: string): Promise<Result<void, DeviceFault>> {
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) await pause(rules.pauseMs);
      const written = await transport.write(piece, { label, timeoutMs: SEND_TIMEOUT_MS });
      if (!written.ok) return index > 0 ? err({ ...written.error, sent: 'some' }) : written;
    }
    return ok(undefined);
  }

  return {
    show(picture) {
      if (isClosed) return Promise.resolve(err(CLOSED));
      quiet();
      wanted = { picture, sinceMs: clock.monotonicMs() };
      if (picture.changesAfterMs !== undefined) alarm('change', Math.max(0, picture.changesAfterMs));
      const waiter = Promise.withResolvers<Result<void, DeviceFault>>();
      waiters.push(waiter);
      ask();
      return waiter.promise;
    },
    async sendRaw(bytes) {
      while (updating) await updating;
      if (isClosed) return err(CLOSED);
      quiet();
      wanted = undefined;
      isFresh = true;
      return transport.write(bytes, { label: 'display-test', timeoutMs: SEND_TIMEOUT_MS });
    },
    async close() {
      isClosed = true;
      quiet();
      endState?.();
      stopPauses();
      await updating;
      quiet();
      await transport.close();
    },
  };
}
