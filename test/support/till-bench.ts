/**
 * A whole till on a bench: the real core, the real store, the real adapter, over real HTTP to the simulated network.
 * Time is the machine's; polling is hurried by asking at once (`settle`).
 */
import { createMercadoPagoOrders } from '../../src-main/adapters/networks/mercadopago-orders/mercadopago-orders.ts';
import { openDatabase } from '../../src-main/adapters/storage/database.ts';
import type { SqliteDatabase } from '../../src-main/adapters/storage/database.ts';
import { createTillStore } from '../../src-main/adapters/storage/till-store.ts';
import type { CashDrawer } from '../../src-main/core/application/ports/cash-drawer.ts';
import type { SlipPrinter } from '../../src-main/core/application/ports/slip-printer.ts';
import type { Clock, Ids, Log, Timers } from '../../src-main/core/application/ports/system.ts';
import type { TillStore } from '../../src-main/core/application/ports/till-store.ts';
import { createTill } from '../../src-main/core/application/till.ts';
import type { Till } from '../../src-main/core/application/till.ts';
import type { CashOut } from '../../src-main/core/domain/cash-out.ts';
import type { Fault } from '../../src-main/core/domain/fault.ts';
import type { JournalEvent } from '../../src-main/core/domain/journal-event.ts';
import type { Result } from '../../src-main/core/domain/result.ts';
import type { Settings } from '../../src-main/core/domain/settings.ts';
import { createMercadoPagoEngine } from '../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import type { MercadoPagoEngine } from '../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import { createMercadoPagoServer } from '../../src-main/simulators/networks/mercadopago-orders/server.ts';
import type { MercadoPagoSettings } from '../../src-main/simulators/networks/mercadopago-orders/settings.ts';
import { breaches } from './invariants.ts';

export const TOKEN = 'APP_USR-bench-token-never-real';

export type Bench = Readonly<{
  till: Till;
  engine: MercadoPagoEngine;
  db: SqliteDatabase;
  pulses: string[];
  settings: Settings;
  /** Moves the wall clock of till and network. */
  advance(ms: number): void;
  events(): readonly JournalEvent[];
  /** Steps of a cash-out in the journal, by type. */
  steps(id: string): readonly string[];
  /** One pass over everything that is open; commands that wait are sent whatever their schedule. */
  settle(): Promise<void>;
  /**
   * The process dies where it stands and another begins over the same database file, with the same network out there.
   */
  restarted(options?: Pick<BenchOptions, 'store'>): Promise<Bench>;
  /** What an auditor finds wrong; empty when all is well. */
  breaches(isAtRest?: boolean): readonly string[];
  close(): Promise<void>;
}>;

export type BenchOptions = Readonly<{
  simulator?: Partial<MercadoPagoSettings>;
  settings?: (settings: Settings) => Settings;
  printer?: SlipPrinter;
  databasePath?: string;
  floatMinor?: number;
  mode?: 'production' | 'training';
  deadlineMs?: number;
  /** Stands between the till and its store. */
  store?: (store: TillStore) => TillStore;
}>;

export function benchSettings(baseUrl: string): Settings {
  return {
    language: 'es',
    theme: 'light',
    timeZone: 'America/Mexico_City',
    shopName: 'Abarrotes La Esquina',
    tillId: 'CAJA07',
    currency: 'MXN',
    limits: { minMinor: 5_000, maxMinor: 500_000, stepMinor: 1_000 },
    quickAmountsMinor: [20_000, 50_000, 100_000],
    people: [{ code: 1042, name: 'Rosa Núñez', role: 'cashier' }],
    networks: {
      'mercadopago-orders': {
        baseUrl,
        country: 'MX',
        externalPosId: 'SUC01CAJA07',
        tokenSecret: 'mercadopago-token',
        mode: 'dynamic',
        lifetimeMs: 300_000,
        qrValidation: 'strict',
        returnWindowMs: 71 * 3_600_000,
        brazil: { agencyType: 'AGTEC', bankServiceCode: 'SAQUE' },
      },
    },
    printerProfile: 'generic-80mm',
  };
}

