/**
 * What is due about payouts, and when the next thing will be. Follows from the store; when each was asked last is memory, and losing it
 * asks sooner. One question at a time for a payout, and about one a second for an account: after a sleep or a start a spread, no burst.
 */
import { isOpen, NEVER_AGAIN_MS } from '../../domain/command.ts';
import type { NetworkId } from '../../domain/network.ts';
import { payoutMethod } from '../../domain/payouts/country-forms.ts';
import type { PayoutCommand } from '../../domain/payouts/payout-command.ts';
import { isKnown, PAYOUT_NETWORK_IDS } from '../../domain/payouts/payout.ts';
import type { Payout, PayoutNetworkId } from '../../domain/payouts/payout.ts';
import { ACCOUNT_GAP_MS, payoutRetryDelayMs, pollPlan, SHORTEST_REFRESH_MS } from '../../domain/payouts/polling.ts';
import type { PollPlan } from '../../domain/payouts/polling.ts';
import { jittered } from '../syncing/backoff.ts';
import { isBlocked } from '../syncing/network-health.ts';
import { HOPE } from '../syncing/schedule.ts';
import type { Soon } from '../syncing/schedule.ts';
import type { TillContext } from '../till-parts.ts';
import { isLost, lostWaitMs } from './lost-create.ts';
import { memoryOf } from './payout-context.ts';

export type PayoutDue = Readonly<{ network: PayoutNetworkId }> &
  (
    | Readonly<{ kind: 'command'; payoutId: string; commandId: string }>
    | Readonly<{ kind: 'ask'; payoutId: string }>
    /** Its own id is not known: looked for in the network's list. */
    | Readonly<{ kind: 'identify'; payoutId: string }>
    /** All old completed ones at once. */
    | Readonly<{ kind: 'compare' }>
  );

type Waiting = PayoutDue & Readonly<{ waitMs: number }>;

const DAY_MS = 86_400_000;
export const WATCHED_DAYS = 30;
const IDENTIFY_EVERY_MS = 300_000;
const LONGEST_INHERITED_WAIT_MS = 60_000;

type Stored = Readonly<{ commands: readonly PayoutCommand[]; moving: readonly Payout[] }>;

export class PayoutSchedule {
  readonly #till: TillContext;
  readonly #callsMs = new Map<NetworkId, number>();
  readonly #pausedUntilMs = new Map<NetworkId, number>();
  readonly #comparedMs = new Map<NetworkId, number>();
  readonly #commandsDueMs = new Map<string, number>();
  readonly #postponedUntilMs = new Map<string, number>();
  /** Somebody has spoken of it, or a person asks: no sooner than 5 s after the last question. */
  readonly #soon = new Set<string>();
  readonly #chances = new Map<string, number>();
  /** Completed lately; kept up by what is committed, for it can be thousands. */
  #watched: Map<string, Payout> | undefined;
  #stored: Stored | undefined;

  constructor(till: TillContext) {
    this.#till = till;
    till.store.onCommit((entries) => {
      this.#stored = undefined;
      for (const { event } of entries) if (event.type === 'payout.step') this.#follow(event.payoutId);
    });
  }

