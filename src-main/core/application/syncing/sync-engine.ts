/**
 * The one loop that talks to networks: sends what is in the outbox, asks for what is open, and never does two things at once for a cash-out.
 * It keeps nothing that matters: what is due follows from the store, so that a restart simply goes on.
 */
import type { CashOut, Order } from '../../domain/cash-out.ts';
import type { Command } from '../../domain/command.ts';
import { isOpen, NEVER_AGAIN_MS } from '../../domain/command.ts';
import type { NetworkId } from '../../domain/network.ts';
import type { TillContext } from '../till-parts.ts';
import { jittered, LATE_WATCH_MS, pollDelayMs, retryDelayMs } from './backoff.ts';
import { deliverCommand } from './deliver-command.ts';
import { readOrder } from './read-order.ts';

export interface SyncEngine {
  start(): void;
  /** Resolves when nothing is on the line any more. */
  stop(): Promise<void>;
  /** Looks at once at what is due; with an id, that cash-out is asked for now. */
  nudge(cashOutId?: string): void;
  /** Sends and asks everything that is open right now, whatever its schedule, once. */
  sweep(): Promise<void>;
  /** Cash-outs for which the network still owes an answer that moves them by itself. */
  unsettledCount(): number;
}

const MAX_AT_ONCE = 4;
/** A wait longer than any back-off comes from a clock that was set back: it is not waited for. */
const LONGEST_WAIT_MS = 15 * 60_000;
const POLLED = ['awaiting_payment', 'cancelling', 'returning', 'paid'] as const;
const UNSETTLED = ['requested', 'awaiting_payment', 'cancelling', 'returning', 'dispensed'] as const;
const LATE_WATCH_LIMIT = 200;

type Ordered = CashOut & Readonly<{ order: Order }>;
type Job = Readonly<{ cashOutId: string; run: () => Promise<void> }>;
type PollMemory = Readonly<{ dueMs: number; failures: number }>;

