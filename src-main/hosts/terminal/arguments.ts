/** Reads what a person typed: amounts, states, networks, counts. Every refusal says what was wrong and what to write. */
import { CASH_OUT_STATES } from '../../core/domain/cash-out.ts';
import type { CashOutState, Notes } from '../../core/domain/cash-out.ts';
import { fault } from '../../core/domain/fault.ts';
import type { Fault } from '../../core/domain/fault.ts';
import { isCurrency, money, parseAmount, parseAmountOrZero, toDecimalText } from '../../core/domain/money.ts';
import type { AmountProblem, Currency } from '../../core/domain/money.ts';
import { NETWORK_IDS, QR_MODES } from '../../core/domain/network.ts';
import type { NetworkId, QrMode } from '../../core/domain/network.ts';
import type { Result } from '../../core/domain/result.ts';
import { err, ok } from '../../core/domain/result.ts';
import { totalOf } from '../../core/domain/shift.ts';

const WHY: Readonly<Record<AmountProblem, string>> = {
  empty: 'there is nothing',
  'not-a-number': 'write digits and at most one dot, e.g. 500 or 500.00; no grouping, no exponent',
  'too-many-decimals': 'it has more decimals than the currency',
  'not-positive': 'it must be more than zero',
  'too-large': 'it is too large to be exact',
};

export function readAmount(
  text: string,
  currency: Currency,
  options: { zero: boolean } = { zero: false },
): Result<number, Fault> {
  const parsed = options.zero ? parseAmountOrZero(text, currency) : parseAmount(text, currency);
  if (parsed.ok) return ok(parsed.value.minor);
  // More digits than the reader looks at are still only too many digits.
  const problem = /^\s*\d{16,}(\.\d+)?\s*$/.test(text) ? 'too-large' : parsed.error;
  return err(fault('amount.invalid', `"${shown(text)}" is no amount in ${currency}: ${WHY[problem]}`));
}

/** What a person typed, short enough for one line and without control characters. */
export function shown(text: string): string {
  const clean = text.replaceAll(/\p{C}/gu, '?');
  return clean.length > 60 ? `${clean.slice(0, 60)}…` : clean;
}

export function readNetwork(text: string): Result<NetworkId, Fault> {
  const found = NETWORK_IDS.find((id) => id === text);
  return found
    ? ok(found)
    : err(
        fault('network.unknown', `there is no network "${shown(text)}"; there are ${NETWORK_IDS.join(', ')}`, {
          network: text,
        }),
      );
}

export function readMode(text: string): Result<QrMode, Fault> {
  const found = QR_MODES.find((mode) => mode === text);
  return found
    ? ok(found)
    : err(fault('request.invalid', `there is no QR mode "${shown(text)}"; there are ${QR_MODES.join(', ')}`));
}

export function readState(text: string): Result<CashOutState, Fault> {
  const found = CASH_OUT_STATES.find((state) => state === text);
  return found
    ? ok(found)
    : err(fault('request.invalid', `there is no state "${shown(text)}"; there are ${CASH_OUT_STATES.join(', ')}`));
}

export function readSeconds(text: string): Result<number, Fault> {
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(text))
    return err(fault('request.invalid', `"${shown(text)}" is no number of seconds, e.g. 30`));
  return ok(Math.round(Number(text) * 1_000));
}

export function readWhole(text: string, what: string): Result<number, Fault> {
  return /^\d{1,15}$/.test(text)
    ? ok(Number(text))
    : err(fault('request.invalid', `"${shown(text)}" is no ${what}: a whole number, e.g. 1`));
}

/** From 1: journal numbers, and how many to show. */
export function readCounting(text: string, what: string, largest = Number.MAX_SAFE_INTEGER): Result<number, Fault> {
  const read = readWhole(text, what);
  if (read.ok && (read.value < 1 || read.value > largest))
    return err(fault('request.invalid', `"${text}" is no ${what}: from 1 to ${largest}`));
  return read;
}

const REASON_LENGTH_MAX = 200;

/** Words for the journal: one line, not empty. */
export function readReason(text: string): Result<string, Fault> {
  const words = text.trim();
  if (words === '') return err(fault('request.invalid', 'the reason is empty: say why in a few words'));
  if (words.length > REASON_LENGTH_MAX)
    return err(fault('request.invalid', `the reason has ${words.length} characters, the most is ${REASON_LENGTH_MAX}`));
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(words)) return err(fault('request.invalid', 'the reason must be one line'));
  return ok(words);
}

