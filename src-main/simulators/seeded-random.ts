/**
 * Chance that can be repeated: the same seed and stream name give the same draws on every machine.
 *
 * Streams keep one thing's draws apart from another's, so that turning the weather on does not change the ids.
 * Source  sfc32 by Chris Doty-Humphrey (PractRand), seeded through an FNV-1a hash of the stream's name.
 */
export interface SeededRandom {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number of 0 to limit − 1. */
  below(limit: number): number;
  /** A whole number from minimum to maximum, both included. */
  between(minimum: number, maximum: number): number;
  chance(rate: number): boolean;
  text(length: number, alphabet: string): string;
  /** In the form of a version 4 UUID. */
  uuid(): string;
}

const HEX = '0123456789abcdef';

export function createSeededRandom(seed: number, stream = ''): SeededRandom {
  let a = hash(stream, 0x811c9dc5);
  let b = hash(stream, Math.trunc(seed) | 0);
  let c = hash(stream, Math.trunc(seed / 2 ** 32) ^ 0x9e3779b9);
  let counter = 1;

  function next(): number {
    const mixed = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + mixed;
    c |= 0;
    return (mixed >>> 0) / 2 ** 32;
  }
  // The first rounds still show the seed; the rest does not.
  for (let round = 0; round < 12; round += 1) next();

  const below = (limit: number): number => Math.floor(next() * limit);
  function text(length: number, alphabet: string): string {
    let letters = '';
    for (let index = 0; index < length; index += 1) letters += alphabet.charAt(below(alphabet.length));
    return letters;
  }
  return {
    next,
    below,
    between: (minimum, maximum) => minimum + below(maximum - minimum + 1),
    chance: (rate) => rate > 0 && next() < rate,
    text,
    uuid: () => `${text(8, HEX)}-${text(4, HEX)}-4${text(3, HEX)}-${text(1, '89ab')}${text(3, HEX)}-${text(12, HEX)}`,
  };
}

function hash(text: string, start: number): number {
  let value = start ^ 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value | 0;
}