  /** Commands first; one for each account, for the next must wait a second anyway. */
  due(): readonly PayoutDue[] {
    const nowMs = this.#till.clock.monotonicMs();
    const first = new Map<PayoutNetworkId, PayoutDue>();
    // What has waited longest is first: with more payouts than a minute has seconds, none is forgotten.
    const longestFirst = [...this.#waiting()].sort(
      (left, right) => rankOf(left) - rankOf(right) || left.waitMs - right.waitMs,
    );
    for (const each of longestFirst) {
      const isFree = !('payoutId' in each) || !this.#till.isBusy(each.payoutId);
      if (each.waitMs <= 0 && isFree && !first.has(each.network)) first.set(each.network, each);
    }
    return [...first.values()].filter(({ network }) => this.#gapMs(network, nowMs) <= 0);
  }

  sleepMs(): number {
    const nowMs = this.#till.clock.monotonicMs();
    return Math.min(
      Infinity,
      ...this.#waiting()
        .filter((each) => !('payoutId' in each) || !this.#till.isBusy(each.payoutId))
        .map(({ waitMs, network }) => Math.max(waitMs, this.#gapMs(network, nowMs))),
    );
  }

  /** What the loop tells or asks by itself within this time. */
  soon(withinMs: number): readonly Soon[] {
    const { store } = this.#till;
    return this.#waiting().flatMap((each) => {
      if (!('payoutId' in each) || each.waitMs > withinMs) return [];
      const inVain =
        each.kind === 'command'
          ? (store.payoutCommand(each.commandId)?.attempts ?? 0)
          : memoryOf(this.#till, each.payoutId).failures;
      return [{ subject: each.payoutId, network: each.network, isHopeful: inVain < HOPE }];
    });
  }

  /** Everything that the network still has to move, whatever its schedule; of an account that was stopped, one thing, to see. */
  sweepable(): readonly PayoutDue[] {
    const commands = this.#read().commands.map(commandDue);
    const withCommand = new Set(commands.map(({ payoutId }) => payoutId));
    const asks = this.#read()
      .moving.filter(({ id }) => !withCommand.has(id))
      .map(({ id, network }) => ({ kind: 'ask', payoutId: id, network }) as const);
    const nameless = this.#read()
      .moving.filter((payout) => this.#identifyMs(payout) !== undefined)
      .map(({ id, network }) => ({ kind: 'identify', payoutId: id, network }) as const);
    return [...commands, ...asks, ...nameless].filter(
      (due, index, all) =>
        !isBlocked(this.#till, due.network) || all.findIndex(({ network }) => network === due.network) === index,
    );
  }

  /** By the wall clock. */
  nextCheckAtMs(payoutId: string): number | undefined {
    const waits = this.#waiting().flatMap((each) =>
      'payoutId' in each && each.payoutId === payoutId ? [each.waitMs] : [],
    );
    const waitMs = Math.min(Infinity, ...waits);
    return Number.isFinite(waitMs) ? this.#till.clock.nowMs() + Math.max(0, Math.round(waitMs)) : undefined;
  }

  askSooner(payoutId: string): void {
    this.#soon.add(payoutId);
  }

  began(due: PayoutDue): void {
    if (due.kind === 'ask') this.#soon.delete(due.payoutId);
    this.#callsMs.set(due.network, this.#till.clock.monotonicMs());
    if ('payoutId' in due) this.#chances.set(due.payoutId, this.#till.random.next());
  }

  ended(due: PayoutDue): void {
    const { store, clock } = this.#till;
    if (due.kind === 'compare') this.#comparedMs.set(due.network, clock.monotonicMs());
    if (due.kind !== 'command') return;
    const command = store.payoutCommand(due.commandId);
    if (!command || !isOpen(command)) return void this.#commandsDueMs.delete(due.commandId);
    const waitMs = Math.max(0, command.nextAttemptAtMs - clock.nowMs());
    if (command.state !== 'sending') this.#commandsDueMs.set(due.commandId, clock.monotonicMs() + waitMs);
  }

  /** The network answers again, or works for us again: what waits to be told to it waits no longer (`due` spreads it). False: nothing waits. */
  hurry(network: NetworkId, many = Infinity): boolean {
    const nowMs = this.#till.clock.monotonicMs();
    const waiting = this.#read()
      .commands.filter((command) => command.network === network && command.state !== 'sending' && !isLost(command))
      .slice(0, many);
    for (const command of waiting) if (this.#commandMs(command) > 0) this.#commandsDueMs.set(command.id, nowMs);
    return waiting.length > 0;
  }

  /** The network wants to be left alone. */
  pause(network: NetworkId, forMs: number): void {
    this.#pausedUntilMs.set(network, this.#till.clock.monotonicMs() + forMs);
  }

  /** Something of ours went wrong with it: not again at full speed. */
  postpone(key: string, forMs: number): void {
    this.#postponedUntilMs.set(key, this.#till.clock.monotonicMs() + forMs);
  }

  #gapMs(network: NetworkId, nowMs: number): number {
    return (this.#callsMs.get(network) ?? -Infinity) + ACCOUNT_GAP_MS - nowMs;
  }

  #read(): Stored {
    if (this.#stored) return this.#stored;
    const { store } = this.#till;
    const first = new Map<string, PayoutCommand>();
    for (const command of store.openPayoutCommands()) {
      if (!first.has(command.payoutId)) first.set(command.payoutId, command);
    }
    const commands = [...first.values()].filter(({ nextAttemptAtMs }) => nextAttemptAtMs !== NEVER_AGAIN_MS);
    this.#stored = { commands, moving: store.payoutsIn(['pending', 'on_hold', 'delivered']) };
    return this.#stored;
  }

  #watching(): ReadonlyMap<string, Payout> {
    const { store, clock } = this.#till;
    if (!this.#watched) {
      const sinceMs = clock.nowMs() - WATCHED_DAYS * DAY_MS;
      this.#watched = new Map(store.payoutsCompletedSince(sinceMs).map((payout) => [payout.id, payout]));
    }
    return this.#watched;
  }

  #follow(payoutId: string): void {
    const payout = this.#till.store.payout(payoutId);
    if (payout?.state === 'completed') this.#watched?.set(payoutId, payout);
    else this.#watched?.delete(payoutId);
  }

  #waiting(): readonly Waiting[] {
    const { commands, moving } = this.#read();
    const withCommand = new Set(commands.map(({ payoutId }) => payoutId));
    const waiting: Waiting[] = commands.map((command) => ({
      ...commandDue(command),
      waitMs: this.#commandMs(command),
    }));
    let compares = new Set<PayoutNetworkId>();
    for (const payout of [...moving, ...this.#watching().values()]) {
      if (withCommand.has(payout.id)) continue;
      const plan = this.#planOf(payout);
      const { id: payoutId, network } = payout;
      const isSoon = this.#soon.has(payoutId) && memoryOf(this.#till, payoutId).failures === 0;
      const waitMs = isSoon ? this.#soonMs(payout) : plan.kind === 'ask' ? this.#askMs(payout, plan) : undefined;
      if (waitMs !== undefined) waiting.push({ kind: 'ask', payoutId, network, waitMs });
      if (plan.kind === 'list') compares = compares.add(network);
      const identifyMs = this.#identifyMs(payout);
      if (identifyMs !== undefined) waiting.push({ kind: 'identify', payoutId, network, waitMs: identifyMs });
    }
    for (const network of compares) waiting.push({ kind: 'compare', network, waitMs: this.#compareMs(network) });
    const idle = new Set(PAYOUT_NETWORK_IDS.filter((id) => !this.#till.payoutNetwork(id) || isBlocked(this.#till, id)));
    return waiting.filter(({ network }) => !idle.has(network)).map((each) => this.#held(each));
  }

  #held(each: Waiting): Waiting {
    const nowMs = this.#till.clock.monotonicMs();
    const key = 'payoutId' in each ? each.payoutId : each.network;
    const pausedMs = (this.#pausedUntilMs.get(each.network) ?? 0) - nowMs;
    const postponedMs = (this.#postponedUntilMs.get(key) ?? 0) - nowMs;
    return { ...each, waitMs: Math.max(each.waitMs, pausedMs, postponedMs) };
  }

  #planOf(payout: Payout): PollPlan {
    const { clock } = this.#till;
    const nowMs = clock.nowMs();
    const completed = payout.state === 'completed' && {
      sinceCompletedMs: nowMs - payout.completedAtMs,
      lastAskedAfterCompletionMs: (payout.confirmedAtMs ?? payout.completedAtMs) - payout.completedAtMs,
    };
    return pollPlan({
      state: payout.state,
      isPix: payoutMethod(payout.method).kind === 'pix',
      // A clock that was set back must not make it young for ever.
      ageMs: Math.max(0, nowMs - payout.requestedAtMs),
      canList: this.#till.payoutNetwork(payout.network)?.traits.reconciliation === true,
      ...completed,
    });
  }

  #soonMs({ id }: Payout): number {
    const { askedAtMs, notBeforeMs } = memoryOf(this.#till, id);
    const dueMs = Math.max((askedAtMs ?? -Infinity) + SHORTEST_REFRESH_MS, notBeforeMs ?? 0);
    return dueMs - this.#till.clock.monotonicMs();
  }

  #askMs(payout: Payout, { delayMs }: Extract<PollPlan, { kind: 'ask' }>): number {
    const nowMs = this.#till.clock.monotonicMs();
    const { askedAtMs, failures, notBeforeMs } = memoryOf(this.#till, payout.id);
    const chance = this.#chances.get(payout.id) ?? 0.5;
    const heldMs = (notBeforeMs ?? 0) - nowMs;
    if (askedAtMs === undefined) return payout.state === 'completed' ? Math.max(delayMs, heldMs) : heldMs;
    if (failures > 0) return Math.max(askedAtMs + jittered(payoutRetryDelayMs(failures), chance) - nowMs, heldMs);
    // Of a completed one the plan counts from its completion, of the others from the last question.
    const dueMs = payout.state === 'completed' ? nowMs + delayMs : askedAtMs + jittered(delayMs, chance);
    return Math.max(dueMs - nowMs, heldMs);
  }

  #identifyMs(payout: Payout): number | undefined {
    if (!isKnown(payout) || payout.cashoutId !== undefined || payout.state === 'completed') return undefined;
    if (this.#till.payoutNetwork(payout.network)?.traits.reconciliation !== true) return undefined;
    const { listedAtMs } = memoryOf(this.#till, payout.id);
    return listedAtMs === undefined ? 0 : listedAtMs + IDENTIFY_EVERY_MS - this.#till.clock.monotonicMs();
  }

  #compareMs(network: NetworkId): number {
    const comparedMs = this.#comparedMs.get(network);
    return comparedMs === undefined ? 0 : comparedMs + DAY_MS - this.#till.clock.monotonicMs();
  }

  #commandMs(command: PayoutCommand): number {
    const { store, clock } = this.#till;
    if (isLost(command)) {
      const payout = store.payout(command.payoutId);
      return payout ? lostWaitMs(this.#till, payout, command) : Infinity;
    }
    if (command.state === 'sending') return 0;
    const dueMs = this.#commandsDueMs.get(command.id);
    if (dueMs !== undefined) return dueMs - clock.monotonicMs();
    const inheritedMs = command.nextAttemptAtMs - clock.nowMs();
    return inheritedMs > LONGEST_INHERITED_WAIT_MS ? 0 : inheritedMs;
  }
}

function rankOf({ kind }: PayoutDue): number {
  return kind === 'command' ? 0 : 1;
}

function commandDue({ id, payoutId, network }: PayoutCommand) {
  return { kind: 'command', payoutId, commandId: id, network } as const;
}
