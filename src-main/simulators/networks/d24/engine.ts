/**
 * The simulated D24 Cashouts API v3 of TuPay or OneKey without a socket: pure, synchronous, repeatable from its seed.
 * The merchants API, which really lives on a host of its own, answers under the same address.
 *
 * Source  TuPay and OneKey, cashout status endpoint; D24, TuPay and OneKey, cashouts API (create, cancel, update, codes,
 *         notifications) and reconciliation API.
 * Units   times in epoch milliseconds, amounts as decimal text, inside as whole hundredths.
 * Errors  never throws for what a request contains; a control method answers what is wrong in words.
 */
import type { SimulatedExchange, SimulatedRequest } from '../exchange.ts';
import { createRequestLog } from '../request-log.ts';
import type { RecordedRequest, RequestLog } from '../request-log.ts';
import type { ScriptEntry } from '../script.ts';
import { carry } from '../transport-faults.ts';
import type { Weather } from '../weather.ts';
import * as actions from './actions.ts';
import type { ActionOutcome, Balance, PayoutSummary, RejectionWords } from './actions.ts';
import { DIALECT, NO_SUCH_ENDPOINT } from './answers.ts';
import type { Brand } from './brands.ts';
import { readCall } from './call.ts';
import type { Call } from './call.ts';
import type { D24Fault, Operation } from './faults.ts';
import { advance } from './happenings.ts';
import type { Notice } from './notices.ts';
import type { BankHabits, D24Settings } from './settings.ts';
import { createState, vaneOf } from './state.ts';
import type { EngineOptions, NetworkState } from './state.ts';
import { takeTurn } from './turn.ts';

export type D24ScriptEntry = ScriptEntry<D24Fault, Operation>;
export type D24Weather = Weather<D24Fault>;

/** `ref` is a cashout id or an external id. */
export interface D24Engine {
  readonly brand: Brand;
  handle(request: SimulatedRequest): SimulatedExchange;
  /** Lets everything happen that is due by now; `handle` and every control method do so first. */
  advance(): void;

  /** The payout is sent to the bank: from now it cannot be cancelled. */
  bankAccepts(ref: string): ActionOutcome;
  /** The money arrived; a payout that still waits is sent to the bank first. */
  bankCompletes(ref: string): ActionOutcome;
  /** `code` 808 when absent, null for a bank that gives none; the reason follows from the code. */
  bankRejects(ref: string, words?: RejectionWords): ActionOutcome;
  /** Days after it was completed, the money comes back. `code` 826 when absent. */
  bankReturnsLate(ref: string, words?: RejectionWords): ActionOutcome;
  /** In the merchant's panel, behind the till's back; so are the next two. */
  merchantCancels(ref: string): ActionOutcome;
  merchantHolds(ref: string): ActionOutcome;
  merchantReleases(ref: string): ActionOutcome;
  /** The new balance; undefined when the amount is none. */
  topUp(currency: string, amount: string): Balance | undefined;
  /** From now on 401 with 401 for all that is signed. */
  revokeCredentials(): void;
  restoreCredentials(): void;

  script(...entries: readonly D24ScriptEntry[]): void;
  clearScript(): void;
  scripted(): readonly D24ScriptEntry[];
  /** Throws RangeError when the rates that can hit one operation add up to more than 1. */
  setWeather(weather: D24Weather): void;
  weather(): D24Weather;
  setNetwork(network: 'up' | 'down'): void;
  readonly network: 'up' | 'down';
  /** Payouts that already wait keep what was drawn for them. */
  setBanks(banks: BankHabits | 'none'): void;
  change(settings: Partial<D24Settings>): void;
  readonly settings: D24Settings;

  payouts(): readonly PayoutSummary[];
  payout(ref: string): PayoutSummary | undefined;
  balances(): readonly Balance[];
  requests(): readonly RecordedRequest[];
  requestCount(): number;
  clearRequests(): void;
  notices(): readonly Notice[];
  /** Notifications still to be posted; the caller has them now. */
  takeUnsentNotices(): readonly Notice[];
  /** Forgets one payout; its external id is free again. */
  forget(ref: string): boolean;
  /** Forgets what is completed, cancelled or rejected and has not changed for this long (0 when absent); answers how many. */
  forgetFinished(idleForMs?: number): number;
}

export function createD24Engine(options: EngineOptions): D24Engine {
  const state = createState(options);
  const log = createRequestLog(options.keepRequests ?? 1_000);
  const acting =
    <Arguments extends readonly unknown[], Answer>(
      act: (state: NetworkState, nowMs: number, ...given: Arguments) => Answer,
    ) =>
    (...given: Arguments): Answer =>
      act(state, advance(state), ...given);

  return {
    brand: options.brand,
    handle: (request) => handle(state, request, log),
    advance: () => void advance(state),
    bankAccepts: acting(actions.bankAccepts),
    bankCompletes: acting(actions.bankCompletes),
    bankRejects: acting(actions.bankRejects),
    bankReturnsLate: acting(actions.bankReturnsLate),
    merchantCancels: acting(actions.merchantCancels),
    merchantHolds: acting(actions.merchantHolds),
    merchantReleases: acting(actions.merchantReleases),
    topUp: acting(actions.topUp),
    revokeCredentials: () => void (state.areCredentialsRevoked = true),
    restoreCredentials: () => void (state.areCredentialsRevoked = false),
    script: (...entries) => entries.forEach((entry) => state.script.add(entry)),
    clearScript: () => state.script.clear(),
    scripted: () => state.script.entries(),
    setWeather: (weather) => void (state.vane = vaneOf(weather)),
    weather: () => state.vane.weather,
    setNetwork: (network) => void (state.isUp = network === 'up'),
    get network() {
      return state.isUp ? 'up' : 'down';
    },
    setBanks: (banks) => void (state.settings = { ...state.settings, banks }),
    change: (settings) => void (state.settings = { ...state.settings, ...settings }),
    get settings() {
      return state.settings;
    },
    payouts: acting(actions.summaries),
    payout: acting(actions.summary),
    balances: acting(actions.balances),
    requests: () => log.list(),
    requestCount: () => log.count(),
    clearRequests: () => log.clear(),
    notices: acting(() => state.notices.slice(-Math.max(1, state.keepNotices))),
    takeUnsentNotices: acting(() => state.unsentNotices.splice(0)),
    forget: acting(actions.forget),
    forgetFinished: acting(actions.forgetFinished),
  };
}

function handle(state: NetworkState, request: SimulatedRequest, log: RequestLog): SimulatedExchange {
  const nowMs = advance(state);
  const call = state.isUp ? readCall(state, request) : undefined;
  const exchange = state.isUp ? exchangeOf(state, call, nowMs) : DOWN;
  log.record({ atMs: nowMs, operation: call?.operation ?? 'unknown', request, exchange });
  return exchange;
}

const DOWN: SimulatedExchange = { delivery: 'refused', delayMs: 0 };

function exchangeOf(state: NetworkState, call: Call | undefined, nowMs: number): SimulatedExchange {
  if (call === undefined) return { delivery: 'whole', delayMs: 0, answer: NO_SUCH_ENDPOINT };
  const chosen = state.script.take(call) ?? state.vane.draw(call.operation, state.random.weather);
  const latencyMs = state.vane.drawLatencyMs(state.random.weather);
  const exchange = carry(chosen, latencyMs, DIALECT, () => takeTurn(state, call, chosen, nowMs));
  if (!('answer' in exchange)) return exchange;
  const headers = {
    ...exchange.answer.headers,
    date: new Date(nowMs).toUTCString(),
  };
  return { ...exchange, answer: { ...exchange.answer, headers } };
}
