/** Chance under control: the same seed tells the same story, and no story breaks the rules of money. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MercadoPagoFault } from '../../../src-main/simulators/networks/mercadopago-orders/faults.ts';
import type { OrderState } from '../../../src-main/simulators/networks/mercadopago-orders/order.ts';
import type { WireOrder } from '../../../src-main/simulators/networks/mercadopago-orders/wire-order.ts';
import { createSeededRandom } from '../../../src-main/simulators/seeded-random.ts';
import { cashOut, createBench, NOON_MS } from './order-bench.ts';
import type { Bench } from './order-bench.ts';

const RATES: Partial<Record<MercadoPagoFault, number>> = {
  delay: 0.05,
  'drop-before-commit': 0.05,
  'drop-after-commit': 0.05,
  'server-error-after-commit': 0.05,
  'cut-body': 0.05,
  'stale-answer': 0.05,
  'customer-pays-first': 0.05,
  'refund-fails': 0.1,
  'notice-twice': 0.2,
  'notice-late': 0.2,
};
const CUSTOMERS = { payAfter: { minimumMs: 500, maximumMs: 9_000 }, payingMs: 800, walkAwayRate: 0.2, lateRate: 0.1 };

/** Forty cash-outs on a busy day; all that the till and the seller's address can see. */
function storyOf(seed: number): string {
  const bench = createBench({ seed, settings: { customers: CUSTOMERS }, weather: { rates: RATES } });
  const seen: unknown[] = [];
  for (let index = 0; index < 40; index += 1) {
    const externalReference = `COT${index}`;
    seen.push(bench.create(cashOut({ external_reference: externalReference }), { key: externalReference }));
    const id = bench.engine.order(externalReference)?.id ?? 'ORD00000000000000000000000000';
    for (let poll = 0; poll < 4; poll += 1) {
      bench.clock.nowMs += 1_500;
      seen.push(bench.read(id));
    }
    seen.push(index % 2 === 0 ? bench.cancel(id, `c${index}`) : bench.refund(id, `r${index}`));
  }
  return JSON.stringify([seen, bench.engine.notices(), bench.engine.orders()]);
}

test('the same seed and the same requests give the same bytes', () => {
  expect(storyOf(11)).toBe(storyOf(11));
});

test('another seed gives another story', () => {
  expect(storyOf(11)).not.toBe(storyOf(12));
});

const idsWith = (rates: Partial<Record<MercadoPagoFault, number>>) => {
  const bench = createBench({ seed: 3, weather: { rates } });
  for (let index = 0; index < 5; index += 1) bench.create(cashOut({ external_reference: `R${index}` }));
  return bench.engine.orders().map(({ id, qrData }) => [id, qrData]);
};

test('weather does not change the ids that a seed makes', () => {
  expect(idsWith({ 'drop-after-commit': 0.5, 'not-json': 0.5 })).toEqual(idsWith({}));
});

const faultsWith = (rates: Partial<Record<MercadoPagoFault, number>>) => {
  const bench = createBench({ weather: { rates } });
  return Array.from({ length: 100 }, () => bench.read('ORD00000000000000000000000000').fault);
};

test('the order in which rates are written does not matter', () => {
  expect(faultsWith({ delay: 0.2, 'cut-body': 0.3 })).toEqual(faultsWith({ 'cut-body': 0.3, delay: 0.2 }));
});

test('draws fill their range evenly', () => {
  const random = createSeededRandom(5, 'even');
  const counts = Array.from({ length: 10 }, () => 0);
  for (let index = 0; index < 10_000; index += 1) {
    const drawn = random.between(0, 9);
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }

  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  expect(createSeededRandom(5, 'other').next()).not.toBe(createSeededRandom(5, 'even').next());
  expect(createSeededRandom(6, 'even').next()).not.toBe(createSeededRandom(5, 'even').next());
});

type Step =
  | {
      act: 'create' | 'read' | 'cancel' | 'refund' | 'pays' | 'starts' | 'gives-up' | 'seller' | 'expire';
      order: number;
    }
  | { act: 'end-refund'; order: number; outcome: 'processed' | 'failed' }
  | { act: 'wait'; ms: number };

const order = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constantFrom('create', 'read', 'cancel', 'refund', 'pays', 'starts', 'gives-up', 'seller', 'expire'),
    order,
  }),
  fc.record({ act: fc.constant('end-refund' as const), order, outcome: fc.constantFrom('processed', 'failed') }),
  fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 200_000 }) }),
);

