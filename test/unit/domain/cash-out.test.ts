import { expect, test } from 'vitest';

import {
  ARROWS,
  CASH_OUT_STATES,
  holdsCash,
  isEnded,
  isPayable,
  termsOf,
  transition,
} from '../../../src-main/core/domain/cash-out.ts';
import type {
  CashOut,
  CashOutEvent,
  CashOutIn,
  CashOutState,
  Order,
  Payment,
  Terms,
} from '../../../src-main/core/domain/cash-out.ts';
import { canonical } from '../../../src-main/core/domain/canonical.ts';
import type { Purchase } from '../../../src-main/core/domain/purchase.ts';
import type { Evidence } from '../../../src-main/core/domain/network.ts';

const TERMS: Terms = {
  id: '01HF7YAT000000000000000001',
  network: 'mercadopago-orders',
  mode: 'dynamic',
  currency: 'MXN',
  amountMinor: 500_00,
  externalReference: 'VT01',
  lifetimeMs: 600_000,
  shiftId: 's1',
  cashierCode: 7,
  cashierName: 'Ana',
  requestedAtMs: 1,
};
const PURCHASE: Purchase = {
  items: [
    {
      sku: 'L1',
      category: 'FOOD',
      title: 'Leche',
      description: 'Leche',
      unitPriceMinor: 28_90,
      quantity: 2,
      measure: 'unit',
      totalMinor: 57_80,
    },
  ],
  totalMinor: 57_80,
};
const order: Order = { networkOrderId: 'ORD1', qrData: '0002', offeredAtMs: 2, expiresAtMs: 600_002 };
const payment: Payment = { paidAtMs: 3, amountMinor: 500_00, reference: '778' };
const evidence: Evidence = {
  httpStatus: 200,
  requestId: 'r',
  sentAtMs: 1,
  answeredAtMs: 2,
  bodySha256: 'a',
  body: '{}',
};
const paid = { ...TERMS, order, payment };
const paying = { ...paid, payingShiftId: 's1' };

const SAMPLES: { readonly [State in CashOutState]: CashOutIn<State> } = {
  requested: { ...TERMS, state: 'requested', cancelAsked: false },
  refused: { ...TERMS, state: 'refused', code: 'no', refusedAtMs: 2 },
  awaiting_payment: { ...TERMS, state: 'awaiting_payment', order },
  cancelling: { ...TERMS, state: 'cancelling', order, askedAtMs: 3 },
  cancelled: { ...TERMS, state: 'cancelled', order, cancelledAtMs: 4 },
  expired: { ...TERMS, state: 'expired', order, expiredAtMs: 4 },
  paid: { ...paid, state: 'paid' },
  handing_over: { ...paying, state: 'handing_over', startedAtMs: 5 },
  dispensed: { ...paying, state: 'dispensed', dispensedAtMs: 6 },
  settled: { ...paying, state: 'settled', dispensedAtMs: 6, settledAtMs: 7 },
  returning: { ...paid, state: 'returning', reason: 'no notes', askedAtMs: 5 },
  returned: { ...paid, state: 'returned', reason: 'no notes', returnedAtMs: 6 },
};

type EventType = CashOutEvent['type'];

const EVENTS: { readonly [Type in EventType]: Extract<CashOutEvent, { type: Type }> } = {
  offered: { type: 'offered', order, evidence },
  refused: { type: 'refused', code: 'no' },
  'cancel-asked': { type: 'cancel-asked', reason: 'left' },
  cancelled: { type: 'cancelled', evidence },
  expired: { type: 'expired', evidence },
  paid: { type: 'paid', payment, evidence },
  'hand-over-started': { type: 'hand-over-started', shiftId: 's2', evidence },
  'not-given': { type: 'not-given', reason: 'came back' },
  dispensed: { type: 'dispensed', notes: { '50000': 1 } },
  settled: { type: 'settled' },
  'return-asked': { type: 'return-asked', reason: 'no notes' },
  returned: { type: 'returned', reason: 'no notes', evidence },
  'given-up': { type: 'given-up', by: 7, reason: 'nothing in the panel' },
  repaid: { type: 'repaid', by: 7, reason: 'paid back from the safe' },
};
const EVENT_TYPES = Object.keys(EVENTS) as EventType[];

