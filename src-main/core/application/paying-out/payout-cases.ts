/** Cases about payouts: opened once per kind, closed by a decision or by the network's own explanation. */
import type { CaseKind } from '../../domain/case-file.ts';
import { isDecided, NETWORK_EXPLAINED } from '../../domain/case-file.ts';
import { silences } from '../../domain/case-rules.ts';
import type { JournalEvent } from '../../domain/journal-event.ts';
import type { Payout } from '../../domain/payouts/payout.ts';
import type { TillContext } from '../till-parts.ts';

export function openPayoutCase(
  till: TillContext,
  payout: Payout,
  kind: CaseKind,
  detail: string,
): readonly JournalEvent[] {
  const ofKind = till.store.casesOfPayout(payout.id).filter((file) => file.kind === kind);
  if (ofKind.some(({ state }) => state === 'open')) return [];
  // A person is not asked the same twice.
  const decided = ofKind.filter(isDecided).filter((file) => file.detail === detail);
  if (decided.some(({ decision }) => silences(kind, decision))) return [];
  const { id: payoutId, amountMinor, currency } = payout;
  return [{ type: 'case.opened', v: 1, case: { id: till.ids.next(), kind, payoutId, amountMinor, currency, detail } }];
}

export type Decision = Readonly<{ decision: string; reason: string; by: string }>;

export const EXPLAINED = (reason: string): Decision => ({ decision: NETWORK_EXPLAINED, reason, by: 'till' });

export function closePayoutCases(
  till: TillContext,
  payoutId: string,
  kinds: readonly CaseKind[],
  decision: Decision,
): readonly JournalEvent[] {
  return till.store
    .casesOfPayout(payoutId)
    .filter(({ state, kind }) => state === 'open' && kinds.includes(kind))
    .map(({ id, kind }) => ({ type: 'case.closed', v: 1, caseId: id, kind, ...decision }));
}
