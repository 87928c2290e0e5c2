/** The other screens about payouts, by name: the form page by page, finding, the lists, and what a shift leaves open. */
import type { Page } from 'playwright-core';
import type { PayoutView } from '../../../../src-main/core/contract/payout-contract.ts';
import type { Words } from '../../../../src-renderer/text/words.ts';
import { ask, doubt, MINUTE_MS, nowMs, one, payoutCase, rejected, returned, TUPAY } from './payout-stages.ts';
import { isOpenPayout, manyCountriesView, openLineOf, payoutNetworkView, payoutView } from './payout-views.ts';
import { DAY, tab } from './scenes.ts';
import type { Scene } from './scenes.ts';
import { caseView, cashOutView, reportView } from './views.ts';

/** A morning's payouts, and one from days ago that came back. */
export const PAYOUT_DAY: readonly PayoutView[] = [
  returned,
  ...(
    [
      ['on_hold', 320_000],
      ['delivered', 45_000],
      ['requested', 60_000],
      ['completed', 125_050],
      ['rejected', 80_000],
      ['cancelled', 15_000],
      ['declined', 50_000],
    ] as const
  ).map(([state, amountMinor], index) =>
    payoutView(state, {
      id: `01PDAY${index}`,
      amountMinor,
      requestedAtMs: nowMs - (index * 9 + 3) * MINUTE_MS,
      ...(state === 'requested' && doubt('create')),
    }),
  ),
];
const LEFT_OPEN = PAYOUT_DAY.filter(isOpenPayout).map(openLineOf);

const payoutsTab = tab((words) => words.payouts.tab);
const main = (page: Page) => page.getByRole('main');

async function typeAmount(page: Page, digits: string): Promise<void> {
  for (const digit of digits) await main(page).getByRole('button', { name: digit, exact: true }).click();
}

/** What the scene before has left in the form. */
async function cleanForm(page: Page, words: Words): Promise<void> {
  await payoutsTab(page, words);
  const anew = main(page).getByRole('button', { name: words.payoutForm.startAnew });
  if ((await anew.count()) > 0) await anew.click();
  await page.keyboard.press('Delete');
}

async function toWho(page: Page, words: Words, digits: string): Promise<void> {
  await cleanForm(page, words);
  await typeAmount(page, digits);
  await main(page).getByRole('button', { name: words.payoutForm.next }).click();
}

async function fill(page: Page, label: string, typed: string): Promise<void> {
  await main(page).getByRole('textbox', { name: label, exact: true }).fill(typed);
}

async function fillPeru(page: Page, words: Words, account: string, documentId: string): Promise<void> {
  const { fields, accounts, accountTypes } = words.payoutForm;
  await fill(page, fields.firstName, 'Ana Lucía');
  await fill(page, fields.lastName, 'Rojas Villanueva');
  await main(page).getByRole('radio', { name: 'DNI' }).click();
  await fill(page, fields.documentId, documentId);
  await fill(page, accounts.cci, account);
  await main(page).getByRole('radio', { name: accountTypes.S }).click();
  await fill(page, words.payoutForm.optional(fields.phone), '987 654 321');
}

const CCI = '002-193-001538952068-13';
const review = async (page: Page, words: Words) =>
  main(page).getByRole('button', { name: words.payoutForm.toReview }).click();

async function find(page: Page, words: Words, typed: string): Promise<void> {
  await cleanForm(page, words);
  await main(page).getByRole('button', { name: words.payouts.findNow }).click();
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
}