/** Where each event leads from each state; what is not here must be refused. */
const LEADS: Readonly<Record<CashOutState, Partial<Record<EventType, CashOutState>>>> = {
  requested: { offered: 'awaiting_payment', refused: 'refused', 'cancel-asked': 'requested', 'given-up': 'refused' },
  refused: {},
  awaiting_payment: {
    'cancel-asked': 'cancelling',
    cancelled: 'cancelled',
    expired: 'expired',
    paid: 'paid',
    'given-up': 'cancelled',
  },
  cancelling: { cancelled: 'cancelled', expired: 'expired', paid: 'paid', 'given-up': 'cancelled' },
  cancelled: { paid: 'paid' },
  expired: { paid: 'paid' },
  paid: { 'hand-over-started': 'handing_over', 'return-asked': 'returning', returned: 'returned', repaid: 'returned' },
  handing_over: { dispensed: 'dispensed', 'not-given': 'paid' },
  dispensed: { settled: 'settled' },
  settled: {},
  returning: { returned: 'returned', repaid: 'returned' },
  returned: {},
};

const PAIRS = CASH_OUT_STATES.flatMap((state) => EVENT_TYPES.map((type) => [state, type] as const));

test.each(PAIRS)('I6: a cash-out that is %s meets %s', (state, type) => {
  const before = SAMPLES[state];
  const untouched = structuredClone(before);
  const moved = transition(before, EVENTS[type], 99);
  const expected = LEADS[state][type];
  expect(moved.ok ? moved.value.state : undefined).toBe(expected);
  expect(moved.ok || moved.error).toEqual(expected !== undefined || { state, event: type });
  expect(moved.ok ? termsOf(moved.value) : TERMS).toEqual(TERMS);
  expect(expected === undefined || ARROWS[state].includes(expected)).toBe(true);
  expect(before).toEqual(untouched);
});

test('I6: every arrow is walked by some event, and no event walks where there is no arrow', () => {
  const walked = CASH_OUT_STATES.map((state) => [state, [...new Set(Object.values(LEADS[state]))].toSorted()]);
  const drawn = CASH_OUT_STATES.map((state) => [state, [...ARROWS[state]].toSorted()]);
  expect(walked).toEqual(drawn);
});

/** Every state that can follow, however long it takes. */
function ahead(from: CashOutState): ReadonlySet<CashOutState> {
  const seen = new Set<CashOutState>();
  const open = [...ARROWS[from]];
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...ARROWS[next]);
  }
  return seen;
}

test('I1: nothing leads to notes a second time, and nothing leads to them without passing through paid', () => {
  for (const state of ['dispensed', 'settled', 'returning', 'returned', 'refused'] as const) {
    expect(ahead(state).has('handing_over')).toBe(false);
    expect(ahead(state).has('dispensed')).toBe(false);
  }
  const intoHandingOver = CASH_OUT_STATES.filter((state) => ARROWS[state].includes('handing_over'));
  const intoDispensed = CASH_OUT_STATES.filter((state) => ARROWS[state].includes('dispensed'));
  expect([intoHandingOver, intoDispensed]).toEqual([['paid'], ['handing_over']]);
});

test('I1: money given back and notes given exclude each other', () => {
  expect(ahead('returning').has('dispensed')).toBe(false);
  expect(ahead('dispensed').has('returned')).toBe(false);
});

test('I2: from everywhere there is a way to an end', () => {
  for (const state of CASH_OUT_STATES) {
    expect(isEnded(state) || [...ahead(state)].some(isEnded)).toBe(true);
  }
});

test.each([1, 499_99, 500_01, 0, -500_00])(
  'I1: a payment of %i for 50000 pays nothing, in any state',
  (amountMinor) => {
    for (const state of CASH_OUT_STATES) {
      const moved = transition(SAMPLES[state], { type: 'paid', payment: { ...payment, amountMinor }, evidence }, 9);
      expect(moved).toEqual({ ok: false, error: { state, event: 'paid' } });
    }
  },
);

