import { expect, test } from 'vitest';
import { problemsOf, soak } from './soak.ts';

test('cash-outs with printer, drawer and display on slow lines: each slip once on paper, the drawer once open, nothing left behind', async () => {
  const figures = await soak(2, () => undefined);
  // How long a loop stands still is the business of `npm run device-soak`, on a machine that does nothing else.
  expect(problemsOf(figures)).toEqual([]);
  expect(figures).toMatchObject({ cashOuts: 2, papers: 4, drawerOpenings: 2 });
});
