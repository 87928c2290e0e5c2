/** What is due on the networks, and when the next thing will be. Follows from the store; only poll times are memory, and losing them asks sooner. */
import type { CaseKind } from '../../domain/case-file.ts';
import { isEnded } from '../../domain/cash-out.ts';
import type { CashOut, CashOutEvent, CashOutState, Order } from '../../domain/cash-out.ts';
import type { Command } from '../../domain/command.ts';
import { isOpen, NEVER_AGAIN_MS } from '../../domain/command.ts';
import type { NetworkId } from '../../domain/network.ts';
import type { Reading } from '../ports/payment-network.ts';
import type { TillContext } from '../till-parts.ts';
import { jittered, LATE_WATCH_EVERY_MS, LATE_WATCH_MS, pollDelayMs, retryDelayMs } from './backoff.ts';

export type Due = Readonly<{ cashOutId: string; commandId?: string }>;
export type OrderedCashOut = CashOut & Readonly<{ order: Order }>;

/** A wait that this run of the program has not seen begin, and longer than this, comes from a clock that was set back: it is not waited for. */
const LONGEST_INHERITED_WAIT_MS = 60_000;
/** Many tills come back at once when a network does. */
const HURRY_GAP_MS = 250;
const LONGEST_SLEEP_MS = 60_000;
const SHORTEST_SLEEP_MS = 20;
const POLLED = ['awaiting_payment', 'cancelling', 'returning', 'paid', 'dispensed'] as const;
const LONGEST_LIFETIME_MS = 10 * 60_000;
const LATE_WATCH_LIMIT = 200;

/** A cash-out or payout that is told or asked about soon. `isHopeful`: it has not been in vain again and again. */
export type Soon = Readonly<{ subject: string; network: NetworkId; isHopeful: boolean }>;
export const HOPE = 4;

/** While one of these is open the network's word is what a person puzzles over, and nobody at the counter waits for it. */
const PUZZLES: readonly CaseKind[] = ['unknown-answer', 'answer-mismatch', 'order-lost'];

/** What ended within this time is asked for once more after a start: a payment or refund may have come while the till was off. */
export const RECHECK_BACK_MS = 72 * 3_600_000;
const RECHECK_LIMIT = 500;
const RECHECK_FIRST_MS = 10_000;
const RECHECK_EVERY_MS = 5_000;
/** After these a payment may still come. */
const ENDINGS: readonly string[] = ['cancelled', 'expired', 'given-up'] satisfies readonly CashOutEvent['type'][];
const RECHECKED: readonly CashOutState[] = ['cancelled', 'expired', 'handing_over', 'dispensed', 'settled', 'returned'];

/** When it was asked last, and what came of it; what is due follows from the state that the cash-out has by now. Monotonic ms. */
type PollMemory = Readonly<{ askedMs: number; chance: number; failures: number; notBeforeMs: number }>;

type Stored = Readonly<{
  firstCommands: readonly Command[];
  polled: readonly CashOut[];
  lately: readonly CashOut[];
  watched: readonly CashOut[];
  /** Ids of cash-outs with an open case of these. */
  puzzling: ReadonlySet<string>;
}>;

type PollableThen = Readonly<{
  stored: Stored;
  nowMs: number;
  monotonicMs: number;
  found: readonly OrderedCashOut[];
}>;

/** One that the network gave back stays so; one that was paid back by other means may be given back once more. */
function mayStillMove(cashOut: CashOut): boolean {
  return cashOut.state !== 'returned' || cashOut.repaidBy !== undefined;
}

