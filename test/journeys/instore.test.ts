/** A shop whose contract still uses the legacy in-store API: the same till, with a third leg, from settings file to settled. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createJournal } from '../../src-main/adapters/storage/journal.ts';
import { composeProduction } from '../../src-main/compose/production.ts';
import type { ComposedTill } from '../../src-main/compose/production.ts';
import { readSettingsFile } from '../../src-main/core/contract/settings-file.ts';
import type { CashOutIn } from '../../src-main/core/domain/cash-out.ts';
import type { QrMode } from '../../src-main/core/domain/network.ts';
import { createInstoreEngine } from '../../src-main/simulators/networks/mercadopago-instore/engine.ts';
import { createInstoreServer } from '../../src-main/simulators/networks/mercadopago-instore/server.ts';
import { worked } from '../support/till-bench.ts';

const cleanUps: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function shop(mode: QrMode) {
  const dataDirectory = mkdtempSync(path.join(os.tmpdir(), 'ventanilla-instore-'));
  cleanUps.push(() => rmSync(dataDirectory, { recursive: true, force: true }));
  const engine = createInstoreEngine({ seed: 11, nowMs: Date.now, settings: { country: 'AR', returnTakesMs: 0 } });
  const server = await createInstoreServer(engine, { port: 0 });
  cleanUps.push(() => server.close());
  const composed = composeProduction({ dataDirectory });
  cleanUps.push(() => composed.close());
  const { userId } = engine.settings;
  const instore = { baseUrl: server.baseUrl, country: 'AR', userId, externalPosId: 'CAJA07', mode };
  const settings = readSettingsFile({ networks: { 'mercadopago-instore': instore } });
  if (!settings.ok) throw new Error(JSON.stringify(settings.error));
  composed.till.changeSettings(settings.value, 'test');
  composed.foundation.vault.set('mercadopago-token', 'a-token-for-a-test');
  worked(composed.till.openShift({ cashierCode: 1, floatMinor: 20_000_000 }));
  return { ...composed, engine };
}

async function paid({
  till,
  foundation,
  engine,
}: ComposedTill & { engine: ReturnType<typeof createInstoreEngine> }): Promise<CashOutIn<'paid'>> {
  const { id, externalReference } = worked(
    till.startCashOut({ network: 'mercadopago-instore', amountMinor: 2_000_000 }),
  );
  await till.sync.sweep();
  expect(foundation.store.cashOut(id)?.state).toBe('awaiting_payment');
  expect(engine.customerPays(externalReference).ok).toBe(true);
  await till.sync.sweep();
  const cashOut = foundation.store.cashOut(id);
  if (cashOut?.state !== 'paid') throw new Error(`it is ${cashOut?.state ?? 'gone'}`);
  return cashOut;
}

/** The chain holds, and the token is nowhere in it. */
function expectWhole({ foundation }: ComposedTill): void {
  const journal = createJournal(foundation.db);
  expect(journal.verify().sound).toBe(true);
  expect([...journal.exportLines()].join('')).not.toContain('a-token-for-a-test');
}

test.each(['dynamic', 'static', 'hybrid'] as const)(
  'a %s cash-out is paid, given, and told to the network before it is settled',
  async (mode) => {
    const made = await shop(mode);
    const { till, foundation, engine } = made;
    const { id, externalReference, payment, shiftId } = await paid(made);
    expect(payment).toMatchObject({ amountMinor: 2_000_000, confirmationId: expect.stringMatching(/^\d+$/) as string });

    expect(worked(await till.handOver(id)).state).toBe('handing_over');
    expect(worked(till.given(id)).state).toBe('dispensed');
    await till.sync.sweep();
    expect(foundation.store.cashOut(id)?.state).toBe('settled');
    expect(engine.order(externalReference)?.merchantOrders.map(({ state }) => state)).toEqual(['confirmed']);
    expect(foundation.store.expectedCashMinor(shiftId)).toBe(18_000_000);
    expectWhole(made);
  },
);

test('money that is not handed over goes back by the same leg, and is returned only when the network shows it', async () => {
  const made = await shop('dynamic');
  const { till, foundation, engine } = made;
  const { id, externalReference, shiftId } = await paid(made);
  expect(worked(till.giveBack(id, 'customer left')).state).toBe('returning');
  await till.sync.sweep();
  await till.sync.sweep();
  expect(foundation.store.cashOut(id)?.state).toBe('returned');
  expect(engine.order(externalReference)?.merchantOrders.map(({ state }) => state)).toEqual(['returned']);
  expect(foundation.store.expectedCashMinor(shiftId)).toBe(20_000_000);
  expectWhole(made);
});
