/**
 * A till that is not paired yet, over real HTTP to a simulated network: only a base URL and a token. Time is the machine's, patience short.
 */
import { onTestFinished } from 'vitest';
import { temporaryDirectory } from '../adapters/system/temporary-directory.ts';
import { createMercadoPagoInstore } from '../../src-main/adapters/networks/mercadopago-instore/mercadopago-instore.ts';
import { createMercadoPagoOrders } from '../../src-main/adapters/networks/mercadopago-orders/mercadopago-orders.ts';
import { createMercadoPagoPairing } from '../../src-main/adapters/networks/mercadopago-pairing/mercadopago-pairing.ts';
import { openDatabase } from '../../src-main/adapters/storage/database.ts';
import type { SqliteDatabase } from '../../src-main/adapters/storage/database.ts';
import { createTillStore } from '../../src-main/adapters/storage/till-store.ts';
import { createPictureShelf } from '../../src-main/adapters/system/picture-shelf.ts';
import type { SlipPrinter } from '../../src-main/core/application/ports/slip-printer.ts';
import type { Clock } from '../../src-main/core/application/ports/system.ts';
import type { TillStore } from '../../src-main/core/application/ports/till-store.ts';
import { createTill } from '../../src-main/core/application/till.ts';
import type { Till } from '../../src-main/core/application/till.ts';
import { readSettingsFile } from '../../src-main/core/contract/settings-file.ts';
import type { Address, PairingEvent, PairingNetworkId, PairRequest } from '../../src-main/core/domain/pairing.ts';
import { createInstoreEngine } from '../../src-main/simulators/networks/mercadopago-instore/engine.ts';
import type { InstoreEngine } from '../../src-main/simulators/networks/mercadopago-instore/engine.ts';
import { createInstoreServer } from '../../src-main/simulators/networks/mercadopago-instore/server.ts';
import { createMercadoPagoEngine } from '../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import type { MercadoPagoEngine } from '../../src-main/simulators/networks/mercadopago-orders/engine.ts';
import { createMercadoPagoServer } from '../../src-main/simulators/networks/mercadopago-orders/server.ts';
import { countingIds, MACHINE_TIMERS, QUIET_LOG, TOKEN } from './till-bench.ts';

export const ADDRESS: Address = {
  streetName: 'Avenida Juárez',
  streetNumber: '120',
  cityName: 'Puebla',
  stateName: 'Puebla',
  latitude: 19.0433,
  longitude: -98.2019,
};

export const WITH_ADDRESS: PairRequest = {
  network: 'mercadopago-orders',
  store: { externalId: 'SUC01', name: 'Sucursal Centro', address: ADDRESS },
  pos: {},
};

export const PATIENCE = { absentAfterMs: 250, lookEveryMs: 20, arrivesWithinMs: 100 };

export type PairingBench = Readonly<{
  till: Till;
  engine: MercadoPagoEngine;
  instore: InstoreEngine;
  /** Another process over the same database, or another till of the same shop with a database of its own. */
  again(options?: Pick<PairingOptions, 'store'>): PairingBench;
  otherTill(tillId: string): PairingBench;
  /** Kinds of what the journal holds of pairing, in order. */
  steps(network?: PairingNetworkId): readonly PairingEvent['kind'][];
  advance(ms: number): void;
  /** The database is gone from under the till, as when the program has ended. */
  close(): void;
}>;

export type PairingOptions = Readonly<{
  /** Of the settings file's networks. */
  networks?: Record<string, unknown>;
  tillId?: string;
  country?: 'MX' | 'AR';
  token?: () => string | undefined;
  printer?: SlipPrinter;
  /** Stands between the till and its store. */
  store?: (store: TillStore) => TillStore;
}>;