export class Schedule {
  readonly #till: TillContext;
  readonly #polls = new Map<string, PollMemory>();
  readonly #pausedUntilMs = new Map<NetworkId, number>();
  /** Commands attempted in this run, by the monotonic clock: setting the wall clock neither hurries nor stalls them. */
  readonly #commandsDueMs = new Map<string, number>();
  readonly #postponedUntilMs = new Map<string, number>();
  /** Ended in this run: watched for a late payment until then, whatever the wall clock says meanwhile. */
  readonly #watchedUntilMs = new Map<string, number>();
  #rechecks: readonly string[] = [];
  /** What the store says, until a commit makes it say something else: the loop looks far more often than anything changes. */
  #stored: Stored | undefined;
  /** One look of the loop asks several times within an instant. */
  #pollable: PollableThen | undefined;
  /** Ended before this run began, so that nothing but a commit about one of them changes the list. */
  #lately: readonly CashOut[] | undefined;

  constructor(till: TillContext) {
    this.#till = till;
    till.store.onCommit((entries) => {
      this.#stored = undefined;
      const isAboutOne = this.#lately?.some(({ id }) => entries.some(({ subject }) => subject === id));
      if (entries.length === 0 || isAboutOne === true) this.#lately = undefined;
      for (const { event } of entries) {
        if (event.type === 'command.step' && event.step.type === 'again') this.#commandsDueMs.delete(event.commandId);
        if (event.type !== 'cash-out.step') continue;
        if (ENDINGS.includes(event.step.type)) {
          this.#watchedUntilMs.set(event.cashOutId, till.clock.monotonicMs() + LATE_WATCH_MS);
        }
      }
    });
  }

  /** After a start: one question, slowly and one after the other, about each that ended lately and is no longer watched. */
  recheck(): void {
    const { store, clock } = this.#till;
    const watched = new Set(this.pollable().map(({ id }) => id));
    this.#rechecks = store
      .cashOutsSince(clock.nowMs() - RECHECK_BACK_MS, RECHECK_LIMIT, RECHECKED)
      .filter((cashOut) => !watched.has(cashOut.id) && mayStillMove(cashOut))
      .map(({ id }) => id);
    this.#holdNextRecheck(RECHECK_FIRST_MS);
  }

