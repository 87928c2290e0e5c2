/**
 * The legacy in-store API, as the suite sees it: orders at the sticker, by one-time code and both, with a third leg, in Argentina.
 * A create first asks who has scanned; a cancel first asks whose order waits, and afterwards what became of it.
 */
import type { Clock } from '../../../../src-main/core/application/ports/system.ts';
import type { Terms } from '../../../../src-main/core/domain/cash-out.ts';
import { createInstoreEngine } from '../../../../src-main/simulators/networks/mercadopago-instore/engine.ts';
import { breaches } from '../../../support/invariants.ts';
import { PURCHASE, TERMS, till, TOKEN } from '../mercadopago-instore/bench.ts';
import type { Call, NetworkUnderTest } from './network-under-test.ts';
import { codeOf, paymentScene, standingClock } from './payment-scene.ts';
import type { PaymentOperation, PaymentPair } from './payment-scene.ts';

export function instorePair(clock: Clock): PaymentPair {
  const settings = { hybridAnswer: 'with-data' } as const;
  const engine = createInstoreEngine({ seed: 7, nowMs: () => clock.nowMs(), settings });
  return {
    engine,
    connect: (baseUrl) => till({ baseUrl }, { clock }),
    audit: ({ db, pulses }) => breaches({ db, instore: engine, pulses, secrets: [TOKEN], isAtRest: true }),
    customerPays: (reference) => void engine.customerPays(reference),
    books: (reference) =>
      engine
        .orders()
        .filter(({ externalReference }) => externalReference === reference)
        .map(({ state, merchantOrders }) =>
          [state, ...merchantOrders.map(({ state: money, paidAmount }) => `${money} ${paidAmount}`)].join(' '),
        ),
  };
}

const CURRENCIES = { CL: 'CLP', UY: 'UYU' } as const;

const SEARCH = 'GET /merchant_orders/search?';
const PUT = 'PUT /instore/qr/seller/';
const ONE_TIME = { dynamic: 'POST /instore/orders/qr/', hybrid: 'PUT /instore/orders/qr/', static: PUT } as const;
const WAITING = 'GET /instore/qr/seller/';
const DELETE = 'DELETE /instore/qr/seller/';
const CONFIRMATION = 'POST /instore/orders/';

const PAID = ['paid paid 20000'];

type Row = Omit<Call, 'set' | 'operation' | 'kind' | 'words'> &
  Readonly<{ operation: PaymentOperation; words?: string }>;

const CREATE = { operation: 'create', again: 'answered', before: [], after: ['waiting'] } as const;
const CANCEL = {
  operation: 'cancel',
  legs: [WAITING, DELETE, SEARCH],
  again: 'conflict',
  before: ['waiting'],
  after: ['deleted'],
  // Deleted, paid and never made look the same: such an order is over when its time is.
  unheardEnd: 'expired',
} as const;

const ROWS: readonly Row[] = [
  // A second PUT replaces the first order at the sticker.
  { ...CREATE, role: 'command', legs: [SEARCH, PUT], at: 1, repeated: ['replaced', 'waiting'] },
  {
    ...CREATE,
    words: 'a create of a hybrid order',
    mode: 'hybrid',
    role: 'command',
    legs: [SEARCH, ONE_TIME.hybrid],
    at: 1,
    repeated: ['replaced', 'waiting'],
  },
  // The code of the first was never shown to anybody.
  {
    ...CREATE,
    words: 'a create of a one-time code',
    mode: 'dynamic',
    role: 'command',
    legs: [SEARCH, ONE_TIME.dynamic],
    at: 1,
    repeated: ['waiting', 'waiting'],
  },
  {
    ...CREATE,
    words: 'a create after a question',
    role: 'before-command',
    legs: [SEARCH, PUT],
    at: 0,
    repeated: ['replaced', 'waiting'],
  },
  { ...CANCEL, words: 'a cancel after a question', role: 'before-command', at: 0 },
  { ...CANCEL, role: 'command', at: 1 },
  { ...CANCEL, words: 'a cancel before a question', role: 'after-delete', at: 2 },
  {
    operation: 'confirm',
    role: 'command',
    legs: [CONFIRMATION],
    at: 0,
    again: 'answered',
    before: PAID,
    after: ['paid confirmed 20000'],
  },
  {
    operation: 'refund',
    role: 'command',
    legs: [CONFIRMATION],
    at: 0,
    again: 'conflict',
    before: PAID,
    after: ['paid returning 20000'],
  },
  {
    ...CREATE,
    words: 'a create with a purchase',
    purchase: PURCHASE,
    role: 'command',
    legs: [SEARCH, PUT],
    at: 1,
    repeated: ['replaced', 'waiting'],
    endBook: 'paid confirmed 35902.5',
  },
  {
    operation: 'refund',
    words: 'a refund with a purchase',
    purchase: PURCHASE,
    role: 'command',
    legs: [CONFIRMATION],
    at: 0,
    again: 'conflict',
    before: ['paid paid 35902.5'],
    after: ['paid returning 35902.5'],
    endBook: 'paid returned 35902.5',
  },
  {
    operation: 'read',
    role: 'read',
    legs: [SEARCH],
    at: 0,
    again: 'answered',
    before: ['waiting'],
    after: ['waiting'],
  },
];

export const INSTORE_UNDER_TEST: NetworkUnderTest = {
  id: 'mercadopago-instore',
  port: 'payment',
  stopped: 'unauthorized',
  secrets: [TOKEN],
  secretHeaders: [],
  calls: ROWS.map((row) => ({
    words: `a ${row.operation}`,
    mode: 'static',
    kind: 'answered',
    ...row,
    set() {
      const goods = row.purchase && { purchase: row.purchase };
      const terms: Terms = { ...TERMS, mode: row.mode ?? 'static', ...goods };
      return paymentScene(instorePair(standingClock(terms.requestedAtMs)), terms, row.operation);
    },
  })),
  lacks: (['CL', 'UY'] as const).flatMap((country) =>
    (['dynamic', 'hybrid'] as const).map((mode) => {
      const network = till({ country, mode: 'static' });
      return {
        words: `a ${mode} order in ${country}`,
        isStated: !network.traits.modes.includes(mode),
        answer: 'mode-of-another-country',
        ask: () => codeOf(network.prepareCreate({ ...TERMS, mode, currency: CURRENCIES[country] })),
      };
    }),
  ),
};
