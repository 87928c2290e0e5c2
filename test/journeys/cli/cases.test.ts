/** Cases at a shell: seen, looked into, and decided once by a supervisor. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { cashOutIn, json, NETWORK, openForBusiness, openShop, refusalIn, worked } from './shop.ts';

const listed = z.array(z.object({ id: z.string(), kind: z.string(), closed: z.object({ by: z.string() }).optional() }));

test('a failed refund is listed, shown with its evidence, refused to a cashier, decided by a supervisor, and kept', async () => {
  const shop = await openShop({ refundTakesMs: 0 });
  try {
    const people = [
      { code: 1042, name: 'Rosa Núñez', role: 'cashier' },
      { code: 7, name: 'Marta Ibáñez', role: 'supervisor' },
    ];
    await openForBusiness(shop, { people });
    const start = ['cash-out', 'start', ...NETWORK, '--amount', '100', '--json'];
    const { id, externalReference } = cashOutIn(worked(await shop.till(...start)));
    shop.engine.customerPays(externalReference);
    worked(await shop.till('cash-out', 'watch', id, '--until', 'paid'));
    shop.engine.script({ fault: 'refund-fails', operation: 'refund' });
    await shop.till('cash-out', 'return', id, '--reason', 'customer left', '--wait', '2');
    worked(await shop.till('sync'));

    const [file] = listed.parse(json(worked(await shop.till('case', 'list', '--json'))));
    expect(file?.kind).toBe('return-failed');
    const caseId = file?.id ?? '';
    const shown = worked(await shop.till('case', 'show', caseId)).out;
    for (const words of ['$ 100.00 at risk for the customer', 'step.paid', 'repaid-outside', externalReference])
      expect(shown).toContain(words);
    expect((await shop.till('case', 'look', caseId)).exit).toBe(3);

    const resolve = ['case', 'resolve', caseId, '--decision', 'repaid-outside', '--reason', 'paid from the safe'];
    const nobody = await shop.till(...resolve, '--json');
    expect([nobody.exit, refusalIn(nobody).code]).toEqual([1, 'supervisor.needed']);
    const cashier = await shop.till(...resolve, '--supervisor', '1042', '--json');
    expect([cashier.exit, refusalIn(cashier).code]).toEqual([1, 'supervisor.needed']);
    const wrong = await shop.till('case', 'resolve', caseId, '--decision', 'forget', '--reason', 'x');
    expect(wrong.exit).toBe(2);
    const decided = worked(await shop.till(...resolve, '--supervisor', '7'));
    expect(decided.out).toContain('repaid-outside by Marta Ibáñez');
    const again = await shop.till(...resolve, '--supervisor', '7', '--json');
    expect([again.exit, refusalIn(again).code]).toEqual([1, 'case.closed']);

    expect(worked(await shop.till('case', 'list')).out).toBe('No open cases.\n');
    const all = listed.parse(json(worked(await shop.till('case', 'list', '--all', '--json'))));
    expect(all).toMatchObject([{ id: caseId, closed: { by: 'Marta Ibáñez' } }]);
    expect(worked(await shop.till('shift', 'report')).out).toContain('repaid-outside by Marta Ibáñez');
    worked(await shop.till('journal', 'verify', '--tables'));
  } finally {
    await shop.close();
  }
}, 60_000);
