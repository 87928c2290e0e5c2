/** The customer's window when something is wrong with what it shows. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CustomerView } from '../../../src-main/core/contract/views.ts';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { createFakeTill } from './support/fake-till.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

test('a scene that cannot be drawn is “one moment” to the customer, and the next scene is drawn again', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till, role: 'customer' });
  const { page } = open;
  const idle = till.customer;
  await page.getByText(idle.shopName).first().waitFor();
  const paid = { ...idle, scene: 'paid', amountMinor: 50_000, currency: 'MXN' } satisfies CustomerView;
  await till.showCustomer({ ...paid, amountMinor: 0.5 });
  await page.getByText('Un momento, por favor').waitFor();
  expect(await page.getByRole('button').count()).toBe(0);
  await till.showCustomer({ ...paid, amountMinor: 1.5 });
  await page.getByText('Un momento, por favor').waitFor();
  await till.showCustomer(paid);
  await page.getByText('$ 500').first().waitFor();
  expect(till.complaints.every((complaint) => complaint.includes('not whole minor units'))).toBe(true);
});
