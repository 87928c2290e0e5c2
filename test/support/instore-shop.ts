/** A shop whose contract still uses the legacy in-store API, from its settings file on, with the simulated network at the other end. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { composeProduction } from '../../src-main/compose/production.ts';
import type { ComposedTill } from '../../src-main/compose/production.ts';
import { readSettingsFile } from '../../src-main/core/contract/settings-file.ts';
import type { StartRequest } from '../../src-main/core/application/cashing-out/start-cash-out.ts';
import type { CashOut, CashOutIn } from '../../src-main/core/domain/cash-out.ts';
import type { QrMode } from '../../src-main/core/domain/network.ts';
import { createInstoreEngine } from '../../src-main/simulators/networks/mercadopago-instore/engine.ts';
import type { InstoreEngine } from '../../src-main/simulators/networks/mercadopago-instore/engine.ts';
import { createInstoreServer } from '../../src-main/simulators/networks/mercadopago-instore/server.ts';
import type { InstoreSettings } from '../../src-main/simulators/networks/mercadopago-instore/settings.ts';
import { breaches } from './invariants.ts';
import { worked } from './till-bench.ts';

export const INSTORE_TOKEN = 'a-token-for-a-test';
export const FLOAT_MINOR = 20_000_000;
export const NOTES_MINOR = 2_000_000;

export type InstoreShop = ComposedTill &
  Readonly<{
    engine: InstoreEngine;
    start(request?: Partial<StartRequest>): CashOut;
    /** Offered by the network, paid by the customer, and known to be. */
    paid(request?: Partial<StartRequest>): Promise<CashOutIn<'paid'>>;
    now(id: string): CashOut;
    openCases(id: string): readonly string[];
    breaches(isAtRest?: boolean): readonly string[];
    closeShop(): Promise<void>;
  }>;

type Changes = Readonly<{
  simulator?: Partial<InstoreSettings>;
  settings?: Readonly<Record<string, unknown>>;
  /** A second network of the same account, as a settings file names it. */
  orders?: Readonly<Record<string, unknown>>;
}>;

export async function openInstoreShop(mode: QrMode, changes: Changes = {}): Promise<InstoreShop> {
  const dataDirectory = mkdtempSync(path.join(os.tmpdir(), 'ventanilla-instore-'));
  const engine = createInstoreEngine({
    seed: 11,
    nowMs: Date.now,
    settings: { country: 'AR', returnTakesMs: 0, ...changes.simulator },
  });
  const server = await createInstoreServer(engine, { port: 0 });
  const composed = composeProduction({ dataDirectory });
  const { till, foundation } = composed;
  const { userId } = engine.settings;
  const instore = {
    baseUrl: server.baseUrl,
    country: 'AR',
    userId,
    externalPosId: 'CAJA07',
    mode,
    ...changes.settings,
  };
  const orders = changes.orders && { 'mercadopago-orders': { baseUrl: server.baseUrl, ...changes.orders } };
  const settings = readSettingsFile({ networks: { 'mercadopago-instore': instore, ...orders } });
  if (!settings.ok) throw new Error(JSON.stringify(settings.error));
  till.changeSettings(settings.value, 'test');
  foundation.vault.set('mercadopago-token', INSTORE_TOKEN);
  worked(till.openShift({ cashierCode: 1, floatMinor: FLOAT_MINOR }));

  const now = (id: string): CashOut => {
    const found = foundation.store.cashOut(id);
    if (!found) throw new Error(`no cash-out ${id}`);
    return found;
  };
  const start = (request: Partial<StartRequest> = {}): CashOut =>
    worked(till.startCashOut({ network: 'mercadopago-instore', amountMinor: NOTES_MINOR, ...request }));
  return {
    ...composed,
    engine,
    start,
    async paid(request) {
      const { id, externalReference } = start(request);
      await till.sync.sweep();
      if (now(id).state !== 'awaiting_payment') throw new Error(`it is ${now(id).state}`);
      const done = engine.customerPays(externalReference);
      if (!done.ok) throw new Error(done.problem);
      await till.sync.sweep();
      const cashOut = now(id);
      if (cashOut.state !== 'paid') throw new Error(`it is ${cashOut.state}`);
      return cashOut;
    },
    now,
    openCases: (id) => foundation.store.casesOf(id).flatMap((file) => (file.state === 'open' ? [file.kind] : [])),
    breaches: (isAtRest = false) =>
      breaches({ db: foundation.db, instore: engine, secrets: [INSTORE_TOKEN], isAtRest }),
    async closeShop() {
      await composed.close();
      await server.close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
