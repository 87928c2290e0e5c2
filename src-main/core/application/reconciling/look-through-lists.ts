/** The other direction: money that moved at a network on an order of this till which its books do not have, or have as never made. */
import type { CashOut } from '../../domain/cash-out.ts';
import type { NetworkId } from '../../domain/network.ts';
import { NETWORK_IDS } from '../../domain/network.ts';
import type { Finding } from '../../domain/reconciliation.ts';
import type { ListedOrder } from '../ports/payment-network.ts';
import { isBlocked } from '../syncing/network-health.ts';
import type { TillContext } from '../till-parts.ts';
import { openForeignCase } from './foreign-case.ts';
import { judged } from './ask-again.ts';
import { cashOutsWithin } from './worklist.ts';
import type { Span } from './worklist.ts';

/** Clocks differ, and an order lives on after the day that made it. */
const MARGIN_MS = 15 * 60_000;
const ID_LENGTH = 26;

export type Lists = Readonly<{ listed: readonly NetworkId[]; findings: readonly Finding[] }>;

/** A list that cannot be had proves nothing and is no finding; it is not named among those that were looked through. */
export async function lookThroughLists(till: TillContext, span: Span): Promise<Lists> {
  const listed: NetworkId[] = [];
  const findings: Finding[] = [];
  for (const id of NETWORK_IDS) {
    const network = till.network(id);
    if (!network?.traits.listing || isBlocked(till, id)) continue;
    const listing = await network.list({ fromMs: span.fromMs - MARGIN_MS, toMs: span.toMs + MARGIN_MS });
    if (listing.kind === 'failed') {
      till.log.info('no list for the reconciliation', { network: id, why: listing.why });
      continue;
    }
    listed.push(id);
    const known = knownByReference(till, span);
    for (const order of listing.orders) findings.push(...findingOf(till, id, order, known));
  }
  return { listed, findings };
}

function knownByReference(till: TillContext, { fromMs, toMs }: Span): ReadonlyMap<string, CashOut> {
  const around = { fromMs: fromMs - 2 * MARGIN_MS, toMs: toMs + 2 * MARGIN_MS };
  return new Map(cashOutsWithin(till, around).map((cashOut) => [cashOut.externalReference, cashOut]));
}

function findingOf(
  till: TillContext,
  network: NetworkId,
  order: ListedOrder,
  known: ReadonlyMap<string, CashOut>,
): readonly Finding[] {
  if (!hasMoved(order)) return [];
  const { externalReference = '', statusText, amountMinor, currency, networkOrderId } = order;
  const ours = known.get(externalReference);
  // Those with an order were asked about by name, which says more than a list.
  if (ours && ours.state !== 'refused') return [];
  if (ours) {
    const { status } = order;
    const said = { kind: 'order', status, statusText, ...(amountMinor !== undefined && { amountMinor }) } as const;
    const finding = judged(till, ours, said);
    return finding ? [finding] : [];
  }
  if (order.isAtThisPos !== true && !isNamedByThisTill(till, externalReference)) return [];
  const finding: Finding = {
    kind: 'not-at-till',
    network,
    reference: externalReference === '' ? networkOrderId : externalReference,
    ...(amountMinor !== undefined && { amountMinor }),
    ...(currency && { currency }),
    detail: `${networkOrderId}: ${statusText} at the network, and not in the books of this till`,
  };
  openForeignCase(till, finding);
  return [finding];
}

function hasMoved({ status }: ListedOrder): boolean {
  return status === 'paid' || status === 'unclear' || status === 'return-failed';
}

/** References are the till's name and an id of fixed length: a till whose name begins alike is another one. */
export function isNamedByThisTill({ store }: TillContext, reference: string): boolean {
  const tillId = store.settings()?.tillId ?? '';
  const id = reference.slice(tillId.length);
  return tillId !== '' && reference.startsWith(tillId) && id.length === ID_LENGTH && /^[0-9A-Z]+$/.test(id);
}
