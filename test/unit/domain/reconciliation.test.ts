import { expect, test } from 'vitest';
import { CASH_OUT_STATES } from '../../../src-main/core/domain/cash-out.ts';
import type { CashOutState } from '../../../src-main/core/domain/cash-out.ts';
import type { OrderStatus } from '../../../src-main/core/domain/network.ts';
import { compareCashOut, countFindings, GIVING_PATIENCE_MS } from '../../../src-main/core/domain/reconciliation.ts';
import type { Finding, NetworkWord } from '../../../src-main/core/domain/reconciliation.ts';
import { shopDayBounds, shopDayOf } from '../../../src-main/core/domain/shop-day.ts';
import { cashOutIn } from '../../support/cash-out-states.ts';

const LONG_AFTER_MS = GIVING_PATIENCE_MS + 60_000;

function word(status: OrderStatus, amountMinor = 50_000): NetworkWord {
  return { kind: 'order', status, statusText: status, amountMinor };
}

function found(state: CashOutState, status: OrderStatus, nowMs = LONG_AFTER_MS): string {
  return compareCashOut(cashOutIn(state), word(status), nowMs).kind;
}

function ofAnotherAmount(state: CashOutState, status: OrderStatus): string {
  return compareCashOut(cashOutIn(state), word(status, 60_000), LONG_AFTER_MS).kind;
}

function denied(state: CashOutState): string {
  return compareCashOut(cashOutIn(state), { kind: 'not-found' }, LONG_AFTER_MS).kind;
}

function finding(kind: Finding['kind']): Finding {
  return { kind, network: 'mercadopago-orders', detail: '' };
}

test.each<[string, CashOutState, readonly OrderStatus[]]>([
  ['paid-not-given', 'paid', ['paid', 'return-failed']],
  ['paid-not-given', 'returning', ['paid', 'return-failed']],
  ['paid-not-given', 'returned', ['paid', 'return-failed']],
  ['paid-not-given', 'cancelled', ['paid']],
  ['paid-not-given', 'expired', ['paid']],
  ['paid-not-given', 'refused', ['paid']],
  ['given-not-paid', 'settled', ['awaiting', 'cancelled', 'expired', 'failed']],
  ['given-not-paid', 'dispensed', ['awaiting', 'cancelled', 'expired', 'failed']],
  ['given-not-paid', 'handing_over', ['cancelled', 'expired']],
  ['returned-and-given', 'settled', ['returned', 'returning']],
  ['returned-and-given', 'dispensed', ['returned', 'returning']],
  ['ok', 'settled', ['paid', 'return-failed']],
  ['ok', 'cancelled', ['cancelled', 'expired', 'failed']],
  ['ok', 'expired', ['expired', 'cancelled']],
  ['ok', 'returned', ['returned', 'returning']],
  ['ok', 'returning', ['returning', 'returned']],
  ['ok', 'awaiting_payment', ['awaiting']],
  ['cannot-tell', 'expired', ['awaiting']],
  ['cannot-tell', 'returned', ['cancelled']],
])('%s: the till has it as %s and the network says one of %j', (kind, state, statuses) => {
  expect(statuses.map((status) => found(state, status))).toEqual(statuses.map(() => kind));
});

test('a customer who paid a minute ago may still get the notes: that is no finding yet', () => {
  expect(found('paid', 'paid', 60_000)).toBe('ok');
  expect(found('returning', 'paid', 60_000)).toBe('ok');
});

test('a status that nobody knows is never taken for agreement, whatever the till has', () => {
  for (const state of CASH_OUT_STATES) expect(found(state, 'unclear')).toBe('cannot-tell');
});

test('silence is never taken for agreement, whatever the till has', () => {
  for (const state of CASH_OUT_STATES) {
    expect(compareCashOut(cashOutIn(state), { kind: 'nothing', why: 'timeout' }, LONG_AFTER_MS).kind).toBe(
      'cannot-tell',
    );
  }
});

test('another amount is a finding of its own once money has moved, also where the status is unclear for it', () => {
  expect([
    ofAnotherAmount('settled', 'paid'),
    ofAnotherAmount('settled', 'unclear'),
    ofAnotherAmount('returned', 'returned'),
  ]).toEqual(['amount-differs', 'amount-differs', 'amount-differs']);
  expect(ofAnotherAmount('cancelled', 'cancelled')).toBe('ok');
});

test('an order that the network denies is a finding, except for one that it may never have had', () => {
  expect([denied('settled'), denied('expired'), denied('refused')]).toEqual(['not-at-network', 'not-at-network', 'ok']);
});

test('findings are counted by kind, the gravest first, and kinds without any are not named', () => {
  expect(
    countFindings([
      finding('cannot-tell'),
      finding('paid-not-given'),
      finding('cannot-tell'),
      finding('amount-differs'),
    ]),
  ).toEqual([
    { kind: 'paid-not-given', count: 1 },
    { kind: 'amount-differs', count: 1 },
    { kind: 'cannot-tell', count: 2 },
  ]);
});

test('a day of the shop is the day on its own wall, also when the clocks change', () => {
  expect(shopDayBounds('2026-03-02', 'America/Mexico_City')).toEqual({
    fromMs: Date.UTC(2026, 2, 2, 6),
    toMs: Date.UTC(2026, 2, 3, 6),
  });
  // Chile sets its clocks back in the night to 5 April 2026: that Saturday has 25 hours.
  const saturday = shopDayBounds('2026-04-04', 'America/Santiago');
  expect(saturday && (saturday.toMs - saturday.fromMs) / 3_600_000).toBe(25);
  expect(shopDayOf(Date.UTC(2026, 2, 3, 5, 59), 'America/Mexico_City')).toBe('2026-03-02');
  expect(shopDayOf(Date.UTC(2026, 2, 3, 6), 'America/Mexico_City')).toBe('2026-03-03');
});

test.each(['2026-02-30', '2026-13-01', '26-01-01', 'yesterday', ''])('%j is no day', (text) => {
  expect(shopDayBounds(text, 'UTC')).toBeUndefined();
});
