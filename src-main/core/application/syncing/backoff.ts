/** When to ask again. Pure; chance is a parameter. All times in ms. */
import type { CashOut } from '../../domain/cash-out.ts';
import { unreachable } from '../../domain/result.ts';
import { RESTING_LAST_MS, slowerAfter } from '../../domain/resting.ts';

const RETRY_FIRST_MS = 1_000;
const RETRY_LAST_MS = 20_000;
const JITTER_SHARE = 0.2;

/** ± 20 %, so that tills which lost the same line do not come back in step. */
export function jittered(delayMs: number, chance: number): number {
  return Math.round(delayMs * (1 - JITTER_SHARE + 2 * JITTER_SHARE * chance));
}

/** 1, 2, 4 … 20 s; never sooner than the network asked for. `failures` counts from 1. */
export function retryDelayMs(failures: number, chance: number, retryAfterMs = 0): number {
  const delayMs = Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return Math.max(jittered(delayMs, chance), retryAfterMs);
}

/** About ten minutes by then. */
const QUICK_ATTEMPTS = 34;

/**
 * As `retryDelayMs` for ten minutes; what is in vain for longer is tried ever more seldom, each wait a twentieth longer, at last every quarter of an
 * hour: each attempt is two entries in the journal, for good. Whoever has mended something hurries it (`Schedule.hurry`, a sweep).
 */
export function commandRetryDelayMs(attempts: number, chance: number, retryAfterMs = 0): number {
  const slower = slowerAfter(attempts - QUICK_ATTEMPTS);
  const delayMs = Math.min(jittered(RESTING_LAST_MS, chance), retryDelayMs(attempts, chance) * slower);
  return Math.max(Math.round(delayMs), retryAfterMs);
}

const CONFIRM_RETRY_MS = 5_000;

/** A confirmation has minutes, not hours: every 5 s, and long past its time as seldom as anything else. `overdueMs`: below zero while in time. */
export function confirmRetryDelayMs(attempts: number, chance: number, overdueMs: number, retryAfterMs = 0): number {
  const quickMs = Math.min(retryDelayMs(attempts, chance), CONFIRM_RETRY_MS);
  return Math.max(
    Math.min(RESTING_LAST_MS, quickMs + Math.round(Math.max(0, overdueMs) / RESTING_SHARE)),
    retryAfterMs,
  );
}

/** An ended order is watched this long for a payment that comes late. */
export const LATE_WATCH_MS = 30 * 60_000;
export const LATE_WATCH_EVERY_MS = 60_000;

/**
 * How long after an answer to ask again, or undefined when nothing more is expected: quick while a customer stands there, slower with age.
 * `isPuzzling`: a case is open about the network's word, and nobody waits at the counter for a machine any more.
 */
export function pollDelayMs(cashOut: CashOut, nowMs: number, isPuzzling: boolean): number | undefined {
  switch (cashOut.state) {
    case 'awaiting_payment':
      if (isPuzzling) return restingDelayMs(nowMs - cashOut.order.offeredAtMs);
      return byAge(nowMs - cashOut.order.offeredAtMs, [60_000, 1_500], [180_000, 3_000], [Infinity, 6_000]);
    case 'cancelling':
      return (
        byAge(nowMs - cashOut.askedAtMs, [30_000, 1_500], [180_000, 3_000]) ??
        (isPuzzling ? restingDelayMs(nowMs - cashOut.askedAtMs) : 6_000)
      );
    case 'returning':
      return byAge(nowMs - cashOut.askedAtMs, [60_000, 5_000], [3_600_000, 30_000], [Infinity, 300_000]);
    case 'paid':
      return restingDelayMs(nowMs - cashOut.payment.paidAtMs);
    case 'dispensed':
      return restingDelayMs(nowMs - cashOut.dispensedAtMs);
    case 'cancelled':
      return nowMs - cashOut.cancelledAtMs < LATE_WATCH_MS ? LATE_WATCH_EVERY_MS : undefined;
    case 'expired':
      return nowMs - cashOut.expiredAtMs < LATE_WATCH_MS ? LATE_WATCH_EVERY_MS : undefined;
    case 'requested':
    case 'refused':
    case 'handing_over':
    case 'settled':
    case 'returned':
      return undefined;
    default:
      return unreachable(cashOut);
  }
}

const RESTING_FIRST_MS = 30_000;
const RESTING_SHARE = 20;

/**
 * Nobody waits for the next word about it: every 30 s for ten minutes, then a twentieth of its age, at last every quarter of an hour.
 * Before notes it is asked for freshly anyway.
 */
function restingDelayMs(ageMs: number): number {
  return Math.min(RESTING_LAST_MS, Math.max(RESTING_FIRST_MS, Math.round(ageMs / RESTING_SHARE)));
}

/** A clock that was set back must not stop the polling: a negative age is young. */
function byAge(ageMs: number, ...steps: readonly (readonly [untilMs: number, delayMs: number])[]): number | undefined {
  return steps.find(([untilMs]) => ageMs < untilMs)?.[1];
}
