/** One cash-out, asked about once more: the answer is recorded as any other, then compared with what the till has. */
import type { CaseKind } from '../../domain/case-file.ts';
import { silences } from '../../domain/case-rules.ts';
import type { CashOut } from '../../domain/cash-out.ts';
import { compareCashOut } from '../../domain/reconciliation.ts';
import type { Finding, FindingKind, NetworkWord } from '../../domain/reconciliation.ts';
import { chargeMinorOf } from '../../domain/purchase.ts';
import { unreachable } from '../../domain/result.ts';
import { answerContext } from '../cashing-out/apply-answer.ts';
import { closeCases, openCase } from '../cashing-out/record-answer.ts';
import type { Reading } from '../ports/payment-network.ts';
import { readOrder } from '../syncing/read-order.ts';
import type { TillContext } from '../till-parts.ts';
import type { OrderedCashOut } from './worklist.ts';

/** `silent`: the network gave no answer at all; `waitMs`: it asked to be left alone so long. */
export type Compared =
  | Readonly<{ kind: 'compared'; finding: Finding | undefined }>
  | Readonly<{ kind: 'silent'; why: string; waitMs: number }>;

export async function askAgain(till: TillContext, { id }: OrderedCashOut): Promise<Compared> {
  return till.exclusively(id, async () => {
    const cashOut = till.store.cashOut(id);
    const network = cashOut && till.network(cashOut.network);
    if (!cashOut || !('order' in cashOut)) return { kind: 'compared', finding: undefined };
    if (!network) return { kind: 'silent', why: 'the settings no longer have its network', waitMs: 0 };
    const newestMs = till.store.newestAnswerMs(id) ?? 0;
    const { reading } = await readOrder(till, network, cashOut);
    if (reading.kind === 'unreachable' || reading.kind === 'busy')
      return {
        kind: 'silent',
        why: reading.kind === 'busy' ? reading.code : reading.cause,
        waitMs: reading.retryAfterMs ?? 0,
      };
    const now = till.store.cashOut(id) ?? cashOut;
    return { kind: 'compared', finding: judged(till, now, wordOf(reading, cashOut, newestMs), cashOut) };
  });
}

/**
 * The finding, or undefined when both agree. Cases that follow from it are open when this returns. `before`: as it was when it was asked
 * about: a payment that this very answer brought to light is a finding, although the till has it now.
 */
export function judged(
  till: TillContext,
  cashOut: CashOut,
  word: NetworkWord,
  before: CashOut = cashOut,
): Finding | undefined {
  const nowMs = till.clock.nowMs();
  const was = compareCashOut(before, word, nowMs);
  const { kind, detail } = was.kind === 'paid-not-given' ? was : compareCashOut(cashOut, word, nowMs);
  const context = answerContext(till, cashOut);
  if (kind === 'ok') {
    const explained = closeCases(context, ['paid-not-given', 'given-not-paid'], detail);
    if (explained.length > 0) till.store.commit(explained);
    return undefined;
  }
  const wanted = CASES[kind];
  const isCovered = context.openCases.some((open) => COVERED_BY[kind]?.includes(open.kind));
  // A person has answered for it already, in whatever words it was said then.
  const isAnswered = (context.decidedCases ?? []).some(
    (file) => file.kind === wanted && silences(file.kind, file.decision),
  );
  const opened =
    wanted === undefined || isCovered || isAnswered ? [] : openCase(context, wanted, `reconciliation: ${detail}`);
  if (opened.length > 0) till.store.commit(opened);
  const { id: cashOutId, network, currency } = cashOut;
  return { kind, network, cashOutId, amountMinor: chargeMinorOf(cashOut), currency, detail };
}

/** A cash-out of which nothing was heard. */
export function untold({ id: cashOutId, network, currency, ...terms }: CashOut, why: string): Finding {
  return { kind: 'cannot-tell', network, cashOutId, amountMinor: chargeMinorOf(terms), currency, detail: why };
}

const CASES: Partial<Record<FindingKind, CaseKind>> = {
  'paid-not-given': 'paid-not-given',
  'given-not-paid': 'given-not-paid',
  'returned-and-given': 'returned-and-given',
  'not-at-network': 'order-lost',
  'amount-differs': 'answer-mismatch',
};

/** Cases that ask a person about the same money already. */
const COVERED_BY: Partial<Record<FindingKind, readonly CaseKind[]>> = {
  'paid-not-given': ['late-payment', 'return-failed'],
  'given-not-paid': ['confirmation-missed', 'returned-and-given'],
};

function wordOf(reading: Reading, cashOut: OrderedCashOut, newestMs: number): NetworkWord {
  switch (reading.kind) {
    case 'answered': {
      const { fact, evidence } = reading;
      if (fact.networkOrderId !== cashOut.order.networkOrderId)
        return { kind: 'nothing', why: 'the answer is about another order' };
      if ((evidence.orderUpdatedAtMs ?? newestMs) < newestMs)
        return { kind: 'nothing', why: 'the answer is older than what is known' };
      const { status, statusText, amountMinor } = fact;
      return { kind: 'order', status, statusText, ...(amountMinor !== undefined && { amountMinor }) };
    }
    case 'not-found':
      return { kind: 'not-found' };
    case 'unreadable':
      return { kind: 'nothing', why: `unreadable: ${reading.detail}` };
    case 'refused':
      return { kind: 'nothing', why: `refused: ${reading.code}` };
    case 'unauthorized':
      return { kind: 'nothing', why: 'the network refuses the token' };
    case 'busy':
    case 'unreachable':
      return { kind: 'nothing', why: 'no answer' };
    default:
      return unreachable(reading);
  }
}
