/** Cases about payouts: opened once per kind, closed by a decision or by the network's own explanation. */
import type { CaseKind } from '../../domain/case-file.ts';
import type { JournalEvent } from '../../domain/journal-event.ts';
import type { Payout } from '../../domain/payouts/payout.ts';
import type { TillContext } from '../till-parts.ts';

export function openPayoutCase(
  till: TillContext,
  payout: Payout,
  kind: CaseKind,
  detail: string,
): readonly JournalEvent[] {
  const isOpen = till.store.casesOfPayout(payout.id).some((file) => file.state === 'open' && file.kind === kind);
  if (isOpen) return [];
  const { id: payoutId, amountMinor, currency } = payout;
  return [{ type: 'case.opened', v: 1, case: { id: till.ids.next(), kind, payoutId, amountMinor, currency, detail } }];
}

export type Decision = Readonly<{ decision: string; reason: string; by: string }>;

export const EXPLAINED = (reason: string): Decision => ({ decision: 'network-explained', reason, by: 'till' });

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
