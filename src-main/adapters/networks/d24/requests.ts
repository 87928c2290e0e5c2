/**
 * The frozen requests of the cashouts API. Made once; what is set here never changes for a saved command. No credential in them.
 *
 * Source  D24, OneKey, TuPay cashouts API: creation, status, cancel, update status; countries validations for the bank codes of keys.
 * Units   the amount is a JSON number with at most two decimals, none for CLP; cashout_id is a JSON number, although creation answers text.
 * Errors  what this network cannot be asked is a refusal in words that repeat no personal data; nothing is sent for it.
 */
import type { PayoutKey, PayoutLookup, PayoutTraits } from '../../../core/application/ports/payout-network.ts';
import type { RequestRefusal } from '../../../core/application/ports/payment-network.ts';
import type { FrozenRequest } from '../../../core/domain/command.ts';
import { money, toDecimalText } from '../../../core/domain/money.ts';
import type { Money } from '../../../core/domain/money.ts';
import { checkForm, payoutAmountProblem, payoutMethod, tidyForm } from '../../../core/domain/payouts/country-forms.ts';
import type { BeneficiaryForm, FieldName } from '../../../core/domain/payouts/country-forms.ts';
import type { PayoutTerms } from '../../../core/domain/payouts/payout.ts';
import { isCashoutId } from '../../../core/domain/payouts/voucher.ts';
import { err, invariant, ok } from '../../../core/domain/result.ts';
import type { Result } from '../../../core/domain/result.ts';
import type { Brand } from './brands.ts';
import { jsonText } from './signed-body.ts';
import type { WireValue } from './signed-body.ts';

export const CREATE_PATH = '/v3/cashout';
export const STATUS_PATH = '/v3/cashout/status';
export const CANCEL_PATH = '/v3/cashout/cancel';

export type Operation = 'create' | 'cancel' | 'update';

export type Asked = Readonly<{ brand: Brand; traits: PayoutTraits; notificationUrl: string | undefined }>;

