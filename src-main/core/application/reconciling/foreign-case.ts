/** Money at a network that the till has nothing of: a person looks, once for each name over there. */
import { foreignSubject } from '../../domain/case-file.ts';
import type { Foreign } from '../../domain/case-file.ts';
import type { Finding } from '../../domain/reconciliation.ts';
import type { TillContext } from '../till-parts.ts';

/** A list that says the same again tomorrow opens nothing: what was decided about it stands. */
export function openForeignCase(till: TillContext, finding: Finding): void {
  const { store, ids } = till;
  const { network, reference, detail } = finding;
  if (reference === undefined) return;
  const foreign: Foreign = { network, reference };
  const isKnown = store.entriesAbout(foreignSubject(foreign)).some(({ event }) => event.type === 'case.opened');
  const currency = finding.currency ?? store.settings()?.currency;
  if (isKnown || currency === undefined) return;
  // A list may name no amount: then nobody knows how much it is.
  const amountMinor = finding.amountMinor ?? 0;
  const made = { id: ids.next(), kind: 'not-at-till', foreign, amountMinor, currency } as const;
  store.commit([{ type: 'case.opened', v: 1, case: { ...made, detail: `reconciliation: ${detail}` } }]);
}
