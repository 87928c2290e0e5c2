/**
 * The side of a printer that faces the line: bytes arrive, are heard at once, and wait in the receive buffer until the firmware takes them.
 * Source  Epson's data sheets for the marks at which a printer says stop and go.
 */
import { ByteQueue } from '../byte-queue.ts';
import type { DeviceTime } from '../device-time.ts';
import { LinePace } from '../line-pace.ts';
import type { PrinterModel } from './printer-model.ts';

export type ReceiverOptions = Readonly<{
  model: PrinterModel;
  time: DeviceTime | undefined;
  baud: number | undefined;
  isListening: () => boolean;
  /** Every byte on reception, whatever becomes of it. */
  hear: (byte: number) => void;
  /** There is something in the buffer. */
  onBuffered: () => void;
  say: (byte: number) => void;
  complain: (what: string) => void;
}>;

const XON = 0x11;
const XOFF = 0x13;
const SMALL_BUFFER_BYTES = 64;

export class Receiver {
  readonly #options: ReceiverOptions;
  readonly #line: LinePace;
  readonly #buffer = new ByteQueue();
  #moments: readonly Readonly<{ byteCount: number; run: () => void }>[] = [];
  #receivedBytes = 0;
  #hasSentXoff = false;
  #isLosing = false;

  constructor(options: ReceiverOptions) {
    const { time, baud } = options;
    this.#options = options;
    this.#line = new LinePace({ time, baud, room: () => this.room(), deliver: (byte) => this.#receive(byte) });
  }

  get receivedByteCount(): number {
    return this.#receivedBytes;
  }

  get lineByteCount(): number {
    return this.#line.byteCount;
  }

  get bufferedByteCount(): number {
    return this.#buffer.length;
  }

  /** How many bytes find a place now. A serial line never waits: what finds none is lost. */
  room(): number {
    const { bufferBytes, whenBufferIsFull } = this.#options.model;
    if (bufferBytes === undefined || whenBufferIsFull === 'lose') return Number.MAX_SAFE_INTEGER;
    return Math.max(0, bufferBytes - this.#buffer.length);
  }

  send(bytes: Uint8Array): void {
    this.#line.send(bytes);
  }

  /** The next byte for the firmware. */
  take(): number | undefined {
    return this.#buffer.shift();
  }

  /** The firmware has taken some: the line may go on. */
  proceed(): void {
    this.#sayWhetherFull();
    this.#line.proceed();
  }

  at(byteCount: number, run: () => void): void {
    this.#moments = [...this.#moments, { byteCount, run }];
  }

  runMoments(): void {
    if (this.#moments.length === 0) return;
    const due = this.#moments.filter(({ byteCount }) => byteCount <= this.#receivedBytes);
    this.#moments = this.#moments.filter(({ byteCount }) => byteCount > this.#receivedBytes);
    for (const { run } of due) run();
  }

  clearBuffer(): void {
    this.#buffer.clear();
  }

  /** Power is off: what is under way finds nobody. */
  forget(): void {
    this.#line.clear();
    this.#buffer.clear();
    this.#hasSentXoff = false;
    this.#isLosing = false;
  }

  #receive(byte: number): void {
    const { model, isListening, hear, onBuffered, complain } = this.#options;
    this.#receivedBytes += 1;
    if (!isListening()) return;
    hear(byte);
    if (model.whenBufferIsFull === 'lose' && this.#buffer.length >= (model.bufferBytes ?? Infinity)) {
      if (!this.#isLosing) complain('bytes were lost: the receive buffer is full');
      this.#isLosing = true;
    } else {
      this.#isLosing = false;
      this.#buffer.pushByte(byte);
      onBuffered();
    }
    this.#sayWhetherFull();
    this.runMoments();
  }

  /** Leaves the till time to stop: some bytes are always on their way. */
  #sayWhetherFull(): void {
    const { sendsXonXoff, bufferBytes } = this.#options.model;
    if (!sendsXonXoff || bufferBytes === undefined) return;
    const free = bufferBytes - this.#buffer.length;
    const [stopAt, goAt] = bufferBytes <= SMALL_BUFFER_BYTES ? [16, 26] : [128, 256];
    if (!this.#hasSentXoff && free <= stopAt) {
      this.#hasSentXoff = true;
      this.#options.say(XOFF);
    } else if (this.#hasSentXoff && free >= goAt) {
      this.#hasSentXoff = false;
      this.#options.say(XON);
    }
  }
}
