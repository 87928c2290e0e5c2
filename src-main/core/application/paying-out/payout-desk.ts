/** The till's use cases of payouts, as one counter. */
import type { Notes } from '../../domain/cash-out.ts';
import type { Fault } from '../../domain/fault.ts';
import type { PayoutCountry } from '../../domain/payouts/country-forms.ts';
import type { Payout, PayoutNetworkId } from '../../domain/payouts/payout.ts';
import type { Result } from '../../domain/result.ts';
import type { Bank, ExchangeRate } from '../ports/payout-network.ts';
import type { TillContext } from '../till-parts.ts';
import { banksOf, exchangeRateOf, findPayout, refreshPayout } from './ask-about-payout.ts';
import type { BankShelf, Finding } from './ask-about-payout.ts';
import { confirmNotes, recordNotesNotGiven, startNotes } from './notes-instead.ts';
import { startPayout } from './start-payout.ts';
import type { StartPayout } from './start-payout.ts';
import { cancelPayout, holdPayout, releasePayout, reviewPayout } from './steer-payout.ts';
import type { Review } from './steer-payout.ts';

type Answer<Value> = Result<Value, Fault>;

export interface PayoutDesk {
  start(request: StartPayout): Answer<Payout>;
  refresh(id: string): Promise<Answer<Payout>>;
  cancel(id: string, reason: string): Answer<Payout>;
  hold(id: string, reason: string): Answer<Payout>;
  release(id: string, supervisorCode: number): Answer<Payout>;
  reviewed(review: Review): Promise<Answer<Payout>>;
  startNotes(id: string, supervisorCode?: number): Promise<Answer<Payout>>;
  notesGiven(id: string, notes?: Notes): Answer<Payout>;
  notesNotGiven(id: string, reason: string): Answer<Payout>;
  find(text: string, network?: PayoutNetworkId): Promise<Answer<Finding>>;
  banks(network: PayoutNetworkId, country: PayoutCountry): Promise<Answer<readonly Bank[]>>;
  rate(network: PayoutNetworkId, country: PayoutCountry, usdMinor: number): Promise<Answer<ExchangeRate>>;
}

/** `followed`: lets the loop look at once, for a step may have given the network something to do. */
export function payoutDesk(till: TillContext, followed: <Value>(result: Answer<Value>) => Answer<Value>): PayoutDesk {
  const shelf: BankShelf = new Map();
  const alone = async (id: string, run: () => Promise<Answer<Payout>>): Promise<Answer<Payout>> =>
    followed(await till.exclusively(id, run));
  return {
    start: (request) => followed(startPayout(till, request)),
    refresh: (id) => alone(id, () => refreshPayout(till, id)),
    cancel: (id, reason) => followed(cancelPayout(till, id, reason)),
    hold: (id, reason) => followed(holdPayout(till, id, reason)),
    release: (id, supervisorCode) => followed(releasePayout(till, id, supervisorCode)),
    reviewed: (review) => alone(review.id, () => reviewPayout(till, review)),
    // A second tap finds the notes being counted and starts nothing new.
    startNotes: (id, supervisorCode) =>
      alone(id, async () => {
        const payout = till.store.payout(id);
        return payout?.counting ? { ok: true, value: payout } : startNotes(till, id, supervisorCode);
      }),
    notesGiven: (id, notes) => followed(confirmNotes(till, id, notes)),
    notesNotGiven: (id, reason) => followed(recordNotesNotGiven(till, id, reason)),
    find: (text, network) => findPayout(till, text, network),
    banks: (network, country) => banksOf(till, shelf, network, country),
    rate: (network, country, usdMinor) => exchangeRateOf(till, network, country, usdMinor),
  };
}
