import { expect, test } from 'vitest';
import { PAYOUT_STATES } from '../../../../src-main/core/domain/payouts/payout.ts';
import type { PayoutState } from '../../../../src-main/core/domain/payouts/payout.ts';
import { payoutRetryDelayMs, pollPlan } from '../../../../src-main/core/domain/payouts/polling.ts';
import type { PayoutAge } from '../../../../src-main/core/domain/payouts/polling.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const YOUNG: PayoutAge = { state: 'pending', isPix: false, ageMs: 0, canList: true };

/** age, PIX, other banks, on hold, alert */
test.each([
  [-DAY, 10 * SECOND, 15 * SECOND, MINUTE, false],
  [0, 10 * SECOND, 15 * SECOND, MINUTE, false],
  [2 * MINUTE - 1, 10 * SECOND, 15 * SECOND, MINUTE, false],
  [2 * MINUTE, 30 * SECOND, 30 * SECOND, 5 * MINUTE, false],
  [15 * MINUTE, 3 * MINUTE, 3 * MINUTE, 15 * MINUTE, false],
  [2 * HOUR, 15 * MINUTE, 15 * MINUTE, HOUR, false],
  [DAY, 90 * MINUTE, 90 * MINUTE, 6 * HOUR, false],
  [7 * DAY, 12 * HOUR, 12 * HOUR, 12 * HOUR, true],
  [400 * DAY, 12 * HOUR, 12 * HOUR, 12 * HOUR, true],
])('a payout %d ms old is asked about at its pace', (ageMs, pix, other, onHold, alert) => {
  for (const state of ['pending', 'delivered'] as const) {
    expect(pollPlan({ ...YOUNG, state, ageMs, isPix: true })).toEqual({ kind: 'ask', delayMs: pix, alert });
    expect(pollPlan({ ...YOUNG, state, ageMs })).toEqual({ kind: 'ask', delayMs: other, alert });
  }
  expect(pollPlan({ ...YOUNG, state: 'on_hold', ageMs })).toEqual({ kind: 'ask', delayMs: onHold, alert });
});

test('after completion it is asked about for ten days, and looked for in the list for the rest of the month', () => {
  const completed: PayoutAge = { ...YOUNG, state: 'completed' };
  const asked: number[] = [];
  let atMs = 0;
  let plan = pollPlan({ ...completed, sinceCompletedMs: 0 });
  while (plan.kind === 'ask') {
    atMs += plan.delayMs;
    asked.push(atMs);
    plan = pollPlan({ ...completed, sinceCompletedMs: atMs, lastAskedAfterCompletionMs: atMs });
  }
  expect(asked).toEqual([HOUR, DAY, 2 * DAY, 3 * DAY, 5 * DAY, 7 * DAY, 10 * DAY]);
  expect(plan).toEqual({ kind: 'list', delayMs: DAY });
  const later = { ...completed, lastAskedAfterCompletionMs: 10 * DAY };
  expect(pollPlan({ ...later, sinceCompletedMs: 30 * DAY - 1 }).kind).toBe('list');
  expect(pollPlan({ ...later, sinceCompletedMs: 30 * DAY })).toEqual({ kind: 'none' });
  expect(pollPlan({ ...later, sinceCompletedMs: 12 * DAY, canList: false })).toMatchObject({
    kind: 'ask',
    delayMs: DAY,
  });
});

test('a till that was off for a week asks once, at once, and not for every day it missed', () => {
  const overdue = {
    ...YOUNG,
    state: 'completed',
    sinceCompletedMs: 6 * DAY,
    lastAskedAfterCompletionMs: HOUR,
  } as const;
  expect(pollPlan(overdue)).toEqual({ kind: 'ask', delayMs: 0, alert: false });
  expect(pollPlan({ ...overdue, lastAskedAfterCompletionMs: 6 * DAY })).toMatchObject({ delayMs: DAY });
});

test('what has ended or not begun is not polled', () => {
  const polled: readonly PayoutState[] = ['pending', 'on_hold', 'delivered', 'completed'];
  for (const state of PAYOUT_STATES.filter((candidate) => !polled.includes(candidate))) {
    expect(pollPlan({ ...YOUNG, state })).toEqual({ kind: 'none' });
  }
});

test('answers that tell nothing slow the questions down to one a minute', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 99].map(payoutRetryDelayMs)).toEqual([
    2_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
  ]);
});
