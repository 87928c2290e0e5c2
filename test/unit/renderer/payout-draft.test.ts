import { expect, test } from 'vitest';
import {
  payoutMethod,
  PAYOUT_METHODS,
  tidyForm,
  checkForm,
} from '../../../src-main/core/domain/payouts/country-forms.ts';
import type { FieldName, PayoutMethodId } from '../../../src-main/core/domain/payouts/country-forms.ts';
import { banksLike } from '../../../src-renderer/screens/payouts/bank-search.ts';
import {
  draftInPlaceOf,
  emptyDraft,
  fieldsWith,
  inGroups,
  inputModeOf,
  isAmountInLimits,
  needsRelease,
  readForm,
  saidOf,
  startRequest,
  wayOf,
} from '../../../src-renderer/screens/payouts/draft.ts';
import type { Draft } from '../../../src-renderer/screens/payouts/draft.ts';
import { manyCountriesView, payoutNetworkView, payoutView } from '../../window/renderer/support/payout-views.ts';
import { BANKS } from '../../window/renderer/support/payout-views.ts';

const CCI = '00219300153895206813';
const NETWORKS = [manyCountriesView(), payoutNetworkView()];
const draft = (over: Partial<Draft> = {}): Draft => ({ ...emptyDraft('01SHIFT', 0), ...over });

function way(over: Partial<Draft> = {}, networks = NETWORKS) {
  const found = wayOf(draft(over), networks, 'MXN');
  if (!found) throw new Error('the networks offer something');
  return found;
}

test('what was not chosen is the first that fits, and the country of the till’s own money comes before the others', () => {
  expect(way()).toMatchObject({ country: 'MX', currency: 'MXN', method: { id: 'mx-bank' }, network: { id: 'onekey' } });
  expect(way({}, NETWORKS.toReversed())).toMatchObject({ currency: 'MXN', network: { id: 'onekey' } });
  expect(way({ network: 'tupay' })).toMatchObject({ country: 'PE', currency: 'PEN', method: { id: 'pe-bank' } });
  expect(way({ country: 'CO' })).toMatchObject({
    currency: 'COP',
    methods: ['co-bank', 'co-nequi', 'co-daviplata', 'co-efecty', 'co-punto-red'],
  });
});

test('a method or a currency of another country is not carried over to a new one', () => {
  expect(way({ country: 'PE', method: 'co-nequi', currency: 'COP' })).toMatchObject({
    method: { id: 'pe-bank' },
    currency: 'PEN',
  });
});

test('without a network, or with one that offers no country, there is no way', () => {
  expect(wayOf(draft(), [], 'MXN')).toBeUndefined();
  expect(wayOf(draft(), [payoutNetworkView({ countries: [] })], 'MXN')).toBeUndefined();
});

test('limits are those of the currency; one minor unit above the release limit needs a supervisor', () => {
  const pen = way({ network: 'tupay' });
  expect([0, 999, 1_000, 500_000, 500_001].map((minor) => isAmountInLimits(pen, minor))).toEqual([
    false,
    false,
    true,
    true,
    false,
  ]);
  expect([200_000, 200_001].map((minor) => needsRelease(pen, minor))).toEqual([false, true]);
  expect(needsRelease(way({ network: 'tupay', currency: 'USD' }), 90_000)).toBe(false);
});

test('where nothing can be parked the release limit is the most, and a currency without limits is not offered', () => {
  const cannotHold = [payoutNetworkView({ hold: false })];
  const pen = way({}, cannotHold);
  expect([200_000, 200_001].map((minor) => isAmountInLimits(pen, minor))).toEqual([true, false]);
  expect(needsRelease(pen, 200_001)).toBe(false);
  const [limits] = payoutNetworkView().limits;
  expect(way({ currency: 'USD' }, [payoutNetworkView({ limits: limits ? [limits] : [] })]).currencies).toEqual(['PEN']);
  expect(wayOf(draft(), [payoutNetworkView({ limits: [] })], 'MXN')).toBeUndefined();
});

const said = (id: PayoutMethodId, name: FieldName, typed: string, at: { isFocused: boolean; wasLeft: boolean }) => {
  const method = payoutMethod(id);
  const rule = method.fields.find((field) => field.name === name);
  const form = tidyForm(id, { [name]: typed });
  const verdict = checkForm(id, form).get(name);
  if (!rule || !verdict) throw new Error(`${id} has no ${name}`);
  return saidOf(method, rule, form[name] ?? '', verdict, at);
};
const WRITING = { isFocused: true, wasLeft: false };
const LEFT = { isFocused: false, wasLeft: true };

test('while an account number is being typed its digits are counted; only a wrong digit or one too many is refused at once', () => {
  expect(said('pe-bank', 'bankAccount', '002-193', WRITING)).toEqual({ tone: 'counting', typed: 6, of: 20 });
  expect(said('pe-bank', 'bankAccount', CCI, WRITING)).toEqual({ tone: 'good' });
  expect(said('pe-bank', 'bankAccount', `${CCI.slice(0, -1)}4`, WRITING)).toEqual({
    tone: 'refuse',
    why: 'check-digits',
  });
  expect(said('pe-bank', 'bankAccount', `${CCI}1`, WRITING)).toEqual({ tone: 'refuse', why: 'length' });
  expect(said('pe-bank', 'bankAccount', '002-193', LEFT)).toEqual({ tone: 'refuse', why: 'length' });
});