export const PAYOUT_PLACES: readonly Scene[] = [
  { name: 'payout-new', view: TUPAY, cashOuts: DAY, payouts: PAYOUT_DAY, lead: cleanForm },
  {
    name: 'payout-new-amount',
    view: TUPAY,
    lead: async (page, words) => {
      await cleanForm(page, words);
      await main(page).getByRole('radio', { name: 'USD' }).click();
      await typeAmount(page, '250');
      await page.waitForTimeout(700);
    },
  },
  {
    name: 'payout-new-release',
    view: TUPAY,
    lead: async (page, words) => {
      await cleanForm(page, words);
      await main(page).getByRole('radio', { name: 'PEN' }).click();
      await typeAmount(page, '3200');
    },
  },
  {
    name: 'payout-new-many',
    view: one(manyCountriesView(), payoutNetworkView({ connection: 'offline', sinceMs: nowMs - 9 * MINUTE_MS })),
    lead: async (page, words) => {
      await cleanForm(page, words);
      await main(page).getByRole('radio', { name: words.payoutForm.countries.CO }).click();
    },
  },
  {
    name: 'payout-new-blocked',
    view: one(payoutNetworkView({ connection: 'blocked', code: '402' })),
    lead: cleanForm,
  },
  { name: 'payout-who-empty', view: TUPAY, lead: (page, words) => toWho(page, words, '1250') },
  {
    name: 'payout-who-wrong',
    view: TUPAY,
    lead: async (page, words) => {
      await toWho(page, words, '1250');
      await fillPeru(page, words, '002-193-001538952068-14', '715947');
      await review(page, words);
    },
  },
  {
    name: 'payout-who-good',
    view: TUPAY,
    lead: async (page, words) => {
      await toWho(page, words, '1250');
      await fillPeru(page, words, CCI, '71594743');
    },
  },
  {
    name: 'payout-review',
    view: TUPAY,
    lead: async (page, words) => {
      await toWho(page, words, '1250');
      await fillPeru(page, words, CCI, '71594743');
      await review(page, words);
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'payout-review-offline',
    view: TUPAY,
    lead: async (page, words) => {
      await toWho(page, words, '1250');
      await fillPeru(page, words, CCI, '71594743');
      await review(page, words);
      await page.waitForTimeout(500);
    },
    later: one(payoutNetworkView({ connection: 'offline', sinceMs: nowMs - 9 * MINUTE_MS })),
  },
  {
    name: 'payout-review-warned',
    view: TUPAY,
    lead: async (page, words) => {
      await toWho(page, words, '3200');
      await fillPeru(page, words, CCI, '7159474');
      await review(page, words);
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'payout-who-many',
    view: one(manyCountriesView({ countries: manyCountriesView().countries.slice(0, 1) })),
    lead: (page, words) => toWho(page, words, '450000'),
  },
  {
    name: 'payout-banks',
    view: one(manyCountriesView({ countries: manyCountriesView().countries.slice(0, 1) })),
    lead: async (page, words) => {
      await toWho(page, words, '450000');
      await main(page).getByRole('button', { name: words.payoutForm.fields.bankCode }).click();
      await page.keyboard.type('ba');
    },
  },
  {
    name: 'payout-reissue',
    view: TUPAY,
    payout: rejected(),
    lead: async (page, words) => {
      await ask((of) => of.payouts.reissue)(page, words);
      const yes = page.getByRole('dialog').getByRole('button', { name: words.payouts.reissueNow });
      await yes.and(page.locator('[aria-disabled=false]')).click();
      await main(page).getByRole('button', { name: words.payoutForm.next }).click();
    },
  },
  {
    name: 'payout-find',
    view: TUPAY,
    lead: async (page, words) => {
      await cleanForm(page, words);
      await main(page).getByRole('button', { name: words.payouts.findNow }).click();
    },
  },
  { name: 'payout-find-unknown', view: TUPAY, lead: (page, words) => find(page, words, 'W-2024-0001') },
  {
    name: 'payout-find-foreign',
    view: one(payoutNetworkView(), manyCountriesView()),
    lead: (page, words) => find(page, words, '30000000001'),
  },
  {
    name: 'payout-find-damaged',
    view: TUPAY,
    lead: (page, words) => find(page, words, 'VPCAJA0301K9PAYOUT7Q2M8R4T6WXY9'),
  },
  {
    name: 'payout-list',
    view: TUPAY,
    payouts: PAYOUT_DAY,
    lead: async (page, words) => {
      await tab((of) => of.shell.today)(page, words);
      await main(page).getByRole('radio', { name: words.payouts.tab }).click();
    },
  },
  { name: 'payout-today-cash-outs', view: TUPAY, cashOuts: DAY, lead: tab((words) => words.shell.today) },
  {
    name: 'payout-side-busy',
    view: TUPAY,
    cashOuts: [cashOutView('awaiting_payment', { id: '01A', amountMinor: 20_000 }), ...DAY],
    payouts: [
      ...PAYOUT_DAY,
      ...(['pending', 'pending', 'delivered'] as const).map((state, index) =>
        payoutView(state, { id: `01MORE${index}` }),
      ),
    ],
    lead: tab((words) => words.shell.newCashOut),
  },
  {
    name: 'payout-cases',
    view: {
      ...TUPAY,
      openCases: [
        payoutCase('payout-returned-late'),
        { ...payoutCase('payout-stuck'), id: '01CASEB' },
        caseView({ id: '01CASEC' }),
      ],
    },
    lead: tab((words) => words.shell.cases),
  },
  {
    name: 'payout-x-report',
    view: TUPAY,
    report: reportView('x', {
      payouts: { started: { count: 7 }, open: LEFT_OPEN, notesInstead: { count: 1, totalMinor: 80_000 } },
    }),
    lead: async (page, words) => {
      await tab((of) => of.shell.shift)(page, words);
      await main(page).getByRole('button', { name: words.shifts.xReport }).click();
    },
  },
  {
    name: 'payout-count',
    view: TUPAY,
    report: reportView('x', {
      payouts: { started: { count: 7 }, open: LEFT_OPEN, notesInstead: { count: 0, totalMinor: 0 } },
    }),
    lead: async (page, words) => {
      await tab((of) => of.shell.shift)(page, words);
      await main(page).getByRole('button', { name: words.shifts.closeShift }).click();
    },
  },
  {
    name: 'payout-count-list',
    view: TUPAY,
    report: reportView('x', {
      payouts: { started: { count: 7 }, open: LEFT_OPEN, notesInstead: { count: 0, totalMinor: 0 } },
    }),
    lead: async (page, words) => {
      await tab((of) => of.shell.shift)(page, words);
      await main(page).getByRole('button', { name: words.shifts.closeShift }).click();
      await main(page).getByRole('button', { name: words.payouts.seeThem }).click();
    },
  },
];
