/**
 * What a create request must contain, and the wish it becomes.
 *
 * Source  D24, TuPay and OneKey, cashout creation endpoint (fields and limits) and countries validations.
 */
import { isRecord } from '../body-rules.ts';
import type { SimulatedAnswer } from '../exchange.ts';
import { minorOf } from './amounts.ts';
import { refuse } from './answers.ts';
import type { RefusalCode, RefusalDetails } from './answers.ts';
import { findBank } from './banks.ts';
import type { Bank } from './banks.ts';
import { BRANDS } from './brands.ts';
import type { Brand } from './brands.ts';
import { COUNTRIES, isCountry, PICKUPS, PIX_KEYS } from './countries.ts';
import type { Country } from './countries.ts';
import type { D24Settings } from './settings.ts';

export type Wish = Readonly<{
  externalId: string;
  country: Country;
  currency: string;
  amountMinor: number;
  documentId: string;
  beneficiaryName: string;
  email: string;
  phone: string;
  bankAccount: string;
  bankBranch: string;
  bank: Bank | undefined;
  isPickup: boolean;
  unpayableCode: number | null;
  isOnHold: boolean;
  comments: string;
  notificationUrl: string;
}>;

type Refused = Readonly<{ refusal: SimulatedAnswer }>;

type Field = Readonly<{ kind: 'text' | 'code' | 'amount' | 'boolean' | 'any'; longest?: number; isRequired?: boolean }>;

const FIELDS: Readonly<Record<string, Field>> = {
  external_id: { kind: 'text', longest: 100, isRequired: true },
  country: { kind: 'text', longest: 2, isRequired: true },
  amount: { kind: 'amount', isRequired: true },
  currency: { kind: 'text', longest: 3 },
  document_id: { kind: 'text', longest: 40, isRequired: true },
  document_type: { kind: 'text', longest: 15 },
  beneficiary_name: { kind: 'text', longest: 100, isRequired: true },
  beneficiary_lastname: { kind: 'text', longest: 100 },
  email: { kind: 'text', longest: 100 },
  phone: { kind: 'text', longest: 20 },
  // A number loses its leading zeros before it arrives, and then names no bank.
  bank_code: { kind: 'code', longest: 8 },
  bank_account: { kind: 'text', longest: 30 },
  bank_branch: { kind: 'text', longest: 15 },
  account_type: { kind: 'text', longest: 1 },
  registered_bank_accounts: { kind: 'any' },
  address: { kind: 'text', longest: 255 },
  city: { kind: 'text', longest: 100 },
  postal_code: { kind: 'text', longest: 20 },
  beneficiary_birthdate: { kind: 'text' },
  notification_url: { kind: 'text' },
  comments: { kind: 'text', longest: 200 },
  on_hold: { kind: 'boolean' },
  type: { kind: 'text' },
};

const INVALID_PIX_KEY = 814;
const INVALID_ACCOUNT_TYPE = 819;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^\+?[\d ()-]{6,20}$/;

export function readWish(body: unknown, settings: D24Settings, brand: Brand): Readonly<{ wish: Wish }> | Refused {
  if (!isRecord(body)) return refused(502);
  const misshapen = problemOfFields(body, brand);
  if (misshapen !== undefined) return refused(300, { message: misshapen });

  const country = textIn(body, 'country');
  if (!isCountry(country) || !settings.countries.includes(country)) return refused(518);
  const currency = textIn(body, 'currency') || COUNTRIES[country].currency;
  if (currency !== COUNTRIES[country].currency && currency !== 'USD') return refused(526);
  const amountMinor = minorOf(body['amount']);
  if (amountMinor === undefined) return refused(300, { message: missing('amount') });
  const { minimum, transactionMaximum } = settings.limits;
  if (amountMinor < (minorOf(minimum) ?? 0)) return refused(533);
  if (transactionMaximum !== null && amountMinor > (minorOf(transactionMaximum) ?? 0)) return refused(508);

  const receiver = readReceiver(body, country, brand);
  if ('refusal' in receiver) return receiver;
  const person = problemOfPerson(body, country) ?? standingOf(body, settings);
  if (person !== undefined) return person;
  return {
    wish: {
      externalId: textIn(body, 'external_id'),
      country,
      currency,
      amountMinor,
      documentId: textIn(body, 'document_id'),
      beneficiaryName: `${textIn(body, 'beneficiary_name')} ${textIn(body, 'beneficiary_lastname')}`.trim(),
      email: textIn(body, 'email'),
      phone: textIn(body, 'phone'),
      bankAccount: textIn(body, 'bank_account'),
      bankBranch: textIn(body, 'bank_branch'),
      ...receiver,
      isOnHold: body['on_hold'] === true,
      comments: textIn(body, 'comments'),
      notificationUrl: textIn(body, 'notification_url'),
    },
  };
}