  /** Commands before questions, and one thing at a time for a cash-out. */
  due(): readonly Due[] {
    const commands = this.firstCommands().filter((command) => this.#commandWaitMs(command) <= 0);
    const withCommand = new Set(commands.map(({ cashOutId }) => cashOutId));
    const polls = this.questions().filter((cashOut) => !withCommand.has(cashOut.id) && this.#pollWaitMs(cashOut) <= 0);
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
    const pollWaits = this.questions()
      .filter(({ id }) => isFree(id))
      .map((cashOut) => this.#pollWaitMs(cashOut));
    return Math.max(SHORTEST_SLEEP_MS, Math.min(LONGEST_SLEEP_MS, ...commandWaits, ...pollWaits));
  }

  /** What the loop tells or asks by itself within this time. */
  soon(withinMs: number): readonly Soon[] {
    const commands = this.firstCommands()
      .filter((command) => this.#commandWaitMs(command) <= withinMs)
      .map(({ cashOutId, network, attempts }) => ({ subject: cashOutId, network, isHopeful: attempts < HOPE }));
    const polls = this.questions()
      .filter((cashOut) => this.#pollWaitMs(cashOut) <= withinMs)
      .map(({ id, network }) => ({ subject: id, network, isHopeful: (this.#polls.get(id)?.failures ?? 0) < HOPE }));
    return [...commands, ...polls];
  }

  /** Commands of a cash-out go in order: the next waits until the one before is answered. */
  firstCommands(): readonly Command[] {
    return this.#read().firstCommands;
  }

  #read(): Stored {
    if (this.#stored) return this.#stored;
    const { store, clock } = this.#till;
    const first = new Map<string, Command>();
    for (const command of store.openCommands()) {
      if (!first.has(command.cashOutId)) first.set(command.cashOutId, command);
    }
    const sinceMs = clock.nowMs() - LATE_WATCH_MS - 2 * LONGEST_LIFETIME_MS;
    this.#lately ??= store.cashOutsSince(sinceMs, LATE_WATCH_LIMIT, ['cancelled', 'expired']);
    this.#stored = {
      firstCommands: [...first.values()].filter(({ nextAttemptAtMs }) => nextAttemptAtMs !== NEVER_AGAIN_MS),
      polled: store.cashOutsIn(POLLED),
      lately: this.#lately,
      puzzling: new Set(
        store
          .openCases()
          .flatMap(({ kind, cashOutId }) => (cashOutId !== undefined && PUZZLES.includes(kind) ? [cashOutId] : [])),
      ),
      watched: [...this.#watchedUntilMs.keys()].flatMap((id) => store.cashOut(id) ?? []),
    };
    return this.#stored;
  }

  /** Open orders, and ended ones for as long as a late payment is looked out for. */
  pollable(): readonly OrderedCashOut[] {
    const { clock } = this.#till;
    const [nowMs, monotonicMs, stored] = [clock.nowMs(), clock.monotonicMs(), this.#read()];
    const known = this.#pollable;
    if (known?.stored === stored && known.nowMs === nowMs && known.monotonicMs === monotonicMs) return known.found;
    const lately = stored.lately.filter(({ id }) => !this.#watchedUntilMs.has(id));
    const found = [...stored.polled, ...lately, ...this.#watched()]
      .filter((cashOut): cashOut is OrderedCashOut => 'order' in cashOut)
      .filter((cashOut) => this.#pollIntervalMs(cashOut, nowMs) !== undefined);
    this.#pollable = { stored, nowMs, monotonicMs, found };
    return found;
  }

  afterPoll(cashOutId: string, reading: Reading): void {
    const { clock, store, random } = this.#till;
    const askedMs = clock.monotonicMs();
    const isAnswer = reading.kind === 'answered' || reading.kind === 'not-found' || reading.kind === 'refused';
    const failures = isAnswer ? 0 : (this.#polls.get(cashOutId)?.failures ?? 0) + 1;
    const retryAfterMs = 'retryAfterMs' in reading ? (reading.retryAfterMs ?? 0) : 0;
    const notBeforeMs = askedMs + retryAfterMs;
    const network = store.cashOut(cashOutId)?.network;
    if (reading.kind === 'busy' && network) {
      this.#pausedUntilMs.set(network, Math.max(notBeforeMs, this.#pausedUntilMs.get(network) ?? 0));
    }
    this.#polls.set(cashOutId, { askedMs, chance: random.next(), failures, notBeforeMs });
    if (!isAnswer || this.#rechecks[0] !== cashOutId) return;
    this.#rechecks = this.#rechecks.slice(1);
    this.#holdNextRecheck(RECHECK_EVERY_MS);
  }

  /** When the attempt just made is to be repeated, on the clock that nobody can set. */
  afterCommand(commandId: string): void {
    const { clock, store } = this.#till;
    const command = store.command(commandId);
    if (!command || !isOpen(command)) {
      this.#commandsDueMs.delete(commandId);
      return;
    }
    const waitMs = Math.max(0, command.nextAttemptAtMs - clock.nowMs());
    if (command.state !== 'sending') this.#commandsDueMs.set(commandId, clock.monotonicMs() + waitMs);
  }

  /** Something of ours went wrong with it: not again at full speed. */
  postpone(cashOutId: string, delayMs: number): void {
    this.#postponedUntilMs.set(cashOutId, this.#till.clock.monotonicMs() + delayMs);
  }

  /** What waits to be told to this network may be told now, one after the other: it answers again, or works for us again. False: nothing waits. */
  hurry(network: NetworkId, many = Infinity): boolean {
    const nowMs = this.#till.clock.monotonicMs();
    const waiting = this.firstCommands()
      .filter((command) => command.network === network && command.state !== 'sending')
      .slice(0, many);
    for (const [place, command] of waiting.entries()) {
      const soonMs = place * HURRY_GAP_MS;
      if (this.#commandWaitMs(command) > soonMs) this.#commandsDueMs.set(command.id, nowMs + soonMs);
    }
    return waiting.length > 0;
  }

  /** As `askNow`, but a line in trouble keeps its pace: who asks for this is not to be trusted with more. */
  askSooner(cashOutId: string): void {
    const asked = this.#polls.get(cashOutId);
    const isTroubled =
      asked !== undefined && (asked.failures > 0 || asked.notBeforeMs > this.#till.clock.monotonicMs());
    if (!isTroubled) this.#polls.delete(cashOutId);
  }

  askNow(cashOutId: string): void {
    this.#polls.delete(cashOutId);
    this.#postponedUntilMs.delete(cashOutId);
  }

  /** All that is asked about: what is open or watched, and the one that is looked back at next. */
  questions(): readonly OrderedCashOut[] {
    const pollable = this.pollable();
    const [nextId] = this.#rechecks;
    const next = nextId === undefined ? undefined : this.#till.store.cashOut(nextId);
    return next && 'order' in next && !pollable.some(({ id }) => id === nextId) ? [...pollable, next] : pollable;
  }

  #holdNextRecheck(delayMs: number): void {
    const [nextId] = this.#rechecks;
    if (nextId !== undefined) this.postpone(nextId, delayMs);
  }

  #watched(): readonly CashOut[] {
    const nowMs = this.#till.clock.monotonicMs();
    for (const [id, untilMs] of this.#watchedUntilMs) if (untilMs <= nowMs) this.#watchedUntilMs.delete(id);
    return this.#read().watched.filter(
      ({ id, state }) => this.#watchedUntilMs.has(id) && (state === 'cancelled' || state === 'expired'),
    );
  }

  #commandWaitMs({ id, state, nextAttemptAtMs, cashOutId }: Command): number {
    const { clock } = this.#till;
    const nowMs = clock.monotonicMs();
    const postponedMs = (this.#postponedUntilMs.get(cashOutId) ?? 0) - nowMs;
    // Ours from before a crash, since a running one is busy: at once, unless saving it has just failed.
    if (state === 'sending') return postponedMs;
    const dueMs = this.#commandsDueMs.get(id);
    if (dueMs !== undefined) return Math.max(dueMs - nowMs, postponedMs);
    const inheritedMs = nextAttemptAtMs - clock.nowMs();
    return Math.max(inheritedMs > LONGEST_INHERITED_WAIT_MS ? 0 : inheritedMs, postponedMs);
  }

  #pollWaitMs(cashOut: OrderedCashOut): number {
    const { clock } = this.#till;
    const asked = this.#polls.get(cashOut.id);
    const dueMs = asked ? Math.max(asked.askedMs + this.#pollDelayMs(cashOut, asked), asked.notBeforeMs) : 0;
    const heldUntilMs = Math.max(
      this.#pausedUntilMs.get(cashOut.network) ?? 0,
      this.#postponedUntilMs.get(cashOut.id) ?? 0,
    );
    return Math.max(dueMs, heldUntilMs) - clock.monotonicMs();
  }

  #pollDelayMs(cashOut: OrderedCashOut, { failures, chance }: PollMemory): number {
    if (failures > 0) return retryDelayMs(failures, chance);
    return jittered(this.#pollIntervalMs(cashOut, this.#till.clock.nowMs()) ?? RECHECK_EVERY_MS, chance);
  }

  #pollIntervalMs(cashOut: CashOut, nowMs: number): number | undefined {
    if (this.#watchedUntilMs.has(cashOut.id) && isEnded(cashOut.state)) return LATE_WATCH_EVERY_MS;
    return pollDelayMs(cashOut, nowMs, this.#isPuzzling(cashOut.id));
  }

  #isPuzzling(cashOutId: string): boolean {
    return this.#read().puzzling.has(cashOutId);
  }
}
