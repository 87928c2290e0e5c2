import { expect, test } from 'vitest';
import {
  afterLostCreate,
  isNotFoundProven,
  judgeDuplicate,
  meaningOfNotFound,
} from '../../../../src-main/core/domain/payouts/lost-answer.ts';
import type { LostCreate } from '../../../../src-main/core/domain/payouts/lost-answer.ts';

const LOST: LostCreate = {
  attempts: 1,
  sinceAttemptMs: 0,
  questions: 0,
  notFoundAnswers: 0,
  lastNotFoundAfterMs: 0,
  calledDuplicate: false,
  refusesOwnIdAlone: false,
  canList: true,
  wish: 'send',
};
const DENIED = { questions: 5, notFoundAnswers: 5, lastNotFoundAfterMs: 125_000, sinceAttemptMs: 126_000 };

test('a lost create is asked about after 3, 10, 30 and 60 s, after two minutes, and then every minute', () => {
  const waits = [0, 1, 2, 3, 4, 5, 6].map((questions) => afterLostCreate({ ...LOST, questions }));
  expect(waits).toEqual(
    [3_000, 10_000, 30_000, 60_000, 125_000, 185_000, 245_000].map((delayMs) => ({
      step: 'ask-status',
      delayMs,
      alert: false,
    })),
  );
  expect(afterLostCreate({ ...LOST, questions: 2, sinceAttemptMs: 12_000 })).toMatchObject({ delayMs: 18_000 });
  expect(afterLostCreate({ ...LOST, questions: 2, sinceAttemptMs: 99_000 })).toMatchObject({ delayMs: 0 });
  expect(afterLostCreate({ ...LOST, sinceAttemptMs: -5_000_000 })).toMatchObject({ delayMs: 3_000 });
});

test('it is sent again only after four denials, the last of them two minutes late', () => {
  expect(afterLostCreate({ ...LOST, ...DENIED })).toEqual({ step: 'resend' });
  expect(afterLostCreate({ ...LOST, ...DENIED, notFoundAnswers: 3 }).step).toBe('ask-status');
  expect(afterLostCreate({ ...LOST, ...DENIED, lastNotFoundAfterMs: 119_999 }).step).toBe('ask-status');
  expect([
    isNotFoundProven({ answers: 4, afterMs: 120_000 }),
    isNotFoundProven({ answers: 3, afterMs: 120_000 }),
  ]).toEqual([true, false]);
});

test('what nobody wants any more is not sent again', () => {
  expect(afterLostCreate({ ...LOST, ...DENIED, wish: 'withdraw' })).toEqual({ step: 'take-as-not-found' });
  expect(afterLostCreate({ ...LOST, wish: 'withdraw' }).step).toBe('ask-status');
});

test('an id that the network called a duplicate is never sent again and never taken as not found: somebody looks', () => {
  for (const wish of ['send', 'withdraw'] as const) {
    expect(afterLostCreate({ ...LOST, ...DENIED, wish, calledDuplicate: true })).toEqual({
      step: 'ask-status',
      delayMs: 59_000,
      alert: true,
    });
    expect(afterLostCreate({ ...LOST, wish, calledDuplicate: true })).toMatchObject({ alert: false });
  }
});

test('after three attempts that all vanish a person takes over', () => {
  expect(afterLostCreate({ ...LOST, ...DENIED, attempts: 2 })).toEqual({ step: 'resend' });
  expect(afterLostCreate({ ...LOST, ...DENIED, attempts: 3 })).toEqual({ step: 'person', why: 'never-arrives' });
});

test('a network that cannot be asked by our id alone is asked for its list, and nothing is sent again', () => {
  const asked = { ...LOST, ...DENIED, refusesOwnIdAlone: true };
  expect(afterLostCreate({ ...asked, questions: 0, sinceAttemptMs: 0 })).toEqual({
    step: 'ask-list',
    delayMs: 10_000,
    alert: false,
  });
  expect(afterLostCreate({ ...asked, questions: 6, sinceAttemptMs: 1_800_000 })).toEqual({
    step: 'ask-list',
    delayMs: 7_200_000,
    alert: true,
  });
  expect(afterLostCreate({ ...asked, canList: false })).toEqual({ step: 'person', why: 'cannot-be-asked' });
});

test('"no such payout" is nothing in the first two minutes, and never a rejection of what was seen', () => {
  expect(meaningOfNotFound({ wasSeen: false, afterCreateMs: 119_999 })).toBe('too-early');
  expect(meaningOfNotFound({ wasSeen: false, afterCreateMs: 120_000 })).toBe('maybe-lost');
  expect(meaningOfNotFound({ wasSeen: true, afterCreateMs: 0 })).toBe('contradiction');
});

test('a duplicate is ours only if an attempt of ours may have arrived', () => {
  expect(judgeDuplicate({ mayHaveArrivedBefore: true })).toBe('adopt');
  expect(judgeDuplicate({ mayHaveArrivedBefore: false })).toBe('clash');
});
