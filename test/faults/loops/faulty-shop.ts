/**
 * A till in simulated time whose every call to the world is counted, and of which one goes wrong: the real core, store and adapters against
 * the engines of the simulated networks. What no code catches ends the program, as it would end the real one; then somebody starts it again.
 */
import { createD24 } from '../../../src-main/adapters/networks/d24/d24.ts';
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
import type { D24Engine } from '../../../src-main/simulators/networks/d24/engine.ts';
import { createInstoreNetwork, createOrdersNetwork } from '../../simulation/far-networks.ts';
import type { FarNetwork } from '../../simulation/far-networks.ts';
import { createPayoutsFarAway } from '../../simulation/far-payouts.ts';
import { Death, mortalTimers, ProgramLife } from '../../simulation/process.ts';
import { PAYOUT_SECRETS, shopSettings } from '../../simulation/shop.ts';
import { createSimulatedTime } from '../../simulation/simulated-time.ts';
import type { SimulatedTime } from '../../simulation/simulated-time.ts';
import { breaches } from '../../support/invariants.ts';
import { countingIds, QUIET_LOG, TOKEN } from '../../support/till-bench.ts';
import { faultyDrawer, faultyExchange, faultyPrinter, faultyStore } from './faulty-parts.ts';
import type { Done } from './faulty-parts.ts';
import type { Fuse } from './fuse.ts';

export type ShopNetwork = 'mercadopago-orders' | 'mercadopago-instore';
export type PayoutBrand = 'tupay' | 'onekey';

const RESTART_MS = 1_000;
const REQUESTS_KEPT = 500;

export type ShopOptions = Readonly<{
  databasePath?: string;
  lifetimeMs?: number | undefined;
  /** Told after every commit that is on disk. */
  afterCommit?: (db: SqliteDatabase) => void;
}>;

type FarPayments = ReturnType<typeof createOrdersNetwork> | ReturnType<typeof createInstoreNetwork>;
type FarAway = Readonly<{ far: FarNetwork; customers?: FarPayments['engine']; bank?: D24Engine }>;

function farAway(network: ShopNetwork | PayoutBrand, time: SimulatedTime): FarAway {
  if (network === 'tupay' || network === 'onekey') {
    const far = createPayoutsFarAway(network, 7, time);
    far.engine.setBanks('none');
    return { far, bank: far.engine };
  }
  const make = network === 'mercadopago-orders' ? createOrdersNetwork : createInstoreNetwork;
  const far = make(7, time, REQUESTS_KEPT);
  far.engine.setCustomers('none');
  return { far, customers: far.engine };
}

export class FaultyShop {
  readonly time: SimulatedTime = createSimulatedTime();
  readonly db: SqliteDatabase;
  readonly far: FarNetwork;
  /** What customers do at a payment network. */
  readonly customers: FarPayments['engine'] | undefined;
  /** What banks do at a payout network. */
  readonly bank: D24Engine | undefined;
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

  constructor(network: ShopNetwork | PayoutBrand, fuse: Fuse, options: ShopOptions = {}) {
    const { databasePath = ':memory:', lifetimeMs } = options;
    this.#fuse = fuse;
    this.#options = options;
    this.db = openDatabase(databasePath);
    this.settings = withLifetime(shopSettings([network]), lifetimeMs);
    const { far, customers, bank } = farAway(network, this.time);
    this.far = far;
    this.customers = customers;
    this.bank = bank;
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
    const { customers, db } = this;
    const far = customers && ('customerScans' in customers ? { instore: customers } : { engine: customers });
    const { login, pass, signatureKey } = PAYOUT_SECRETS;
    return breaches({
      db,
      ...far,
      pulses: this.done.pulses,
      secrets: [TOKEN, login, pass, signatureKey],
      isAtRest: true,
    });
  }

  #open(life: ProgramLife): Till {
    const { time, done, far } = this;
    const [fuse, ids, clock] = [this.#fuse, this.#ids, this.#clock];
    const timers = mortalTimers(time, life);
    const machine = { clock, ids, exchange: faultyExchange({ time, fuse, life, farSide: () => far.handle }) };
    const line = { token: () => TOKEN, ...machine };
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
      payoutNetworks: ({ networks }) =>
        (['tupay', 'onekey'] as const).flatMap((brand) => {
          const settings = networks[brand];
          return settings ? [createD24({ brand, settings, secrets: () => PAYOUT_SECRETS, ...machine })] : [];
        }),
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
