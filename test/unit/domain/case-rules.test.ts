/** Every kind of case in every state: what may be decided, by whom, and that nothing is left without a way on. */
import { expect, test } from 'vitest';
import { CASE_KINDS } from '../../../src-main/core/domain/case-file.ts';
import type { CaseKind } from '../../../src-main/core/domain/case-file.ts';
import { CASE_DECISIONS, CASE_RULES, decisionsFor, silences } from '../../../src-main/core/domain/case-rules.ts';
import type { CaseSubject } from '../../../src-main/core/domain/case-rules.ts';
import { CASH_OUT_STATES, transition } from '../../../src-main/core/domain/cash-out.ts';
import type { CashOutState } from '../../../src-main/core/domain/cash-out.ts';
import { PAYOUT_STATES } from '../../../src-main/core/domain/payouts/payout.ts';
import { cashOutIn } from '../../support/cash-out-states.ts';

const WORST = { isOrderOver: false, hasStuckCommand: false, canRepeatRefund: false };
const BEST = { isOrderOver: true, hasStuckCommand: true, canRepeatRefund: true };
const at = (state: CaseSubject['state'], more: Omit<CaseSubject, 'state'> = BEST): CaseSubject => ({ state, ...more });
const OF_CASH_OUTS = CASE_KINDS.filter((kind) => CASE_RULES[kind].about === 'cash-out');
const named = (kind: CaseKind, subject: CaseSubject): readonly string[] =>
  decisionsFor(kind, subject).map(({ decision }) => decision);

/** Where each kind can stand while it is open; everything else explains or decides it on the way. */
const STANDS: Readonly<Partial<Record<CaseKind, readonly CashOutState[]>>> = {
  'late-payment': ['paid', 'handing_over', 'settled', 'returned'],
  'unknown-answer': CASH_OUT_STATES.filter((state) => state !== 'requested' && state !== 'handing_over'),
  'answer-mismatch': CASH_OUT_STATES.filter((state) => state !== 'requested' && state !== 'handing_over'),
  'qr-refused': CASH_OUT_STATES,
  'command-conflict': CASH_OUT_STATES.filter((state) => state !== 'handing_over'),
  'return-failed': ['returning', 'returned'],
  'returned-and-given': CASH_OUT_STATES,
  'confirmation-missed': ['dispensed', 'settled'],
  'order-lost': CASH_OUT_STATES.filter((state) => state !== 'requested' && state !== 'handing_over'),
  'paid-not-given': ['refused', 'paid', 'handing_over', 'dispensed', 'settled', 'returning', 'returned'],
  'given-not-paid': ['dispensed', 'settled'],
  'network-silent': ['requested', 'awaiting_payment', 'cancelling', 'cancelled', 'expired', 'refused'],
};

test.each(OF_CASH_OUTS)('%s: wherever it can stand open, something can be decided in the end', (kind) => {
  const stranded = (STANDS[kind] ?? []).filter((state) => decisionsFor(kind, at(state)).length === 0);
  expect(stranded).toEqual([]);
});

test.each(CASE_KINDS)('%s: each of its decisions is possible somewhere, and is a word that exists', (kind) => {
  const states = { payout: PAYOUT_STATES, 'cash-out': CASH_OUT_STATES, foreign: ['foreign'] as const }[
    CASE_RULES[kind].about
  ];
  for (const rule of CASE_RULES[kind].decisions) {
    expect(CASE_DECISIONS).toContain(rule.decision);
    expect(states.some((state) => decisionsFor(kind, at(state)).includes(rule))).toBe(true);
  }
});

test.each(CASE_KINDS)('%s: in no state is one decision offered twice with two meanings', (kind) => {
  for (const state of [...CASH_OUT_STATES, ...PAYOUT_STATES]) {
    const decisions = named(kind, at(state));
    expect([state, new Set(decisions).size]).toEqual([state, decisions.length]);
  }
});

test('money is decided by a supervisor; a cashier may only do what the cash-out’s own page allows, or wave a QR through', () => {
  const cashiers = CASE_KINDS.flatMap((kind) =>
    CASE_RULES[kind].decisions.flatMap(({ by, effect, decision }) =>
      by === 'cashier' && effect !== 'elsewhere' ? [`${kind} ${decision}`] : [],
    ),
  );
  expect(cashiers).toEqual(['late-payment return', 'qr-refused noted']);
});

test('I1: no decision moves a cash-out to where notes are given', () => {
  const steps = [
    { type: 'given-up', by: 7, reason: 'r' },
    { type: 'repaid', by: 7, reason: 'r' },
  ] as const;
  const ends = CASH_OUT_STATES.flatMap((state) =>
    steps.flatMap((step) => {
      const moved = transition(cashOutIn(state), step, 9);
      return moved.ok ? [moved.value.state] : [];
    }),
  );
  expect([...new Set(ends)].toSorted()).toEqual(['cancelled', 'refused', 'returned']);
});

test('"nobody paid" is not offered while a customer can still pay, and "paid back" only where it counts as paid', () => {
  expect(named('network-silent', at('awaiting_payment', WORST))).toEqual([]);
  expect(named('command-conflict', at('requested', { ...BEST, isOrderOver: false }))).toEqual(['send-again']);
  expect(named('command-conflict', at('requested', { ...WORST, isOrderOver: true }))).toEqual(['nothing-paid']);
  for (const kind of OF_CASH_OUTS) {
    for (const state of CASH_OUT_STATES) {
      const repaid = decisionsFor(kind, at(state)).some(({ effect }) => effect === 'mark-repaid');
      expect([kind, state, repaid && state !== 'paid' && state !== 'returning']).toEqual([kind, state, false]);
    }
  }
});

test('a refund is tried again only where one was refused or is stuck', () => {
  expect(named('return-failed', at('returning', WORST))).toEqual(['repaid-outside']);
  expect(named('return-failed', at('returning'))).toEqual(['return-again', 'repaid-outside']);
});

test('after "try again" the same failure is asked about again; after "explained" it is not', () => {
  expect(silences('return-failed', 'return-again')).toBe(false);
  expect(silences('payout-stuck', 'reviewed')).toBe(false);
  expect(silences('unknown-answer', 'noted')).toBe(true);
  expect(silences('payout-paid-twice', 'loss')).toBe(true);
});
