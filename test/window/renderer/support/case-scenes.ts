/** Pages of cases: some kinds, one decided, and the sheet of a decision. */
import type { Page } from 'playwright-core';
import type { CaseKind } from '../../../../src-main/core/domain/case-file.ts';
import { CASE_RULES } from '../../../../src-main/core/domain/case-rules.ts';
import { decisionWords, reasonsFor } from '../../../../src-renderer/text/case-words.ts';
import { caseWords } from '../../../../src-renderer/text/words.ts';
import type { Words } from '../../../../src-renderer/text/words.ts';
import type { Scene } from './scenes.ts';
import { caseView, tillView } from './views.ts';

const SHOWN: readonly CaseKind[] = [
  'network-silent',
  'return-failed',
  'answer-mismatch',
  'late-payment',
  'confirmation-missed',
  'payout-returned-late',
  'not-at-till',
];

const people = tillView().people.some(({ role }) => role === 'supervisor')
  ? tillView().people
  : [...tillView().people, { code: 7, name: 'Marta Ibáñez', role: 'supervisor' as const }];

const page = (kind: CaseKind): Scene => {
  const { cashOutId: _usual, ...file } = caseView({ id: '01CASE', kind });
  const subject = {
    payout: { payoutId: '01PAYOUT' },
    'cash-out': { cashOutId: '01K9CASHOUT7Q2M' },
    foreign: { foreign: { network: 'mercadopago-orders', reference: 'CAJA0301K9ANOTHERORDER' } },
  } as const;
  return {
    name: `case-${kind}`,
    view: { people, openCases: [{ ...file, ...subject[CASE_RULES[kind].about] }] },
    lead: (at, words) => openCase(at, words, kind),
  };
};

async function openCase(at: Page, words: Words, kind: CaseKind): Promise<void> {
  await at.getByRole('navigation').getByRole('button', { name: words.shell.cases }).click();
  await at.locator('.case-row', { hasText: caseWords(words, kind).title }).click();
  await at.locator(`.case-page[data-kind="${kind}"]`).waitFor();
}

async function chooseDecision(at: Page, words: Words): Promise<void> {
  await openCase(at, words, 'return-failed');
  await at.locator('.decision', { hasText: decisionWords(words, 'repaid-outside').title }).click();
  const sheet = at.getByRole('dialog');
  await sheet.locator('.person').first().click();
  await sheet.getByText(reasonsFor(words, 'repaid-outside')[0] ?? '').click();
}

export const CASE_SCENES: readonly Scene[] = [
  ...SHOWN.map(page),
  { ...page('return-failed'), name: 'case-decide', lead: chooseDecision },
  {
    ...page('return-failed'),
    name: 'case-decided',
    lead: async (at, words) => {
      await chooseDecision(at, words);
      await at.waitForTimeout(400);
      await at.getByRole('dialog').getByRole('button', { name: words.cases.confirm }).click();
      await at.getByRole('dialog').waitFor({ state: 'detached' });
    },
  },
];
