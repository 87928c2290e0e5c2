/** What a beneficiary is called, has and owns stands in the database and goes to the network; nowhere else (I11 for the account's keys). */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openForPayouts, openPayoutShop, payoutIn, PERSON, refreshed, SECRETS, startPayout } from './payout-shop.ts';
import type { Said } from './shop.ts';

/** The database and its log hold the terms, which the request and the audit need; slips and logs have no business with them. */
const DATABASE = /(^|\/)(till\.db(-wal|-shm)?|backups\/.*)$/;

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());
}

test('after a day with a network that echoes, refuses and fails, nobody was told who was paid or with which keys', async () => {
  const shop = await openPayoutShop('tupay', { blockedDocuments: [] });
  const said: Said[] = [];
  const heard = (answer: Said): Said => {
    said.push(answer);
    return answer;
  };
  const till = async (...words: readonly string[]): Promise<Said> => heard(await shop.till(...words));
  try {
    await openForPayouts(shop);
    const first = payoutIn(heard(await startPayout(shop)));
    await till('payout', 'print', first.id);
    await till('payout', 'find', first.voucher);
    shop.network.bankRejects(first.externalId, { code: 813, reason: `${PERSON.firstName} ${PERSON.bankAccount}` });
    await refreshed(shop, first.id, 'rejected');
    for (const fault of ['not-json', 'cut-body', 'server-error-after-commit', 'drop-after-commit'] as const) {
      shop.network.script({ fault, operation: 'create' });
      heard(await startPayout(shop, '--wait', '1'));
    }
    shop.network.script({ fault: 'refused', operation: 'create', code: 300 });
    heard(await startPayout(shop));
    heard(await startPayout(shop, '--field', `bankBranch=${PERSON.bankAccount}`));
    for (const words of [
      ['payout', 'list'],
      ['payout', 'list', '--json'],
      ['payout', 'show', first.id],
      ['payout', 'notes', first.id, '--no-ask'],
      ['payout', 'notes', first.id, '--given'],
      ['status'],
      ['status', '--json'],
      ['case', 'list'],
      ['settings', 'show', '--json'],
      ['shift', 'report', '--json'],
      ['slip', 'print', 'x-report'],
      ['sync'],
    ])
      await till(...words);

    const spoken = said.map(({ out, err }) => out + err).join('\n');
    const files = filesIn(shop.data);
    expect(files.some((file) => DATABASE.test(file))).toBe(true);
    const { documentType: _kind, accountType: _account, ...personal } = PERSON;
    const shown = Object.values(personal).flatMap((value) => [
      ...(spoken.includes(value) ? [`${value} was said`] : []),
      ...files
        .filter((file) => !DATABASE.test(file) && readFileSync(file).includes(value))
        .map((file) => `${value} in ${file}`),
    ]);
    expect(shown).toEqual([]);
    const keys = Object.values(SECRETS).flatMap((value) => [
      ...(spoken.includes(value) ? [`${value} was said`] : []),
      ...files.filter((file) => readFileSync(file).includes(value)).map((file) => `${value} in ${file}`),
    ]);
    expect(keys).toEqual([]);
  } finally {
    await shop.close();
  }
}, 180_000);
