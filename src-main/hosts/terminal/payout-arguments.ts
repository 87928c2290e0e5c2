/** Reads what a person typed about payouts. Values of a form are never repeated in a refusal: they are personal data. */
import type { Fault } from '../../core/domain/fault.ts';
import { fault } from '../../core/domain/fault.ts';
import type { Currency } from '../../core/domain/money.ts';
import {
  PAYOUT_COUNTRIES,
  PAYOUT_METHODS,
  payoutCurrenciesOf,
  payoutMethodsOf,
} from '../../core/domain/payouts/country-forms.ts';
import type {
  BeneficiaryForm,
  FieldName,
  PayoutCountry,
  PayoutMethod,
} from '../../core/domain/payouts/country-forms.ts';
import { PAYOUT_NETWORK_IDS, PAYOUT_STATES } from '../../core/domain/payouts/payout.ts';
import type { PayoutNetworkId, PayoutState } from '../../core/domain/payouts/payout.ts';
import { isCashoutId } from '../../core/domain/payouts/voucher.ts';
import type { Result } from '../../core/domain/result.ts';
import { err, ok } from '../../core/domain/result.ts';
import { usage } from './answer.ts';
import { shown } from './arguments.ts';

export function readPayoutNetwork(text: string): Result<PayoutNetworkId, Fault> {
  const found = PAYOUT_NETWORK_IDS.find((id) => id === text);
  if (found) return ok(found);
  const detail = `"${shown(text)}" pays nothing out; payout networks are ${PAYOUT_NETWORK_IDS.join(', ')}`;
  return err(fault('network.unknown', detail, { network: shown(text) }));
}

export function readPayoutState(text: string): Result<PayoutState, Fault> {
  return oneOf(PAYOUT_STATES, text, 'state');
}

export function readPayoutCountry(text: string): Result<PayoutCountry, Fault> {
  return oneOf(PAYOUT_COUNTRIES, text, 'country');
}

/** The network's own number of a payout, as its panel shows it. */
export function readCashoutId(text: string): Result<string, Fault> {
  const digits = text.replace(/^#/, '');
  return isCashoutId(digits) ? ok(digits) : err(usage('the network’s number is digits alone, e.g. 8405147'));
}

/** The way of paying out. A country with one way only needs no `--method`; a country beside a method is a safeguard. */
export function readWay(country: string | undefined, method: string | undefined): Result<PayoutMethod, Fault> {
  const place = country === undefined ? ok(undefined) : readPayoutCountry(country);
  if (!place.ok) return place;
  if (method !== undefined) {
    const way = PAYOUT_METHODS.find(({ id }) => id === method);
    if (!way) return err(usage(`there is no way "${shown(method)}"; there are ${idsOf(PAYOUT_METHODS)}`));
    if (place.value !== undefined && way.country !== place.value)
      return err(usage(`${way.id} pays out in ${way.country}, not in ${place.value}`));
    return ok(way);
  }
  if (place.value === undefined)
    return err(
      usage('which way? --method WAY, or --country CODE where it has only one; ventanilla payout form lists them'),
    );
  const ways = payoutMethodsOf(place.value);
  const [only] = ways;
  return only && ways.length === 1
    ? ok(only)
    : err(usage(`${place.value} has several ways: say which with --method ${idsOf(ways)}`));
}

function idsOf(ways: readonly PayoutMethod[]): string {
  return ways.map(({ id }) => id).join(', ');
}

/** Without a word of it: the country's own. */
export function readPayoutCurrency(country: PayoutCountry, text: string | undefined): Result<Currency, Fault> {
  const currencies = payoutCurrenciesOf(country);
  const found = text === undefined ? currencies[0] : currencies.find((currency) => currency === text);
  return found
    ? ok(found)
    : err(usage(`payouts in ${country} are in ${currencies.join(' or ')}, not "${shown(text ?? '')}"`));
}

/** `name=value`, once for each field. */
export function readFieldPairs(pairs: readonly string[]): Result<ReadonlyMap<string, string>, Fault> {
  const typed = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) return err(usage('--field is written name=value, e.g. --field firstName=Ana'));
    const name = pair.slice(0, at).trim();
    if (typed.has(name)) return err(usage(`the field ${named(name)} is given twice`));
    typed.set(name, pair.slice(at + 1));
  }
  return ok(typed);
}

/** A form file: one object of texts by field name. A number would lose its leading zeros. */
export function readFormFile(raw: unknown): Result<ReadonlyMap<string, string>, Fault> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return err(usage('a form file holds one object, e.g. { "firstName": "Ana", "lastName": "Rojas" }'));
  const typed = new Map<string, string>();
  for (const [name, value] of Object.entries(raw)) {
    if (typeof value !== 'string') return err(usage(`${named(name)} must be a text in double quotes`));
    typed.set(name, value);
  }
  return ok(typed);
}

/** The fields of one way, from a file and from the command line together. What the way does not have is refused, not dropped. */
export function readForm(
  way: PayoutMethod,
  ...sources: readonly ReadonlyMap<string, string>[]
): Result<BeneficiaryForm, Fault> {
  const form = new Map<FieldName, string>();
  for (const [name, value] of sources.flatMap((source) => [...source])) {
    const rule = way.fields.find((field) => field.name === name);
    if (!rule) return err(usage(noSuchField(way, name)));
    if (form.has(rule.name)) return err(usage(`the field ${rule.name} is given twice`));
    form.set(rule.name, value);
  }
  return ok(Object.fromEntries(form));
}

function noSuchField(way: PayoutMethod, name: string): string {
  if (Object.hasOwn(way.fixed, name)) return `${name} is not asked for: ${way.id} decides it`;
  return `${way.id} has no field ${named(name)}; it has ${way.fields.map((field) => field.name).join(', ')}`;
}

/** What stands before the equals sign may be a slip of the finger, and somebody's name. */
function named(name: string): string {
  return /^[A-Za-z]{1,20}$/.test(name) ? `"${name}"` : 'of this name';
}

function oneOf<Value extends string>(known: readonly Value[], text: string, what: string): Result<Value, Fault> {
  const found = known.find((each) => each === text);
  return found ? ok(found) : err(usage(`there is no ${what} "${shown(text)}"; there are ${known.join(', ')}`));
}
