/**
 * Answers as they came, field by field. Strict JSON: some of the documents' own samples are none (missing commas, two documents in a
 * row), and such an answer is never repaired, because a repaired status is a guessed one. Unknown fields are left to the evidence.
 *
 * Source  D24, OneKey, TuPay cashouts API: creation, status, cancel; api codes.
 */
import { PAYOUT_STATUSES } from '../../../core/domain/payouts/payout-fact.ts';
import type { PayoutFact, PayoutStatus, Rejection } from '../../../core/domain/payouts/payout-fact.ts';
import { isCashoutId } from '../../../core/domain/payouts/voucher.ts';
import { asObject, fieldOf, plainText, textIn } from '../http/wire-fields.ts';
import type { WireObject } from '../http/wire-fields.ts';

const LONGEST_TEXT = 200;

export type WireError = Readonly<{ code: number; detail: string }>;

/** Undefined: the answer carries no error of this network's. The exchange rate endpoint writes `description` for `message`. */
export function readError(json: unknown): WireError | undefined {
  const answer = asObject(json);
  const code = wholeNumberIn(answer, 'code');
  if (code === undefined) return undefined;
  const reasonCode = textIn(answer, 'reason_code');
  const parts = [
    textIn(answer, 'message') ?? textIn(answer, 'description'),
    textIn(answer, 'reason'),
    reasonCode === undefined ? undefined : `reason ${reasonCode}`,
  ];
  return { code, detail: plainText(parts.filter(Boolean).join('; '), 300) };
}

/** Undefined: no creation (no usable id, or an error dressed as success). */
export function readCreated(json: unknown): string | undefined {
  const answer = asObject(json);
  const id = textIn(answer, 'cashout_id');
  return id === undefined || !isCashoutId(id) || !isExact(fieldOf(answer, 'cashout_id')) || readError(json)
    ? undefined
    : id;
}

/** Undefined: no status (absent, not a number, or an error dressed as success). */
export function readStatus(json: unknown): PayoutFact | undefined {
  const answer = asObject(json);
  const number = wholeNumberIn(answer, 'cashout_status');
  if (number === undefined || readError(json)) return undefined;
  const description = textIn(answer, 'cashout_status_description') ?? '';
  const status = statusOf(number, description);
  const pickup = (textIn(answer, 'bank_reference_id') ?? '').split('#')[0]?.trim() ?? '';
  return {
    status,
    statusText: plainText(`${number} ${description}`, 60),
    ...(status === 'rejected' && { rejection: readRejection(answer) }),
    ...textField('bankReference', textIn(answer, 'provider_external_reference')),
    ...textField('pickupReference', pickup),
    ...textField('bankName', textIn(bankIn(answer), 'name')),
  };
}

/** The number decides; a word that names another status contradicts it, and then neither is believed. Spelling varies by brand. */
function statusOf(number: number, description: string): PayoutFact['status'] {
  const byNumber = PAYOUT_STATUSES[number];
  const byWord = statusNamed(description);
  if (byNumber === undefined) return 'unclear';
  return byWord === undefined || byWord === byNumber ? byNumber : 'unclear';
}

const WORDS: Readonly<Record<string, PayoutStatus>> = {
  pending: 'pending',
  completed: 'completed',
  canceled: 'cancelled',
  cancelled: 'cancelled',
  rejected: 'rejected',
  delivered: 'delivered',
  onhold: 'on_hold',
};

/** `On hold`, `ON_HOLD`, `Canceled`. Undefined: a word that we do not know. */
export function statusNamed(word: string): PayoutStatus | undefined {
  const letters = word.toLowerCase().replaceAll(/[^a-z]/g, '');
  return Object.hasOwn(WORDS, letters) ? WORDS[letters] : undefined;
}

function readRejection(answer: WireObject | undefined): Rejection {
  const code = wholeNumberIn(answer, 'rejection_code');
  const reason = plainText(textIn(answer, 'rejection_reason') ?? '', LONGEST_TEXT);
  return { ...(code !== undefined && { code }), reason };
}

/** An object in one brand's sample, a list in another's field table. */
function bankIn(answer: WireObject | undefined): WireObject | undefined {
  const bank = fieldOf(answer, 'bank');
  return asObject(Array.isArray(bank) ? bank[0] : bank);
}

function textField<Name extends string>(name: Name, text: string | undefined): Partial<Record<Name, string>> {
  const plain = plainText(text ?? '', LONGEST_TEXT);
  return plain === '' ? {} : ({ [name]: plain } as Partial<Record<Name, string>>);
}

/** Also as text: these answers quote numbers here and there. */
export function wholeNumberIn(parent: WireObject | undefined, name: string): number | undefined {
  const text = textIn(parent, name);
  if (text === undefined || !/^-?\d{1,9}$/.test(text)) return undefined;
  return Number(text);
}

/** A JSON number beyond 2^53 has been rounded by reading it: no id any more. */
function isExact(value: unknown): boolean {
  return typeof value !== 'number' || Number.isSafeInteger(value);
}
