/** Cases on screen: why nothing may happen, what may be decided, and that a decision takes a name, a reason and a yes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { createFakeTill } from './support/fake-till.ts';
import { caseView, cashOutView, tillView } from './support/views.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

const FAILED = caseView({ id: '01F', kind: 'return-failed', cashOutId: '01A' });

test('a supervisor decides: nothing is sent before name, reason and yes, and then exactly once', async () => {
  const till = createFakeTill(tillView({ openCases: [FAILED] }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.press('F6');
  await page.locator('.case-row').tap();
  await page.getByText('No se entregan billetes mientras este caso esté abierto.').waitFor();
  await page.getByText('En riesgo para el cliente').waitFor();
  await page.locator('.decision', { hasText: 'El cliente ya tiene su dinero' }).tap();
  const dialog = page.getByRole('dialog');
  const decide = dialog.getByRole('button', { name: 'Decidir' });
  expect(await decide.getAttribute('aria-disabled')).toBe('true');
  await dialog.locator('.person').tap();
  expect(await decide.getAttribute('aria-disabled')).toBe('true');
  expect(till.acts()).toEqual([]);
  await dialog.getByText('Pagado por transferencia').tap();
  await page.waitForTimeout(500);
  await decide.tap();
  await page.getByText('Qué se decidió').waitFor();
  const supervisorCode = till.view.people.find(({ role }) => role === 'supervisor')?.code;
  const request = { id: '01F', decision: 'repaid-outside', reason: 'Pagado por transferencia', supervisorCode };
  expect(till.callsOf('case.resolve').map((call) => call.request)).toEqual([request]);
  await page.keyboard.press('Escape');
  await page.getByText('No hay casos abiertos').waitFor();
  await page.getByRole('radio', { name: 'Todos' }).tap();
  await page.locator('.case-row[data-open="false"]').waitFor();
  expect(till.complaints).toEqual([]);
});

test('a decision that the till refuses says why and changes nothing', async () => {
  const till = createFakeTill(tillView({ openCases: [FAILED] }));
  till.refuse('case.resolve', 'case.closed');
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.press('F6');
  await page.locator('.case-row').tap();
  await page.locator('.decision', { hasText: 'Intentar la devolución otra vez' }).tap();
  const dialog = page.getByRole('dialog');
  await dialog.locator('.person').tap();
  await dialog.getByText('El técnico lo corrigió').tap();
  await page.waitForTimeout(500);
  await dialog.getByRole('button', { name: 'Decidir' }).tap();
  await page.getByText('Ese caso ya está cerrado').waitFor();
  expect(till.view.openCases).toHaveLength(1);
});

test('the network can be asked from the case’s page; the answer is said', async () => {
  const silent = caseView({ id: '01F', kind: 'network-silent', cashOutId: '01A' });
  const till = createFakeTill(tillView({ openCases: [silent] }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.keyboard.press('F6');
  await page.locator('.case-row').tap();
  await page.getByRole('button', { name: 'Preguntar a la red' }).tap();
  await page.getByText('Se preguntó a la red; el caso sigue abierto.').waitFor();
  expect(till.acts()).toEqual(['case.look-again']);
});

test('in doubt, the cashier reads since when, what comes next and what to tell the customer, and finds the way to the case', async () => {
  const nowMs = Date.now();
  const doubt = {
    command: 'create',
    attempts: 4,
    lastOutcome: 'timeout',
    nextAttemptAtMs: nowMs + 9_000,
    sinceMs: nowMs - 80_000,
  };
  const silent = caseView({ id: '01F', kind: 'network-silent', cashOutId: '01A' });
  const cashOut = cashOutView('requested', { id: '01A', doubt: { ...doubt, command: 'create' }, cases: [silent] });
  const till = createFakeTill(tillView({ openCashOuts: [cashOut], openCases: [silent] }));
  await using open = await workshop.open({ till });
  const { page } = open;
  await page.getByText('«Su pago todavía no está abierto. No pague nada por ahora; en un momento le digo.»').waitFor();
  await page.getByText(/^Desde las \d\d:\d\d:\d\d\. Lo intentó 4 veces/).waitFor();
  await page.locator('.doubt').getByRole('button', { name: 'Ver el caso' }).tap();
  await page.locator('.case-page[data-kind="network-silent"]').waitFor();
  expect(till.acts()).toEqual([]);
});
