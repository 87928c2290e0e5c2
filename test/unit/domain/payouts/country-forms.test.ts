import { expect, test } from 'vitest';
import {
  checkForm,
  FIELD_NAMES,
  isFormSound,
  PAYOUT_COUNTRIES,
  PAYOUT_METHODS,
  payoutAmountProblem,
  payoutCurrenciesOf,
  payoutMethod,
  payoutMethodsOf,
  tidyForm,
} from '../../../../src-main/core/domain/payouts/country-forms.ts';
import type {
  BeneficiaryForm,
  FieldName,
  PayoutMethodId,
} from '../../../../src-main/core/domain/payouts/country-forms.ts';
import { maskedForm, withoutPersonalData } from '../../../../src-main/core/domain/payouts/masking.ts';
import { SOUND_FORMS } from './sound-forms.ts';

const IDS = PAYOUT_METHODS.map(({ id }) => id);

function verdictOf(id: PayoutMethodId, name: FieldName, text: string, more: BeneficiaryForm = {}): string {
  const form = tidyForm(id, { ...SOUND_FORMS[id], ...more, [name]: text });
  const verdict = checkForm(id, form).get(name);
  return verdict === undefined ? 'not asked' : verdict.verdict === 'ok' ? 'ok' : `${verdict.verdict}: ${verdict.why}`;
}

test('every country can be paid in at least one way, and every way belongs to one', () => {
  expect(PAYOUT_COUNTRIES.map((country) => payoutMethodsOf(country).map(({ id }) => id))).toEqual([
    ['pe-bank'],
    ['br-bank', 'br-pix-phone', 'br-pix-email', 'br-pix-cpf'],
    ['mx-bank'],
    ['co-bank', 'co-nequi', 'co-daviplata', 'co-efecty', 'co-punto-red'],
    ['cl-bank'],
    ['ar-bank'],
    ['ec-bank', 'ec-payphone'],
  ]);
});

test.each(IDS)('%s: a sound form passes, and each required field is missed when it is empty', (id) => {
  const form = SOUND_FORMS[id];
  expect(tidyForm(id, form)).toEqual(form);
  expect([...checkForm(id, form).values()].every(({ verdict }) => verdict === 'ok')).toBe(true);
  expect(isFormSound(id, form)).toBe(true);
  for (const { name, required } of payoutMethod(id).fields) {
    const { [name]: _left, ...rest } = form;
    expect([name, isFormSound(id, rest)]).toEqual([name, !required]);
    expect(checkForm(id, rest).get(name)).toEqual(required ? { verdict: 'refuse', why: 'missing' } : { verdict: 'ok' });
  }
});

test.each(IDS)('%s: what the way itself decides is never asked, and nothing is asked twice', (id) => {
  const { fields, fixed } = payoutMethod(id);
  const names = fields.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => Object.hasOwn(fixed, name))).toEqual([]);
  expect(names.every((name) => FIELD_NAMES.includes(name))).toBe(true);
});

test.each<[PayoutMethodId, string]>([
  ['br-pix-phone', '10000'],
  ['br-pix-email', '10001'],
  ['br-pix-cpf', '10002'],
  ['co-efecty', '10003'],
  ['co-punto-red', '10006'],
  ['co-nequi', '1507'],
  ['co-daviplata', '1551'],
  ['ec-payphone', '10007'],
])('%s is told to the network by bank code %s', (id, bankCode) => {
  expect(payoutMethod(id).fixed.bankCode).toBe(bankCode);
});

