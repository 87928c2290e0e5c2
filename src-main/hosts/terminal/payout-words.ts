/** Payouts in words for a person at a shell: what a state means, what helps after a refusal. */
import type { PayoutAction, PayoutView } from '../../core/contract/payout-contract.ts';
import { payoutMethod } from '../../core/domain/payouts/country-forms.ts';
import type { RejectionHint } from '../../core/domain/payouts/payout-fact.ts';
import type { NotesInstead } from '../../core/domain/payouts/notes-instead.ts';
import type { PayoutState } from '../../core/domain/payouts/payout.ts';

const MEANING: Readonly<Record<PayoutState, string>> = {
  requested: 'saved; the network has not answered yet: no notes, and no other payout in its place',
  declined: 'the network did not take it; no money has moved',
  not_found: 'the network proves that it does not have it; no money has moved',
  pending: 'the network has it; not with the bank yet, it can still be cancelled',
  on_hold: 'parked at the network until a supervisor releases it',
  delivered: 'with the bank; nobody can stop it any more',
  completed: 'the money has arrived',
  cancelled: 'cancelled, and the network has confirmed it; no money has moved',
  rejected: 'the bank refused it; no money has arrived',
};

/** At a counter where cash is collected the same states mean something else to the customer. */
const PICKUP_MEANING: Partial<Record<PayoutState, string>> = {
  delivered: 'ready to be collected with the reference below',
  completed: 'collected',
};

type Standing = Pick<PayoutView, 'state' | 'method' | 'cancelAsked' | 'reversed'>;

export function payoutMeaning({ state, method, cancelAsked, reversed }: Standing): string {
  if (state === 'rejected' && reversed) return 'the bank gave it back after it had arrived: the shop owes the customer';
  if (cancelAsked && state === 'requested') return 'saved, to be cancelled as soon as the network answers';
  const isPickup = payoutMethod(method).kind === 'pickup';
  const meaning = (isPickup ? PICKUP_MEANING[state] : undefined) ?? MEANING[state];
  return cancelAsked && (state === 'pending' || state === 'on_hold') ? `${meaning}; a cancel is under way` : meaning;
}

export const HINT_WORDS: Readonly<Record<RejectionHint, string>> = {
  'correct-account': 'correct the account number, then a new payout in its place',
  'other-account': 'ask the customer for another account',
  'check-amount': 'check the amount',
  'pick-bank': 'pick the bank again',
  'correct-branch': 'correct the branch number',
  'check-document': 'check the document number',
  'check-name': 'write the name as the bank has it',
  'other-way': 'another account, or notes in its place',
  support: 'ask the network’s support what happened',
  reissue: 'it ran out of time: a new payout in its place',
  'smaller-or-later': 'a smaller amount, or later',
  supervisor: 'do not try again: a supervisor decides',
  'check-owner': 'the account is not the customer’s own: ask for theirs',
  'correct-pix-key': 'correct the PIX key',
  'change-account-type': 'try the other kind of account (C or S)',
  'asked-by-shop': 'the shop itself had it stopped',
  'next-month': 'the customer has used up this month’s limit',
  'add-email': 'add the customer’s e-mail',
  returned: 'a supervisor settles it with the customer',
};

/** Codes of a refused creation, as the networks' tables name them. Others are shown as they are. */
const DECLINED: Readonly<Record<string, string>> = {
  '300': 'a field is wrong or missing',
  '303': 'there is no bank with this number',
  '503': 'the law’s limit for this beneficiary is reached',
  '504': 'the customer’s papers did not pass the network’s check; do not try again',
  '508': 'a limit is reached; ask a supervisor',
  '502': 'a mistake of the till: call a technician',
  '514': 'the shop’s balance at the network is too low: call the manager',
  '515': 'the network has blocked this customer; do not try again',
  '518': 'the shop’s account may not pay out in this country: call a technician',
  '519': 'the shop’s account is not enabled: call a technician',
  '525': 'it must go back to the account that the money came from',
  '526': 'not in this currency',
  '533': 'below the least amount',
  '538': 'the network has blocked this account; do not try again',
  '539': 'this bank or way does not work now: another one, or later',
  '540': 'the network wants an e-mail or a phone number',
  '541': 'the e-mail belongs to somebody else',
  '542': 'the phone number belongs to somebody else',
  '543': 'the phone number is wrong',
  '565': 'this bank has no licence: another one',
};

/** `412/514`: HTTP status and the network's own code, which is the one that means something. */
export function declinedWords(code: string): string {
  const words = DECLINED[code.slice(code.lastIndexOf('/') + 1)];
  return words === undefined ? code : `${code}: ${words}`;
}

export const NOTES_WORDS: Readonly<Record<NotesInstead, string>> = {
  once: 'may be given in its place, once',
  supervisor: 'may be given in its place if a supervisor says so',
  'cancel-first': 'not before it is cancelled, and the network has confirmed that',
  no: 'none in its place',
};

export const PAYOUT_STEPS: Readonly<Record<PayoutAction, (id: string) => string>> = {
  refresh: (id) => `payout refresh ${id}`,
  cancel: (id) => `payout cancel ${id} --reason WORDS`,
  hold: (id) => `payout hold ${id} --reason WORDS`,
  release: (id) => `payout release ${id} --supervisor CODE`,
  reviewed: (id) => `payout reviewed ${id} --supervisor CODE --reason WORDS`,
  notes: (id) => `payout notes ${id}`,
  'notes-given': (id) => `payout notes ${id} --given`,
  'notes-not-given': (id) => `payout notes ${id} --not-given WORDS`,
  reissue: (id) => `payout start … --reissue-of ${id}`,
  print: (id) => `payout print ${id}`,
};
