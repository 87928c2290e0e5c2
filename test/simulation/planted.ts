/**
 * Measures how surely each planted bug is found, and that the till without it is right in the very same shops.
 *
 * Use    npm run planted [-- --seeds 40] [--only <part of the bug's sentence>]
 * Output One row of a table for each bug; times are those of the processor. The exit code is 0 when each bug was found in at least half of
 *        its shops, and nothing was wrong in any without it.
 */
import { parseArgs } from 'node:util';
import { MUTANTS } from './mutants/index.ts';
import type { Mutant } from './mutants/mutant.ts';
import { replayLine } from './shrink.ts';
import { simulate } from './simulate.ts';
import type { Plan } from './simulate.ts';

type Measured = Readonly<{
  found: number;
  /** The first seed that finds it, and what it took to get there. */
  first: Readonly<{ seed: number; seconds: number }> | undefined;
  foundSeconds: number;
  /** One line for each shop without the bug in which something was wrong. */
  wrong: readonly string[];
}>;

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '40' }, only: { type: 'string', default: '' } },
});
const seeds = Number(values.seeds);
let isBlind = false;
console.log(
  '| planted | storm | cash-outs | found in | first by seed | seconds to it | seconds a find | wrong without it |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const mutant of MUTANTS.filter(({ bug }) => bug.includes(values.only))) {
  const measured = await measure(mutant);
  console.log(rowOf(mutant, measured));
  for (const line of measured.wrong) console.log(line);
  isBlind ||= measured.found * 2 < seeds || measured.wrong.length > 0;
}
process.exitCode = isBlind ? 1 : 0;

async function measure(mutant: Mutant): Promise<Measured> {
  const { cashOuts, network, storm, breaks } = mutant;
  const startedSeconds = processorSeconds();
  let [found, foundSeconds] = [0, 0];
  let first: Measured['first'];
  const plans = Array.from({ length: seeds }, (_, index): Plan => ({
    seed: index + 1,
    cashOuts,
    networks: [network],
    ...(storm && { storm }),
  }));
  for (const plan of plans) {
    const { breaches } = await simulate({ ...plan, mutant });
    foundSeconds = processorSeconds() - startedSeconds;
    if (!breaches.some((breach) => breaks.test(breach))) continue;
    found += 1;
    first ??= { seed: plan.seed, seconds: foundSeconds };
  }
  const wrong: string[] = [];
  for (const plan of plans) {
    const { breaches } = await simulate(plan);
    if (breaches[0] !== undefined) wrong.push(`${breaches[0]}\n  again: ${replayLine(plan)}`);
  }
  return { found, first, foundSeconds, wrong };
}

function rowOf({ bug, storm, cashOuts }: Mutant, { found, first, foundSeconds, wrong }: Measured): string {
  const cells = [
    bug,
    storm ?? 'usual',
    cashOuts,
    `${found} of ${seeds}`,
    first?.seed ?? 'none',
    first?.seconds.toFixed(2) ?? '',
    found === 0 ? '' : (foundSeconds / found).toFixed(2),
    wrong.length,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Other work on the machine does not count. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}
