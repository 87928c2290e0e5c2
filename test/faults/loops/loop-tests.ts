/** The loops as tests, for one network: a file of tests each, so that they run beside each other. */
import { expect, test } from 'vitest';
import { loopAll } from './all-loops.ts';
import type { ShopNetwork } from './faulty-shop.ts';
import { STORIES } from './stories.ts';
import { tell } from './tell.ts';
import { PAYOUT_STORIES, tellPayout } from './tell-payout.ts';

/** Every call but reads, which are many and much alike; the loop over all of them is `npm run fault-loops`. */
const QUICK = { read: 37, commit: 1, network: 1, drawer: 1, printer: 1 };
/** The wait for an order's end is a hundred questions that are all the same. */
const QUICK_WAIT = { ...QUICK, read: 401, network: 23 };

export function testLoops(network: ShopNetwork): void {
  const told = STORIES.filter(({ networks }) => networks.includes(network));

  test.each(told)('$name: whichever call goes wrong, it ends as if none had', async (story) => {
    const undisturbed = await tell(story, network);
    expect(undisturbed).toMatchObject({ isReached: false, wrong: [], deaths: 0 });

    const isLongWait = undisturbed.calls.network > 50;
    const looped = await loopAll((fault) => tell(story, network, fault), isLongWait ? QUICK_WAIT : QUICK);
    expect(looped.wrong).toEqual([]);
    expect(looped.calls.commit).toBeGreaterThanOrEqual(story.least.commit);
    expect(looped.calls.network).toBeGreaterThanOrEqual(story.least.network);
    expect(looped.calls.read).toBeGreaterThanOrEqual(story.least.read);
    // The program dies of a disk that fails at its very start, and of nothing else.
    expect(looped.deaths).toBeLessThanOrEqual(3);
  });
}

export function testPayoutLoops(): void {
  const told = PAYOUT_STORIES.flatMap((story) => story.brands.map((brand) => ({ story, brand, name: story.name })));

  test.each(told)('$name ($brand): whichever call goes wrong, it ends as if none had', async ({ story, brand }) => {
    const undisturbed = await tellPayout(story, brand);
    expect(undisturbed).toMatchObject({ isReached: false, wrong: [], deaths: 0 });

    const looped = await loopAll((fault) => tellPayout(story, brand, fault), { ...QUICK, read: 67 });
    expect(looped.wrong).toEqual([]);
    expect(looped.calls.commit).toBeGreaterThanOrEqual(7);
    expect(looped.calls.network).toBeGreaterThanOrEqual(2);
    expect(looped.deaths).toBeLessThanOrEqual(3);
  });
}
