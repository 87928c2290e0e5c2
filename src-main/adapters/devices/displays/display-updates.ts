/**
 * Keeps a display at what the till said last: the newest wins, no faster than the display can follow, and again after the line was gone.
 *
 * Nothing is queued for a line that is not there: what is shown after a reconnect is what should be shown then, at once.
 */
import type { DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { Clock, Timers } from '../../../core/application/ports/system.ts';
import type { Result } from '../../../core/domain/result.ts';
import { err, ok } from '../../../core/domain/result.ts';
import type { ByteTransport, LineState } from '../transports/byte-transport.ts';

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

type Waiter = PromiseWithResolvers<Result<void, DeviceFault>>;
type Wanted = Readonly<{ picture: Picture; sinceMs: number }>;
type Alarm = 'again' | 'change';

const SEND_TIMEOUT_MS = 2_000;
/** For lines that cannot tell when they are back. */
const RETRY_MS = 2_000;
const CLOSED: DeviceFault = { code: 'cancelled', sent: 'none', detail: 'the display is closed' };

export class DisplayUpdates {
  readonly #transport: ByteTransport;
  readonly #rules: UpdateRules;
  readonly #time: DisplayTime;
  readonly #alarms = new Map<Alarm, () => void>();
  readonly #closing = Promise.withResolvers<void>();
  readonly #endState: (() => void) | undefined;
  #wanted: Wanted | undefined;
  #waiters: Waiter[] = [];
  #updating: Promise<void> | undefined;
  #shown: string | undefined;
  #isAsked = false;
  #isFresh = true;
  #isClosed = false;
  #isLineGone = false;

  constructor(transport: ByteTransport, rules: UpdateRules, time: DisplayTime) {
    this.#transport = transport;
    this.#rules = rules;
    this.#time = time;
    this.#endState = transport.onState?.(({ connected }) => this.#lineIs(connected));
  }

  /** Ends when it is shown, was overtaken by a newer picture, or could not be shown. */
  show(picture: Picture): Promise<Result<void, DeviceFault>> {
    if (this.#isClosed) return Promise.resolve(err(CLOSED));
    this.#quiet();
    this.#wanted = { picture, sinceMs: this.#time.clock.monotonicMs() };
    if (picture.changesAfterMs !== undefined) this.#alarm('change', Math.max(0, picture.changesAfterMs));
    const waiter: Waiter = Promise.withResolvers();
    this.#waiters.push(waiter);
    this.#ask();
    return waiter.promise;
  }

  /** Bytes as they are; then nothing more until the next picture, which begins from scratch. */
  async sendRaw(bytes: Uint8Array): Promise<Result<void, DeviceFault>> {
    while (this.#updating) await this.#updating;
    if (this.#isClosed) return err(CLOSED);
    this.#quiet();
    this.#wanted = undefined;
    this.#isFresh = true;
    return this.#transport.write(bytes, { label: 'display-test', timeoutMs: SEND_TIMEOUT_MS });
  }

  /** What was asked for is still shown, without waiting between. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#quiet();
    this.#endState?.();
    this.#closing.resolve();
    await this.#updating;
    await this.#transport.close();
  }

  #lineIs(connected: LineState['connected']): void {
    const wasGone = this.#isLineGone;
    this.#isLineGone = connected === 'no';
    if (connected !== 'yes' || !wasGone) return;
    this.#isFresh = true;
    this.#askAgain();
  }

  #alarm(name: Alarm, delayMs: number): void {
    if (this.#isClosed) return;
    this.#alarms.get(name)?.();
    this.#alarms.set(
      name,
      this.#time.timers.after(delayMs, () => this.#askAgain()),
    );
  }

  #quiet(): void {
    for (const cancel of this.#alarms.values()) cancel();
    this.#alarms.clear();
  }

  #askAgain(): void {
    if (!this.#isClosed) this.#ask();
  }

  #ask(): void {
    this.#isAsked = true;
    this.#updating ??= this.#update();
  }

  async #update(): Promise<void> {
    while (this.#isAsked) {
      this.#isAsked = false;
      const told = this.#waiters;
      this.#waiters = [];
      try {
        const result = this.#wanted ? await this.#draw(this.#wanted) : ok(undefined);
        for (const { resolve } of told) resolve(result);
      } catch (error) {
        this.#isFresh = true;
        for (const { reject } of told) reject(error);
      }
      await this.#pause(this.#rules.everyMs);
    }
    this.#updating = undefined;
  }

  async #draw({ picture, sinceMs }: Wanted): Promise<Result<void, DeviceFault>> {
    const { refreshMs } = this.#rules;
    const { pieces, fault } = picture.encode(this.#isFresh, this.#time.clock.monotonicMs() - sinceMs);
    const key = pieces.map((piece) => Buffer.from(piece).toString('latin1')).join('\n');
    const isShown = !this.#isFresh && refreshMs === undefined && key === this.#shown;
    const sent = isShown ? ok(undefined) : await this.#send(pieces, picture.label);
    this.#shown = sent.ok ? key : undefined;
    this.#isFresh = !sent.ok || picture.isTrial === true;
    if (!sent.ok && !this.#isLineGone) this.#alarm('again', RETRY_MS);
    if (sent.ok && refreshMs !== undefined) this.#alarm('again', refreshMs);
    return sent.ok && fault !== undefined ? err(fault) : sent;
  }

  async #send(pieces: readonly Uint8Array[], label: string): Promise<Result<void, DeviceFault>> {
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) await this.#pause(this.#rules.pauseMs);
      const written = await this.#transport.write(piece, { label, timeoutMs: SEND_TIMEOUT_MS });
      if (!written.ok) return index > 0 ? err({ ...written.error, sent: 'some' }) : written;
    }
    return ok(undefined);
  }

  async #pause(durationMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#time.timers.after(durationMs, resolve);
    await Promise.race([promise, this.#closing.promise]);
    cancel();
  }
}
