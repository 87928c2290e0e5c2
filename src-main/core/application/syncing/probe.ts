/**
 * Whether a network that did not answer is back. While something is open the loop mostly asks anyway; with nothing open, or nothing that
 * is due soon, nobody would, and the till would go on refusing customers. So the newest thing that the network knows is read once more.
 * The same where all that the loop asks about is in vain again and again: it may be these orders alone that the network cannot answer for.
 */
import type { CashOut, Order } from '../../domain/cash-out.ts';
import type { NetworkId } from '../../domain/network.ts';
import { isPayoutNetwork, isKnown } from '../../domain/payouts/payout.ts';
import { readPayout } from '../paying-out/read-payout.ts';
import type { TillContext } from '../till-parts.ts';
import { jittered } from './backoff.ts';
import { isBlocked } from './network-health.ts';
import { readOrder } from './read-order.ts';
import type { Soon } from './schedule.ts';

const FIRST_MS = 5_000;
const LONGEST_MS = 60_000;
/** The network answers for orders of the last three months. */
const LOOK_BACK_MS = 89 * 86_400_000;
const LOOKED_THROUGH = 50;

type Memory = Readonly<{ attempts: number; dueMs: number }>;

export class Probe {
  readonly #till: TillContext;
  /** What the loop asks anyway within this time. */
  readonly #soon: (withinMs: number) => readonly Soon[];
  /** Tells it the first thing that waits to be told; false: nothing does. */
  readonly #tellOne: (network: NetworkId) => boolean;
  readonly #memory = new Map<NetworkId, Memory>();

  constructor(
    till: TillContext,
    soon: (withinMs: number) => readonly Soon[],
    tellOne: (network: NetworkId) => boolean,
  ) {
    this.#till = till;
    this.#soon = soon;
    this.#tellOne = tellOne;
  }

  due(): readonly NetworkId[] {
    const nowMs = this.#till.clock.monotonicMs();
    return this.#offline().filter((id) => this.#planned(id).dueMs <= nowMs);
  }

  sleepMs(): number {
    const nowMs = this.#till.clock.monotonicMs();
    return Math.min(Infinity, ...this.#offline().map((id) => this.#planned(id).dueMs - nowMs));
  }

  /** Says `unknown` where there is nothing to ask by: a till that has no answer must not claim one. */
  async run(id: NetworkId): Promise<void> {
    const { attempts } = this.#planned(id);
    this.#plan(id, attempts + 1);
    const asked = this.#soon(LONGEST_MS).filter(({ network }) => network === id);
    const besides = new Set(asked.map(({ subject }) => subject));
    const isAsked = isPayoutNetwork(id) ? await this.#readPayout(id, besides) : await this.#readOrder(id, besides);
    if (isAsked || asked.length > 0 || this.#tellOne(id)) return;
    this.#till.connections.delete(id);
    this.#till.touched();
  }

  #offline(): readonly NetworkId[] {
    const { connections } = this.#till;
    for (const id of this.#memory.keys()) if (connections.get(id)?.state !== 'offline') this.#memory.delete(id);
    const offline = [...connections].flatMap(([id, { state }]) => (state === 'offline' ? [id] : []));
    if (offline.length === 0) return offline;
    const soon = this.#soon(LONGEST_MS);
    const isAskedAnyway = (id: NetworkId): boolean => soon.some((each) => each.network === id && each.isHopeful);
    return offline.filter((id) => !isAskedAnyway(id) && !isBlocked(this.#till, id));
  }

  #planned(id: NetworkId): Memory {
    return this.#memory.get(id) ?? this.#plan(id, 0);
  }

  /** 5, 10, 20, 40, 60 s: tills that lost the same line do not come back in step. */
  #plan(id: NetworkId, attempts: number): Memory {
    const { clock, random } = this.#till;
    const waitMs = jittered(Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts, 10)), random.next());
    const planned = { attempts, dueMs: clock.monotonicMs() + waitMs };
    this.#memory.set(id, planned);
    return planned;
  }

  async #readOrder(id: NetworkId, besides: ReadonlySet<string>): Promise<boolean> {
    const { store, clock } = this.#till;
    const network = this.#till.network(id);
    const newest = store
      .cashOutsSince(clock.nowMs() - LOOK_BACK_MS, LOOKED_THROUGH)
      .filter((cashOut): cashOut is CashOut & Readonly<{ order: Order }> => 'order' in cashOut)
      .find((cashOut) => cashOut.network === id && !besides.has(cashOut.id));
    if (!network || !newest) return false;
    await this.#till.exclusively(newest.id, () => readOrder(this.#till, network, newest));
    return true;
  }

  async #readPayout(id: NetworkId, besides: ReadonlySet<string>): Promise<boolean> {
    const { store, clock } = this.#till;
    const network = isPayoutNetwork(id) ? this.#till.payoutNetwork(id) : undefined;
    const newest = store
      .payoutsSince(clock.nowMs() - LOOK_BACK_MS, LOOKED_THROUGH)
      .find((payout) => payout.network === id && isKnown(payout) && !besides.has(payout.id));
    if (!network || !newest) return false;
    await this.#till.exclusively(newest.id, () => readPayout(this.#till, network, newest));
    return true;
  }
}
