/**
 * What is said about one value of a payout form. refuse: the bank cannot mean this · warn: unusual, somebody should look again.
 * Where the documents contradict themselves (Brazilian account numbers, by bank and by page) nothing is refused.
 *
 * Source  D24 cashouts API, countries validations. Marked "national" where a country's own rule is used instead.
 */
import { isCbu, isCci, isClabe, isCpf } from './check-digits.ts';
import type { AccountRule, PayoutCountry } from './country-forms.ts';
import { unreachable } from '../result.ts';

export type FieldProblem =
  'missing' | 'too-long' | 'length' | 'format' | 'check-digits' | 'not-a-choice' | 'is-a-card' | 'unusual';
export type Verdict =
  | Readonly<{ verdict: 'ok' }>
  | Readonly<{ verdict: 'warn'; why: FieldProblem }>
  | Readonly<{ verdict: 'refuse'; why: FieldProblem }>;

const OK: Verdict = { verdict: 'ok' };
const warn = (why: FieldProblem): Verdict => ({ verdict: 'warn', why });
const refuse = (why: FieldProblem): Verdict => ({ verdict: 'refuse', why });
const unless = (isGood: boolean, otherwise: Verdict): Verdict => (isGood ? OK : otherwise);

export function nameVerdict(text: string, longest: number): Verdict {
  if (Array.from(text).length > longest) return refuse('too-long');
  return unless(text.isWellFormed() && !/\p{Cc}/u.test(text), refuse('format'));
}

export function emailVerdict(text: string): Verdict {
  if (text.length > 100) return refuse('too-long');
  return unless(/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text), refuse('format'));
}

/** `isKey`: the money goes where this number leads. */
export function phoneVerdict(country: PayoutCountry, text: string, isKey: boolean): Verdict {
  if (text.replaceAll(/\D/g, '').length > 15 || text.length > 20) return refuse('too-long');
  const isNational = NATIONAL_PHONES[country]?.test(text) ?? /^\+?\d{7,15}$/.test(text);
  return unless(isNational, isKey ? refuse('format') : warn('unusual'));
}

const NATIONAL_PHONES: Partial<Record<PayoutCountry, RegExp>> = {
  BR: /^\+55\d{10,11}$/,
  CO: /^\+57 \d{3} \d{7}$/,
};

export function branchVerdict(text: string): Verdict {
  if (text.length > 15) return refuse('too-long');
  return unless(/^\d{1,5}(-?[\dxX])?$/.test(text), warn('unusual'));
}

export function accountVerdict(rule: AccountRule | undefined, bankCode: string | undefined, text: string): Verdict {
  switch (rule) {
    case 'cci':
      return cciVerdict(text);
    case 'clabe':
      // Cards go to another host of the network, which this till does not speak to.
      if (/^\d{15,16}$/.test(text)) return refuse('is-a-card');
      return text.length === 18 ? unless(isClabe(text), refuse('check-digits')) : refuse('length');
    case 'cbu': // National.
      return text.length === 22 ? unless(isCbu(text), refuse('check-digits')) : refuse('length');
    case 'brazil':
      return brazilianVerdict(bankCode ?? '', text);
    case 'chile':
      return unless(/^\d{6,16}$/.test(text), refuse('format'));
    case 'colombia':
      return unless(/^\d{8,19}$/.test(text), refuse('format'));
    case 'colombia-mobile': // The page allows any 20 characters; mobiles there have ten digits and begin with 3 (national).
      return text.length > 20 ? refuse('too-long') : unless(/^3\d{9}$/.test(text), warn('unusual'));
    case 'ecuador':
      return unless(/^\d{5,20}$/.test(text), refuse('format'));
    case 'ecuador-mobile':
      return unless(/^593\d{9}$/.test(text), refuse('format'));
    case undefined:
      return refuse('format');
    default:
      return unreachable(rule);
  }
}

function cciVerdict(text: string): Verdict {
  if (text.length === 20) return unless(isCci(text), refuse('check-digits'));
  // The network's published check lets these pass, and does not say what they are.
  return /^\d{16}00$/.test(text) ? warn('unusual') : refuse('length');
}

/** By bank code. Where two pages differ, both forms count as usual. */
const BRAZILIAN_ACCOUNTS: Readonly<Record<string, RegExp>> = {
  '001': /^\d{1,9}-?[\dxX]$/,
  '033': /^\d{7,9}-?\d$/,
  '041': /^\d{9}-?\d$/,
  '104': /^\d{1,14}-?\d$/,
  '237': /^\d{1,7}-?\d$/,
  '323': /^\d{1,10}-?\d$/,
  '341': /^\d{1,6}-?\d$/,
};

function brazilianVerdict(bankCode: string, text: string): Verdict {
  if (text.length > 30) return refuse('too-long');
  const usual = BRAZILIAN_ACCOUNTS[bankCode.padStart(3, '0')] ?? /^\d{1,20}-?[\dxX]$/;
  return unless(usual.test(text), warn('unusual'));
}

export function documentVerdict(country: PayoutCountry, type: string | undefined, text: string): Verdict {
  if (text.length > 40) return refuse('too-long');
  switch (country) {
    case 'BR':
      return text.length === 11 ? unless(isCpf(text), refuse('check-digits')) : refuse('length');
    case 'PE':
      return peruvianVerdict(type, text);
    case 'MX':
      return unless(text.length >= 7 && text.length <= 18, refuse('length'));
    case 'CO':
      return unless(type === 'NIT' ? /^\w{8,15}$/.test(text) : /^\w{6,10}$/.test(text), refuse('length'));
    case 'CL':
      return unless(/^\d{7,8}[\dK]$/.test(text), refuse('length'));
    case 'AR':
      return unless(type === 'DNI' ? /^\d{7,9}$/.test(text) : /^(\d{7,9}|\d{11})$/.test(text), refuse('length'));
    case 'EC': // National: a cédula has ten digits.
      return unless(type === 'PASS' || /^\d{10}$/.test(text), warn('unusual'));
    default:
      return unreachable(country);
  }
}

/** National: the documents name the types, not their lengths. */
function peruvianVerdict(type: string | undefined, text: string): Verdict {
  if (text.length > 12) return refuse('too-long');
  if (type === 'DNI') return unless(/^\d{8}$/.test(text), warn('unusual'));
  return unless(type !== 'RUC' || /^\d{11}$/.test(text), warn('unusual'));
}
