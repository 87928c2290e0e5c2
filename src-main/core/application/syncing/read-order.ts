/** Asks the network for an order's state and saves what the answer means. */
import type { CashOut, Order } from '../../domain/cash-out.ts';
import { termsOf } from '../../domain/cash-out.ts';
import { answerContext, applyAnswer } from '../cashing-out/apply-answer.ts';
import { noticeSilence } from '../cases/network-silent.ts';
import { openCase } from '../cashing-out/record-answer.ts';
import type { PaymentNetwork, Reading } from '../ports/payment-network.ts';
import type { TillContext } from '../till-parts.ts';
import { blockEvents, noteConnection, unblockEvents } from './network-health.ts';

/** Right after a create the network may not know the order yet; after this many times it is a case. */
const NOT_FOUND_PATIENCE = 5;

/**
 * One read, saved. Call it inside `exclusively`. The reading is handed back for those who need it fresh;
 * `askedAtMs` is the monotonic time when the question left: an answer is at least that old.
 */
export async function readOrder(
  till: TillContext,
  network: PaymentNetwork,
  cashOut: CashOut & Readonly<{ order: Order }>,
): Promise<Readonly<{ reading: Reading; askedAtMs: number }>> {
  const askedAtMs = till.clock.monotonicMs();
  const reading = await network.read(termsOf(cashOut), cashOut.order);
  // The cash-out as it is now: while the answer travelled, a person may have acted.
  const current = till.store.cashOut(cashOut.id) ?? cashOut;
  save(till, network, current, reading);
  return { reading, askedAtMs };
}

function save(till: TillContext, network: PaymentNetwork, cashOut: CashOut, reading: Reading): void {
  const isUsable = reading.kind === 'answered';
  const notFound = reading.kind === 'not-found' ? (till.checks.get(cashOut.id)?.notFound ?? 0) + 1 : 0;
  const before = till.checks.get(cashOut.id);
  const checkedAtMs = isUsable ? till.clock.nowMs() : before?.checkedAtMs;
  till.checks.set(cashOut.id, { failing: !isUsable, notFound, ...(checkedAtMs !== undefined && { checkedAtMs }) });
  noteConnection(till, network.id, reading.kind === 'unreachable' ? 'offline' : 'online', cashOut.id);
  switch (reading.kind) {
    case 'answered': {
      const { fact, evidence } = reading;
      applyAnswer(
        till,
        network,
        cashOut,
        { operation: 'read', fact, evidence },
        unblockEvents(till, network.id, 'answered'),
      );
      break;
    }
    case 'not-found':
      if (notFound >= NOT_FOUND_PATIENCE) setAside(till, cashOut, reading.evidence, 'not-found');
      break;
    case 'unreadable':
      setAside(till, cashOut, reading.evidence, 'unreadable', reading.detail);
      break;
    case 'refused':
      setAside(till, cashOut, reading.evidence, 'refused', reading.code);
      break;
    case 'unauthorized': {
      const events = blockEvents(till, network.id, 'unauthorized');
      if (events.length > 0) till.store.commit(events);
      break;
    }
    case 'busy':
    case 'unreachable':
      break;
  }
  if (!isUsable) noticeSilence(till, cashOut.id);
  if (before?.failing !== !isUsable) till.touched(cashOut.id);
}

function setAside(
  till: TillContext,
  cashOut: CashOut,
  evidence: Extract<Reading, { kind: 'unreadable' }>['evidence'],
  reason: 'not-found' | 'unreadable' | 'refused',
  detail = 'the network does not know the order',
): void {
  const key = `${reason} ${evidence.bodySha256}`;
  if (till.setAside.get(cashOut.id) === key) return;
  till.setAside.set(cashOut.id, key);
  const lost = reason === 'not-found' ? openCase(answerContext(till, cashOut), 'order-lost', detail) : [];
  till.store.commit([
    { type: 'answer.set-aside', v: 1, cashOutId: cashOut.id, operation: 'read', reason, detail, evidence },
    ...lost,
  ]);
}
