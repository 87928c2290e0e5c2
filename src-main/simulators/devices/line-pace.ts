/**
 * How fast bytes come over a line, and where they wait while the device has no room. Ten bits to a byte (8N1).
 * Bytes that are due within the same few milliseconds are delivered together, each for itself and in order.
 */
import { ByteQueue } from './byte-queue.ts';
import type { DeviceTime } from './device-time.ts';

const BITS_PER_BYTE = 10;
const SLICE_MS = 5;

export type LinePaceOptions = Readonly<{
  /** Without a clock, or without a speed, everything arrives at once. */
  time?: DeviceTime | undefined;
  baud?: number | undefined;
  /** How many bytes the device takes now; without it, all that come. */
  room?: () => number;
  deliver: (byte: number) => void;
}>;

export class LinePace {
  readonly #options: LinePaceOptions;
  readonly #waiting = new ByteQueue();
  #cancelTimer: (() => void) | undefined;
  #isDelivering = false;

  constructor(options: LinePaceOptions) {
    this.#options = options;
  }

  get byteCount(): number {
    return this.#waiting.length;
  }

  send(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.proceed();
  }

  /** Something may have changed: there is room again. */
  proceed(): void {
    if (this.#isDelivering || this.#cancelTimer !== undefined || this.#waiting.length === 0) return;
    const { time, baud } = this.#options;
    if (time === undefined || baud === undefined) {
      // Whoever hears an answer may say something at once.
      while (this.#waiting.length > 0 && this.#hasRoom()) this.#deliver(this.#waiting.length);
      return;
    }
    const bytesPerSlice = Math.max(1, Math.floor((baud * SLICE_MS) / 1_000 / BITS_PER_BYTE));
    const count = Math.min(bytesPerSlice, this.#waiting.length);
    this.#cancelTimer = time.after((count * BITS_PER_BYTE * 1_000) / baud, () => {
      this.#cancelTimer = undefined;
      this.#deliver(count);
      if (this.#hasRoom()) this.proceed();
    });
  }

  /** What is under way is lost. */
  clear(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#waiting.clear();
  }

  #hasRoom(): boolean {
    return (this.#options.room?.() ?? 1) > 0;
  }

  #deliver(count: number): void {
    this.#isDelivering = true;
    for (let left = count; left > 0 && this.#hasRoom(); left -= 1) {
      const byte = this.#waiting.shift();
      if (byte === undefined) break;
      this.#options.deliver(byte);
    }
    this.#isDelivering = false;
  }
}