export const QUIET_LOG: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export const MACHINE_TIMERS: Timers = {
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

export function countingIds(): Ids {
  let count = 0;
  return {
    next: () => `01BENCH${String((count += 1)).padStart(19, '0')}`,
    key: () => `5f0c6c1e-2f3d-4a57-9a51-${String((count += 1)).padStart(12, '0')}`,
  };
}

/** What outlives a process: the network, the clock on the wall, the drawer, and ids that never come twice. */
type World = Readonly<{
  engine: MercadoPagoEngine;
  server: Awaited<ReturnType<typeof createMercadoPagoServer>>;
  clock: Clock;
  ids: Ids;
  pulses: string[];
  advance(ms: number): void;
}>;

export async function createBench(options: BenchOptions = {}): Promise<Bench> {
  let offsetMs = 0;
  const clock: Clock = { nowMs: () => Date.now() + offsetMs, monotonicMs: () => performance.now() };
  const engine = createMercadoPagoEngine({
    seed: 7,
    nowMs: () => clock.nowMs(),
    ...(options.simulator && { settings: options.simulator }),
  });
  const server = await createMercadoPagoServer(engine, { port: 0 });
  const advance = (ms: number): void => void (offsetMs += ms);
  return openBench({ engine, server, clock, ids: countingIds(), pulses: [], advance }, options);
}

function openBench(world: World, options: BenchOptions): Bench {
  const { engine, server, clock, ids, pulses } = world;
  const db = openDatabase(options.databasePath ?? ':memory:');
  const plain = createTillStore(db, { clock });
  const store = options.store?.(plain) ?? plain;
  const drawer: CashDrawer = {
    open: async ({ reason }) => {
      pulses.push(reason);
      return { state: 'sent' };
    },
    state: async () => 'unknown',
  };
  const deadlines =
    options.deadlineMs === undefined
      ? {}
      : { commandDeadlineMs: options.deadlineMs, readDeadlineMs: options.deadlineMs };
  const till = createTill({
    mode: options.mode ?? 'production',
    appVersion: '0.0.0-bench',
    store,
    networks: ({ networks }) => {
      const settings = networks['mercadopago-orders'];
      if (!settings) return [];
      return [createMercadoPagoOrders({ settings, token: () => TOKEN, clock, ids, ...deadlines })];
    },
    clock,
    timers: MACHINE_TIMERS,
    ids,
    random: { next: () => 0.5 },
    log: QUIET_LOG,
    drawer,
    ...(options.printer && { printer: options.printer }),
  });
  const base = benchSettings(server.baseUrl);
  const settings = options.settings?.(base) ?? base;
  if (!plain.settings()) till.changeSettings(settings, 'bench');
  if (options.floatMinor !== undefined && !plain.lastShift() && !plain.openShift())
    worked(till.openShift({ cashierCode: 1042, floatMinor: options.floatMinor }));
  return {
    till,
    engine,
    db,
    pulses,
    settings,
    advance: world.advance,
    events: () => store.entries(1, 100_000).map(({ event }) => event),
    steps: (id) =>
      store.entriesAbout(id).flatMap(({ event }) => (event.type === 'cash-out.step' ? [event.step.type] : [])),
    settle: () => till.sync.sweep(),
    async restarted(change = {}) {
      if (options.databasePath === undefined) throw new Error('only a till with a database file can be started again');
      db.close();
      till.context.closeNetworks();
      const { store: _left, ...lasting } = options;
      return openBench(world, { ...lasting, ...change });
    },
    breaches: (isAtRest = false) => breaches({ db, engine, pulses, secrets: [TOKEN], isAtRest }),
    async close() {
      await till.stop();
      await server.close();
      if (db.open) db.close();
    },
  };
}

/** The value, or the test ends with the fault's words. */
export function worked<Value>(result: Result<Value, Fault>): Value {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail}`);
  return result.value;
}

/** The fault's code, or the test ends because it worked. */
export function refused(result: Result<unknown, Fault>): string {
  if (result.ok) throw new Error('it was not refused');
  return result.error.code;
}

/** A cash-out whose QR the customer can scan. */
export async function awaitingPayment(bench: Bench, amountMinor = 50_000): Promise<CashOut> {
  const started = worked(bench.till.startCashOut({ network: 'mercadopago-orders', amountMinor }));
  await bench.settle();
  return current(bench, started.id);
}

/** A cash-out that the customer has paid. */
export async function paid(bench: Bench, amountMinor = 50_000): Promise<CashOut> {
  const cashOut = await awaitingPayment(bench, amountMinor);
  bench.engine.customerPays(cashOut.externalReference);
  await bench.settle();
  return current(bench, cashOut.id);
}

export function current(bench: Bench, id: string): CashOut {
  const cashOut = bench.till.context.store.cashOut(id);
  if (!cashOut) throw new Error(`no cash-out ${id}`);
  return cashOut;
}
