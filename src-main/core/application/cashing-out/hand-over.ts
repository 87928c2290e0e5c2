/**
 * Handing over notes (I1): a fresh answer of the network, then one commit that makes this the only hand-over there can be,
 * then the drawer. After a restart nothing moves from here by itself: the cashier says what happened.
 */
import { termsOf } from '../../domain/cash-out.ts';
import type { CashOut, CashOutIn, Notes } from '../../domain/cash-out.ts';
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import { isInDoubt } from '../../domain/command.ts';
import type { JournalEvent } from '../../domain/journal-event.ts';
import { exponentOf } from '../../domain/money.ts';
import type { Evidence } from '../../domain/network.ts';
import { chargeMinorOf } from '../../domain/purchase.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import { totalOf } from '../../domain/shift.ts';
import type { Reading } from '../ports/payment-network.ts';
import { readOrder } from '../syncing/read-order.ts';
import { openDrawer } from '../shifts/open-drawer.ts';
import { requireCashOut, requireNetwork, requireOpenShift, wrongState } from '../till-parts.ts';
import type { TillContext } from '../till-parts.ts';
import { commandFor } from './apply-answer.ts';
import { isTooLateToConfirm } from './confirm-guard.ts';
import { decideLateCases } from './cancel-cash-out.ts';
import { step } from './record-answer.ts';

/** Notes move only on an answer no older than this, measured from when the question left (networks: fresh read before dispensing). */
export const FRESH_MS = 5_000;
const READ_ATTEMPTS = 2;

/** Call it inside `exclusively`. On success the cash-out is `handing_over`, on disk, and the drawer has been asked to open. */
export async function startHandOver(till: TillContext, id: string): Promise<Result<CashOut, Fault>> {
  const ready = readyToHandOver(till, id);
  if (!ready.ok) return ready;
  const evidence = await freshEvidence(till, ready.value);
  if (!evidence.ok) return evidence;
  // The network was asked in between: everything is checked again, and nothing can come between this and the commit.
  const still = readyToHandOver(till, id);
  if (!still.ok) return still;
  const shift = requireOpenShift(till);
  if (!shift.ok) return shift;
  till.store.commit([
    step(still.value, { type: 'hand-over-started', shiftId: shift.value.id, evidence: evidence.value }),
  ]);
  till.focus = id;
  await openDrawer(till, { reason: 'hand-over', cashOutId: id });
  return requireCashOut(till, id);
}

function readyToHandOver(till: TillContext, id: string): Result<CashOut & { state: 'paid' }, Fault> {
  const found = requireCashOut(till, id);
  if (!found.ok) return found;
  const cashOut = found.value;
  if (cashOut.state !== 'paid') return err(wrongState(cashOut, 'notes are handed over only for one that is paid'));
  const shift = requireOpenShift(till);
  if (!shift.ok) return shift;
  const { store } = till;
  if (store.commandsOf(id).some(isInDoubt))
    return err(fault('cash-out.in-doubt', `a command for ${id} is unanswered: no notes until it is clear`));
  const [cashOutInHand] = store.cashOutsIn(['handing_over']);
  const other = cashOutInHand ?? store.payoutCounting();
  if (other)
    return err(
      fault('cash-out.another-handing-over', `${other.id} is being handed over: finish it first`, { id: other.id }),
    );
  if (isTooLateToConfirm(till, cashOut)) {
    return err(
      fault(
        'cash-out.too-late-to-confirm',
        'too little time is left to tell the network that notes were given: return the money',
      ),
    );
  }
  if (store.expectedCashMinor(shift.value.id) < cashOut.amountMinor) {
    return err(fault('amount.drawer-short', 'the drawer does not hold that much'));
  }
  return ok(cashOut);
}

