import type { Words } from '../words-like.ts';

export const reconciliation: Words['reconciliation'] = {
  title: 'Reconciliation with the networks',
  now: 'Reconcile now',
  never: 'Not done yet.',
  running: (asked, total) => `Asking: ${asked} of ${total}. You can go on working.`,
  agree: (count) => `${count} agree`,
  kinds: {
    'paid-not-given': 'paid, not given',
    'given-not-paid': 'given, not paid',
    'returned-and-given': 'returned and given',
    'not-at-till': 'unknown to the till',
    'not-at-network': 'unknown to the network',
    'amount-differs': 'with another amount',
    'returned-late': 'back from the bank',
    'cannot-tell': 'without an answer',
  },
};
