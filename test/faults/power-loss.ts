/**
 * The power-loss replay for every story, and a look at the syncs that it relies on.
 *
 * Use    npm run power-loss [-- --mixtures 120] [--seed 1] [--only <part of a story's name>]
 * Output One line per story, network and checkpoint size. The exit code is 0 when every opening gave the state before or after.
 */
import { parseArgs } from 'node:util';
import { STORIES } from './loops/stories.ts';
import { losePower } from './power/lose-power.ts';
import { watchSyncs } from './power/sync-order.ts';

const CHECKPOINT_PAGES = [1000, 12, 40];

const { values } = parseArgs({
  options: {
    mixtures: { type: 'string', default: '120' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
let [openings, wrong] = [0, 0];
for (const story of STORIES.filter(({ name }) => name.includes(values.only))) {
  for (const network of story.networks) {
    for (const checkpointPages of CHECKPOINT_PAGES) {
      const [seed, mixtures] = [Number(values.seed), Number(values.mixtures)];
      const lost = await losePower({ story, network, seed, mixtures, checkpointPages });
      const found = `${lost.openings} openings, ${lost.before} as before, ${lost.after} as after`;
      const made = `${lost.commits} commits, ${lost.checkpoints} checkpoints`;
      console.log(`${story.name} (${network}, log of ${checkpointPages} pages): ${made}, ${found}`);
      for (const words of lost.wrong) console.log(`  ${words}`);
      openings += lost.openings;
      wrong += lost.wrong.length;
    }
  }
}
console.log(`${openings} openings, ${wrong} wrong`);
const syncs = watchSyncs();
console.log(syncs ? JSON.stringify(syncs) : 'strace is not on this machine: the order of syncs was not watched');
process.exitCode = wrong === 0 && openings > 0 && (syncs?.wrong.length ?? 0) === 0 ? 0 : 1;
