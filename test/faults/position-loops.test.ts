/**
 * Paper, cover, cable and power fail at any byte of a slip: what the till says is what is on paper, nothing prints twice, the next slip comes
 * out whole, and the cashier reads the cause and the next step (I9). Every so many bytes here; `npm run position-loops` tries each.
 */
import { expect, test } from 'vitest';
import { CASES, nameOf, tellPosition, wellOf } from './positions/tell-position.ts';

const POSITIONS_EACH = 5;

test.each(CASES.map((each) => [nameOf(each), each] as const))('%s', async (_name, each) => {
  const { jobLength } = await wellOf(each);
  const places = Array.from({ length: POSITIONS_EACH }, (_, index) => (index * jobLength) / (POSITIONS_EACH - 1));
  const problems: string[] = [];
  for (const place of places) problems.push(...(await tellPosition(each, Math.floor(place))));
  expect(problems).toEqual([]);
});
