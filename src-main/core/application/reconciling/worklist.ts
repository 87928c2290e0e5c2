/** Which cash-outs and payouts a reconciliation asks about: those of its time, and whatever is still open. */
import type { CashOut, Order } from '../../domain/cash-out.ts';
import { OPEN_STATES } from '../../domain/cash-out.ts';
import type { CaseKind } from '../../domain/case-file.ts';
import type { TillContext } from '../till-parts.ts';

export type OrderedCashOut = CashOut & Readonly<{ order: Order }>;
export type Span = Readonly<{ fromMs: number; toMs: number }>;

/** Money can still come or go back this long: what ended within it is asked about at every reconciliation. */
export const LOOK_BACK_MS = 72 * 3_600_000;
/** The network answers questions about orders of the last three months. */
const ANSWERED_FOR_MS = 89 * 86_400_000;
const MOST = 20_000;

const OWN_CASES: readonly CaseKind[] = ['paid-not-given', 'given-not-paid', 'returned-and-given'];

/** Oldest first. Without an order there is nothing to ask by: those are found in the network's own list, if at all. */
export function cashOutsToAsk(till: TillContext, span: Span, isOneDay: boolean): readonly OrderedCashOut[] {
  const { store, clock } = till;
  const within = cashOutsWithin(till, span);
  const others = isOneDay ? [] : [...store.cashOutsIn(OPEN_STATES), ...withOwnCases(till)];
  const oldestMs = clock.nowMs() - ANSWERED_FOR_MS;
  return [...new Map([...within, ...others].map((cashOut) => [cashOut.id, cashOut])).values()]
    .filter((cashOut): cashOut is OrderedCashOut => 'order' in cashOut && cashOut.requestedAtMs >= oldestMs)
    .toSorted((left, right) => left.requestedAtMs - right.requestedAtMs);
}

export function cashOutsWithin({ store }: TillContext, { fromMs, toMs }: Span): readonly CashOut[] {
  return store.cashOutsSince(fromMs, MOST).filter(({ requestedAtMs }) => requestedAtMs < toMs);
}

/** A case of an earlier reconciliation closes when the network explains itself: asked until it does or a person decides. */
function withOwnCases({ store }: TillContext): readonly CashOut[] {
  return store
    .openCases()
    .flatMap(({ kind, cashOutId }) => (cashOutId !== undefined && OWN_CASES.includes(kind) ? [cashOutId] : []))
    .flatMap((id) => store.cashOut(id) ?? []);
}
