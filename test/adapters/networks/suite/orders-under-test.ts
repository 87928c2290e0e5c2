/** The Orders API, as the suite sees it: dynamic orders in Mexico; no third leg. */
import type { Clock } from '../../../../src-main/core/application/ports/system.ts';
import { createMercadoPagoEngine } from '../../../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import { breaches } from '../../../support/invariants.ts';
import { ORDER, PAYMENT, TERMS, till, TOKEN } from '../mercadopago-orders/bench.ts';
import type { Call, NetworkUnderTest } from './network-under-test.ts';
import { codeOf, paymentScene, standingClock } from './payment-scene.ts';
import type { PaymentOperation, PaymentPair } from './payment-scene.ts';

export function ordersPair(clock: Clock): PaymentPair {
  const engine = createMercadoPagoEngine({ seed: 7, nowMs: () => clock.nowMs() });
  return {
    engine,
    connect: (baseUrl) => till({ baseUrl }, { clock }),
    audit: ({ db, pulses }) => breaches({ db, engine, pulses, secrets: [TOKEN], isAtRest: true }),
    customerPays: (reference) => void engine.customerPays(reference),
    books: (reference) =>
      engine
        .orders()
        .filter(({ externalReference }) => externalReference === reference)
        .map(({ state, paidAmount, refundStatus }) => [state, paidAmount, refundStatus].filter(Boolean).join(' ')),
  };
}

type Row = Pick<Call, 'role' | 'before' | 'after'> & Readonly<{ operation: PaymentOperation; leg: string }>;

const ROWS: readonly Row[] = [
  { operation: 'create', role: 'command', leg: 'POST /v1/orders ', before: [], after: ['created'] },
  { operation: 'cancel', role: 'command', leg: 'POST /v1/orders/ORD', before: ['created'], after: ['canceled'] },
  {
    operation: 'refund',
    role: 'command',
    leg: 'POST /v1/orders/ORD',
    before: ['processed 500.00'],
    after: ['processed 500.00 processing'],
  },
  { operation: 'read', role: 'read', leg: 'GET /v1/orders/ORD', before: ['created'], after: ['created'] },
];

export const ORDERS_UNDER_TEST: NetworkUnderTest = {
  id: 'mercadopago-orders',
  port: 'payment',
  stopped: 'unauthorized',
  secrets: [TOKEN],
  secretHeaders: [],
  calls: ROWS.map(({ operation, role, leg, before, after }) => ({
    operation,
    words: `a ${operation}`,
    role,
    legs: [leg],
    at: 0,
    kind: 'answered',
    again: 'answered',
    before,
    after,
    set: () => paymentScene(ordersPair(standingClock(TERMS.requestedAtMs)), TERMS, operation),
  })),
  lacks: [
    {
      words: 'a purchase beside the notes',
      isStated: !till({}).traits.purchase,
      answer: 'purchase-unsupported',
      ask: () => codeOf(till({}).prepareCreate({ ...TERMS, purchase: { items: [], totalMinor: 0 } })),
    },
    {
      operation: 'confirm',
      words: 'a confirmation',
      isStated: !till({}).traits.confirmation,
      answer: 'the Orders API has no confirmation leg',
      ask: () => whatIsThrown(() => till({}).prepareConfirm(TERMS, ORDER, PAYMENT)),
    },
  ],
};

/** Asking for a leg that the traits deny is our bug. */
function whatIsThrown(ask: () => unknown): string {
  try {
    ask();
    return 'nothing';
  } catch (error) {
    return error instanceof Error ? error.message : 'no error';
  }
}