function take(bench: Bench, taken: Step): void {
  if (taken.act === 'wait') {
    bench.clock.nowMs += taken.ms;
    return;
  }
  const ref = `COT${taken.order}`;
  const id = bench.engine.order(ref)?.id ?? 'ORD00000000000000000000000000';
  const { engine } = bench;
  const acts = {
    create: () => bench.create(cashOut({ external_reference: ref }), { key: `create ${ref}` }),
    read: () => bench.read(id),
    cancel: () => bench.cancel(id),
    refund: () => bench.refund(id),
    pays: () => engine.customerPays(ref),
    starts: () => engine.customerStartsPaying(ref),
    'gives-up': () => engine.customerGivesUp(ref),
    seller: () => engine.sellerRefunds(ref),
    expire: () => engine.expire(ref),
    'end-refund': () => engine.endRefund(ref, 'outcome' in taken ? taken.outcome : 'processed'),
  };
  acts[taken.act]();
}

/** The documented transitions: where an order may be found next. */
const NEXT: Record<OrderState, readonly OrderState[]> = {
  created: ['created', 'processed', 'canceled', 'expired', 'refunded'],
  processed: ['processed', 'refunded'],
  canceled: ['canceled'],
  expired: ['expired'],
  refunded: ['refunded'],
};

/** How many refunds have returned the money or are about to. */
function moneyBackOf(bench: Bench, id: string): number {
  const exchange = bench.read(id);
  if (!('answer' in exchange) || exchange.answer.status !== 200) return 0;
  const { transactions } = JSON.parse(exchange.answer.bodyText) as WireOrder;
  return (transactions.refunds ?? []).filter(({ status }) => status !== 'failed').length;
}

test('whatever is asked in whatever order, no order moves backwards, and none is both cancelled and refunded', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(step, { maxLength: 60, size: 'max' }), (seed, steps) => {
      const rates: Partial<Record<MercadoPagoFault, number>> = {
        'drop-after-commit': 0.1,
        'drop-before-commit': 0.1,
        'server-error-after-commit': 0.1,
        'customer-pays-first': 0.1,
        'refund-fails': 0.2,
        'seller-refunds-after': 0.1,
      };
      const bench = createBench({ seed, weather: { rates }, settings: { refundTakesMs: 5_000 } });
      const last = new Map<string, { state: OrderState; updatedAtMs: number; version: number }>();
      const trail = new Map<string, Set<OrderState>>();
      for (const taken of steps) {
        take(bench, taken);
        for (const found of bench.engine.orders()) {
          const before = last.get(found.id) ?? { state: 'created', updatedAtMs: 0, version: 0 };
          expect(NEXT[before.state]).toContain(found.state);
          expect(found.updatedAtMs).toBeGreaterThanOrEqual(before.updatedAtMs);
          expect(found.version).toBeGreaterThanOrEqual(before.version);
          last.set(found.id, found);
          const states = trail.get(found.id) ?? new Set<OrderState>();
          trail.set(found.id, states.add(found.state));
          expect(states.has('canceled') && states.has('refunded')).toBe(false);
          expect(moneyBackOf(bench, found.id)).toBeLessThanOrEqual(1);
          expect(found.paidAmount).toBe(found.state === 'processed' || found.state === 'refunded' ? '500.00' : null);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('a hundred thousand requests keep memory bounded when finished orders are forgotten', () => {
  const bench = createBench({ keepRequests: 0, keepNotices: 0, settings: { customers: CUSTOMERS } });
  let mostOrders = 0;
  for (let index = 0; index < 20_000; index += 1) {
    bench.create(cashOut({ external_reference: `R${index}` }));
    const id = bench.engine.order(`R${index}`)?.id ?? '';
    for (let poll = 0; poll < 4; poll += 1) {
      bench.clock.nowMs += 2_500;
      bench.read(id);
    }
    if (index % 500 === 0) {
      mostOrders = Math.max(mostOrders, bench.engine.orders().length);
      bench.engine.forgetFinished(60_000);
    }
  }

  expect(bench.engine.requestCount()).toBe(100_000);
  expect(bench.clock.nowMs).toBe(NOON_MS + 20_000 * 10_000);
  expect(mostOrders).toBeLessThan(700);
});
