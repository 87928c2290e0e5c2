/** A reconciliation for a window: the result as the journal has it, with its findings counted. */
import type { Reconciler } from '../../core/application/reconciling/reconciler.ts';
import type { Ended } from '../../core/application/reconciling/reconciliation-record.ts';
import type { ReconciliationState, ReconciliationView } from '../../core/contract/reconciliation-contract.ts';
import { countFindings } from '../../core/domain/reconciliation.ts';

export function reconciliationState({ progress, last }: Pick<Reconciler, 'progress' | 'last'>): ReconciliationState {
  return { ...(progress && { running: progress }), ...(last && { last: reconciliationView(last) }) };
}

export function reconciliationView(ended: Ended): ReconciliationView {
  return { ...ended, counts: countFindings(ended.findings) };
}
