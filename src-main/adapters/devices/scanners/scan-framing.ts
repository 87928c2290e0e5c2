/**
 * Cuts what a scanner sends into readings. Pure but for what it remembers of an unfinished one.
 *
 * A reading ends with the suffix; without one in the traits, with CR, LF or both. `suffix: ''`: the scanner ends with silence.
 * Longer than 512 characters: the beginning is told once, and the rest is dropped up to the next end.
 */
import type { ScannerTraits } from '../../../core/domain/devices/device.ts';

export const READING_BYTES_MAX = 512;

export class ScanFraming {
  readonly #prefix: Buffer;
  readonly #suffix: Buffer | undefined;
  #pending = Buffer.alloc(0);
  #isOverlong = false;

  constructor({ prefix = '', suffix }: ScannerTraits) {
    this.#prefix = Buffer.from(prefix, 'latin1');
    this.#suffix = suffix === undefined ? undefined : Buffer.from(suffix, 'latin1');
  }

  /** Whether readings end by silence alone. */
  get endsBySilence(): boolean {
    return this.#suffix?.length === 0;
  }

  push(bytes: Uint8Array): readonly string[] {
    const readings: string[] = [];
    this.#pending = Buffer.concat([this.#pending, bytes]);
    for (let end = this.#nextEnd(); end !== undefined; end = this.#nextEnd()) {
      readings.push(...this.#finished(this.#pending.subarray(0, end.at)));
      this.#pending = this.#pending.subarray(end.at + end.length);
    }
    if (this.#pending.length > READING_BYTES_MAX) {
      if (!this.#isOverlong) readings.push(...this.#text(this.#pending.subarray(0, READING_BYTES_MAX)));
      this.#isOverlong = true;
      // What could be the beginning of the suffix must stay.
      this.#pending = this.#pending.subarray(-Math.max(1, this.#suffix?.length ?? 1));
    }
    return readings;
  }

  /** Nothing came for a while: a reading that ends by silence is finished, any other was cut off and is dropped. */
  silence(): readonly string[] {
    const rest = this.#pending;
    this.#pending = Buffer.alloc(0);
    const readings = this.endsBySilence ? this.#finished(rest) : [];
    this.#isOverlong = false;
    return readings;
  }

  #nextEnd(): Readonly<{ at: number; length: number }> | undefined {
    if (this.endsBySilence) return undefined;
    const at = this.#suffix
      ? this.#pending.indexOf(this.#suffix)
      : this.#pending.findIndex((byte) => byte === 0x0d || byte === 0x0a);
    return at === -1 ? undefined : { at, length: this.#suffix?.length ?? 1 };
  }

  #finished(bytes: Buffer): readonly string[] {
    const wasOverlong = this.#isOverlong;
    this.#isOverlong = false;
    return wasOverlong ? [] : this.#text(bytes.subarray(0, READING_BYTES_MAX));
  }

  #text(bytes: Buffer): readonly string[] {
    const hasPrefix = this.#prefix.length > 0 && bytes.subarray(0, this.#prefix.length).equals(this.#prefix);
    const text = (hasPrefix ? bytes.subarray(this.#prefix.length) : bytes).toString('utf8').trim();
    return text === '' ? [] : [text.slice(0, READING_BYTES_MAX)];
  }
}
