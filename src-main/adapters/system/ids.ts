/**
 * Ids that sort by time, and keys that nobody can guess.
 *
 * Source  ULID specification: 48 bits of milliseconds and 80 random bits in Crockford's base 32; within one millisecond the random part rises
 *         by one. A clock that is set back does not take the order back: the last time seen goes on.
 */
import { randomBytes, randomUUID } from 'node:crypto';

import type { Clock, Ids } from '../../core/application/ports/system.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;
const RANDOM_LIMIT = 1n << 80n;

export function createIds(clock: Pick<Clock, 'nowMs'>): Ids {
  let lastMs = 0;
  let lastRandom = 0n;

  function advance(): void {
    const nowMs = Math.trunc(clock.nowMs());
    lastRandom += 1n;
    if (nowMs > lastMs) {
      lastMs = nowMs;
      lastRandom = freshRandom();
    } else if (lastRandom === RANDOM_LIMIT) {
      lastMs += 1;
      lastRandom = freshRandom();
    }
  }

  return {
    next() {
      advance();
      return encode(BigInt(lastMs), TIME_CHARS) + encode(lastRandom, RANDOM_CHARS);
    },
    key: () => randomUUID(),
  };
}

function freshRandom(): bigint {
  return BigInt(`0x${randomBytes(10).toString('hex')}`);
}

function encode(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest >>= 5n) text = ALPHABET.charAt(Number(rest & 31n)) + text;
  return text;
}
