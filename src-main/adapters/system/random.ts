/** Chance for jitter; nothing that must not be guessed comes from here. */
import type { Random } from '../../core/application/ports/system.ts';

export function createRandom(): Random {
  return { next: () => Math.random() };
}
