import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkshop } from './support/built-page.ts';
import type { Workshop } from './support/built-page.ts';
import { createFakeTill } from './support/fake-till.ts';

let workshop: Workshop;

beforeAll(async () => {
  workshop = await createWorkshop();
});
afterAll(() => workshop.close());

test('a customer is served in four taps: amount, charge, hand over, given', async () => {
  const till = createFakeTill();
  await using open = await workshop.open({ till });
  const { page } = open;
  const key = (name: string | RegExp) => page.getByRole('button', { name });

  await key('$ 1,500').tap();
  await key('Cobrar con QR').tap();
  await page.getByRole('heading', { name: 'Preparando el cobro' }).waitFor();
  const id = till.newestId();
  await till.become(id, 'awaiting_payment');
  await page.getByRole('img', { name: 'Código QR para el cliente' }).waitFor();
  await till.become(id, 'paid');
  await key('Entregar efectivo').tap();
  await key(/^Entregado/).tap();
  await page.getByRole('heading', { name: 'Retiro terminado' }).waitFor();

  expect(till.acts()).toEqual(['cash-out.start', 'cash-out.hand-over', 'cash-out.given']);
  expect(till.callsOf('cash-out.start')[0]?.request).toEqual({ network: 'mercadopago-orders', amountMinor: 150_000 });
  expect(open.complaints).toEqual([]);
});
