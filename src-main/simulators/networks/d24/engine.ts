/**
 * The simulated D24 Cashouts API v3 of TuPay or OneKey without a socket: pure, synchronous, repeatable from its seed.
 * The merchants API, which really lives on a host of its own, answers under the same address.
 *
 * Source  TuPay and OneKey, cashout status endpoint; D24, TuPay and OneKey, cashouts API (create, cancel, update, codes,
 *         notifications) and reconciliation API.
 * Units   times in epoch milliseconds, amounts as decimal text, inside as whole hundredths.
 * Errors  never throws for what a request contains; a control method answers what is wrong in words.
 */
import { vaneOf } from '../network-core.ts';
import { actingOn, createNetworkEngine } from '../network-engine.ts';
import type { NetworkEngine, NetworkTrade } from '../network-engine.ts';
import type { ScriptEntry } from '../script.ts';
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
import { createState, FAULT_MAP } from './state.ts';
import type { EngineOptions, NetworkState } from './state.ts';
import { takeTurn } from './turn.ts';

export type D24ScriptEntry = ScriptEntry<D24Fault, Operation>;
export type D24Weather = Weather<D24Fault>;

/** `ref` is a cashout id or an external id. */
export interface D24Engine extends NetworkEngine<D24Settings, D24Fault, Operation, Notice> {
  readonly brand: Brand;

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

  /** Payouts that already wait keep what was drawn for them. */
  setBanks(banks: BankHabits | 'none'): void;

  payouts(): readonly PayoutSummary[];
  payout(ref: string): PayoutSummary | undefined;
  balances(): readonly Balance[];
  /** Forgets one payout; its external id is free again. */
  forget(ref: string): boolean;
  /** Forgets what is completed, cancelled or rejected and has not changed for this long (0 when absent); answers how many. */
  forgetFinished(idleForMs?: number): number;
}

export function createD24Engine(options: EngineOptions): D24Engine {
  const state = createState(options);
  const engine = createNetworkEngine(state, TRADE, options.keepRequests);
  const acting = actingOn(state, advance);
  return Object.assign(engine, {
    brand: options.brand,
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
    setBanks: (banks: BankHabits | 'none') => void (state.settings = { ...state.settings, banks }),
    payouts: acting(actions.summaries),
    payout: acting(actions.summary),
    balances: acting(actions.balances),
    forget: acting(actions.forget),
    forgetFinished: acting(actions.forgetFinished),
  });
}

const TRADE: NetworkTrade<NetworkState, D24Fault, Operation, Call> = {
  advance,
  vaneOf: (weather) => vaneOf(weather, FAULT_MAP),
  readCall,
  takeTurn,
  dialectOf: () => DIALECT,
  noSuchEndpoint: NO_SUCH_ENDPOINT,
};
