/**
 * The fault loops without a short cut: every call of every seam, of every cash-out's and every payout's story.
 *
 * Use    npm run fault-loops [-- --only <part of a story's name>]
 * Output One line per story and network: calls of each kind, tellings, and whatever was wrong. The exit code is 0 when nothing was.
 */
import { parseArgs } from 'node:util';
import { loopAll } from './loops/all-loops.ts';
import type { Fault } from './loops/fuse.ts';
import { STORIES } from './loops/stories.ts';
import { tell } from './loops/tell.ts';
import type { Told } from './loops/tell.ts';
import { PAYOUT_STORIES, tellPayout } from './loops/tell-payout.ts';

const EVERY_CALL = { read: 1, commit: 1, network: 1, drawer: 1, printer: 1 };

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });

type Teller = Readonly<{ name: string; tellWith: (fault: Fault) => Promise<Told> }>;

const TELLERS: readonly Teller[] = [
  ...STORIES.flatMap((story) =>
    story.networks.map((network) => ({
      name: `${story.name} (${network})`,
      tellWith: (fault: Fault) => tell(story, network, fault),
    })),
  ),
  ...PAYOUT_STORIES.flatMap((story) =>
    story.brands.map((brand) => ({
      name: `${story.name} (${brand})`,
      tellWith: (fault: Fault) => tellPayout(story, brand, fault),
    })),
  ),
];

let [tellings, wrong] = [0, 0];
for (const { name, tellWith } of TELLERS.filter((teller) => teller.name.includes(values.only))) {
  const looped = await loopAll(tellWith, EVERY_CALL);
  const calls = Object.entries(looped.calls).map(([seam, count]) => `${seam} ${count}`);
  console.log(`${name}: ${calls.join(', ')}; ${looped.tellings} tellings`);
  for (const words of looped.wrong) console.log(`  ${words}`);
  tellings += looped.tellings;
  wrong += looped.wrong.length;
}
console.log(`${tellings} tellings, ${wrong} wrong`);
process.exitCode = wrong === 0 && tellings > 0 ? 0 : 1;
