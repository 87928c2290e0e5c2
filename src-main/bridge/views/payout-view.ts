/** A payout as people see it: masked, with exactly what may be done next. */
import type { OpenPayoutView, PayoutAction, PayoutDoubtView, PayoutView } from '../../core/contract/payout-contract.ts';
import { memoryOf, needsPerson } from '../../core/application/paying-out/payout-context.ts';
import type { TillContext } from '../../core/application/till-parts.ts';
import type { CaseFile } from '../../core/domain/case-file.ts';
import { isInDoubt, isOpen } from '../../core/domain/command.ts';
import { maskedForm, maskedName, withoutPersonalData } from '../../core/domain/payouts/masking.ts';
import { isReplaceable, notesInstead } from '../../core/domain/payouts/notes-instead.ts';
import { hintFor } from '../../core/domain/payouts/payout-fact.ts';
import { isCancellable, isKnown } from '../../core/domain/payouts/payout.ts';
import type { Payout } from '../../core/domain/payouts/payout.ts';
import { voucherText } from '../../core/domain/payouts/voucher.ts';
import { unreachable } from '../../core/domain/result.ts';
import { caseView, slipView } from './small-views.ts';

/** `nextCheckAtMs`: when the loop asks next, by the wall clock. */
export function payoutView(till: TillContext, payout: Payout, nextCheckAtMs?: number): PayoutView {
  const { store } = till;
  const { id, state, network, country, method, currency, amountMinor, externalId } = payout;
  const { cashierName, shiftId, requestedAtMs, reissueOf } = payout;
  const doubt = doubtOf(till, payout);
  const { checkedAtMs, failing } = memoryOf(till, id);
  return {
    id,
    state,
    network,
    country,
    method,
    currency,
    amountMinor,
    externalId,
    voucher: voucherText(externalId),
    beneficiary: maskedForm(payout.beneficiary),
    cashierName,
    shiftId,
    requestedAtMs,
    createdOnHold: payout.onHold,
    cancelAsked: 'cancelAsked' in payout && payout.cancelAsked,
    ...(reissueOf !== undefined && { reissueOf }),
    ...momentsOf(payout),
    ...factsOf(payout),
    reversed: payout.state === 'rejected' && payout.reversed,
    surfaced: isKnown(payout) && payout.surfaced === true,
    ...(payout.review && { review: payout.review }),
    ...(payout.counting && { notesSinceMs: payout.counting.sinceMs }),
    ...(doubt && { doubt }),
    notesInstead: notesInstead(payout),
    ...(checkedAtMs !== undefined && { checkedAtMs }),
    checkFailing: failing,
    ...(nextCheckAtMs !== undefined && { nextCheckAtMs }),
    cases: store.casesOfPayout(id).filter(isOpenCase).map(caseView),
    slips: store.slipJobsOf(id).map((job) => slipView(till, job)),
    actions: actionsOf(till, payout),
  };
}

function isOpenCase({ state }: CaseFile): boolean {
  return state === 'open';
}

export function openPayoutView(till: TillContext, payout: Payout): OpenPayoutView {
  const { id, state, network, currency, amountMinor, requestedAtMs, counting } = payout;
  return {
    id,
    state,
    network,
    currency,
    amountMinor,
    beneficiaryName: maskedName(payout.beneficiary),
    requestedAtMs,
    needsPerson: needsPerson(till, id) || payout.review !== undefined,
    ...(counting && { notesSinceMs: counting.sinceMs }),
  };
}

/** A first attempt under way is no doubt yet. */
function doubtOf(till: TillContext, { id }: Payout): PayoutDoubtView | undefined {
  const doubtful = till.store
    .payoutCommandsOf(id)
    .find((command) => isInDoubt(command) && (command.state === 'unknown' || command.attempts > 1));
  if (!doubtful) return undefined;
  const { kind: command, attempts, lastOutcome, nextAttemptAtMs } = doubtful;
  return { command, attempts, lastOutcome, nextAttemptAtMs, needsPerson: needsPerson(till, id) };
}

