/** Chance under control: the same seed tells the same story, and no story breaks the rules of money. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InstoreFault } from '../../../../src-main/simulators/networks/mercadopago-instore/faults.ts';
import type { MerchantOrderState } from '../../../../src-main/simulators/networks/mercadopago-instore/merchant-order.ts';
import { createBench, NOON_MS, outcomeOf, withdrawal } from './instore-bench.ts';
import type { Bench } from './instore-bench.ts';

type Rates = Partial<Record<InstoreFault, number>>;

const RATES: Rates = {
  delay: 0.05,
  'drop-before-commit': 0.05,
  'drop-after-commit': 0.05,
  'server-error-after-commit': 0.05,
  'cut-body': 0.05,
  'stale-answer': 0.05,
  'customer-pays-first': 0.05,
  'customer-pays-again-after': 0.05,
  'window-ends-first': 0.1,
  'notice-twice': 0.2,
  'notice-late': 0.2,
};
const CUSTOMERS = { payAfter: { minimumMs: 500, maximumMs: 9_000 }, payingMs: 800, walkAwayRate: 0.2, lateRate: 0.1 };

const endless = (reference: string) => withdrawal({ external_reference: reference, expiration_date: undefined });

function newestScan(bench: Bench, reference: string): number {
  return bench.engine.order(reference)?.merchantOrders.at(-1)?.id ?? 1;
}

function search(bench: Bench, reference: string) {
  return bench.send('GET', '/merchant_orders/search', { query: { external_reference: reference } });
}

/** Forty withdrawals on a busy day; all that the till and the seller's address can see. */
function storyOf(seed: number): string {
  const bench = createBench({ seed, settings: { customers: CUSTOMERS }, weather: { rates: RATES } });
  const seen: unknown[] = [];
  for (let index = 0; index < 40; index += 1) {
    const reference = `COT${index}`;
    seen.push(index % 3 === 0 ? bench.makeQr(endless(reference)) : bench.put(endless(reference)));
    for (let poll = 0; poll < 4; poll += 1) {
      bench.clock.nowMs += 2_500;
      seen.push(search(bench, reference));
    }
    seen.push(index % 2 === 0 ? bench.remove() : bench.confirm(newestScan(bench, reference)));
  }
  return JSON.stringify([seen, bench.engine.notices(), bench.engine.orders()]);
}

test('the same seed and the same requests give the same bytes', () => {
  expect(storyOf(11)).toBe(storyOf(11));
});

test('another seed gives another story', () => {
  expect(storyOf(11)).not.toBe(storyOf(12));
});

function codesWith(rates: Rates): unknown {
  const bench = createBench({ seed: 3, weather: { rates } });
  for (let index = 0; index < 5; index += 1) bench.makeQr(endless(`R${index}`));
  return bench.engine.orders().map(({ id, qrData }) => [id, qrData]);
}

test('weather does not change the ids that a seed makes', () => {
  expect(codesWith({ 'drop-after-commit': 0.5, 'not-json': 0.5 })).toEqual(codesWith({}));
});

type Step =
  | Readonly<{
      act:
        | 'put'
        | 'make-qr'
        | 'delete'
        | 'search'
        | 'scans'
        | 'starts'
        | 'leaves'
        | 'pays'
        | 'pays-late'
        | 'pays-twice'
        | 'confirm'
        | 'cancel'
        | 'fail'
        | 'seller'
        | 'end-window'
        | 'end-return'
        | 'expire';
      order: number;
    }>
  | Readonly<{ act: 'wait'; ms: number }>;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constantFrom(
      'put',
      'make-qr',
      'delete',
      'search',
      'scans',
      'starts',
      'leaves',
      'pays',
      'pays-late',
      'pays-twice',
      'confirm',
      'cancel',
      'fail',
      'seller',
      'end-window',
      'end-return',
      'expire',
    ),
    order: fc.nat(2),
  }),
  fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 400_000 }) }),
);

/** What the till heard of its confirmations, by merchant order. */
type Heard = Map<number, Set<string>>;

