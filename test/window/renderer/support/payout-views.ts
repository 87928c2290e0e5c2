/** Payouts as a till would send them: masked, with what each state allows. The people and accounts are invented. */
import type {
  BankView,
  OpenPayoutView,
  PayoutNetworkView,
  PayoutView,
} from '../../../../src-main/core/contract/payout-contract.ts';
import type { PayoutCountry } from '../../../../src-main/core/domain/payouts/country-forms.ts';
import { payoutCurrenciesOf, payoutMethodsOf } from '../../../../src-main/core/domain/payouts/country-forms.ts';
import type { PayoutState } from '../../../../src-main/core/domain/payouts/payout.ts';
import { isPayoutEnded } from '../../../../src-main/core/domain/payouts/payout.ts';
import { voucherText } from '../../../../src-main/core/domain/payouts/voucher.ts';

const MINUTE_MS = 60_000;
const EXTERNAL_ID = 'CAJA0301K9PAYOUT7Q2M8R4T6W';

const offer = (country: PayoutCountry) => ({
  country,
  currencies: payoutCurrenciesOf(country),
  methods: payoutMethodsOf(country).map(({ id }) => id),
});

export function payoutNetworkView(over: Partial<PayoutNetworkView> = {}): PayoutNetworkView {
  return {
    id: 'tupay',
    connection: 'online',
    sinceMs: Date.now() - 40 * MINUTE_MS,
    countries: [offer('PE')],
    cancel: true,
    hold: true,
    banks: true,
    exchangeRate: true,
    limits: [
      { currency: 'PEN', minMinor: 1_000, maxMinor: 500_000, releaseAboveMinor: 200_000 },
      { currency: 'USD', minMinor: 500, maxMinor: 100_000 },
    ],
    ...over,
  };
}

/** Every country there is, as a network with a large account would offer. */
export function manyCountriesView(over: Partial<PayoutNetworkView> = {}): PayoutNetworkView {
  return payoutNetworkView({
    id: 'onekey',
    countries: (['CO', 'BR', 'MX', 'PE', 'CL', 'AR', 'EC'] as const).map(offer),
    limits: [
      { currency: 'COP', minMinor: 2_000_000, maxMinor: 900_000_000, releaseAboveMinor: 300_000_000 },
      { currency: 'BRL', minMinor: 1_000, maxMinor: 500_000, releaseAboveMinor: 200_000 },
      ...(['MXN', 'PEN', 'CLP', 'ARS'] as const).map((currency) => ({ currency, minMinor: 1_000, maxMinor: 900_000 })),
      { currency: 'USD', minMinor: 500, maxMinor: 100_000 },
    ],
    ...over,
  });
}

const ACTIONS: Readonly<Record<PayoutState, PayoutView['actions']>> = {
  requested: ['cancel', 'print'],
  declined: ['notes', 'reissue', 'print'],
  not_found: ['notes', 'reissue', 'print'],
  pending: ['refresh', 'cancel', 'hold', 'print'],
  on_hold: ['refresh', 'cancel', 'release', 'print'],
  delivered: ['refresh', 'print'],
  completed: ['refresh', 'print'],
  cancelled: ['notes', 'reissue', 'print'],
  rejected: ['refresh', 'notes', 'reissue', 'print'],
};

const KNOWN: readonly PayoutState[] = ['pending', 'on_hold', 'delivered', 'completed', 'cancelled', 'rejected'];
const FAILED: readonly PayoutState[] = ['declined', 'not_found', 'cancelled', 'rejected'];

export function payoutView(state: PayoutState, over: Partial<PayoutView> = {}): PayoutView {
  const nowMs = Date.now();
  const isKnown = KNOWN.includes(state);
  const reachedBank = state === 'delivered' || state === 'completed' || state === 'rejected';
  return {
    id: '01K9PAYOUT7Q2M',
    state,
    network: 'tupay',
    country: 'PE',
    method: 'pe-bank',
    currency: 'PEN',
    amountMinor: 125_050,
    externalId: EXTERNAL_ID,
    voucher: voucherText(EXTERNAL_ID),
    beneficiary: {
      firstName: 'A.',
      lastName: 'R.',
      documentType: 'DNI',
      documentId: '••••43',
      bankAccount: '••••6813',
      accountType: 'S',
    },
    cashierName: 'Guadalupe Hernández',
    shiftId: '01SHIFT',
    requestedAtMs: nowMs - 6 * MINUTE_MS,
    createdOnHold: state === 'on_hold',
    cancelAsked: false,
    reversed: false,
    surfaced: false,
    notesInstead: FAILED.includes(state) ? 'once' : 'no',
    checkFailing: false,
    cases: [],
    slips: [],
    actions: ACTIONS[state],
    ...(isKnown && { cashoutId: '8405147', checkedAtMs: nowMs - 12_000 }),
    ...(reachedBank && { deliveredAtMs: nowMs - 4 * MINUTE_MS, bankReference: '00418823907' }),
    ...(state === 'completed' && { completedAtMs: nowMs - 2 * MINUTE_MS }),
    ...(FAILED.includes(state) && { endedAtMs: nowMs - 1 * MINUTE_MS }),
    ...(!isPayoutEnded(state) && { nextCheckAtMs: nowMs + 18_000 }),
    ...(state === 'declined' && { code: '300' }),
    ...(state === 'rejected' && {
      rejection: { code: 800, reason: 'ERROR_ACCOUNT_INCORRECT', hint: 'correct-account' } as const,
    }),
    ...over,
  };
}

export function openPayoutView(state: PayoutState, over: Partial<OpenPayoutView> = {}): OpenPayoutView {
  return {
    id: `01OPEN${state.toUpperCase().replace('_', '')}`,
    state,
    network: 'tupay',
    currency: 'PEN',
    amountMinor: 125_050,
    beneficiaryName: 'A. R.',
    requestedAtMs: Date.now() - 6 * MINUTE_MS,
    needsPerson: false,
    ...over,
  };
}

/** The line of the window's list for a payout. */
export function openLineOf(payout: PayoutView): OpenPayoutView {
  const { id, state, network, currency, amountMinor, requestedAtMs, cases, doubt, notesSinceMs } = payout;
  const { firstName = '', lastName = '' } = payout.beneficiary;
  return {
    id,
    state,
    network,
    currency,
    amountMinor,
    requestedAtMs,
    beneficiaryName: `${firstName} ${lastName}`,
    needsPerson: cases.length > 0 || doubt?.needsPerson === true,
    ...(notesSinceMs !== undefined && { notesSinceMs }),
  };
}

export function isOpenPayout(payout: PayoutView): boolean {
  const { state, doubt, review, cases, notesSinceMs } = payout;
  return !isPayoutEnded(state) || notesSinceMs !== undefined || Boolean(doubt ?? review) || cases.length > 0;
}

export const BANKS: readonly BankView[] = [
  { code: '1007', name: 'Bancolombia' },
  { code: '1051', name: 'Banco Davivienda' },
  { code: '1001', name: 'Banco de Bogotá' },
  { code: '1023', name: 'Banco de Occidente' },
  { code: '1062', name: 'Banco Falabella', licensed: false },
  { code: '1012', name: 'Banco GNB Sudameris' },
  { code: '1002', name: 'Banco Popular' },
  { code: '1013', name: 'BBVA Colombia' },
  { code: '1032', name: 'Banco Caja Social' },
  { code: '1019', name: 'Scotiabank Colpatria' },
];