type Moments = Pick<PayoutView, 'deliveredAtMs' | 'completedAtMs' | 'endedAtMs' | 'code' | 'rejection' | 'replacement'>;

function momentsOf(payout: Payout): Moments {
  const replacement = 'replacement' in payout ? payout.replacement : undefined;
  const replaced = replacement && {
    replacement:
      replacement.by !== 'payout'
        ? { by: replacement.by, atMs: replacement.atMs }
        : { by: replacement.by, payoutId: replacement.payoutId, atMs: replacement.atMs },
  };
  return { ...endOf(payout), ...replaced };
}

function endOf(payout: Payout): Moments {
  switch (payout.state) {
    case 'requested':
    case 'pending':
    case 'on_hold':
      return {};
    case 'declined':
      return { code: payout.code, endedAtMs: payout.declinedAtMs };
    case 'not_found':
      return { endedAtMs: payout.notFoundAtMs };
    case 'delivered':
      return { deliveredAtMs: payout.deliveredAtMs };
    case 'completed':
      return { completedAtMs: payout.completedAtMs };
    case 'cancelled':
      return { endedAtMs: payout.cancelledAtMs };
    case 'rejected':
      return {
        endedAtMs: payout.rejectedAtMs,
        rejection: { ...payout.rejection, reason: reasonOf(payout), hint: hintFor(payout.rejection) },
      };
    default:
      return unreachable(payout);
  }
}

/** A bank may name the customer or the account in its reason. */
function reasonOf({ rejection, beneficiary }: Extract<Payout, { state: 'rejected' }>): string {
  return withoutPersonalData(rejection.reason, beneficiary);
}

function factsOf(payout: Payout): Pick<PayoutView, 'cashoutId' | 'bankReference' | 'pickupReference' | 'bankName'> {
  if (!isKnown(payout)) return {};
  const { cashoutId, bankReference, pickupReference, bankName } = payout;
  return {
    ...(cashoutId !== undefined && { cashoutId }),
    ...(bankReference !== undefined && { bankReference }),
    ...(pickupReference !== undefined && { pickupReference }),
    ...(bankName !== undefined && { bankName }),
  };
}

function actionsOf(till: TillContext, payout: Payout): readonly PayoutAction[] {
  if (payout.counting) return ['notes-given', 'notes-not-given'];
  const traits = till.payoutNetwork(payout.network)?.traits;
  const commands = till.store.payoutCommandsOf(payout.id);
  const isFree = isKnown(payout) && payout.cashoutId !== undefined && !commands.some(isOpen);
  const isSent = commands.some(({ kind, attempts }) => kind === 'create' && attempts > 0);
  const notes = notesInstead(payout);
  const isInDrawer = till.store.openShift()?.currency === payout.currency;
  const actions: readonly (readonly [PayoutAction, boolean])[] = [
    ['refresh', isSent && traits !== undefined],
    ['cancel', mayCancel(payout, traits?.cancel === true)],
    ['hold', payout.state === 'pending' && traits?.hold === true && isFree && !payout.cancelAsked],
    ['release', payout.state === 'on_hold' && traits?.hold === true && isFree && !payout.cancelAsked],
    ['reviewed', payout.review !== undefined || needsPerson(till, payout.id)],
    ['notes', (notes === 'once' || notes === 'supervisor') && isInDrawer],
    ['reissue', isReplaceable(payout)],
    ['print', true],
  ];
  return actions.flatMap(([action, isPossible]) => (isPossible ? [action] : []));
}

/** A request that is not known to the network yet is withdrawn by the till itself, if it never left. */
function mayCancel(payout: Payout, canCancel: boolean): boolean {
  return isCancellable(payout) && !payout.cancelAsked && (payout.state === 'requested' || canCancel);
}
