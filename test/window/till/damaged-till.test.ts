/** A till whose data broke overnight, as the cashier finds it in the morning. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeBackup } from '../../../src-main/adapters/storage/backups.ts';
import { chooseTill } from '../../../src-main/compose/choose-till.ts';
import { composeProduction } from '../../../src-main/compose/production.ts';
import { inWindows, temporaryFolder } from './whole-till.ts';

test('the window opens and says that no notes may be given, and which backup is good; the file stays as it is', async () => {
  const { folder, remove } = temporaryFolder('damaged');
  onTestFinished(remove);
  const sound = composeProduction({ dataDirectory: folder });
  sound.foundation.store.commit([{ type: 'till.started', v: 1, mode: 'production', appVersion: '0.1.0' }]);
  const backup = await writeBackup(path.join(folder, 'till.db'), path.join(folder, 'backups'), Date.UTC(2026, 0, 31));
  await sound.close();
  const broken = Buffer.alloc(20_000, 0xee);
  writeFileSync(path.join(folder, 'till.db'), broken);

  const till = await chooseTill({ training: false, dataDirectory: folder });
  expect(till.mode).toBe('stopped');
  const app = await inWindows(till);
  onTestFinished(async () => {
    await app.close();
    await till.close();
  });
  const cashier = app.window('cashier');
  await cashier?.hands?.sees('Los datos de la caja están dañados');
  await cashier?.hands?.sees(backup.name);
  expect(readFileSync(path.join(folder, 'till.db')).equals(broken)).toBe(true);
  const pictures = process.env['DAMAGED_PICTURES'];
  if (pictures !== undefined) {
    mkdirSync(pictures, { recursive: true });
    for (const role of ['cashier', 'customer'] as const)
      writeFileSync(path.join(pictures, `${role}.png`), (await app.window(role)?.screenshot()) ?? '');
  }
});
