/** Looking at the network before a person decides: what is under way is sent once more unchanged, then the order is asked for. */
import type { CaseFile } from '../../domain/case-file.ts';
import { isOpen } from '../../domain/command.ts';
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { Reading } from '../ports/payment-network.ts';
import { requirePayout, requirePayoutNetwork } from '../paying-out/payout-context.ts';
import { readPayout } from '../paying-out/read-payout.ts';
import { deliverCommand } from '../syncing/deliver-command.ts';
import { readOrder } from '../syncing/read-order.ts';
import { requireCashOut, requireNetwork } from '../till-parts.ts';
import type { TillContext } from '../till-parts.ts';
import { isStuck } from './case-subject.ts';

/** What answers the question, also with a no; anything else is silence. */
const HEARD: readonly Reading['kind'][] = ['answered', 'not-found', 'refused', 'unreadable'];

/** Call it inside `exclusively`. `must-answer`: a fault when there was no word of the network, or when it gives the money back right now. */
export async function look(
  till: TillContext,
  file: CaseFile,
  how: 'tries' | 'must-answer',
): Promise<Result<undefined, Fault>> {
  if (file.payoutId !== undefined) return lookAtPayout(till, file.payoutId);
  // There is nothing of ours to ask by: the next reconciliation reads the network's list again.
  if (file.foreign) return ok(undefined);
  const found = requireCashOut(till, file.cashOutId);
  if (!found.ok) return found;
  const configured = requireNetwork(till, found.value.network);
  if (!configured.ok) return how === 'tries' ? ok(undefined) : configured;
  const waiting = till.store.commandsOf(file.cashOutId).find((command) => isOpen(command) && !isStuck(command));
  // A refund is never hurried by a person who is about to repay: whether it went through is what the order says.
  if (waiting && waiting.kind !== 'refund') await deliverCommand(till, waiting.id);
  const cashOut = till.store.cashOut(file.cashOutId) ?? found.value;
  if (!('order' in cashOut)) return how === 'tries' ? ok(undefined) : err(SILENT);
  const { reading } = await readOrder(till, configured.value, cashOut);
  if (how === 'tries') return ok(undefined);
  if (!HEARD.includes(reading.kind)) return err(SILENT);
  const isGoingBack = reading.kind === 'answered' && reading.fact.status === 'returning';
  return isGoingBack ? err(GOING_BACK) : ok(undefined);
}

const SILENT = fault('cash-out.cannot-check-now', 'the network gave no usable answer just now: nothing was decided');
const GOING_BACK = fault(
  'case.decision-not-allowed',
  'asked just now, the network says that it gives the money back: wait for the end of that',
  { decision: 'repaid-outside', allowed: '' },
);

async function lookAtPayout(till: TillContext, id: string): Promise<Result<undefined, Fault>> {
  const payout = requirePayout(till, id);
  if (!payout.ok) return payout;
  const network = requirePayoutNetwork(till, payout.value.network);
  if (network.ok && payout.value.state !== 'requested') await readPayout(till, network.value, payout.value);
  return ok(undefined);
}
