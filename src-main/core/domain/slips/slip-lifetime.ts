/** How long a slip that waits for its turn is worth printing. After that it is asked for anew, or not at all. */
import type { SlipKind } from '../journal-event.ts';

const MINUTE_MS = 60_000;

/** A QR slip lives for as long as its order waits, whatever stands here; an X report is out of date sooner than anybody misses it. */
export const SLIP_LIFETIME_MS: Readonly<Record<SlipKind, number>> = {
  qr: 15 * MINUTE_MS,
  receipt: 15 * MINUTE_MS,
  payout: 15 * MINUTE_MS,
  drop: 15 * MINUTE_MS,
  'x-report': 5 * MINUTE_MS,
  'z-report': 60 * MINUTE_MS,
  test: MINUTE_MS,
};
