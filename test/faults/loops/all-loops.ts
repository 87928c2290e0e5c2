/** Every seam and every way in which a call of it goes wrong, looped over one story. */
import { HOWS } from './fuse.ts';
import type { Fault, Seam } from './fuse.ts';
import { loop } from './tell.ts';
import type { Told } from './tell.ts';

export type Looped = Readonly<{
  /** Calls of each seam that an undisturbed telling makes: as the loop found them, by not reaching the next one. */
  calls: Readonly<Record<Seam, number>>;
  tellings: number;
  deaths: number;
  wrong: readonly string[];
}>;

/** `strides`: every how many calls of a seam one goes wrong. */
export async function loopAll(
  tellWith: (fault: Fault) => Promise<Told>,
  strides: Record<Seam, number>,
): Promise<Looped> {
  const calls: Record<Seam, number> = { read: 0, commit: 0, network: 0, drawer: 0, printer: 0 };
  const wrong: string[] = [];
  let [tellings, deaths] = [0, 0];
  for (const seam of Object.keys(HOWS) as readonly Seam[]) {
    const hows: readonly string[] = HOWS[seam];
    for (const how of hows) {
      const looped = await loop(tellWith, { seam, how } as Omit<Fault, 'nth'>, strides[seam]);
      calls[seam] = Math.max(calls[seam], looped.calls);
      tellings += looped.tellings;
      deaths += looped.deaths;
      wrong.push(...looped.wrong);
    }
  }
  return { calls, tellings, deaths, wrong };
}
