/** The simulated networks as a simulated shop needs them: one far side for the line, and the truth about every customer's money. */
import { createInstoreEngine } from '../../src-main/simulators/networks/mercadopago-instore/engine.ts';
import type { InstoreEngine, InstoreWeather } from '../../src-main/simulators/networks/mercadopago-instore/engine.ts';
import { createMercadoPagoEngine } from '../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import type {
  MercadoPagoEngine,
  MercadoPagoWeather,
} from '../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import type { FarSide } from './simulated-line.ts';
import type { SimulatedTime } from './simulated-time.ts';
import type { RougherNetwork } from './storms.ts';

/** Where the money of one cash-out is, as the network has it. */
export type MoneyTruth = Readonly<{
  /** Orders made for it. */
  orders: number;
  /** Payments by where they are: with the seller, on their way back, back with the customer. */
  taken: number;
  returning: number;
  returned: number;
}>;

type Whereabouts = 'taken' | 'returning' | 'returned';

function truthsOf<Order extends Readonly<{ externalReference: string }>>(
  orders: readonly Order[],
  payments: (order: Order) => readonly Whereabouts[],
): ReadonlyMap<string, MoneyTruth> {
  const truths = new Map<string, MoneyTruth>();
  for (const [reference, made] of Map.groupBy(orders, (order) => order.externalReference)) {
    const where = made.flatMap(payments);
    const count = (place: Whereabouts): number => where.filter((one) => one === place).length;
    truths.set(reference, {
      orders: made.length,
      taken: count('taken'),
      returning: count('returning'),
      returned: count('returned'),
    });
  }
  return truths;
}

export type FarNetwork = Readonly<{
  id: 'mercadopago-orders' | 'mercadopago-instore' | 'onekey' | 'tupay';
  host: string;
  handle: FarSide;
  setDown(isDown: boolean): void;
  /** Its own storm, rougher by this. */
  storm(rougher: RougherNetwork): void;
  calm(): void;
  /** A customer holds the phone to the code right now: a cancel will meet a payment. */
  startsPaying(reference: string): void;
  /** By external reference. */
  truths(): ReadonlyMap<string, MoneyTruth>;
  /** Whether a customer could pay it right now. */
  isPayable(reference: string): boolean;
  restoreToken(token: string): void;
  advance(): void;
}>;

/** `created` of one network is `waiting` of the other. */
const PAYABLE: ReadonlySet<string> = new Set(['created', 'waiting']);

const CUSTOMERS = {
  payAfter: { minimumMs: 1_500, maximumMs: 9_000 },
  payingMs: 1_000,
  walkAwayRate: 0.08,
  lateRate: 0.05,
};
const CALM_LATENCY = { latency: { minimumMs: 20, maximumMs: 120 } };

const ORDERS_STORM: MercadoPagoWeather = {
  ...CALM_LATENCY,
  rates: {
    'drop-after-commit': 0.02,
    'drop-before-commit': 0.02,
    'server-error-after-commit': 0.01,
    'server-error-before-commit': 0.01,
    'rate-limited': 0.01,
    delay: 0.01,
    'cut-body': 0.01,
    'not-json': 0.005,
    unauthorized: 0.001,
    'token-expires': 0.0005,
    'resource-locked': 0.01,
    'error-inside-ok': 0.003,
    'another-order-id': 0.002,
    'another-amount': 0.002,
    'another-reference': 0.002,
    'two-cash-outs': 0.001,
    'unknown-status': 0.002,
    'cash-out-not-processed': 0.003,
    'missing-qr': 0.004,
    'wrong-qr-checksum': 0.002,
    'wrong-qr-amount': 0.002,
    'stale-answer': 0.02,
    'order-locked': 0.05,
    'customer-pays-first': 0.01,
    'customer-pays-after': 0.004,
    'refund-fails': 0.03,
    'refund-in-progress': 0.05,
    'seller-refunds-after': 0.0005,
  },
};

