/**
 * What each country asks for before money can be sent there: ways of paying out, their fields, and what is said about each value.
 * Pure data and rules; the network adapter knows what the fields are called on the wire.
 *
 * Source  D24 cashouts API, countries validations (PE, BR, MX, CO, CL, AR, EC); OneKey and TuPay cashout creation.
 *         Ways that only older pages know (iCash, Su Red, D24 Card, PIX random keys) are left out.
 */
import { isCurrency } from '../money.ts';
import type { Currency } from '../money.ts';
import { unreachable } from '../result.ts';
import {
  accountVerdict,
  branchVerdict,
  documentVerdict,
  emailVerdict,
  nameVerdict,
  phoneVerdict,
} from './field-checks.ts';
import type { Verdict } from './field-checks.ts';
import { tidyField } from './field-tidying.ts';

export const PAYOUT_COUNTRIES = ['PE', 'BR', 'MX', 'CO', 'CL', 'AR', 'EC'] as const;
export type PayoutCountry = (typeof PAYOUT_COUNTRIES)[number];

export const FIELD_NAMES = [
  'firstName',
  'lastName',
  'documentType',
  'documentId',
  'bankCode',
  'bankAccount',
  'bankBranch',
  'accountType',
  'phone',
  'email',
  'address',
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** What was filled in, tidied. A field that was left empty is absent. */
export type BeneficiaryForm = Readonly<Partial<Record<FieldName, string>>>;

/** How the account number is written and checked. */
export type AccountRule =
  'cci' | 'clabe' | 'cbu' | 'brazil' | 'chile' | 'colombia' | 'colombia-mobile' | 'ecuador' | 'ecuador-mobile';

export type FieldRule = Readonly<{
  name: FieldName;
  required: boolean;
  /** The only values there are, where the documents list them. */
  choices?: readonly string[];
}>;

export type PayoutMethod = Readonly<{
  id: PayoutMethodId;
  country: PayoutCountry;
  /** pickup: notes at another counter · pix: by key, no account number. */
  kind: 'bank' | 'pix' | 'wallet' | 'pickup';
  account?: AccountRule;
  fields: readonly FieldRule[];
  /** Values that the way itself decides: the bank code that stands for a PIX key, a wallet or a counter, and empty account fields. */
  fixed: BeneficiaryForm;
}>;

const need = (...names: FieldName[]): readonly FieldRule[] => names.map((name) => ({ name, required: true }));
const may = (...names: FieldName[]): readonly FieldRule[] => names.map((name) => ({ name, required: false }));
const choose = (name: FieldName, ...choices: string[]): FieldRule => ({ name, required: true, choices });
const mayChoose = (name: FieldName, ...choices: string[]): FieldRule => ({ name, required: false, choices });

const NAMES = need('firstName', 'lastName');
/** A refusal can still ask for these (codes 540 to 543), so every form has room for them. */
const REACH = may('phone', 'email');
const CHECKING_OR_SAVINGS = choose('accountType', 'C', 'S');
const COLOMBIAN = [
  ...NAMES,
  choose('documentType', 'CC', 'NIT', 'CE', 'PASS'),
  ...need('documentId', 'phone', 'address'),
];
const BRAZILIAN = [...NAMES, ...need('documentId')];
/** The country page asks for an account type and names no exception for counters. */
const PICKUP = { bankAccount: '', accountType: 'S' };
const NO_ACCOUNT = { bankAccount: '', bankBranch: '', accountType: 'C' };

const METHODS = {
  'pe-bank': {
    country: 'PE',
    kind: 'bank',
    account: 'cci',
    // The first three digits of the CCI name the bank.
    fields: [
      ...NAMES,
      choose('documentType', 'DNI', 'CE', 'RUC', 'PASS'),
      ...need('documentId', 'bankAccount'),
      CHECKING_OR_SAVINGS,
      ...REACH,
    ],
    fixed: {},
  },
  'br-bank': {
    country: 'BR',
    kind: 'bank',
    account: 'brazil',
    fields: [...BRAZILIAN, ...need('bankCode', 'bankBranch', 'bankAccount'), CHECKING_OR_SAVINGS, ...REACH],
    fixed: {},
  },
  'br-pix-phone': {
    country: 'BR',
    kind: 'pix',
    fields: [...BRAZILIAN, ...need('phone'), ...may('email')],
    fixed: { ...NO_ACCOUNT, bankCode: '10000' },
  },
  'br-pix-email': {
    country: 'BR',
    kind: 'pix',
    fields: [...BRAZILIAN, ...need('email'), ...may('phone')],
    fixed: { ...NO_ACCOUNT, bankCode: '10001' },
  },
  'br-pix-cpf': {
    country: 'BR',
    kind: 'pix',
    fields: [...BRAZILIAN, ...REACH],
    fixed: { ...NO_ACCOUNT, bankCode: '10002' },
  },
  'mx-bank': {
    country: 'MX',
    kind: 'bank',
    account: 'clabe',
    fields: [
      ...NAMES,
      mayChoose('documentType', 'CURP', 'RFC', 'IFE', 'PASS'),
      ...need('documentId', 'bankAccount'),
      ...REACH,
    ],
    fixed: {},
  },
  'co-bank': {
    country: 'CO',
    kind: 'bank',
    account: 'colombia',
    fields: [...COLOMBIAN, ...need('bankCode', 'bankAccount'), CHECKING_OR_SAVINGS, ...may('email')],
    fixed: {},
  },
  'co-nequi': {
    country: 'CO',
    kind: 'wallet',
    account: 'colombia-mobile',
    fields: [...COLOMBIAN, ...need('bankAccount'), CHECKING_OR_SAVINGS, ...may('email')],
    fixed: { bankCode: '1507' },
  },
  'co-daviplata': {
    country: 'CO',
    kind: 'wallet',
    account: 'colombia-mobile',
    fields: [...COLOMBIAN, ...need('bankAccount'), CHECKING_OR_SAVINGS, ...may('email')],
    fixed: { bankCode: '1551' },
  },
  'co-efecty': {
    country: 'CO',
    kind: 'pickup',
    fields: [...COLOMBIAN, ...may('email')],
    fixed: { ...PICKUP, bankCode: '10003' },
  },
  'co-punto-red': {
    country: 'CO',
    kind: 'pickup',
    fields: [...COLOMBIAN, ...need('email')],
    fixed: { ...PICKUP, bankCode: '10006' },
  },
  'cl-bank': {
    country: 'CL',
    kind: 'bank',
    account: 'chile',
    fields: [
      ...NAMES,
      mayChoose('documentType', 'ID', 'RUN', 'RUT'),
      ...need('documentId', 'bankCode', 'bankAccount'),
      choose('accountType', 'C', 'S', 'V'),
      ...REACH,
    ],
    fixed: {},
  },
  'ar-bank': {
    country: 'AR',
    kind: 'bank',
    account: 'cbu',
    fields: [
      ...NAMES,
      mayChoose('documentType', 'DNI', 'CUIT', 'CUIL'),
      ...need('documentId', 'bankAccount'),
      ...REACH,
    ],
    fixed: {},
  },
  'ec-bank': {
    country: 'EC',
    kind: 'bank',
    account: 'ecuador',
    fields: [
      ...NAMES,
      mayChoose('documentType', 'CC', 'PASS'),
      ...need('documentId', 'bankCode', 'bankAccount'),
      CHECKING_OR_SAVINGS,
      ...REACH,
    ],
    fixed: {},
  },
  'ec-payphone': {
    country: 'EC',
    kind: 'wallet',
    account: 'ecuador-mobile',
    fields: [
      ...NAMES,
      mayChoose('documentType', 'CC', 'PASS'),
      ...need('documentId', 'bankAccount'),
      CHECKING_OR_SAVINGS,
      ...REACH,
    ],
    fixed: { bankCode: '10007' },
  },
} as const satisfies Record<string, Omit<PayoutMethod, 'id'>>;

export type PayoutMethodId = keyof typeof METHODS;

export const PAYOUT_METHODS: readonly PayoutMethod[] = (Object.keys(METHODS) as PayoutMethodId[]).map((id) => ({
  id,
  ...METHODS[id],
}));

export function payoutMethod(id: PayoutMethodId): PayoutMethod {
  return { id, ...METHODS[id] };
}

export function payoutMethodsOf(country: PayoutCountry): readonly PayoutMethod[] {
  return PAYOUT_METHODS.filter((method) => method.country === country);
}

/** The fields of this way, without blanks, dots and other ornaments that people and banks write. Others are dropped. */
export function tidyForm(id: PayoutMethodId, typed: BeneficiaryForm): BeneficiaryForm {
  const method = payoutMethod(id);
  const filled = method.fields.flatMap(({ name }) => {
    const text = tidyField(method, name, typed[name] ?? '');
    return text === '' ? [] : [[name, text] as const];
  });
  return Object.fromEntries(filled);
}

/** A verdict for each field of this way. `form` is tidied. */
export function checkForm(id: PayoutMethodId, form: BeneficiaryForm): ReadonlyMap<FieldName, Verdict> {
  const method = payoutMethod(id);
  return new Map(method.fields.map((rule) => [rule.name, checkField(method, rule, form)]));
}

/** Nothing in it is refused. Warnings are for the cashier to read aloud, not for the till to decide. */
export function isFormSound(id: PayoutMethodId, form: BeneficiaryForm): boolean {
  return [...checkForm(id, form).values()].every(({ verdict }) => verdict !== 'refuse');
}

function checkField(method: PayoutMethod, { name, required, choices }: FieldRule, form: BeneficiaryForm): Verdict {
  const text = form[name] ?? '';
  if (text === '') return required ? { verdict: 'refuse', why: 'missing' } : { verdict: 'ok' };
  if (choices) return choices.includes(text) ? { verdict: 'ok' } : { verdict: 'refuse', why: 'not-a-choice' };
  switch (name) {
    case 'firstName':
    case 'lastName':
      return nameVerdict(text, 100);
    case 'address':
      return nameVerdict(text, 200);
    case 'documentId':
      return documentVerdict(method.country, form.documentType, text);
    case 'bankAccount':
      return accountVerdict(method.account, form.bankCode, text);
    case 'bankBranch':
      return branchVerdict(text);
    case 'bankCode':
      // Brazil also takes the bank's eight-digit ISPB number.
      return /^\d{1,6}$/.test(text) || (method.country === 'BR' && /^\d{8}$/.test(text))
        ? { verdict: 'ok' }
        : { verdict: 'refuse', why: 'format' };
    case 'phone':
      return phoneVerdict(method.country, text, method.kind === 'pix' || method.kind === 'pickup');
    case 'email':
      return emailVerdict(text);
    case 'documentType':
    case 'accountType':
      return { verdict: 'refuse', why: 'not-a-choice' };
    default:
      return unreachable(name);
  }
}

const LOCAL_CURRENCIES: Readonly<Record<PayoutCountry, Currency>> = {
  PE: 'PEN',
  BR: 'BRL',
  MX: 'MXN',
  CO: 'COP',
  CL: 'CLP',
  AR: 'ARS',
  EC: 'USD',
};

/** The country's own first; US dollars are converted by the network. */
export function payoutCurrenciesOf(country: PayoutCountry): readonly Currency[] {
  return [...new Set([LOCAL_CURRENCIES[country], 'USD' as const])];
}

export type PayoutAmountProblem = 'currency' | 'not-positive' | 'not-whole-units';

/** Minor units, as everywhere: Chilean pesos have none smaller, although the network would take decimals. */
export function payoutAmountProblem(
  country: PayoutCountry,
  currency: string,
  amountMinor: number,
): PayoutAmountProblem | undefined {
  if (!isCurrency(currency) || !payoutCurrenciesOf(country).includes(currency)) return 'currency';
  if (!Number.isSafeInteger(amountMinor)) return 'not-whole-units';
  return amountMinor > 0 ? undefined : 'not-positive';
}