test('ornaments that people and banks write are taken off', () => {
  expect(tidyForm('pe-bank', { bankAccount: ' 002-193-001538952068-13 ', documentId: '71 594 743' })).toEqual({
    bankAccount: '00219300153895206813',
    documentId: '71594743',
  });
  expect(tidyForm('br-pix-phone', { phone: '(11) 98765-4321', documentId: '529.982.247-25' })).toEqual({
    phone: '+5511987654321',
    documentId: '52998224725',
  });
  expect(tidyForm('co-efecty', { phone: '3001234567' }).phone).toBe('+57 300 1234567');
  expect(tidyForm('co-efecty', { phone: '+57 300 123 4567' }).phone).toBe('+57 300 1234567');
  expect(tidyForm('cl-bank', { documentId: '12.345.678-k', accountType: 'v' })).toEqual({
    documentId: '12345678K',
    accountType: 'V',
  });
  expect(tidyForm('br-bank', { bankAccount: '12.345-X' }).bankAccount).toBe('12345-X');
  expect(tidyForm('mx-bank', { firstName: '  José\n Luis ', bankBranch: '12' })).toEqual({ firstName: 'José Luis' });
});

test.each<[PayoutMethodId, FieldName, string, string]>([
  ['pe-bank', 'bankAccount', '00219300153895206813', 'ok'],
  ['pe-bank', 'bankAccount', '00219300153895206814', 'refuse: check-digits'],
  ['pe-bank', 'bankAccount', '002193001538952068', 'refuse: length'],
  ['pe-bank', 'bankAccount', '002193001538952000', 'warn: unusual'],
  ['pe-bank', 'documentId', '7159474', 'warn: unusual'],
  ['pe-bank', 'documentId', '7159474312345', 'refuse: too-long'],
  ['pe-bank', 'documentType', 'CPF', 'refuse: not-a-choice'],
  ['pe-bank', 'accountType', 'M', 'refuse: not-a-choice'],
  ['mx-bank', 'bankAccount', '021790064060296642', 'ok'],
  ['mx-bank', 'bankAccount', '021790064060296643', 'refuse: check-digits'],
  ['mx-bank', 'bankAccount', '4152313412345678', 'refuse: is-a-card'],
  ['mx-bank', 'bankAccount', '02179006406029664', 'refuse: length'],
  ['mx-bank', 'documentId', 'ROMA70', 'refuse: length'],
  ['br-bank', 'bankAccount', '123456789-x', 'ok'],
  ['br-bank', 'bankAccount', '12345678901234-5', 'warn: unusual'],
  ['br-bank', 'bankAccount', 'poupança', 'warn: unusual'],
  ['br-bank', 'bankAccount', '1'.repeat(31), 'refuse: too-long'],
  ['br-bank', 'bankCode', '90400888', 'ok'],
  ['br-bank', 'bankCode', 'itau', 'refuse: format'],
  ['br-bank', 'bankBranch', 'central', 'warn: unusual'],
  ['br-bank', 'documentId', '529.982.247-25', 'ok'],
  ['br-bank', 'documentId', '529.982.247-26', 'refuse: check-digits'],
  ['br-bank', 'documentId', '111.111.111-11', 'refuse: check-digits'],
  ['br-bank', 'documentId', '5299822472', 'refuse: length'],
  ['br-pix-phone', 'phone', '+5511987654321', 'ok'],
  ['br-pix-phone', 'phone', '+1 212 555 0100', 'refuse: format'],
  ['br-pix-phone', 'bankAccount', '1', 'not asked'],
  ['br-pix-email', 'email', 'ana@example.com', 'ok'],
  ['br-pix-email', 'email', 'ana@', 'refuse: format'],
  ['br-pix-email', 'email', `${'a'.repeat(100)}@x.br`, 'refuse: too-long'],
  ['br-bank', 'phone', '+1 212 555 0100', 'warn: unusual'],
  ['co-bank', 'bankAccount', '1234567', 'refuse: format'],
  ['co-bank', 'bankAccount', '12345678', 'ok'],
  ['co-bank', 'documentId', '12345', 'refuse: length'],
  ['co-nequi', 'bankAccount', '3001234567', 'ok'],
  ['co-nequi', 'bankAccount', '2001234567', 'warn: unusual'],
  ['co-nequi', 'bankAccount', '1'.repeat(21), 'refuse: too-long'],
  ['co-efecty', 'phone', '12345', 'refuse: format'],
  ['cl-bank', 'bankAccount', '12345', 'refuse: format'],
  ['cl-bank', 'bankAccount', '1'.repeat(16), 'ok'],
  ['cl-bank', 'documentId', '1234567', 'refuse: length'],
  ['ar-bank', 'bankAccount', '2850590940090418135201', 'ok'],
  ['ar-bank', 'bankAccount', '2850590940090418135202', 'refuse: check-digits'],
  ['ar-bank', 'bankAccount', '285059094009041813520', 'refuse: length'],
  ['ar-bank', 'documentId', '20-12345678-6', 'ok'],
  ['ar-bank', 'documentId', '1234567890', 'refuse: length'],
  ['ec-bank', 'bankAccount', '1234', 'refuse: format'],
  ['ec-bank', 'documentId', '17123456', 'warn: unusual'],
  ['ec-payphone', 'bankAccount', '593991234567', 'ok'],
  ['ec-payphone', 'bankAccount', '0991234567', 'refuse: format'],
  ['pe-bank', 'firstName', 'A'.repeat(101), 'refuse: too-long'],
  ['pe-bank', 'firstName', 'An\u0007a', 'refuse: format'],
])('%s, %s %j: %s', (id, name, text, expected) => {
  expect(verdictOf(id, name, text, id === 'ar-bank' ? { documentType: 'CUIT' } : {})).toBe(expected);
});