test('the first sixteen digits of a CLABE are not called a card while the rest is still to come', () => {
  const clabe = '021790064060296642';
  expect(said('mx-bank', 'bankAccount', clabe.slice(0, 16), WRITING)).toEqual({ tone: 'counting', typed: 16, of: 18 });
  expect(said('mx-bank', 'bankAccount', clabe.slice(0, 16), LEFT)).toEqual({ tone: 'refuse', why: 'is-a-card' });
  expect(said('mx-bank', 'bankAccount', clabe, LEFT)).toEqual({ tone: 'good' });
});

test('an empty field is called missing once it was asked for; an optional one never is; the unusual is only a warning', () => {
  expect(said('pe-bank', 'firstName', '', { isFocused: false, wasLeft: false })).toEqual({ tone: 'quiet' });
  expect(said('pe-bank', 'firstName', '', LEFT)).toEqual({ tone: 'refuse', why: 'missing' });
  expect(said('pe-bank', 'email', '', LEFT)).toEqual({ tone: 'quiet' });
  expect(said('br-bank', 'bankBranch', 'agência', WRITING)).toEqual({ tone: 'quiet' });
  expect(said('br-bank', 'bankBranch', 'agência', LEFT)).toEqual({ tone: 'warn', why: 'unusual' });
});

const mode = (id: PayoutMethodId, name: FieldName) => inputModeOf(payoutMethod(id), name);

test('numbers ask for a numeric keyboard, except where letters belong to them', () => {
  expect(mode('pe-bank', 'bankAccount')).toBe('numeric');
  expect(mode('br-bank', 'bankAccount')).toBe('text');
  expect(mode('mx-bank', 'documentId')).toBe('text');
  expect(mode('br-pix-cpf', 'documentId')).toBe('numeric');
  expect([mode('co-bank', 'phone'), mode('co-bank', 'email')]).toEqual(['tel', 'email']);
});

test('long numbers are read in groups that leave no single digit over; letters are left alone', () => {
  expect(inGroups(CCI)).toBe('0021 9300 1538 9520 6813');
  expect(inGroups('987654321')).toBe('987 654 321');
  expect(inGroups('12345-6')).toBe('12345-6');
  expect(inGroups('+57 300 1234567')).toBe('+57 300 1234567');
  for (const length of [6, 7, 8, 9, 10, 11, 18, 20, 22]) {
    const digits = '1234567890123456789012'.slice(0, length);
    expect(inGroups(digits).replaceAll(' ', '')).toBe(digits);
  }
});

test('the request holds the tidied form of its way and nothing of another one', () => {
  const typed = {
    firstName: ' Ana  Lucía ',
    lastName: 'Rojas',
    documentType: 'DNI',
    documentId: '71.594.743',
    bankAccount: '002-193-001538952068-13',
    accountType: 'S',
    bankCode: '1007',
    address: 'Calle 1',
  };
  const filled = draft({ network: 'tupay', amountText: '1250.5', typed });
  expect(fieldsWith(readForm(filled, way({ network: 'tupay' }).method).verdicts, 'refuse')).toEqual([]);
  expect(startRequest(filled, way({ network: 'tupay' }), 'abc', 125_050)).toEqual({
    network: 'tupay',
    country: 'PE',
    method: 'pe-bank',
    currency: 'PEN',
    amountMinor: 125_050,
    beneficiary: {
      firstName: 'Ana Lucía',
      lastName: 'Rojas',
      documentType: 'DNI',
      documentId: '71594743',
      bankAccount: CCI,
      accountType: 'S',
    },
    requestId: 'abc',
  });
});

test('parking is asked for only where the network can', () => {
  const parked = draft({ network: 'tupay', hold: true });
  expect(startRequest(parked, way({ network: 'tupay' }), 'a', 1_000)).toMatchObject({ hold: true });
  const [network] = [payoutNetworkView({ hold: false })];
  expect(startRequest(parked, way({ network: 'tupay' }, [network]), 'a', 1_000)).not.toHaveProperty('hold');
});

test('a payout in place of a failed one has its amount and its way, and none of the customer’s masked details', () => {
  const failed = payoutView('rejected');
  const again = draftInPlaceOf(failed, '01SHIFT', 7);
  expect(again).toMatchObject({ amountText: '1250.50', typed: {}, method: 'pe-bank', reissueOf: { id: failed.id } });
  expect(JSON.stringify(again)).not.toContain('•');
  expect(startRequest(again, way({ network: 'tupay' }), 'a', 125_050)).toMatchObject({ reissueOf: failed.id });
});

test('every way’s fields are complete in themselves: an empty form is refused by each of them', () => {
  for (const { id } of PAYOUT_METHODS) {
    const { verdicts } = readForm(draft(), payoutMethod(id));
    expect(fieldsWith(verdicts, 'refuse')).toContain('firstName');
  }
});

const names = (search: string) => banksLike(BANKS, search).map(({ name }) => name);

test('a bank is found by the beginning of any word, without accents, or by its code; one that cannot receive comes last', () => {
  expect(names('bogota')).toEqual(['Banco de Bogotá']);
  expect(names('banco fala')).toEqual(['Banco Falabella']);
  expect(names('1013')).toEqual(['BBVA Colombia']);
  expect(names('').at(-1)).toBe('Banco Falabella');
  expect(names('zzz')).toEqual([]);
});
