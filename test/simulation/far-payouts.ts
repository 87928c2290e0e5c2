/** The simulated payout networks of a simulated shop, and where every customer's money is by their books. */
import { createD24Engine } from '../../src-main/simulators/networks/d24/engine.ts';
import type { D24Engine, D24Weather } from '../../src-main/simulators/networks/d24/engine.ts';
import type { PayoutNetworkId } from '../../src-main/core/domain/payouts/payout.ts';
import type { FarNetwork } from './far-networks.ts';
import type { SimulatedTime } from './simulated-time.ts';

const CALM_LATENCY = { latency: { minimumMs: 20, maximumMs: 120 } };

/** A day's worth of a bank in minutes: what takes days outside may come back within the day. */
const BANKS = {
  accept: { minimumMs: 5_000, maximumMs: 60_000 },
  settle: { minimumMs: 10_000, maximumMs: 240_000 },
  rejectRate: 0.25,
  rejectionCodes: [800, 801, 807, 813, null],
  lateReturnRate: 0.1,
  lateReturn: { minimumMs: 600_000, maximumMs: 20 * 3_600_000 },
};

const STORM: D24Weather = {
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
    unauthorized: 0.0005,
    refused: 0.005,
    'refused-after-commit': 0.005,
    'missing-cashout-id': 0.01,
    'not-found': 0.005,
    'stale-answer': 0.02,
    'unknown-status': 0.002,
    'missing-status': 0.003,
    'text-does-not-fit': 0.002,
    'rejection-code-zero': 0.01,
    'rejection-code-absent': 0.01,
    'bank-accepts-first': 0.05,
    'merchant-cancels-after': 0.003,
    'merchant-holds-after': 0.003,
  },
};

export type FarPayouts = FarNetwork & Readonly<{ engine: D24Engine }>;

export function createPayoutsFarAway(brand: PayoutNetworkId, seed: number, time: SimulatedTime): FarPayouts {
  const engine = createD24Engine({
    brand,
    seed,
    nowMs: time.trueMs,
    settings: { countries: ['MX'], banks: BANKS, checksContactOwners: false },
    weather: { ...CALM_LATENCY, rates: {} },
    keepRequests: 0,
    keepNotices: 0,
  });
  return {
    id: brand,
    host: `${brand}.test`,
    engine,
    handle: (request) => engine.handle(request),
    setDown: (isDown) => engine.setNetwork(isDown ? 'down' : 'up'),
    storm: () => engine.setWeather(STORM),
    calm: () => engine.setWeather({ ...CALM_LATENCY, rates: {} }),
    startsPaying: () => undefined,
    truths: () => new Map(),
    isPayable: () => false,
    restoreToken: () => engine.restoreCredentials(),
    advance: () => engine.advance(),
  };
}
