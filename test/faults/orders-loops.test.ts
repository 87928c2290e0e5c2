/** A till whose first, second, third … call to the world goes wrong, until a whole cash-out passes without having made that many. */
import { expect, test } from 'vitest';
import { testLoops } from './loops/loop-tests.ts';
import { STORIES } from './loops/stories.ts';
import { tell } from './loops/tell.ts';

testLoops('mercadopago-orders');

test('a story whose end is told wrongly is heard', async () => {
  const [story] = STORIES;
  if (!story) throw new Error('no story');
  const told = await tell({ ...story, ends: 'returned', isGiven: false }, 'mercadopago-orders');
  expect(told.wrong.join('\n')).toMatch(/it ends settled/);
  expect(told.wrong.join('\n')).toMatch(/notes given 1 times/);
});
