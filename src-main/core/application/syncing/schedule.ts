/** What is due on the networks, and when the next thing will be. Follows from the store; only poll times are memory, and losing them asks sooner. */
import type { CashOut, Order } from '../../domain/cash-out.ts';
import type { Command } from '../../domain/command.ts';
import { NEVER_AGAIN_MS } from '../../domain/command.ts';
import type { NetworkId } from '../../domain/network.ts';
import type { Reading } from '../ports/payment-network.ts';
import type { TillContext } from '../till-parts.ts';
import { jittered, LATE_WATCH_MS, pollDelayMs, retryDelayMs } from './backoff.ts';

export type Due = Readonly<{ cashOutId: string; commandId?: string }>;
export type OrderedCashOut = CashOut & Readonly<{ order: Order }>;

/** A wait longer than any back-off comes from a clock that was set back: it is not waited for. */
const LONGEST_WAIT_MS = 15 * 60_000;
const LONGEST_SLEEP_MS = 60_000;
const SHORTEST_SLEEP_MS = 20;
const POLLED = ['awaiting_payment', 'cancelling', 'returning', 'paid'] as const;
const LONGEST_LIFETIME_MS = 10 * 60_000;
const LATE_WATCH_LIMIT = 200;

/** When it was asked last, and what came of it; what is due follows from the state that the cash-out has by now. Monotonic ms. */
type PollMemory = Readonly<{ askedMs: number; chance: number; failures: number; notBeforeMs: number }>;

export class Schedule {
  readonly #till: TillContext;
  readonly #polls = new Map<string, PollMemory>();
  readonly #pausedUntilMs = new Map<NetworkId, number>();

  constructor(till: TillContext) {
    this.#till = till;
  }

  /** Commands before questions, and one thing at a time for a cash-out. */
  due(): readonly Due[] {
    const commands = this.firstCommands().filter((command) => this.#commandWaitMs(command) <= 0);
    const withCommand = new Set(commands.map(({ cashOutId }) => cashOutId));
    const polls = this.pollable().filter((cashOut) => !withCommand.has(cashOut.id) && this.#pollWaitMs(cashOut) <= 0);
    const due: readonly Due[] = [
      ...commands.map(({ id, cashOutId }) => ({ cashOutId, commandId: id })),
      ...polls.map(({ id }) => ({ cashOutId: id })),
    ];
    return due.filter(({ cashOutId }) => !this.#till.isBusy(cashOutId));
  }

  /** How long the loop may sleep. */
  sleepMs(): number {
    const isFree = (cashOutId: string): boolean => !this.#till.isBusy(cashOutId);
    const commandWaits = this.firstCommands()
      .filter(({ cashOutId }) => isFree(cashOutId))
      .map((command) => this.#commandWaitMs(command));
    const pollWaits = this.pollable()
      .filter(({ id }) => isFree(id))
      .map((cashOut) => this.#pollWaitMs(cashOut));
    return Math.max(SHORTEST_SLEEP_MS, Math.min(LONGEST_SLEEP_MS, ...commandWaits, ...pollWaits));
  }

  /** Commands of a cash-out go in order: the next waits until the one before is answered. */
  firstCommands(): readonly Command[] {
    const first = new Map<string, Command>();
    for (const command of this.#till.store.openCommands()) {
      if (!first.has(command.cashOutId)) first.set(command.cashOutId, command);
    }
    return [...first.values()].filter(({ nextAttemptAtMs }) => nextAttemptAtMs !== NEVER_AGAIN_MS);
  }

  /** Open orders, and ended ones for as long as a late payment is looked out for. */
  pollable(): readonly OrderedCashOut[] {
    const { store, clock } = this.#till;
    const nowMs = clock.nowMs();
    const ended = store
      .cashOutsSince(nowMs - LATE_WATCH_MS - 2 * LONGEST_LIFETIME_MS, LATE_WATCH_LIMIT)
      .filter(({ state }) => state === 'cancelled' || state === 'expired');
    return [...store.cashOutsIn(POLLED), ...ended]
      .filter((cashOut): cashOut is OrderedCashOut => 'order' in cashOut)
      .filter((cashOut) => pollDelayMs(cashOut, nowMs, false) !== undefined);
  }

  afterPoll(cashOutId: string, reading: Reading): void {
    const { clock, store, random } = this.#till;
    const askedMs = clock.monotonicMs();
    const isAnswer = reading.kind !== 'unreachable' && reading.kind !== 'busy';
    const failures = isAnswer ? 0 : (this.#polls.get(cashOutId)?.failures ?? 0) + 1;
    const notBeforeMs = askedMs + (isAnswer ? 0 : (reading.retryAfterMs ?? 0));
    const network = store.cashOut(cashOutId)?.network;
    if (reading.kind === 'busy' && network) this.#pausedUntilMs.set(network, notBeforeMs);
    this.#polls.set(cashOutId, { askedMs, chance: random.next(), failures, notBeforeMs });
  }

  /** Something of ours went wrong with it: not again at full speed. */
  postpone(cashOutId: string, delayMs: number): void {
    const askedMs = this.#till.clock.monotonicMs();
    this.#polls.set(cashOutId, { askedMs, chance: 0.5, failures: 0, notBeforeMs: askedMs + delayMs });
  }

  askNow(cashOutId: string): void {
    this.#polls.delete(cashOutId);
  }

  #commandWaitMs({ state, nextAttemptAtMs, cashOutId }: Command): number {
    // Ours from before a crash, since a running one is busy: at once, unless saving it has just failed.
    if (state === 'sending') return (this.#polls.get(cashOutId)?.notBeforeMs ?? 0) - this.#till.clock.monotonicMs();
    const waitMs = nextAttemptAtMs - this.#till.clock.nowMs();
    return waitMs > LONGEST_WAIT_MS ? 0 : waitMs;
  }

  #pollWaitMs(cashOut: OrderedCashOut): number {
    const { clock } = this.#till;
    const asked = this.#polls.get(cashOut.id);
    const pausedUntilMs = this.#pausedUntilMs.get(cashOut.network) ?? 0;
    const dueMs = asked ? Math.max(asked.askedMs + this.#pollDelayMs(cashOut, asked), asked.notBeforeMs) : 0;
    return Math.max(dueMs, pausedUntilMs) - clock.monotonicMs();
  }

  #pollDelayMs(cashOut: OrderedCashOut, { failures, chance }: PollMemory): number {
    const { store, clock } = this.#till;
    if (failures > 0) return retryDelayMs(failures, chance);
    const hasOpenCase = store.casesOf(cashOut.id).some(({ state }) => state === 'open');
    const delayMs = pollDelayMs(cashOut, clock.nowMs(), hasOpenCase);
    return delayMs === undefined ? LONGEST_WAIT_MS : jittered(delayMs, chance);
  }
}
