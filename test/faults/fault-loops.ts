/**
 * The fault loops without a short cut: every call of every seam.
 *
 * Use    npm run fault-loops [-- --only <part of a story's name>]
 * Output One line per story and network: calls of each kind, tellings, and whatever was wrong. The exit code is 0 when nothing was.
 */
import { parseArgs } from 'node:util';
import { loopAll } from './loops/all-loops.ts';
import { STORIES } from './loops/stories.ts';

const EVERY_CALL = { read: 1, commit: 1, network: 1, drawer: 1, printer: 1 };

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
let [tellings, wrong] = [0, 0];
for (const story of STORIES.filter(({ name }) => name.includes(values.only))) {
  for (const network of story.networks) {
    const looped = await loopAll(story, network, EVERY_CALL);
    const calls = Object.entries(looped.calls).map(([seam, count]) => `${seam} ${count}`);
    console.log(`${story.name} (${network}): ${calls.join(', ')}; ${looped.tellings} tellings`);
    for (const words of looped.wrong) console.log(`  ${words}`);
    tellings += looped.tellings;
    wrong += looped.wrong.length;
  }
}
console.log(`${tellings} tellings, ${wrong} wrong`);
process.exitCode = wrong === 0 && tellings > 0 ? 0 : 1;
