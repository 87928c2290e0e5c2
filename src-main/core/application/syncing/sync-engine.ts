/**
 * The one loop that talks to networks: sends what is in the outbox, asks for what is open, and never does two things at once for a cash-out.
 * It keeps nothing that matters: a restart simply goes on from the store.
 */
import { isOpen, NEVER_AGAIN_MS } from '../../domain/command.ts';
import type { HintListener } from '../../domain/hint.ts';
import type { NetworkId } from '../../domain/network.ts';
import { MOVING_PAYOUTS } from '../paying-out/open-payouts.ts';
import { needsPerson } from '../paying-out/payout-context.ts';
import { PayoutWork } from '../paying-out/payout-work.ts';
import type { TillContext } from '../till-parts.ts';
import { deliverCommand } from './deliver-command.ts';
import { createHintDesk } from './hint-desk.ts';
import type { HintDesk } from './hint-desk.ts';
import { isBlocked } from './network-health.ts';
import { Probe } from './probe.ts';
import { readOrder } from './read-order.ts';
import { Schedule } from './schedule.ts';
import type { Due } from './schedule.ts';

const MAX_AT_ONCE = 4;
const SHORTEST_SLEEP_MS = 20;
const AFTER_OWN_FAILURE_MS = 5_000;
const UNSETTLED = ['requested', 'awaiting_payment', 'cancelling', 'returning', 'dispensed'] as const;

