/**
 * A till that pays out, on a bench: the real core, store and adapter, over real HTTP to the simulated network. One clock for all, which
 * moves with the machine and is pushed on by the test, so that days pass at once.
 */
import { createD24 } from '../../src-main/adapters/networks/d24/d24.ts';
import { openDatabase } from '../../src-main/adapters/storage/database.ts';
import type { SqliteDatabase } from '../../src-main/adapters/storage/database.ts';
import { createTillStore } from '../../src-main/adapters/storage/till-store.ts';
import type { CashDrawer } from '../../src-main/core/application/ports/cash-drawer.ts';
import type { Clock, Ids } from '../../src-main/core/application/ports/system.ts';
import type { TillStore } from '../../src-main/core/application/ports/till-store.ts';
import { createTill } from '../../src-main/core/application/till.ts';
import type { Till } from '../../src-main/core/application/till.ts';
import type { StartPayout } from '../../src-main/core/application/paying-out/start-payout.ts';
import type { Payout, PayoutNetworkId } from '../../src-main/core/domain/payouts/payout.ts';
import type { PayoutSettings } from '../../src-main/core/domain/payouts/payout-settings.ts';
import type { Settings } from '../../src-main/core/domain/settings.ts';
import { createD24Engine } from '../../src-main/simulators/networks/d24/engine.ts';
import type { D24Engine } from '../../src-main/simulators/networks/d24/engine.ts';
import { createD24Server } from '../../src-main/simulators/networks/d24/server.ts';
import type { D24Settings } from '../../src-main/simulators/networks/d24/settings.ts';
import { breaches } from './invariants.ts';
import { benchSettings, countingIds, MACHINE_TIMERS, QUIET_LOG, worked } from './till-bench.ts';

export const FLOAT = 1_000_000;
export const AMOUNT = 25_050;

export type PayoutBench = Readonly<{
  till: Till;
  store: TillStore;
  engine: D24Engine;
  db: SqliteDatabase;
  pulses: string[];
  request: StartPayout;
  advance(ms: number): void;
  settle(): Promise<void>;
  /** Lets the loop work as it does by itself until the condition holds, while time passes in steps. */
  until(holds: () => boolean, stepMs: number): Promise<void>;
  now(id: string): Payout;
  openCases(id: string): readonly string[];
  drawerMinor(): number;
  /** The process dies where it stands and another begins over the same file. */
  restarted(store?: (store: TillStore) => TillStore): PayoutBench;
  breaches(): readonly string[];
  close(): Promise<void>;
}>;

export type PayoutBenchOptions = Readonly<{
  brand?: PayoutNetworkId;
  simulator?: Partial<D24Settings>;
  settings?: Partial<PayoutSettings>;
  hasList?: boolean;
  databasePath?: string;
}>;

type World = Readonly<{
  engine: D24Engine;
  server: Awaited<ReturnType<typeof createD24Server>>;
  clock: Clock;
  ids: Ids;
  pulses: string[];
  advance(ms: number): void;
}>;

const PERUVIAN = {
  country: 'PE',
  method: 'pe-bank',
  currency: 'PEN',
  amountMinor: AMOUNT,
  beneficiary: {
    firstName: 'Ana',
    lastName: 'Rojas',
    documentType: 'DNI',
    documentId: '71594743',
    bankAccount: '00219300153895206813',
    accountType: 'S',
  },
} as const;

export async function createPayoutBench(options: PayoutBenchOptions = {}): Promise<PayoutBench> {
  let offsetMs = 0;
  const clock: Clock = { nowMs: () => Date.now() + offsetMs, monotonicMs: () => performance.now() + offsetMs };
  const brand = options.brand ?? 'onekey';
  const settings = { countries: ['PE'] as const, ...options.simulator };
  const engine = createD24Engine({ brand, seed: 7, nowMs: () => clock.nowMs(), settings });
  const server = await createD24Server(engine, { port: 0 });
  const advance = (ms: number): void => void (offsetMs += ms);
  return open({ engine, server, clock, ids: countingIds(), pulses: [], advance }, options);
}

