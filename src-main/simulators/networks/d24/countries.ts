/**
 * What each country asks of a payout beyond the common fields.
 *
 * Source  D24, TuPay and OneKey, cashouts, countries validations (one page per country). Where two generations of a page
 *         disagree, both are let through.
 */
import { isCbu, isCci, isClabe, isCpf } from './account-numbers.ts';

export const COUNTRY_NAMES = ['PE', 'BR', 'MX', 'CO', 'CL', 'AR', 'EC'] as const;
export type Country = (typeof COUNTRY_NAMES)[number];

export type CountryRules = Readonly<{
  currency: string;
  /** Fields that must be there and not empty. */
  required: readonly string[];
  /** By document type; `other` where the type is not sent. */
  documents: Readonly<Record<string, (id: string) => boolean>>;
  accountTypes: string;
  /** Whether the account number is one; `bankCode` is empty where none was sent. */
  isAccount: (account: string, bankCode: string) => boolean;
  /** The code to look up in the bank list; undefined where the country checks none. */
  bankCodeOf: (account: string, bankCode: string) => string | undefined;
}>;

const matches =
  (pattern: RegExp) =>
  (text: string): boolean =>
    pattern.test(text);

const anyDocument = matches(/^[A-Za-z0-9-]{5,18}$/);
const asSent = (_account: string, bankCode: string): string => bankCode;
const ifSent = (_account: string, bankCode: string): string | undefined => (bankCode === '' ? undefined : bankCode);

/** Two snapshots of the page differ for 033 and 341: the wider of both. */
const BRAZILIAN_ACCOUNTS: Readonly<Record<string, RegExp>> = {
  '001': /^\d{1,9}-?[\dxX]$/,
  '033': /^\d{7,9}-?\d$/,
  '041': /^\d{9}-?\d$/,
  '104': /^\d{1,14}-?\d$/,
  '237': /^\d{1,7}-?\d$/,
  '323': /^\d{1,11}$/,
  '341': /^\d{1,6}-?\d$/,
};

/** Bank codes that mean a PIX key: the key itself travels in phone, email or document_id. */
export const PIX_KEYS: Readonly<Record<string, 'phone' | 'email' | 'document_id'>> = {
  '10000': 'phone',
  '10001': 'email',
  '10002': 'document_id',
};

/** Cash pickup in Colombia: no account, but the phone (and the e-mail) to call the customer by. */
export const PICKUPS: Readonly<Record<string, readonly ('phone' | 'email')[]>> = {
  '10003': ['phone'],
  '10006': ['phone', 'email'],
};

const WALLETS: Readonly<Record<string, RegExp>> = { '1507': /^[\s\S]{1,20}$/, '1551': /^[\s\S]{1,20}$/ };

export const COUNTRIES: Readonly<Record<Country, CountryRules>> = {
  PE: {
    currency: 'PEN',
    required: ['document_type', 'bank_account', 'account_type', 'beneficiary_lastname'],
    documents: {
      DNI: matches(/^\d{8}$/),
      CE: matches(/^[A-Za-z0-9]{8,12}$/),
      RUC: matches(/^\d{11}$/),
      PASS: matches(/^[A-Za-z0-9]{5,12}$/),
    },
    accountTypes: 'CS',
    isAccount: isCci,
    bankCodeOf: (account) => account.slice(0, 3),
  },
  BR: {
    currency: 'BRL',
    required: ['bank_code', 'bank_account', 'bank_branch', 'account_type'],
    documents: { CPF: isCpf, other: isCpf },
    accountTypes: 'CS',
    isAccount: (account, bankCode) => (BRAZILIAN_ACCOUNTS[bankCode] ?? /^\d{1,14}-?[\dxX]$/).test(account),
    bankCodeOf: asSent,
  },
  MX: {
    currency: 'MXN',
    required: ['bank_account', 'beneficiary_lastname'],
    documents: {
      CURP: matches(/^[A-Za-z0-9]{18}$/),
      RFC: matches(/^[A-Za-z0-9]{12,13}$/),
      IFE: matches(/^[A-Za-z0-9]{7,18}$/),
      PASS: matches(/^[A-Za-z0-9]{7,18}$/),
      other: matches(/^[A-Za-z0-9]{7,18}$/),
    },
    accountTypes: 'CS',
    // Debit cards of 15 or 16 digits are taken by another host of the network.
    isAccount: isClabe,
    bankCodeOf: (account) => account.slice(0, 3),
  },
  CO: {
    currency: 'COP',
    required: [
      'document_type',
      'bank_code',
      'bank_account',
      'account_type',
      'beneficiary_lastname',
      'address',
      'phone',
    ],
    documents: {
      CC: matches(/^\d{6,10}$/),
      NIT: matches(/^\d{8,15}$/),
      CE: matches(/^\d{6,10}$/),
      PASS: matches(/^[A-Za-z0-9]{6,10}$/),
    },
    accountTypes: 'CS',
    isAccount: (account, bankCode) => (WALLETS[bankCode] ?? /^\d{8,19}$/).test(account),
    bankCodeOf: asSent,
  },
  CL: {
    currency: 'CLP',
    required: ['bank_code', 'bank_account', 'account_type'],
    documents: {
      ID: matches(/^[\dkK-]{8,9}$/),
      RUN: matches(/^[\dkK-]{8,9}$/),
      RUT: matches(/^[\dkK-]{8,9}$/),
      other: matches(/^[\dkK-]{8,9}$/),
    },
    accountTypes: 'CSV',
    isAccount: matches(/^\d{6,16}$/),
    bankCodeOf: asSent,
  },
  AR: {
    currency: 'ARS',
    required: ['bank_account', 'beneficiary_lastname'],
    documents: {
      DNI: matches(/^\d{7,9}$/),
      CUIT: matches(/^(\d{7,9}|\d{11})$/),
      CUIL: matches(/^(\d{7,9}|\d{11})$/),
      other: matches(/^(\d{7,9}|\d{11})$/),
    },
    accountTypes: 'CS',
    isAccount: isCbu,
    bankCodeOf: ifSent,
  },
  EC: {
    currency: 'USD',
    required: ['bank_code', 'bank_account', 'account_type', 'beneficiary_lastname'],
    documents: { CC: matches(/^\d{10}$/), PASS: anyDocument, other: anyDocument },
    accountTypes: 'CS',
    isAccount: (account, bankCode) => (bankCode === '10007' ? /^593\d{9}$/ : /^\d{5,20}$/).test(account),
    bankCodeOf: asSent,
  },
};

export function isCountry(text: string): text is Country {
  return Object.hasOwn(COUNTRIES, text);
}
