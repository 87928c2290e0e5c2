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

/** There the printer takes the next two bytes for the length of what follows: a question about its state would become thousands of bytes. */
test('a cable that is pulled inside a command’s head, and put back, spoils neither the next slip nor the questions before it', async () => {
  const pulled = CASES.filter(({ slip, mishap }) => slip === 'qr' && mishap.name === 'the cable is pulled');
  expect(pulled).toHaveLength(3);
  const problems: string[] = [];
  for (const each of pulled)
    for (let place = 160; place <= 182; place += 1) problems.push(...(await tellPosition(each, place)));
  expect(problems).toEqual([]);
});
