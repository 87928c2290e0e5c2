/** Everything the simulated network holds in its head. The modules beside this one are functions over it. */
import { createSeededRandom } from '../../seeded-random.ts';
import type { SeededRandom } from '../../seeded-random.ts';
import { createCore } from '../network-core.ts';
import type { CoreOptions, FaultMap, NetworkCore } from '../network-core.ts';
import { minorOf } from './amounts.ts';
import type { Brand } from './brands.ts';
import { faultApplies, OPERATIONS } from './faults.ts';
import type { D24Fault, Operation } from './faults.ts';
import type { Notice } from './notices.ts';
import type { Payout, PayoutEvent } from './payout.ts';
import { defaultSettingsOf } from './settings.ts';
import type { D24Settings } from './settings.ts';

/** What will happen by itself; `atVersion`: only if nothing else happened to the payout before. */
type DueEvent = Readonly<{ kind: 'event'; cashoutId: number; event: PayoutEvent; atVersion?: number }>;

/** The merchant's money in one currency, in hundredths. */
export type Float = { availableMinor: number; reservedMinor: number };

type Core = NetworkCore<D24Settings, D24Fault, Operation, DueEvent, Notice>;

export type NetworkState = Core & {
  readonly brand: Brand;
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
  readonly random: Readonly<Record<'ids' | 'tokens' | 'weather' | 'noticeWeather' | 'banks', SeededRandom>>;
};

export type EngineOptions = CoreOptions<D24Settings, D24Fault> & Readonly<{ brand: Brand }>;

/** Before the first payout: in the range of the documents' examples. */
const FIRST_CASHOUT_ID = 8_405_000;

export const FAULT_MAP: FaultMap<D24Fault, Operation> = { operations: OPERATIONS, faultApplies };

export function createState(options: EngineOptions): NetworkState {
  const { brand } = options;
  const stream = (name: string): SeededRandom => createSeededRandom(options.seed, `${brand} ${name}`);
  const settings = { ...defaultSettingsOf(brand), ...options.settings };
  return {
    ...createCore<D24Settings, D24Fault, Operation, DueEvent, Notice>(options, settings, FAULT_MAP),
    brand,
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
    random: {
      ids: stream('ids'),
      tokens: stream('tokens'),
      weather: stream('weather'),
      noticeWeather: stream('notice weather'),
      banks: stream('banks'),
    },
  };
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
