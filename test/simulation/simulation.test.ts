/** A till cannot be proven right by examples: here whole shops live through storms that a seed makes, and nothing may be wrong at any step. */
import { expect, test } from 'vitest';
import { MUTANTS } from './mutants/index.ts';
import { replayLine, shrink } from './shrink.ts';
import { simulate } from './simulate.ts';
import { ROUGH_STORMS } from './storms.ts';
import type { FarNetwork } from './far-networks.ts';
import type { Outcome } from './simulate.ts';

const lived: Outcome[] = [];

const ORDERS = ['mercadopago-orders'] as const;
const INSTORE = ['mercadopago-instore'] as const;
const BOTH = ['mercadopago-orders', 'mercadopago-instore'] as const;

const SHOPS: readonly (readonly [seed: number, networks: readonly FarNetwork['id'][]])[] = [
  [1, ORDERS],
  [2, ORDERS],
  [3, ORDERS],
  [4, INSTORE],
  [5, INSTORE],
  [14, INSTORE],
  [7, BOTH],
  [8, BOTH],
];
const PAYING_OUT: readonly (readonly [seed: number, networks: readonly FarNetwork['id'][]])[] = [
  [1, [...ORDERS, 'onekey']],
  [2, [...INSTORE, 'tupay']],
];

test.each(SHOPS)(
  'a shop in a storm (seed %i, %j) gives notes at most once, only when paid, and leaves nothing stranded',
  async (seed, networks) => {
    const again = replayLine({ seed, cashOuts: 60, networks });
    const outcome = await simulate({ seed, cashOuts: 60, networks });
    lived.push(outcome);
    expect({ breaches: outcome.breaches, again }).toEqual({ breaches: [], again });
    expect(outcome.cashOuts).toBe(60);
    expect(outcome.ends['settled'] ?? 0).toBeGreaterThan(20);
  },
);

test.each(ROUGH_STORMS)('rougher weather (%s) makes nothing wrong in a shop that is right', async (storm) => {
  const plan = { seed: 1, cashOuts: 12, networks: BOTH, storm };
  const again = replayLine(plan);
  const { breaches, cashOuts } = await simulate(plan);
  expect({ breaches, cashOuts, again }).toEqual({ breaches: [], cashOuts: 12, again });
});

test.each(PAYING_OUT)(
  'a shop in a storm (seed %i, %j) that also pays to bank accounts pays each customer once: there, or in notes',
  async (seed, networks) => {
    const again = replayLine({ seed, cashOuts: 20, networks });
    const outcome = await simulate({ seed, cashOuts: 20, networks });
    expect({ breaches: outcome.breaches, again }).toEqual({ breaches: [], again });
  },
);

test('in these storms programs die, money comes late and goes back, and codes expire: the troubles are really met', () => {
  const ends = (state: string): number => lived.reduce((sum, one) => sum + (one.ends[state] ?? 0), 0);
  expect(lived.reduce((sum, { crashes }) => sum + crashes, 0)).toBeGreaterThan(8);
  expect(ends('returned')).toBeGreaterThan(5);
  expect(ends('cancelled')).toBeGreaterThan(5);
  expect(ends('expired')).toBeGreaterThan(0);
  expect(ends('refused')).toBeGreaterThan(0);
});

test('the same seed tells the same story to the last byte of the journal, another seed another', async () => {
  const [first, again, other] = [
    await simulate({ seed: 12, cashOuts: 30 }),
    await simulate({ seed: 12, cashOuts: 30 }),
    await simulate({ seed: 16, cashOuts: 30 }),
  ];
  expect(again).toEqual(first);
  expect(other.hash).not.toBe(first.hash);
});

test.each(MUTANTS)('found: $bug', async (mutant) => {
  const { shops, cashOuts, network, breaks } = mutant;
  const found: string[] = [];
  for (let seed = 1; seed <= shops && found.length === 0; seed += 1) {
    const outcome = await simulate({ seed, cashOuts, networks: [network], mutant });
    found.push(...outcome.breaches.filter((breach) => breaks.test(breach)));
  }
  expect(found).not.toEqual([]);
});

test('a failing shop is made small: fewer cash-outs, only the troubles it needs, and a history to read', async () => {
  const [mutant] = MUTANTS;
  if (!mutant) throw new Error('no mutant');
  const plan = { seed: 1, cashOuts: mutant.cashOuts, networks: [mutant.network], mutant };
  const shrunk = await shrink(plan, await simulate(plan));
  expect(shrunk.plan.cashOuts).toBeLessThan(10);
  expect(shrunk.plan.without?.length).toBeGreaterThanOrEqual(3);
  expect(shrunk.outcome.breaches[0]).toMatch(/^I3/);
  expect((await simulate(shrunk.plan)).breaches).toEqual(shrunk.outcome.breaches);
  expect(replayLine(shrunk.plan)).toMatch(/^npm run simulate -- --seed 1 --cash-outs \d+ --shop-size \d+/);
});
