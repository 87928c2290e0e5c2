/**
 * Storms as data: the one that every shop lives through, and rougher ones that bring often what is rare in it. A rough storm says only in
 * what it is rougher. The till must be right in each of them; what is planted in it must be found there.
 */
import type { InstoreFault } from '../../src-main/simulators/networks/mercadopago-instore/faults.ts';
import type { MercadoPagoFault } from '../../src-main/simulators/networks/mercadopago-orders/faults.ts';
import type { Customers } from '../../src-main/simulators/networks/mercadopago-orders/settings.ts';
import type { RangeMs } from '../../src-main/simulators/networks/weather.ts';
import type { DeviceWeather } from './devices.ts';
import type { DiskWeather } from './process.ts';
import type { LineWeather } from './simulated-line.ts';

/** What both payment networks can be told alike; each has other faults besides. */
export type RougherNetwork = Readonly<{
  rates: Readonly<Partial<Record<MercadoPagoFault & InstoreFault, number>>>;
  customers: Partial<Customers>;
}>;

export type Storm = Readonly<{
  line: LineWeather;
  disk: DiskWeather;
  devices: DeviceWeather;
  /** The power goes, whatever the program does, this long after the last time. */
  powerCuts: RangeMs;
  /** Somebody sets the till's clock wrong; never, when absent. The cashier does so now and then in any case. */
  clocks?: RangeMs;
  /** Over the networks' own storms, which `far-networks.ts` has. */
  network: RougherNetwork;
}>;

type Rougher = Partial<Pick<Storm, 'powerCuts' | 'clocks'>> &
  Readonly<{ [Part in 'line' | 'disk' | 'devices' | 'network']?: Partial<Storm[Part]> }>;

const USUAL: Storm = {
  line: { notSent: 0.01, arrivesLate: 0.004, doubled: 0.01, lost: 0.01, answerLost: 0.01 },
  disk: { dies: 0.004, fails: 0.001 },
  devices: { refuses: 0.03, inDoubt: 0.03 },
  powerCuts: { minimumMs: 60_000, maximumMs: 900_000 },
  network: { rates: {}, customers: {} },
};

const ROUGHER = {
  /** Programs die in the middle of what they do. */
  'power-cuts': { disk: { dies: 0.1 }, powerCuts: { minimumMs: 20_000, maximumMs: 120_000 } },
  /** Every third answer is the order as it was before its last change. */
  'older-answers': { network: { rates: { 'stale-answer': 0.3 } } },
  /** Customers walk away, the cashier cancels, and the line takes every third request or answer. */
  'lost-cancels': {
    line: { lost: 0.15, answerLost: 0.15 },
    network: { customers: { walkAwayRate: 0.4 } },
  },
  /** Customers walk away, and half of them pay when the order is over. */
  'late-payments': { network: { customers: { walkAwayRate: 0.4, lateRate: 0.5 } } },
  /** Customers take their time, and the clock jumps by minutes meanwhile. */
  'wrong-clocks': {
    clocks: { minimumMs: 10_000, maximumMs: 60_000 },
    network: { customers: { walkAwayRate: 0.4 } },
  },
  /** All of these in one, milder where a shop would otherwise serve hardly anybody. */
  'all-at-once': {
    line: { lost: 0.06, answerLost: 0.06 },
    disk: { dies: 0.03 },
    powerCuts: { minimumMs: 20_000, maximumMs: 240_000 },
    clocks: { minimumMs: 10_000, maximumMs: 120_000 },
    network: { rates: { 'stale-answer': 0.2 }, customers: { walkAwayRate: 0.3, lateRate: 0.4 } },
  },
} as const satisfies Record<string, Rougher>;

export type StormName = keyof typeof ROUGHER;
export const ROUGH_STORMS = Object.keys(ROUGHER) as readonly StormName[];

/** Without a name, the storm of every shop. */
export function stormOf(name?: StormName): Storm {
  const rougher: Rougher = name === undefined ? {} : ROUGHER[name];
  return {
    ...USUAL,
    ...rougher,
    line: { ...USUAL.line, ...rougher.line },
    disk: { ...USUAL.disk, ...rougher.disk },
    devices: { ...USUAL.devices, ...rougher.devices },
    network: { ...USUAL.network, ...rougher.network },
  };
}
