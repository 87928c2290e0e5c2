/** Every screen of both windows, by name, as the till's views and the few taps that lead there. */
import type { Page } from 'playwright-core';
import type { PayoutView } from '../../../../src-main/core/contract/payout-contract.ts';
import type { CashOutView, CustomerView, ReportView, TillView } from '../../../../src-main/core/contract/views.ts';
import type { DevicesView, DiscoveryView } from '../../../../src-main/core/contract/device-views.ts';
import type { PairingLookView, PairingView } from '../../../../src-main/core/contract/pairing-views.ts';
import { CASE_KINDS } from '../../../../src-main/core/domain/case-file.ts';
import { CASH_OUT_STATES } from '../../../../src-main/core/domain/cash-out.ts';
import type { Locale } from '../../../../src-main/core/domain/locale.ts';
import { WORDS } from '../../../../src-renderer/text/words.ts';
import type { Words } from '../../../../src-renderer/text/words.ts';
import { caseView, cashOutView, QR_DATA, reportView } from './views.ts';
import { CASE_SCENES } from './case-scenes.ts';
import { PAIRING_SCENES } from './pairing-scenes.ts';
import { PRINTING_SCENES } from './printing-scenes.ts';
import { BOUGHT } from './bought.ts';
import { WARNING_SCENES } from './warning-scenes.ts';

export type Scene = Readonly<{
  name: string;
  view?: Partial<TillView>;
  cashOuts?: readonly CashOutView[];
  report?: ReportView;
  pairing?: PairingView;
  pairingLook?: PairingLookView;
  devices?: DevicesView;
  discovery?: DiscoveryView;
  payouts?: readonly PayoutView[];
  /** A payout shown on its own screen. */
  payout?: PayoutView;
  /** Shown on its own screen. */
  stage?: CashOutView;
  lead?: (page: Page, words: Words) => Promise<void>;
  /** How the till's view changes after that. */
  later?: Partial<TillView>;
}>;

const nowMs = Date.now();
const MINUTE_MS = 60_000;

/** What a busy day leaves in the list: one of each end. */
export const DAY: readonly CashOutView[] = (
  [
    ['settled', 200_000],
    ['settled', 50_000],
    ['returned', 150_000],
    ['settled', 300_000],
    ['expired', 100_000],
    ['cancelled', 20_000],
    ['refused', 800_000],
    ['settled', 150_000],
    ['settled', 60_000],
  ] as const
).map(([state, amountMinor], index) =>
  cashOutView(state, {
    id: `01DAY${index}`,
    amountMinor,
    requestedAtMs: nowMs - (index * 11 + 12) * MINUTE_MS,
    endedAtMs: nowMs - (index * 11 + 10) * MINUTE_MS,
    ...((state === 'settled' || state === 'returned') && { paidAtMs: nowMs - (index * 11 + 11) * MINUTE_MS }),
    ...(state === 'refused' && { reason: 'seller_configuration' }),
    ...(state === 'returned' && { reason: 'El cliente se fue' }),
    ...(index === 0 && {
      slips: [
        { jobId: '01J', subjectId: '01DAY0', kind: 'receipt', copy: 0, state: 'printed', detail: '', atMs: nowMs },
      ],
    }),
  }),
);

const other = cashOutView('paid', { id: '01OTHER', amountMinor: 60_000, requestedAtMs: nowMs - 3 * MINUTE_MS });
const doubtful = (command: 'create' | 'cancel' | 'refund' | 'confirm') => ({
  doubt: { command, attempts: 3, lastOutcome: 'timeout', nextAttemptAtMs: nowMs + 60 * MINUTE_MS },
});

const stage = (name: string, cashOut: CashOutView): Scene => ({ name, stage: cashOut, cashOuts: [other, ...DAY] });

const FAILING = { checkFailing: true } as const;

