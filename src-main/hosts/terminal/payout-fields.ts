/** What a field of a payout form asks for, and what to do about one that is wrong, in words. No value is ever repeated. */
import { checkForm, payoutCurrenciesOf, tidyForm } from '../../core/domain/payouts/country-forms.ts';
import type {
  AccountRule,
  BeneficiaryForm,
  FieldName,
  FieldRule,
  PayoutCountry,
  PayoutMethod,
} from '../../core/domain/payouts/country-forms.ts';
import type { FieldProblem } from '../../core/domain/payouts/field-checks.ts';
import { unreachable } from '../../core/domain/result.ts';
import { facts, table } from './layout.ts';
import { PAYOUT_EXAMPLES } from './payout-examples.ts';

const ACCOUNTS: Readonly<Record<AccountRule, string>> = {
  cci: 'CCI: 20 digits, the last two check the others',
  clabe: 'CLABE: 18 digits, the last one checks the others; no card number',
  cbu: 'CBU or CVU: 22 digits, two of them check the others',
  brazil: 'account number with its last digit, e.g. 12345-X',
  chile: '6 to 16 digits',
  colombia: '8 to 19 digits',
  'colombia-mobile': 'the mobile number of the wallet: ten digits that begin with 3',
  ecuador: '5 to 20 digits',
  'ecuador-mobile': 'the mobile number of the wallet: 593 and nine digits',
};

const DOCUMENTS: Readonly<Record<PayoutCountry, string>> = {
  PE: 'DNI 8 digits, RUC 11; others up to 12 characters',
  BR: 'CPF: 11 digits, the last two check the others',
  MX: '7 to 18 characters',
  CO: '6 to 10 characters; a NIT 8 to 15',
  CL: '7 or 8 digits and the check digit, e.g. 12345678K',
  AR: 'DNI 7 to 9 digits; CUIT or CUIL 11',
  EC: 'cédula: 10 digits; or a passport',
};

const ACCOUNT_TYPES: Readonly<Record<string, string>> = { C: 'C checking', S: 'S savings', V: 'V salary' };

/** How the field is written. */
export function fieldMeaning(way: PayoutMethod, name: FieldName): string {
  switch (name) {
    case 'firstName':
      return 'first names, as the bank has them';
    case 'lastName':
      return 'family names, as the bank has them';
    case 'documentType':
      return 'kind of document';
    case 'documentId':
      return DOCUMENTS[way.country];
    case 'bankCode':
      return `the bank by its number: ventanilla payout banks --network ID --country ${way.country}`;
    case 'bankAccount':
      return way.account === undefined ? 'account number' : ACCOUNTS[way.account];
    case 'bankBranch':
      return 'branch number, e.g. 1234-5';
    case 'accountType':
      return 'kind of account';
    case 'phone':
      return phoneMeaning(way.country);
    case 'email':
      return 'e-mail, e.g. ana@example.com';
    case 'address':
      return 'street and number';
    default:
      return unreachable(name);
  }
}

function phoneMeaning(country: PayoutCountry): string {
  if (country === 'BR') return 'with area: +55 and 10 or 11 digits';
  if (country === 'CO') return 'mobile: +57 and ten digits';
  return '7 to 15 digits, with + where the country is named';
}

/** A field that somebody has to look at. refuse: nothing is sent · warn: it goes on, after it was read aloud. */
export type FieldFinding = Readonly<{
  field: FieldName;
  verdict: 'refuse' | 'warn';
  why: FieldProblem;
  message: string;
}>;

export type CheckedForm = Readonly<{ form: BeneficiaryForm; findings: readonly FieldFinding[] }>;

/** The form as it would be sent, and what is said about its fields. */
export function checkTyped(way: PayoutMethod, typed: BeneficiaryForm): CheckedForm {
  const form = tidyForm(way.id, typed);
  const findings = [...checkForm(way.id, form)].flatMap(([field, said]) =>
    said.verdict === 'ok'
      ? []
      : [{ field, verdict: said.verdict, why: said.why, message: problemWords(way, field, said.why) }],
  );
  return { form, findings };
}

function problemWords(way: PayoutMethod, field: FieldName, why: FieldProblem): string {
  const how = fieldMeaning(way, field);
  switch (why) {
    case 'missing':
      return `it is missing: ${how}`;
    case 'too-long':
      return `it is too long: ${how}`;
    case 'length':
      return `it has too many or too few characters: ${how}`;
    case 'format':
      return `it is not written as it must be: ${how}`;
    case 'check-digits':
      return `one of its digits is wrong: read it again from the customer's own paper; ${how}`;
    case 'not-a-choice':
      return `it is one of ${choicesOf(way.fields.find(({ name }) => name === field))}`;
    case 'is-a-card':
      return `this is the number of a card: ask for the account; ${how}`;
    case 'unusual':
      return `unusual: read it to the customer once more; ${how}`;
    default:
      return unreachable(why);
  }
}

function choicesOf(rule: FieldRule | undefined): string {
  return (rule?.choices ?? [])
    .map((choice) => (rule?.name === 'accountType' ? ACCOUNT_TYPES[choice] : choice))
    .join(', ');
}

/** A way of paying out as `payout form` prints it. */
export type WayView = Readonly<{
  method: PayoutMethod['id'];
  country: PayoutCountry;
  kind: PayoutMethod['kind'];
  currencies: readonly string[];
  fields: readonly (FieldRule & Readonly<{ meaning: string }>)[];
  /** With which nothing is wrong; invented people, or the documents' own examples. */
  example: BeneficiaryForm;
}>;

export function wayView(way: PayoutMethod): WayView {
  return {
    method: way.id,
    country: way.country,
    kind: way.kind,
    currencies: payoutCurrenciesOf(way.country),
    fields: way.fields.map((rule) => ({ ...rule, meaning: fieldMeaning(way, rule.name) })),
    example: PAYOUT_EXAMPLES[way.id],
  };
}

const KINDS: Readonly<Record<PayoutMethod['kind'], string>> = {
  bank: 'bank account',
  pix: 'PIX key',
  wallet: 'wallet',
  pickup: 'notes at another counter',
};

export function waysText(ways: readonly WayView[]): string {
  const rows = ways.map(({ country, method, kind, currencies }) => [
    country,
    method,
    KINDS[kind],
    currencies.join(', '),
  ]);
  const list = table([{ title: 'country' }, { title: 'method' }, { title: 'to' }, { title: 'currency' }], rows);
  return `${list}\nFields of one: ventanilla payout form --method METHOD`;
}

export function wayText(way: WayView): string {
  const { method, country, kind, currencies, fields, example } = way;
  const heading = facts(
    `${method}: ${KINDS[kind]} in ${country}, in ${currencies.join(' or ')}`,
    fields.map((rule) => [rule.name, fieldLine(rule)]),
  );
  return `${heading}\n\nAs a form file (for --form):\n${JSON.stringify(example, undefined, 2)}`;
}

function fieldLine(rule: WayView['fields'][number]): string {
  const choices = rule.choices ? `: ${choicesOf(rule)}` : '';
  return `${rule.required ? 'required' : 'optional'}; ${rule.meaning}${choices}`;
}
