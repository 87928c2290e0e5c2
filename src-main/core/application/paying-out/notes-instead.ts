/**
 * Notes in place of a payout that will not arrive. A fresh word of the network, then one commit that makes this the only hand-over there
 * can be, then the drawer; the cashier's word that the notes are given is a second commit, with the ledger. Deciding and committing are
 * one synchronous act: no other hand-over, reissue or close can come in between.
 */
import type { Notes } from '../../domain/cash-out.ts';
import { isInDoubt, isOpen } from '../../domain/command.ts';
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { Evidence } from '../../domain/network.ts';
import { notesInstead } from '../../domain/payouts/notes-instead.ts';
import { isKnown } from '../../domain/payouts/payout.ts';
import type { Payout } from '../../domain/payouts/payout.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import { totalOf } from '../../domain/shift.ts';
import type { Shift } from '../../domain/shift.ts';
import { freeCashMinor } from '../cashing-out/start-cash-out.ts';
import type { PayoutReading } from '../ports/payout-network.ts';
import { openDrawer } from '../shifts/open-drawer.ts';
import { requireOpenShift } from '../till-parts.ts';
import type { TillContext } from '../till-parts.ts';
import { requirePayout, requirePayoutNetwork, requireSupervisor, wrongPayoutState } from './payout-context.ts';
import { readPayout } from './read-payout.ts';
import { payoutEvents } from './record-payout.ts';
import { WITHDRAWN } from './steer-payout.ts';

/** Notes move only on an answer no older than this, measured from when the question left. */
const FRESH_MS = 5_000;
const READ_ATTEMPTS = 2;

type Ready = Readonly<{ payout: Payout; shift: Shift; approvedBy?: number }>;

/** Call it inside `exclusively`. On success notes are being counted, on disk, and the drawer has been asked to open. */
export async function startNotes(
  till: TillContext,
  id: string,
  supervisorCode: number | undefined,
): Promise<Result<Payout, Fault>> {
  const ready = readyForNotes(till, id, supervisorCode);
  if (!ready.ok) return ready;
  const evidence = await freshEvidence(till, ready.value.payout);
  if (!evidence.ok) return evidence;
  // The network was asked in between: everything is checked again, and nothing can come between this and the commit.
  const still = readyForNotes(till, id, supervisorCode);
  if (!still.ok) return still;
  const { payout, shift, approvedBy } = still.value;
  till.store.commit(
    payoutEvents(till, payout, {
      steps: [
        {
          type: 'notes-started',
          shiftId: shift.id,
          ...(approvedBy !== undefined && { approvedBy }),
          ...(evidence.value && { evidence: evidence.value }),
        },
      ],
    }),
  );
  await openDrawer(till, { reason: 'hand-over', payoutId: id });
  return requirePayout(till, id);
}

function readyForNotes(till: TillContext, id: string, supervisorCode: number | undefined): Result<Ready, Fault> {
  const found = requirePayout(till, id);
  if (!found.ok) return found;
  const payout = found.value;
  const refusal = refusalOf(till, payout);
  if (refusal) return err(refusal);
  const shift = requireOpenShift(till);
  if (!shift.ok) return shift;
  if (shift.value.currency !== payout.currency) {
    return err(
      fault('payout.not-possible', `the drawer holds ${shift.value.currency}, the payout is in ${payout.currency}`),
    );
  }
  const [cashOut] = till.store.cashOutsIn(['handing_over']);
  const other = cashOut ?? till.store.payoutCounting();
  if (other) {
    const detail = `${other.id} is being handed over: finish it first`;
    return err(fault('payout.another-handing-over', detail, { id: other.id }));
  }
  if (freeCashMinor(till, shift.value) < payout.amountMinor)
    return err(fault('amount.drawer-short', 'the drawer does not hold that much to spare'));
  if (notesInstead(payout) !== 'supervisor') return ok({ payout, shift: shift.value });
  const supervisor = requireSupervisor(till, supervisorCode);
  return supervisor.ok ? ok({ payout, shift: shift.value, approvedBy: supervisor.value.code }) : supervisor;
}

