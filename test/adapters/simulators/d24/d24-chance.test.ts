/** Chance under control: the same seed tells the same story, and no story breaks an arrow or loses money. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Brand } from '../../../../src-main/simulators/networks/d24/brands.ts';
import type { D24Fault } from '../../../../src-main/simulators/networks/d24/faults.ts';
import type { PayoutState } from '../../../../src-main/simulators/networks/d24/payout.ts';
import type { BankHabits } from '../../../../src-main/simulators/networks/d24/settings.ts';
import { createBench, NOON_MS, payoutOf } from './payout-bench.ts';
import type { Bench } from './payout-bench.ts';

const RATES: Partial<Record<D24Fault, number>> = {
  delay: 0.05,
  'drop-before-commit': 0.05,
  'drop-after-commit': 0.05,
  'server-error-after-commit': 0.05,
  'cut-body': 0.05,
  'stale-answer': 0.05,
  'refused-after-commit': 0.05,
  'bank-accepts-first': 0.05,
  'hidden-after-create': 0.05,
  'notice-twice': 0.2,
  'notice-late': 0.2,
};
const HABITS: BankHabits = {
  accept: { minimumMs: 100, maximumMs: 4_000 },
  settle: { minimumMs: 100, maximumMs: 8_000 },
  rejectRate: 0.3,
  rejectionCodes: [800, 0, null],
  lateReturnRate: 0.3,
  lateReturn: { minimumMs: 1_000, maximumMs: 30_000 },
};

/** Forty payouts on a busy day; all that the till and the notified address can see. */
function storyOf(seed: number, brand: Brand): string {
  const bench = createBench({ seed, brand, settings: { banks: HABITS }, weather: { rates: RATES } });
  const seen: unknown[] = [];
  for (let index = 0; index < 40; index += 1) {
    const externalId = `R${index}`;
    seen.push(bench.create(payoutOf(brand, { external_id: externalId })));
    const ids = { cashout_id: bench.engine.payout(externalId)?.cashoutId ?? 1, external_id: externalId };
    for (let poll = 0; poll < 4; poll += 1) {
      bench.clock.nowMs += 1_500;
      seen.push(bench.status(ids));
    }
    seen.push(index % 2 === 0 ? bench.cancel(ids) : bench.update(ids.cashout_id, 'ON_HOLD'));
  }
  return JSON.stringify([seen, bench.engine.notices(), bench.engine.payouts(), bench.engine.balances()]);
}

test.each(['tupay', 'onekey'] as const)('for %s the same seed and the same requests give the same bytes', (brand) => {
  expect(storyOf(11, brand)).toBe(storyOf(11, brand));
});

test('another seed gives another story', () => {
  expect(storyOf(11, 'onekey')).not.toBe(storyOf(12, 'onekey'));
});

const lifeWith = (rates: Partial<Record<D24Fault, number>>) => {
  const bench = createBench({ seed: 3, settings: { banks: HABITS }, weather: { rates } });
  for (let index = 0; index < 9; index += 1) bench.create(payoutOf('tupay', { external_id: `R${index}` }));
  bench.clock.nowMs += 60_000;
  return bench.engine.payouts();
};

test('weather changes neither the ids that a seed makes nor what banks do', () => {
  expect(lifeWith({ 'drop-after-commit': 0.5, 'not-json': 0.5 })).toEqual(lifeWith({}));
  expect(new Set(lifeWith({}).map(({ state }) => state)).size).toBeGreaterThan(1);
});

const ACTS = [
  'create',
  'create-held',
  'status',
  'cancel',
  'hold',
  'release',
  'accepts',
  'completes',
  'rejects',
  'returns',
  'panel-cancels',
  'panel-holds',
  'panel-releases',
] as const;
type Step = { act: (typeof ACTS)[number]; payout: number } | { act: 'wait'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: fc.constantFrom(...ACTS), payout: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 10_000 }) }) },
);