function settingsFor(baseUrl: string, options: PayoutBenchOptions): Settings {
  const brand = options.brand ?? 'onekey';
  const network: PayoutSettings = {
    baseUrl,
    countries: ['PE'],
    loginSecret: 'login',
    passSecret: 'pass',
    signatureSecret: 'signature',
    readOnlySecret: 'read-only',
    limits: [
      { currency: 'PEN', minMinor: 100, maxMinor: 500_000, ...(brand === 'onekey' && { releaseAboveMinor: 200_000 }) },
    ],
    ...(options.hasList !== false && { listBaseUrl: baseUrl }),
    ...options.settings,
  };
  return {
    ...benchSettings(baseUrl),
    currency: 'PEN',
    people: [
      { code: 1042, name: 'Rosa Núñez', role: 'cashier' },
      { code: 7, name: 'Marta Ibáñez', role: 'supervisor' },
    ],
    networks: { [brand]: network },
  };
}

function open(world: World, options: PayoutBenchOptions, wrap?: (store: TillStore) => TillStore): PayoutBench {
  const { engine, server, clock, ids, pulses, advance } = world;
  const brand = options.brand ?? 'onekey';
  const db = openDatabase(options.databasePath ?? ':memory:');
  const plain = createTillStore(db, { clock });
  const store = wrap?.(plain) ?? plain;
  const drawer: CashDrawer = {
    open: async ({ reason }) => {
      pulses.push(reason);
      return { state: 'sent' };
    },
    state: async () => 'unknown',
  };
  const { login, pass, signature, readOnlyKey, merchantsAccessKey, merchantsSecretKey } = engine.settings;
  const secrets = { login, pass, signatureKey: signature, readOnlyKey };
  const list = { listUser: merchantsAccessKey, listPassword: merchantsSecretKey };
  const till = createTill({
    mode: 'production',
    appVersion: '0.0.0-bench',
    store,
    networks: () => [],
    payoutNetworks: ({ networks }) => {
      const settings = networks[brand];
      return settings ? [createD24({ brand, settings, secrets: () => ({ ...secrets, ...list }), clock, ids })] : [];
    },
    clock,
    timers: MACHINE_TIMERS,
    ids,
    random: { next: () => 0.5 },
    log: QUIET_LOG,
    drawer,
  });
  if (!plain.settings()) till.changeSettings(settingsFor(server.baseUrl, options), 'bench');
  if (!plain.lastShift() && !plain.openShift()) worked(till.openShift({ cashierCode: 1042, floatMinor: FLOAT }));
  return {
    till,
    store,
    engine,
    db,
    pulses,
    request: { ...PERUVIAN, network: brand },
    advance,
    settle: () => till.sync.sweep(),
    async until(holds, stepMs) {
      till.sync.start();
      for (let turn = 0; turn < 400 && !holds(); turn += 1) {
        advance(stepMs);
        till.sync.nudge();
        await new Promise((resolve) => setTimeout(resolve, 8));
      }
      await till.sync.stop();
      if (!holds()) throw new Error('it did not come about');
    },
    now(id) {
      const payout = store.payout(id);
      if (!payout) throw new Error(`no payout ${id}`);
      return payout;
    },
    openCases: (id) => store.casesOfPayout(id).flatMap((file) => (file.state === 'open' ? [file.kind] : [])),
    drawerMinor: () => store.expectedCashMinor(store.openShift()?.id ?? ''),
    restarted(rewrap) {
      if (options.databasePath === undefined) throw new Error('only a till with a file can be started again');
      db.close();
      till.context.closeNetworks();
      return open(world, options, rewrap);
    },
    breaches: () => breaches({ db, pulses, secrets: [signature, login, pass] }),
    async close() {
      await till.stop();
      await server.close();
      if (db.open) db.close();
    },
  };
}

/** Saved and sent: the network has it. */
export async function sent(shop: PayoutBench, change: Partial<StartPayout> = {}): Promise<Payout> {
  const { id } = worked(shop.till.payouts.start({ ...shop.request, ...change }));
  await shop.settle();
  return shop.now(id);
}
