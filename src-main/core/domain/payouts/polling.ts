/**
 * How long to wait before a payout is asked about again. Pure; the caller spreads the waits by ± 20 % and keeps one question per payout
 * under way. The networks document no limit on questions.
 */
import { RESTING_LAST_MS, slowerAfter } from '../resting.ts';
import { unreachable } from '../result.ts';
import type { PayoutState } from './payout.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** After a cashier's "refresh" or a notification: at once, but no oftener than this. */
export const SHORTEST_REFRESH_MS = 5 * SECOND_MS;
/** Between two questions of one account, also after the machine has slept: a spread, no burst. */
export const ACCOUNT_GAP_MS = SECOND_MS;

type Row = Readonly<{ untilAgeMs: number; pixMs: number; otherMs: number; onHoldMs: number; alert: boolean }>;

/** By age since the request; the first row that is not over applies. */
const ROWS: readonly Row[] = [
  row(2 * MINUTE_MS, 10 * SECOND_MS, 15 * SECOND_MS, MINUTE_MS),
  row(15 * MINUTE_MS, 30 * SECOND_MS, 30 * SECOND_MS, 5 * MINUTE_MS),
  row(2 * HOUR_MS, 3 * MINUTE_MS, 3 * MINUTE_MS, 15 * MINUTE_MS),
  row(DAY_MS, 15 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS),
  row(7 * DAY_MS, 90 * MINUTE_MS, 90 * MINUTE_MS, 6 * HOUR_MS),
];
/** No bank takes this long: somebody should ask. */
const OLD: Row = { ...row(Infinity, 12 * HOUR_MS, 12 * HOUR_MS, 12 * HOUR_MS), alert: true };

/** Banks send money back days after success; asked about then, and looked for in the network's list for the rest of the month. */
const AFTER_COMPLETION_MS = [HOUR_MS, DAY_MS, 2 * DAY_MS, 3 * DAY_MS, 5 * DAY_MS, 7 * DAY_MS, 10 * DAY_MS] as const;
const LIST_UNTIL_MS = 30 * DAY_MS;

export type PayoutAge = Readonly<{
  state: PayoutState;
  isPix: boolean;
  /** Since the request. */
  ageMs: number;
  /** Since completion, and how long after completion it was asked about last (0: not yet). Completed payouts only. */
  sinceCompletedMs?: number;
  lastAskedAfterCompletionMs?: number;
  /** The network has a list of payouts. */
  canList: boolean;
}>;

/** ask: the payout's status · list: the account's list, which covers every completed payout at once · none: nothing more is expected. */
export type PollPlan =
  | Readonly<{ kind: 'ask'; delayMs: number; alert: boolean }>
  | Readonly<{ kind: 'list'; delayMs: number }>
  | Readonly<{ kind: 'none' }>;

export function pollPlan(payout: PayoutAge): PollPlan {
  switch (payout.state) {
    case 'pending':
    case 'delivered':
    case 'on_hold':
      return waiting(payout);
    case 'completed':
      return watching(payout);
    case 'requested': // What is due for it is `afterLostCreate`'s business.
    case 'declined':
    case 'not_found':
    case 'cancelled':
    case 'rejected':
      return { kind: 'none' };
    default:
      return unreachable(payout.state);
  }
}

function waiting({ state, isPix, ageMs }: PayoutAge): PollPlan {
  const { pixMs, otherMs, onHoldMs, alert } = ROWS.find(({ untilAgeMs }) => ageMs < untilAgeMs) ?? OLD;
  const delayMs = state === 'on_hold' ? onHoldMs : isPix ? pixMs : otherMs;
  return { kind: 'ask', delayMs, alert };
}

function watching({ sinceCompletedMs = 0, lastAskedAfterCompletionMs = 0, canList }: PayoutAge): PollPlan {
  const dueMs = AFTER_COMPLETION_MS.find((atMs) => atMs > lastAskedAfterCompletionMs);
  if (dueMs !== undefined) return { kind: 'ask', delayMs: Math.max(0, dueMs - sinceCompletedMs), alert: false };
  if (sinceCompletedMs >= LIST_UNTIL_MS) return { kind: 'none' };
  return canList ? { kind: 'list', delayMs: DAY_MS } : { kind: 'ask', delayMs: DAY_MS, alert: false };
}

const ERROR_FIRST_MS = 2 * SECOND_MS;
const ERROR_LAST_MS = MINUTE_MS;

/** 2, 4, 8 … 60 s after an answer that told nothing (no line, 5xx, unreadable). `failures` counts from 1. */
export function payoutRetryDelayMs(failures: number): number {
  return Math.min(ERROR_LAST_MS, ERROR_FIRST_MS * 2 ** Math.min(Math.max(failures, 1) - 1, 10));
}

/** About ten minutes by then. */
const QUICK_ATTEMPTS = 14;

/**
 * As `payoutRetryDelayMs` for ten minutes; then each wait a twentieth longer, at last a quarter of an hour: each attempt is two entries in
 * the journal, for good. Whoever has mended something hurries it (`PayoutSchedule.hurry`, a sweep).
 */
export function payoutCommandRetryDelayMs(attempts: number): number {
  const slower = slowerAfter(attempts - QUICK_ATTEMPTS);
  return Math.min(RESTING_LAST_MS, Math.round(payoutRetryDelayMs(attempts) * slower));
}

function row(untilAgeMs: number, pixMs: number, otherMs: number, onHoldMs: number): Row {
  return { untilAgeMs, pixMs, otherMs, onHoldMs, alert: false };
}
