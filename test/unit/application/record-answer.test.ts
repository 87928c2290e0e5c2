/** What the network's word does to a cash-out, for every state and every status: nothing older undoes anything newer, nothing unclear pays. */
import { describe, expect, test } from 'vitest';
import { recordAnswer } from '../../../src-main/core/application/cashing-out/record-answer.ts';
import type { Answer, AnswerContext } from '../../../src-main/core/application/cashing-out/record-answer.ts';
import { ARROWS, CASH_OUT_STATES } from '../../../src-main/core/domain/cash-out.ts';
import type { CashOut, CashOutState } from '../../../src-main/core/domain/cash-out.ts';
import type { JournalEvent } from '../../../src-main/core/domain/journal-event.ts';
import type { OrderFact, OrderStatus } from '../../../src-main/core/domain/network.ts';
import { cashOutIn, EVIDENCE, TERMS, walk } from '../../support/cash-out-states.ts';

const STATUSES: readonly OrderStatus[] = [
  'awaiting',
  'paid',
  'cancelled',
  'expired',
  'returning',
  'returned',
  'return-failed',
  'failed',
  'unclear',
];

function fact(status: OrderStatus, more: Partial<OrderFact> = {}): OrderFact {
  const { externalReference, amountMinor } = TERMS;
  return {
    networkOrderId: 'ORD01',
    status,
    statusText: status,
    externalReference,
    amountMinor,
    qrData: 'qr',
    problems: [],
    ...more,
  };
}

function context(cashOut: CashOut, more: Partial<AnswerContext> = {}): AnswerContext {
  let count = 0;
  return {
    cashOut,
    newestAnswerMs: undefined,
    commands: [],
    openCases: [],
    nowMs: 3_000,
    nextId: () => `01CASE${(count += 1)}`,
    ...more,
  };
}

function answer(status: OrderStatus, more: Partial<OrderFact> = {}, evidence = EVIDENCE): Answer {
  return { operation: 'read', fact: fact(status, more), evidence, qr: { verdict: 'good' } };
}

function after(cashOut: CashOut, events: readonly JournalEvent[]): CashOut {
  return events.reduce((now, event) => (event.type === 'cash-out.step' ? walk(now, event.step) : now), cashOut);
}

const types = (events: readonly JournalEvent[]): readonly string[] =>
  events.map((event) => (event.type === 'cash-out.step' ? event.step.type : event.type));

const casesIn = (events: readonly JournalEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'case.opened' ? [event.case.kind] : []));

describe.each(CASH_OUT_STATES)('a cash-out that is %s', (state) => {
  test.each(STATUSES)('hears "%s" and moves only along the arrows (I6)', (status) => {
    const before = cashOutIn(state);
    const events = recordAnswer(context(before), answer(status));
    const path: CashOutState[] = [state];
    let now = before;
    for (const event of events) {
      if (event.type !== 'cash-out.step') continue;
      now = walk(now, event.step);
      path.push(now.state);
    }
    for (const [index, from] of path.slice(0, -1).entries()) expect(ARROWS[from]).toContain(path[index + 1]);
  });

  test.each(STATUSES)('hears "%s" about another amount and never becomes paid by it (I1)', (status) => {
    const before = cashOutIn(state);
    const now = after(
      before,
      recordAnswer(context(before), answer(status, { amountMinor: 49_999, problems: ['amount'] })),
    );
    expect(now.state === 'paid' && before.state !== 'paid').toBe(false);
    expect(types(recordAnswer(context(before), answer(status, { problems: ['pos'] })))).toContain('answer.set-aside');
  });

  test.each(STATUSES)('hears "%s" about another order and keeps its state', (status) => {
    const before = cashOutIn(state);
    const foreign = answer(status, { networkOrderId: 'ORD99', externalReference: 'SOMEBODYELSE' });
    expect(types(recordAnswer(context(before), foreign))).toEqual(['answer.set-aside']);
  });
});

test('an answer older than the newest recorded one is set aside, whatever it says', () => {
  const before = cashOutIn('awaiting_payment');
  for (const status of STATUSES) {
    const events = recordAnswer(context(before, { newestAnswerMs: EVIDENCE.orderUpdatedAtMs! + 1 }), answer(status));
    expect(types(events)).toEqual(['answer.set-aside']);
  }
});

test('an unknown status is a case and never a payment', () => {
  const before = cashOutIn('awaiting_payment');
  const events = recordAnswer(context(before), answer('unclear', { statusText: 'processing/at_terminal' }));
  expect(after(before, events)).toEqual(before);
  expect(types(events)).toEqual(['answer.set-aside', 'case.opened']);
});

test('money that comes after cancel or expiry is kept, marked late, and asks for a person', () => {
  for (const [state, late] of [
    ['cancelling', 'while-cancelling'],
    ['cancelled', 'after-cancel'],
    ['expired', 'after-expiry'],
  ] as const) {
    const before = cashOutIn(state);
    const events = recordAnswer(context(before), answer('paid'));
    expect(after(before, events)).toMatchObject({ state: 'paid', late });
    expect(casesIn(events)).toEqual(['late-payment']);
  }
});

test('money that went back while notes are out is a loss with a case, and the state stays what it was', () => {
  for (const state of ['handing_over', 'dispensed', 'settled'] as const) {
    const before = cashOutIn(state);
    const events = recordAnswer(context(before), answer('returned'));
    expect(after(before, events)).toEqual(before);
    expect(casesIn(events)).toEqual(['returned-and-given']);
  }
});