/** What is wrong with the fields as such: missing, of another type, or too long. */
function problemOfFields(body: Record<string, unknown>, brand: Brand): string | undefined {
  const profile = BRANDS[brand];
  const shorter: Readonly<Record<string, number>> = profile.longest;
  for (const [name, field] of Object.entries(FIELDS)) {
    const isRequired = field.isRequired === true || (name === 'currency' && profile.isCurrencyRequired);
    const value = body[name];
    if (value === undefined || value === null || value === '') {
      if (isRequired) return missing(name);
      continue;
    }
    if (!isOfKind(value, field.kind)) return missing(name);
    const longest = shorter[name] ?? field.longest;
    if (longest !== undefined && textIn(body, name).length > longest) {
      return `${camelOf(name)}: longer than ${longest}`;
    }
  }
  const notificationUrl = textIn(body, 'notification_url');
  return notificationUrl === '' || URL.canParse(notificationUrl) ? undefined : missing('notification_url');
}

function isOfKind(value: unknown, kind: Field['kind']): boolean {
  if (kind === 'any') return typeof value === 'object';
  if (kind === 'boolean') return typeof value === 'boolean';
  return typeof value === 'string' || (kind !== 'text' && typeof value === 'number' && Number.isFinite(value));
}

type Receiver = Pick<Wish, 'bank' | 'isPickup' | 'unpayableCode'>;

/** Who gets the money: an account at a bank, a PIX key, a wallet, or a counter. */
function readReceiver(body: Record<string, unknown>, country: Country, brand: Brand): Receiver | Refused {
  const code = textIn(body, 'bank_code');
  const pixKey = country === 'BR' ? PIX_KEYS[code] : undefined;
  if (pixKey !== undefined) {
    // What is wrong with a key is noticed only when the bank is asked to pay.
    return { bank: undefined, isPickup: false, unpayableCode: pixProblemOf(body, pixKey) };
  }
  const rules = COUNTRIES[country];
  const contacts = country === 'CO' ? PICKUPS[code] : undefined;
  if (contacts?.some((name) => textIn(body, name) === '')) return refused(540);
  const atCounter = contacts !== undefined;
  const absent = rules.required.find((name) => textIn(body, name) === '' && !(atCounter && name === 'bank_account'));
  if (absent !== undefined) return refused(300, { message: missing(absent) });
  const accountType = textIn(body, 'account_type');
  if (accountType !== '' && !rules.accountTypes.includes(accountType)) {
    return refused(300, { message: missing('account_type') });
  }
  const account = textIn(body, 'bank_account');
  if (!atCounter && !rules.isAccount(account, code)) return refused(300, { message: missing('bank_account') });
  const wanted = rules.bankCodeOf(account, code);
  const bank = wanted === undefined ? undefined : findBank(country, wanted);
  if (wanted !== undefined && bank === undefined) return refused(303);
  if (brand === 'onekey' && bank?.isLicensed === false) return refused(565);
  return { bank, isPickup: atCounter, unpayableCode: null };
}

/** The rejection that a PIX payout runs into, or null. */
function pixProblemOf(body: Record<string, unknown>, keyField: string): number | null {
  const key = textIn(body, keyField);
  const isKey = keyField === 'phone' ? /^\+55\d{10,11}$/.test(key) : key !== '';
  if (!isKey) return INVALID_PIX_KEY;
  return textIn(body, 'account_type') === 'C' ? null : INVALID_ACCOUNT_TYPE;
}

function problemOfPerson(body: Record<string, unknown>, country: Country): Refused | undefined {
  const { documents } = COUNTRIES[country];
  const isDocument = documents[textIn(body, 'document_type') || 'other'];
  if (isDocument === undefined) return refused(300, { message: missing('document_type') });
  if (!isDocument(textIn(body, 'document_id'))) return refused(300, { message: missing('document_id') });
  const email = textIn(body, 'email');
  if (email !== '' && !EMAIL.test(email)) return refused(300, { message: missing('email') });
  const phone = textIn(body, 'phone');
  const digits = phone.replace(/\D/g, '');
  if (phone !== '' && (!PHONE.test(phone) || (country === 'BR' && digits.length > 15))) return refused(543);
  return undefined;
}

/** Whom the network does not pay. */
function standingOf(body: Record<string, unknown>, settings: D24Settings): Refused | undefined {
  const document = textIn(body, 'document_id');
  if (settings.blockedDocuments.includes(document)) return refused(515);
  if (settings.blockedAccounts.includes(textIn(body, 'bank_account'))) return refused(538);
  const reasonCode = settings.kycRefusals[document];
  return reasonCode === undefined ? undefined : refused(504, { reasonCode });
}

export function textIn(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** `bankAccount: Invalid or missing bank account`. */
export function missing(name: string): string {
  return `${camelOf(name)}: Invalid or missing ${name.replaceAll('_', ' ')}`;
}

function camelOf(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function refused(code: RefusalCode, details: RefusalDetails = {}): Refused {
  return { refusal: refuse(code, details) };
}
