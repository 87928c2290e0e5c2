/** What people must see although nothing is refused by it: something around the till is not as it should be. */
import type { NetworkId } from './network.ts';

export type Warning =
  /** `offByMs`: how far this till's clock is ahead of the network's; below zero: behind. */
  | Readonly<{ kind: 'clock'; network: NetworkId; offByMs: number; sinceMs: number }>
  /** `no-second-copy`: the backup is there, its copy in the second place is not. `detail` is the machine's own words. */
  | Readonly<{ kind: 'backup'; reason: 'not-made' | 'no-second-copy'; detail: string; sinceMs: number }>;

/** Seconds more or less hurt nobody; beyond a minute, deadlines and the times on slips are wrong. */
const CLOCK_OFF_MS = 60_000;

/** `farMs`: a network's clock in whole seconds, written some time between the question and the whole answer. */
export type FarClock = Readonly<{ farMs: number; sentAtMs: number; answeredAtMs: number }>;

/** 0: the far clock was within what the answer took. Above zero: ours is ahead. */
export function clockOffByMs({ farMs, sentAtMs, answeredAtMs }: FarClock): number {
  const farLatestMs = farMs + 999;
  if (farLatestMs < sentAtMs) return sentAtMs - farLatestMs;
  return farMs > answeredAtMs ? answeredAtMs - farMs : 0;
}

export function isClockFarOff(offByMs: number): boolean {
  return Math.abs(offByMs) > CLOCK_OFF_MS;
}

/** In English, for records and the command line; screens choose their words by `kind`. */
export function warningWords(warning: Warning): string {
  if (warning.kind === 'backup') return `backup: ${warning.detail}`;
  const seconds = Math.round(Math.abs(warning.offByMs) / 1_000);
  const way = warning.offByMs > 0 ? 'ahead of' : 'behind';
  return `clock: this till is ${seconds} s ${way} the clock of ${warning.network}: set the machine’s time; nothing is refused by it`;
}
