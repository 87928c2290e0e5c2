/**
 * Cash-outs with printer, drawer and display on 9600-baud virtual lines, and print jobs while the device process is killed.
 *
 * Use    npm run device-soak -- [--cash-outs 1000] [--killed-jobs 200] [--seed 1] [--loop-limit 16]
 * Output Figures as JSON lines, then what is wrong with them. The exit code is 0 when nothing is. A cash-out takes about four seconds: that is
 *        what two slips take at that speed.
 */
import { parseArgs } from 'node:util';
import { killWhilePrinting } from './killed-jobs.ts';
import { problemsOf, soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    'cash-outs': { type: 'string', default: '1000' },
    'killed-jobs': { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    'loop-limit': { type: 'string', default: '16' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const problems: string[] = [];
if (Number(values['killed-jobs']) > 0) {
  const killed = await killWhilePrinting({ jobs: Number(values['killed-jobs']), seed: Number(values.seed) });
  say(JSON.stringify({ killed }));
  problems.push(...killed.untrue, ...(killed.isBack ? [] : ['the printer did not come back']));
}
if (Number(values['cash-outs']) > 0) {
  const figures = await soak(Number(values['cash-outs']), say, { isAside: true });
  say(JSON.stringify({ soak: figures }));
  problems.push(...problemsOf(figures, Number(values['loop-limit'])));
}
say(problems.length === 0 ? 'Nothing is wrong.' : problems.join('\n'));
process.exitCode = problems.length === 0 ? 0 : 1;