export function optional<Value>(
  text: string | undefined,
  read: (text: string) => Result<Value, Fault>,
): Result<Value | undefined, Fault> {
  return text === undefined ? ok(undefined) : read(text);
}

/** A journal or cash-out id as the till prints it. */
export function readId(text: string): Result<string, Fault> {
  return /^[0-9A-Z]{1,40}$/.test(text)
    ? ok(text)
    : err(fault('request.invalid', `"${shown(text)}" is no id of this till: capital letters and digits`));
}

/** A name of the caller's own for a request, so that asking again is the same request. */
export function readRequestId(text: string): Result<string, Fault> {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(text)) return ok(text);
  return err(fault('request.invalid', 'a request id has 1 to 64 letters, digits, - or _'));
}

export type CountRequest = Readonly<{ totalMinor: number; notes?: Notes }>;

/**
 * A count file: `{ "currency": "MXN", "notes": { "500": 3, "100": 2, "0.50": 4 } }`: denominations as amounts, pieces as whole numbers.
 * `notes` may be left out for `"total": "1700.00"`.
 */
export function readCount(raw: unknown, currency: Currency): Result<CountRequest, Fault> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return wrong('a count file holds an object with "notes" or "total"');
  const fields = new Map<string, unknown>(Object.entries(raw));
  for (const key of fields.keys())
    if (!['currency', 'notes', 'total'].includes(key)) return wrong(`a count file has no "${key}"`);
  const itsCurrency = fields.get('currency') ?? currency;
  if (typeof itsCurrency !== 'string' || !isCurrency(itsCurrency))
    return wrong(`unknown currency ${shown(JSON.stringify(itsCurrency))}`);
  if (itsCurrency !== currency) return wrong(`the count is in ${itsCurrency}, the shift in ${currency}`);
  const notes = fields.get('notes');
  const total = fields.get('total');
  const counted = total === undefined ? undefined : readTotal(total, currency);
  if (counted && !counted.ok) return counted;
  if (notes === undefined)
    return counted ? ok({ totalMinor: counted.value }) : wrong('there is no "notes" and no "total"');
  if (typeof notes !== 'object' || notes === null || Array.isArray(notes))
    return wrong('"notes" is an object of pieces by denomination, e.g. { "500": 3 }');
  const pieces = readPieces(Object.entries(notes), currency);
  if (pieces.ok && counted && counted.value !== pieces.value.totalMinor)
    return wrong(
      `"total" says ${show(counted.value, currency)}, the notes make ${show(pieces.value.totalMinor, currency)}`,
    );
  return pieces;
}

function readTotal(total: unknown, currency: Currency): Result<number, Fault> {
  if (typeof total !== 'string') return wrong('"total" is a text, e.g. "1700.00"');
  const minor = readAmount(total, currency, { zero: true });
  return minor.ok ? minor : wrong(`"total": ${minor.error.detail}`);
}

function show(minor: number, currency: Currency): string {
  return toDecimalText(money(currency, minor));
}

function wrong(detail: string): Result<never, Fault> {
  return err(fault('count.invalid', detail));
}

/** No drawer holds more pieces of one denomination than this; a number above it is a slip of the finger. */
const PIECES_MAX = 100_000;

function readPieces(entries: readonly (readonly [string, unknown])[], currency: Currency): Result<CountRequest, Fault> {
  const pieces: Record<string, number> = {};
  for (const [denomination, count] of entries) {
    const minor = readAmount(denomination, currency);
    if (!minor.ok) return wrong(minor.error.detail);
    if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0 || count > PIECES_MAX) {
      return wrong(
        `pieces of ${denomination} must be a whole number from 0 to ${PIECES_MAX}, not ${shown(JSON.stringify(count))}`,
      );
    }
    const key = String(minor.value);
    // "500" and "500.00" are the same note: one of the two would be lost.
    if (Object.hasOwn(pieces, key)) return wrong(`${show(minor.value, currency)} is counted twice`);
    pieces[key] = count;
  }
  const totalMinor = totalOf(pieces);
  return totalMinor === undefined ? wrong('the count makes no amount') : ok({ totalMinor, notes: pieces });
}
