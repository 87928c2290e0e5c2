/** Payouts beside their networks' lists. The list moves nothing: where it differs the payout itself is asked about, as it always is. */
import type { Finding, FindingKind } from '../../domain/reconciliation.ts';
import { isKnown, PAYOUT_NETWORK_IDS } from '../../domain/payouts/payout.ts';
import type { Payout, PayoutNetworkId } from '../../domain/payouts/payout.ts';
import { compareWithList } from '../paying-out/payout-list.ts';
import type { ListedPayout } from '../ports/payout-network.ts';
import { isBlocked } from '../syncing/network-health.ts';
import type { TillContext } from '../till-parts.ts';
import { openForeignCase } from './foreign-case.ts';
import { isNamedByThisTill } from './look-through-lists.ts';
import type { Lists } from './look-through-lists.ts';
import type { Span } from './worklist.ts';

const DAY_MS = 86_400_000;

export async function comparePayouts(till: TillContext, { fromMs }: Span): Promise<Lists> {
  const listed: PayoutNetworkId[] = [];
  const findings: Finding[] = [];
  const daysBack = Math.ceil((till.clock.nowMs() - fromMs) / DAY_MS);
  for (const id of PAYOUT_NETWORK_IDS) {
    const network = till.payoutNetwork(id);
    if (!network?.traits.reconciliation || isBlocked(till, id)) continue;
    const lines = await compareWithList(till, network, daysBack);
    if (!lines) continue;
    listed.push(id);
    findings.push(...lines.flatMap((line) => findingOf(till, id, line)));
  }
  return { listed, findings };
}

/** Whatever it was, it moves nothing any more. */
const WITHOUT_MONEY: readonly ListedPayout['status'][] = ['cancelled', 'rejected'];

function findingOf(till: TillContext, network: PayoutNetworkId, line: ListedPayout): readonly Finding[] {
  const { externalId: reference, amountMinor, currency, statusText } = line;
  const payout = till.store.payoutByExternalId(reference);
  const amount = { ...(amountMinor !== undefined && { amountMinor }), ...(currency && { currency }) };
  if (!payout) {
    // The list is the whole account's: what another till sent is its own business.
    if (!isNamedByThisTill(till, reference)) return [];
    const detail = `${statusText}, and not in the books`;
    const finding: Finding = { kind: 'not-at-till', network, reference, ...amount, detail };
    if (!WITHOUT_MONEY.includes(line.status)) openForeignCase(till, finding);
    return [finding];
  }
  const kind = kindOf(till, payout, line);
  if (!kind || payout.network !== network) return [];
  const detail = `${payout.state} here, ${statusText} in the network’s list`;
  return [{ kind, network, payoutId: payout.id, ...amount, detail }];
}

/** Undefined: both agree, now that the payout was asked about. */
function kindOf({ store }: TillContext, payout: Payout, line: ListedPayout): FindingKind | undefined {
  if (line.amountMinor !== payout.amountMinor || line.currency !== payout.currency) return 'amount-differs';
  const isReturned = store
    .casesOfPayout(payout.id)
    .some(({ kind, state }) => kind === 'payout-returned-late' && state === 'open');
  if (isReturned) return 'returned-late';
  return isKnown(payout) && payout.state === line.status ? undefined : 'cannot-tell';
}
