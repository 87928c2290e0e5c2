/** The loop's work on payouts: what is due, and doing it. */
import { isDecided } from '../../domain/case-file.ts';
import type { Hint } from '../../domain/hint.ts';
import { isPayoutNetwork } from '../../domain/payouts/payout.ts';
import type { TillContext } from '../till-parts.ts';
import { deliverPayoutCommand } from './deliver-payout.ts';
import { MOVING_PAYOUTS } from './open-payouts.ts';
import { openPayoutCase } from './payout-cases.ts';
import { askList, compareWithList } from './payout-list.ts';
import { PayoutSchedule, WATCHED_DAYS } from './payout-schedule.ts';
import type { PayoutDue } from './payout-schedule.ts';
import { readPayout } from './read-payout.ts';

const AFTER_OWN_FAILURE_MS = 5_000;
/** No bank takes this long. */
const TOO_OLD_MS = 7 * 86_400_000;
/** A person who has looked is not asked again before this. */
const LOOKED_AT_MS = 86_400_000;

export class PayoutWork {
  readonly schedule: PayoutSchedule;
  readonly #till: TillContext;

  constructor(till: TillContext) {
    this.#till = till;
    this.schedule = new PayoutSchedule(till);
  }

  /** A hint is a reason to ask sooner, and nothing else; one about a payout that nobody asks about any more changes nothing. */
  onHint({ network, subjects }: Hint): void {
    if (!isPayoutNetwork(network)) return;
    const { externalReference, orderId } = subjects;
    const { store } = this.#till;
    const named = externalReference === undefined ? undefined : store.payoutByExternalId(externalReference);
    const numbered = orderId === undefined ? [] : store.payoutsByCashoutId(orderId);
    for (const payout of named ? [named] : numbered) {
      if (payout.network === network) this.schedule.askSooner(payout.id);
    }
  }

  onGap(): void {
    for (const { id } of this.#till.store.payoutsIn(MOVING_PAYOUTS)) this.schedule.askSooner(id);
  }

  /** Never throws: what fails here is our own, is logged, and is tried again more slowly. */
  async run(due: PayoutDue): Promise<void> {
    const key = 'payoutId' in due ? due.payoutId : due.network;
    this.schedule.began(due);
    try {
      await this.#till.exclusively(key, () => this.#do(due));
      this.schedule.ended(due);
    } catch (error) {
      this.#till.log.error('payout job failed', { key, error: String(error) });
      this.schedule.postpone(key, AFTER_OWN_FAILURE_MS);
    }
  }

  async #do(due: PayoutDue): Promise<void> {
    const network = this.#till.payoutNetwork(due.network);
    if (!network) return this.schedule.postpone('payoutId' in due ? due.payoutId : due.network, AFTER_OWN_FAILURE_MS);
    if (due.kind === 'command') return deliverPayoutCommand(this.#till, due.commandId);
    if (due.kind === 'compare') {
      await compareWithList(this.#till, network, WATCHED_DAYS + 1);
      return;
    }
    const payout = this.#till.store.payout(due.payoutId);
    if (!payout) return;
    if (due.kind === 'identify') return askList(this.#till, network, payout);
    const reading = await readPayout(this.#till, network, payout);
    if (reading.kind === 'busy') this.schedule.pause(due.network, reading.retryAfterMs ?? AFTER_OWN_FAILURE_MS);
    this.#alarm(due.payoutId);
  }

  #alarm(payoutId: string): void {
    const { store, clock } = this.#till;
    const payout = store.payout(payoutId);
    const isMoving = payout && ['pending', 'on_hold', 'delivered'].includes(payout.state);
    if (!isMoving || clock.nowMs() - payout.requestedAtMs < TOO_OLD_MS) return;
    const sinceMs = clock.nowMs() - LOOKED_AT_MS;
    const isLookedAt = store
      .casesOfPayout(payoutId)
      .some((file) => file.kind === 'payout-stuck' && isDecided(file) && file.closedAtMs > sinceMs);
    if (isLookedAt) return;
    const detail = `still ${payout.state} after more than a week: ask the network`;
    const events = openPayoutCase(this.#till, payout, 'payout-stuck', detail);
    if (events.length > 0) store.commit(events);
  }
}