export class SyncEngine {
  /** Whoever hears of orders from outside says it here. A hint is a reason to ask sooner, and nothing else. */
  readonly hints: HintListener;
  readonly #desk: HintDesk;
  readonly #till: TillContext;
  readonly #schedule: Schedule;
  readonly #payouts: PayoutWork;
  readonly #probe: Probe;
  readonly #active = new Set<Promise<void>>();
  /** Whether each network that anything is known of answered, and worked for us, when the loop looked last. */
  readonly #usable = new Map<NetworkId, boolean>();
  #isRunning = false;
  /** Each stop ends the sweeps that began before it. */
  #stops = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(till: TillContext) {
    this.#till = till;
    this.#schedule = new Schedule(till);
    this.#payouts = new PayoutWork(till);
    this.#probe = new Probe(
      till,
      (withinMs) => [...this.#schedule.soon(withinMs), ...this.#payouts.schedule.soon(withinMs)],
      (network) => this.#schedule.hurry(network, 1) || this.#payouts.schedule.hurry(network, 1),
    );
    this.#desk = createHintDesk(till, {
      asked: () => this.#schedule.pollable(),
      askSooner: (cashOutId) => {
        this.#schedule.askSooner(cashOutId);
        this.#wakeIn(0);
      },
    });
    this.hints = {
      onHint: (hint) => {
        this.#desk.onHint(hint);
        this.#payouts.onHint(hint);
        this.#wakeIn(0);
      },
      onGap: () => {
        this.#desk.onGap();
        this.#payouts.onGap();
        this.#wakeIn(0);
      },
    };
  }

  start(): void {
    this.#isRunning = true;
    this.#schedule.recheck();
    this.#wakeIn(0);
  }

  /** Resolves when nothing is on the line any more. */
  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#stops += 1;
    this.#desk.stop();
    this.#cancelTimer?.();
    while (this.#active.size > 0) await Promise.all(this.#active);
  }

  /** Looks at once at what is due; with an id, that cash-out is asked for now. */
  nudge(cashOutId?: string): void {
    if (cashOutId !== undefined) this.#schedule.askNow(cashOutId);
    this.#wakeIn(0);
  }

  /** Sends and asks everything that is open right now, whatever its schedule, once. A stop ends it after the job in hand. */
  async sweep(): Promise<void> {
    const stops = this.#stops;
    const one = async (due: Due): Promise<void> => {
      if (this.#stops === stops) await this.#launch(due);
    };
    await Promise.all(this.#active);
    for (const { id, cashOutId } of this.#schedule.firstCommands()) await one({ cashOutId, commandId: id });
    for (const { id } of this.#schedule.pollable()) await one({ cashOutId: id });
    for (const due of this.#payouts.schedule.sweepable()) {
      if (this.#stops === stops) await this.#launchJob(this.#payouts.run(due));
    }
    // With nothing open of theirs, networks that did not answer are asked all the same: somebody wants to know.
    const asked = this.#askedNetworks();
    for (const [id, { state }] of this.#till.connections) {
      if (state === 'offline' && !asked.has(id) && this.#stops === stops) await this.#launchJob(this.#ask(id));
    }
  }

  /** Cash-outs that the network still has to move; one that only a person can move does not count. */
  unsettledCount(): number {
    const { store } = this.#till;
    const isStuck = (id: string): boolean =>
      store.commandsOf(id).some((command) => isOpen(command) && command.nextAttemptAtMs === NEVER_AGAIN_MS);
    const payouts = store.payoutsIn(MOVING_PAYOUTS).filter(({ id }) => !needsPerson(this.#till, id));
    return store.cashOutsIn(UNSETTLED).filter(({ id }) => !isStuck(id)).length + payouts.length;
  }

  /** When the loop asks next about a payout, by the wall clock; undefined: nothing more is expected of it. */
  nextCheckAtMs(payoutId: string): number | undefined {
    return this.#payouts.schedule.nextCheckAtMs(payoutId);
  }

  /** Nothing is due and nothing is on the line: who is in no hurry may ask. A loop that does not run has no work of its own. */
  isAtRest(): boolean {
    if (!this.#isRunning) return true;
    return this.#active.size === 0 && this.#schedule.due().length + this.#payouts.schedule.due().length === 0;
  }

  #wakeIn(delayMs: number): void {
    this.#cancelTimer?.();
    if (this.#isRunning) this.#cancelTimer = this.#till.timers.after(delayMs, () => this.#tick());
  }

  #tick(): void {
    if (!this.#isRunning) return;
    try {
      this.#launchDue();
    } catch (error) {
      // The disk could not be read just now. The loop never ends by that.
      this.#till.log.error('what is due could not be read', { error: String(error) });
      this.#wakeIn(AFTER_OWN_FAILURE_MS);
    }
  }

  #launchDue(): void {
    for (const network of this.#cameBack()) {
      this.#schedule.hurry(network);
      this.#payouts.schedule.hurry(network);
    }
    for (const due of this.#schedule.due()) {
      if (this.#active.size >= MAX_AT_ONCE) return; // The first to end wakes the loop again.
      void this.#launch(due);
    }
    for (const due of this.#payouts.schedule.due()) {
      if (this.#active.size >= MAX_AT_ONCE) return;
      void this.#launchJob(this.#payouts.run(due));
    }
    for (const id of this.#probe.due()) {
      if (this.#active.size >= MAX_AT_ONCE) return;
      void this.#launchJob(this.#ask(id));
    }
    const othersMs = Math.min(this.#payouts.schedule.sleepMs(), this.#probe.sleepMs());
    this.#wakeIn(Math.min(this.#schedule.sleepMs(), Math.max(SHORTEST_SLEEP_MS, othersMs)));
  }

  #cameBack(): readonly NetworkId[] {
    const back: NetworkId[] = [];
    for (const [id, { state }] of this.#till.connections) {
      const isUsable = state === 'online' && !isBlocked(this.#till, id);
      if (isUsable && this.#usable.get(id) === false) back.push(id);
      this.#usable.set(id, isUsable);
    }
    return back;
  }

  /** Networks that have something of ours open: the loop hears from them by itself. */
  #askedNetworks(): ReadonlySet<NetworkId> {
    const open = [
      ...this.#schedule.firstCommands(),
      ...this.#schedule.questions(),
      ...this.#payouts.schedule.sweepable(),
    ];
    return new Set(open.map(({ network }) => network));
  }

  async #ask(id: NetworkId): Promise<void> {
    try {
      await this.#probe.run(id);
    } catch (error) {
      this.#till.log.error('probe failed', { network: id, error: String(error) });
    }
  }

  #launch(due: Due): Promise<void> {
    return this.#launchJob(this.#run(due));
  }

  #launchJob(run: Promise<void>): Promise<void> {
    const job = run.finally(() => {
      this.#active.delete(job);
      this.#wakeIn(0);
    });
    this.#active.add(job);
    return job;
  }

  async #run({ cashOutId, commandId }: Due): Promise<void> {
    try {
      await this.#till.exclusively(cashOutId, () =>
        commandId === undefined ? this.#poll(cashOutId) : this.#deliver(cashOutId, commandId),
      );
    } catch (error) {
      // Our own bug or a failing disk. The till goes on; the next attempt says it again, but not at full speed.
      this.#till.log.error('sync job failed', { cashOutId, error: String(error) });
      this.#schedule.postpone(cashOutId, AFTER_OWN_FAILURE_MS);
    }
  }

  async #deliver(cashOutId: string, commandId: string): Promise<void> {
    await deliverCommand(this.#till, commandId);
    this.#schedule.afterCommand(commandId);
    const command = this.#till.store.command(commandId);
    // Settings that no longer have its network: nothing can leave until they do.
    if (command && !this.#till.network(command.network)) this.#schedule.postpone(cashOutId, AFTER_OWN_FAILURE_MS);
  }

  async #poll(cashOutId: string): Promise<void> {
    const cashOut = this.#till.store.cashOut(cashOutId);
    const network = cashOut && this.#till.network(cashOut.network);
    if (!cashOut || !network || !('order' in cashOut)) {
      this.#schedule.postpone(cashOutId, AFTER_OWN_FAILURE_MS);
      return;
    }
    const { reading } = await readOrder(this.#till, network, cashOut);
    this.#schedule.afterPoll(cashOutId, reading);
  }
}