const WIRE_NAMES: readonly (readonly [FieldName, string])[] = [
  ['documentId', 'document_id'],
  ['documentType', 'document_type'],
  ['bankCode', 'bank_code'],
  ['bankBranch', 'bank_branch'],
  ['bankAccount', 'bank_account'],
  ['accountType', 'account_type'],
  ['firstName', 'beneficiary_name'],
  ['lastName', 'beneficiary_lastname'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['address', 'address'],
];

export function createRequest(terms: PayoutTerms, asked: Asked): Result<FrozenRequest, RequestRefusal> {
  const refusal = refusalOf(terms, asked);
  if (refusal) return err(refusal);
  const form: BeneficiaryForm = { ...terms.beneficiary, ...payoutMethod(terms.method).fixed };
  const filled = WIRE_NAMES.flatMap(([field, name]): [string, WireValue][] => {
    const value = form[field];
    return value === undefined ? [] : [[name, value]];
  });
  const notice: [string, WireValue][] =
    asked.notificationUrl === undefined ? [] : [['notification_url', asked.notificationUrl]];
  const body = jsonText([
    ['external_id', terms.externalId],
    ['country', terms.country],
    ['currency', terms.currency],
    ['amount', { digits: shortDecimal(money(terms.currency, terms.amountMinor)) }],
    ...filled,
    ...notice,
    ['on_hold', terms.onHold],
    ['type', 'json'],
  ]);
  return ok({ method: 'POST', path: CREATE_PATH, body });
}

/** The documents ask for both ids, whatever the brand. */
export function cancelRequest({ externalId, cashoutId }: PayoutKey): Result<FrozenRequest, RequestRefusal> {
  if (cashoutId === undefined) return err(UNIDENTIFIED);
  const body = jsonText([
    ['cashout_id', idNumber(cashoutId)],
    ['external_id', externalId],
  ]);
  return ok({ method: 'DELETE', path: CANCEL_PATH, body });
}

export function updateRequest(
  { cashoutId }: PayoutKey,
  status: 'ON_HOLD' | 'PENDING',
): Result<FrozenRequest, RequestRefusal> {
  if (cashoutId === undefined) return err(UNIDENTIFIED);
  const body = jsonText([
    ['cashout_id', idNumber(cashoutId)],
    ['status', status],
  ]);
  return ok({ method: 'PUT', path: STATUS_PATH, body });
}

/** Both ids where both are known, which every brand accepts; ours alone after a lost answer, theirs alone from a voucher. */
export function statusBody({ externalId, cashoutId }: PayoutLookup): string {
  const theirs: [string, WireValue][] = cashoutId === undefined ? [] : [['cashout_id', idNumber(cashoutId)]];
  const ours: [string, WireValue][] = externalId === undefined ? [] : [['external_id', externalId]];
  return jsonText([...theirs, ...ours]);
}

/** Which of the three a frozen request is. Throws for one that this adapter did not make. */
export function operationOf({ method, path }: FrozenRequest): Operation {
  if (method === 'POST' && path === CREATE_PATH) return 'create';
  if (method === 'DELETE' && path === CANCEL_PATH) return 'cancel';
  invariant(method === 'PUT' && path === STATUS_PATH, `not a request of the cashouts API: ${method} ${path}`);
  return 'update';
}

const UNIDENTIFIED: RequestRefusal = {
  code: 'cashout-id-unknown',
  detail: 'the network’s own id of this payout is not known yet',
};

function idNumber(cashoutId: string): WireValue {
  invariant(isCashoutId(cashoutId), `not an id of the network: ${cashoutId}`);
  return { digits: cashoutId };
}

/** `250.5`, `5000`: as JSON prints a number, without a number ever being computed. */
export function shortDecimal(amount: Money): string {
  const text = toDecimalText(amount);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function refusalOf(terms: PayoutTerms, asked: Asked): RequestRefusal | undefined {
  const method = payoutMethod(terms.method);
  if (!asked.traits.countries.includes(terms.country)) {
    return { code: 'country-not-available', detail: `${asked.brand.id} does not pay to ${terms.country} here` };
  }
  if (method.country !== terms.country) {
    return { code: 'method-of-another-country', detail: `${terms.method} is no way to ${terms.country}` };
  }
  const amountProblem = payoutAmountProblem(terms.country, terms.currency, terms.amountMinor);
  if (amountProblem) return { code: `amount-${amountProblem}`, detail: `${terms.amountMinor} of ${terms.currency}` };
  if (!/^[A-Za-z0-9]{1,100}$/.test(terms.externalId)) {
    return { code: 'reference-not-alphanumeric', detail: 'the external id is 1 to 100 letters and digits' };
  }
  if (terms.onHold && !asked.traits.hold) {
    return { code: 'hold-not-available', detail: `${asked.brand.id} is not known to hold payouts back` };
  }
  return formRefusal(terms, asked.brand) ?? noticeRefusal(asked);
}

function formRefusal({ method, beneficiary }: PayoutTerms, brand: Brand): RequestRefusal | undefined {
  const tidied = tidyForm(method, beneficiary);
  const untidy = Object.entries(beneficiary).find(([name, text]) => tidied[name as FieldName] !== text);
  if (untidy) return { code: 'form-not-tidied', detail: untidy[0] };
  for (const [name, verdict] of checkForm(method, beneficiary)) {
    if (verdict.verdict === 'refuse') return { code: 'form-refused', detail: `${name}: ${verdict.why}` };
  }
  const { documentId, documentType, bankAccount } = brand.limits;
  const limits = { documentId, documentType, bankAccount };
  const long = (Object.keys(limits) as (keyof typeof limits)[]).find(
    (name) => (beneficiary[name] ?? '').length > limits[name],
  );
  return long && { code: 'form-refused', detail: `${long}: ${brand.id} takes ${limits[long]} characters` };
}

/** Also refuses what the network could never reach: it calls ports 80 and 443 only. */
function noticeRefusal({ notificationUrl, brand }: Asked): RequestRefusal | undefined {
  if (notificationUrl === undefined) return undefined;
  const isUsable =
    URL.canParse(notificationUrl) &&
    /^https?:$/.test(new URL(notificationUrl).protocol) &&
    new URL(notificationUrl).port === '' &&
    notificationUrl.length <= brand.limits.notificationUrl;
  return isUsable
    ? undefined
    : { code: 'notification-url-unusable', detail: 'http or https, port 80 or 443, not too long' };
}
