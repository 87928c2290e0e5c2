/** Everything the simulated network holds in its head. The modules beside this one are functions over it. */
import { createSeededRandom } from '../../seeded-random.ts';
import type { SeededRandom } from '../../seeded-random.ts';
import { createDueQueue } from '../due-queue.ts';
import type { DueQueue } from '../due-queue.ts';
import { createScript } from '../script.ts';
import type { Script } from '../script.ts';
import { createWeatherVane } from '../weather.ts';
import type { Weather, WeatherVane } from '../weather.ts';
import { minorOf } from './amounts.ts';
import type { Brand } from './brands.ts';
import { faultApplies, OPERATIONS } from './faults.ts';
import type { D24Fault, Operation } from './faults.ts';
import type { Notice } from './notices.ts';
import type { Payout, PayoutEvent } from './payout.ts';
import { defaultSettingsOf } from './settings.ts';
import type { D24Settings } from './settings.ts';

/** Things that will happen by themselves; `atVersion`: only if nothing else happened to the payout before. */
export type DueThing =
  | Readonly<{ kind: 'event'; cashoutId: number; event: PayoutEvent; atVersion?: number }>
  | Readonly<{ kind: 'notice'; notice: Notice }>;

/** The merchant's money in one currency, in hundredths. */
export type Float = { availableMinor: number; reservedMinor: number };

export type NetworkState = {
  readonly brand: Brand;
  settings: D24Settings;
  readonly payouts: Map<number, Payout>;
  readonly byExternalId: Map<string, Payout>;
  /** External ids that a refused create used up. */
  readonly burntIds: Set<string>;
  readonly floats: Map<string, Float>;
  /** Which document an e-mail or a phone belongs to. */
  readonly contactOwners: Map<string, string>;
  /** Tokens of the merchants API, and when each ends. */
  readonly sessions: Map<string, number>;
  areCredentialsRevoked: boolean;
  latestCashoutId: number;
  readonly due: DueQueue<DueThing>;
  readonly script: Script<D24Fault, Operation>;
  readonly random: Readonly<Record<'ids' | 'tokens' | 'weather' | 'noticeWeather' | 'banks', SeededRandom>>;
  vane: WeatherVane<D24Fault, Operation>;
  isUp: boolean;
  notices: Notice[];
  unsentNotices: Notice[];
  noticeCount: number;
  readonly keepNotices: number;
  /** Time as the network has seen it: never backwards. */
  now: () => number;
};

export type EngineOptions = Readonly<{
  seed: number;
  /** Epoch milliseconds; the only clock there is. */
  nowMs: () => number;
  brand: Brand;
  settings?: Partial<D24Settings>;
  weather?: Weather<D24Fault>;
  /** How many requests are kept for reading; 1000 when absent, 0 for none. */
  keepRequests?: number;
  /** How many notifications are kept; 1000 when absent, 0 for none. */
  keepNotices?: number;
}>;

/** Before the first payout: in the range of the documents' examples. */
const FIRST_CASHOUT_ID = 8_405_000;

export function createState(options: EngineOptions): NetworkState {
  const { brand } = options;
  const stream = (name: string): SeededRandom => createSeededRandom(options.seed, `${brand} ${name}`);
  const settings = { ...defaultSettingsOf(brand), ...options.settings };
  let latestMs = Number.NEGATIVE_INFINITY;
  return {
    brand,
    settings,
    payouts: new Map(),
    byExternalId: new Map(),
    burntIds: new Set(),
    floats: new Map(
      Object.entries(settings.openingBalances).map(([currency, amount]) => [
        currency,
        { availableMinor: minorOf(amount) ?? 0, reservedMinor: 0 },
      ]),
    ),
    contactOwners: new Map(),
    sessions: new Map(),
    areCredentialsRevoked: false,
    latestCashoutId: FIRST_CASHOUT_ID,
    due: createDueQueue(),
    script: createScript<D24Fault, Operation>(faultApplies),
    random: {
      ids: stream('ids'),
      tokens: stream('tokens'),
      weather: stream('weather'),
      noticeWeather: stream('notice weather'),
      banks: stream('banks'),
    },
    vane: vaneOf(options.weather ?? { rates: {} }),
    isUp: true,
    notices: [],
    unsentNotices: [],
    noticeCount: 0,
    keepNotices: options.keepNotices ?? 1_000,
    now() {
      latestMs = Math.max(latestMs, options.nowMs());
      return latestMs;
    },
  };
}

/** @throws RangeError for rates that make no sense. */
export function vaneOf(weather: Weather<D24Fault>): WeatherVane<D24Fault, Operation> {
  return createWeatherVane(weather, OPERATIONS, faultApplies);
}

/** By the till's external id or the network's own id. */
export function findPayout(state: NetworkState, ref: string): Payout | undefined {
  const byOwnId = /^\d{1,15}$/.test(ref) ? state.payouts.get(Number(ref)) : undefined;
  return state.byExternalId.get(ref) ?? byOwnId;
}

export function floatOf(state: NetworkState, currency: string): Float {
  const known = state.floats.get(currency);
  if (known !== undefined) return known;
  const empty: Float = { availableMinor: 0, reservedMinor: 0 };
  state.floats.set(currency, empty);
  return empty;
}

/** As if it had never been: its external id is free again. What it did to the merchant's money and who owns a phone stays. */
export function forgetPayout(state: NetworkState, payout: Payout): void {
  state.payouts.delete(payout.terms.cashoutId);
  state.byExternalId.delete(payout.terms.externalId);
}
