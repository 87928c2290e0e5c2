/** All planted bugs. */
import { confirmedBeforeGiven } from './confirmed-before-given.ts';
import { dispenseBeforeSync } from './dispense-before-sync.ts';
import { drawerBeforeCommit } from './drawer-before-commit.ts';
import { expiryByOwnClock } from './expiry-by-own-clock.ts';
import { latePaymentIgnored } from './late-payment-ignored.ts';
import type { Mutant } from './mutant.ts';
import { newKeyOnRetry } from './new-key-on-retry.ts';
import { olderAnswerWins } from './older-answer-wins.ts';
import { outboxLostOnCrash } from './outbox-lost-on-crash.ts';
import { refundAfterDispense } from './refund-after-dispense.ts';
import { silentCancel } from './silent-cancel.ts';

export const MUTANTS: readonly Mutant[] = [
  newKeyOnRetry,
  dispenseBeforeSync,
  drawerBeforeCommit,
  olderAnswerWins,
  silentCancel,
  latePaymentIgnored,
  outboxLostOnCrash,
  confirmedBeforeGiven,
  refundAfterDispense,
  expiryByOwnClock,
];