const INSTORE_STORM: InstoreWeather = {
  ...CALM_LATENCY,
  rates: {
    'drop-after-commit': 0.02,
    'drop-before-commit': 0.02,
    'server-error-after-commit': 0.01,
    'server-error-before-commit': 0.01,
    'rate-limited': 0.01,
    delay: 0.01,
    'cut-body': 0.01,
    'not-json': 0.005,
    unauthorized: 0.001,
    'token-expires': 0.0005,
    'error-inside-ok': 0.003,
    'creation-fails': 0.01,
    'missing-qr': 0.004,
    'wrong-qr-checksum': 0.002,
    'delete-refused': 0.03,
    'merchant-order-hidden': 0.01,
    'stale-answer': 0.02,
    'another-amount': 0.002,
    'another-reference': 0.002,
    'missing-payments': 0.003,
    'partly-paid': 0.003,
    'payment-not-approved': 0.003,
    'unknown-status': 0.002,
    'customer-pays-first': 0.01,
    'customer-pays-after': 0.004,
    'window-ends-first': 0.004,
    'seller-refunds-after': 0.0005,
  },
};

export function createOrdersNetwork(
  seed: number,
  time: SimulatedTime,
  keepRequests: number,
): FarNetwork & { engine: MercadoPagoEngine } {
  const engine = createMercadoPagoEngine({
    seed,
    nowMs: time.trueMs,
    settings: { country: 'MX', customers: CUSTOMERS },
    weather: { ...CALM_LATENCY, rates: {} },
    keepRequests,
    keepNotices: 0,
  });
  return {
    id: 'mercadopago-orders',
    host: 'orders.test',
    engine,
    handle: (request) => engine.handle(request),
    setDown: (isDown) => engine.setNetwork(isDown ? 'down' : 'up'),
    storm({ rates, customers }) {
      engine.setWeather({ ...ORDERS_STORM, rates: { ...ORDERS_STORM.rates, ...rates } });
      engine.setCustomers({ ...CUSTOMERS, ...customers });
    },
    calm: () => engine.setWeather({ ...CALM_LATENCY, rates: {} }),
    startsPaying: (reference) => void engine.customerStartsPaying(reference),
    truths: () =>
      truthsOf(engine.orders(), ({ paidAmount, refundStatus }) => {
        if (paidAmount === null) return [];
        return [refundStatus === 'processed' ? 'returned' : refundStatus === 'processing' ? 'returning' : 'taken'];
      }),
    isPayable: (reference) => PAYABLE.has(engine.order(reference)?.state ?? ''),
    restoreToken: (token) => engine.restoreToken(token),
    advance: () => engine.advance(),
  };
}

export function createInstoreNetwork(
  seed: number,
  time: SimulatedTime,
  keepRequests: number,
): FarNetwork & { engine: InstoreEngine } {
  const engine = createInstoreEngine({
    seed,
    nowMs: time.trueMs,
    settings: { country: 'MX', customers: CUSTOMERS },
    weather: { ...CALM_LATENCY, rates: {} },
    keepRequests,
    keepNotices: 0,
  });
  return {
    id: 'mercadopago-instore',
    host: 'instore.test',
    engine,
    handle: (request) => engine.handle(request),
    setDown: (isDown) => engine.setNetwork(isDown ? 'down' : 'up'),
    storm({ rates, customers }) {
      engine.setWeather({ ...INSTORE_STORM, rates: { ...INSTORE_STORM.rates, ...rates } });
      engine.setCustomers({ ...CUSTOMERS, ...customers });
    },
    calm: () => engine.setWeather({ ...CALM_LATENCY, rates: {} }),
    startsPaying: (reference) => void engine.customerStartsPaying(reference),
    truths: () =>
      truthsOf(engine.orders(), ({ merchantOrders }) =>
        merchantOrders
          .filter(({ paidAmount }) => paidAmount !== null)
          .map(({ back, returnedAtMs }) =>
            returnedAtMs !== null ? 'returned' : back === null ? 'taken' : 'returning',
          ),
      ),
    isPayable: (reference) => PAYABLE.has(engine.order(reference)?.state ?? ''),
    restoreToken: (token) => engine.restoreToken(token),
    advance: () => engine.advance(),
  };
}