function refusalOf(till: TillContext, payout: Payout): Fault | undefined {
  const allowed = notesInstead(payout);
  if ('replacement' in payout && payout.replacement)
    return fault('payout.replaced', `something has taken the place of ${payout.id} already`);
  const commands = till.store.payoutCommandsOf(payout.id).filter(isOpen);
  if (payout.state === 'requested' || commands.some(isInDoubt))
    return fault('payout.in-doubt', `nobody knows yet what became of ${payout.id}: no notes until it is clear`);
  if (allowed === 'cancel-first')
    return wrongPayoutState(payout, 'cancel it first, and wait for the network to say so');
  return allowed === 'no' ? wrongPayoutState(payout, 'notes are given only for one that certainly failed') : undefined;
}

/** The network says the same as before, just now. Nothing is asked about a request that never left the till. */
async function freshEvidence(till: TillContext, payout: Payout): Promise<Result<Evidence | undefined, Fault>> {
  if (payout.state === 'declined' && payout.code === WITHDRAWN) return ok(undefined);
  const network = requirePayoutNetwork(till, payout.network);
  if (!network.ok) return network;
  for (let attempt = 1; attempt <= READ_ATTEMPTS; attempt += 1) {
    const askedAtMs = till.clock.monotonicMs();
    const reading = await readPayout(till, network.value, payout);
    const isFresh = till.clock.monotonicMs() - askedAtMs <= FRESH_MS;
    const evidence = confirmationIn(payout, reading);
    if (isFresh && evidence) return ok(evidence);
    if (reading.kind === 'account-stop')
      return err(fault('network.blocked', `${payout.network} refuses to work with this till`, { code: reading.code }));
    const isSettled = ['answered', 'not-found', 'needs-both-ids', 'refused'].includes(reading.kind);
    if (isSettled && !evidence) break;
  }
  const current = till.store.payout(payout.id) ?? payout;
  if (current.state !== payout.state || current.review)
    return err(wrongPayoutState(current, 'asked just now, the network says something else: no notes'));
  return err(fault('payout.cannot-check-now', 'the network gave no usable answer just now: no notes, try again'));
}

/** One that was refused for certain is known to nobody over there; a network that does not tell by our id alone cannot say even that. */
function confirmationIn(payout: Payout, reading: PayoutReading): Evidence | undefined {
  if (isKnown(payout)) {
    return reading.kind === 'answered' && reading.fact.status === payout.state ? reading.evidence : undefined;
  }
  if (reading.kind === 'not-found') return reading.evidence;
  return reading.kind === 'needs-both-ids' && payout.state === 'declined' ? reading.evidence : undefined;
}

/** The cashier's word that the notes are with the customer: replacement and ledger in one commit. */
export function confirmNotes(till: TillContext, id: string, notes?: Notes): Result<Payout, Fault> {
  const found = requirePayout(till, id);
  if (!found.ok) return found;
  const payout = found.value;
  if (!payout.counting && 'replacement' in payout && payout.replacement?.by === 'notes') return found;
  if (!payout.counting) return err(wrongPayoutState(payout, 'no notes are being counted for it'));
  if (notes && totalOf(notes) !== payout.amountMinor) {
    const detail = `the notes make ${totalOf(notes) ?? 'nothing'}, not ${payout.amountMinor} minor units`;
    return err(fault('count.invalid', detail));
  }
  const by = till.store.openShift()?.cashierName ?? payout.cashierName;
  till.store.commit(
    payoutEvents(till, payout, {
      steps: [{ type: 'replaced-by-notes', ...(notes && { notes }) }],
      ...(payout.state === 'rejected' && { decision: { decision: 'notes-instead', reason: 'notes given', by } }),
    }),
  );
  return requirePayout(till, id);
}

/** The notes are back in the drawer: the payout is as it was before. */
export function recordNotesNotGiven(till: TillContext, id: string, reason: string): Result<Payout, Fault> {
  const found = requirePayout(till, id);
  if (!found.ok) return found;
  if (!found.value.counting) return err(wrongPayoutState(found.value, 'no notes are being counted for it'));
  till.store.commit(payoutEvents(till, found.value, { steps: [{ type: 'notes-not-given', reason }] }));
  return requirePayout(till, id);
}
