/**
 * A till in simulated time whose every call to the world is counted, and of which one goes wrong: the real core, store and adapters against
 * the engines of the simulated networks. What no code catches ends the program, as it would end the real one; then somebody starts it again.
 */
import { createMercadoPagoInstore } from '../../../src-main/adapters/networks/mercadopago-instore/mercadopago-instore.ts';
import { createMercadoPagoOrders } from '../../../src-main/adapters/networks/mercadopago-orders/mercadopago-orders.ts';
import { openDatabase } from '../../../src-main/adapters/storage/database.ts';
import type { SqliteDatabase } from '../../../src-main/adapters/storage/database.ts';
import { createTillStore } from '../../../src-main/adapters/storage/till-store.ts';
import type { Clock, Ids } from '../../../src-main/core/application/ports/system.ts';
import { createTill } from '../../../src-main/core/application/till.ts';
import type { Till } from '../../../src-main/core/application/till.ts';
import { FaultError } from '../../../src-main/core/domain/fault.ts';
import type { Settings } from '../../../src-main/core/domain/settings.ts';
import { createInstoreNetwork, createOrdersNetwork } from '../../simulation/far-networks.ts';
import { Death, mortalTimers, ProgramLife } from '../../simulation/process.ts';
import { shopSettings } from '../../simulation/shop.ts';
import { createSimulatedTime } from '../../simulation/simulated-time.ts';
import type { SimulatedTime } from '../../simulation/simulated-time.ts';
import { breaches } from '../../support/invariants.ts';
import { countingIds, QUIET_LOG, TOKEN } from '../../support/till-bench.ts';
import { faultyDrawer, faultyExchange, faultyPrinter, faultyStore } from './faulty-parts.ts';
import type { Done } from './faulty-parts.ts';
import type { Fuse } from './fuse.ts';

export type ShopNetwork = 'mercadopago-orders' | 'mercadopago-instore';

const RESTART_MS = 1_000;
const REQUESTS_KEPT = 500;

export type ShopOptions = Readonly<{
  databasePath?: string;
  lifetimeMs?: number | undefined;
  /** Told after every commit that is on disk. */
  afterCommit?: (db: SqliteDatabase) => void;
}>;

type Far = ReturnType<typeof createOrdersNetwork> | ReturnType<typeof createInstoreNetwork>;

export class FaultyShop {
  readonly time: SimulatedTime = createSimulatedTime();
  readonly db: SqliteDatabase;
  readonly far: Far;
  readonly done: Done = { pulses: [], papers: [] };
  readonly settings: Settings;
  /** What was thrown that nobody should have to expect. */
  readonly surprises: string[] = [];
  deaths = 0;
  readonly #fuse: Fuse;
  readonly #options: ShopOptions;
  readonly #ids: Ids = countingIds();
  readonly #clock: Clock = { nowMs: () => this.time.trueMs(), monotonicMs: () => 1_000 + this.time.elapsedMs() };
  #life: ProgramLife | undefined;
  #till: Till | undefined;

  constructor(network: ShopNetwork, fuse: Fuse, options: ShopOptions = {}) {
    const { databasePath = ':memory:', lifetimeMs } = options;
    this.#fuse = fuse;
    this.#options = options;
    this.db = openDatabase(databasePath);
    this.settings = withLifetime(shopSettings([network]), lifetimeMs);
    const make = network === 'mercadopago-orders' ? createOrdersNetwork : createInstoreNetwork;
    this.far = make(7, this.time, REQUESTS_KEPT);
    this.far.engine.setCustomers('none');
    createTillStore(this.db, { clock: this.#clock }).commit([
      { type: 'settings.changed', v: 1, settings: this.settings, source: 'test' },
    ]);
  }

  /** The running program; undefined while it is down. */
  get till(): Till | undefined {
    return this.#life?.isAlive ? this.#till : undefined;
  }

  startProgram(): void {
    const life = new ProgramLife(() => {
      this.deaths += 1;
      this.time.after(RESTART_MS, () => this.startProgram());
    });
    this.#life = life;
    try {
      this.#till = this.#open(life);
      this.#till.start();
    } catch (error) {
      this.#die(life, error);
    }
  }

  /** Nobody caught it: the process ends. */
  #die(life: ProgramLife, error: unknown): void {
    this.#unlessExpected(error);
    life.end();
  }

  #unlessExpected(error: unknown): void {
    if (error instanceof Death || error instanceof FaultError) return;
    this.surprises.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  /** A person presses a key. What fails is on the screen; they look again. */
  press(act: () => unknown): void {
    try {
      const outcome = act();
      if (outcome instanceof Promise) outcome.catch((error: unknown) => this.#unlessExpected(error));
    } catch (error) {
      this.#unlessExpected(error);
    }
  }

  async until(isOver: () => boolean, withinMs: number): Promise<void> {
    const endMs = this.time.elapsedMs() + withinMs;
    while (!isOver() && this.time.elapsedMs() < endMs && (await this.time.step(endMs)));
  }

  breaches(): readonly string[] {
    const { engine } = this.far;
    const far = 'customerScans' in engine ? { instore: engine } : { engine };
    return breaches({ db: this.db, ...far, pulses: this.done.pulses, secrets: [TOKEN], isAtRest: true });
  }

  #open(life: ProgramLife): Till {
    const { time, done, far } = this;
    const [fuse, ids, clock] = [this.#fuse, this.#ids, this.#clock];
    const timers = mortalTimers(time, life);
    const line = {
      token: () => TOKEN,
      clock,
      ids,
      exchange: faultyExchange({ time, fuse, life, farSide: () => far.handle }),
    };
    const needs = { time, fuse, life, done };
    const store = createTillStore(this.db, { clock });
    store.onCommit(() => this.#options.afterCommit?.(this.db));
    return createTill({
      mode: 'production',
      appVersion: '0.0.0-faults',
      store: faultyStore(store, fuse, life),
      networks: ({ networks: { 'mercadopago-orders': orders, 'mercadopago-instore': instore } }) => [
        ...(orders ? [createMercadoPagoOrders({ settings: orders, ...line })] : []),
        ...(instore ? [createMercadoPagoInstore({ settings: instore, ...line })] : []),
      ],
      clock,
      timers: {
        after: (delayMs, run) =>
          timers.after(delayMs, () => {
            try {
              run();
            } catch (error) {
              this.#die(life, error);
            }
          }),
      },
      ids,
      random: { next: () => 0.5 },
      log: QUIET_LOG,
      drawer: faultyDrawer(needs),
      printer: faultyPrinter(needs),
    });
  }
}

function withLifetime(settings: Settings, lifetimeMs: number | undefined): Settings {
  if (lifetimeMs === undefined) return settings;
  const { 'mercadopago-orders': orders, 'mercadopago-instore': instore } = settings.networks;
  return {
    ...settings,
    networks: {
      ...(orders && { 'mercadopago-orders': { ...orders, lifetimeMs } }),
      ...(instore && { 'mercadopago-instore': { ...instore, lifetimeMs } }),
    },
  };
}