function take(bench: Bench, taken: Step): void {
  if (taken.act === 'wait') {
    bench.clock.nowMs += taken.ms;
    return;
  }
  const ref = `R${taken.payout}`;
  const { engine } = bench;
  const ids = { cashout_id: engine.payout(ref)?.cashoutId ?? 1, external_id: ref };
  const acts: Record<(typeof ACTS)[number], () => unknown> = {
    create: () => bench.create(payoutOf('tupay', { external_id: ref })),
    'create-held': () => bench.create(payoutOf('tupay', { external_id: ref, on_hold: true })),
    status: () => bench.status(ids),
    cancel: () => bench.cancel(ids),
    hold: () => bench.update(ids.cashout_id, 'ON_HOLD'),
    release: () => bench.update(ids.cashout_id, 'PENDING'),
    accepts: () => engine.bankAccepts(ref),
    completes: () => engine.bankCompletes(ref),
    rejects: () => engine.bankRejects(ref, { code: null }),
    returns: () => engine.bankReturnsLate(ref),
    'panel-cancels': () => engine.merchantCancels(ref),
    'panel-holds': () => engine.merchantHolds(ref),
    'panel-releases': () => engine.merchantReleases(ref),
  };
  acts[taken.act]();
}

/** The documented arrows, and no other. */
const NEXT: Record<PayoutState, readonly PayoutState[]> = {
  pending: ['delivered', 'on_hold', 'cancelled'],
  on_hold: ['pending', 'cancelled'],
  delivered: ['completed', 'rejected'],
  completed: ['rejected'],
  cancelled: [],
  rejected: [],
};

const AMOUNT_MINOR = 25_050;

/** What should be left and kept aside, from the states alone. */
function booksOf(states: readonly PayoutState[], openingMinor: number): [available: number, reserved: number] {
  const waiting = states.filter((state) => state === 'pending' || state === 'on_hold' || state === 'delivered').length;
  const paid = states.filter((state) => state === 'completed').length;
  return [openingMinor - (waiting + paid) * AMOUNT_MINOR, waiting * AMOUNT_MINOR];
}

const edgesSeen = new Set<string>();

test('whatever is asked in whatever order, every payout follows the arrows and the money adds up', () => {
  fc.assert(
    fc.property(fc.integer(), fc.boolean(), fc.array(step, { maxLength: 60, size: 'max' }), (seed, acts, steps) => {
      const settings = { banks: acts ? HABITS : ('none' as const), openingBalances: { PEN: '501.00' } };
      const rates: Partial<Record<D24Fault, number>> = { ...RATES, 'merchant-cancels-after': 0.05, refused: 0.05 };
      const bench = createBench({ seed, settings, weather: { rates } });
      for (const taken of steps) {
        take(bench, taken);
        const payouts = bench.engine.payouts();
        for (const { trail, state, version } of payouts) {
          expect(trail.at(-1)).toBe(state);
          expect(['pending', 'on_hold']).toContain(trail[0]);
          trail.slice(1).forEach((to, index) => {
            const from = trail[index] ?? 'rejected';
            expect(NEXT[from]).toContain(to);
            edgesSeen.add(`${from} ${to}`);
          });
          expect(version).toBe(trail.length);
        }
        const [float] = bench.engine.balances();
        const hundredths = [float?.available, float?.reserved].map((amount) => Number((amount ?? '').replace('.', '')));
        expect(hundredths).toEqual(
          booksOf(
            payouts.map(({ state }) => state),
            50_100,
          ),
        );
        expect(new Set(payouts.map(({ externalId }) => externalId)).size).toBe(payouts.length);
      }
    }),
    { numRuns: 300 },
  );
  const all = Object.entries(NEXT).flatMap(([from, tos]) => tos.map((to) => `${from} ${to}`));
  expect([...edgesSeen].sort()).toEqual(all.sort());
});

test('a hundred thousand requests keep memory bounded when finished payouts are forgotten', () => {
  const bench = createBench({ keepRequests: 0, keepNotices: 0, settings: { banks: { ...HABITS, lateReturnRate: 0 } } });
  bench.engine.topUp('PEN', '99999999.00');
  let mostPayouts = 0;
  for (let index = 0; index < 20_000; index += 1) {
    bench.create(payoutOf('tupay', { external_id: `R${index}` }));
    const ids = { cashout_id: bench.engine.payout(`R${index}`)?.cashoutId ?? 1, external_id: `R${index}` };
    for (let poll = 0; poll < 4; poll += 1) {
      bench.clock.nowMs += 2_500;
      bench.status(ids);
    }
    if (index % 500 === 0) {
      mostPayouts = Math.max(mostPayouts, bench.engine.payouts().length);
      bench.engine.forgetFinished(60_000);
    }
  }

  expect(bench.engine.requestCount()).toBe(100_000);
  expect(bench.clock.nowMs).toBe(NOON_MS + 20_000 * 10_000);
  expect(mostPayouts).toBeLessThan(700);
});