test.each([
  ['awaiting_payment', undefined],
  ['cancelling', 'while-cancelling'],
  ['cancelled', 'after-cancel'],
  ['expired', 'after-expiry'],
] as const)('money that comes when the till is %s is never lost, and is marked %s', (state, late) => {
  const moved = transition(SAMPLES[state], EVENTS.paid, 9);
  const expected: CashOut = { ...paid, state: 'paid', ...(late && { late }) };
  expect(moved).toEqual({ ok: true, value: expected });
});

test('the lateness of money stays with it through hand-over, notes that came back, and return', () => {
  let cashOut: CashOut = SAMPLES.expired;
  for (const type of ['paid', 'hand-over-started', 'not-given', 'return-asked', 'returned'] as const) {
    const moved = transition(cashOut, EVENTS[type], 9);
    if (!moved.ok) throw new Error(`${type} does not fit ${moved.error.state}`);
    cashOut = moved.value;
    expect(cashOut).toMatchObject({ late: 'after-expiry', payment, order });
  }
  expect(cashOut.state).toBe('returned');
});

test('the drawer that pays is the one of the shift that hands over, and is forgotten when the notes come back', () => {
  const started = transition(SAMPLES.paid, EVENTS['hand-over-started'], 9);
  expect(started).toMatchObject({ ok: true, value: { payingShiftId: 's2', shiftId: 's1', startedAtMs: 9 } });
  const back = transition(SAMPLES.handing_over, EVENTS['not-given'], 9);
  expect(back).toEqual({ ok: true, value: SAMPLES.paid });
  expect(transition(SAMPLES.handing_over, EVENTS.dispensed, 9)).toMatchObject({
    ok: true,
    value: { payingShiftId: 's1' },
  });
});

test('asking to cancel before the network has answered is remembered once and moves nothing', () => {
  const asked = transition(SAMPLES.requested, EVENTS['cancel-asked'], 9);
  expect(asked).toEqual({ ok: true, value: { ...SAMPLES.requested, cancelAsked: true } });
  const twice = transition({ ...SAMPLES.requested, cancelAsked: true }, EVENTS['cancel-asked'], 9);
  expect(twice).toEqual({ ok: false, error: { state: 'requested', event: 'cancel-asked' } });
});

test('what is payable, what keeps cash in the drawer, and what is over', () => {
  expect(CASH_OUT_STATES.filter((state) => isPayable(SAMPLES[state]))).toEqual(['awaiting_payment', 'cancelling']);
  expect(CASH_OUT_STATES.filter(holdsCash)).toEqual([
    'requested',
    'awaiting_payment',
    'cancelling',
    'paid',
    'handing_over',
  ]);
  expect(CASH_OUT_STATES.filter(isEnded)).toEqual(['refused', 'cancelled', 'expired', 'settled', 'returned']);
});

test('a purchase is part of the terms for life, and one without it is written as it always was', () => {
  const bought = { ...TERMS, purchase: PURCHASE, state: 'requested', cancelAsked: false } as const;
  expect(termsOf(bought)).toEqual({ ...TERMS, purchase: PURCHASE });
  expect(canonical(termsOf({ ...TERMS, state: 'requested', cancelAsked: false } as CashOut))).toBe(canonical(TERMS));
  expect(canonical(TERMS)).toBe(
    '{"amountMinor":50000,"cashierCode":7,"cashierName":"Ana","currency":"MXN","externalReference":"VT01",' +
      '"id":"01HF7YAT000000000000000001","lifetimeMs":600000,"mode":"dynamic","network":"mercadopago-orders",' +
      '"requestedAtMs":1,"shiftId":"s1"}',
  );
});

test('I1: with a purchase, only a payment of goods and notes together is the payment', () => {
  const waiting: CashOut = { ...TERMS, purchase: PURCHASE, state: 'awaiting_payment', order };
  const payWith = (amountMinor: number) =>
    transition(waiting, { type: 'paid', payment: { ...payment, amountMinor }, evidence }, 4);
  for (const minor of [500_00, 57_80, 557_79, 557_81]) expect(payWith(minor).ok).toBe(false);
  const next = payWith(557_80);
  expect(next.ok && next.value).toMatchObject({ state: 'paid', amountMinor: 500_00, purchase: PURCHASE });
});
