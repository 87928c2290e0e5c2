/** Bytes that wait in line: in at one end, out at the other, in one block of memory that grows when it must. */
export class ByteQueue {
  #block = new Uint8Array(256);
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  push(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#block.length) this.#makeRoom(bytes.length);
    this.#block.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  pushByte(byte: number): void {
    if (this.#end === this.#block.length) this.#makeRoom(1);
    this.#block[this.#end] = byte;
    this.#end += 1;
  }

  /** The next byte, or undefined where none is left. */
  shift(): number | undefined {
    if (this.#start === this.#end) return undefined;
    const byte = this.#block[this.#start];
    this.drop(1);
    return byte;
  }

  /** What waits, without taking it out: good until the next change. */
  view(): Uint8Array {
    return this.#block.subarray(this.#start, this.#end);
  }

  drop(count: number): void {
    this.#start = Math.min(this.#end, this.#start + count);
    if (this.#start === this.#end) this.clear();
  }

  clear(): void {
    this.#start = 0;
    this.#end = 0;
  }

  #makeRoom(count: number): void {
    const waiting = this.#block.subarray(this.#start, this.#end);
    const isCramped = (waiting.length + count) * 2 > this.#block.length;
    const block = isCramped ? new Uint8Array((waiting.length + count) * 2) : this.#block;
    block.set(waiting);
    this.#block = block;
    this.#end = waiting.length;
    this.#start = 0;
  }
}