export const STAGES: readonly Scene[] = [
  ...PRINTING_SCENES,
  ...CASH_OUT_STATES.map((state) =>
    stage(
      `stage-${state}`,
      cashOutView(state, {
        ...(state === 'refused' && { reason: 'seller_configuration' }),
        ...((state === 'returning' || state === 'returned') && { reason: 'El cliente ya no lo quiere' }),
      }),
    ),
  ),
  stage('stage-cancel-asked', cashOutView('requested', { cancelAsked: true, actions: [] })),
  stage(
    'stage-return-failed',
    cashOutView('returning', {
      reason: 'El cliente ya no lo quiere',
      cases: [caseView({ kind: 'return-failed' })],
    }),
  ),
  stage('stage-case', cashOutView('settled', { cases: [caseView({ kind: 'returned-and-given' })] })),
  stage(
    'stage-large-amount',
    cashOutView('handing_over', {
      currency: 'COP',
      amountMinor: 200_000_000,
      noteSuggestion: { '10000000': 18, '5000000': 3, '2000000': 2, '1000000': 1 },
    }),
  ),
  stage('stage-purchase-awaiting', cashOutView('awaiting_payment', BOUGHT)),
  stage('stage-purchase-paid', cashOutView('paid', { ...BOUGHT, confirmByMs: nowMs + 3 * MINUTE_MS })),
  stage('stage-purchase-handing-over', cashOutView('handing_over', { ...BOUGHT, confirmByMs: nowMs + 3 * MINUTE_MS })),
  stage('stage-purchase-returned', cashOutView('returned', { ...BOUGHT, reason: 'El cliente se fue' })),
  stage('stage-doubt-create', cashOutView('requested', doubtful('create'))),
  stage('stage-doubt-cancel', cashOutView('cancelling', doubtful('cancel'))),
  stage('stage-doubt-refund', cashOutView('returning', doubtful('refund'))),
  stage('stage-check-failing', cashOutView('awaiting_payment', FAILING)),
  stage('stage-no-code', withoutCode(cashOutView('awaiting_payment'))),
  stage('stage-static', withoutCode(cashOutView('awaiting_payment', { mode: 'static' }))),
  stage('stage-hybrid', cashOutView('awaiting_payment', { mode: 'hybrid' })),
  stage('stage-paid-third-leg', cashOutView('paid', { confirmByMs: nowMs + 3 * MINUTE_MS })),
  stage(
    'stage-paid-too-late',
    cashOutView('paid', { confirmByMs: nowMs + 40_000, late: 'after-expiry', cases: [caseView()] }),
  ),
  stage('stage-handing-over-third-leg', cashOutView('handing_over', { confirmByMs: nowMs + 2 * MINUTE_MS })),
  stage(
    'stage-paid-late-stale',
    cashOutView('paid', { late: 'after-expiry', checkedAtMs: nowMs - 4 * MINUTE_MS, cases: [caseView()] }),
  ),
];

/** Two lines: 2 × 28.90 and 1 × 381.50. */
async function addPurchase(page: Page, words: Words): Promise<void> {
  await page.getByRole('button', { name: '$ 1,500', exact: true }).click();
  await page.getByRole('button', { name: words.purchase.start, exact: true }).click();
  const sheet = page.getByRole('dialog');
  const type = async (title: string, price: string): Promise<void> => {
    await sheet.getByRole('textbox').fill(title);
    for (const key of price) await sheet.getByRole('button', { name: key, exact: true }).click();
  };
  await type('Leche entera 1 L', '28.90');
  await sheet.getByRole('button', { name: words.purchase.more }).click();
  await sheet.getByRole('button', { name: words.purchase.add, exact: true }).click();
  await type('Café molido de altura, tueste oscuro, 500 g', '381.50');
  await sheet.getByRole('button', { name: words.purchase.add, exact: true }).click();
}

function withoutCode(cashOut: CashOutView): CashOutView {
  const { qrData: _none, ...rest } = cashOut;
  return rest;
}

export const tab = (word: (words: Words) => string) => async (page: Page, words: Words) => {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: word(words) })
    .click();
};
const shiftTab = tab((words) => words.shell.shift);

const network = (connection: 'online' | 'offline' | 'blocked', code?: string) => ({
  networks: [
    {
      id: 'mercadopago-orders',
      connection,
      sinceMs: nowMs - 6 * MINUTE_MS,
      modes: ['dynamic', 'static', 'hybrid'],
      defaultMode: 'dynamic',
      purchase: false,
      ...(code !== undefined && { code }),
    },
  ] as TillView['networks'],
});