function take(bench: Bench, taken: Step, heard: Heard): void {
  if (taken.act === 'wait') {
    bench.clock.nowMs += taken.ms;
    return;
  }
  const ref = `COT${taken.order}`;
  const { engine } = bench;
  const notify = (status: string, detail: string): void => {
    const id = newestScan(bench, ref);
    const outcome = outcomeOf(bench.confirm(id, status, detail));
    const words = heard.get(id) ?? new Set<string>();
    heard.set(id, words.add(outcome === '200' ? status : outcome));
  };
  const acts = {
    put: () => bench.put(endless(ref)),
    'make-qr': () => bench.makeQr(endless(ref)),
    delete: () => bench.remove(),
    search: () => search(bench, ref),
    scans: () => engine.customerScans(ref),
    starts: () => engine.customerStartsPaying(ref),
    leaves: () => engine.customerWalksAway(ref),
    pays: () => engine.customerPays(ref),
    'pays-late': () => engine.customerPays(ref, { force: true }),
    'pays-twice': () => engine.customerPaysTwice(ref),
    confirm: () => notify('confirmed', 'confirmed'),
    cancel: () => notify('cancelled', 'manually_cancelled'),
    fail: () => notify('fail', 'other'),
    seller: () => engine.sellerRefunds(ref),
    'end-window': () => engine.endWindow(ref),
    'end-return': () => engine.endReturn(ref),
    expire: () => engine.expire(ref),
  };
  acts[taken.act]();
}

/** Where a merchant order may be found next. */
const NEXT: Record<MerchantOrderState, readonly MerchantOrderState[]> = {
  opened: ['opened', 'expired', 'paid', 'confirmed', 'returning', 'returned'],
  expired: ['expired', 'paid', 'confirmed', 'returning', 'returned'],
  paid: ['paid', 'confirmed', 'returning', 'returned'],
  confirmed: ['confirmed'],
  returning: ['returning', 'returned'],
  returned: ['returned'],
};

const LATE = ['already_notified', 'not_found', 'accepted_until_returned'] as const;

test('whatever is asked in whatever order, money is never both confirmed and returned', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.constantFrom(...LATE),
      fc.array(step, { maxLength: 60, size: 'max' }),
      (seed, lateConfirmation, steps) => {
        const rates: Rates = {
          'drop-after-commit': 0.1,
          'drop-before-commit': 0.1,
          'server-error-after-commit': 0.1,
          'customer-pays-first': 0.1,
          'customer-pays-again-after': 0.1,
          'window-ends-first': 0.1,
          'seller-refunds-after': 0.1,
          'return-sticks': 0.1,
        };
        const bench = createBench({ seed, weather: { rates }, settings: { lateConfirmation, returnTakesMs: 5_000 } });
        const last = new Map<number, MerchantOrderState>();
        const trail = new Map<number, Set<MerchantOrderState>>();
        const heard: Heard = new Map();
        for (const taken of steps) {
          take(bench, taken, heard);
          for (const found of bench.engine.orders().flatMap(({ merchantOrders }) => merchantOrders)) {
            expect(NEXT[last.get(found.id) ?? 'opened']).toContain(found.state);
            last.set(found.id, found.state);
            const states = trail.get(found.id) ?? new Set<MerchantOrderState>();
            trail.set(found.id, states.add(found.state));
            const isBack = states.has('returning') || states.has('returned');
            const words = heard.get(found.id) ?? new Set<string>();
            expect(states.has('confirmed') && isBack).toBe(false);
            expect(words.has('confirmed') && isBack).toBe(false);
            expect(words.has('confirmed') && (words.has('cancelled') || words.has('fail'))).toBe(false);
            expect(words.has('409 already_confirmed') && isBack).toBe(false);
            expect(found.paidAmount).toBe(found.state === 'opened' || found.state === 'expired' ? null : 20_000);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('a hundred thousand requests keep memory bounded when finished orders are forgotten', () => {
  const bench = createBench({ keepRequests: 0, keepNotices: 0, settings: { customers: CUSTOMERS } });
  let mostOrders = 0;
  for (let index = 0; index < 20_000; index += 1) {
    const reference = `R${index}`;
    bench.put(endless(reference));
    for (let poll = 0; poll < 3; poll += 1) {
      bench.clock.nowMs += 3_000;
      search(bench, reference);
    }
    bench.clock.nowMs += 3_000;
    bench.confirm(newestScan(bench, reference));
    if (index % 500 === 0) {
      mostOrders = Math.max(mostOrders, bench.engine.orders().length);
      bench.engine.forgetFinished(60_000);
    }
  }

  expect(bench.engine.requestCount()).toBe(100_000);
  expect(bench.clock.nowMs).toBe(NOON_MS + 20_000 * 12_000);
  expect(mostOrders).toBeLessThan(700);
});