/** A status answer, at most `FRESH_MS` old, that says paid in every respect. */
async function freshEvidence(
  till: TillContext,
  cashOut: CashOut & { state: 'paid' },
): Promise<Result<Evidence, Fault>> {
  const configured = requireNetwork(till, cashOut.network);
  if (!configured.ok) return configured;
  const network = configured.value;
  const newestMs = till.store.newestAnswerMs(cashOut.id) ?? 0;
  for (let attempt = 1; attempt <= READ_ATTEMPTS; attempt += 1) {
    const { reading, askedAtMs } = await readOrder(till, network, cashOut);
    const ageMs = till.clock.monotonicMs() - askedAtMs;
    if (reading.kind === 'answered' && ageMs <= FRESH_MS) return paidNow(cashOut, reading, newestMs);
    if (reading.kind !== 'answered' && reading.kind !== 'unreachable' && reading.kind !== 'busy') break;
  }
  return err(
    fault('cash-out.cannot-check-now', 'the network gave no usable answer just now: nothing was decided, try again'),
  );
}

function paidNow(
  cashOut: CashOut & { state: 'paid' },
  reading: Extract<Reading, { kind: 'answered' }>,
  newestMs: number,
): Result<Evidence, Fault> {
  const { fact, evidence } = reading;
  const isSame = fact.networkOrderId === cashOut.order.networkOrderId && fact.amountMinor === chargeMinorOf(cashOut);
  const isNewest = evidence.orderUpdatedAtMs === undefined || evidence.orderUpdatedAtMs >= newestMs;
  const isPaid = fact.status === 'paid' && fact.problems.length === 0;
  if (isSame && isNewest && isPaid) return ok(evidence);
  return err(
    fault('cash-out.not-paid-now', `asked just now, the network says ${fact.statusText}: no notes`, {
      status: fact.statusText,
    }),
  );
}

/** The cashier's word that the notes are with the customer: state, ledger and any confirmation in one commit. */
export function confirmGiven(till: TillContext, id: string, notes?: Notes): Result<CashOut, Fault> {
  const found = requireCashOut(till, id);
  if (!found.ok) return found;
  const cashOut = found.value;
  if (cashOut.state === 'dispensed' || cashOut.state === 'settled') return found;
  if (cashOut.state !== 'handing_over')
    return err(wrongState(cashOut, 'only notes that are being handed over can be given'));
  if (notes && totalOf(notes) !== cashOut.amountMinor) {
    const detail = `the notes make ${totalOf(notes) ?? 'nothing'}, not ${cashOut.amountMinor} (minor units, exponent ${exponentOf(cashOut.currency)})`;
    return err(fault('count.invalid', detail));
  }
  till.store.commit([
    step(cashOut, { type: 'dispensed', ...(notes && { notes }) }),
    ...telling(till, cashOut),
    ...decideLateCases(till, cashOut, 'hand-over', 'notes given'),
  ]);
  return requireCashOut(till, id);
}

/** What the network must still hear of it: the third leg into the outbox, or nothing more, and it is settled. */
function telling(
  till: TillContext,
  cashOut: CashOutIn<'handing_over'> | CashOutIn<'dispensed'>,
): readonly JournalEvent[] {
  const network = till.network(cashOut.network);
  if (!network) return [];
  if (!network.traits.confirmation) return [step(cashOut, { type: 'settled' })];
  const request = network.prepareConfirm(termsOf(cashOut), cashOut.order, cashOut.payment);
  return [{ type: 'command.enqueued', v: 1, command: commandFor(till, cashOut, 'confirm', request) }];
}

/** Given while its network was not in the settings: told, at a start, all that it must hear. */
export function settleGiven(till: TillContext): readonly JournalEvent[] {
  return till.store
    .cashOutsIn(['dispensed'])
    .filter(({ id }) => !till.store.commandsOf(id).some(({ kind }) => kind === 'confirm'))
    .flatMap((cashOut) => (cashOut.state === 'dispensed' ? telling(till, cashOut) : []));
}

/** The notes are back in the drawer: counted or never taken out. The cash-out is paid again, to hand over or return. */
export function recordNotGiven(till: TillContext, id: string, reason: string): Result<CashOut, Fault> {
  const found = requireCashOut(till, id);
  if (!found.ok) return found;
  if (found.value.state !== 'handing_over')
    return err(wrongState(found.value, 'only notes that are being handed over can be taken back'));
  till.store.commit([step(found.value, { type: 'not-given', reason })]);
  return requireCashOut(till, id);
}
