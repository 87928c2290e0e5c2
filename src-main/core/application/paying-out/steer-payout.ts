/** Cancel, hold, release and review: what people ask of a payout after it was sent. All are wishes until the network proves them done. */
import { isInDoubt, isOpen } from '../../domain/command.ts';
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { JournalEvent } from '../../domain/journal-event.ts';
import { isCancellable, isKnown } from '../../domain/payouts/payout.ts';
import type { Payout } from '../../domain/payouts/payout.ts';
import type { Result } from '../../domain/result.ts';
import { err } from '../../domain/result.ts';
import type { TillContext } from '../till-parts.ts';
import { closePayoutCases } from './payout-cases.ts';
import type { Decision } from './payout-cases.ts';
import {
  needsPerson,
  payoutStep,
  remember,
  requirePayout,
  requirePayoutNetwork,
  requireSupervisor,
  wrongPayoutState,
} from './payout-context.ts';
import { DUPLICATE } from './lost-create.ts';
import { readPayout } from './read-payout.ts';
import { commandStep, enqueue, payoutEvents } from './record-payout.ts';

export const WITHDRAWN = 'cancelled-before-it-left';

/** A request that provably never left is dropped at once; anything else waits for the network's word. */
export function cancelPayout(till: TillContext, id: string, reason: string): Result<Payout, Fault> {
  const found = requirePayout(till, id);
  if (!found.ok) return found;
  const payout = found.value;
  if (payout.state === 'cancelled' || (payout.state === 'declined' && payout.code === WITHDRAWN)) return found;
  if (!isCancellable(payout)) return err(wrongPayoutState(payout, 'it can be cancelled only before a bank has it'));
  if (payout.cancelAsked) return found;
  const create = till.store.payoutCommandsOf(id).find(({ kind }) => kind === 'create');
  if (payout.state === 'requested' && create?.state === 'waiting' && !create.mayHaveArrived && !payout.review) {
    till.store.commit([
      commandStep(create, { type: 'dropped', reason: WITHDRAWN }),
      ...payoutEvents(till, payout, {
        steps: [{ type: 'declined', code: WITHDRAWN, afterDoubt: false }],
        settledCommandId: create.id,
      }),
    ]);
    return requirePayout(till, id);
  }
  const network = requirePayoutNetwork(till, payout.network);
  if (!network.ok) return network;
  const { cancel, reconciliation } = network.value.traits;
  const isNameless = isKnown(payout) && payout.cashoutId === undefined && !reconciliation;
  if (payout.state !== 'requested' && (!cancel || isNameless)) {
    return err(fault('payout.not-possible', `${payout.network} cannot cancel this payout`));
  }
  till.store.commit(payoutEvents(till, payout, { steps: [{ type: 'cancel-asked', reason }] }));
  return requirePayout(till, id);
}

export function holdPayout(till: TillContext, id: string, reason: string): Result<Payout, Fault> {
  return steer(till, id, 'hold', (payout) => payoutStep(payout, { type: 'hold-asked', reason }));
}

/** Only by a supervisor: a payout above the limit waits for exactly this. */
export function releasePayout(till: TillContext, id: string, supervisorCode: number): Result<Payout, Fault> {
  const supervisor = requireSupervisor(till, supervisorCode);
  if (!supervisor.ok) return supervisor;
  const { code: by } = supervisor.value;
  return steer(till, id, 'release', (payout) => payoutStep(payout, { type: 'release-asked', by }));
}

function steer(
  till: TillContext,
  id: string,
  kind: 'hold' | 'release',
  record: (payout: Payout) => JournalEvent,
): Result<Payout, Fault> {
  const found = requirePayout(till, id);
  if (!found.ok) return found;
  const payout = found.value;
  const open = till.store.payoutCommandsOf(id).filter(isOpen);
  if (open.some((command) => command.kind === kind)) return found;
  const wanted = kind === 'hold' ? 'pending' : 'on_hold';
  if (payout.state !== wanted) return err(wrongPayoutState(payout, `only one that is ${wanted} allows this`));
  if (open.some(isInDoubt)) return err(fault('payout.in-doubt', `a command for ${id} is unanswered: wait for it`));
  if (payout.cancelAsked || open.length > 0) return err(wrongPayoutState(payout, 'another wish for it is under way'));
  const network = requirePayoutNetwork(till, payout.network);
  if (!network.ok) return network;
  const command = network.value.traits.hold ? enqueue(till, network.value, payout, kind) : [];
  if (command.length === 0) return err(fault('payout.not-possible', `${payout.network} cannot do this with ${id}`));
  till.store.commit([record(payout), ...command]);
  return requirePayout(till, id);
}

export type Review = Readonly<{ id: string; supervisorCode: number; reason: string; cashoutId?: string }>;

/**
 * A supervisor has looked. A contradiction is set aside · an id that is another's: the create was refused for certain · one that the till
 * cannot find out: with the network's number it is asked about by both ids, without it the same bytes are sent once more, which makes no
 * second payout. Call it inside `exclusively`.
 */
export async function reviewPayout(till: TillContext, review: Review): Promise<Result<Payout, Fault>> {
  const { id, supervisorCode, reason, cashoutId } = review;
  const supervisor = requireSupervisor(till, supervisorCode);
  if (!supervisor.ok) return supervisor;
  const found = requirePayout(till, id);
  if (!found.ok) return found;
  const payout = found.value;
  const { code: by, name } = supervisor.value;
  const decision: Decision = { decision: 'reviewed', reason, by: name };
  if (payout.review) {
    till.store.commit(payoutEvents(till, payout, { steps: [{ type: 'reviewed', by, reason }], decision }));
  } else if (!needsPerson(till, id)) {
    return err(wrongPayoutState(payout, 'nothing about it waits for a supervisor'));
  }
  const current = till.store.payout(id) ?? payout;
  const network = requirePayoutNetwork(till, current.network);
  if (!network.ok) return network;
  if (cashoutId !== undefined) {
    const reading = await readPayout(till, network.value, current, { externalId: current.externalId, cashoutId });
    if (reading.kind === 'answered') return requirePayout(till, id);
    return err(fault('payout.cannot-check-now', `asked by ${cashoutId}, the network does not tell of it`));
  }
  if (payout.review === undefined) till.store.commit(unstuck(till, current, decision));
  return requirePayout(till, id);
}

function unstuck(till: TillContext, payout: Payout, decision: Decision): readonly JournalEvent[] {
  const create = till.store.payoutCommandsOf(payout.id).find((command) => command.kind === 'create' && isOpen(command));
  const closed = closePayoutCases(till, payout.id, ['payout-stuck', 'payout-id-clash'], decision);
  if (!create || payout.state !== 'requested') return closed;
  const clash = till.store
    .casesOfPayout(payout.id)
    .some(({ kind, state }) => kind === 'payout-id-clash' && state === 'open');
  if (clash) {
    const declined = { type: 'declined', code: DUPLICATE, afterDoubt: false } as const;
    return payoutEvents(till, payout, { steps: [declined], decision });
  }
  remember(till, payout.id, {
    resendAllowed: true,
    lost: { questions: 0, denials: 0, lastDenialAfterMs: 0, refusesOwnIdAlone: false },
  });
  return closed;
}
