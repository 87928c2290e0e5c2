/** What the use cases of payouts have in common: what must be there, and what is remembered between two questions. */
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { CaseKind } from '../../domain/case-file.ts';
import type { JournalEvent } from '../../domain/journal-event.ts';
import type { PayoutEvent, PayoutNetworkId } from '../../domain/payouts/payout.ts';
import type { Payout } from '../../domain/payouts/payout.ts';
import { isKnown } from '../../domain/payouts/payout.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { Person } from '../../domain/settings.ts';
import type { PayoutKey, PayoutNetwork } from '../ports/payout-network.ts';
import { requireSettings } from '../till-parts.ts';
import type { PayoutMemory, TillContext } from '../till-parts.ts';

export function requirePayout(till: TillContext, id: string): Result<Payout, Fault> {
  const payout = till.store.payout(id);
  return payout ? ok(payout) : err(fault('payout.unknown', `no payout has the id ${id}`));
}

export function requirePayoutNetwork(till: TillContext, id: PayoutNetworkId): Result<PayoutNetwork, Fault> {
  const network = till.payoutNetwork(id);
  return network
    ? ok(network)
    : err(fault('network.not-configured', `the settings have no network ${id}`, { network: id }));
}

/** Somebody in the settings with this code and the role of a supervisor. */
export function requireSupervisor(till: TillContext, code: number | undefined): Result<Person, Fault> {
  const settings = requireSettings(till);
  if (!settings.ok) return settings;
  const person = settings.value.people.find((each) => each.code === code && each.role === 'supervisor');
  return person ? ok(person) : err(fault('supervisor.needed', 'only a supervisor can decide this: enter their code'));
}

export function wrongPayoutState(payout: Payout, wanted: string): Fault {
  return fault('payout.wrong-state', `payout ${payout.id} is ${payout.state}; ${wanted}`, { state: payout.state });
}

export function keyOf(payout: Payout): PayoutKey {
  const { externalId } = payout;
  const cashoutId = isKnown(payout) ? payout.cashoutId : undefined;
  return { externalId, ...(cashoutId !== undefined && { cashoutId }) };
}

export function payoutStep(payout: Pick<Payout, 'id'>, step: PayoutEvent): JournalEvent {
  return { type: 'payout.step', v: 1, payoutId: payout.id, step };
}

/** Kinds of case that say: the till cannot go on with it by itself. */
const STUCK: readonly CaseKind[] = ['payout-stuck', 'payout-id-clash'];

export function needsPerson(till: TillContext, payoutId: string): boolean {
  return till.store.casesOfPayout(payoutId).some(({ state, kind }) => state === 'open' && STUCK.includes(kind));
}

const FRESH: PayoutMemory = {
  asked: 0,
  failing: false,
  failures: 0,
  lost: { questions: 0, denials: 0, lastDenialAfterMs: 0, refusesOwnIdAlone: false },
};

/** Lost at a restart without harm: everything is then asked about again from the beginning. */
export function memoryOf(till: TillContext, payoutId: string): PayoutMemory {
  return till.payoutMemory.get(payoutId) ?? FRESH;
}

export function remember(till: TillContext, payoutId: string, change: Partial<PayoutMemory>): void {
  till.payoutMemory.set(payoutId, { ...memoryOf(till, payoutId), ...change });
}

/** The next question's or command's ordinal: above all that were asked in this run, and above what the payout holds from others. */
export function nextOrdinal(till: TillContext, payout: Payout): number {
  const asked = Math.max(memoryOf(till, payout.id).asked, isKnown(payout) ? payout.asked : 0) + 1;
  remember(till, payout.id, { asked });
  return asked;
}
