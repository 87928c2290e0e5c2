/** Whoever pulls the plug: SIGKILL at instants that a seed spreads over the life that a command has on this machine. */
import { seeded } from './chance.ts';
import type { Said, Shop } from './shop.ts';

/** Of the life of a command that only looks: before this it has opened nothing yet. */
const EARLIEST_SHARE = 0.4;
/** Of the life of the command itself: some get to their end, and tell how long that takes by now. */
const LATEST_SHARE = 1.05;
const LOOKS = 3;

export interface Killer {
  /** Commands that did not get to their end. */
  readonly kills: number;
  /** Starts a command and kills it at a random instant; answers how it ended, which may be before the kill. */
  kill(input: string, ...words: readonly string[]): Promise<Said>;
}

/** `longerMs`: how much longer than one that only looks the commands in question live, until one has got to its end and is known better. */
export async function createKiller(
  shop: Pick<Shop, 'begin' | 'till'>,
  seed: number,
  { longerMs }: { longerMs: number },
): Promise<Killer> {
  const chance = seeded(seed);
  const lookMs = await lifeOfALook(shop);
  const lifeMs = new Map<string, number>();
  let kills = 0;
  return {
    get kills() {
      return kills;
    },
    async kill(input, ...words) {
      const name = words.slice(0, 2).join(' ');
      const startedMs = performance.now();
      const { child, ended } = shop.begin(...words);
      child.stdin.on('error', () => undefined); // It may be dead before it has read.
      child.stdin.end(input);
      const earliestMs = lookMs * EARLIEST_SHARE;
      const latestMs = (lifeMs.get(name) ?? lookMs + longerMs) * LATEST_SHARE;
      const timer = setTimeout(() => child.kill('SIGKILL'), earliestMs + chance() * (latestMs - earliestMs));
      const said = await ended;
      clearTimeout(timer);
      if (said.signal === 'SIGKILL') kills += 1;
      else lifeMs.set(name, performance.now() - startedMs);
      return said;
    },
  };
}

/** In ms, the median: the first one may still have to be read from the disk. */
async function lifeOfALook(shop: Pick<Shop, 'till'>): Promise<number> {
  const tookMs: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    const startedMs = performance.now();
    await shop.till('status');
    tookMs.push(performance.now() - startedMs);
  }
  return tookMs.toSorted((left, right) => left - right)[Math.floor(LOOKS / 2)] ?? 0;
}
