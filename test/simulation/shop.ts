/**
 * A whole shop in one process and one time: the real core, store and network adapters, against simulated networks, devices, disk and
 * people. Everything that happens follows from the seed.
 */
import type { Exchange } from '../../src-main/adapters/networks/http/exchange.ts';
import { createMercadoPagoInstore } from '../../src-main/adapters/networks/mercadopago-instore/mercadopago-instore.ts';
import { createMercadoPagoOrders } from '../../src-main/adapters/networks/mercadopago-orders/mercadopago-orders.ts';
import { openDatabase } from '../../src-main/adapters/storage/database.ts';
import type { SqliteDatabase } from '../../src-main/adapters/storage/database.ts';
import { createTillStore } from '../../src-main/adapters/storage/till-store.ts';
import { createD24 } from '../../src-main/adapters/networks/d24/d24.ts';
import type { PaymentNetwork } from '../../src-main/core/application/ports/payment-network.ts';
import type { PayoutNetwork } from '../../src-main/core/application/ports/payout-network.ts';
import type { Clock, Ids } from '../../src-main/core/application/ports/system.ts';
import type { TillStore } from '../../src-main/core/application/ports/till-store.ts';
import { createTill } from '../../src-main/core/application/till.ts';
import type { Till } from '../../src-main/core/application/till.ts';
import type { PayoutSettings } from '../../src-main/core/domain/payouts/payout-settings.ts';
import { PAYOUT_NETWORK_IDS } from '../../src-main/core/domain/payouts/payout.ts';
import type { PayoutNetworkId } from '../../src-main/core/domain/payouts/payout.ts';
import type { Settings } from '../../src-main/core/domain/settings.ts';
import { createSeededRandom } from '../../src-main/simulators/seeded-random.ts';
import type { SeededRandom } from '../../src-main/simulators/seeded-random.ts';
import { benchSettings, QUIET_LOG, TOKEN } from '../support/till-bench.ts';
import { CALM_DEVICES, createSimulatedDrawer, createSimulatedPrinter } from './devices.ts';
import type { DeviceBook, DeviceWeather } from './devices.ts';
import { createInstoreNetwork, createOrdersNetwork } from './far-networks.ts';
import type { FarNetwork } from './far-networks.ts';
import { createPayoutsFarAway } from './far-payouts.ts';
import type { FarPayouts } from './far-payouts.ts';
import type { Patch } from './mutants/mutant.ts';
import { CALM_DISK, Death, mortalStore, mortalTimers, ProgramLife, whileAlive } from './process.ts';
import type { DiskWeather } from './process.ts';
import { CALM_LINE, createSimulatedLine } from './simulated-line.ts';
import type { FarSide, LineWeather } from './simulated-line.ts';
import { createSimulatedTime, OPENING_MS } from './simulated-time.ts';
import type { SimulatedTime } from './simulated-time.ts';
import { Watch } from './watch.ts';

export type Weathers = { line: LineWeather; disk: DiskWeather; devices: DeviceWeather };

const RESTART_MS = { minimum: 500, maximum: 20_000 } as const;

export class Shop {
  readonly time: SimulatedTime = createSimulatedTime();
  db: SqliteDatabase = openDatabase(':memory:');
  readonly networks: readonly FarNetwork[];
  /** Those of them that a customer pays by, and those that pay customers. */
  readonly paymentNetworks: readonly FarNetwork[];
  readonly payoutNetworks: readonly FarPayouts[];
  readonly devices: DeviceBook = { pulses: [], papers: [] };
  readonly watch: Watch;
  readonly breaches: string[] = [];
  readonly settings: Settings;
  readonly weather: Weathers = { line: CALM_LINE, disk: CALM_DISK, devices: CALM_DEVICES };
  /** How far the till's wall clock is off. */
  clockOffsetMs = 0;
  crashes = 0;
  /** The last of the troubles is over. */
  isCalm = false;
  readonly #seed: number;
  readonly #patch: Patch;
  readonly #chance: Record<'ids' | 'till' | 'line' | 'disk' | 'devices' | 'power', SeededRandom>;
  readonly #ids: Ids;
  #life: ProgramLife | undefined;
  #till: Till | undefined;

