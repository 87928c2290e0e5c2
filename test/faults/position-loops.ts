/**
 * Every mishap at every byte of every slip.
 *
 * Use    npm run position-loops [-- --only <part of a case's name>] [--every <bytes>]
 * Output One line per case: bytes tried, and whatever was wrong. The exit code is 0 when nothing was.
 */
import { parseArgs } from 'node:util';
import { CASES, nameOf, tellPosition, wellOf } from './positions/tell-position.ts';

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, every: { type: 'string', default: '1' } },
});

let [tried, wrong] = [0, 0];
for (const each of CASES.filter((candidate) => nameOf(candidate).includes(values.only))) {
  const { jobLength } = await wellOf(each);
  const problems: string[] = [];
  let count = 0;
  for (let position = 0; position <= jobLength; position += Number(values.every)) {
    problems.push(...(await tellPosition(each, position)));
    count += 1;
  }
  console.log(`${nameOf(each)}: ${count} positions, ${problems.length} wrong`);
  problems.forEach((problem) => console.log(`  ${problem}`));
  tried += count;
  wrong += problems.length;
}
console.log(`${tried} positions tried, ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
