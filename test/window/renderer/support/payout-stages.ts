/** One payout on its own screen: each state, doubt and question, by name. */
import type { Page } from 'playwright-core';
import type { PayoutNetworkView, PayoutView } from '../../../../src-main/core/contract/payout-contract.ts';
import type { TillView } from '../../../../src-main/core/contract/views.ts';
import { PAYOUT_STATES } from '../../../../src-main/core/domain/payouts/payout.ts';
import type { Words } from '../../../../src-renderer/text/words.ts';
import { payoutNetworkView, payoutView } from './payout-views.ts';
import { DAY } from './scenes.ts';
import type { Scene } from './scenes.ts';
import { caseView } from './views.ts';

export const nowMs = Date.now();
export const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export const one = (...networks: PayoutNetworkView[]): Partial<TillView> => ({ payoutNetworks: networks });
export const TUPAY = one(payoutNetworkView());

const stage = (name: string, payout: PayoutView, payouts: readonly PayoutView[] = []): Scene => ({
  name: `payout-${name}`,
  view: TUPAY,
  payout,
  payouts,
  cashOuts: DAY,
});

export const payoutCase = (
  kind: 'payout-returned-late' | 'payout-paid-twice' | 'payout-contradiction' | 'payout-stuck',
) => {
  const { cashOutId: _none, ...file } = caseView({ kind, amountMinor: 125_050, currency: 'PEN' });
  return { ...file, payoutId: '01K9PAYOUT7Q2M' };
};

export const doubt = (command: 'create' | 'cancel' | 'hold' | 'release', needsPerson = false) => ({
  doubt: { command, attempts: 3, lastOutcome: 'timeout', nextAttemptAtMs: nowMs + 40 * MINUTE_MS, needsPerson },
});

export const ask = (button: (words: Words) => string) => async (page: Page, words: Words) => {
  await page
    .getByRole('main')
    .getByRole('button', { name: button(words) })
    .and(page.locator('[aria-disabled=false]'))
    .click();
  await page.getByRole('dialog').waitFor();
};

export const rejected = (over: Partial<PayoutView> = {}) => payoutView('rejected', over);
export const returned = rejected({
  reversed: true,
  rejection: { code: 826, reason: 'WITHDRAWAL_REVERSED', hint: 'returned' },
  requestedAtMs: nowMs - 3 * DAY_MS,
  deliveredAtMs: nowMs - 3 * DAY_MS + 4 * MINUTE_MS,
  completedAtMs: nowMs - 3 * DAY_MS + 9 * MINUTE_MS,
  notesInstead: 'supervisor',
  cases: [payoutCase('payout-returned-late')],
});

export const PAYOUT_STAGES: readonly Scene[] = [
  ...PAYOUT_STATES.map((state) => stage(state.replace('_', '-'), payoutView(state))),
  stage('cancelling', payoutView('pending', { cancelAsked: true, actions: ['refresh', 'print'] })),
  stage(
    'pickup',
    payoutView('delivered', {
      network: 'onekey',
      country: 'CO',
      method: 'co-efecty',
      currency: 'COP',
      amountMinor: 45_000_000,
      pickupReference: '4471902263',
      beneficiary: { firstName: 'J.', lastName: 'M.', documentType: 'CC', documentId: '••••5518', phone: '••••4567' },
    }),
  ),
  stage(
    'wallet',
    payoutView('delivered', { country: 'CO', method: 'co-nequi', currency: 'COP', amountMinor: 45_000_000 }),
  ),
  stage('check-failing', payoutView('delivered', { checkFailing: true, checkedAtMs: nowMs - 40 * MINUTE_MS })),
  stage('returned', returned),
  stage(
    'paid-twice',
    payoutView('delivered', {
      surfaced: true,
      replacement: { by: 'notes', atMs: nowMs - 30 * MINUTE_MS },
      cases: [payoutCase('payout-paid-twice')],
    }),
  ),
  stage(
    'contradiction',
    payoutView('cancelled', {
      review: { why: 'the network says completed of what was cancelled', sinceMs: nowMs - MINUTE_MS },
      cases: [payoutCase('payout-contradiction')],
      notesInstead: 'no',
      actions: ['refresh', 'reviewed', 'print'],
    }),
  ),
  stage(
    'replaced',
    rejected({
      replacement: { by: 'payout', payoutId: '01K9OTHER', atMs: nowMs - 20_000 },
      notesInstead: 'no',
      actions: ['print'],
    }),
  ),
  stage('surfaced', payoutView('pending', { surfaced: true })),
  stage('doubt-create', payoutView('requested', { ...doubt('create'), actions: [] })),
  stage('doubt-cancel', payoutView('pending', { ...doubt('cancel'), cancelAsked: true, actions: ['refresh'] })),
  stage(
    'doubt-person',
    payoutView('requested', {
      ...doubt('create', true),
      cases: [payoutCase('payout-stuck')],
      actions: ['reviewed', 'refresh'],
    }),
  ),
  stage(
    'giving-notes',
    rejected({
      currency: 'MXN',
      notesSinceMs: nowMs - 4_000,
      actions: ['notes-given', 'notes-not-given'],
      amountMinor: 345_000,
    }),
  ),
  stage(
    'giving-notes-stop',
    payoutView('delivered', {
      notesSinceMs: nowMs - 4_000,
      surfaced: true,
      cases: [payoutCase('payout-paid-twice')],
      actions: ['notes-given', 'notes-not-given'],
    }),
  ),
  {
    ...stage('ask-notes', rejected()),
    lead: ask((words) => words.payouts.notes),
  },
  {
    ...stage('ask-notes-supervisor', returned),
    lead: async (page, words) => {
      await ask((of) => of.payouts.notes)(page, words);
      await page.getByRole('dialog').getByRole('button', { name: 'Beatriz Montes' }).click();
    },
  },
  {
    ...stage('ask-cancel', payoutView('pending')),
    lead: async (page, words) => {
      await ask((of) => of.payouts.cancel)(page, words);
      await page
        .getByRole('dialog')
        .getByText(words.payouts.cancelReasons[0] ?? '')
        .click();
    },
  },
  { ...stage('ask-release', payoutView('on_hold')), lead: ask((words) => words.payouts.release) },
  { ...stage('ask-reissue', rejected()), lead: ask((words) => words.payouts.reissue) },
  {
    ...stage(
      'ask-reviewed',
      payoutView('requested', {
        ...doubt('create', true),
        actions: ['reviewed', 'refresh'],
      }),
    ),
    lead: ask((words) => words.payouts.reviewed),
  },
];