export async function unpairedShop(options: PairingOptions = {}): Promise<PairingBench> {
  let offsetMs = 0;
  const clock: Clock = { nowMs: () => Date.now() + offsetMs, monotonicMs: () => performance.now() };
  const country = options.country ?? 'MX';
  const known = { knownPos: 'created' as const, country };
  const engine = createMercadoPagoEngine({ seed: 7, nowMs: () => clock.nowMs(), settings: known });
  const instore = createInstoreEngine({ seed: 8, nowMs: () => clock.nowMs(), settings: known });
  const server = await createMercadoPagoServer(engine, { port: 0 });
  const instoreServer = await createInstoreServer(instore, { port: 0 });
  onTestFinished(() => server.close());
  onTestFinished(() => instoreServer.close());
  const world = { clock, ids: countingIds(), urls: { orders: server.baseUrl, instore: instoreServer.baseUrl } };
  const advance = (ms: number): void => void (offsetMs += ms);

  function open(own: PairingOptions, folder: string): PairingBench {
    const { store, db } = openStore(own, folder, clock);
    const till = tillOver(store, own, folder, world);
    if (!store.settings()) till.changeSettings(settingsOf(own, world.urls), 'bench');
    return {
      till,
      engine,
      instore,
      advance,
      close: () => void db.close(),
      again: (change = {}) => {
        const { store: _left, ...lasting } = own;
        return open({ ...lasting, ...change }, folder);
      },
      otherTill: (tillId) => open({ ...own, tillId }, temporaryDirectory()),
      steps: (network = 'mercadopago-orders') =>
        store
          .entriesAbout(`pairing ${network}`)
          .flatMap(({ event }) => (event.type === 'pairing.step' ? [event.step.kind] : [])),
    };
  }
  return open(options, temporaryDirectory());
}

function openStore(
  own: PairingOptions,
  folder: string,
  clock: Clock,
): Readonly<{ store: TillStore; db: SqliteDatabase }> {
  const db = openDatabase(`${folder}/till.db`);
  onTestFinished(() => void (db.open && db.close()));
  const plain = createTillStore(db, { clock });
  return { store: own.store?.(plain) ?? plain, db };
}

type World = Readonly<{
  clock: Clock;
  ids: ReturnType<typeof countingIds>;
  urls: Readonly<{ orders: string; instore: string }>;
}>;

function tillOver(store: TillStore, own: PairingOptions, folder: string, { clock, ids }: World): Till {
  const token = own.token ?? ((): string => TOKEN);
  const shared = { token, clock, ids };
  const deadlines = { commandDeadlineMs: 400, readDeadlineMs: 400 };
  const till = createTill({
    mode: 'production',
    appVersion: '0.0.0-bench',
    store,
    networks: ({ networks }) => {
      const { 'mercadopago-orders': orders, 'mercadopago-instore': legacy } = networks;
      return [
        ...(orders ? [createMercadoPagoOrders({ settings: orders, ...shared, ...deadlines })] : []),
        ...(legacy ? [createMercadoPagoInstore({ settings: legacy, ...shared, ...deadlines })] : []),
      ];
    },
    pairing: {
      connect: ({ baseUrl }) => createMercadoPagoPairing({ baseUrl, ...shared, deadlineMs: 400 }),
      pictures: createPictureShelf(`${folder}/pictures`),
      patience: PATIENCE,
    },
    clock,
    timers: MACHINE_TIMERS,
    ids,
    random: { next: () => 0.5 },
    log: QUIET_LOG,
    ...(own.printer && { printer: own.printer }),
  });
  onTestFinished(() => till.stop());
  return till;
}

function settingsOf({ tillId = 'CAJA07', networks, country = 'MX' }: PairingOptions, urls: World['urls']) {
  const read = readSettingsFile({
    shop: { name: 'Abarrotes La Esquina' },
    till: { id: tillId },
    networks: networks ?? {
      'mercadopago-orders': { baseUrl: urls.orders, country },
      'mercadopago-instore': { baseUrl: urls.instore, country, userId: '700100200' },
    },
  });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}