test('a QR that may not be shown is never kept with the order, and the order is cancelled at once (I7)', () => {
  const before = cashOutIn('requested');
  const blocked: Answer = { ...answer('awaiting'), qr: { verdict: 'block', detail: 'checksum' } };
  const events = recordAnswer(context(before), blocked);
  const now = after(before, events);
  expect(now.state).toBe('cancelling');
  expect('order' in now && now.order.qrData).toBeFalsy();
  expect(types(events)).toContain('case.opened');
});

test('an order that was made only after its own lifetime is not offered to a customer who has left', () => {
  const before = cashOutIn('requested');
  const now = after(
    before,
    recordAnswer(context(before, { nowMs: TERMS.requestedAtMs + TERMS.lifetimeMs + 1 }), answer('awaiting')),
  );
  expect(now.state).toBe('cancelling');
});

test('what was asked to be cancelled before the network had it is cancelled as soon as it has it', () => {
  const before = walk(cashOutIn('requested'), { type: 'cancel-asked', reason: 'by-the-cashier' });
  expect(after(before, recordAnswer(context(before), answer('awaiting'))).state).toBe('cancelling');
});

test('one open case of a kind is enough, and a clear answer closes what the network itself has explained', () => {
  const before = cashOutIn('awaiting_payment');
  const open = {
    id: '01OLD',
    kind: 'unknown-answer',
    cashOutId: TERMS.id,
    amountMinor: 50_000,
    currency: 'MXN',
    detail: '',
    openedAtMs: 0,
    state: 'open',
  } as const;
  expect(types(recordAnswer(context(before, { openCases: [open] }), answer('unclear')))).toEqual(['answer.set-aside']);
  expect(types(recordAnswer(context(before, { openCases: [open] }), answer('awaiting')))).toEqual(['case.closed']);
});

test('an order made with a status that nobody knows is followed and withdrawn, its QR unseen, and never left without a question to ask', () => {
  const before = cashOutIn('requested');
  const events = recordAnswer(context(before), answer('unclear', { statusText: 'under_review' }));
  const now = after(before, events);
  expect(now).toMatchObject({ state: 'cancelling', order: { networkOrderId: 'ORD01' } });
  expect('order' in now && now.order.qrData).toBeFalsy();
  expect(casesIn(events)).toEqual(['unknown-answer']);
});

test('an answer that says paid without naming the amount pays nothing (I1)', () => {
  const { amountMinor: _left, ...silent } = fact('paid');
  for (const state of ['requested', 'awaiting_payment', 'cancelling', 'cancelled', 'expired'] as const) {
    const before = cashOutIn(state);
    const events = recordAnswer(context(before), { operation: 'read', fact: silent, evidence: EVIDENCE });
    expect(types(events)).not.toContain('paid');
    expect(casesIn(events)).toEqual(['answer-mismatch']);
  }
});

const openUnknown = {
  id: '01OLD',
  kind: 'unknown-answer',
  cashOutId: TERMS.id,
  amountMinor: 50_000,
  currency: 'MXN',
  detail: '',
  openedAtMs: 0,
  state: 'open',
} as const;

test('a failed refund that the till did not ask for is one case, however often the network repeats it', () => {
  const before = cashOutIn('paid');
  expect(casesIn(recordAnswer(context(before), answer('return-failed')))).toEqual(['unknown-answer']);
  expect(recordAnswer(context(before, { openCases: [openUnknown] }), answer('return-failed'))).toEqual([]);
});

test('a failed refund proves that the money came: it is kept as paid, with a case', () => {
  for (const state of ['requested', 'awaiting_payment', 'cancelling', 'cancelled', 'expired'] as const) {
    const before = cashOutIn(state);
    const events = recordAnswer(context(before), answer('return-failed'));
    expect(after(before, events).state).toBe('paid');
    expect(casesIn(events)).toEqual(['unknown-answer']);
  }
});

test('money that comes to an order which was to be cancelled before it was made is a case', () => {
  const before = walk(cashOutIn('requested'), { type: 'cancel-asked', reason: 'by-the-cashier' });
  const events = recordAnswer(context(before), answer('paid'));
  expect(after(before, events).state).toBe('paid');
  expect(casesIn(events)).toEqual(['late-payment']);
});

test('a return that does not come about is a case: paid still after a quarter of an hour, or under way for more than a day (I2)', () => {
  const before = cashOutIn('returning');
  const inMinutes = (minutes: number): AnswerContext => context(before, { nowMs: 3_000 + minutes * 60_000 });
  expect(casesIn(recordAnswer(inMinutes(14), answer('paid')))).toEqual([]);
  expect(casesIn(recordAnswer(inMinutes(15), answer('paid')))).toEqual(['return-failed']);
  expect(casesIn(recordAnswer(inMinutes(23 * 60), answer('returning')))).toEqual([]);
  expect(casesIn(recordAnswer(inMinutes(24 * 60), answer('returning')))).toEqual(['return-failed']);
});

test('other settings than an order was made with raise no alarm about what is over, and one about what is not', () => {
  const elsewhere = { problems: ['point of sale: asked B, answered A'] };
  for (const state of ['dispensed', 'settled', 'returned'] as const) {
    expect(casesIn(recordAnswer(context(cashOutIn(state)), answer('unclear', elsewhere)))).toEqual([]);
  }
  for (const state of ['cancelled', 'expired'] as const) {
    expect(casesIn(recordAnswer(context(cashOutIn(state)), answer('cancelled', elsewhere)))).toEqual([]);
    expect(casesIn(recordAnswer(context(cashOutIn(state)), answer('unclear', elsewhere)))).toEqual(['answer-mismatch']);
  }
  for (const state of ['awaiting_payment', 'cancelling', 'paid', 'handing_over', 'returning'] as const) {
    expect(casesIn(recordAnswer(context(cashOutIn(state)), answer('unclear', elsewhere)))).toEqual(['answer-mismatch']);
  }
});