  constructor(seed: number, networks: readonly FarNetwork['id'][], patch: Patch = {}) {
    this.#seed = seed;
    this.#patch = patch;
    const stream = (name: string): SeededRandom => createSeededRandom(seed, `shop ${name}`);
    this.#chance = {
      ids: stream('ids'),
      till: stream('till'),
      line: stream('line'),
      disk: stream('disk'),
      devices: stream('devices'),
      power: stream('power'),
    };
    this.#ids = seededIds(this.#chance.ids);
    this.watch = new Watch(
      (breach) => void this.breaches.push(breach),
      (reference) => this.networks.some((network) => network.isPayable(reference)),
    );
    this.payoutNetworks = PAYOUT_NETWORK_IDS.filter((brand) => networks.includes(brand)).map((brand) =>
      createPayoutsFarAway(brand, seed, this.time),
    );
    this.paymentNetworks = networks.flatMap((id): readonly FarNetwork[] => {
      if (id === 'mercadopago-orders') return [createOrdersNetwork(seed, this.time, 0)];
      return id === 'mercadopago-instore' ? [createInstoreNetwork(seed, this.time, 0)] : [];
    });
    this.networks = [...this.paymentNetworks, ...this.payoutNetworks];
    this.settings = shopSettings(networks);
  }

  /** The running program; undefined while it is down. */
  get till(): Till | undefined {
    return this.#life?.isAlive ? this.#till : undefined;
  }

  get store(): TillStore {
    return this.#store ?? this.#open(new ProgramLife(() => undefined)).store;
  }
  #store: TillStore | undefined;

  stream(name: string): SeededRandom {
    return createSeededRandom(this.#seed, `shop ${name}`);
  }

  /** The program starts, and comes back by itself whenever it dies. */
  startProgram(): void {
    const life = new ProgramLife(() => this.#afterDeath());
    this.#life = life;
    const { till, store } = this.#open(life);
    this.#till = till;
    this.#store = store;
    try {
      if (!store.settings()) till.changeSettings(this.settings, 'simulation');
      till.start();
    } catch (error) {
      // Died at start, or the disk is full: somebody starts it again.
      if (!(error instanceof Death)) life.end();
    }
  }

  kill(): void {
    this.#life?.end();
  }

  #afterDeath(): void {
    this.crashes += 1;
    this.db = this.#patch.afterCrash?.(this.db) ?? this.db;
    this.time.after(this.#chance.power.between(RESTART_MS.minimum, RESTART_MS.maximum), () => this.startProgram());
  }

  #open(life: ProgramLife): { till: Till; store: TillStore } {
    const { time, devices, weather } = this;
    const { till: tillChance, disk } = this.#chance;
    const clock: Clock = {
      nowMs: () => OPENING_MS + time.elapsedMs() + this.clockOffsetMs,
      monotonicMs: () => 1_000 + time.elapsedMs(),
    };
    const plain = createTillStore(this.db, { clock });
    plain.onCommit((entries) => this.watch.see(entries));
    const mortal = mortalStore(plain, life, disk, () => weather.disk);
    const store = this.#patch.store?.(mortal, this.db) ?? mortal;
    const needs = { time, chance: this.#chance.devices, book: devices, weather: () => weather.devices };
    const real = createSimulatedDrawer(needs);
    const drawer = this.#patch.drawer?.(real) ?? real;
    const printer = createSimulatedPrinter(needs);
    const till = createTill({
      mode: 'production',
      appVersion: '0.0.0-simulation',
      store,
      networks: (settings) => this.#adapters(settings, life, clock),
      payoutNetworks: (settings) => this.#payoutAdapters(settings, life, clock),
      clock,
      timers: mortalTimers(time, life),
      ids: this.#ids,
      random: { next: () => tillChance.next() },
      log: QUIET_LOG,
      drawer: {
        open: (request, cancel) => whileAlive(life, drawer.open(request, cancel)),
        state: () => drawer.state(),
      },
      printer: { ...printer, print: (job, cancel) => whileAlive(life, printer.print(job, cancel)) },
    });
    return { till: this.#patch.till?.(till) ?? till, store };
  }

  /** What every adapter is given. The weather of the line is asked at each request, so that a storm meets what is already open. */
  #machine(life: ProgramLife, clock: Clock): Readonly<{ clock: Clock; ids: Ids; exchange: Exchange }> {
    const line = createSimulatedLine(
      this.time,
      this.#chance.line,
      (host) => this.#farSide(host),
      () => life.isAlive,
    );
    const exchange = this.#patch.exchange?.(line.exchange) ?? line.exchange;
    const inThisWeather: Exchange = (request) => {
      line.setWeather(this.weather.line);
      return exchange(request);
    };
    return { clock, ids: this.#ids, exchange: inThisWeather };
  }

  #adapters({ networks }: Settings, life: ProgramLife, clock: Clock): readonly PaymentNetwork[] {
    const shared = { token: () => TOKEN, ...this.#machine(life, clock) };
    const { 'mercadopago-orders': orders, 'mercadopago-instore': instore } = networks;
    const made = [
      ...(orders ? [createMercadoPagoOrders({ settings: orders, ...shared })] : []),
      ...(instore ? [createMercadoPagoInstore({ settings: instore, ...shared })] : []),
    ];
    return made.map((network) => this.#patch.network?.(network) ?? network);
  }

  #payoutAdapters({ networks }: Settings, life: ProgramLife, clock: Clock): readonly PayoutNetwork[] {
    const machine = this.#machine(life, clock);
    return PAYOUT_NETWORK_IDS.flatMap((brand) => {
      const settings = networks[brand];
      return settings
        ? [createD24({ brand, settings, secrets: () => PAYOUT_SECRETS, ...machine, version: '0.0.0' })]
        : [];
    });
  }

  #farSide(host: string): FarSide {
    const network = this.networks.find((one) => one.host === host);
    if (!network) throw new Error(`nobody answers at ${host}`);
    return (request) => {
      if (request.method !== 'GET' && this.paymentNetworks.includes(network)) {
        const key = request.headers['x-idempotency-key'];
        const path = pathWithQuery(request.path, request.query);
        this.watch.arrived({ key, path, body: request.bodyText });
      }
      return network.handle(request);
    };
  }
}

function pathWithQuery(path: string, query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? path : `${path}?${text}`;
}

export function shopSettings(networks: readonly FarNetwork['id'][]): Settings {
  const base = benchSettings('https://orders.test');
  const instore = {
    baseUrl: 'https://instore.test',
    country: 'MX',
    userId: '700100200',
    externalStoreId: 'SUC01',
    externalPosId: 'SUC01CAJA08',
    tokenSecret: 'mercadopago-token',
    mode: 'dynamic',
    lifetimeMs: 300_000,
    qrValidation: 'strict',
    confirmWithinMs: 300_000,
    pureCashoutTotal: 'sum',
  } as const;
  const { 'mercadopago-orders': orders } = base.networks;
  const payouts = Object.fromEntries(
    PAYOUT_NETWORK_IDS.filter((brand) => networks.includes(brand)).map((brand) => [brand, payoutSettings(brand)]),
  );
  return {
    ...base,
    people: [...base.people, { code: 7, name: 'Marta Ibáñez', role: 'supervisor' }],
    networks: {
      ...payouts,
      ...(networks.includes('mercadopago-orders') && orders && { 'mercadopago-orders': orders }),
      ...(networks.includes('mercadopago-instore') && { 'mercadopago-instore': instore }),
    },
  };
}

/** As the simulated networks know them. */
export const PAYOUT_SECRETS = {
  login: 'cashout_login',
  pass: 'cashout_pass',
  signatureKey: 'cashout_secret_key',
  readOnlyKey: 'read_only_key',
  listUser: 'reports@example.com',
  listPassword: 'reports_secret',
} as const;

function payoutSettings(brand: PayoutNetworkId): PayoutSettings {
  const baseUrl = `https://${brand}.test`;
  return {
    baseUrl,
    listBaseUrl: baseUrl,
    countries: ['MX'],
    hold: true,
    cancel: true,
    loginSecret: 'login',
    passSecret: 'pass',
    signatureSecret: 'signature',
    listUserSecret: 'list-user',
    listPasswordSecret: 'list-password',
    limits: [{ currency: 'MXN', minMinor: 100, maxMinor: 500_000, releaseAboveMinor: 120_000 }],
  };
}

const ID_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Sortable, as the machine's own are. */
function seededIds(chance: SeededRandom): Ids {
  let count = 0;
  const next = (): string => `01${String((count += 1)).padStart(10, '0')}${chance.text(14, ID_LETTERS)}`;
  return { next, key: () => chance.uuid() };
}
