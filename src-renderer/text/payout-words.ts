/** Words for what networks and banks say about payouts by code or in English: nothing of theirs is shown as it came, but codes. */
import type { PayoutState } from '../../src-main/core/domain/payouts/payout.ts';
import { PAYOUT_STATES } from '../../src-main/core/domain/payouts/payout.ts';
import type { RejectionHint } from '../../src-main/core/domain/payouts/payout-fact.ts';
import type { PayoutFace } from '../screens/payouts/payout-tone.ts';
import type { Words } from './words-like.ts';

/**
 * Creation was refused: which of a few things to do.
 *
 * Source  D24 cashouts API, internal error codes; OneKey adds 565. `cancelled-before-it-left` and `network-unreachable` are the till's own.
 */
export type DeclineFamily = keyof Words['payouts']['declines'];

const BY_CODE: Readonly<Record<string, DeclineFamily>> = {
  '300': 'data',
  '302': 'configuration',
  '303': 'bank',
  '401': 'configuration',
  '402': 'configuration',
  '502': 'configuration',
  '503': 'limit',
  '504': 'person',
  '508': 'limit',
  '514': 'funds',
  '515': 'person',
  '518': 'unavailable',
  '519': 'configuration',
  '524': 'configuration',
  '525': 'person',
  '526': 'amount',
  '533': 'amount',
  '538': 'person',
  '539': 'unavailable',
  '540': 'contact',
  '541': 'contact',
  '542': 'contact',
  '543': 'contact',
  '565': 'bank',
  'cancelled-before-it-left': 'withdrawn',
  'network-unreachable': 'unreachable',
};

export function declineFamily(code: string): DeclineFamily {
  // HTTP status and code, `412/514`: the second one means something.
  return BY_CODE[code.slice(code.lastIndexOf('/') + 1)] ?? 'other';
}

export function payoutStateWord(words: Words, state: PayoutState): string {
  const known: Readonly<Record<PayoutState, string>> = words.payouts.states;
  return known[state];
}

export function faceWord(words: Words, face: PayoutFace): string {
  const text = words.payouts;
  switch (face) {
    case 'in-doubt':
      return text.inDoubt;
    case 'to-review':
      return text.toReview;
    case 'giving-notes':
      return text.givingNotes;
    case 'cancelling':
      return text.cancelling;
    case 'returned':
      return text.returned;
    case 'ready':
      return text.ready;
    default:
      return payoutStateWord(words, face);
  }
}

export function hintWords(words: Words, hint: RejectionHint): string {
  const known: Readonly<Record<RejectionHint, string>> = words.payouts.hints;
  return known[hint];
}

/** The record says in English what did not fit; a supervisor reads the same in their own language, and nothing where it is new. */
export function reviewWords(words: Words, why: string): string | undefined {
  const text = words.payouts;
  if (why === 'the network denies a payout it had') return text.reviewVanished;
  if (/^the network calls it \S+ and \S+$/.test(why)) return text.reviewTwoNumbers;
  const backwards = /^the network says (\w+) of what was (\w+)$/.exec(why);
  const [said, was] = [backwards?.[1], backwards?.[2]].map((name) => PAYOUT_STATES.find((state) => state === name));
  if (said && was) return text.reviewBackwards(payoutStateWord(words, said), payoutStateWord(words, was));
  return why.startsWith('the network says ') ? text.reviewUnclear : undefined;
}
