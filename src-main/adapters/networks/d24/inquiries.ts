/**
 * Banks and exchange rates: asked with the read-only key, not signed, for screens only.
 *
 * Source  D24 cashouts API: banks · OneKey: authorized banks (Brazil) · D24 deposits API: exchange rates (amount in US dollars).
 *         The pages name the facts of a bank, not all field names; each is looked for under the names in use.
 */
import type { Bank, ExchangeRate, Inquiry } from '../../../core/application/ports/payout-network.ts';
import type { HttpOutcome } from '../http/http-client.ts';
import { isSuccess, unansweredQuestion, waitOf } from '../http/outcome.ts';
import { asObject, fieldOf, objectsIn, plainText, textIn } from '../http/wire-fields.ts';
import type { WireObject } from '../http/wire-fields.ts';
import { codeText } from './outcomes.ts';
import { readError } from './wire-answer.ts';

/** `read` answers undefined for what is no such answer. */
export function inquiryOf<Value>(outcome: HttpOutcome, read: (json: unknown) => Value | undefined): Inquiry<Value> {
  if (outcome.kind !== 'answered') {
    const vain = unansweredQuestion(outcome);
    return vain.kind === 'unreadable' ? { kind: 'unreadable', detail: vain.detail } : vain;
  }
  const { status, json } = outcome;
  if (status === 429 || status >= 500) return { kind: 'unreachable', cause: codeText(outcome), ...waitOf(outcome) };
  // A redirect is not followed and says nothing.
  if (status < 400 && !isSuccess(outcome)) return { kind: 'unreadable', detail: codeText(outcome) };
  if (!isSuccess(outcome)) return { kind: 'refused', code: codeText(outcome), detail: readError(json)?.detail ?? '' };
  const value = read(json);
  return value === undefined
    ? { kind: 'unreadable', detail: json === undefined ? 'not-json' : 'no-such-answer' }
    : { kind: 'answered', value };
}

export function readBanks(json: unknown): readonly Bank[] | undefined {
  const rows = rowsOf(json, 'banks', 'data');
  return rows?.flatMap((row) => {
    const bank = readBank(row);
    return bank ? [bank] : [];
  });
}

function readBank(row: WireObject): Bank | undefined {
  const code = textIn(row, 'code') ?? textIn(row, 'bank_code') ?? textIn(row, 'internal_code');
  const name = textIn(row, 'name') ?? textIn(row, 'bank_name');
  if (code === undefined || name === undefined || !/^\d{1,8}$/.test(code)) return undefined;
  const ispb = textIn(row, 'ispb') ?? textIn(row, 'ispb_code');
  const licensed = fieldOf(row, 'licensed') ?? fieldOf(row, 'is_licensed');
  return {
    code,
    name: plainText(name, 80),
    ...(ispb !== undefined && /^\d{8}$/.test(ispb) && { ispb }),
    ...(typeof licensed === 'boolean' && { licensed }),
  };
}

/** The list itself, or under one of these names. */
function rowsOf(json: unknown, ...names: readonly string[]): readonly WireObject[] | undefined {
  if (Array.isArray(json)) return json.map((entry) => asObject(entry) ?? {});
  return names.map((name) => objectsIn(asObject(json), name)).find((rows) => rows !== undefined);
}

export function readExchangeRate(json: unknown): ExchangeRate | undefined {
  const answer = asObject(json);
  const rate = decimalIn(answer, 'fx_rate');
  const converted = decimalIn(answer, 'converted_amount');
  const currency = textIn(answer, 'currency');
  return rate === undefined || converted === undefined || currency === undefined || !/^[A-Z]{3}$/.test(currency)
    ? undefined
    : { currency, rate, converted };
}

function decimalIn(answer: WireObject | undefined, name: string): string | undefined {
  const text = textIn(answer, name);
  return text !== undefined && /^\d{1,12}(\.\d{1,12})?$/.test(text) ? text : undefined;
}
