/** Reads what a person typed: amounts, states, networks, counts. Every refusal says what was wrong and what to write. */
import { CASH_OUT_STATES } from '../../core/domain/cash-out.ts';
import type { CashOutState, Notes } from '../../core/domain/cash-out.ts';
import { fault } from '../../core/domain/fault.ts';
import type { Fault } from '../../core/domain/fault.ts';
import { isCurrency, parseAmount, parseAmountOrZero } from '../../core/domain/money.ts';
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
  return parsed.ok
    ? ok(parsed.value.minor)
    : err(fault('amount.invalid', `"${text}" is no amount in ${currency}: ${WHY[parsed.error]}`));
}

export function readNetwork(text: string): Result<NetworkId, Fault> {
  const found = NETWORK_IDS.find((id) => id === text);
  return found
    ? ok(found)
    : err(
        fault('network.unknown', `there is no network "${text}"; there are ${NETWORK_IDS.join(', ')}`, {
          network: text,
        }),
      );
}

export function readMode(text: string): Result<QrMode, Fault> {
  const found = QR_MODES.find((mode) => mode === text);
  return found
    ? ok(found)
    : err(fault('request.invalid', `there is no QR mode "${text}"; there are ${QR_MODES.join(', ')}`));
}

export function readState(text: string): Result<CashOutState, Fault> {
  const found = CASH_OUT_STATES.find((state) => state === text);
  return found
    ? ok(found)
    : err(fault('request.invalid', `there is no state "${text}"; there are ${CASH_OUT_STATES.join(', ')}`));
}

export function readSeconds(text: string): Result<number, Fault> {
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(text))
    return err(fault('request.invalid', `"${text}" is no number of seconds, e.g. 30`));
  return ok(Math.round(Number(text) * 1_000));
}

export function readWhole(text: string, what: string): Result<number, Fault> {
  return /^\d{1,15}$/.test(text)
    ? ok(Number(text))
    : err(fault('request.invalid', `"${text}" is no ${what}: a whole number, e.g. 1`));
}

/** A journal or cash-out id as the till prints it. */
export function readId(text: string): Result<string, Fault> {
  return /^[0-9A-Z]{1,40}$/.test(text)
    ? ok(text)
    : err(fault('request.invalid', `"${text}" is no id of this till: capital letters and digits`));
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
  const counted = fields.get('currency') ?? currency;
  if (typeof counted !== 'string' || !isCurrency(counted)) return wrong(`unknown currency ${JSON.stringify(counted)}`);
  if (counted !== currency) return wrong(`the count is in ${counted}, the shift in ${currency}`);
  const notes = fields.get('notes');
  const total = fields.get('total');
  if (notes === undefined && typeof total === 'string') {
    const minor = readAmount(total, currency, { zero: true });
    return minor.ok ? ok({ totalMinor: minor.value }) : minor;
  }
  if (typeof notes !== 'object' || notes === null || Array.isArray(notes))
    return wrong('"notes" is an object of pieces by denomination');
  return readPieces(Object.entries(notes), currency);
}

function wrong(detail: string): Result<never, Fault> {
  return err(fault('count.invalid', detail));
}

function readPieces(entries: readonly (readonly [string, unknown])[], currency: Currency): Result<CountRequest, Fault> {
  const pieces: Record<string, number> = {};
  for (const [denomination, count] of entries) {
    const minor = readAmount(denomination, currency);
    if (!minor.ok) return minor;
    if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0) {
      return err(
        fault('count.invalid', `pieces of ${denomination} must be a whole number from 0, not ${JSON.stringify(count)}`),
      );
    }
    pieces[String(minor.value)] = count;
  }
  const totalMinor = totalOf(pieces);
  return totalMinor === undefined
    ? err(fault('count.invalid', 'the count makes no amount'))
    : ok({ totalMinor, notes: pieces });
}