/** Both products of one account: the second takes purchases. */
const withPurchases: Partial<TillView> = {
  networks: [
    {
      id: 'mercadopago-instore',
      connection: 'online',
      sinceMs: nowMs - 6 * MINUTE_MS,
      modes: ['dynamic', 'static', 'hybrid'],
      defaultMode: 'static',
      purchase: true,
    },
    ...(network('online').networks ?? []),
  ],
};
export const PLACES: readonly Scene[] = [
  { name: 'home', cashOuts: DAY },
  {
    name: 'home-can-purchase',
    view: withPurchases,
    cashOuts: DAY,
  },
  {
    name: 'home-purchase-empty',
    view: withPurchases,
    cashOuts: DAY,
    lead: async (page, words) => page.getByRole('button', { name: words.purchase.start, exact: true }).click(),
  },
  { name: 'home-purchase-sheet', view: withPurchases, cashOuts: DAY, lead: addPurchase },
  {
    name: 'home-purchase',
    view: withPurchases,
    cashOuts: DAY,
    lead: async (page, words) => {
      await addPurchase(page, words);
      await page.getByRole('dialog').getByRole('button', { name: words.purchase.done, exact: true }).click();
    },
  },
  {
    name: 'home-amount',
    cashOuts: DAY,
    lead: async (page) => page.getByRole('button', { name: '$ 1,500', exact: true }).click(),
  },
  {
    name: 'home-problem',
    cashOuts: DAY,
    lead: async (page) => {
      for (const digit of '9999') await page.getByRole('button', { name: digit, exact: true }).click();
    },
  },
  {
    name: 'home-large',
    view: {
      currency: 'COP',
      limits: { minMinor: 1_000_000, maxMinor: 500_000_000, stepMinor: 200_000 },
      quickAmountsMinor: [5, 10, 20, 30, 50, 100, 200, 500].map((units) => units * 1_000_000),
      networks: [
        ...(network('online').networks ?? []),
        {
          id: 'tupay',
          connection: 'online',
          sinceMs: nowMs,
          modes: ['dynamic'],
          defaultMode: 'dynamic',
          purchase: false,
        },
      ],
    },
    lead: async (page) => {
      for (const digit of '999999999') await page.getByRole('button', { name: digit, exact: true }).click();
    },
  },
  { name: 'home-offline', view: network('offline'), cashOuts: DAY },
  ...WARNING_SCENES,
  { name: 'home-blocked', view: network('blocked', 'seller_configuration'), cashOuts: DAY },
  {
    name: 'home-busy',
    cashOuts: [
      cashOutView('awaiting_payment', { id: '01A', amountMinor: 20_000 }),
      cashOutView('paid', { id: '01B', amountMinor: 300_000, cases: [caseView()] }),
      cashOutView('requested', { id: '01C', amountMinor: 50_000, ...doubtful('create') }),
      cashOutView('returning', { id: '01D', amountMinor: 80_000 }),
      cashOutView('cancelling', { id: '01E', amountMinor: 100_000 }),
      ...DAY,
    ],
    lead: tab((words) => words.shell.newCashOut),
  },
  { name: 'today', cashOuts: [other, ...DAY], lead: tab((words) => words.shell.today) },
  {
    name: 'today-detail',
    cashOuts: DAY,
    lead: async (page, words) => {
      await tab((of) => of.shell.today)(page, words);
      await page.getByRole('main').getByRole('button', { name: '$ 2,000' }).click();
    },
  },
  {
    name: 'cases',
    view: { openCases: CASE_KINDS.map((kind, index) => caseView({ id: `01CASE${index}`, kind })) },
    lead: tab((words) => words.shell.cases),
  },
  ...CASE_SCENES,
  { name: 'cases-none', lead: tab((words) => words.shell.cases) },
  { name: 'shift', lead: shiftTab },
  {
    name: 'shift-drawer',
    lead: async (page, words) => {
      await shiftTab(page, words);
      await page.getByRole('main').getByRole('button', { name: words.shifts.openDrawer }).click();
    },
  },
  {
    name: 'drop',
    lead: async (page, words) => {
      await shiftTab(page, words);
      await page.getByRole('main').getByRole('button', { name: words.shifts.drop }).click();
    },
  },
  {
    name: 'count',
    lead: async (page, words) => {
      await shiftTab(page, words);
      await page.getByRole('main').getByRole('button', { name: words.shifts.closeShift }).click();
      for (const digit of '14') await page.getByRole('button', { name: digit, exact: true }).last().click();
    },
  },
  {
    name: 'x-report',
    lead: async (page, words) => {
      await shiftTab(page, words);
      await page.getByRole('main').getByRole('button', { name: words.shifts.xReport }).click();
    },
  },
  {
    name: 'x-report-cases',
    report: reportView('x', {
      cases: [caseView(), caseView({ id: '01B', kind: 'network-silent', amountMinor: 20_000 })],
      decidedCases: [
        caseView({
          id: '01C',
          kind: 'returned-and-given',
          closed: { decision: 'loss', reason: 'r', by: 'Beatriz Montes', atMs: nowMs },
        }),
      ],
    }),
    lead: async (page, words) => {
      await shiftTab(page, words);
      await page.getByRole('main').getByRole('button', { name: words.shifts.xReport }).click();
    },
  },
  {
    name: 'count-blocked',
    report: reportView('x', {
      open: [
        { id: '01A', state: 'awaiting_payment', amountMinor: 20_000, blocksClose: true },
        { id: '01B', state: 'paid', amountMinor: 300_000, blocksClose: true },
      ],
    }),
    lead: async (page, words) => {
      await shiftTab(page, words);
      await page.getByRole('main').getByRole('button', { name: words.shifts.closeShift }).click();
    },
  },
  {
    name: 'z-report',
    lead: async (page, words) => {
      await shiftTab(page, words);
      await page.getByRole('main').getByRole('button', { name: words.shifts.closeShift }).click();
      await page.getByRole('radio', { name: words.shifts.byTotal }).click();
      for (const digit of '6500') await page.getByRole('button', { name: digit, exact: true }).last().click();
      await page.getByRole('main').getByRole('button', { name: words.shifts.closeNow }).click();
      await page.getByRole('button', { name: words.shifts.closeYes }).click();
    },
  },
  {
    name: 'open-shift',
    view: { lastCountedMinor: 650_000 },
    cashOuts: DAY,
    lead: async (page, words) => page.getByRole('main').getByRole('button', { name: words.shifts.finish }).click(),
  },
  {
    name: 'return-reason',
    stage: other,
    lead: async (page, words) => {
      await page.getByRole('button', { name: words.cashOut.giveBack }).click();
      await page
        .getByRole('dialog')
        .getByText(words.cashOut.returnReasons[1] ?? '')
        .click();
    },
  },
  {
    name: 'preview-receipt',
    cashOuts: DAY,
    lead: async (page, words) => {
      await tab((of) => of.shell.today)(page, words);
      await page.getByRole('main').getByRole('button', { name: '$ 2,000' }).click();
      await page.getByRole('button', { name: words.records.preview }).click();
      await page.locator('.slip-paper').waitFor();
    },
  },
  {
    name: 'preview-x-report',
    lead: async (page, words) => {
      await shiftTab(page, words);
      await page.getByRole('main').getByRole('button', { name: words.shifts.xReport }).click();
      await page.getByRole('button', { name: words.records.preview }).click();
      await page.locator('.slip-paper').waitFor();
    },
  },
  ...PAIRING_SCENES,
  { name: 'training', view: { mode: 'training' }, cashOuts: DAY },
  {
    name: 'preferences',
    cashOuts: DAY,
    lead: async (page, words) => page.getByRole('button', { name: words.shell.preferences }).click(),
  },
];

export const wordsOf = (language: Locale): Words => WORDS[language];

const amount = { amountMinor: 150_000, currency: 'MXN' } as const;

export function customerScenes(language: Locale, training = false): readonly CustomerView[] {
  const base = { language, theme: 'system', training, shopName: 'Abarrotes La Esperanza' } as const;
  const said = ['checking', 'paid', 'take-notes', 'done', 'cancelled', 'expired', 'returning', 'returned'] as const;
  const time = { lifetimeMs: 300_000, expiresAtMs: Date.now() + 204_000, nowMs: Date.now() };
  return [
    { ...base, scene: 'idle' },
    { ...base, scene: 'closed' },
    { ...base, scene: 'preparing', ...amount },
    { ...base, scene: 'pay', cashOutId: '01A', ...amount, qrData: QR_DATA, ...time },
    { ...base, scene: 'pay', cashOutId: '01A', ...amount, ...time },
    { ...base, scene: 'pay', cashOutId: '01A', ...amount, purchaseMinor: 43_930, qrData: QR_DATA, ...time },
    ...said.map((scene) => ({ ...base, scene, ...amount })),
  ];
}
