/** Small words that every text of the command line uses. */
import type { Speaker } from './speaker.ts';

export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

export function times(number: number): string {
  return number === 1 ? 'once' : `${number} times`;
}

export function because(outcome: string): string {
  return outcome === '' ? '' : ` (${outcome})`;
}

/** A time that never comes means that a person must look first. */
export function isSoon(atMs: number, { nowMs }: Speaker): boolean {
  return atMs < nowMs + 86_400_000;
}