test('Brazilian account formats warn and never block, whatever the bank', () => {
  for (const bankCode of ['001', '033', '041', '104', '237', '323', '341', '077', '1']) {
    for (const text of ['1', '12345-6', '999999999999999', 'X', 'conta']) {
      expect(verdictOf('br-bank', 'bankAccount', text, { bankCode })).not.toMatch(/^refuse/);
    }
  }
});

test('every country is paid in its own currency or in US dollars', () => {
  expect(PAYOUT_COUNTRIES.map(payoutCurrenciesOf)).toEqual([
    ['PEN', 'USD'],
    ['BRL', 'USD'],
    ['MXN', 'USD'],
    ['COP', 'USD'],
    ['CLP', 'USD'],
    ['ARS', 'USD'],
    ['USD'],
  ]);
});

test('amounts are whole minor units of a currency that the country takes', () => {
  expect(payoutAmountProblem('PE', 'PEN', 1)).toBeUndefined();
  expect(payoutAmountProblem('CL', 'CLP', 5_000)).toBeUndefined();
  expect(payoutAmountProblem('CL', 'CLP', 5_000.5)).toBe('not-whole-units');
  expect(payoutAmountProblem('PE', 'PEN', 0)).toBe('not-positive');
  expect(payoutAmountProblem('PE', 'BRL', 1)).toBe('currency');
  expect(payoutAmountProblem('EC', 'ECS', 1)).toBe('currency');
});

test('a masked form tells apart, and no more', () => {
  expect(maskedForm({ ...SOUND_FORMS['co-bank'], email: 'ana@example.com', bankBranch: '0193' })).toEqual({
    firstName: 'L.',
    lastName: 'G.',
    documentType: 'CC',
    documentId: '••••7890',
    bankCode: '007',
    bankAccount: '••••6789',
    bankBranch: '••••3',
    accountType: 'S',
    phone: '••••4567',
    email: 'a••••@example.com',
    address: '••••',
  });
});

test('a network’s message is shown without the personal data it may repeat', () => {
  const form = { firstName: 'Rosaura', documentId: '71594743', accountType: 'S', bankAccount: '00219300153895206813' };
  const message = 'S account 00219300153895206813 of Rosaura (71594743) is closed';
  expect(withoutPersonalData(message, form)).toBe('S account ••••6813 of R. (••••43) is closed');
});
