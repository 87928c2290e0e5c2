/** A payout that is being filled in: what was chosen and typed, what is said about it, and the request it becomes. Pure. */
import type { CallRequest } from '../../../src-main/core/contract/contract.ts';
import type { PayoutNetworkView, PayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import type { Currency } from '../../../src-main/core/domain/money.ts';
import { checkForm, payoutMethod, tidyForm } from '../../../src-main/core/domain/payouts/country-forms.ts';
import type {
  AccountRule,
  BeneficiaryForm,
  FieldName,
  FieldRule,
  PayoutCountry,
  PayoutMethod,
  PayoutMethodId,
} from '../../../src-main/core/domain/payouts/country-forms.ts';
import type { FieldProblem, Verdict } from '../../../src-main/core/domain/payouts/field-checks.ts';
import type { PayoutNetworkId } from '../../../src-main/core/domain/payouts/payout.ts';
import { textOfMinor } from '../../components/amount-entry.ts';

export type DraftStep = 'way' | 'who' | 'review';

export type Draft = Readonly<{
  step: DraftStep;
  /** A draft ends with its shift: somebody else's customer is at the counter then. */
  shiftId: string;
  beganAtMs: number;
  network?: PayoutNetworkId;
  country?: PayoutCountry;
  method?: PayoutMethodId;
  currency?: Currency;
  amountText: string;
  typed: BeneficiaryForm;
  /** For people; the form holds the code. */
  bankName?: string;
  hold: boolean;
  /** The failed payout that it takes the place of. */
  reissueOf?: Readonly<{ id: string; amountMinor: number; currency: Currency }>;
}>;

/** What the choices come to, each that was not made being the first that fits. */
export type Way = Readonly<{
  network: PayoutNetworkView;
  country: PayoutCountry;
  countries: readonly PayoutCountry[];
  method: PayoutMethod;
  methods: readonly PayoutMethodId[];
  currency: Currency;
  currencies: readonly Currency[];
}>;

export function emptyDraft(shiftId: string, beganAtMs: number): Draft {
  return { step: 'way', shiftId, beganAtMs, amountText: '', typed: {}, hold: false };
}

/** Same way, same amount; the customer's details are masked everywhere and must be asked for again. */
export function draftInPlaceOf(payout: PayoutView, shiftId: string, beganAtMs: number): Draft {
  const { id, network, country, method, currency, amountMinor } = payout;
  return {
    ...emptyDraft(shiftId, beganAtMs),
    network,
    country,
    method,
    currency,
    amountText: textOfMinor(amountMinor, currency),
    reissueOf: { id, amountMinor, currency },
  };
}

/** Undefined where no network offers anything. `home`: the till's own currency, whose country is the likeliest. */
export function wayOf(draft: Draft, networks: readonly PayoutNetworkView[], home: Currency): Way | undefined {
  const network =
    networks.find(({ id }) => id === draft.network) ??
    networks.find(({ countries }) => countries.some(({ currencies }) => currencies.includes(home))) ??
    networks[0];
  const offer =
    network?.countries.find(({ country }) => country === draft.country) ??
    network?.countries.find(({ currencies }) => currencies.includes(home)) ??
    network?.countries[0];
  const method = offer?.methods.find((id) => id === draft.method) ?? offer?.methods[0];
  // Without limits in the settings the till takes no amount of a currency.
  const currencies = (offer?.currencies ?? []).filter((code) =>
    network?.limits.some((limit) => limit.currency === code),
  );
  const currency = currencies.find((code) => code === draft.currency) ?? currencies[0];
  if (!network || !offer || method === undefined || currency === undefined) return undefined;
  return {
    network,
    country: offer.country,
    countries: network.countries.map(({ country }) => country),
    method: payoutMethod(method),
    methods: offer.methods,
    currency,
    currencies,
  };
}

export type PayoutLimits = PayoutNetworkView['limits'][number];

/** Where nothing can be parked, the release limit is simply the most. */
export function limitsOf({ network, currency }: Pick<Way, 'network' | 'currency'>): PayoutLimits | undefined {
  const limits = network.limits.find((limit) => limit.currency === currency);
  if (!limits || network.hold || limits.releaseAboveMinor === undefined) return limits;
  const { minMinor, maxMinor, releaseAboveMinor } = limits;
  return { currency, minMinor, maxMinor: Math.min(maxMinor, releaseAboveMinor) };
}

export function isAmountInLimits(way: Way, amountMinor: number): boolean {
  const limits = limitsOf(way);
  return limits !== undefined && amountMinor > 0 && amountMinor >= limits.minMinor && amountMinor <= limits.maxMinor;
}

export function needsRelease(way: Way, amountMinor: number): boolean {
  const above = limitsOf(way)?.releaseAboveMinor;
  return above !== undefined && amountMinor > above;
}

/** The form as it would be sent, and a verdict for each of its fields. */
export function readForm(
  draft: Draft,
  method: PayoutMethod,
): Readonly<{ form: BeneficiaryForm; verdicts: ReadonlyMap<FieldName, Verdict> }> {
  const form = tidyForm(method.id, draft.typed);
  return { form, verdicts: checkForm(method.id, form) };
}

export function fieldsWith(verdicts: ReadonlyMap<FieldName, Verdict>, kind: Verdict['verdict']): readonly FieldName[] {
  return [...verdicts].filter(([, { verdict }]) => verdict === kind).map(([name]) => name);
}

/** Where the number of digits is always the same: progress can be counted. */
const EXACT_DIGITS: Partial<Record<AccountRule, number>> = { cci: 20, clabe: 18, cbu: 22 };
const CPF_DIGITS = 11;

export function exactDigitsOf(method: PayoutMethod, name: FieldName): number | undefined {
  if (name === 'bankAccount' && method.account) return EXACT_DIGITS[method.account];
  return name === 'documentId' && method.country === 'BR' ? CPF_DIGITS : undefined;
}

/** Whether the keyboard needs letters for this field. */
export function inputModeOf(method: PayoutMethod, name: FieldName): 'text' | 'numeric' | 'tel' | 'email' {
  if (name === 'email' || name === 'phone') return name === 'phone' ? 'tel' : 'email';
  if (name === 'bankCode') return 'numeric';
  if (name === 'bankAccount') return method.account === 'brazil' ? 'text' : 'numeric';
  return name === 'documentId' && method.country === 'BR' ? 'numeric' : 'text';
}

export type Said = Readonly<
  | { tone: 'quiet' }
  | { tone: 'counting'; typed: number; of: number }
  | { tone: 'good' }
  | { tone: 'warn' | 'refuse'; why: FieldProblem }
>;

/**
 * What stands below a field. While it is being written nothing half-done is called wrong: digits are counted, and only what more typing
 * cannot mend is refused at once.
 */
export function saidOf(
  method: PayoutMethod,
  rule: FieldRule,
  text: string,
  verdict: Verdict,
  at: Readonly<{ isFocused: boolean; wasLeft: boolean }>,
): Said {
  const of = exactDigitsOf(method, rule.name);
  if (verdict.verdict === 'ok') {
    return text !== '' && (of !== undefined || rule.name === 'bankAccount' || rule.name === 'email')
      ? { tone: 'good' }
      : { tone: 'quiet' };
  }
  const isWriting = at.isFocused || !at.wasLeft;
  if (verdict.verdict === 'refuse' && isWriting && isUnfinished(verdict.why, text, of)) {
    return of !== undefined && text !== '' ? { tone: 'counting', typed: text.length, of } : { tone: 'quiet' };
  }
  if (verdict.verdict === 'warn' && isWriting) return { tone: 'quiet' };
  return { tone: verdict.verdict, why: verdict.why };
}

function isUnfinished(why: FieldProblem, text: string, exactDigits: number | undefined): boolean {
  switch (why) {
    case 'missing':
    case 'not-a-choice':
    case 'format':
    case 'unusual':
      return true;
    case 'length':
      return exactDigits === undefined || text.length < exactDigits;
    case 'is-a-card':
      // The first sixteen digits of a CLABE look like a card's.
      return true;
    default:
      return false;
  }
}

/** For reading aloud: groups of four, or of three where a single digit would be left over; what is no number stays as it is. */
export function inGroups(text: string): string {
  if (!/^\d{6,}$/.test(text)) return text;
  return text.length % 4 === 1 ? text.replaceAll(/(\d{3})(?=\d)/g, '$1 ') : text.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
}

export function startRequest(
  draft: Draft,
  way: Way,
  requestId: string,
  amountMinor: number,
): CallRequest<'payout.start'> {
  return {
    network: way.network.id,
    country: way.country,
    method: way.method.id,
    currency: way.currency,
    amountMinor,
    beneficiary: tidyForm(way.method.id, draft.typed),
    requestId,
    ...(draft.hold && way.network.hold && { hold: true }),
    ...(draft.reissueOf && { reissueOf: draft.reissueOf.id }),
  };
}
