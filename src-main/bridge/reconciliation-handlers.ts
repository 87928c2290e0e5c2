/** The till's side of the calls of reconciliation. */
import type { Till } from '../core/application/till.ts';
import type { Handlers } from '../core/contract/contract.ts';
import type { ReconciliationCalls } from '../core/contract/reconciliation-contract.ts';
import { ok } from '../core/domain/result.ts';
import { reconciliationState } from './views/reconciliation-view.ts';

export function reconciliationHandlers(till: Till): Pick<Handlers, keyof ReconciliationCalls> {
  const { reconciler, context } = till;
  return {
    'reconcile.last': async () => ok(reconciliationState(reconciler)),
    'reconcile.run': async ({ day }) => {
      const begun = reconciler.begin({ trigger: 'person', ...(day !== undefined && { day }) });
      if (!begun.ok) return begun;
      begun.value.catch((error: unknown) => context.log.error('reconciliation failed', { error: String(error) }));
      return ok(reconciliationState(reconciler));
    },
  };
}
