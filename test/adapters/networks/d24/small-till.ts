/**
 * The least that a till must do with a payout: one external id, a saved request, and the domain's own rules for lost answers.
 * Time is a number that it moves on by itself, so that two minutes of asking pass at once.
 */
import type {
  Inquiry,
  ListedPayout,
  PayoutDelivery,
  PayoutNetwork,
  PayoutReading,
} from '../../../../src-main/core/application/ports/payout-network.ts';
import type { FrozenRequest } from '../../../../src-main/core/domain/command.ts';
import {
  afterLostCreate,
  judgeDuplicate,
  meaningOfNotFound,
} from '../../../../src-main/core/domain/payouts/lost-answer.ts';
import { isKnown, transition } from '../../../../src-main/core/domain/payouts/payout.ts';
import type { Payout, PayoutEvent, PayoutTerms } from '../../../../src-main/core/domain/payouts/payout.ts';
import { prepared } from './bench.ts';

/** A till that gives up asking: in the tests below nothing takes longer than this. */
const MOST_STEPS = 60;

/** The one clock, ms; the simulated network reads it too. */
export type SharedClock = { nowMs: number };

export type Ended = 'settled' | 'person' | 'account-stop' | 'clash' | 'never-ends';

export class SmallTill {
  payout: Payout;
  readonly #clock: SharedClock;
  readonly #network: PayoutNetwork;
  readonly #request: FrozenRequest;
  #asked = 0;
  #attempts = 0;
  #attemptAtMs = 0;
  #questions = 0;
  #denials = 0;
  #lastDenialAfterMs = 0;
  #refusesOwnIdAlone = false;
  #calledDuplicate = false;

  constructor(network: PayoutNetwork, terms: PayoutTerms, clock: SharedClock) {
    this.#network = network;
    this.#request = prepared(network.prepareCreate(terms));
    this.payout = { ...terms, state: 'requested', cancelAsked: false };
    this.#clock = clock;
  }

  /** Sends until the payout is known, declined, or beyond what a till may decide. */
  async create(): Promise<Ended> {
    let ended = await this.#attempt();
    for (let step = 0; ended === undefined && step < MOST_STEPS; step += 1) ended = await this.#afterLostAnswer();
    return ended ?? 'never-ends';
  }

  async read(): Promise<PayoutReading> {
    const asked = (this.#asked += 1);
    const { externalId } = this.payout;
    const cashoutId = isKnown(this.payout) ? this.payout.cashoutId : undefined;
    const reading = await this.#network.read({ externalId, ...(cashoutId !== undefined && { cashoutId }) });
    if (reading.kind === 'answered') {
      this.apply({ type: 'observed', fact: reading.fact, asked, evidence: reading.evidence });
    }
    if (reading.kind === 'not-found') {
      const afterCreateMs = this.#clock.nowMs - this.#attemptAtMs;
      const meaning = meaningOfNotFound({ wasSeen: isKnown(this.payout), afterCreateMs });
      if (meaning === 'contradiction') this.apply({ type: 'vanished', asked, evidence: reading.evidence });
    }
    return reading;
  }

  async cancel(): Promise<PayoutDelivery> {
    const { externalId } = this.payout;
    const cashoutId = (isKnown(this.payout) && this.payout.cashoutId) || undefined;
    const request = prepared(this.#network.prepareCancel({ externalId, ...(cashoutId && { cashoutId }) }));
    const asked = (this.#asked += 1);
    const delivery = await this.#network.deliver({ request, terms: this.payout });
    if (delivery.kind === 'answered') {
      this.apply({ type: 'observed', fact: delivery.fact, asked, evidence: delivery.evidence });
    }
    return delivery;
  }

  list(): Promise<Inquiry<readonly ListedPayout[]>> {
    return this.#network.reconcile({ fromMs: this.#clock.nowMs - 86_400_000, toMs: this.#clock.nowMs + 1_000 });
  }

  apply(event: PayoutEvent): void {
    const moved = transition(this.payout, event, this.#clock.nowMs);
    if (!moved.ok) throw new Error(`${event.type} does not fit a payout that is ${this.payout.state}`);
    this.payout = moved.value;
  }

  async #attempt(): Promise<Ended | undefined> {
    const isFirst = this.#attempts === 0;
    const asked = (this.#asked += 1);
    const delivery = await this.#network.deliver({ request: this.#request, terms: this.payout });
    if (delivery.kind !== 'not-sent') this.#attempts += 1;
    this.#attemptAtMs = this.#clock.nowMs;
    this.#questions = this.#denials = this.#lastDenialAfterMs = 0;
    switch (delivery.kind) {
      case 'accepted':
        this.apply({ type: 'accepted', cashoutId: delivery.cashoutId, asked, evidence: delivery.evidence });
        return 'settled';
      case 'refused':
        // A no after a doubt settles nothing: the network is asked as if nothing had been said.
        if (!isFirst) return undefined;
        this.apply({ type: 'declined', code: delivery.code, afterDoubt: false, evidence: delivery.evidence });
        return 'settled';
      case 'duplicate':
        this.#calledDuplicate = true;
        return judgeDuplicate({ mayHaveArrivedBefore: !isFirst }) === 'clash' ? 'clash' : undefined;
      case 'account-stop':
        return 'account-stop';
      default:
        return undefined;
    }
  }

  async #afterLostAnswer(): Promise<Ended | undefined> {
    const step = afterLostCreate({
      attempts: this.#attempts,
      sinceAttemptMs: this.#clock.nowMs - this.#attemptAtMs,
      questions: this.#questions,
      notFoundAnswers: this.#denials,
      lastNotFoundAfterMs: this.#lastDenialAfterMs,
      calledDuplicate: this.#calledDuplicate,
      refusesOwnIdAlone: this.#refusesOwnIdAlone,
      canList: this.#network.traits.reconciliation,
      wish: 'send',
    });
    if ('delayMs' in step) this.#clock.nowMs += step.delayMs;
    if (step.step === 'ask-status') return this.#askStatus();
    if (step.step === 'ask-list') return this.#askList();
    return step.step === 'resend' ? this.#attempt() : 'person';
  }

  async #askStatus(): Promise<Ended | undefined> {
    const reading = await this.read();
    this.#questions += 1;
    if (reading.kind === 'account-stop') return 'account-stop';
    if (reading.kind === 'needs-both-ids') {
      this.#refusesOwnIdAlone = true;
      this.#questions = 0;
    }
    if (reading.kind === 'not-found') {
      this.#denials += 1;
      this.#lastDenialAfterMs = this.#clock.nowMs - this.#attemptAtMs;
    }
    return isKnown(this.payout) ? 'settled' : this.payout.review ? 'person' : undefined;
  }

  /** The list names our id and the amount, and so the network's id: with both, the status can be asked for. */
  async #askList(): Promise<Ended | undefined> {
    this.#questions += 1;
    const answer = await this.list();
    const { externalId, amountMinor, currency } = this.payout;
    const rows = answer.kind === 'answered' ? answer.value : [];
    const ours = rows.find((row) => row.externalId === externalId);
    if (ours?.cashoutId === undefined) return this.#questions > 3 ? 'person' : undefined;
    if (ours.amountMinor !== amountMinor || ours.currency !== currency) return 'clash';
    const asked = (this.#asked += 1);
    const reading = await this.#network.read({ externalId, cashoutId: ours.cashoutId });
    if (reading.kind !== 'answered') return undefined;
    const { fact, evidence } = reading;
    this.apply({ type: 'observed', fact, asked, evidence });
    this.apply({ type: 'identified', cashoutId: ours.cashoutId, evidence });
    return 'settled';
  }
}