export function createSyncEngine(till: TillContext): SyncEngine {
  const polls = new Map<string, PollMemory>();
  const pausedUntilMs = new Map<NetworkId, number>();
  const active = new Set<Promise<void>>();
  let isRunning = false;
  let cancelTimer = (): void => undefined;

  function schedule(delayMs: number): void {
    cancelTimer();
    if (isRunning) cancelTimer = till.timers.after(delayMs, tick);
  }

  function tick(): void {
    if (!isRunning) return;
    for (const job of dueJobs()) {
      if (active.size >= MAX_AT_ONCE) break;
      launch(job);
    }
    schedule(active.size >= MAX_AT_ONCE ? 1_000 : nextDueInMs());
  }

  function launch({ cashOutId, run }: Job): void {
    const job = till.exclusively(cashOutId, run).catch((error: unknown) => {
      // Our own bug or a failing disk: said once per occurrence, and not repeated at full speed.
      till.log.error('sync job failed', { cashOutId, error: String(error) });
      polls.set(cashOutId, { dueMs: till.clock.monotonicMs() + 5_000, failures: 0 });
    });
    const settled = job.then(() => {
      active.delete(settled);
      schedule(0);
    });
    active.add(settled);
  }

  function dueJobs(): readonly Job[] {
    const commands = firstCommands().filter((command) => commandDueInMs(command) <= 0);
    const jobs: Job[] = commands.map(({ id, cashOutId }) => ({ cashOutId, run: () => deliverCommand(till, id) }));
    const nowMs = till.clock.monotonicMs();
    for (const cashOut of pollable()) {
      const isDue = (polls.get(cashOut.id)?.dueMs ?? 0) <= nowMs && (pausedUntilMs.get(cashOut.network) ?? 0) <= nowMs;
      if (isDue && !jobs.some((job) => job.cashOutId === cashOut.id))
        jobs.push({ cashOutId: cashOut.id, run: () => poll(cashOut.id) });
    }
    return jobs.filter((job) => !till.isBusy(job.cashOutId));
  }

  /** Commands of a cash-out go in order: the next waits until the one before is answered. */
  function firstCommands(): readonly Command[] {
    const first = new Map<string, Command>();
    for (const command of till.store.openCommands())
      if (!first.has(command.cashOutId)) first.set(command.cashOutId, command);
    return [...first.values()];
  }

  function commandDueInMs(command: Command): number {
    if (command.nextAttemptAtMs === NEVER_AGAIN_MS) return Infinity;
    if (command.state === 'sending') return 0; // Ours from before a crash: nobody else sends it.
    const waitMs = command.nextAttemptAtMs - till.clock.nowMs();
    return waitMs > LONGEST_WAIT_MS ? 0 : waitMs;
  }

  function pollable(): readonly Ordered[] {
    const nowMs = till.clock.nowMs();
    const ended = till.store
      .cashOutsSince(nowMs - LATE_WATCH_MS - 2 * 600_000, LATE_WATCH_LIMIT)
      .filter(({ state }) => state === 'cancelled' || state === 'expired');
    return [...till.store.cashOutsIn(POLLED), ...ended]
      .filter((cashOut): cashOut is CashOut & Ordered => 'order' in cashOut)
      .filter((cashOut) => pollDelayMs(cashOut, nowMs, false) !== undefined);
  }

  async function poll(cashOutId: string): Promise<void> {
    const cashOut = till.store.cashOut(cashOutId);
    const network = cashOut && till.network(cashOut.network);
    if (!cashOut || !network || !('order' in cashOut)) return;
    const { reading } = await readOrder(till, network, cashOut);
    const nowMs = till.clock.monotonicMs();
    const isAnswer = reading.kind !== 'unreachable' && reading.kind !== 'busy';
    const failures = isAnswer ? 0 : (polls.get(cashOutId)?.failures ?? 0) + 1;
    const retryAfterMs = isAnswer ? undefined : reading.retryAfterMs;
    if (reading.kind === 'busy' && retryAfterMs !== undefined) pausedUntilMs.set(network.id, nowMs + retryAfterMs);
    polls.set(cashOutId, { dueMs: nowMs + nextPollInMs(cashOutId, failures, retryAfterMs), failures });
  }

  function nextPollInMs(cashOutId: string, failures: number, retryAfterMs: number | undefined): number {
    if (failures > 0) return retryDelayMs(failures, till.random.next(), retryAfterMs);
    const cashOut = till.store.cashOut(cashOutId);
    const hasOpenCase = till.store.casesOf(cashOutId).some(({ state }) => state === 'open');
    const delayMs = cashOut && pollDelayMs(cashOut, till.clock.nowMs(), hasOpenCase);
    return delayMs === undefined ? LONGEST_WAIT_MS : jittered(delayMs, till.random.next());
  }

  function nextDueInMs(): number {
    const nowMs = till.clock.monotonicMs();
    const busy = (cashOutId: string): boolean => till.isBusy(cashOutId);
    const waits = [
      ...firstCommands()
        .filter(({ cashOutId }) => !busy(cashOutId))
        .map(commandDueInMs),
      ...pollable()
        .filter(({ id }) => !busy(id))
        .map(({ id, network }) => Math.max(polls.get(id)?.dueMs ?? 0, pausedUntilMs.get(network) ?? 0) - nowMs),
    ];
    return Math.min(60_000, Math.max(20, ...[Math.min(Infinity, ...waits)]));
  }

  async function sweep(): Promise<void> {
    await Promise.all(active);
    const commands = firstCommands().filter(({ nextAttemptAtMs }) => nextAttemptAtMs !== NEVER_AGAIN_MS);
    for (const { id, cashOutId } of commands) await till.exclusively(cashOutId, () => deliverCommand(till, id));
    for (const { id } of pollable()) await till.exclusively(id, () => poll(id));
  }

  return {
    start(): void {
      isRunning = true;
      schedule(0);
    },
    async stop(): Promise<void> {
      isRunning = false;
      cancelTimer();
      await Promise.all(active);
    },
    nudge(cashOutId?: string): void {
      if (cashOutId !== undefined) polls.delete(cashOutId);
      schedule(0);
    },
    sweep,
    unsettledCount: () =>
      till.store
        .cashOutsIn(UNSETTLED)
        .filter(
          ({ id }) =>
            !till.store.commandsOf(id).some((command) => isOpen(command) && command.nextAttemptAtMs === NEVER_AGAIN_MS),
        ).length,
  };
}
